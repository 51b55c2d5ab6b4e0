from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from asanaql.api import Meter
from asanaql.catalog import CATALOG
from asanaql.demo import World
from asanaql.errors import ApiError, AuthError, QueryError, ServerError
from asanaql.scan.fetch import Fetch
from asanaql.scan.statement import Statement
from asanaql.scan.window import Window

Equal = Callable[..., Any]


def projects_asked(bench: Any) -> list[str]:
    """The projects whose tasks were asked for, in the order of their first pages."""
    return list(dict.fromkeys(name for name in bench.wire.asked("project") if name))


def test_a_scan_without_a_key_reads_every_projects_listing(bench: Any, world: World) -> None:
    asked = bench.scan("tasks", ["gid", "project_gid"])
    truth = [(task["gid"], project["gid"]) for project in world.projects for task in world.tasks_in(project["gid"])]
    assert sorted((row["gid"], row["project_gid"]) for row in asked.rows) == sorted(truth)
    assert (asked.error, asked.warnings) == (None, [])


def test_the_keys_of_an_in_list_are_listings_side_by_side(bench: Any, equal: Equal, world: World) -> None:
    keys = [world.notable[name] for name in ("single", "hundred", "empty")]
    in_flight: list[int] = []

    async def together(request: httpx.Request) -> None:
        in_flight.append(1)
        while len(in_flight) < 3:
            await asyncio.sleep(0)

    bench.wire.hold = together
    asked = bench.scan("tasks", ["gid"], equal("project_gid", *keys))
    assert len(asked.rows) == 101
    assert sorted(projects_asked(bench)) == sorted(keys)


def test_a_fan_out_starts_in_the_parents_order_and_once_sizes_are_known_with_the_longest(
    bench: Any, world: World
) -> None:
    bench.scan("tasks", ["gid"])
    listed = [project["gid"] for project in world.under("workspace.projects", world.workspace)]
    assert projects_asked(bench) == listed
    bench.wire.sent.clear()
    bench.scan("tasks", ["gid"])
    longest_first = sorted(listed, key=lambda gid: -len(world.tasks_in(gid)))
    assert longest_first != listed
    assert projects_asked(bench) == longest_first


def test_a_second_page_is_asked_for_once_the_first_was_consumed(bench: Any, equal: Equal, world: World) -> None:
    table = CATALOG["tasks"]
    key = equal("project_gid", world.notable["biggest"])

    async def main() -> list[int]:
        window = Window()
        sent = []
        chunks = Fetch(bench.account, Statement(Meter()), remember=False).chunks(
            table, table.columns[:1], [key], window
        )
        async for _ in chunks:
            await settled()
            sent.append(len(bench.wire.sent))
            window.consumed()
        return sent

    assert asyncio.run(main()) == [1, 7, 7, 7, 7, 7, 7]


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


@pytest.mark.parametrize("status", [403, 404])
def test_a_parent_that_may_not_be_read_is_skipped_and_named(
    bench: Any, world: World, refusal: Callable[..., httpx.Response], status: int
) -> None:
    gid = world.notable["every_custom_field"]
    bench.wire.reply = lambda request: (
        refusal(status, "Not for you.") if request.url.params.get("project") == gid else None
    )
    asked = bench.scan("tasks", ["gid", "project_gid", "project_name"])
    others = sum(len(world.tasks_in(project["gid"])) for project in world.projects if project["gid"] != gid)
    assert (asked.error, len(asked.rows)) == (None, others)
    [warning] = asked.warnings
    assert warning.startswith(f"tasks: skipped project_gid {gid} (Website relaunch): Asana answered {status} to GET ")
    assert warning.endswith("Not for you.")


@pytest.mark.parametrize("status", [403, 404])
def test_a_key_that_the_person_wrote_is_an_error_that_quotes_asana(
    bench: Any, world: World, equal: Equal, refusal: Callable[..., httpx.Response], status: int
) -> None:
    single, hundred = world.notable["single"], world.notable["hundred"]
    bench.wire.reply = lambda request: (
        refusal(status, "Not for you.") if request.url.params.get("project") == single else None
    )
    asked = bench.scan("tasks", ["gid"], equal("project_gid", hundred, single))
    assert isinstance(asked.error, ApiError)
    assert (asked.error.status, asked.error.said) == (status, "Not for you.")
    assert f"project={single}" in str(asked.error)


