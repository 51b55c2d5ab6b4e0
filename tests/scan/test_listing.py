from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from asanaql.api import Page, Request, TooLong
from asanaql.catalog import CATALOG
from asanaql.demo import World
from asanaql.errors import ApiError
from asanaql.plan.access import Access
from asanaql.scan.listing import Listing, filled, given_by, listing, narrowed_to, opt_fields, read, request


def of(table: str, path: str, columns: str = "gid", parameters: dict[str, str] | None = None, **keys: str) -> Listing:
    entry = CATALOG[table]
    return Listing(
        entry, entry.path(path), keys, parameters or {}, keys, tuple(entry.column(name) for name in columns.split())
    )


def test_a_key_stands_in_the_address_and_the_fields_are_those_of_the_columns() -> None:
    made = request(of("sections", "project", "gid name created_at", project_gid="7"))
    assert made == Request("/projects/7/sections", (("opt_fields", "created_at,name"),))


def test_a_key_and_a_filter_stand_in_the_query() -> None:
    made = request(of("tasks", "project", "name", {"modified_since": "2026-01-01T00:00:00.000Z"}, project_gid="7"))
    assert made.path == "/tasks"
    assert dict(made.params) == {
        "project": "7",
        "modified_since": "2026-01-01T00:00:00.000Z",
        "opt_fields": "name",
    }


def test_a_key_that_would_lead_elsewhere_is_quoted() -> None:
    made = request(of("sections", "project", "name", project_gid="7/../8?x"))
    assert made.path == "/projects/7%2F..%2F8%3Fx/sections"


def test_the_same_listing_is_the_same_request_in_whatever_order_it_is_described() -> None:
    one = of("tasks", "project", "name notes", {"modified_since": "x", "completed_since": "now"}, project_gid="7")
    other = of("tasks", "project", "notes name", {"completed_since": "now", "modified_since": "x"}, project_gid="7")
    assert request(one) == request(other)


def test_what_the_request_knows_is_not_asked_for() -> None:
    assert opt_fields(of("tasks", "project", "gid project_gid name", project_gid="7")) == ["name"]


def test_a_listing_that_needs_no_field_asks_for_a_light_one() -> None:
    assert opt_fields(of("tasks", "project", "gid", project_gid="7")) == ["name"]
    assert opt_fields(of("stories", "task", "gid", task_gid="7")) != []


def test_a_section_in_a_projects_listing_needs_the_memberships_with_their_projects() -> None:
    assert opt_fields(of("tasks", "project", "gid section_gid", project_gid="7")) == [
        "memberships.project.name",
        "memberships.section.name",
    ]


def test_a_project_in_a_sections_listing_needs_the_memberships_with_their_sections() -> None:
    assert opt_fields(of("tasks", "section", "gid project_gid", section_gid="7")) == [
        "memberships.project.name",
        "memberships.section.name",
    ]


def test_a_task_fetched_by_gid_needs_its_memberships_to_be_rows_at_all() -> None:
    assert opt_fields(of("tasks", "gid", "gid name", gid="7")) == ["memberships.project.name", "name"]


def test_no_listing_asks_for_what_is_not_a_field() -> None:
    for table in CATALOG.values():
        for path in table.paths:
            keys = dict.fromkeys(path.keys, "7")
            asked = request(Listing(table, path, keys, {}, keys, table.columns))
            assert ",," not in (fields := dict(asked.params).get("opt_fields", ""))
            assert path.opt_fields == bool(fields)
            assert asked.path.startswith("/")


def test_a_listing_is_told_from_others_by_keys_and_filters_not_by_columns() -> None:
    one = of("tasks", "project", "name", project_gid="7")
    assert one.identity == of("tasks", "project", "notes", project_gid="7").identity
    others = [
        of("tasks", "project", "name", project_gid="8"),
        of("tasks", "section", "name", section_gid="7"),
        of("tasks", "project", "name", {"completed_since": "now"}, project_gid="7"),
    ]
    assert one.identity not in [each.identity for each in others]


def test_a_listing_is_named_by_its_keys_and_its_parents_name() -> None:
    access = Access(CATALOG["tasks"].path("project"), {}, {}, {})
    named = listing(CATALOG["tasks"], access, {"project_gid": "7"}, {"project_name": "Launch"}, (), enumerated=True)
    assert named.subject == "project_gid 7 (Launch)"
    assert of("tasks", "project", project_gid="7").subject == "project_gid 7"


def fan_out(**known: tuple[str, ...]) -> Access:
    """user_tasks by users: two keys, both from the parent."""
    return Access(CATALOG["user_tasks"].path("users"), known, {}, {}, ("assignee_gid",), ())


USER = {"gid": "1", "name": "Ada", "workspace_gid": "9", "workspace_name": "W"}


def test_the_keys_that_the_statement_does_not_give_come_from_the_parents_row() -> None:
    assert filled(fan_out(), {}, USER) == {"assignee_gid": "1", "workspace_gid": "9"}


def test_a_parents_row_with_another_key_than_the_statements_has_no_listing() -> None:
    assert filled(fan_out(), {"workspace_gid": "8"}, USER) is None
    assert filled(fan_out(), {"workspace_gid": "9"}, USER) == {"assignee_gid": "1", "workspace_gid": "9"}


def test_a_parents_row_without_a_key_has_no_listing() -> None:
    assert filled(fan_out(), {}, USER | {"gid": None}) is None


def test_a_parents_row_gives_what_it_says_of_its_children() -> None:
    given = {"assignee_gid": "1", "workspace_gid": "9", "assignee_name": "Ada", "workspace_name": "W"}
    assert given_by(fan_out(), USER) == given
    assert given_by(fan_out(), {"gid": "1"}) == {"assignee_gid": "1"}


