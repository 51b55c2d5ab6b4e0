"""Changes of what is said on a task and attached to it.

A comment does not move the task's `modified_at`, nor do its edits and likes; taking one away does, and so do files.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from asanaql.demo.changes.involving import turn_like
from asanaql.demo.changes.scene import Happened, Scene, story_of, without
from asanaql.demo.dice import Dice
from asanaql.demo.extras import attach
from asanaql.demo.words import COMMENTS
from asanaql.demo.world import Record, World

FRESH: Record = {"is_edited": False, "is_pinned": False, "previews": []}


def comment(scene: Scene) -> Happened | None:
    """Somebody says something on a task."""
    task, text = scene.a_task(), _text(scene.dice)
    story = scene.world.add(story_of(scene, task, "comment_added", text, **FRESH))
    scene.world.hang("task.stories", task, story)
    scene.added(story, task)
    return Happened("comment", story["gid"], text)


def edit_comment(scene: Scene) -> Happened | None:
    """Somebody says something else than before."""
    story = scene.pick(_comments(scene.world))
    if story is None:
        return None
    text = _text(scene.dice)
    story |= {"text": text, "html_text": f"<body>{escape(text)}</body>", "is_edited": True}
    scene.changed(story, "text")
    return Happened("edit_comment", story["gid"], text)


def like_comment(scene: Scene) -> Happened | None:
    """One more likes a comment, or who liked it no longer does."""
    story = scene.pick(_comments(scene.world))
    if story is None:
        return None
    turn_like(scene, story)
    return Happened("like_comment", story["gid"], f"{story['num_likes']} like it")


def delete_comment(scene: Scene) -> Happened | None:
    """A comment is taken back."""
    story = scene.pick(_comments(scene.world))
    if story is None:
        return None
    task = story["target"]
    scene.touch(task)
    scene.deleted(story)
    scene.world.remove("story", story["gid"])
    scene.world.arrange("task.stories", task, without(scene.world.under("task.stories", task), story["gid"]))
    return Happened("delete_comment", story["gid"], f"no longer on {task['gid']}")


def attach_file(scene: Scene) -> Happened | None:
    """A file is attached to a task."""
    task = scene.a_task()
    file = attach(scene.world, scene.dice, task, scene.dice.number(0, 6))
    file["created_at"] = scene.now
    scene.touch(task)
    scene.added(file, task)
    scene.changed(task, "attachments", added=file)
    scene.note(task, "attachment_added", "attached a file")
    return Happened("attach_file", file["gid"], f"{file['name']} is on {task['gid']}")


def remove_file(scene: Scene) -> Happened | None:
    """A file is taken off a task."""
    file = scene.pick(file for file in scene.world.all("attachment") if file["parent"]["resource_type"] == "task")
    if file is None:
        return None
    task = file["parent"]
    scene.touch(task)
    scene.deleted(file)
    scene.changed(task, "attachments", removed=file)
    scene.world.remove("attachment", file["gid"])
    scene.world.arrange("attachments", task, without(scene.world.under("attachments", task), file["gid"]))
    return Happened("remove_file", file["gid"], f"no longer on {task['gid']}")


def _text(dice: Dice) -> str:
    return f"{dice.pick(COMMENTS)} ({dice.number(1, 9999)})"


def _comments(world: World) -> Iterator[Record]:
    for story in world.all("story"):
        if story["type"] == "comment" and story["target"]["resource_type"] == "task":
            yield story
