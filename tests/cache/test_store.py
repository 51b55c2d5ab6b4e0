from __future__ import annotations

import os
import pickle
import sqlite3
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import diskcache
import pyarrow as pa
import pytest

from asanaql.cache import Cache, CacheFault, Info, clear, directory, fingerprint, info

TABLE = pa.table(
    {
        "gid": ["1", "2", None],
        "name": ["Ünï 🚀", "", None],
        "at": pa.array([0, 1, None], pa.timestamp("us", tz="UTC")),
        "refs": [[{"gid": "1", "name": "x"}], [], None],
    }
)
LARGE = pa.table({"text": ["x" * 1000] * 1000})
TOKEN = "2/1234567890:an-invented-token"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def cache(place: Path) -> Iterator[Cache]:
    made = Cache(place, fingerprint(TOKEN, "https://example.com"))
    yield made
    made.close()


@contextmanager
def database(place: Path) -> Iterator[sqlite3.Connection]:
    """The file behind the cache, as somebody else may open it."""
    with closing(sqlite3.connect(place / diskcache.core.DBNAME)) as connection, connection:
        yield connection


@pytest.mark.parametrize("table", [TABLE, TABLE.slice(0, 0), LARGE])
def test_a_table_comes_back_as_it_was_kept(cache: Cache, table: pa.Table) -> None:
    table = table.replace_schema_metadata({"note": "é"})
    cache.keep("projects", table, 60)
    kept = cache.table("projects")
    assert kept.equals(table, check_metadata=True)


def test_a_table_outlives_the_program_that_kept_it(cache: Cache, place: Path) -> None:
    cache.keep("projects", TABLE, 60)
    cache.close()
    with closing(Cache(place, fingerprint(TOKEN, "https://example.com"))) as later:
        assert later.table("projects").equals(TABLE)


def test_what_was_not_kept_is_none(cache: Cache) -> None:
    assert cache.table("projects") is None


def test_the_last_table_under_a_key_replaces_the_one_before(cache: Cache) -> None:
    cache.keep("projects", TABLE, 60)
    cache.keep("projects", TABLE.slice(0, 1), 60)
    assert cache.table("projects").num_rows == 1


def test_a_table_is_kept_for_so_many_seconds(cache: Cache, place: Path) -> None:
    cache.keep("projects", TABLE, 300)
    with database(place) as connection:
        [(seconds,)] = connection.execute("SELECT expire_time - store_time FROM Cache").fetchall()
        assert round(seconds) == 300
        connection.execute("UPDATE Cache SET expire_time = expire_time - 301")
    assert cache.table("projects") is None


def test_a_table_kept_for_no_time_is_gone(cache: Cache) -> None:
    cache.keep("projects", TABLE, 300)
    cache.keep("projects", TABLE, 0)
    assert cache.table("projects") is None


def test_two_tokens_and_two_addresses_never_share(place: Path) -> None:
    owners = [
        fingerprint(token, address)
        for token in (TOKEN, TOKEN + "x")
        for address in ("https://example.com", "https://example.com/2")
    ]
    assert len(set(owners)) == 4
    caches = [Cache(place, owner) for owner in owners]
    for number, cache in enumerate(caches):
        assert cache.table("projects") is None
        cache.keep("projects", TABLE.slice(0, number % 3), 60)
    assert [cache.table("projects").num_rows for cache in caches] == [0, 1, 2, 0]
    for cache in caches:
        cache.close()


def test_the_token_and_the_address_are_nowhere_in_the_files(cache: Cache, place: Path) -> None:
    cache.keep("projects", TABLE, 60)
    cache.keep("tasks", LARGE, 60)
    files = [file for file in place.rglob("*") if file.is_file()]
    assert any(file.suffix == ".val" for file in files)
    for file in files:
        content = file.read_bytes() + str(file).encode()
        assert TOKEN.encode() not in content
        assert b"example.com" not in content


