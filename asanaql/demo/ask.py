"""One request, read: the records its path names, and its parameters with their types.

Every reader refuses in Asana's words what it cannot read. Parameters that nobody reads are ignored, as Asana does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from asanaql.demo.dice import stamp
from asanaql.demo.refusals import Refusal, missing, no_access, not_a_number, unknown
from asanaql.demo.world import Record, World

NEVER = "9999-12-31T23:59:59.999Z"


@dataclass(frozen=True)
class Ask:
    """`keys` are the records of the path by kind; `forbidden` the gids that may not be addressed.

    `turn` is the place of the request among all that were sent.
    """

    world: World
    keys: Mapping[str, Record]
    params: Mapping[str, str]
    forbidden: Collection[str] = ()
    turn: int = 0

    def has(self, *names: str) -> bool:
        """Whether any of these parameters was sent."""
        return any(name in self.params for name in names)

    def need(self, name: str) -> str:
        """The text of a required parameter."""
        if not self.params.get(name):
            raise missing(name)
        return self.params[name]

    def record(self, name: str, *kinds: str) -> Record | None:
        """The record that a parameter names by gid, or None where it was not sent. Kinds default to its name."""
        if name not in self.params:
            return None
        return record_of(self.world, name, self.params[name], kinds or (name,), self.forbidden)

    def needed(self, name: str, *kinds: str) -> Record:
        """The record that a required parameter names."""
        return record_of(self.world, name, self.need(name), kinds or (name,), self.forbidden)

    def flag(self, name: str) -> bool | None:
        """A boolean parameter, or None where it was not sent."""
        text = self.params.get(name)
        if text is None:
            return None
        if text not in ("true", "false"):
            raise Refusal(400, f"{name}: Not a boolean: {text}")
        return text == "true"

    def moment(self, name: str) -> str | None:
        """A date-time parameter as records hold theirs, rounded up to the millisecond; `now` is after all of them."""
        text = self.params.get(name)
        return None if text is None else NEVER if text == "now" else moment_of(name, text)

    def day(self, name: str) -> str | None:
        """A date parameter as records hold theirs."""
        text = self.params.get(name)
        try:
            return None if text is None else date.fromisoformat(text).isoformat()
        except ValueError as unreadable:
            raise Refusal(400, f"{name}: Not a valid date: {text}") from unreadable


def moment_of(name: str, text: str) -> str:
    """The stamp of a date or date-time text, UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise Refusal(400, f"{name}: Not a valid date-time: {text}") from unreadable
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return stamp(moment + timedelta(microseconds=-moment.microsecond % 1000))


def record_of(world: World, noun: str, text: str, kinds: Collection[str], forbidden: Collection[str]) -> Record:
    """The record of one of these kinds that a path or parameter names; a user also by `me` or e-mail."""
    if "user" in kinds and (text == "me" or "@" in text):
        found = world.me if text == "me" else next((u for u in world.users if u["email"] == text), None)
        if found is None:
            raise unknown(noun, text)
        return found
    if not (text.isascii() and text.isdigit()):
        raise not_a_number(noun, text)
    kind = world.kind_of(text, kinds)
    record = world.find(kind, text) if kind else None
    if record is None:
        raise unknown(noun, text)
    if text in forbidden:
        raise no_access(record.get("resource_type", noun))
    return record
