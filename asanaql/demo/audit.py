"""Makes the audit log: some hundred events of the last ninety days, oldest first, several at the same millisecond."""

from __future__ import annotations

from asanaql.demo.dice import Dice, stamp
from asanaql.demo.world import Record, World

EVENTS = 430
KINDS = (
    ("user_login_succeeded", "logins"),
    ("user_login_failed", "logins"),
    ("user_invited", "users"),
    ("team_created", "teams"),
    ("project_deleted", "deletion"),
    ("task_deleted", "deletion"),
    ("user_division_admin_role_changed", "roles"),
    ("workspace_export_started", "content_export"),
    ("rule_triggered", "apps"),
)


def make_audit_log(world: World, dice: Dice) -> None:
    """The workspace's events, within the ninety days that Asana keeps."""
    moments = sorted(dice.ago(89) for _ in range(EVENTS))
    for position, moment in enumerate(moments):
        # One in ten shares its moment with the one before.
        if position and dice.happens(0.1):
            moments[position] = moment = moments[position - 1]
        event = _event(world, dice, stamp(moment))
        world.hang("workspace.audit_log_events", world.workspace, world.add(event, "audit_log_event"))


def _event(world: World, dice: Dice, at: str) -> Record:
    event_type, category = dice.pick(KINDS)
    return {
        "gid": dice.gid(),
        "created_at": at,
        "event_type": event_type,
        "event_category": category,
        "actor": _actor(world, dice, event_type),
        "resource": _resource(world, dice, category),
        "details": _details(event_type),
        "context": _context(dice, event_type),
    }


def _actor(world: World, dice: Dice, event_type: str) -> Record:
    if event_type == "rule_triggered":
        return {"actor_type": "asana", "gid": "0"}
    if event_type == "user_login_failed" and dice.happens(0.5):
        return {"actor_type": "anonymous", "gid": "0"}
    user = dice.pick(world.users)
    return {"actor_type": "user", "gid": user["gid"], "name": user["name"], "email": user["email"]}


def _resource(world: World, dice: Dice, category: str) -> Record:
    if category == "deletion":
        return {"resource_type": "task", "resource_subtype": "default_task", "gid": dice.gid(), "name": None}
    if category == "teams":
        team = dice.pick(world.teams)
        return {"resource_type": "team", "gid": team["gid"], "name": team["name"]}
    user = dice.pick(world.users)
    return {"resource_type": "user", "gid": user["gid"], "name": user["name"], "email": user["email"]}


def _details(event_type: str) -> Record:
    if event_type == "user_division_admin_role_changed":
        return {"old_value": None, "new_value": "admin", "group": {"gid": "12", "name": "Büro"}}
    if event_type == "user_login_succeeded":
        return {"saml_response": None, "method": ["google", {"retries": 0}]}
    return {}


def _context(dice: Dice, event_type: str) -> Record:
    if event_type == "rule_triggered":
        return {"context_type": "asana", "rule_name": "Move done tasks"}
    context = {
        "context_type": dice.pick(("web", "desktop", "mobile", "api")),
        "client_ip_address": f"192.0.2.{dice.number(1, 254)}",
        "user_agent": "Browser/1.0",
    }
    if context["context_type"] == "api":
        context |= {"api_authentication_method": "oauth", "oauth_app_name": "Sync-O-Matic"}
    return context
