"""The rules of the addresses that few people know: favorites, typeahead, agents, jobs, exports, parts of projects.

Source: https://developers.asana.com/reference/rest-api-reference
"""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.demo.ask import Ask
from asanaql.demo.refusals import BRIEFS_ARE_PAID, Refusal, no_access
from asanaql.demo.route import WHOLE, Route, listing, single
from asanaql.demo.world import Record

FAVORED = ("portfolio", "project", "tag", "task", "user", "project_template")
#: What typing can find, and the kinds of records that each is.
FOUND = {
    "actor": ("user", "agent"),
    **{
        kind: (kind,)
        for kind in (
            "agent",
            "custom_field",
            "goal",
            "project",
            "project_template",
            "portfolio",
            "tag",
            "task",
            "team",
            "user",
        )
    },
}
USUAL_COUNT, LARGEST_COUNT = 20, 100


def _named(record: Record) -> Record:
    """The record as these addresses show it, whatever its kind."""
    return {name: record[name] for name in ("gid", "resource_type", "name")}


def favorites(ask: Ask) -> Sequence[Record]:
    """One's own favorites of one kind, in the order of the sidebar; those of others are nobody's business."""
    ask.needed("workspace")
    kind = _one_of(ask, FAVORED)
    if ask.keys["user"] is not ask.world.me:
        raise no_access("user")
    return [_named(each) for each in ask.world.under(f"favorites.{kind}", ask.world.me)]


def typeahead(ask: Ask) -> Sequence[Record]:
    """What has the text in its name, 20 of it unless another number is asked for."""
    kinds = FOUND[_one_of(ask, tuple(FOUND))]
    text = ask.params.get("query", "").casefold()
    found = [record for kind in kinds for record in ask.world.all(kind) if text in record["name"].casefold()]
    return [_named(record) for record in found[: _count(ask)]]


def _one_of(ask: Ask, kinds: Sequence[str]) -> str:
    kind = ask.need("resource_type")
    if kind not in kinds:
        raise Refusal(400, f"resource_type: Not a valid value: {kind}")
    return kind


def _count(ask: Ask) -> int:
    text = ask.params.get("count", str(USUAL_COUNT))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST_COUNT):
        raise Refusal(400, f"count: Must be between 1 and {LARGEST_COUNT}")
    return int(text)


def reactions(ask: Ask) -> Sequence[Record]:
    """Those with one emoji to a story or status update."""
    return ask.world.under(f"reactions.{ask.need('emoji_base')}", ask.needed("target", "story", "status_update"))


def custom_types(ask: Ask) -> Sequence[Record]:
    """The custom types that a project uses."""
    return ask.world.under("project.custom_types", ask.needed("project"))


def settings_of(parent: str) -> Route:
    """The settings of a portfolio's projects, or of a project's portfolios."""
    return Route(
        f"/{parent}s/{{{parent}}}/project_portfolio_settings",
        lambda ask: ask.world.under("project_portfolio_settings", ask.keys[parent]),
    )


ROUTES: tuple[Route, ...] = (
    Route("/users/{user}/favorites", favorites),
    Route("/workspaces/{workspace}/typeahead", typeahead, WHOLE),
    Route("/reactions", reactions),
    Route("/custom_types", custom_types),
    *map(single, ("agent", "custom_type", "job", "organization_export", "project_portfolio_setting")),
    listing("workspace", "agents"),
    single("project_brief", paid=BRIEFS_ARE_PAID),
    single("project_status", plural="project_statuses"),
    listing("project", "project_statuses"),
    settings_of("portfolio"),
    settings_of("project"),
)
