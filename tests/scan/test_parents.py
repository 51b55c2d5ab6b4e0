from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from asanaql.api import Meter
from asanaql.cache import Cache
from asanaql.catalog import CATALOG
from asanaql.demo import World
from asanaql.scan.parents import light_columns
from asanaql.scan.statement import Statement

Equal = Callable[..., Any]


def database(tmp_path: Path) -> sqlite3.Connection:
    return sqlite3.connect(tmp_path / "cache" / "cache.db")


def lifetimes(tmp_path: Path) -> list[int]:
    """For how many seconds each listing is kept."""
    with database(tmp_path) as connection:
        rows = connection.execute("SELECT expire_time - store_time FROM Cache ORDER BY rowid").fetchall()
    return [round(seconds) for (seconds,) in rows]


def age(tmp_path: Path, seconds: int) -> None:
    """Let so many seconds pass for what is kept."""
    with database(tmp_path) as connection:
        connection.execute("UPDATE Cache SET expire_time = expire_time - ?", [seconds])


def parents_asked(bench: Any) -> list[str]:
    """The parents' requests of the last scan."""
    paths = [path for path in bench.wire.paths if path != "/tasks" and not path.endswith("/task_counts")]
    bench.wire.sent.clear()
    return paths


def test_a_second_fan_out_asks_for_no_parent(cached: Any, tmp_path: Path) -> None:
    first = cached.scan("tasks", ["gid"])
    assert parents_asked(cached) == ["/workspaces", "/projects"]
    second = cached.scan("tasks", ["gid"])
    assert parents_asked(cached) == []
    assert sorted(second.column("gid")) == sorted(first.column("gid"))
    assert (first.statement.meter.cached, second.statement.meter.cached) == (0, 2)


def test_without_a_cache_a_fan_out_asks_for_its_parents_every_time(bench: Any) -> None:
    for _ in range(2):
        bench.scan("tasks", ["gid"])
        assert parents_asked(bench) == ["/workspaces", "/projects"]


def test_parents_are_trusted_for_as_long_as_the_catalog_says(cached: Any, tmp_path: Path) -> None:
    cached.scan("tasks", ["gid"])
    assert lifetimes(tmp_path) == [3600, 300]
    cached.wire.sent.clear()
    age(tmp_path, 299)
    cached.scan("tasks", ["gid"])
    assert parents_asked(cached) == []
    age(tmp_path, 2)
    cached.scan("tasks", ["gid"])
    assert parents_asked(cached) == ["/projects"]
    age(tmp_path, 3300)
    cached.scan("tasks", ["gid"])
    assert parents_asked(cached) == ["/workspaces", "/projects"]


def test_a_new_project_is_found_once_the_kept_ones_are_too_old(cached: Any, tmp_path: Path, world: World) -> None:
    gid = world.notable["single"]
    cached.wire.reply = lambda request: without(gid, cached, request)
    assert gid not in cached.scan("tasks", ["project_gid"]).column("project_gid")
    cached.wire.reply = lambda request: None
    assert gid not in cached.scan("tasks", ["project_gid"]).column("project_gid")
    age(tmp_path, 301)
    assert gid in cached.scan("tasks", ["project_gid"]).column("project_gid")


def without(gid: str, bench: Any, request: httpx.Request) -> httpx.Response | None:
    """The listing of projects without one of them."""
    if request.url.path != "/api/1.0/projects":
        return None
    params = list(request.url.params.multi_items())
    body = bench.wire.service.answer("GET", "/projects", params, {"authorization": "Bearer demo"}).body
    answer = httpx.Response(200, content=body).json()
    answer["data"] = [row for row in answer["data"] if row["gid"] != gid]
    return httpx.Response(200, json=answer)


def test_tasks_are_not_kept(cached: Any, world: World, tmp_path: Path) -> None:
    cached.scan("subtasks", ["gid"])
    with database(tmp_path) as connection:
        [(entries,)] = connection.execute("SELECT count(*) FROM Cache").fetchall()
    assert entries == 2


def test_one_kept_listing_serves_every_fan_out_whatever_light_columns_it_needs(cached: Any) -> None:
    cached.scan("tasks", ["gid"])
    cached.wire.sent.clear()
    asked = cached.scan("tasks", ["gid", "project_name", "workspace_name", "project_archived", "project_team_gid"])
    assert (asked.error, parents_asked(cached)) == (None, [])
    cached.scan("sections", ["gid", "project_name"])
    assert "/projects" not in parents_asked(cached)