@pytest.mark.parametrize(("status", "kind"), [(400, ApiError), (401, AuthError), (402, ApiError), (500, ServerError)])
def test_in_a_fan_out_whatever_is_not_about_the_parent_is_an_error(
    bench: Any, world: World, refusal: Callable[..., httpx.Response], status: int, kind: type[ApiError]
) -> None:
    gid = world.notable["single"]
    bench.wire.reply = lambda request: refusal(status) if request.url.params.get("project") == gid else None
    asked = bench.scan("tasks", ["gid"])
    assert type(asked.error) is kind
    assert asked.warnings == []


def test_statuses_that_mean_no_rows_are_no_rows(
    bench: Any, world: World, equal: Equal, refusal: Callable[..., httpx.Response]
) -> None:
    bench.wire.reply = lambda request: (
        refusal(400, "Teams are in organizations.") if "/teams" in request.url.path else None
    )
    asked = bench.scan("teams", ["gid"], equal("workspace_gid", world.workspace["gid"]))
    assert (asked.rows, asked.error, asked.warnings) == ([], None, [])


def settings_asked(bench: Any) -> list[str]:
    return [path.split("/")[1] for path in bench.wire.paths]


def test_a_key_of_several_possible_kinds_is_asked_for_until_an_endpoint_knows_it(
    bench: Any, equal: Equal, world: World
) -> None:
    kinds = [path.endpoint.split("/")[1] for path in CATALOG["custom_field_settings"].paths]
    project, team = world.notable["every_custom_field"], world.teams[0]["gid"]
    assert kinds[0] == "projects"
    assert kinds.index("teams") > 0
    for gid, kind in ((project, "projects"), (team, "teams")):
        bench.wire.sent.clear()
        asked = bench.scan("custom_field_settings", ["gid", "parent_gid"], equal("parent_gid", gid))
        assert (asked.error, asked.warnings) == (None, [])
        assert set(asked.column("parent_gid")) == {gid}
        assert settings_asked(bench) == kinds[: kinds.index(kind) + 1]


def test_a_key_that_no_endpoint_knows_is_the_first_ones_error(bench: Any, equal: Equal) -> None:
    asked = bench.scan("custom_field_settings", ["gid"], equal("parent_gid", "4242"))
    assert isinstance(asked.error, ApiError)
    assert asked.error.path.startswith("/projects/4242/")
    assert asked.error.said == "project: Not a recognized ID: 4242"
    assert len(bench.wire.sent) == len(CATALOG["custom_field_settings"].paths)


def test_a_refusal_other_than_not_knowing_the_key_ends_the_search_for_its_kind(
    bench: Any, equal: Equal, world: World
) -> None:
    gid = world.notable["private"]
    bench.wire.service.forbidden.add(gid)
    asked = bench.scan("custom_field_settings", ["gid"], equal("parent_gid", gid))
    assert isinstance(asked.error, ApiError)
    assert (asked.error.status, len(bench.wire.sent)) == (403, 1)


def test_a_scan_of_no_possible_key_sends_nothing(bench: Any, equal: Equal) -> None:
    asked = bench.scan("tasks", ["gid"], equal("project_gid", "1"), equal("project_gid", "2"))
    assert (asked.rows, asked.error, bench.wire.sent) == ([], None, [])


def test_the_same_listing_is_sent_once_in_a_statement_that_needs_it_twice(
    bench: Any, equal: Equal, world: World
) -> None:
    statement = Statement(Meter())
    key = equal("project_gid", world.notable["biggest"])

    async def main() -> list[Any]:
        return await asyncio.gather(
            *(bench.scanned("tasks", ["gid"], key, statement=statement, remember=True) for _ in range(2))
        )

    one, other = asyncio.run(main())
    again = bench.scan("tasks", ["gid"], key, statement=statement, remember=True)
    assert one.rows == other.rows == again.rows
    assert len(one.rows) == 604
    assert (len(bench.wire.sent), statement.meter.requests) == (7, 7)


def test_what_a_statement_scans_once_is_not_kept(bench: Any, equal: Equal, world: World) -> None:
    statement = Statement(Meter())
    key = equal("project_gid", world.notable["single"])
    for _ in range(2):
        bench.scan("tasks", ["gid"], key, statement=statement)
    assert len(bench.wire.sent) == 2


