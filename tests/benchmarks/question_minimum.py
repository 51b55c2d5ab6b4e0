"""The least that any client must send to answer the questions in examples/questions, known from the World itself.

A client knows nothing beforehand: where an address takes a workspace, it asks for the workspaces first. Listings come
a hundred rows a page, the next page only after the one before; a filter that Asana's description of the address names
narrows them. Search is not used, as it lags.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from asanaql.demo.world import Record, World

PAGE = 100
IN_FLIGHT = 40


class Request(NamedTuple):
    """One request, and those that can be sent once it is answered."""

    then: tuple[Request, ...] = ()

    @property
    def requests(self) -> int:
        """How many requests there are in all."""
        return 1 + sum(each.requests for each in self.then)

    @property
    def chain(self) -> int:
        """How many requests follow each other in the longest row of them."""
        return 1 + max((each.chain for each in self.then), default=0)


def round_trips(first: Request, *, burst: float | None = None, per_round_trip: float = 0.0) -> int:
    """The shortest time for all requests, in round trips, with 40 in flight and the longest chains first.

    With `burst`, so many may be sent at once after a rest, and `per_round_trip` more in every round trip.
    """
    ready, tokens, passed = [first], burst, 0
    while ready:
        ready.sort(key=lambda request: request.chain, reverse=True)
        width = IN_FLIGHT if tokens is None else min(IN_FLIGHT, int(tokens))
        sent, ready = ready[:width], ready[width:]
        ready += [each for request in sent for each in request.then]
        if tokens is not None and burst is not None:
            tokens = min(burst, tokens - len(sent) + per_round_trip)
        passed += 1
    return passed


def listing(rows: Sequence[Record], found: Callable[[Record], Iterable[Request]] = lambda row: ()) -> Request:
    """The first page of a listing; every page is followed by the next and by what its rows give rise to."""
    following: tuple[Request, ...] = ()
    for start in reversed(range(0, max(len(rows), 1), PAGE)):
        of_rows = [each for row in rows[start : start + PAGE] for each in found(row)]
        following = (Request((*following, *of_rows)),)
    return following[0]


def in_workspace(world: World, what: str, found: Callable[[Record], Iterable[Request]]) -> Request:
    """The workspaces, and after them one listing of the only one."""
    return Request((listing(world.under(what, world.workspace), found),))


def open_tasks(world: World, what: str, parent: Record) -> list[Record]:
    """What a listing of tasks shows with `completed_since=now`."""
    return [task for task in world.under(what, parent) if not task["completed"]]


def late_in_a_portfolio(world: World) -> Request:
    own = [portfolio for portfolio in world.all("portfolio") if portfolio["owner"] is world.me]
    [wanted] = [portfolio for portfolio in own if portfolio["name"] == "Company bets"]

    def tasks(item: Record) -> Iterable[Request]:
        return [listing(open_tasks(world, "project.tasks", item))] if item["resource_type"] == "project" else []

    def items(portfolio: Record) -> Iterable[Request]:
        return [listing(world.under("portfolio.items", portfolio), tasks)] if portfolio is wanted else []

    return Request((listing(own, items),))


def comments_of_the_week(world: World) -> Request:
    def stories(task: Record) -> Iterable[Request]:
        return [listing(world.under("task.stories", task))]

    def tasks(project: Record) -> Iterable[Request]:
        named = "launch" in project["name"].lower()
        return [listing(open_tasks(world, "project.tasks", project), stories)] if named else []

    return in_workspace(world, "workspace.projects", tasks)


def workload_of_a_team(world: World) -> Request:
    def tasks(membership: Record) -> Iterable[Request]:
        return [listing(open_tasks(world, "user.tasks", membership["user"]))]

    def members(team: Record) -> Iterable[Request]:
        named = team["name"] == "Engineering"
        return [listing(world.under("team.team_memberships", team), tasks)] if named else []

    return in_workspace(world, "workspace.teams", members)


def steps_to_milestones(world: World) -> Request:
    def steps(task: Record) -> Iterable[Request]:
        waited_for = task["resource_subtype"] == "milestone" and task["num_subtasks"]
        return [listing(world.under("task.subtasks", task))] if waited_for else []

    def tasks(project: Record) -> Iterable[Request]:
        named = project["name"] == "Atlas migration"
        return [listing(open_tasks(world, "project.tasks", project), steps)] if named else []

    return in_workspace(world, "workspace.projects", tasks)


def slipped_tasks(world: World) -> Request:
    def tasks(project: Record) -> Iterable[Request]:
        theirs = project["team"] is not None and project["team"]["name"] == "Operations"
        return [listing(open_tasks(world, "project.tasks", project))] if theirs and not project["archived"] else []

    return _in_use(world, tasks)


def a_week_of_a_project(world: World) -> Request:
    since = f"{world.now - dt.timedelta(days=7):%Y-%m-%d}"

    def tasks(project: Record) -> Iterable[Request]:
        changed = [task for task in world.tasks_in(project["gid"]) if task["modified_at"] >= since]
        return [listing(changed)] if project["name"] == "Atlas migration" else []

    return in_workspace(world, "workspace.projects", tasks)


def nobodys_tasks(world: World) -> Request:
    return _in_use(world, lambda project: [listing(open_tasks(world, "project.tasks", project))])


def bad_news(world: World) -> Request:
    since = f"{world.now - dt.timedelta(days=28):%Y-%m-%d}"

    def updates(project: Record) -> Iterable[Request]:
        return [listing([each for each in world.under("status_updates", project) if each["created_at"] >= since])]

    return _in_use(world, updates)


def tags_in_use(world: World) -> Request:
    def tasks(tag: Record) -> Iterable[Request]:
        return [listing(world.under("tag.tasks", tag))] if tag["name"] in ("urgent", "customer") else []

    return in_workspace(world, "workspace.tags", tasks)


def due_during_vacation(world: World) -> Request:
    def tasks(membership: Record) -> Iterable[Request]:
        away = membership["vacation_dates"]
        leaves = away is not None and away["end_on"] is not None and away["end_on"] >= f"{world.now:%Y-%m-%d}"
        return [listing(open_tasks(world, "user.tasks", membership["user"]))] if leaves else []

    return in_workspace(world, "workspace.workspace_memberships", tasks)


def _in_use(world: World, found: Callable[[Record], Iterable[Request]]) -> Request:
    """The workspaces, the projects with `archived=false`, and what follows of each."""
    projects = [each for each in world.under("workspace.projects", world.workspace) if not each["archived"]]
    return Request((listing(projects, found),))


#: By the name of the question's file.
MINIMUM: dict[str, Callable[[World], Request]] = {
    "01-late-in-a-portfolio": late_in_a_portfolio,
    "02-comments-of-the-week": comments_of_the_week,
    "03-workload-of-a-team": workload_of_a_team,
    "04-steps-to-milestones": steps_to_milestones,
    "05-slipped-tasks": slipped_tasks,
    "06-a-week-of-a-project": a_week_of_a_project,
    "07-nobodys-tasks": nobodys_tasks,
    "08-bad-news": bad_news,
    "09-tags-in-use": tags_in_use,
    "10-due-during-vacation": due_during_vacation,
}
