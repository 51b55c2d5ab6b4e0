"""What was seen of sizes tells costs, in this connection and in those to come."""

from __future__ import annotations

from pathlib import Path

from asanaql.cache import Cache
from asanaql.catalog import CATALOG
from asanaql.scan.sizes import Sizes

TASKS, PROJECTS = CATALOG["tasks"], CATALOG["projects"]
BY_PROJECT, BY_GID = TASKS.path("project"), TASKS.path("gid")
KEYS = {"project_gid": ("1",)}


def test_a_listing_that_was_seen_takes_its_pages_again() -> None:
    sizes = Sizes()
    assert sizes.requests(TASKS, BY_PROJECT, KEYS, {}) == 3
    sizes.saw_listing(("tasks", "project", "1"), 604)
    assert sizes.requests(TASKS, BY_PROJECT, KEYS, {}) == 7
    assert sizes.requests(TASKS, BY_PROJECT, {"project_gid": ("1", "2")}, {}) == 7 + 7


def test_a_filter_leaves_a_part_and_one_page_at_least() -> None:
    sizes = Sizes()
    sizes.saw_listing(("tasks", "project", "1"), 604)
    assert sizes.requests(TASKS, BY_PROJECT, KEYS, {"completed_since": "now"}) == 3
    assert sizes.requests(TASKS, BY_PROJECT, KEYS, {"modified_since": "2026-03-01T00:00:00.000Z"}) == 1


def test_an_object_is_one_request() -> None:
    assert Sizes().requests(TASKS, BY_GID, {"gid": ("1", "2", "3")}, {}) == 3


def test_a_relation_is_as_large_as_its_listings_tell() -> None:
    sizes = Sizes()
    assert (sizes.rows(TASKS), sizes.knows(TASKS)) == (TASKS.rows, False)
    sizes.saw(PROJECTS, 10)
    sizes.saw_listing(("tasks", "project", "1"), 30)
    assert (sizes.rows(TASKS), sizes.knows(TASKS)) == (300, True)


def test_listings_whose_keys_their_parents_do_not_lead_to_tell_nothing_of_the_relation() -> None:
    sizes = Sizes()
    for name in ("workspaces", "projects"):
        sizes.saw(CATALOG[name], 1)
    sizes.saw_listing(("user_tasks", "assignee", "1", "77"), 30)
    sizes.saw_listing(("time_tracking_entries", "user", "1", "77"), 30)
    sizes.saw_listing(("time_tracking_entries", "attributable_to", "1"), 30)
    assert not any(sizes.knows(CATALOG[name]) for name in ("user_tasks", "time_tracking_entries"))


def test_what_one_connection_saw_the_next_one_knows(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "someone")
    before, after = Sizes(), Sizes()
    before.saw_listing(("tasks", "project", "1"), 604)
    before.saw_listing(("tasks", "project", "1", "2026-03-01T00:00:00.000Z"), 4, whole=False)
    before.save(cache)
    after.load(cache)
    assert after.listed(("tasks", "project", "1")) == 604
    assert after.listed(("tasks", "project", "1", "2026-03-01T00:00:00.000Z")) == 0
    cache.close()


def test_a_cache_of_another_token_tells_nothing(tmp_path: Path) -> None:
    ours, others = Cache(tmp_path, "us"), Cache(tmp_path, "them")
    before, after = Sizes(), Sizes()
    before.saw_listing(("tasks", "project", "1"), 604)
    before.save(ours)
    after.load(others)
    assert after.listed(("tasks", "project", "1")) == 0
    ours.close()
    others.close()
