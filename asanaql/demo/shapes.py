"""What of a record is shown when nobody says: in a list, inside another record, and on its own.

Source: https://developers.asana.com/docs/input-output-options, and the Compact schemas of Asana's description.
"""

from __future__ import annotations

COMPACT = ("gid", "resource_type", "name")

# Kinds that show other things than COMPACT; None is everything but what must be asked for.
COMPACT_OF: dict[str, tuple[str, ...] | None] = {
    "task": (*COMPACT, "resource_subtype"),
    "attachment": (*COMPACT, "resource_subtype"),
    "story": ("gid", "resource_type", "resource_subtype", "created_at", "created_by", "text", "type"),
    "team_membership": ("gid", "resource_type", "user", "team", "is_guest", "is_limited_access", "is_admin"),
    "workspace_membership": ("gid", "resource_type", "user", "workspace"),
    "portfolio_membership": ("gid", "resource_type", "portfolio", "user", "access_level"),
    "goal_relationship": ("gid", "resource_type", "resource_subtype", "supporting_resource", "contribution_weight"),
    "goal_metric": None,
    "time_period": ("gid", "resource_type", "start_on", "end_on", "period", "display_name"),
    "status_update": ("gid", "resource_type", "resource_subtype", "title"),
    "project_status": ("gid", "resource_type", "title"),
    "project_brief": ("gid", "resource_type"),
    "time_tracking_category": (*COMPACT, "color"),
    "role": (*COMPACT, "description", "is_standard_role"),
    **dict.fromkeys(("time_tracking_entry", "timesheet_approval_status", "ooo_entry")),
    **dict.fromkeys(("allocation", "budget", "rate")),
    "project_membership": ("gid", "resource_type", "member", "access_level"),
    "project_portfolio_setting": ("gid", "resource_type", "project", "portfolio", "is_access_control_inherited"),
    "agent": (*COMPACT, "resource_subtype"),
    "membership": None,
    "access_request": None,
    "graph_export": None,
    "export_request": None,
    "custom_field": None,
    "custom_field_setting": None,
    "webhook": None,
}

# Kinds that show more as a row of a list than inside another record.
ROW_OF: dict[str, tuple[str, ...]] = {"goal": (*COMPACT, "owner"), "custom_type": (*COMPACT, "status_options")}

# Kinds that hold no other records and always show everything: enum options are most of what a task shows.
FLAT = frozenset({"enum_option", "custom_type_status_option"})

# Left out of full records unless asked for by name.
OPT_IN: dict[str, frozenset[str]] = {
    "task": frozenset(
        {
            "assigned_by",
            "completed_by",
            "created_by",
            "dependencies",
            "dependents",
            "external",
            "html_notes",
            "is_rendered_as_separator",
            "num_subtasks",
        }
    ),
    "project": frozenset({"html_notes", "project_brief", "created_from_template"}),
    "project_brief": frozenset({"text"}),
    "project_membership": frozenset({"parent", "project"}),
    "team": frozenset({"description", "html_description"}),
    "custom_field": frozenset({"description"}),
    "portfolio": frozenset({"archived"}),
    "story": frozenset({"html_text"}),
    "status_update": frozenset({"html_text"}),
    "project_status": frozenset({"html_text"}),
}

# Fields that a free plan does not show at all, not even as null.
PAID_FIELDS = frozenset({"custom_fields", "custom_field_settings", "dependencies", "dependents"})
