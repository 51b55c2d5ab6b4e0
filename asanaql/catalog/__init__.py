"""The relations as data: the catalog, and the words it is written in.

`CATALOG` maps each relation's name to its `Table`. A relation is added by one entry; `problems` checks it.
"""

from __future__ import annotations

from asanaql.catalog.bridges import (
    CUSTOM_ID_TASKS,
    GOAL_PARENTS,
    TASK_DEPENDENCIES,
    TASK_DEPENDENTS,
    TASK_PROJECTS,
    TASK_TAGS,
)
from asanaql.catalog.custom_fields import CUSTOM_FIELD_SETTINGS, CUSTOM_FIELDS
from asanaql.catalog.events import EVENTS, SYNC_TOKENS, WORKSPACE_EVENTS
from asanaql.catalog.goals import GOAL_RELATIONSHIPS, GOALS, TIME_PERIODS
from asanaql.catalog.members import ACCESS_REQUESTS, GOAL_MEMBERSHIPS, MEMBERSHIPS, PROJECT_MEMBERSHIPS
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
)
from asanaql.catalog.organization import AUDIT_LOG_EVENTS, WEBHOOKS
from asanaql.catalog.personal import AGENTS, TYPEAHEAD, USER_FAVORITES, USER_TASK_LISTS
from asanaql.catalog.portfolios import PORTFOLIO_ITEMS, PORTFOLIO_MEMBERSHIPS, PORTFOLIOS
from asanaql.catalog.problems import problems
from asanaql.catalog.project_parts import (
    CUSTOM_TYPES,
    PROJECT_BRIEFS,
    PROJECT_PORTFOLIO_SETTINGS,
    PROJECT_STATUSES,
    TASK_COUNTS,
)
from asanaql.catalog.projects import PROJECTS, SECTIONS
from asanaql.catalog.resourcing import ALLOCATIONS, BUDGETS, OOO_ENTRIES, RATES
from asanaql.catalog.roles import ROLES
from asanaql.catalog.search import SEARCH_PROJECTS, SEARCH_TASKS
from asanaql.catalog.stories import ATTACHMENTS, STATUS_UPDATES, STORIES
from asanaql.catalog.tags import TAGS
from asanaql.catalog.tasks import SUBTASKS, TAG_TASKS, TASKS, USER_TASKS
from asanaql.catalog.templates import PROJECT_TEMPLATES, TASK_TEMPLATES
from asanaql.catalog.timesheets import TIME_TRACKING_CATEGORIES, TIME_TRACKING_ENTRIES, TIMESHEET_APPROVAL_STATUSES
from asanaql.catalog.unlisted import JOBS, ORGANIZATION_EXPORTS, REACTIONS
from asanaql.catalog.workspaces import TEAMS, USERS, WORKSPACES

CATALOG: Catalog = {
    table.name: choosable(table)
    for table in (
        WORKSPACES,
        USERS,
        USER_TASK_LISTS,
        USER_FAVORITES,
        AGENTS,
        TEAMS,
        TEAM_MEMBERSHIPS,
        WORKSPACE_MEMBERSHIPS,
        PROJECTS,
        SECTIONS,
        PROJECT_BRIEFS,
        PROJECT_STATUSES,
        PROJECT_PORTFOLIO_SETTINGS,
        TASK_COUNTS,
        CUSTOM_TYPES,
        TASKS,
        SUBTASKS,
        USER_TASKS,
        TAG_TASKS,
        CUSTOM_ID_TASKS,
        SEARCH_TASKS,
        SEARCH_PROJECTS,
        TASK_PROJECTS,
        TASK_TAGS,
        TASK_DEPENDENCIES,
        TASK_DEPENDENTS,
        TAGS,
        STORIES,
        REACTIONS,
        ATTACHMENTS,
        CUSTOM_FIELDS,
        CUSTOM_FIELD_SETTINGS,
        PORTFOLIOS,
        PORTFOLIO_ITEMS,
        PORTFOLIO_MEMBERSHIPS,
        MEMBERSHIPS,
        PROJECT_MEMBERSHIPS,
        GOAL_MEMBERSHIPS,
        ACCESS_REQUESTS,
        PROJECT_TEMPLATES,
        TASK_TEMPLATES,
        STATUS_UPDATES,
        GOALS,
        GOAL_RELATIONSHIPS,
        GOAL_PARENTS,
        TIME_PERIODS,
        TIME_TRACKING_ENTRIES,
        TIME_TRACKING_CATEGORIES,
        TIMESHEET_APPROVAL_STATUSES,
        ALLOCATIONS,
        BUDGETS,
        RATES,
        OOO_ENTRIES,
        ROLES,
        WEBHOOKS,
        TYPEAHEAD,
        JOBS,
        ORGANIZATION_EXPORTS,
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
