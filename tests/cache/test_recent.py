"""What is kept of one relation, read beside the cache."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import diskcache
import pyarrow as pa
import pytest

from asanaql.cache import Cache, CacheFault, fingerprint

URL = "https://example.com"


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    made = Cache(tmp_path, fingerprint("an-invented-token", URL))
    yield made
    made.close()


def table(name: str, length: int = 1) -> pa.Table:
    return pa.table({"name": [name] * length})


def names(found: list[pa.Table]) -> list[str]:
    return [each.column("name")[0].as_py() for each in found]


def aged(place: Path, seconds: int) -> None:
    """Make everything that is kept older."""
    with closing(sqlite3.connect(place / diskcache.core.DBNAME)) as database, database:
        database.execute("UPDATE Cache SET store_time = store_time - ?, expire_time = expire_time - ?", [seconds] * 2)


def test_nothing_is_made_where_nothing_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "cache"
    assert Cache(place, "owner").newest("projects", 10) == []
    assert not place.exists()


def test_only_the_tables_of_the_relation_are_found_the_newest_first(cache: Cache, tmp_path: Path) -> None:
    cache.keep("1", table("old"), 60, "projects")
    aged(tmp_path, 10)
    cache.keep("2", table("new"), 60, "projects")
    cache.keep("3", table("other"), 60, "sections")
    assert names(cache.newest("projects", 10)) == ["new", "old"]
    assert names(cache.newest("projects", 1)) == ["new"]


def test_what_is_too_old_to_be_trusted_is_found(cache: Cache, tmp_path: Path) -> None:
    cache.keep("1", table("old"), 60, "projects")
    aged(tmp_path, 3600)
    assert cache.table("1") is None
    assert names(cache.newest("projects", 10)) == ["old"]


def test_what_was_kept_in_order_to_be_forgotten_is_not(cache: Cache) -> None:
    cache.keep("1", table("wrong"), 0, "projects")
    assert cache.newest("projects", 10) == []


def test_a_large_table_that_has_a_file_of_its_own_is_found(cache: Cache, tmp_path: Path) -> None:
    cache.keep("1", table("x" * 1000, 1000), 60, "projects")
    assert len(list(tmp_path.rglob("*.val"))) == 1
    assert [each.num_rows for each in cache.newest("projects", 10)] == [1000]


def test_another_token_finds_none_of_them(cache: Cache, tmp_path: Path) -> None:
    cache.keep("1", table("mine"), 60, "projects")
    assert Cache(tmp_path, fingerprint("another-invented-token", URL)).newest("projects", 10) == []


def test_a_table_that_cannot_be_read_is_left_out(cache: Cache, tmp_path: Path) -> None:
    cache.keep("1", table("sound"), 60, "projects")
    cache.keep("2", table("x" * 1000, 1000), 60, "projects")
    [file] = tmp_path.rglob("*.val")
    file.write_bytes(b"damaged")
    assert names(cache.newest("projects", 10)) == ["sound"]
    file.unlink()
    assert names(cache.newest("projects", 10)) == ["sound"]


def test_a_damaged_cache_is_a_fault(cache: Cache, tmp_path: Path) -> None:
    cache.keep("1", table("lost"), 60, "projects")
    cache.close()
    for file in tmp_path.glob("cache.db*"):
        file.write_bytes(b"no database" * 100)
    with pytest.raises(CacheFault):
        cache.newest("projects", 10)
