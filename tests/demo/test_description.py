"""Every operation that the demo answers, held against Asana's own description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from asanaql.demo import World
from asanaql.demo.routes import ROUTES

# What each described operation is asked with: kinds in braces are filled with every record that the World has.
REQUIRED = {
    "/tasks": ("project", "section", "tag", "user_task_list"),
    "/attachments": ("parent=task", "parent=project", "parent=project_brief"),
    "/status_updates": ("parent=project", "parent=portfolio", "parent=goal"),
    "/team_memberships": ("team",),
    "/portfolio_memberships": ("portfolio",),
    "/task_templates": ("project",),
    "/goal_relationships": ("supported_goal=goal",),
    "/goals": ("workspace",),
    "/portfolios": ("workspace",),
    "/time_periods": ("workspace",),
    "/webhooks": ("workspace",),
    "/users/{user_gid}/teams": ("organization=workspace",),
    "/users/{user_gid}/team_memberships": ("workspace",),
    "/users/{user_gid}/user_task_list": ("workspace",),
}
# Custom fields that only define hold no value to look into.
VALUES = r"(date_value|enum_value|multi_enum_values|people_value|reference_value)\.\w+"
NEVER_SEEN = {
    "/workspaces/{workspace_gid}/custom_fields": VALUES,
    "/custom_fields/{custom_field_gid}": VALUES,
}
DEFINITIONS = rf"(custom_field_settings\.)?custom_field\.{VALUES}"
# So many records of each kind are asked for, spread over all of them.
MOST = 40

OPERATIONS = sorted(
    {re.sub(r"\{(\w+)\}", lambda m: f"{{{m[1]}}}" if m[1] == "custom_id" else f"{{{m[1]}_gid}}", r.path) for r in ROUTES}
)


def addresses(world: World, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every request that the operation can be asked with in this World, up to MOST."""
    kind = next(iter(re.findall(r"\{(\w+)_gid\}", path)[-1:]), "")
    for gid in spread(world, kind) if kind else [""]:
        parts = path.replace(f"{{{kind}_gid}}", gid).replace("{workspace_gid}", world.workspace["gid"])
        parts = parts.replace("{custom_id}", next(iter(world.custom_ids)))
        if path not in REQUIRED:
            yield parts, {}
        for wanted in REQUIRED.get(path, ()):
            name, _, named = wanted.partition("=")
            for parent in spread(world, named or name):
                yield parts, {name: parent}


def spread(world: World, kind: str) -> list[str]:
    gids = [record["gid"] for record in world.all(kind)]
    return gids[:: max(len(gids) // MOST, 1)]


def leaves(content: Any, prefix: str = "") -> Iterator[str]:
    """The dotted names of all fields in an answer."""
    if isinstance(content, list):
        for value in content:
            yield from leaves(value, prefix)
    elif isinstance(content, dict):
        for name, value in content.items():
            yield f"{prefix}{name}"
            yield from leaves(value, f"{prefix}{name}.")


def test_every_operation_of_the_demo_is_described(description):
    assert [path for path in OPERATIONS if path not in description.operations] == []


@pytest.mark.parametrize("path", OPERATIONS)
def test_unasked_answers_are_as_described(path, world, get, description):
    for address, params in addresses(world, path):
        status, content = get(address, **params)
        assert status == 200, content
        assert list(description.violations(path, content))[:5] == []


@pytest.mark.parametrize("path", OPERATIONS)
def test_answers_with_every_field_are_as_described_and_show_every_field(path, world, get, description):
    fields = description.operations[path].fields
    if not fields:
        pytest.skip("the description has no opt_fields here")
    seen: set[str] = set()
    for address, params in addresses(world, path):
        status, content = get(address, **params, limit="100", opt_fields=",".join(fields))
        assert status == 200, content
        assert list(description.violations_of_full_rows(path, content))[:5] == []
        seen.update(leaves(content["data"]))
    missing = {name for name in set(fields) - seen if not re.fullmatch(NEVER_SEEN.get(path, DEFINITIONS), name)}
    assert missing == set()
    assert {name for name in seen if not asked_for(name, fields)} == set()


def asked_for(name: str, fields: tuple[str, ...]) -> bool:
    """Whether a name in an answer is a field, the gid beside one, or inside one that nothing was asked of."""
    above, _, last = name.rpartition(".")
    if name in fields or last == "gid" or any(field.startswith(f"{name}.") for field in fields):
        return True
    return above in fields and not any(field.startswith(f"{above}.") for field in fields)


def test_a_wrong_answer_would_be_noticed(description):
    wrong = {"data": [{"gid": 12, "nmae": "x", "created_at": "yesterday"}]}
    said = " ".join(description.violations("/projects", wrong))
    assert "nmae" in said
    assert "12 is not of type 'string'" in said
    assert "'yesterday' is not a 'date-time'" in said


