from __future__ import annotations

import pyarrow as pa
import pytest

from asanaql.catalog import CATALOG, Column, Path, Table, problems
from asanaql.catalog.model import ACCESS_PATH, Form, Paging
from asanaql.catalog.task_columns import DETAILS, TASK
from asanaql.catalog.types import DATE, TIMESTAMP

# What a row does not say and the path cannot know, so that reading it takes another path.
OUT_OF_REACH = {
    ("team_memberships", "gid"): {"workspace_gid"},
    ("sections", "gid"): {"workspace_gid"},
    ("stories", "gid"): {"workspace_gid"},
    ("attachments", "gid"): {"workspace_gid"},
    ("custom_fields", "gid"): {"workspace_gid"},
    ("portfolio_memberships", "gid"): {"workspace_gid"},
    ("project_templates", "gid"): {"workspace_gid"},
    ("project_templates", "team"): {"workspace_gid"},
    ("project_templates", "of_team"): {"workspace_gid"},
    ("task_templates", "gid"): {"workspace_gid"},
    ("status_updates", "gid"): {"workspace_gid"},
    ("goal_relationships", "gid"): {"workspace_gid"},
    ("time_periods", "gid"): {"workspace_gid"},
    ("webhooks", "gid"): {"workspace_gid"},
    ("memberships", "gid"): {"workspace_gid"},
    ("goal_memberships", "gid"): {"workspace_gid"},
    ("project_memberships", "gid"): {"workspace_gid"},
    ("project_statuses", "gid"): {"project_gid", "project_name", "workspace_gid"},
    ("project_portfolio_settings", "gid"): {"workspace_gid"},
    ("custom_types", "gid"): {"workspace_gid"},
    ("time_tracking_categories", "gid"): {"workspace_gid"},
    ("allocations", "gid"): {"workspace_gid"},
    ("budgets", "gid"): {"workspace_gid"},
    ("rates", "gid"): {"workspace_gid"},
    ("ooo_entries", "gid"): {"workspace_gid"},
}

# Relations that only a key leads to, of whose workspace nothing is told.
WITHOUT_WORKSPACE = {"workspaces", "events", "sync_tokens", "jobs", "reactions"}
# Single records that are asked for by another key than their gid alone.
OF_ANOTHER_KEY = {
    ("users", "of_workspace_by_gid"): ("workspace_gid", "gid"),
    ("user_task_lists", "owner"): ("owner_gid", "workspace_gid"),
    ("user_task_lists", "users"): ("owner_gid", "workspace_gid"),
    ("task_counts", "project"): ("project_gid",),
    ("custom_id_tasks", "custom_id"): ("workspace_gid", "custom_id"),
}

DAYS = (Form.DATE, Form.DATE_OR_NULL, Form.DATE_SINCE, Form.DATE_UNTIL)

tables = pytest.mark.parametrize("table", CATALOG.values(), ids=CATALOG)


def from_row(column: Column) -> bool:
    return bool(column.path or column.constant or column.marker)


def known(path: Path) -> set[str]:
    """The columns whose values a path knows without looking at a row."""
    parent = {*path.parent.keys, *path.parent.gives} if path.parent else set()
    return {*path.keys, *path.fixed, *parent, path.tells, *(told.column for told in path.told)}


def mixed(table: Table) -> set[str]:
    """The objects that are asked for both whole and in part; Asana would answer with the part."""
    asked = {entry for column in table.columns for entry in column.fields}
    prefixes = {entry[:at] for entry in asked for at, letter in enumerate(entry) if letter == "."}
    return asked & prefixes


def test_the_catalog_has_every_relation_under_its_name_once() -> None:
    assert [table.name for table in CATALOG.values()] == list(CATALOG)
    assert len(CATALOG) == len(set(CATALOG))


@tables
def test_an_entry_has_no_problems(table: Table) -> None:
    assert problems(table, CATALOG) == []


@tables
def test_gid_and_resource_type_are_never_asked_for(table: Table) -> None:
    asked = [entry for column in table.columns for entry in column.fields]
    assert [entry for entry in asked if entry.rpartition(".")[2] in ("gid", "resource_type")] == []


@tables
def test_no_object_is_asked_for_both_whole_and_in_part(table: Table) -> None:
    assert mixed(table) == set()


@tables
def test_the_first_column_is_the_gid_or_the_key_and_the_workspace_is_there_where_it_can_be_told(table: Table) -> None:
    assert table.columns[0].name in ("gid", table.paths[0].keys[0])
    there = any(column.name == "workspace_gid" and not column.hidden for column in table.columns)
    assert there == (table.name not in WITHOUT_WORKSPACE)


@tables
def test_a_name_follows_its_gid(table: Table) -> None:
    names = [column.name for column in table.columns]
    for name in names:
        if name.endswith("_name") and name.removesuffix("_name") + "_gid" in names:
            assert names.index(name) == names.index(name.removesuffix("_name") + "_gid") + 1


@tables
def test_documentation_is_one_or_two_sentences_that_start_like_one(table: Table) -> None:
    for column in table.columns:
        assert column.doc[0].isupper(), column.doc
        assert 8 < len(column.doc) <= 160, column.doc
        assert column.doc.count(". ") <= 1, column.doc
    assert table.documentation.startswith("https://developers.asana.com/reference/")
    assert not table.row.endswith(".")


@tables
def test_a_reference_reads_as_a_part_of_its_object(table: Table) -> None:
    for column in table.visible:
        if len(column.path) == 2 and column.name.endswith("_name") and column.fields:
            assert column.doc.startswith("The name of the "), column.doc


@tables
def test_every_column_is_found_somewhere(table: Table) -> None:
    for column in (each for each in table.columns if each is not ACCESS_PATH):
        somewhere = from_row(column) or any(column.name in known(path) for path in table.paths)
        assert somewhere, f"{table.name}.{column.name}"