def test_nobody_else_may_look_into_it(cache: Cache, place: Path) -> None:
    cache.keep("projects", TABLE, 60)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_directory_that_was_open_to_others_is_closed_to_them(cache: Cache, place: Path) -> None:
    place.mkdir(mode=0o755)
    cache.keep("projects", TABLE, 60)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_nothing_is_opened_before_the_first_use(cache: Cache, place: Path) -> None:
    assert not place.exists()


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> object:
        return os.mkdir, (str(self._path),)


def test_the_trap_of_the_next_tests_springs(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Trap(tmp_path / "sprung")))
    assert (tmp_path / "sprung").exists()


@pytest.mark.parametrize("in_file", [False, True])
def test_a_pickled_value_is_a_fault_and_runs_no_code(cache: Cache, place: Path, tmp_path: Path, in_file: bool) -> None:
    cache.keep("projects", TABLE, 60)
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    with database(place) as connection:
        if in_file:
            (place / "trap.val").write_bytes(trap)
            connection.execute(
                "UPDATE Cache SET mode = ?, value = NULL, filename = 'trap.val'", [diskcache.core.MODE_PICKLE]
            )
        else:
            connection.execute("UPDATE Cache SET mode = ?, value = ?", [diskcache.core.MODE_PICKLE, trap])
    with pytest.raises(CacheFault, match="pickled"):
        cache.table("projects")
    assert not (tmp_path / "sprung").exists()


def test_a_pickled_key_runs_no_code(cache: Cache, place: Path, tmp_path: Path) -> None:
    cache.keep("projects", TABLE, 60)
    with database(place) as connection:
        connection.execute("UPDATE Cache SET raw = 0, key = ?", [pickle.dumps(Trap(tmp_path / "sprung"))])
    assert cache.table("projects") is None
    assert info(place).entries == 1
    clear(place)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    ("mode", "value"),
    [
        (diskcache.core.MODE_RAW, b"no table"),
        (diskcache.core.MODE_RAW, b""),
        (diskcache.core.MODE_RAW, 5),
        (diskcache.core.MODE_RAW, "text"),
        (diskcache.core.MODE_TEXT, b"text"),
        (99, b"text"),
    ],
)
def test_a_value_that_is_no_table_is_a_fault_or_nothing(cache: Cache, place: Path, mode: int, value: object) -> None:
    cache.keep("projects", TABLE, 60)
    with database(place) as connection:
        connection.execute("UPDATE Cache SET mode = ?, value = ?, filename = NULL", [mode, value])
    try:
        assert cache.table("projects") is None
    except CacheFault as fault:
        assert str(fault)


def test_a_table_with_damaged_offsets_is_a_fault(cache: Cache, place: Path) -> None:
    cache.keep("projects", pa.table({"gid": ["abcdefgh", "ijklmnop"]}), 60)
    with database(place) as connection:
        [(value,)] = connection.execute("SELECT value FROM Cache").fetchall()
        offsets = b"\x00\x00\x00\x00\x08\x00\x00\x00\x10\x00\x00\x00"
        assert value.count(offsets) == 1
        damaged = value.replace(offsets, b"\x00\x00\x00\x00\x08\x00\x00\x00\xff\xff\xff\x7f")
        connection.execute("UPDATE Cache SET value = ?", [damaged])
    with pytest.raises(CacheFault):
        cache.table("projects")


def test_a_value_whose_file_is_gone_is_not_there(cache: Cache, place: Path) -> None:
    cache.keep("tasks", LARGE, 60)
    [file] = place.rglob("*.val")
    file.unlink()
    assert cache.table("tasks") is None


def test_a_value_whose_file_is_cut_off_is_a_fault(cache: Cache, place: Path) -> None:
    cache.keep("tasks", LARGE, 60)
    [file] = place.rglob("*.val")
    file.write_bytes(file.read_bytes()[:500])
    with pytest.raises(CacheFault):
        cache.table("tasks")


@contextmanager
def locked(place: Path) -> Iterator[None]:
    with database(place) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_cache_is_a_fault_soon(cache: Cache, place: Path) -> None:
    cache.keep("projects", TABLE, 60)
    with closing(Cache(place, "another")) as later, locked(place):
        began = time.monotonic()
        for using in (cache, later):
            with pytest.raises(CacheFault):
                using.keep("projects", TABLE, 60)
        with pytest.raises(CacheFault):
            later.table("projects")
        # The library itself would wait for a minute each time.
        assert time.monotonic() - began < 20
    cache.keep("projects", TABLE, 60)


