"""A destination of dlt has the rows of the copy, and gets what changed, whatever became of the loads before."""

from __future__ import annotations

import sys

import dlt
import duckdb
import pytest
from dlt.pipeline.exceptions import PipelineStepFailed

import asanaql
from asanaql.demo import Service, serve
from asanaql.errors import AuthError, ConfigError, QueryError
from tests.sync.dlt.conftest import TABLES, Loading, counts

EVERY = {"tags": 8}


def cause(error):
    """The first error of those that led to one."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error


def test_a_destination_equals_the_copy_row_for_row(loading):
    tables = ["tags", "users", "projects", "sections", "tasks", "custom_fields"]
    handed = loading.load(loading.source(tables))
    assert handed["tasks"] == 1586
    assert loading.different(*tables) == {}


def test_only_what_changed_is_handed_over(loading):
    source = loading.source()
    assert loading.load(source) == EVERY
    before = dict(loading.loaded("SELECT gid, _dlt_load_id FROM asana.tags"))
    changed, *gone = loading.copying.world.all("tag")[:3]
    changed["name"] = "Renamed"
    loading.copying.world.withdraw({tag["gid"] for tag in gone})
    # The row as it was, and as it is, and two that are gone.
    assert loading.load(source) == {"tags": 4}
    assert loading.different("tags") == {}
    after = dict(loading.loaded("SELECT gid, _dlt_load_id FROM asana.tags"))
    assert [gid for gid in after if before[gid] != after[gid]] == [changed["gid"]]
    assert set(before) - set(after) == {tag["gid"] for tag in gone}
    assert loading.loaded("SELECT DISTINCT _gone FROM asana.tags") == [(False,)]
    assert loading.load(source) == {}


def test_rows_that_are_gone_are_kept_where_that_is_asked(loading):
    loading.load(loading.source(keep_deleted=True))
    gone = loading.copying.world.all("tag")[0]
    loading.copying.world.withdraw({gone["gid"]})
    assert loading.load(loading.source(keep_deleted=True)) == {"tags": 2}
    assert loading.loaded("SELECT gid FROM asana.tags WHERE _deleted_at IS NOT NULL") == [(gone["gid"],)]
    assert loading.different(*TABLES) == {}


def test_a_load_that_failed_is_repeated_on_any_machine(loading):
    with duckdb.connect(loading.destination) as file:
        file.execute("CREATE SCHEMA asana; CREATE VIEW asana.tags AS SELECT '' AS _row, FALSE AS _gone LIMIT 0")
    with pytest.raises(PipelineStepFailed) as failed:
        loading.load()
    assert failed.value.step == "load"
    assert loading.loaded("SELECT count(*) FROM asana.tags") == [(0,)]
    with duckdb.connect(loading.destination) as file:
        file.execute("DROP VIEW asana.tags")
    assert loading.load(machine="second")["tags"] == 8
    assert loading.different(*TABLES) == {}


def test_what_was_extracted_and_never_loaded_is_handed_over_again(loading):
    pipeline = loading.pipeline()
    pipeline.extract(loading.source())
    pipeline.normalize()
    pipeline.abort_packages()
    assert loading.load() == EVERY
    assert loading.different(*TABLES) == {}


def test_a_destination_that_lost_rows_gets_them_back(loading):
    loading.load()
    loading.loaded("DELETE FROM asana.tags WHERE name = 'urgent' RETURNING 1")
    assert loading.load(machine="second") == {"tags": 1}
    loading.loaded("DELETE FROM asana.tags RETURNING 1")
    assert loading.load(machine="second") == EVERY
    assert loading.different(*TABLES) == {}


@pytest.mark.parametrize("arguments", [{"write_disposition": "replace"}, {"refresh": "drop_resources"}])
def test_a_load_that_replaces_a_table_hands_over_all_of_it(loading, arguments):
    loading.load()
    assert loading.load(**arguments) == EVERY
    assert loading.different(*TABLES) == {}
    assert loading.load() == {}


def test_a_relation_without_rows_is_a_table_without_rows(loading):
    world = loading.copying.world
    world.withdraw({tag["gid"] for tag in world.all("tag")})
    loading.load()
    assert loading.loaded("SELECT count(*) FROM asana.tags") == [(0,)]
    assert loading.different("tags") == {}


def test_one_load_asks_once_for_what_several_relations_need_and_nothing_for_what_is_not_selected(loading):
    log = loading.copying.service.log
    loading.load(loading.source(["tags", "projects"]))
    asked = [path for _, path, _ in log]
    assert asked.count("/workspaces") == 1
    assert asked.count("/projects") == 1
    log.clear()
    loading.load(loading.source(["tags", "projects"]).with_resources("tags"))
    assert sorted(path for _, path, _ in log) == ["/tags", "/workspaces"]


def test_without_a_pipeline_a_source_gives_every_row(loading):
    [batch] = loading.source(["tags"])
    assert batch.num_rows == 8
    assert set(batch.column("_gone").to_pylist()) == {False}


def test_the_built_in_workspace_is_a_source_as_well(loading):
    [batch] = asanaql.dlt_source(copy=loading.copying.file, tables=["tags"], demo=True)
    assert batch.num_rows == 8


def test_a_directory_of_files_gets_a_row_for_every_change(loading, tmp_path):
    pipeline = loading.pipeline(destination=dlt.destinations.filesystem(str(tmp_path / "files")))
    pipeline.run(loading.source(["tags"]), loader_file_format="parquet")
    gone = loading.copying.world.all("tag")[0]
    loading.copying.world.withdraw({gone["gid"]})
    pipeline.run(loading.source(["tags"]), loader_file_format="parquet")
    assert counts(pipeline) == {"tags": 1}
    pipeline.run(loading.source(["tags"]), loader_file_format="parquet")
    assert counts(pipeline) == {}
    # And back again.
    loading.copying.world.hang("workspace.tags", loading.copying.world.workspace, gone)
    pipeline.run(loading.source(["tags"]), loader_file_format="parquet")
    assert counts(pipeline) == {"tags": 1}
    with duckdb.connect() as duck:
        files = f"read_parquet('{tmp_path}/files/asana/tags/*.parquet')"
        assert duck.sql(f"SELECT count(*), count(*) FILTER (_gone) FROM {files}").fetchall() == [(10, 1)]


def test_a_destination_that_cannot_be_asked_gets_every_row(loading):
    got = []

    @dlt.destination(batch_size=0, loader_file_format="parquet")
    def sink(items, table):
        got.append((table["name"], items))

    pipeline = loading.pipeline(destination=sink())
    with pytest.warns(asanaql.AsanaqlWarning, match="tags: Which rows sink has cannot be asked"):
        pipeline.run(loading.source(["tags"]))
    with pytest.warns(asanaql.AsanaqlWarning, match="tags: Which rows sink has cannot be asked"):
        pipeline.run(loading.source(["tags"]))
    assert len([name for name, _ in got if name == "tags"]) == 2


def test_more_than_a_tenth_is_deleted_in_the_destination_only_where_it_is_allowed(loading):
    loading.load(loading.source(["sections"]))
    world = loading.copying.world
    world.withdraw({section["gid"] for section in world.all("section")[:20]})
    loading.copying.file.unlink()  # whose own check would come first
    with pytest.raises(PipelineStepFailed) as failed:
        loading.load(loading.source(["sections"]))
    assert isinstance(cause(failed.value), QueryError)
    assert "sections: 20 of the 58 rows that the destination has are not in the copy" in str(cause(failed.value))
    assert loading.loaded("SELECT count(*) FROM asana.sections") == [(58,)]
    assert loading.load(loading.source(["sections"], allow_deletes=True)) == {"sections": 20}
    assert loading.different("sections") == {}


def test_where_a_new_copy_could_not_be_read_whole_the_destination_stays_as_it_is(loading):
    loading.load(loading.source(["sections"]))
    copying = loading.copying
    copying.file.unlink()
    copying.service.forbidden.add(copying.world.notable["hundred"])
    for _ in range(2):
        with pytest.warns(asanaql.AsanaqlWarning) as warned:
            assert loading.load(loading.source(["sections"])) == {}
        assert any("sections was not handed over: it could not be read whole" in str(each.message) for each in warned)
    assert loading.loaded("SELECT count(*) FROM asana.sections") == [(58,)]
    copying.service.forbidden.clear()
    loading.load(loading.source(["sections"]))
    assert loading.different("sections") == {}


def test_what_a_plan_does_not_allow_is_said_and_nothing_of_it_handed_over(loading):
    loading.copying.service = Service(loading.copying.world, plan="free")
    free = Loading(loading.copying, loading.destination.parent / "free")
    with pytest.warns(asanaql.AsanaqlWarning, match="goals was skipped.*402"):
        assert free.load(free.source(["tags", "goals"])) == {"tags": 8}


def test_the_token_is_in_the_secrets_of_dlt(loading, monkeypatch):
    with serve(loading.copying.service) as base_url:
        source = asanaql.dlt_source(copy=loading.copying.file, tables=["tags"], base_url=base_url)
        monkeypatch.setenv("SOURCES__ASANA__TOKEN", "wrong")
        with pytest.raises(PipelineStepFailed) as failed:
            loading.load(source)
        assert isinstance(cause(failed.value), AuthError)
        monkeypatch.setenv("SOURCES__ASANA__TOKEN", "right")
        assert loading.load(source) == {"tags": 8}


def test_a_relation_that_cannot_be_kept_is_told_before_anything_is_asked(loading):
    with pytest.raises(ConfigError, match=r"no relation taks\. Did you mean tasks"):
        loading.source(["taks"])
    assert loading.copying.service.log == []


def test_an_option_that_sync_does_not_know_is_told_at_once(loading):
    with pytest.raises(TypeError, match="max_requests"):
        loading.source(max_requests=10)


def test_a_destination_that_is_the_copy_itself_is_told(loading):
    pipeline = loading.pipeline(destination=dlt.destinations.duckdb(str(loading.copying.file)))
    with pytest.raises(PipelineStepFailed) as failed:
        pipeline.run(loading.source())
    assert isinstance(cause(failed.value), ConfigError)
    assert "is both the copy and the destination" in str(cause(failed.value))


def test_without_dlt_it_is_said_what_to_install(monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("dlt", "asanaql.dlt.resources"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "dlt", None)
    with pytest.raises(ConfigError, match=r"pip install 'asanaql\[dlt\]'"):
        asanaql.dlt_source(copy="never.duckdb")