def test_a_kept_listing_has_all_light_columns_and_no_heavy_one() -> None:
    light = {column.name for column in light_columns(CATALOG["projects"], ())}
    assert {"gid", "name", "archived", "team_gid", "owner_gid"} <= light
    assert light.isdisjoint({"custom_fields", "members", "followers", "html_notes"})
    beyond = {column.name for column in light_columns(CATALOG["projects"], {"members"})}
    assert beyond == light | {"members"}


def test_a_wider_listing_that_is_kept_answers_a_narrower_question(cached: Any, equal: Equal, world: World) -> None:
    cached.scan("tasks", ["gid"])
    cached.wire.sent.clear()
    asked = cached.scan("tasks", ["project_gid"], equal("project_archived", True))
    assert parents_asked(cached) == []
    archived = {project["gid"] for project in world.projects if project["archived"]}
    assert set(asked.column("project_gid")) == archived


def test_a_narrower_listing_that_is_kept_answers_its_own_question_alone(
    cached: Any, equal: Equal, world: World
) -> None:
    cached.scan("tasks", ["project_gid"], equal("project_archived", True))
    assert parents_asked(cached) == ["/workspaces", "/projects"]
    cached.scan("tasks", ["project_gid"], equal("project_archived", True))
    assert parents_asked(cached) == []
    cached.scan("tasks", ["project_gid"], equal("project_archived", False))
    assert parents_asked(cached) == ["/projects"]
    everything = cached.scan("tasks", ["project_gid"])
    assert parents_asked(cached) == ["/projects"]
    assert len(set(everything.column("project_gid"))) == 14


def test_a_direct_scan_asks_asana_though_the_listing_is_kept(cached: Any, world: World) -> None:
    cached.scan("tasks", ["gid"])
    cached.wire.sent.clear()
    asked = cached.scan("projects", ["gid", "name"])
    assert parents_asked(cached) == ["/projects"]
    assert len(asked.rows) == 15


def test_a_direct_scan_of_all_light_columns_replaces_the_kept_listing(
    cached: Any, world: World, tmp_path: Path
) -> None:
    gid = world.notable["single"]
    cached.wire.reply = lambda request: without(gid, cached, request)
    cached.scan("tasks", ["gid"])
    cached.wire.reply = lambda request: None
    cached.scan("projects", [column.name for column in CATALOG["projects"].visible])
    cached.wire.sent.clear()
    assert gid in cached.scan("tasks", ["project_gid"]).column("project_gid")
    assert parents_asked(cached) == []


def test_a_direct_scan_that_sees_other_rows_discards_the_kept_listing(cached: Any, world: World) -> None:
    gid = world.notable["single"]
    cached.wire.reply = lambda request: without(gid, cached, request)
    cached.scan("tasks", ["gid"])
    cached.wire.reply = lambda request: None
    cached.scan("projects", ["gid"])
    cached.wire.sent.clear()
    assert gid in cached.scan("tasks", ["project_gid"]).column("project_gid")
    assert parents_asked(cached) == ["/projects"]


def test_a_direct_scan_that_sees_the_same_rows_leaves_the_kept_listing(cached: Any) -> None:
    cached.scan("tasks", ["gid"])
    cached.scan("projects", ["gid"])
    cached.wire.sent.clear()
    cached.scan("tasks", ["gid"])
    assert parents_asked(cached) == []


def test_a_listing_that_failed_is_not_kept(cached: Any, refusal: Callable[..., httpx.Response]) -> None:
    cached.wire.reply = lambda request: refusal(402) if request.url.path.endswith("/projects") else None
    assert cached.scan("tasks", ["gid"]).error is not None
    cached.wire.reply = lambda request: None
    cached.wire.sent.clear()
    assert len(cached.scan("tasks", ["gid"]).rows) > 1000
    assert parents_asked(cached) == ["/projects"]


def test_an_enumerated_parent_that_may_not_be_listed_is_skipped_and_asked_for_again(
    cached: Any, world: World, refusal: Callable[..., httpx.Response]
) -> None:
    cached.wire.reply = lambda request: refusal(403, "Not yours.") if request.url.path.endswith("/projects") else None
    for _ in range(2):
        asked = cached.scan("tasks", ["gid"])
        assert (asked.rows, asked.error) == ([], None)
        [warning] = asked.warnings
        assert warning.startswith(f"projects: skipped workspace_gid {world.workspace['gid']}")
        assert "Not yours." in warning
    assert cached.wire.paths.count("/projects") == 2