def test_a_damaged_cache_is_a_fault(cache: Cache, place: Path) -> None:
    place.mkdir()
    (place / diskcache.core.DBNAME).write_bytes(b"SQLite format 3\x00" + b"no database" * 500)
    with pytest.raises(CacheFault):
        cache.table("projects")
    with pytest.raises(CacheFault):
        cache.keep("projects", TABLE, 60)
    with pytest.raises(CacheFault):
        info(place)


def test_a_file_where_the_directory_should_be_is_a_fault(cache: Cache, place: Path) -> None:
    place.write_text("a file")
    with pytest.raises(CacheFault):
        cache.table("projects")


FULL = """
    import resource, signal, sys
    from pathlib import Path
    import pyarrow as pa
    from asanaql.cache import Cache, CacheFault

    place, most = Path(sys.argv[1]), int(sys.argv[2])
    if len(sys.argv) > 3:
        cache = Cache(place, "somebody")
        cache.keep("small", pa.table({"gid": ["1"]}), 60)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    cache = Cache(place, "somebody")
    try:
        cache.keep("large", pa.table({"text": ["x" * 1000] * 1000}), 60)
        print("kept")
    except CacheFault as fault:
        print("fault:", fault)
    if len(sys.argv) > 3:
        print("small:", cache.table("small").num_rows, "large:", cache.table("large"))
"""


def full_disk(place: Path, most: int, *more: str) -> str:
    """What a program says that keeps a megabyte where no file may grow beyond `most` bytes."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), str(place), str(most), *more],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stderr == ""
    return done.stdout


def test_a_full_disk_is_a_fault(place: Path) -> None:
    assert full_disk(place, 8192).startswith("fault: ")


def test_a_disk_that_becomes_full_is_a_fault_and_what_was_kept_stays(place: Path) -> None:
    said = full_disk(place, 200_000, "kept before").splitlines()
    assert said[0].startswith("fault: ")
    assert said[1] == "small: 1 large: None"


def test_the_simulated_disk_has_room_where_it_is_large_enough(place: Path) -> None:
    assert full_disk(place, 100_000_000) == "kept\n"


def test_info_counts_listings_of_all_tokens_and_bytes(cache: Cache, place: Path) -> None:
    assert info(place) == Info(place, 0, 0)
    assert not place.exists()
    cache.keep("projects", TABLE, 60)
    with closing(Cache(place, "another")) as other:
        other.keep("tasks", LARGE, 60)
    found = info(place)
    assert (found.directory, found.entries) == (place, 2)
    assert found.bytes > 1_000_000


def test_clear_removes_all_of_it_and_says_what_there_was(cache: Cache, place: Path) -> None:
    cache.keep("projects", TABLE, 60)
    cache.close()
    assert clear(place).entries == 1
    assert not place.exists()
    assert clear(place) == Info(place, 0, 0)


def test_clear_removes_a_damaged_cache_too(place: Path) -> None:
    place.mkdir()
    (place / diskcache.core.DBNAME).write_bytes(b"no database" * 500)
    assert clear(place) == Info(place, 0, 5500)
    assert not place.exists()


def test_a_cache_that_was_cleared_meanwhile_costs_no_more_than_a_fault(cache: Cache, place: Path) -> None:
    cache.keep("projects", TABLE, 60)
    clear(place)
    try:
        assert cache.table("projects") in (None, TABLE)
    except CacheFault as fault:
        assert str(fault)


def test_the_directory_follows_the_desktop_standard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert directory() == tmp_path / "asanaql"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert directory() == tmp_path / "home" / ".cache" / "asanaql"


def test_a_fingerprint_tells_nothing_of_the_token() -> None:
    made = fingerprint(TOKEN, "https://example.com")
    assert len(made) == 64
    assert TOKEN not in made
    assert made == fingerprint(TOKEN, "https://example.com")
