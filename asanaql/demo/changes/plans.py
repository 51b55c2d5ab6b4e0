"""Changes of portfolios, goals and status updates. None moves the `modified_at` of the project that it is about."""

from __future__ import annotations

from asanaql.demo.changes.scene import Happened, Scene, without
from asanaql.demo.changes.texts import new_name, new_notes
from asanaql.demo.parts import settle
from asanaql.demo.plans import STATUS_COLORS, make_update
from asanaql.demo.world import Record

KEPT = ("title", "text", "html_text", "author", "created_at", "created_by", "modified_at")
GOAL_STATUSES = ("green", "yellow", "red", "achieved", "missed")


def add_to_portfolio(scene: Scene) -> Happened | None:
    """A project is in one more portfolio."""
    portfolio = scene.pick(scene.world.all("portfolio"))
    project = portfolio and scene.another(scene.world.projects, scene.world.under("portfolio.items", portfolio))
    if not portfolio or not project:
        return None
    scene.world.hang("portfolio.items", portfolio, project)
    settle(scene.world, scene.dice, portfolio, project)
    scene.world.under("project_portfolio_settings", project)[-1]["created_at"] = scene.now
    scene.added(project, portfolio)
    return Happened("add_to_portfolio", project["gid"], f"is in {portfolio['name']}")


def remove_from_portfolio(scene: Scene) -> Happened | None:
    """A project is in one portfolio less."""
    setting = scene.pick(scene.world.all("project_portfolio_setting"))
    if setting is None:
        return None
    portfolio, project = setting["portfolio"], setting["project"]
    scene.removed(project, portfolio)
    scene.world.remove("project_portfolio_setting", setting["gid"])
    scene.world.withdraw({setting["gid"]})
    items = without(scene.world.under("portfolio.items", portfolio), project["gid"])
    scene.world.arrange("portfolio.items", portfolio, items)
    return Happened("remove_from_portfolio", project["gid"], f"is no longer in {portfolio['name']}")


def rename_portfolio(scene: Scene) -> Happened | None:
    """A portfolio has another name."""
    portfolio = scene.pick(scene.world.all("portfolio"))
    if portfolio is None:
        return None
    portfolio["name"] = new_name(scene)
    scene.changed(portfolio, "name")
    return Happened("rename_portfolio", portfolio["gid"], f"is now {portfolio['name']!r}")


def edit_goal(scene: Scene) -> Happened | None:
    """A goal has another name, other notes or another status."""
    goal = scene.pick(scene.world.all("goal"))
    if goal is None:
        return None
    field = scene.dice.pick(("name", "notes", "status"))
    if field == "name":
        goal["name"] = new_name(scene)
    elif field == "notes":
        goal |= new_notes(scene)
    else:
        goal["status"] = scene.dice.pick([status for status in GOAL_STATUSES if status != goal["status"]])
    scene.changed(goal, field)
    return Happened("edit_goal", goal["gid"], f"another {field}")


def support_goal(scene: Scene) -> Happened | None:
    """A project supports one more goal."""
    world, goal = scene.world, scene.pick(scene.world.all("goal"))
    supporting = [each["supporting_resource"] for each in world.under("goal.goal_relationships", goal)] if goal else []
    project = scene.another(world.projects, supporting)
    if not goal or not project:
        return None
    relationship = {
        "gid": scene.dice.gid(),
        "resource_type": "goal_relationship",
        "resource_subtype": "supporting_work",
        "supporting_resource": project,
        "supported_goal": goal,
        "contribution_weight": 1.0,
    }
    world.hang("goal.goal_relationships", goal, world.add(relationship))
    world.hang("supporter.goals", project, goal)
    scene.added(relationship, goal)
    return Happened("support_goal", goal["gid"], f"supported by {project['name']}")


def abandon_goal(scene: Scene) -> Happened | None:
    """What supported a goal no longer does."""
    relationship = scene.pick(scene.world.all("goal_relationship"))
    if relationship is None:
        return None
    goal, supporter = relationship["supported_goal"], relationship["supporting_resource"]
    scene.removed(relationship, goal)
    scene.world.remove("goal_relationship", relationship["gid"])
    scene.world.withdraw({relationship["gid"]})
    goals = without(scene.world.under("supporter.goals", supporter), goal["gid"])
    scene.world.arrange("supporter.goals", supporter, goals)
    return Happened("abandon_goal", goal["gid"], f"no longer supported by {supporter['name']}")


def post_status(scene: Scene) -> Happened | None:
    """Somebody says how a project, portfolio or goal is doing; it shows that from now on."""
    parent = scene.pick([*scene.world.projects, *scene.world.all("portfolio"), *scene.world.all("goal")])
    if parent is None:
        return None
    update = make_update(scene.world, scene.dice, parent, scene.now)
    update |= {"author": scene.user, "created_by": scene.user}
    scene.world.arrange("status_updates", parent, [update, *scene.world.under("status_updates", parent)])
    if parent["resource_type"] == "project":
        status = {"gid": scene.dice.gid(), "resource_type": "project_status"}
        status |= {"color": STATUS_COLORS[update["status_type"]], **{name: update[name] for name in KEPT}}
        statuses = scene.world.under("project.project_statuses", parent)
        scene.world.arrange("project.project_statuses", parent, [scene.world.add(status), *statuses])
    _show_latest(scene, parent)
    scene.added(update, parent)
    return Happened("post_status", update["gid"], f"{parent['name']!r} is {update['status_type']}")


def delete_status(scene: Scene) -> Happened | None:
    """What was said about how something is doing is taken back; it shows the one before."""
    update = scene.pick(scene.world.all("status_update"))
    if update is None:
        return None
    parent = update["parent"]
    scene.deleted(update)
    place = next(at for at, one in enumerate(scene.world.under("status_updates", parent)) if one is update)
    gone: list[tuple[str, Record]] = [("status_update", update)]
    if parent["resource_type"] == "project":
        # The old form of it stands at the same place.
        gone.append(("project_status", scene.world.under("project.project_statuses", parent)[place]))
    for kind, record in gone:
        scene.world.remove(kind, record["gid"])
    scene.world.withdraw({record["gid"] for _, record in gone})
    _show_latest(scene, parent)
    return Happened("delete_status", update["gid"], f"no longer about {parent['name']!r}")


def _show_latest(scene: Scene, parent: Record) -> None:
    parent["current_status_update"] = next(iter(scene.world.under("status_updates", parent)), None)
    if parent["resource_type"] == "project":
        parent["current_status"] = next(iter(scene.world.under("project.project_statuses", parent)), None)
    scene.changed(parent, "current_status_update", parent["current_status_update"])
