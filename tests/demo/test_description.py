"""Every operation that the demo answers, held against Asana's own description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from asanaql.demo import Service, World, build
from asanaql.demo.changes import Changes
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
    "/time_tracking_categories": ("workspace",),
    "/time_tracking_entries": ("task", "attributable_to=project", "user", "portfolio", "timesheet_approval_status"),
    "/timesheet_approval_statuses": ("workspace",),
    "/allocations": ("workspace", "parent=project", "assignee=user", "assignee=placeholder"),
    "/budgets": ("parent=project",),
    "/rates": ("parent=project",),
    "/ooo_entries": ("user",),
    "/users/{user_gid}/teams": ("organization=workspace",),
    "/users/{user_gid}/team_memberships": ("workspace",),
    "/users/{user_gid}/user_task_list": ("workspace",),
    "/events": ("resource=project", "resource=goal"),
    "/memberships": tuple(f"parent={kind}" for kind in ("goal", "project", "portfolio", "custom_field", "custom_type")),
    "/access_requests": ("target=project", "target=portfolio"),
    "/custom_types": ("project",),
    "/reactions": ("target=story", "target=status_update"),
    "/users/{user_gid}/favorites": ("workspace",),
}
# What is sent beside that.
ALWAYS = {
    "/ooo_entries": {"workspace": "{workspace_gid}"},
    "/events": {"sync": "demo:0"},
    "/workspaces/{workspace_gid}/events": {"sync": "demo:0"},
    "/reactions": {"emoji_base": "👍"},
    "/users/{user_gid}/favorites": {"resource_type": "project"},
    "/workspaces/{workspace_gid}/typeahead": {"resource_type": "task", "count": "100"},
}
# What only the token's own user is answered about himself.
OWN = ("/users/{user_gid}/favorites",)
# Fields of the description that no answer of the demo shows, as patterns. A field's definition holds no value.
VALUES = r"(date_value|enum_value|multi_enum_values|people_value|reference_value)\.\w+"
DEFINITIONS = rf"(custom_field_settings\.)?custom_field\.{VALUES}"
# The settings of what is no project name none.
NO_PROJECT = rf"{DEFINITIONS}|(custom_field_settings\.)?project(\.name)?"
# No custom field of references changes in a story.
NO_REFERENCES = r"custom_field\.input_restrictions"
NEVER_SEEN = {
    "/workspaces/{workspace_gid}/custom_fields": VALUES,
    "/custom_fields/{custom_field_gid}": VALUES,
    # Few goals are below others, and none of their parents is a team's.
    "/goals/{goal_gid}/parentGoals": rf"{NO_PROJECT}|likes\.user.*|team\.name|metric\.can_manage",
    # Goals are talked about, but nothing happens to them.
    "/goals/{goal_gid}/stories": r"(?!(text|type|created_at|created_by|resource_subtype|is_pinned)$).*",
    "/stories/{story_gid}": NO_REFERENCES,
    "/tasks/{task_gid}/stories": NO_REFERENCES,
    "/tasks/{task_gid}/subtasks": r"custom_fields\.(people|reference)_value\.name",
    # Few tasks depend on others.
    "/tasks/{task_gid}/dependencies": r"custom_type(_status_option)?\.name",
    "/tasks/{task_gid}/dependents": r"custom_type(_status_option)?\.name",
    **dict.fromkeys(
        (
            "/goals",
            "/goals/{goal_gid}",
            "/goals/{goal_gid}/custom_field_settings",
            "/portfolios",
            "/portfolios/{portfolio_gid}",
            "/portfolios/{portfolio_gid}/custom_field_settings",
            "/teams/{team_gid}",
            "/teams/{team_gid}/custom_field_settings",
            "/users/{user_gid}/teams",
            "/workspaces/{workspace_gid}/teams",
        ),
        NO_PROJECT,
    ),
}
# So many answers of each operation are checked against its schema, spread over all of them.
CHECKED = 40
# After changes, fewer of several Worlds, but of single records all these that are newest.
CHECKED_AFTER, NEWEST, SEEDS, CHANGES = 5, 80, (1, 2), 1500

OPERATIONS = sorted(
    {
        re.sub(r"\{(\w+)\}", lambda m: f"{{{m[1]}}}" if m[1] == "custom_id" else f"{{{m[1]}_gid}}", r.path)
        for r in ROUTES
    }
)


def addresses(world: World, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every request that the operation can be asked with in this World."""
    kind = next(iter(re.findall(r"\{(\w+)_gid\}", path)[-1:]), "")
    records = [world.me] if path in OWN else world.all(kind)
    for gid in [record["gid"] for record in records] if kind else [""]:
        parts = path.replace(f"{{{kind}_gid}}", gid).replace("{workspace_gid}", world.workspace["gid"])
        parts = parts.replace("{custom_id}", next(iter(world.custom_ids)))
        sent = ALWAYS.get(path, {})
        always = {name: text.replace("{workspace_gid}", world.workspace["gid"]) for name, text in sent.items()}
        if path not in REQUIRED:
            yield parts, always
        for wanted in REQUIRED.get(path, ()):
            name, _, named = wanted.partition("=")
            for record in world.all(named or name):
                yield parts, {name: record["gid"], **always}