def test_what_a_kept_listing_lacks_is_said_whenever_it_is_used(cached: Any) -> None:
    cached.wire.service.most = 5
    first = cached.scan("sections", ["gid"])
    second = cached.scan("sections", ["gid"])
    assert "which do not show projects in no team." in first.warnings[0]
    assert second.warnings == first.warnings
    assert second.statement.meter.cached > 0
    assert cached.wire.paths.count("/projects") == 2


def test_a_hidden_field_of_a_parent_is_said_where_it_matters_kept_or_not(cached: Any, equal: Equal) -> None:
    def hide_team(request: httpx.Request) -> httpx.Response | None:
        if request.url.path != "/api/1.0/projects":
            return None
        params = [(name, text.replace(",team.name", "")) for name, text in request.url.params.multi_items()]
        answer = cached.wire.service.answer("GET", "/projects", params, {"authorization": "Bearer demo"})
        return httpx.Response(200, content=answer.body)

    cached.wire.reply = hide_team
    assert cached.scan("tasks", ["gid"]).warnings == []
    for _ in range(2):
        asked = cached.scan("tasks", ["gid", "project_team_gid"])
        assert set(asked.column("project_team_gid")) == {None}
        assert asked.warnings == [
            "projects: Asana sent no 'team' in 15 of 15 rows, which read as NULL. "
            "The plan or the token's scopes hide it."
        ]


def test_a_confined_account_reads_its_workspace_alone_without_asking_for_it(bench: Any, world: World) -> None:
    bench.account = bench.opened(workspace=world.workspace["gid"])
    asked = bench.scan("tasks", ["gid"])
    assert asked.error is None
    assert parents_asked(bench) == ["/projects"]


@pytest.mark.parametrize("fault", ["damaged", "a file in its place"])
def test_a_cache_that_cannot_be_used_costs_requests_and_is_said(
    wire: Any, bench: Any, tmp_path: Path, fault: str
) -> None:
    place = tmp_path / "cache"
    if fault == "damaged":
        place.mkdir()
        (place / "cache.db").write_bytes(b"SQLite format 3\x00" + b"no database" * 500)
    else:
        place.write_text("a file")
    bench.account = bench.opened(Cache(place, "somebody"))
    asked = bench.scan("tasks", ["gid"])
    assert (asked.error, len(asked.rows)) == (None, 1586)
    [warning] = asked.warnings
    assert warning.startswith("The cache was not used, which can cost requests: ")
    assert parents_asked(bench) == ["/workspaces", "/projects"]


def test_a_value_that_someone_pickled_into_the_cache_is_not_used(cached: Any, tmp_path: Path) -> None:
    cached.scan("tasks", ["gid"])
    cached.wire.sent.clear()
    with database(tmp_path) as connection:
        connection.execute("UPDATE Cache SET mode = 4, filename = NULL, value = x'80049529'")
    asked = cached.scan("tasks", ["gid"])
    assert (asked.error, len(asked.rows)) == (None, 1586)
    assert "pickled" in asked.warnings[0]
    assert parents_asked(cached) == ["/workspaces", "/projects"]


def test_listings_that_differ_by_a_constant_are_kept_apart(cached: Any, world: World) -> None:
    """Categories that are in use and archived ones are listed at one address."""
    entries = CATALOG["time_tracking_entries"]
    path = entries.path("time_tracking_category")
    assert path.parent is not None
    by_category = replace(entries, paths=(replace(path, parent=replace(path.parent, partial=False)),))
    categories = replace(CATALOG["time_tracking_categories"], trusted=60)
    cached.catalog = {**CATALOG, entries.name: by_category, categories.name: categories}
    cached.account = cached.opened(cached.account.cache)
    for times in (2, 0):
        cached.wire.sent.clear()
        asked = cached.scan(entries.name, ["gid", "time_tracking_category_gid"])
        assert cached.wire.paths.count("/time_tracking_categories") == times
        assert Counter(asked.column("time_tracking_category_gid")) == {
            each["gid"]: len(found)
            for each in world.all("time_tracking_category")
            if (found := world.under("time_tracking_category.time_tracking_entries", each))
        }


def test_the_size_of_a_relation_is_known_after_it_was_listed(bench: Any) -> None:
    projects = CATALOG["projects"]
    assert bench.account.sizes.rows(projects) == projects.rows
    bench.scan("tasks", ["gid"], statement=Statement(Meter()))
    assert bench.account.sizes.rows(projects) == 15
