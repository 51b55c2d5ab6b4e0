"""Makes what hangs on projects and tasks: tags, attachments, briefs, templates, webhooks."""

from __future__ import annotations

from datetime import timedelta

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.people import SITE
from asanaql.demo.projects import COLORS
from asanaql.demo.words import TAGS
from asanaql.demo.world import Record, World

ATTACHED = 150
HOSTS = ("asana", "dropbox", "gdrive", "onedrive", "box", "vimeo", "external")


def make_tags(world: World, dice: Dice) -> None:
    """The workspace's tags; the last is on no task."""
    for name in TAGS:
        gid = dice.gid()
        notes = "" if name != "urgent" else "Today, not tomorrow."
        tag = {
            "gid": gid,
            "resource_type": "tag",
            "name": name,
            "color": dice.pick(COLORS),
            "notes": notes,
            "created_at": stamp(dice.ago(700, 300)),
            "followers": dice.some(world.users, 2),
            "workspace": world.workspace,
            "permalink_url": f"{SITE}/0/{gid}",
        }
        world.hang("workspace.tags", world.workspace, world.add(tag))


def tag_tasks(world: World, dice: Dice, tasks: list[Record]) -> None:
    """Puts up to three tags on every sixth task; the first is on more than a page of them."""
    tags = world.all("tag")[:-1]
    for task in tasks:
        if dice.happens(0.16):
            chosen = dice.some(tags, 3)
            if dice.happens(0.4) and tags[0] not in chosen:
                chosen.append(tags[0])
            task["tags"] = chosen
            for tag in chosen:
                world.hang("tag.tasks", tag, task)


def make_attachments(world: World, dice: Dice, tasks: list[Record], projects: list[Record]) -> None:
    """Files on tasks, on a project's overview and in its brief."""
    for number, task in enumerate(dice.sample(tasks, ATTACHED)):
        for part in range(1 + number % 3):
            attach(world, dice, task, number + part)
    brief = world.add({"gid": dice.gid(), "resource_type": "project_brief"})
    projects[0]["project_brief"] = brief
    for number, parent in enumerate((projects[0], projects[0], brief)):
        attach(world, dice, parent, number)


def attach(world: World, dice: Dice, parent: Record, number: int) -> Record:
    """A file on a task, project or project brief; the number says where it is kept."""
    host = HOSTS[number % len(HOSTS)]
    gid = dice.gid()
    here = host == "asana"
    address = f"https://files.example.com/{gid}"
    record: Record = {
        "gid": gid,
        "resource_type": "attachment",
        "resource_subtype": host,
        "name": dice.pick(("Bildschirmfoto.png", "plan v2 (final).pdf", "数字.xlsx", "notes.txt", "café.mov")),
        "created_at": stamp(dice.ago(300)),
        "download_url": f"{address}/download" if here else None,
        "permanent_url": f"{address}/permanent" if here else None,
        "view_url": None if host == "external" else f"{address}/view",
        "host": host,
        "parent": parent,
        "connected_to_app": dice.happens(0.1),
    }
    if here:
        record["size"] = dice.number(0, 90_000_000)
    world.hang("attachments", parent, world.add(record))
    return record


def make_templates(world: World, dice: Dice) -> None:
    """Project templates in two teams, task templates in two projects."""
    for number, name in enumerate(("Launch", "New hire 🌱", "Post-mortem", "Ereignis")):
        team = world.teams[number % 2]
        about = "" if number == 2 else f"How we do: {name}"
        template = world.add(
            {
                "gid": dice.gid(),
                "resource_type": "project_template",
                "name": name,
                "description": about,
                "html_description": f"<body>{about}</body>",
                "public": number != 1,
                "owner": None if number == 3 else dice.pick(world.users),
                "team": team,
                "requested_dates": [{"gid": "1", "name": "Start date", "description": "When it begins."}][: number % 2],
                "requested_roles": [{"gid": dice.gid(), "resource_type": "template_role", "name": "Lead"}],
                "color": dice.pick(COLORS),
            }
        )
        world.hang("team.project_templates", team, template)
        world.hang("workspace.project_templates", world.workspace, template)
    world.projects[3]["created_from_template"] = world.all("project_template")[0]
    for number in range(5):
        _task_template(world, dice, world.projects[0 if number < 3 else 4], number)


def _task_template(world: World, dice: Dice, project: Record, number: int) -> None:
    recipe = {
        "name": f"Bug report {number + 1}",
        "task_resource_subtype": "milestone_task" if number == 1 else "default_task",
        "description": "What happened?",
        "html_description": "<body>What happened?</body>",
        "memberships": [project],
        "relative_start_on": None,
        "relative_due_on": number or None,
        "due_time": "16:30:00.000Z" if number == 2 else None,
        "dependencies": [],
        "dependents": [],
        "followers": dice.some(world.users, 2),
        "attachments": [],
        "subtasks": [{"name": "Reproduce it", "task_resource_subtype": "default_task"}],
        "custom_fields": [],
    }
    template = {
        "gid": dice.gid(),
        "resource_type": "task_template",
        "name": f"Report {number + 1}",
        "project": project,
        "template": recipe,
        "created_by": dice.pick(world.users),
        "created_at": stamp(dice.ago(200)),
    }
    world.hang("project.task_templates", project, world.add(template))


def make_webhooks(world: World, dice: Dice) -> None:
    """Webhooks on projects: one that works, one that fails, one that was switched off."""
    for number, project in enumerate(world.projects[:3]):
        made = dice.ago(100, 50)
        hook: Record = {
            "gid": dice.gid(),
            "resource_type": "webhook",
            "active": number != 2,
            "resource": project,
            "target": f"https://hooks.example.com/{number}",
            "created_at": stamp(made),
            "last_success_at": stamp(made + timedelta(days=1)),
            "last_failure_content": "",
            "delivery_retry_count": 0,
            "filters": [
                {"resource_type": "task", "resource_subtype": "milestone", "action": "changed", "fields": ["due_on"]}
            ],
        }
        if number == 1:
            hook |= {
                "last_failure_at": stamp(world.now - timedelta(hours=3)),
                "last_failure_content": "502 Bad Gateway",
                "delivery_retry_count": 3,
                "next_attempt_after": stamp(world.now + timedelta(hours=1)),
                "failure_deletion_timestamp": stamp(world.now + timedelta(days=1)),
            }
        world.hang("workspace.webhooks", world.workspace, world.add(hook))
