"""What people write: names and notes that say when they were given, so that no two are alike."""

from __future__ import annotations

from html import escape

from asanaql.demo.changes.scene import Scene
from asanaql.demo.words import NOTES, ODD_NAMES, THINGS, VERBS
from asanaql.demo.world import Record


def new_name(scene: Scene) -> str:
    """A name that nothing had before; now and then one with difficult letters."""
    plain = f"{scene.dice.pick(VERBS)} {scene.dice.pick(THINGS)}"
    return f"{scene.dice.pick(ODD_NAMES) if scene.dice.happens(0.1) else plain} {scene.dice.number(1, 9999)}"


def new_notes(scene: Scene) -> Record:
    """Notes, and the same in HTML."""
    notes = f"{scene.dice.pick(NOTES)}\nSince {scene.now[:10]}, no. {scene.dice.number(1, 9999)}"
    return {"notes": notes, "html_notes": f"<body>{escape(notes)}</body>"}
