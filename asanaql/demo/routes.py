"""Every address that the demo service answers, and which route a path is of."""

from __future__ import annotations

from asanaql.demo import (
    events_api,
    goals_api,
    members_api,
    odds_api,
    resourcing_api,
    search_api,
    tasks_api,
    timesheets_api,
    workspace_api,
)
from asanaql.demo.route import Route

ROUTES: tuple[Route, ...] = (
    *workspace_api.ROUTES,
    *tasks_api.ROUTES,
    *goals_api.ROUTES,
    *events_api.ROUTES,
    *members_api.ROUTES,
    *odds_api.ROUTES,
    *timesheets_api.ROUTES,
    *resourcing_api.ROUTES,
    *search_api.ROUTES,
)


def _shape(path: str) -> tuple[str, ...]:
    """A path with every second part blanked: the parts that name records."""
    return tuple("{}" if index % 2 else part for index, part in enumerate(path.strip("/").split("/")))


# Some routes have a word where others have a gid.
_WORDED = {"custom_id", "search"}
_BY_SHAPE = {_shape(route.path): route for route in ROUTES if not _WORDED.intersection(route.path.split("/"))}
_BY_WORD = [route for route in ROUTES if _WORDED.intersection(route.path.split("/"))]


def route_for(path: str) -> tuple[Route, dict[str, str]] | None:
    """The route of a path, and what the path has in its braces; None where nothing matches."""
    parts = path.strip("/").split("/")
    route = _BY_SHAPE.get(_shape(path))
    for worded in _BY_WORD:
        wanted = worded.path.strip("/").split("/")
        if len(wanted) == len(parts) and all(w == p or w[0] == "{" for w, p in zip(wanted, parts, strict=True)):
            route = worded
    if route is None or not all(parts):
        return None
    names = route.path.strip("/").split("/")
    return route, {name[1:-1]: part for name, part in zip(names, parts, strict=True) if name[0] == "{"}
