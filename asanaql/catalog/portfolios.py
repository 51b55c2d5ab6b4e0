"""Portfolios, what is in them and who may see them."""

from __future__ import annotations

from dataclasses import replace

from asanaql.catalog.model import Column, Filter, Paging, Parent, Path, Table
from asanaql.catalog.project_columns import PROJECT_ONLY, work_columns
from asanaql.catalog.types import (
    TEXT,
    from_request,
    gid,
    plain,
    reference,
    references,
    resource_type,
    workspace_of_parent,
)

ONLY_OWN = "Asana lists only the portfolios that the token's own user owns, except to the token of a service account."

PORTFOLIOS = Table(
    name="portfolios",
    row="one portfolio",
    documentation="https://developers.asana.com/reference/portfolios",
    plan="an Asana Advanced or Enterprise plan",
    columns=(
        gid("The portfolio's gid."),
        resource_type("portfolio"),
        *work_columns("portfolio"),
        *reference("created_by", "The user who created the portfolio."),
        references("project_templates", "The project templates in the portfolio."),
    ),
    paths=(
        Path("gid", "/portfolios/{gid}", paging=Paging.ONE),
        Path(
            "workspace",
            "/portfolios",
            {"workspace": "workspace_gid"},
            filters=(Filter("owner_gid", ("=",), "owner"),),
            parent=Parent("workspaces", {"workspace_gid": "gid"}, {"workspace_name": "name"}),
            note=ONLY_OWN,
        ),
    ),
    trusted=300,
    rows=20,
)

PORTFOLIO_ITEMS = Table(
    name="portfolio_items",
    row="one project or portfolio in one portfolio",
    documentation="https://developers.asana.com/reference/getitemsforportfolio",
    plan="an Asana Advanced or Enterprise plan",
    columns=(
        gid("The gid of the project or portfolio that is in the portfolio."),
        Column(
            "resource_type",
            TEXT,
            "Whether the item is a `project` or a `portfolio`; the columns only a project has are NULL for the latter.",
            fields=("default_view",),
            marker=("default_view", "project", "portfolio"),
        ),
        from_request("portfolio_gid", "The gid of the portfolio that the item is in."),
        *work_columns("item", owner="owner"),
        *(replace(column, sparse=True) for column in PROJECT_ONLY),
    ),
    paths=(
        Path(
            "portfolio",
            "/portfolios/{portfolio_gid}/items",
            parent=Parent(
                "portfolios",
                {"portfolio_gid": "gid"},
                {"workspace_gid": "workspace_gid", "workspace_name": "workspace_name"},
            ),
        ),
    ),
    rows=200,
)

_OF_PORTFOLIO = Parent(
    "portfolios", {"portfolio_gid": "gid"}, {"portfolio_name": "name", "workspace_gid": "workspace_gid"}
)

PORTFOLIO_MEMBERSHIPS = Table(
    name="portfolio_memberships",
    row="one user who may see one portfolio",
    documentation="https://developers.asana.com/reference/portfolio-memberships",
    plan="an Asana Advanced or Enterprise plan",
    columns=(
        gid("The membership's gid."),
        resource_type("portfolio_membership"),
        *reference("portfolio", "The portfolio that the user may see."),
        *reference("user", "The user who may see the portfolio."),
        workspace_of_parent("portfolio"),
        plain("access_level", TEXT, "What the user may do with the portfolio: `admin`, `editor` or `viewer`."),
    ),
    paths=(
        Path("gid", "/portfolio_memberships/{gid}", paging=Paging.ONE),
        Path(
            "portfolio",
            "/portfolio_memberships",
            {"portfolio": "portfolio_gid"},
            filters=(Filter("user_gid", ("=",), "user"),),
            parent=_OF_PORTFOLIO,
        ),
        Path(
            "user",
            "/portfolio_memberships",
            {"workspace": "workspace_gid", "user": "user_gid"},
            parent=Parent("workspaces", {"workspace_gid": "gid"}),
        ),
        Path(
            "of_portfolio",
            "/portfolios/{portfolio_gid}/portfolio_memberships",
            filters=(Filter("user_gid", ("=",), "user"),),
            parent=_OF_PORTFOLIO,
            spare=True,
        ),
    ),
    rows=100,
)
