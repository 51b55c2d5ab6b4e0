"""What watches over an organization: webhooks and the audit log."""

from __future__ import annotations

import pyarrow as pa

from asanaql.catalog.model import Column, Filter, Form, Paging, Parent, Path, Table
from asanaql.catalog.types import (
    BOOLEAN,
    INTEGER,
    JSON,
    TEXT,
    TEXTS,
    TIMESTAMP,
    from_request,
    gid,
    plain,
    reference,
    resource_type,
)

FILTERS = pa.list_(
    pa.struct([("resource_type", TEXT), ("resource_subtype", TEXT), ("action", TEXT), ("fields", TEXTS)])
)
CONTEXT = pa.struct(
    [
        ("context_type", TEXT),
        ("api_authentication_method", TEXT),
        ("client_ip_address", TEXT),
        ("user_agent", TEXT),
        ("oauth_app_name", TEXT),
        ("rule_name", TEXT),
        ("on_behalf_of_user_id", INTEGER),
    ]
)

WEBHOOKS = Table(
    name="webhooks",
    row="one webhook that the token's own app and user have set up",
    documentation="https://developers.asana.com/reference/webhooks",
    columns=(
        gid("The webhook's gid."),
        resource_type("webhook"),
        plain("active", BOOLEAN, "Whether the webhook sends events."),
        *reference("resource", "The object that the webhook watches.", typed=True),
        from_request("workspace_gid", "The gid of the workspace that the webhook was found in."),
        plain("target", TEXT, "The URL that events are sent to."),
        plain("created_at", TIMESTAMP, "When the webhook was set up."),
        plain("last_success_at", TIMESTAMP, "When the target last took an event; NULL when it never did.", sparse=True),
        plain(
            "last_failure_at", TIMESTAMP, "When the target last refused an event; NULL when it never did.", sparse=True
        ),
        plain("last_failure_content", TEXT, "What the target answered then.", heavy=True),
        plain("delivery_retry_count", INTEGER, "How often sending was tried again since the last success."),
        plain("next_attempt_after", TIMESTAMP, "When sending is tried again; NULL when nothing waits.", sparse=True),
        plain(
            "failure_deletion_timestamp",
            TIMESTAMP,
            "When Asana deletes the webhook unless the target answers.",
            sparse=True,
        ),
        plain("filters", FILTERS, "Which events are sent; each element lets some through.", heavy=True),
    ),
    paths=(
        Path("gid", "/webhooks/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/webhooks",
            {"workspace": "workspace_gid"},
            filters=(Filter("resource_gid", ("=",), "resource"),),
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
    ),
    rows=20,
)


def _of(field: str, part: str, doc: str, *, name: str | None = None) -> Column:
    """A column for one part of an object; the audit log sends everything unasked."""
    return Column(name or f"{field}_{part}", TEXT, doc, (field, part))


AUDIT_LOG_EVENTS = Table(
    name="audit_log_events",
    row="one event of an organization's audit log, which keeps 90 days and only a service account may read",
    documentation="https://developers.asana.com/reference/audit-log-api",
    plan="a service account of an Asana Enterprise organization",
    columns=(
        gid("The event's gid."),
        Column("created_at", TIMESTAMP, "When it happened.", ("created_at",)),
        Column("event_type", TEXT, "What happened, such as `user_login_succeeded`.", ("event_type",)),
        Column("event_category", TEXT, "The kind of what happened, such as `logins`.", ("event_category",)),
        from_request("workspace_gid", "The gid of the organization whose log it is."),
        _of("actor", "actor_type", "What kind of actor did it, such as `user` or `asana`.", name="actor_type"),
        _of("actor", "gid", "The gid of the user who did it; NULL when it was no user."),
        _of("actor", "name", "The name of the user who did it; NULL when it was no user."),
        _of("actor", "email", "The e-mail address of the user who did it; NULL when it was no user."),
        _of("resource", "resource_type", "The kind of the object it was done to."),
        _of("resource", "resource_subtype", "The subtype of the object it was done to; NULL when it has none."),
        _of("resource", "gid", "The gid of the object it was done to."),
        _of("resource", "name", "The name of the object it was done to."),
        _of("resource", "email", "The e-mail address of the object it was done to; NULL when it has none."),
        Column("details", JSON, "What else is known, which depends on `event_type`.", ("details",)),
        Column("context", CONTEXT, "From where it was done: the kind of client, its address, its app.", ("context",)),
    ),
    paths=(
        Path(
            "workspace",
            "/workspaces/{workspace_gid}/audit_log_events",
            filters=(
                Filter("created_at", ("=", ">", ">="), "start_at", Form.SINCE),
                Filter("created_at", ("=", "<", "<="), "end_at", Form.UNTIL),
                Filter("event_type", ("=",), "event_type"),
                Filter("actor_type", ("=",), "actor_type"),
                Filter("actor_gid", ("=",), "actor_gid"),
                Filter("resource_gid", ("=",), "resource_gid"),
            ),
            parent=Parent("workspaces", {"workspace_gid": "gid"}, where=(("is_organization", "=", True),)),
            paging=Paging.ENDLESS,
            opt_fields=False,
        ),
    ),
    rows=10_000,
)
