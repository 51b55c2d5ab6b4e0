"""Makes what is seen from few places: AI teammates, favorites, jobs, exports, and who reacted with which emoji."""

from __future__ import annotations

from datetime import timedelta

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.people import PHOTO_SIZES
from asanaql.demo.world import Record, World

#: The first of the gids that jobs and exports have: nothing lists them, so whoever asks for them must know their gids.
FIRST_JOB, FIRST_EXPORT = 1_200_000_000_000_001, 1_200_000_000_000_101
AGENTS = (
    ("Sorter", "Sorts what comes in.", "Ask before you close anything."),
    ("Übersetzerin 🤖", "Übersetzt Kommentare.\n翻訳します。", None),
    ("Quiet one", None, None),
)


def make_odds(world: World, dice: Dice) -> None:
    """All of them, once."""
    for place, (name, description, guidance) in enumerate(AGENTS):
        _agent(world, dice, place, name, description, guidance)
    _favor(world)
    _jobs(world, dice)
    _exports(world)
    for target in (*world.all("story"), *world.all("status_update")):
        for summary in target["reaction_summary"]:
            _react(world, dice, target, summary)


def _agent(world: World, dice: Dice, place: int, name: str, description: str | None, guidance: str | None) -> None:
    photo = {f"image_{size}": f"https://img.example.com/agent{place}/{size}.png" for size in PHOTO_SIZES}
    agent = {
        "gid": dice.gid(),
        "resource_type": "agent",
        "resource_subtype": "asana_teammate",
        "name": name,
        "description": description,
        "behavior_guidance": guidance,
        "workspace": world.workspace,
        "photo": None if place else photo,
    }
    world.hang("workspace.agents", world.workspace, world.add(agent))


def _favor(world: World) -> None:
    """Favorites of the token's own user, of every kind but one."""
    favorites = (
        *(world.find("project", world.notable[name]) for name in ("every_custom_field", "biggest", "empty")),
        *world.tasks_in(world.notable["hundred"])[:2],
        world.all("portfolio")[0],
        world.all("tag")[3],
        *world.users[8:10],
    )
    for favorite in filter(None, favorites):
        world.hang(f"favorites.{favorite['resource_type']}", world.me, favorite)


def _jobs(world: World, dice: Dice) -> None:
    """One job for each thing that jobs make, and one that failed."""
    asked, done = stamp(world.now - timedelta(hours=2)), stamp(world.now - timedelta(hours=1))
    times = {"created_at": asked, "completed_at": done}
    graph = {"gid": dice.gid(), "resource_type": "graph_export", **times, "download_url": _file("graph.json.gz")}
    bulk = {"gid": dice.gid(), "resource_type": "export_request", **times, "download_url": _file("tasks.jsonl.gz")}
    jobs: tuple[tuple[str, str, Record], ...] = (
        ("duplicate_project", "succeeded", {"new_project": world.projects[2]}),
        ("duplicate_task", "in_progress", {"new_task": world.tasks_in(world.notable["hundred"])[0]}),
        ("duplicate_portfolio", "succeeded", {"new_portfolio": world.all("portfolio")[1]}),
        ("save_as_template", "not_started", {"new_project_template": world.all("project_template")[3]}),
        ("export_graph", "succeeded", {"new_graph_export": graph}),
        ("export_resource", "succeeded", {"new_resource_export": bulk}),
        ("instantiate_project", "failed", {}),
    )
    for place, (subtype, status, made) in enumerate(jobs):
        record = {"gid": str(FIRST_JOB + place), "resource_type": "job", "resource_subtype": subtype, "status": status}
        world.add(record | made)


def _file(name: str) -> str:
    return f"https://files.example.com/exports/{name}"


def _exports(world: World) -> None:
    for place, (state, hours) in enumerate((("finished", 30), ("started", 1))):
        world.add(
            {
                "gid": str(FIRST_EXPORT + place),
                "resource_type": "organization_export",
                "created_at": stamp(world.now - timedelta(hours=hours)),
                "download_url": _file("organization.json.gz") if state == "finished" else None,
                "state": state,
                "organization": world.workspace,
            }
        )


def _react(world: World, dice: Dice, target: Record, summary: Record) -> None:
    """As many users as the summary of the target counts, the token's own among them where it says so."""
    others = dice.sample(world.users[1:], summary["count"] - summary["reacted"])
    for user in (*([world.me] if summary["reacted"] else []), *others):
        # Asana gives reactions no resource_type.
        reaction = {"gid": dice.gid(), "emoji": summary["variant"], "user": user}
        world.hang(f"reactions.{summary['emoji_base']}", target, world.add(reaction, "reaction"))
