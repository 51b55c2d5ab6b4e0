"""Makes what was said and done on tasks and goals: comments, and what Asana wrote down itself.

Which keys a story has beside the common ones depends on its subtype, as in Asana.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape

from asanaql.demo.customs import custom_value, short
from asanaql.demo.dice import Dice, stamp
from asanaql.demo.people import likes_of
from asanaql.demo.words import COMMENTS
from asanaql.demo.world import Record, World

TALKED_ABOUT = 300
LONGEST = 130
PREVIEW = {
    "fallback": "A page elsewhere: https://wiki.example.com/1",
    "footer": "seen today",
    "header": "Our wiki",
    "header_link": "https://wiki.example.com",
    "html_text": "<body>How it is done</body>",
    "text": "How it is done",
    "title": "A page elsewhere",
    "title_link": "https://wiki.example.com/1",
}

Maker = Callable[[World, Dice, Record], tuple[str, Record]]


def make_stories(world: World, dice: Dice, tasks: list[Record]) -> None:
    """A few stories on some hundred tasks, more than a page of them on one, which is notable as `talkative`."""
    for index, task in enumerate(dice.sample(tasks, TALKED_ABOUT)):
        if not index:
            world.notable.setdefault("talkative", task["gid"])
        count = dice.number(1, 7) if index else LONGEST
        moments = sorted(dice.between(datetime.fromisoformat(task["created_at"]), world.now) for _ in range(count))
        for position, moment in enumerate(moments):
            # Now and then two at the same millisecond.
            at = moments[position - 1] if position and dice.happens(0.1) else moment
            world.hang("task.stories", task, _story(world, dice, task, at))


def make_goal_stories(world: World, dice: Dice, goal: Record) -> None:
    """Comments on a goal, one of them by nobody."""
    for number in range(dice.number(1, 4)):
        story = _story(world, dice, goal, world.now - timedelta(days=40 - number, milliseconds=7), "comment_added")
        if not number:
            story["created_by"] = None
        world.hang("goal.stories", goal, story)


def _story(world: World, dice: Dice, target: Record, at: datetime, subtype: str = "") -> Record:
    subtype = subtype or ("comment_added" if dice.happens(0.3) else dice.pick(tuple(MAKERS)))
    text, extra = MAKERS[subtype](world, dice, target)
    comment = subtype == "comment_added"
    likes = [{"gid": dice.gid(), "user": user} for user in dice.some(world.users, 2)] if comment else []
    return world.add(
        {
            "gid": dice.gid(),
            "resource_type": "story",
            "resource_subtype": subtype,
            "type": "comment" if comment else "system",
            "created_at": stamp(at),
            # Asana's own doings have no author.
            "created_by": None if not comment and dice.happens(0.3) else dice.pick(world.users),
            "text": text,
            "html_text": f"<body>{escape(text)}</body>",
            "is_editable": comment and dice.happens(0.3),
            **likes_of(likes, world.me),
            "reaction_summary": [],
            "source": dice.pick(("web", "mobile", "email", "api", "unknown")),
            "target": target,
            **extra,
        }
    )


def _comment(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    reactions = [{"emoji_base": "👍", "variant": "👍🏽", "count": dice.number(1, 5), "reacted": False}]
    extra: Record = {
        "is_edited": dice.happens(0.2),
        "is_pinned": dice.happens(0.1),
        "previews": [PREVIEW] if dice.happens(0.1) else [],
        "reaction_summary": reactions if dice.happens(0.2) else [],
    }
    if dice.happens(0.05):
        extra["sticker_name"] = "party_popper"
    return dice.pick(COMMENTS), extra


def _assigned(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    assignee = dice.pick(world.users)
    return f"assigned to {assignee['name']}", {"assignee": assignee}


def _plain(text: str) -> Maker:
    return lambda world, dice, task: (text, {})


def _due(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    old, new = f"{dice.day(-50, -20):%Y-%m-%d}", f"{dice.day(-19, 20):%Y-%m-%d}"
    dates = [{"start_on": None, "due_at": None, "due_on": day} for day in (old, new)]
    return f"changed the due date to {new}", {"old_dates": dates[0], "new_dates": dates[1]}


def _renamed(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    return f'changed the name to "{task["name"]}"', {"old_name": "A working title", "new_name": task["name"]}


def _moved(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    sections = [m["section"] for m in task["memberships"]] or dice.sample(world.all("section"), 1)
    old = dice.pick(world.under("project.sections", sections[0]["project"]))
    extra = {"old_section": old, "new_section": sections[0], "project": sections[0]["project"]}
    return f"moved from {old['name']} to {sections[0]['name']}", extra


def _in_project(text: str) -> Maker:
    def made(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
        project = dice.pick(task["projects"] or world.projects)
        return f"{text} {project['name']}", {"project": project}

    return made


def _tagged(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    tag = dice.pick(world.all("tag"))
    return f"added to {tag['name']}", {"tag": tag}


def _followed(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    follower = dice.pick(world.users)
    return f"added {follower['name']}", {"follower": follower}


def _depends(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    other = dice.pick(world.tasks)
    return f"marked as blocked by {other['name']}", {"dependency": other}


def _other_task(name: str, text: str) -> Maker:
    return lambda world, dice, task: (text, {name: dice.pick(world.tasks)})


def _subtype(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    return "changed to a milestone", {"old_resource_subtype": "default_task", "new_resource_subtype": "milestone"}


def _approval(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    return "approved", {"old_approval_status": "pending", "new_approval_status": "approved"}


def _liked_story(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
    earlier = world.under("task.stories", task)
    return "liked a comment", {"story": earlier[0]} if earlier else {}


def _custom(representation: str, values: Callable[[World, Dice, Record], tuple[str, object, object]]) -> Maker:
    """A change of a custom field: the field, and the value's old and new key."""

    def made(world: World, dice: Dice, task: Record) -> tuple[str, Record]:
        field = next(f for f in world.all("custom_field") if f["representation_type"] == representation)
        name, old, new = values(world, dice, field)
        extra = {"custom_field": short(custom_value(world, dice, field, 0)), f"old_{name}": old, f"new_{name}": new}
        # The description has no null for most of these: what is not there is left out.
        return f"changed {field['name']}", {key: value for key, value in extra.items() if value is not None}

    return made


