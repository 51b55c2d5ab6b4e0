"""The least that any client must send, known from the World alone.

A client knows nothing beforehand. Listings come a hundred rows a page, an empty one in one page too; filters that
Asana's description of an address names may narrow them, and objects come with the fields that it names. Search is not
used, as it lags; the actions of a batch count one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from asanaql.demo.world import Record, World

PAGE = 100
Keeps = Callable[[Record], bool]


def incomplete(task: Record) -> bool:
    """Asana's `completed_since=now`."""
    return not task["completed"]


def milestone(task: Record) -> bool:
    """Whether the task is a milestone that is not reached."""
    return task["resource_subtype"] == "milestone" and not task["completed"]


def divided(task: Record) -> bool:
    """Whether the task says that it has subtasks."""
    return task["num_subtasks"] > 0


def modified_since(moment: str) -> Keeps:
    """Asana's `modified_since`."""
    return lambda task: task["modified_at"] >= moment


def completed_since(moment: str) -> Keeps:
    """Asana's `completed_since`, which keeps what is incomplete."""
    return lambda task: not task["completed"] or task["completed_at"] >= moment


def every(_: Record) -> bool:
    """No filter."""
    return True


class Least:
    """Requests, by what they are for; records, by name, to say which ones."""

    #: Of one object, or of a listing that is one page for certain: the workspaces, a team's projects, a user's teams.
    one = 1

    def __init__(self, world: World) -> None:
        self.world = world

    def gid(self, name: str) -> str:
        """The gid of the project, user, team, tag or portfolio of that name."""
        [gid] = (
            each["gid"]
            for kind in ("project", "user", "team", "tag", "portfolio")
            for each in self.world.all(kind)
            if each["name"] == name
        )
        return str(gid)

    def projects(self, *names: str) -> list[Record]:
        """The projects of these names, all where none is given."""
        return [each for each in self.world.projects if not names or each["name"] in names]

    def of_team(self, name: str) -> list[Record]:
        """A team's projects."""
        return self._under("team.projects", "team", name)

    def in_portfolio(self, name: str) -> list[Record]:
        """A portfolio's projects, without the portfolios in it."""
        items = self._under("portfolio.items", "portfolio", name)
        return [each for each in items if each["resource_type"] == "project"]

    def members(self, name: str) -> list[Record]:
        """A team's users."""
        return [each["user"] for each in self._under("team.team_memberships", "team", name)]

    def users(self, *names: str) -> list[Record]:
        """The users of these names."""
        return [each for each in self.world.users if each["name"] in names]

    def tags(self, *names: str) -> list[Record]:
        """The tags of these names, all where none is given."""
        return [each for each in self.world.all("tag") if not names or each["name"] in names]

    def tasks(self, projects: Iterable[Record], keeps: Keeps = every) -> list[Record]:
        """The projects' tasks, each once."""
        found = {task["gid"]: task for each in projects for task in self.world.tasks_in(each["gid"]) if keeps(task)}
        return list(found.values())

    def parents_elsewhere(self, project: str) -> int:
        """The parents, by gid, of a project's tasks, without those that are in the project too."""
        listed = self.tasks(self.projects(project))
        parents = {task["parent"]["gid"] for task in listed if task["parent"]}
        return len(parents - {task["gid"] for task in listed})

    def pages(self, what: str, parents: Sequence[Record], keeps: Keeps = every) -> int:
        """One listing for each parent, such as `project.tasks`."""
        return sum(self._pages(sum(map(keeps, self.world.under(what, each)))) for each in parents)

    def listed(self, projects: Sequence[Record], keeps: Keeps = every) -> int:
        """The tasks of each project."""
        return self.pages("project.tasks", projects, keeps)

    def assigned(self, users: Sequence[Record], keeps: Keeps = every) -> int:
        """The tasks of each user."""
        return self.pages("user.tasks", users, keeps)

    def in_workspace(self, what: str) -> int:
        """One listing of the workspace, such as `projects`."""
        return self.pages(f"workspace.{what}", [self.world.workspace])

    def _under(self, what: str, kind: str, name: str) -> list[Record]:
        [parent] = (each for each in self.world.all(kind) if each["name"] == name)
        return self.world.under(what, parent)

    @staticmethod
    def _pages(rows: int) -> int:
        return max(1, math.ceil(rows / PAGE))
