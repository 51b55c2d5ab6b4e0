"""What every change works on: the World, chance, the moment, who does it; and what Asana does around a change.

Events reach whoever watches the object, what it is under, and the projects that hold any of these.
Source: https://developers.asana.com/reference/events
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from asanaql.demo.dice import Dice
from asanaql.demo.events import named
from asanaql.demo.people import likes_of
from asanaql.demo.world import Record, World

if TYPE_CHECKING:
    from asanaql.demo.changes.trash import Trashed


@dataclass(frozen=True)
class Happened:
    """One change that was made: its kind, the gid of what was changed, and a sentence about it."""

    kind: str
    gid: str
    text: str


@dataclass
class Scene:
    """Where one change after the other is made.

    `now` is a stamp, `user` who makes the change. `last_id` is the last number given in a custom id: none is given
    twice, since deleted tasks may come back with theirs.
    """

    world: World
    dice: Dice
    now: str
    user: Record
    last_id: int
    trash: list[Trashed] = field(default_factory=list)

    def changed(
        self, record: Record, what: str, new: object = None, *, added: object = None, removed: object = None
    ) -> None:
        """Tells that a field changed, or that something was added to it or removed from it."""
        action = "added" if added is not None else "removed" if removed is not None else "changed"
        value = {"added": added, "removed": removed, "changed": new}[action]
        word = "new" if action == "changed" else action
        # Asana tells a value only where that is an object.
        told = {f"{word}_value": named(value)} if isinstance(value, dict) else {}
        self._tell(record, "changed", change={"field": what, "action": action, **told})

    def added(self, record: Record, parent: Record) -> None:
        """Tells that a record is now in another."""
        self._tell(record, "added", parent)

    def removed(self, record: Record, parent: Record) -> None:
        """Tells that a record is no longer in another."""
        self._tell(record, "removed", parent)

    def deleted(self, record: Record) -> None:
        """Tells that a record is gone. To be called while it still says what it is in."""
        self._tell(record, "deleted")

    def undeleted(self, record: Record) -> None:
        """Tells that a deleted record is back."""
        self._tell(record, "undeleted")

    def _tell(self, record: Record, action: str, parent: Record | None = None, **more: object) -> None:
        event = {
            "user": self.user,
            "resource": named(record),
            "type": record["resource_type"],
            "action": action,
            "parent": None if parent is None else named(parent),
            "created_at": self.now,
            **more,
        }
        above = () if parent is None else watchers(parent)
        self.world.happen(event, {*watchers(record), *above})

    def touch(self, record: Record) -> None:
        """Says that the record was modified now."""
        record["modified_at"] = self.now

    def note(self, on: Record, subtype: str, text: str, /, **more: object) -> None:
        """Writes down on a task what was done to it, as Asana does."""
        story = story_of(self, on, subtype, text, **more)
        self.world.hang("task.stories", on, self.world.add(story))
        self.added(story, on)

    def a_task(self) -> Record:
        """Any task that is there."""
        return self.dice.pick(self.world.tasks)

    def pick(self, of: Iterable[Record]) -> Record | None:
        """One of the records, or None where there are none."""
        found = list(of)
        return self.dice.pick(found) if found else None

    def another(self, of: Iterable[Record], among: Iterable[Record]) -> Record | None:
        """One of the records that is not among the others, or None where all are."""
        gids = {record["gid"] for record in among}
        return self.pick(record for record in of if record["gid"] not in gids)


def watchers(record: Record) -> Iterator[str]:
    """The gids of whatever is told the events of a record by being watched."""
    yield record["gid"]
    match record["resource_type"]:
        case "task":
            yield from (project["gid"] for project in record["projects"])
            if record["parent"] is not None:
                yield from watchers(record["parent"])
        case "story":
            yield from watchers(record["target"])
        case "attachment" | "status_update":
            yield from watchers(record["parent"])
        case "section" | "project_brief":
            yield record["project"]["gid"]
        case "goal_relationship":
            yield record["supported_goal"]["gid"]


def story_of(scene: Scene, target: Record, subtype: str, text: str, **more: object) -> Record:
    """A story by the user of the scene, in no listing."""
    comment = subtype == "comment_added"
    return {
        "gid": scene.dice.gid(),
        "resource_type": "story",
        "resource_subtype": subtype,
        "type": "comment" if comment else "system",
        "created_at": scene.now,
        "created_by": scene.user,
        "text": text,
        "html_text": f"<body>{escape(text)}</body>",
        "is_editable": comment,
        **likes_of([], scene.world.me),
        "reaction_summary": [],
        "source": "web",
        "target": target,
        **more,
    }


def without(records: Iterable[Record], gid: str) -> list[Record]:
    """The records but the one with this gid. Lists are replaced and never shortened: some share one."""
    return [record for record in records if record["gid"] != gid]
