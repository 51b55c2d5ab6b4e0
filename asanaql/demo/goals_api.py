"""The rules of the addresses about plans: portfolios, goals, time periods, status updates.

Source: https://developers.asana.com/reference/rest-api-reference
"""

from __future__ import annotations

from collections.abc import Sequence

from asanaql.demo.ask import Ask, record_of
from asanaql.demo.refusals import GOALS_ARE_PAID, missing
from asanaql.demo.route import WHOLE, Route, listing, single
from asanaql.demo.world import Record

SUPPORTERS = ("portfolio", "project", "task")


def portfolios(ask: Ask) -> Sequence[Record]:
    """The portfolios of the token's own user: an ordinary token is shown no others, whoever is asked for."""
    ask.needed("workspace")
    owner = ask.record("owner", "user") or ask.world.me
    mine = [p for p in ask.world.all("portfolio") if p["owner"] is ask.world.me]
    return [portfolio for portfolio in mine if portfolio["owner"] is owner]


def portfolio_memberships(ask: Ask) -> Sequence[Record]:
    """Those of a portfolio, of a user in it, or of a user in a workspace."""
    portfolio, user, workspace = ask.record("portfolio"), ask.record("user"), ask.record("workspace")
    if not portfolio and not (user and workspace):
        raise missing("workspace" if user else "portfolio")
    found = ask.world.under("portfolio.memberships", portfolio) if portfolio else ask.world.all("portfolio_membership")
    return [membership for membership in found if user is None or membership["user"] is user]


def memberships_of_portfolio(ask: Ask) -> Sequence[Record]:
    """Those of the portfolio of the path, of one user if one is named."""
    user = ask.record("user")
    found = ask.world.under("portfolio.memberships", ask.keys["portfolio"])
    return [membership for membership in found if user is None or membership["user"] is user]


def status_updates(ask: Ask) -> Sequence[Record]:
    """Those of a project, portfolio or goal, the latest first."""
    found = ask.world.under("status_updates", ask.needed("parent", "project", "portfolio", "goal"))
    since = ask.moment("created_since")
    return found if since is None else [update for update in found if update["created_at"] >= since]


def goals(ask: Ask) -> Sequence[Record]:
    """The goals of the workspace, narrowed by every parameter that was sent."""
    found: Sequence[Record] = ask.world.all("goal")
    if not ask.has("workspace", "team", *SUPPORTERS):
        raise missing("workspace")
    ask.record("workspace")
    team, level = ask.record("team"), ask.flag("is_workspace_level")
    if level is not None:
        ask.need("workspace")
        found = [goal for goal in found if goal["is_workspace_level"] == level]
    if team:
        found = [goal for goal in found if goal["team"] is team]
    if ask.has("time_periods"):
        gids = ask.params["time_periods"].split(",")
        periods = [record_of(ask.world, "time_periods", gid, ("time_period",), ask.forbidden) for gid in gids]
        found = [goal for goal in found if any(goal["time_period"] is period for period in periods)]
    for name in SUPPORTERS:
        supporter = ask.record(name)
        if supporter:
            supported = ask.world.under("supporter.goals", supporter)
            found = [goal for goal in found if any(goal is one for one in supported)]
    return found


def parent_goals(ask: Ask) -> Sequence[Record]:
    """The goals that the goal of the path supports."""
    return ask.world.under("supporter.goals", ask.keys["goal"])


def goal_relationships(ask: Ask) -> Sequence[Record]:
    """What supports a goal, of one subtype if one is named."""
    found = ask.world.under("goal.goal_relationships", ask.needed("supported_goal", "goal"))
    subtype = ask.params.get("resource_subtype")
    return [relationship for relationship in found if subtype in (None, relationship["resource_subtype"])]


def time_periods(ask: Ask) -> Sequence[Record]:
    """The periods of a workspace which lie within start_on and end_on, both included."""
    ask.needed("workspace")
    start, end = ask.params.get("start_on", ""), ask.params.get("end_on", "9999-12-31")
    return [p for p in ask.world.all("time_period") if p["start_on"] >= start and p["end_on"] <= end]


ROUTES: tuple[Route, ...] = (
    *map(single, ("portfolio", "portfolio_membership", "status_update", "time_period")),
    single("goal", paid=GOALS_ARE_PAID),
    single("goal_relationship", paid=GOALS_ARE_PAID),
    Route("/portfolios", portfolios),
    listing("portfolio", "items"),
    Route("/portfolio_memberships", portfolio_memberships),
    Route("/portfolios/{portfolio}/portfolio_memberships", memberships_of_portfolio),
    Route("/status_updates", status_updates),
    Route("/goals", goals, paid=GOALS_ARE_PAID),
    Route("/goals/{goal}/parentGoals", parent_goals, WHOLE, GOALS_ARE_PAID),
    Route("/goal_relationships", goal_relationships, paid=GOALS_ARE_PAID),
    Route("/time_periods", time_periods),
)