def test_an_access_for_single_values_narrows_its_parent_too() -> None:
    narrowed = narrowed_to(fan_out(assignee_gid=("1", "2")), {"assignee_gid": "2"})
    assert narrowed.keys == {"assignee_gid": ("2",)}
    assert narrowed.parent is not None
    assert [(each.column, each.values) for each in narrowed.parent] == [("gid", ("2",))]


END = ApiError(400, "GET", "/x", "There is currently an upper limit on the number of results returned for this query.")
DENIED = ApiError(403, "GET", "/x", "No.")


class Split:
    """Reads a project's listing that is cut, and the sections it is read by instead."""

    def __init__(self, whole: list[Any], *sections: list[Any]) -> None:
        self.answers = {"project": iter(whole)} | {str(n): iter(pages) for n, pages in enumerate(sections)}
        self.asked: list[str] = []
        self.listed: list[int] = []
        self.refused: list[tuple[str, ApiError]] = []
        self.got: list[tuple[list[str], str | None]] = []

    async def fetch(self, asked: Request) -> Page:
        params = dict(asked.params)
        name = params.get("section", "project")
        self.asked.append(name)
        answer = next(self.answers[name])
        if isinstance(answer, ApiError):
            raise answer
        more = f"{name}-{len(self.asked)}" if answer.endswith("+") else None
        return Page([{"gid": gid} for gid in answer.rstrip("+")], more, 0)

    async def parts(self, whole: Listing, listed: int) -> AsyncIterator[Listing]:
        self.listed.append(listed)
        for number in range(len(self.answers) - 1):
            yield of("tasks", "section", section_gid=str(number))

    def note(self, part: Listing, error: ApiError) -> None:
        if error.status != 403:
            raise error
        self.refused.append((part.keys["section_gid"], error))

    def read(self, path: str = "project") -> Split:
        async def main() -> None:
            whole = of("tasks", path, project_gid="7") if path == "project" else of("tasks", path, section_gid="0")
            async for rows, context in read(whole, self.fetch, self.parts, self.note):
                self.got.append(("".join(row["gid"] for row in rows), context.get("section_gid")))

        asyncio.run(main())
        return self


def test_a_listing_that_ends_too_early_is_read_on_by_its_parts_without_repeating_a_row() -> None:
    split = Split(["ab+", "c+", END], ["bd+", "e"], ["ac"], [""]).read()
    assert split.got == [("ab", None), ("c", None), ("d", "0"), ("e", "0"), ("", "1"), ("", "2")]
    assert split.asked == ["project", "project", "project", "0", "0", "1", "2"]
    assert split.listed == [3]


def test_a_row_that_two_parts_show_is_given_once() -> None:
    assert [rows for rows, _ in Split(["a+", END], ["ab"], ["bc"]).read().got] == ["a", "b", "c"]


def test_a_part_that_is_refused_does_not_end_the_others() -> None:
    split = Split(["a+", END], ["b+", DENIED], ["c"]).read()
    assert "".join(rows for rows, _ in split.got) == "abc"
    assert split.refused == [("0", DENIED)]


def test_a_part_that_is_too_long_itself_is_an_error() -> None:
    with pytest.raises(TooLong, match="upper limit"):
        Split(["a+", END], ["b+", END]).read()


def test_a_listing_without_parts_that_is_too_long_is_an_error_that_says_how_far_it_came() -> None:
    with pytest.raises(TooLong, match="1 rows were listed before"):
        Split([], ["b+", END]).read("section")


def without_order(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(tuple(row.values()) for row in rows)


def test_a_projects_tasks_are_the_same_read_whole_or_by_sections(
    bench: Any, equal: Callable[..., Any], world: World
) -> None:
    key, columns = equal("project_gid", world.notable["biggest"]), ["gid", "name", "project_gid", "section_name"]
    whole = bench.scan("tasks", columns, key)
    bench.wire.service.most = 250
    bench.wire.sent.clear()
    split = bench.scan("tasks", columns, key)
    assert (split.error, split.warnings) == (None, [])
    assert len(split.rows) == 604
    assert without_order(split.rows) == without_order(whole.rows)
    assert bench.wire.paths.count(f"/projects/{world.notable['biggest']}/sections") == 1


def test_a_split_sends_the_filters_that_the_parts_take(bench: Any, equal: Callable[..., Any], world: World) -> None:
    bench.wire.service.most = 200
    key = equal("project_gid", world.notable["biggest"])
    split = bench.scan("tasks", ["gid", "completed"], key, equal("completed", False))
    asked = {request.url.params["section"]: request for request in bench.wire.sent if "section" in request.url.params}
    assert len(asked) == 8
    assert {request.url.params["completed_since"] for request in asked.values()} == {"now"}
    open_ones = [task for task in world.tasks_in(world.notable["biggest"]) if not task["completed"]]
    assert sorted(split.column("gid")) == sorted(task["gid"] for task in open_ones)


def test_the_projects_of_a_workspace_are_read_by_teams_and_what_that_cannot_show_is_said(
    bench: Any, equal: Callable[..., Any], world: World
) -> None:
    bench.wire.service.most = 5
    split = bench.scan("projects", ["gid", "name"], equal("workspace_gid", world.workspace["gid"]))
    in_teams = [project["gid"] for project in world.projects if project["team"]]
    first = [project["gid"] for project in world.under("workspace.projects", world.workspace)][:5]
    assert sorted(split.column("gid")) == sorted({*in_teams, *first})
    assert split.warnings == [
        f"projects: Asana ended the listing of workspace_gid {world.workspace['gid']} after 5 rows; the others were "
        "read by teams, which do not show projects in no team."
    ]
