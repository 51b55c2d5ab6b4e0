"""How the demo service says no: Asana's status codes and words.

Source: https://developers.asana.com/docs/errors
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HELP = "For more information on API status codes and how to handle them, read the docs on errors: https://developers.asana.com/docs/errors"
NO_ROUTE = "No matching route for request"
NOT_AUTHORIZED = "Not Authorized"
TOO_LARGE = "The result is too large. You should use pagination (may require specifying a workspace)!"
END_OF_RANGE = (
    "There is currently an upper limit on the number of results returned for this query. "
    "Please see docs at https://developers.asana.com/docs/api-limits."
)
EXPIRED = "offset: Your pagination token has expired."
INVALID = "offset: Your pagination token is invalid."
TOO_MANY = "You have made too many requests recently."
SEARCH_IS_PAID = "Search is only available to premium users."
GOALS_ARE_PAID = "Goals are only available to premium users."
FIELDS_ARE_PAID = "Custom Fields are not available for free users or guests."
DEPENDENCIES_ARE_PAID = "Dependencies are only available to premium users."
TIME_IS_PAID = "Time tracking is only available to premium users."
ALLOCATIONS_ARE_PAID = "Allocations are only available to enterprise users."
BUDGETS_ARE_PAID = "Budgets are only available to premium users."
RATES_ARE_PAID = "Rates are only available to premium users."
BRIEFS_ARE_PAID = "Project briefs are only available to premium users."
REQUESTS_ARE_PAID = "Access requests are only available to premium users."
SYNC_LOST = (
    "Sync token invalid or too old. If you are attempting to keep resources in sync, you must fetch the full dataset "
    "for this query now and use the new sync token for the next sync."
)
TIME_NEEDS_A_DAY = (
    "At least one of entered_on_start_date or entered_on_end_date must be provided when filtering by workspace"
)
TASKS_NEED_ONE = "You should specify one of workspace, project, tag, section, user_task_list"
TASKS_NEED_EXACTLY_ONE = (
    "Must specify exactly one of project, tag, section, user_task_list, or assignee and workspace together"
)


class Refusal(Exception):
    """An answer other than 200. `headers` go out beside the usual ones, `beside` stands beside the errors."""

    def __init__(
        self,
        status: int,
        message: str,
        headers: Mapping[str, str] | None = None,
        beside: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})
        self.beside = dict(beside or {})

    @property
    def content(self) -> dict[str, Any]:
        """The body, as Asana shapes it; a server error also has a phrase to quote to support."""
        error = {"message": self.message, "help": HELP}
        if self.status >= 500:
            error["phrase"] = "6 calm otters whistle softly"
        return {"errors": [error], **self.beside}


def unknown(noun: str, gid: str) -> Refusal:
    """404: no such record of this kind."""
    return Refusal(404, f"{noun}: Not a recognized ID: {gid}")


def not_a_number(noun: str, gid: str) -> Refusal:
    """400: a gid that has other things than digits in it."""
    return Refusal(400, f"{noun}: Not a Long: {gid}")


def no_access(kind: str) -> Refusal:
    """403: the record is there, but not for this token."""
    return Refusal(403, f"You do not have access to this {kind.replace('_', ' ')}.")


def missing(name: str) -> Refusal:
    """400: a required parameter was not sent."""
    return Refusal(400, f"{name}: Missing input")