def spread(requests: list[Any], checked: int = CHECKED) -> list[Any]:
    return requests[:: max(len(requests) // checked, 1)]


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
    for address, params in spread(list(addresses(world, path))):
        status, content = get(address, **params)
        assert status == 200, content
        assert list(description.violations(path, content))[:5] == []


@pytest.mark.parametrize("path", OPERATIONS)
def test_answers_with_every_field_are_as_described_and_show_every_field(path, world, get, description):
    fields = description.operations[path].fields
    if not fields:
        pytest.skip("the description has no opt_fields here")
    seen: set[str] = set()
    requests = list(addresses(world, path))
    checked = spread(requests)
    for request in requests:
        address, params = request
        status, content = get(address, **params, limit="50", opt_fields=",".join(fields))
        assert status == 200, content
        if request in checked:
            assert list(description.violations_of_full_rows(path, content))[:5] == []
        seen.update(leaves(content["data"]))
    missing = {name for name in set(fields) - seen if not re.fullmatch(NEVER_SEEN.get(path, DEFINITIONS), name)}
    assert missing == set()
    assert {name for name in seen if not asked_for(name, fields)} == set()


@pytest.fixture(scope="module")
def changed(world) -> list[World]:
    """Worlds of several seeds in which much has happened."""
    worlds = [build(now=world.now) for _ in SEEDS]
    for seed, one in zip(SEEDS, worlds, strict=True):
        Changes(one, seed).apply(CHANGES)
    return worlds


@pytest.mark.parametrize("path", OPERATIONS)
def test_answers_after_changes_are_as_described(path, changed, ask, clock, description):
    fields = ",".join(description.operations[path].fields)
    for world in changed:
        get = ask(Service(world, clock=clock))
        for address, params in asked_after_changes(world, path):
            status, content = get(address, **params)
            assert status == 200, content
            assert list(description.violations(path, content))[:5] == []
            if fields:
                _, content = get(address, **params, limit="20", opt_fields=fields)
                assert list(description.violations_of_full_rows(path, content))[:5] == []


def asked_after_changes(world: World, path: str) -> list[Any]:
    requests = list(addresses(world, path))[::-1]
    newest = requests[:NEWEST] if path.endswith("_gid}") else []
    return [*newest, *spread(requests, CHECKED_AFTER)]


def asked_for(name: str, fields: tuple[str, ...]) -> bool:
    """Whether a name in an answer is a field, the gid beside one, or inside one that nothing was asked of."""
    parts = name.split(".")
    if name in fields or parts[-1] == "gid" or any(field.startswith(f"{name}.") for field in fields):
        return True
    above = [".".join(parts[:length]) for length in range(1, len(parts))]
    return any(a in fields and not any(field.startswith(f"{a}.") for field in fields) for a in above)


def test_a_wrong_answer_would_be_noticed(description):
    wrong = {"data": [{"gid": 12, "nmae": "x", "created_at": "yesterday"}]}
    said = " ".join(
        [*description.violations("/projects", wrong), *description.violations_of_full_rows("/projects", wrong)]
    )
    assert "nmae" in said
    assert "12 is not of type 'string'" in said
    assert "'yesterday' is not a 'date-time'" in said
