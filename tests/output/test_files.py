"""Results in files: whole or not at all, and what each ending holds."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from asanaql.errors import ConfigError, QueryError
from asanaql.output.files import whole, writer_for

ENDINGS = (".parquet", ".csv", ".json", ".jsonl", ".arrow")


def write(connection, path, query):
    with whole(path) as file:
        writer_for(path)(connection.sql(query), file)


@pytest.mark.parametrize("ending", ENDINGS)
def test_holds_what_the_statement_gave(connection, tmp_path, ending):
    path = tmp_path / f"rows{ending}"
    write(connection, path, "SELECT i AS n, 'Zoë ' || i AS name FROM range(25000) t (i)")
    if ending == ".arrow":
        with pa.ipc.open_file(path) as file:
            rows = [tuple(row.values()) for row in file.read_all().to_pylist()]
    else:
        rows = duckdb.sql(f"SELECT n, name FROM '{path}'").fetchall()
    assert rows == [(n, f"Zoë {n}") for n in range(25000)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_answer_without_rows_is_a_file_with_columns(connection, tmp_path, ending):
    path = tmp_path / f"rows{ending}"
    write(connection, path, "SELECT 1 AS n WHERE false")
    assert path.exists()
    if ending == ".parquet":
        assert pq.read_table(path).column_names == ["n"]
    if ending == ".csv":
        assert path.read_text() == "n\n"
    if ending == ".json":
        assert path.read_text() == "[]\n"


def test_parquet_keeps_moments_lists_and_structs(connection, tmp_path):
    path = tmp_path / "rows.parquet"
    query = "SELECT TIMESTAMPTZ '2024-05-01 10:00:00.123+00' AS at, [{'gid': '1', 'name': 'Zoë'}] AS people"
    write(connection, path, query)
    assert connection.sql(f"FROM '{path}'").fetchall() == connection.sql(query).fetchall()


def test_parquet_has_row_groups_of_a_useful_size(connection, tmp_path):
    path = tmp_path / "rows.parquet"
    write(connection, path, "FROM range(250000)")
    file = pq.ParquetFile(path)
    sizes = [file.metadata.row_group(place).num_rows for place in range(file.metadata.num_row_groups)]
    assert sum(sizes) == 250000
    assert min(sizes[:-1]) >= 100_000


def test_a_type_that_parquet_lacks_is_an_error_of_the_query(connection, tmp_path):
    path = tmp_path / "rows.parquet"
    with pytest.raises(QueryError, match="Cast it to VARCHAR"):
        write(connection, path, "SELECT INTERVAL 3 DAY AS span")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["rows.xlsx", "rows", "rows.csv.gz", ".csv"])
def test_another_ending_is_refused_and_the_endings_are_named(name):
    with pytest.raises(ConfigError, match=r"\.parquet \.csv \.json \.jsonl \.arrow"):
        writer_for(Path(name))


def test_the_ending_may_be_in_capitals():
    assert writer_for(Path("A.CSV")) is writer_for(Path("a.csv"))


@pytest.mark.parametrize("error", [KeyboardInterrupt(), QueryError("no"), SystemExit(1)])
def test_an_error_leaves_no_file_and_no_trace(tmp_path, error):
    with pytest.raises(type(error)), whole(tmp_path / "rows.csv") as file:
        file.write(b"half")
        raise error
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_the_file_that_was_there(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("before")
    with pytest.raises(QueryError), whole(path) as file:
        file.write(b"half")
        raise QueryError("no")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("rows.csv", "before")]


def test_nothing_is_at_the_place_before_the_end(tmp_path):
    path = tmp_path / "rows.csv"
    with whole(path) as file:
        file.write(b"all")
        file.flush()
        assert not path.exists()
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("rows.csv", "all")]


def test_a_file_that_is_replaced_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path):
    path = tmp_path / "rows.csv"
    with whole(path):
        pass
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    path.chmod(0o600)
    with whole(path):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_is_followed(tmp_path):
    real = tmp_path / "real.csv"
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    with whole(link) as file:
        file.write(b"all")
    assert link.is_symlink()
    assert real.read_text() == "all"


@pytest.mark.parametrize("place", ["missing/rows.csv", "file/rows.csv", "directory.csv"])
def test_a_place_that_cannot_be_written_is_told(tmp_path, place):
    (tmp_path / "file").touch()
    (tmp_path / "directory.csv").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ConfigError, match=f"Cannot write .*{place}: "), whole(tmp_path / place):
        pytest.fail("the block must not run")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_is_told_once_and_leaves_nothing(tmp_path):
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(ConfigError, match=r"Cannot write .*rows\.csv: "), whole(tmp_path / "rows.csv") as file:
            for _ in range(100):
                file.write(os.urandom(1024))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(ConfigError, match="device or a pipe"), whole(pipe):
        pass
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
