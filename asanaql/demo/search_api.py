"""The rules of the two searches: a hundred rows in an order that ties do not keep, and no page after them.

A bound excludes the moment or the day that it names. Rows that are alike by what they are sorted by come in another
order in each answer, as they do in Asana's.
Source: https://developers.asana.com/reference/searchtasksforworkspace
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from asanaql.demo.ask import Ask, moment_of, record_of
from asanaql.demo.conditions import condition, status
from asanaql.demo.paging import LARGEST_PAGE, limit_of
from asanaql.demo.refusals import SEARCH_IS_PAID, Refusal
from asanaql.demo.route import WHOLE, Route
from asanaql.demo.world import Record, World

Test = Callable[[Record], bool]
Members = Callable[[World, Record], Sequence[Record | None]]

#: Asked for together, they find what is in one or the other.
EITHER = ("projects.any", "sections.any")
MOMENTS = ("created_at", "completed_at", "modified_at", "due_at")
DAYS = ("due_on", "start_on", "created_on", "completed_on", "modified_on")


@dataclass(frozen=True)
class Searched:
    """One kind of record: `sets` are what one belongs to or has, with the kind of it, `flags` what holds or does not.

    `orders` are what rows are sorted by; those without a value come last.
    """

    records: Callable[[World], list[Record]]
    text: tuple[str, ...]
    sets: Mapping[str, tuple[str, Members]]
    flags: Mapping[str, Callable[[World, Record], bool]]
    orders: Mapping[str, Callable[[Record], Any]]


def search(of: Searched, ask: Ask) -> Sequence[Record]:
    """The first rows of a search."""
    found = list(of.records(ask.world))
    for test in list(_tests(of, ask)):
        found = list(filter(test, found))
    return _sorted(of, ask, found)[: limit_of(ask.params.get("limit")) or LARGEST_PAGE]


def _sorted(of: Searched, ask: Ask, found: list[Record]) -> list[Record]:
    order = ask.params.get("sort_by", "modified_at")
    if order not in of.orders:
        raise Refusal(400, f"sort_by: Not a valid order: {order}")
    value = of.orders[order]
    Random(ask.turn).shuffle(found)
    have = [record for record in found if value(record) is not None]
    have.sort(key=value, reverse=not ask.flag("sort_ascending"))
    return have + [record for record in found if value(record) is None]


def _tests(of: Searched, ask: Ask) -> Iterator[Test]:
    """What every parameter asks of a record. Those that nobody knows are passed over, as Asana does."""
    params = dict(ask.params)
    if all(name in params for name in EITHER):
        either = [_of_set(of, ask, name, params.pop(name)) for name in EITHER]
        yield lambda record: any(test(record) for test in either)
    for name, text in params.items():
        field, _, word = name.partition(".")
        if name == "text":
            yield partial(_holds_words, of.text, text.casefold().split())
        elif name == "resource_subtype":
            yield partial(_equal, name, text)
        elif name in of.flags:
            yield partial(_is, of.flags[name], ask.world, ask.flag(name))
        elif field in of.sets and word:
            yield _of_set(of, ask, name, text)
        elif field in DAYS and word:
            yield partial(_within, field, word, ask.day(name) or "")
        elif field in DAYS:
            yield partial(_equal, field, None if text == "null" else ask.day(name))
        elif field in MOMENTS:
            yield partial(_within, field, word, moment_of(name, text))
        elif field == "custom_fields":
            yield condition(ask, name, text)
        elif field == "custom_types":
            yield status(ask, name, text)


def _holds_words(fields: Sequence[str], words: Sequence[str], record: Record) -> bool:
    text = " ".join(str(record[field]) for field in fields).casefold()
    return all(word in text for word in words)


def _is(flag: Callable[[World, Record], bool], world: World, wanted: bool | None, record: Record) -> bool:
    return flag(world, record) == wanted


def _equal(field: str, value: str | None, record: Record) -> bool:
    return _value(field, record) == value


def _within(field: str, word: str, bound: str, record: Record) -> bool:
    value = _value(field, record)
    return value is not None and (value > bound if word == "after" else value < bound)


def _value(field: str, record: Record) -> str | None:
    """A field of a record; a day that it has no field for is the beginning of the moment."""
    if field in record:
        value: str | None = record[field]
        return value
    moment: str | None = record.get(field.replace("_on", "_at"))
    return moment and moment[:10]


def _of_set(of: Searched, ask: Ask, name: str, text: str) -> Test:
    field, _, word = name.partition(".")
    kind, members = of.sets[field]
    wanted = [record_of(ask.world, name, gid, (kind,), ask.forbidden) for gid in text.split(",")]
    matches = {"any": any, "all": all}.get(word)

    def test(record: Record) -> bool:
        there = {member["gid"] for member in members(ask.world, record) if member is not None}
        found = (each["gid"] in there for each in wanted)
        return matches(found) if matches else not any(found)

    return test


def _field(name: str) -> Members:
    """The record, or the records, that a field holds."""

    def members(world: World, record: Record) -> Sequence[Record | None]:
        value = record[name]
        return value if isinstance(value, list) else [value]

    return members


def _teams(world: World, task: Record) -> Sequence[Record | None]:
    return [project["team"] for project in task["projects"]]


def _portfolios(world: World, task: Record) -> Sequence[Record | None]:
    return [portfolio for project in task["projects"] for portfolio in _holding(world, project)]


def _holding(world: World, project: Record) -> list[Record]:
    """The portfolios that a project is in."""
    return [each for each in world.all("portfolio") if any(i is project for i in world.under("portfolio.items", each))]


def _commented(world: World, task: Record) -> Sequence[Record | None]:
    return [story["created_by"] for story in world.under("task.stories", task) if story["type"] == "comment"]


def _blocked(world: World, task: Record) -> bool:
    others = (world.find("task", each["gid"]) for each in task["dependencies"])
    return any(other is not None and not other["completed"] for other in others)


TASKS = Searched(
    records=lambda world: world.tasks,
    text=("name", "notes"),
    sets={
        "assignee": ("user", _field("assignee")),
        "created_by": ("user", _field("created_by")),
        "assigned_by": ("user", _field("assigned_by")),
        "followers": ("user", _field("followers")),
        "liked_by": ("user", lambda world, task: [like["user"] for like in task["likes"]]),
        "commented_on_by": ("user", _commented),
        "projects": ("project", _field("projects")),
        "sections": ("section", lambda world, task: [each["section"] for each in task["memberships"]]),
        "tags": ("tag", _field("tags")),
        "teams": ("team", _teams),
        "portfolios": ("portfolio", _portfolios),
    },
    flags={
        "completed": lambda world, task: bool(task["completed"]),
        "is_subtask": lambda world, task: task["parent"] is not None,
        "is_blocked": _blocked,
        "is_blocking": lambda world, task: bool(task["dependents"]) and not task["completed"],
        "has_attachment": lambda world, task: bool(world.under("attachments", task)),
    },
    orders={
        "due_date": lambda task: task["due_on"],
        "created_at": lambda task: task["created_at"],
        "completed_at": lambda task: task["completed_at"],
        "modified_at": lambda task: task["modified_at"],
        "likes": lambda task: task["num_likes"],
        "relevance": lambda task: 0,
    },
)
PROJECTS = Searched(
    records=lambda world: world.projects,
    text=("name",),
    sets={
        "owner": ("user", _field("owner")),
        "members": ("user", _field("members")),
        "teams": ("team", _field("team")),
        "portfolios": ("portfolio", _holding),
    },
    flags={"completed": lambda world, project: bool(project["completed"])},
    orders={name: order for name, order in TASKS.orders.items() if name != "likes"},
)

ROUTES: tuple[Route, ...] = (
    Route("/workspaces/{workspace}/tasks/search", partial(search, TASKS), WHOLE, SEARCH_IS_PAID),
    Route("/workspaces/{workspace}/projects/search", partial(search, PROJECTS), WHOLE, SEARCH_IS_PAID),
)