@tables
def test_what_a_path_cannot_supply_is_known(table: Table) -> None:
    for path in table.paths:
        lost = {column.name for column in table.visible if not from_row(column)} - known(path)
        assert lost == OUT_OF_REACH.get((table.name, path.name), set())


@tables
def test_hidden_columns_come_from_the_request_or_its_parent(table: Table) -> None:
    for column in table.columns:
        if column.hidden:
            assert not from_row(column)


@tables
def test_path_names_differ_and_one_object_is_asked_for_by_gid_or_by_what_it_belongs_to(table: Table) -> None:
    assert len({path.name for path in table.paths}) == len(table.paths)
    for path in table.paths:
        keys = OF_ANOTHER_KEY.get((table.name, path.name), ("gid",))
        assert (path.paging is Paging.ONE) == (path.keys == keys)


@tables
def test_what_is_counted_can_be_listed_and_where_both_cost_the_same_it_is(table: Table) -> None:
    for place, path in enumerate(table.paths):
        if path.counts is not None:
            listed = [each for each in table.paths[:place] if each.keys == path.keys and each.parent == path.parent]
            assert listed
            assert (path.filters, path.arm, path.split) == ((), listed[0].arm, None)


@tables
def test_arms_are_enumerated_each_by_a_parent_of_its_own(table: Table) -> None:
    arms = [path for path in table.paths if path.arm]
    assert len({path.arm for path in arms}) == len(arms)
    for path in arms:
        assert path.parent is not None
        assert set(path.keys) == set(path.parent.keys)
    if arms:
        # Another path that enumerates shows a part of the relation, and says so.
        assert all(path.arm or path.parent is None or path.confined for path in table.paths)


@tables
def test_what_an_arm_fixes_tells_it_from_the_others(table: Table) -> None:
    fixed = [path for path in table.paths if path.fixed]
    for path in fixed:
        others = [other for other in table.paths if other.arm and other is not path]
        for name, value in path.fixed.items():
            assert all(other.fixed.get(name, object()) != value for other in others)
            assert name not in path.keys


@tables
def test_a_filter_has_the_form_that_its_column_needs(table: Table) -> None:
    for path in table.paths:
        for taken in path.filters:
            kind = table.column(taken.column).type
            assert (taken.form in (Form.SINCE, Form.UNTIL)) == (kind == TIMESTAMP)
            assert (taken.form in DAYS) == (kind == DATE)
            assert (taken.form in (Form.BOOLEAN, Form.INCOMPLETE)) == (str(kind) == "bool")
            if taken.form in (Form.SINCE, Form.DATE_SINCE):
                assert {*taken.comparisons, "="} == {"=", ">", ">="}
            elif taken.form in (Form.UNTIL, Form.DATE_UNTIL):
                assert {*taken.comparisons, "="} == {"=", "<", "<="}
            elif taken.form is Form.OTHERS:
                assert set(taken.comparisons) == {"<>"}
            else:
                assert set(taken.comparisons) <= {"=", "IN"}


@tables
def test_a_split_reads_the_same_rows_by_another_path(table: Table) -> None:
    for path in table.paths:
        if path.split is None:
            continue
        by = CATALOG[path.split.table]
        assert set(table.path(path.split.path).keys) == set(path.split.keys)
        columns = {column.name for column in by.visible}
        assert columns >= {*path.split.keys.values(), *path.split.match}
        assert set(path.split.match.values()) <= set(path.keys)


@tables
def test_parents_lead_to_what_needs_none(table: Table) -> None:
    def depth(name: str, above: tuple[str, ...] = ()) -> int:
        assert name not in above, f"{' → '.join(above)} → {name} is a circle"
        parents = [path.parent for path in CATALOG[name].paths if path.parent is not None]
        parents = [parent for parent in parents if parent.table != name]
        return 1 + max((depth(parent.table, (*above, name)) for parent in parents), default=0)

    assert depth(table.name) <= 6


@tables
def test_a_parents_condition_is_about_its_columns(table: Table) -> None:
    for path in table.paths:
        if path.parent is not None:
            columns = {column.name for column in CATALOG[path.parent.table].visible}
            for name, comparison, value in path.parent.where:
                assert name in columns
                listed = pa.types.is_list(CATALOG[path.parent.table].column(name).type)
                assert (comparison == "some", value is None) == (listed, listed)
                assert comparison in ("=", ">", "some")


@tables
def test_the_grain_follows_a_list_that_its_columns_read(table: Table) -> None:
    if table.each is None:
        return
    for name in table.each.pinned:
        assert table.of_element(table.column(name))
    assert set(table.each.pinned) & set(table.required)
    assert table.column(table.each.list).path == (table.each.list,)


def test_the_relations_of_tasks_share_their_columns() -> None:
    shared = [*TASK, *DETAILS]
    for name in ("tasks", "subtasks", "user_tasks", "tag_tasks", "task_dependencies", "task_dependents"):
        assert [column for column in CATALOG[name].columns if column in shared] == shared


def test_what_is_asked_for_by_another_object_has_that_objects_columns() -> None:
    for name, of in (("task_projects", "projects"), ("task_tags", "tags"), ("goal_parents", "goals")):
        columns = CATALOG[of].visible
        assert [column for column in CATALOG[name].visible if column in columns] == list(columns)


def test_mixing_an_object_and_its_part_would_be_seen() -> None:
    table = CATALOG["sections"]
    whole = Column("all_of_it", table.column("name").type, "The whole project.", ("project",), ("project",))
    broken = Table(table.name, table.row, (*table.columns, whole), table.paths, table.documentation)
    assert mixed(broken) == {"project"}
