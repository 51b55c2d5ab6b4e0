"""The relations as data: the catalog, and the words it is written in.

`CATALOG` maps each relation's name to its `Table`. A relation is added by one entry; `problems` checks it.
"""

from __future__ import annotations

from asanaql.catalog.custom_fields import CUSTOM_FIELD_SETTINGS, CUSTOM_FIELDS
from asanaql.catalog.events import EVENTS, SYNC_TOKENS, WORKSPACE_EVENTS
from asanaql.catalog.goals import GOAL_RELATIONSHIPS, GOALS, TIME_PERIODS
from asanaql.catalog.memberships import TEAM_MEMBERSHIPS, WORKSPACE_MEMBERSHIPS
from asanaql.catalog.model import (
    Catalog,
    Column,
    Each,
    Filter,
    Form,
    Paging,
    Parent,
    Path,
    Split,
    Table,
    choosable,
    problems,
)
from asanaql.catalog.organization import AUDIT_LOG_EVENTS, WEBHOOKS
from asanaql.catalog.portfolios import PORTFOLIO_ITEMS, PORTFOLIO_MEMBERSHIPS, PORTFOLIOS
from asanaql.catalog.projects import PROJECTS, SECTIONS
from asanaql.catalog.stories import ATTACHMENTS, STATUS_UPDATES, STORIES
from asanaql.catalog.tags import TAGS
from asanaql.catalog.tasks import SUBTASKS, TAG_TASKS, TASKS, USER_TASKS
from asanaql.catalog.templates import PROJECT_TEMPLATES, TASK_TEMPLATES
from asanaql.catalog.workspaces import TEAMS, USERS, WORKSPACES

CATALOG: Catalog = {
    table.name: choosable(table)
    for table in (
        WORKSPACES,
        USERS,
        TEAMS,
        TEAM_MEMBERSHIPS,
        WORKSPACE_MEMBERSHIPS,
        PROJECTS,
        SECTIONS,
        TASKS,
        SUBTASKS,
        USER_TASKS,
        TAG_TASKS,
        TAGS,
        STORIES,
        ATTACHMENTS,
        CUSTOM_FIELDS,
        CUSTOM_FIELD_SETTINGS,
        PORTFOLIOS,
        PORTFOLIO_ITEMS,
        PORTFOLIO_MEMBERSHIPS,
        PROJECT_TEMPLATES,
        TASK_TEMPLATES,
        STATUS_UPDATES,
        GOALS,
        GOAL_RELATIONSHIPS,
        TIME_PERIODS,
        WEBHOOKS,
        EVENTS,
        SYNC_TOKENS,
        WORKSPACE_EVENTS,
        AUDIT_LOG_EVENTS,
    )
}

__all__ = [
    "CATALOG",
    "Catalog",
    "Column",
    "Each",
    "Filter",
    "Form",
    "Paging",
    "Parent",
    "Path",
    "Split",
    "Table",
    "problems",
]