def _option(dice: Dice, field: Record) -> object:
    return None if dice.happens(0.3) else dice.pick(field["enum_options"])


def _day(dice: Dice) -> Record:
    return {"start_on": None, "due_at": None, "due_on": f"{dice.day(-20, 20):%Y-%m-%d}"}


MAKERS: dict[str, Maker] = {
    "comment_added": _comment,
    "assigned": _assigned,
    "unassigned": _plain("unassigned"),
    "marked_complete": _plain("marked this task complete"),
    "marked_incomplete": _plain("marked this task incomplete"),
    "due_date_changed": _due,
    "name_changed": _renamed,
    "notes_changed": _plain("changed the description"),
    "section_changed": _moved,
    "added_to_project": _in_project("added to"),
    "removed_from_project": _in_project("removed from"),
    "added_to_tag": _tagged,
    "follower_added": _followed,
    "dependency_added": _depends,
    "marked_duplicate": _other_task("duplicate_of", "marked as a duplicate"),
    "subtask_added": _other_task("task", "added a subtask"),
    "duplicated": _other_task("duplicated_from", "made from another task"),
    "resource_subtype_changed": _subtype,
    "approval_status_changed": _approval,
    "comment_liked": _liked_story,
    "attachment_added": _plain("attached a file"),
    "text_custom_field_changed": _custom("text", lambda w, d, f: ("text_value", "", "ready, bereit")),
    "number_custom_field_changed": _custom("number", lambda w, d, f: ("number_value", d.number(1, 9), d.number(1, 99))),
    "enum_custom_field_changed": _custom("enum", lambda w, d, f: ("enum_value", _option(d, f), _option(d, f))),
    "date_custom_field_changed": _custom("date", lambda w, d, f: ("date_value", _day(d), _day(d))),
    "people_custom_field_changed": _custom(
        "people", lambda w, d, f: ("people_value", d.some(w.users, 1), d.some(w.users, 2))
    ),
    "multi_enum_custom_field_changed": _custom(
        "multi_enum", lambda w, d, f: ("multi_enum_values", d.some(f["enum_options"], 1), d.some(f["enum_options"], 3))
    ),
}