def test_a_scan_that_is_dropped_takes_no_answer_from_another_that_waits_for_it(
    bench: Any, equal: Equal, world: World
) -> None:
    statement = Statement(Meter())
    key = equal("project_gid", world.notable["biggest"])

    async def main() -> Any:
        sent, answered = asyncio.Event(), asyncio.Event()

        async def hold(request: httpx.Request) -> None:
            sent.set()
            await answered.wait()

        bench.wire.hold = hold
        scans = [
            asyncio.create_task(bench.scanned("tasks", ["gid"], key, statement=statement, remember=True))
            for _ in range(2)
        ]
        await sent.wait()
        await asyncio.sleep(0)
        scans[0].cancel()
        await asyncio.sleep(0)
        answered.set()
        return await scans[1]

    other = asyncio.run(main())
    assert (other.error, len(other.rows)) == (None, 604)
    assert bench.wire.cancelled == []


def test_a_scan_that_is_dropped_ends_whatever_it_had_in_flight(bench: Any) -> None:
    async def main() -> tuple[int, int]:
        async def hold(request: httpx.Request) -> None:
            if "project" in request.url.params:
                await asyncio.Event().wait()

        bench.wire.hold = hold
        scan = asyncio.create_task(bench.scanned("tasks", ["gid"]))
        while bench.wire.paths.count("/tasks") < 15:
            await asyncio.sleep(0)
        scan.cancel()
        await asyncio.gather(scan, return_exceptions=True)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        return len(bench.wire.cancelled), len(left)

    assert asyncio.run(main()) == (15, 0)


def test_a_scan_that_is_dropped_ends_the_scan_of_its_parents_too(bench: Any) -> None:
    async def main() -> tuple[int, int]:
        async def hold(request: httpx.Request) -> None:
            if request.url.path.endswith("/stories") or "offset" in request.url.params:
                await asyncio.Event().wait()

        bench.wire.hold = hold
        scan = asyncio.create_task(bench.scanned("stories", ["gid"]))
        while len([path for path in bench.wire.paths if path.endswith("/stories")]) < 20:
            await asyncio.sleep(0)
        scan.cancel()
        await asyncio.gather(scan, return_exceptions=True)
        for _ in range(20):
            await asyncio.sleep(0)
        sent = len(bench.wire.sent)
        for _ in range(200):
            await asyncio.sleep(0)
        return len(bench.wire.sent) - sent, len(asyncio.all_tasks() - {asyncio.current_task()})

    assert asyncio.run(main()) == (0, 0)


def test_an_error_ends_what_else_was_in_flight(
    bench: Any, world: World, refusal: Callable[..., httpx.Response]
) -> None:
    bad = world.notable["single"]

    async def main() -> tuple[Any, int, int]:
        async def hold(request: httpx.Request) -> None:
            if request.url.params.get("project") not in (None, bad):
                await asyncio.Event().wait()

        bench.wire.hold = hold
        bench.wire.reply = lambda request: refusal(402) if request.url.params.get("project") == bad else None
        asked = await bench.scanned("tasks", ["gid"])
        left = asyncio.all_tasks() - {asyncio.current_task()}
        return asked.error, len(bench.wire.cancelled), len(left)

    error, cancelled, left = asyncio.run(main())
    assert (error.status, cancelled, left) == (402, 14, 0)


def test_a_budget_ends_a_fan_out_with_what_it_was_about_to_ask(bench: Any) -> None:
    asked = bench.scan("tasks", ["gid"], statement=Statement(Meter(5)))
    assert isinstance(asked.error, QueryError)
    assert "was about to send GET /tasks?" in str(asked.error)
    assert len(bench.wire.sent) == 5


def test_the_workspace_of_rows_that_do_not_say_it_is_that_of_their_parent_or_the_only_one(
    bench: Any, equal: Equal, world: World
) -> None:
    asked = bench.scan("sections", ["gid", "workspace_gid"], equal("project_gid", world.notable["single"]))
    assert asked.column("workspace_gid") == [world.workspace["gid"]]
    assert bench.wire.paths == ["/workspaces", f"/projects/{world.notable['single']}/sections"]
