"""Exactly which requests the relations are read with that few people know, and what each says where it lacks a key."""

from __future__ import annotations

from collections import Counter

import pytest

import asanaql
from asanaql.catalog.personal import FAVORITES
from asanaql.demo import DemoTransport, Service
from asanaql.demo.odds import FIRST_EXPORT, FIRST_JOB

WORKSPACES = ("/workspaces", {})


def asked(sent, path):
    """The parameters of every request to an address."""
    return [params for address, params in sent if address == path]


def listed(world, listing):
    """The gids of what hangs under every project by this name, with the project's."""
    return sorted((p["gid"], each["gid"]) for p in world.projects for each in world.under(listing, p))


# What belongs to projects.


def test_only_the_briefs_that_projects_name_are_asked_for(alone, cold):
    project = alone.project("biggest")
    brief = project["project_brief"]
    sent, rows = alone.sends(cold, "SELECT gid, title, project_gid, project_name, workspace_gid FROM project_briefs")
    assert sent == [WORKSPACES, alone.listing_of_projects, (f"/project_briefs/{brief['gid']}", {})]
    assert rows == [(brief["gid"], brief["title"], project["gid"], project["name"], alone.world.workspace["gid"])]


def test_a_brief_is_read_by_its_gid_or_by_its_project_alone(alone, cold):
    project = alone.project("biggest")
    gid = project["project_brief"]["gid"]
    by_gid, rows = alone.sends(cold, f"SELECT text FROM project_briefs WHERE gid = '{gid}'")
    assert by_gid == [(f"/project_briefs/{gid}", {})]
    by_project, same = alone.sends(cold, f"SELECT text FROM project_briefs WHERE project_gid = '{project['gid']}'")
    assert by_project == [(f"/projects/{project['gid']}", {}), (f"/project_briefs/{gid}", {})]
    assert rows == same == [(project["project_brief"]["text"],)]


def test_a_project_without_a_brief_has_none(alone, cold):
    gid = alone.notable["hundred"]
    query = f"SELECT text FROM project_briefs WHERE project_gid = '{gid}'"
    assert alone.sends(cold, query) == ([(f"/projects/{gid}", {})], [])


def test_old_statuses_are_those_of_every_project_and_the_latest_is_the_one_it_shows(alone, cold):
    sent, rows = alone.sends(cold, "SELECT project_gid, gid, created_at, title FROM project_statuses")
    assert sent[:2] == [WORKSPACES, alone.listing_of_projects]
    projects = alone.world.projects
    assert Counter(path for path, _ in sent[2:]) == Counter(f"/projects/{p['gid']}/project_statuses" for p in projects)
    assert sorted(row[:2] for row in rows) == listed(alone.world, "project.project_statuses")
    latest = {project: max(row[2:] for row in rows if row[0] == project) for project, *_ in rows}
    shown = dict(cold.sql("SELECT gid, current_status.title FROM projects WHERE current_status IS NOT NULL").fetchall())
    assert {project: title for project, (_, title) in latest.items()} == shown


def test_an_old_status_by_its_gid_is_one_request_where_its_project_is_not_read(alone, cold):
    status = alone.world.all("project_status")[0]["gid"]
    sent, rows = alone.sends(cold, f"SELECT title, color FROM project_statuses WHERE gid = '{status}'")
    assert sent == [(f"/project_statuses/{status}", {})]
    assert len(rows) == 1


def test_settings_of_portfolios_are_asked_for_by_project_and_the_same_by_portfolio(alone, cold):
    sent, rows = alone.sends(cold, "SELECT project_gid, gid FROM project_portfolio_settings")
    projects = alone.world.projects
    assert Counter(path for path, _ in sent[2:]) == Counter(
        f"/projects/{project['gid']}/project_portfolio_settings" for project in projects
    )
    assert sorted(rows) == listed(alone.world, "project_portfolio_settings")
    for portfolio in alone.world.all("portfolio"):
        query = f"SELECT project_gid, gid FROM project_portfolio_settings WHERE portfolio_gid = '{portfolio['gid']}'"
        sent, some = alone.sends(cold, query)
        assert sent == [(f"/portfolios/{portfolio['gid']}/project_portfolio_settings", {})]
        # A portfolio of somebody else's is read too, though Asana would not list it.
        assert set(some) < set(rows)


def test_counts_of_tasks_are_a_request_for_each_project_and_only_for_the_fields_that_are_read(alone, cold):
    sent, rows = alone.sends(cold, "SELECT project_gid, num_tasks, num_completed_tasks FROM task_counts")
    projects = alone.world.projects
    assert Counter(path for path, _ in sent[2:]) == Counter(f"/projects/{p['gid']}/task_counts" for p in projects)
    assert set(alone.fields[2:]) == {"num_completed_tasks,num_tasks"}
    tasks = {project["gid"]: alone.world.tasks_in(project["gid"]) for project in projects}
    assert sorted(rows) == sorted(
        (gid, len(some), sum(each["completed"] for each in some)) for gid, some in tasks.items()
    )
    assert (alone.notable["empty"], 0, 0) in rows


def test_counts_agree_with_the_tasks_that_are_listed(alone, cold):
    gid = alone.notable["every_custom_field"]
    counts = "num_tasks, num_incomplete_tasks, num_milestones, num_completed_milestones"
    sent, rows = alone.sends(cold, f"SELECT {counts} FROM task_counts WHERE project_gid = '{gid}'")
    assert sent == [(f"/projects/{gid}/task_counts", {})]
    milestone = "resource_subtype = 'milestone'"
    assert (
        rows
        == cold.sql(
            f"SELECT count(gid), count(gid) FILTER (NOT completed), count(gid) FILTER ({milestone}), "
            f"count(gid) FILTER ({milestone} AND completed) FROM tasks WHERE project_gid = '{gid}'"
        ).fetchall()
    )


def test_a_custom_type_of_many_projects_is_one_row(alone, cold):
    world = alone.world
    sent, rows = alone.sends(cold, "SELECT gid, name, len(status_options) FROM custom_types")
    assert asked(sent, "/custom_types") == [{"project": each} for each in in_use_first(alone)]
    shared = [kind for kind in world.all("custom_type") if len(using(world, kind)) > 1]
    assert len(shared) == 2
    assert sorted(map(repr, rows)) == sorted(
        repr((kind["gid"], kind["name"], kind["status_options"] and len(kind["status_options"])))
        for kind in world.all("custom_type")
    )


def in_use_first(alone):
    """The gids of the projects as they are listed."""
    return [project["gid"] for project in alone.world.under("workspace.projects", alone.world.workspace)]


def using(world, kind):
    return [project for project in world.projects if kind in world.under("project.custom_types", project)]


def test_the_custom_types_of_one_project_are_one_request(alone, cold):
    project = alone.project("biggest")["gid"]
    sent, rows = alone.sends(cold, f"SELECT name FROM asana_custom_types(project_gid := '{project}')")
    assert sent == [("/custom_types", {"project": project})]
    expected = alone.world.under("project.custom_types", alone.project("biggest"))
    assert [name for (name,) in rows] == [kind["name"] for kind in expected]


def test_a_custom_type_by_its_gid_is_the_row_of_the_list(alone, cold):
    for row in cold.sql("SELECT * EXCLUDE workspace_gid FROM custom_types").fetchall():
        query = f"SELECT * EXCLUDE workspace_gid FROM custom_types WHERE gid = '{row[0]}'"
        assert alone.sends(cold, query) == ([(f"/custom_types/{row[0]}", {})], [row])


# What is for people.


def test_lists_of_my_tasks_are_a_request_for_each_user(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT gid, owner_gid FROM user_task_lists")
    assert sent[:2] == [WORKSPACES, ("/users", {"workspace": workspace})]
    users = alone.world.users
    assert sorted(map(repr, sent[2:])) == sorted(
        repr((f"/users/{user['gid']}/user_task_list", {"workspace": workspace})) for user in users
    )
    lists = {user["gid"]: alone.world.under("user.user_task_list", user)[0]["gid"] for user in users}
    assert {owner: gid for gid, owner in rows} == lists


def test_a_list_of_my_tasks_is_read_by_its_owner_or_by_its_gid_alone(alone, cold):
    user, workspace = alone.world.users[7]["gid"], alone.world.workspace["gid"]
    by_owner, rows = alone.sends(cold, f"SELECT * FROM user_task_lists WHERE owner_gid = '{user}'")
    assert by_owner == [WORKSPACES, (f"/users/{user}/user_task_list", {"workspace": workspace})]
    by_gid, same = alone.sends(cold, f"SELECT * FROM user_task_lists WHERE gid = '{rows[0][0]}'")
    assert by_gid == [(f"/user_task_lists/{rows[0][0]}", {})]
    assert rows == same


def test_favorites_are_ones_own_and_a_request_for_each_kind(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT resource_type, gid, name FROM user_favorites")
    assert sent == [
        WORKSPACES,
        *(("/users/me/favorites", {"workspace": workspace, "resource_type": kind}) for kind in FAVORITES),
    ]
    expected = [
        (kind, each["gid"], each["name"])
        for kind in FAVORITES
        for each in alone.world.under(f"favorites.{kind}", alone.world.me)
    ]
    assert rows == expected
    assert {kind for kind, *_ in rows} == set(FAVORITES) - {"project_template"}


def test_the_kind_of_favorite_says_what_is_asked_for(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT gid FROM user_favorites WHERE resource_type IN ('tag', 'user')")
    kinds = ("tag", "user")
    assert sent == [
        WORKSPACES,
        *(("/users/me/favorites", {"workspace": workspace, "resource_type": kind}) for kind in kinds),
    ]
    assert len(rows) == 3


def test_every_kind_of_favorite_is_read_in_a_workspace_that_is_named(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, f"SELECT gid FROM user_favorites WHERE workspace_gid = '{workspace}'")
    assert [params["resource_type"] for params in asked(sent, "/users/me/favorites")] == list(FAVORITES)
    assert len(rows) == 9


def test_a_kind_that_cannot_be_a_favorite_has_no_rows_and_is_not_asked_for(alone, cold):
    assert alone.sends(cold, "SELECT gid FROM user_favorites WHERE resource_type = 'team'") == ([], [])


def test_typing_asks_for_a_hundred_and_says_where_there_can_be_more(alone, cold):
    workspace = alone.world.workspace["gid"]
    for query, more in (("launch", True), ("déjà vu", False)):
        typed = f"SELECT name, query FROM typeahead WHERE resource_type = 'task' AND query = '{query}'"
        result = cold.sql(typed)
        alone.service.log.clear()
        rows = result.fetchall()
        asked_for = {"count": "100", "query": query, "resource_type": "task"}
        assert alone.sent() == [WORKSPACES, (f"/workspaces/{workspace}/typeahead", asked_for)]
        assert all(query in name.casefold() and typed == query for name, typed in rows)
        assert (len(rows) == 100) == more
        assert bool(result.warnings) == more
    assert rows


def test_users_and_agents_are_found_together_as_actors(alone, cold):
    query = "SELECT name FROM typeahead WHERE resource_type = '{}' AND query = ''"
    both = [name for kind in ("user", "agent") for (name,) in cold.sql(query.format(kind)).fetchall()]
    assert [name for (name,) in cold.sql(query.format("actor")).fetchall()] == both
    assert len(both) == len(alone.world.users) + len(alone.world.all("agent"))


def test_a_kind_that_nothing_is_found_by_is_an_error_that_quotes_asana(cold):
    with pytest.raises(asanaql.ApiError, match="resource_type: Not a valid value: tasks"):
        cold.sql("SELECT name FROM typeahead WHERE resource_type = 'tasks' AND query = 'x'").fetchall()


def test_agents_are_listed_and_read_alone(alone, cold):
    workspace = alone.world.workspace["gid"]
    sent, rows = alone.sends(cold, "SELECT * FROM agents")
    assert sent == [WORKSPACES, (f"/workspaces/{workspace}/agents", {})]
    assert [row[0] for row in rows] == [agent["gid"] for agent in alone.world.all("agent")]
    assert alone.sends(cold, f"SELECT * FROM agents WHERE gid = '{rows[1][0]}'") == (
        [(f"/agents/{rows[1][0]}", {})],
        [rows[1]],
    )


# What only a key leads to.


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("jobs", "jobs cannot be listed whole: Asana needs gid. For example: SELECT * FROM jobs WHERE gid = '…'"),
        ("organization_exports", "Asana needs gid. For example: SELECT * FROM organization_exports WHERE gid = '…'"),
        (
            "reactions",
            "Asana needs target_gid and emoji_base. "
            "For example: SELECT * FROM reactions WHERE target_gid = '…' AND emoji_base = '👍'",
        ),
        (
            "typeahead",
            "Asana needs resource_type and query. "
            "For example: SELECT * FROM typeahead WHERE resource_type = 'task' AND query = 'launch'",
        ),
        (
            "custom_id_tasks",
            "Asana needs custom_id. For example: SELECT * FROM custom_id_tasks WHERE custom_id = 'OKA-12'",
        ),
    ],
)
def test_without_its_key_a_relation_is_an_error_that_says_which_and_how(alone, cold, relation, said):
    alone.service.log.clear()
    with pytest.raises(asanaql.QueryError) as caught:
        cold.sql(f"SELECT * FROM {relation}").fetchall()
    assert said in str(caught.value)
    assert [path for path, _ in alone.sent() if path != "/workspaces"] == []


def test_jobs_and_what_they_make_are_read_by_their_gids(alone, cold):
    gids = [str(FIRST_JOB + place) for place in range(7)]
    sent, rows = alone.sends(
        cold,
        "SELECT gid, new_project_name, new_task_gid, new_portfolio_name, new_project_template_name, "
        "new_graph_export.download_url, new_resource_export.created_at "
        f"FROM jobs WHERE gid IN {tuple(gids)} ORDER BY gid",
    )
    assert sorted(sent) == [(f"/jobs/{gid}", {}) for gid in gids]
    # Each makes one thing, the last one failed.
    assert [[place for place, value in enumerate(row[1:]) if value is not None] for row in rows] == [
        *([place] for place in range(6)),
        [],
    ]
    assert rows[0][1] == alone.world.projects[2]["name"]


def test_an_export_that_is_not_finished_has_no_address_yet(alone, cold):
    gids = [str(FIRST_EXPORT + place) for place in range(2)]
    query = f"SELECT state, download_url IS NULL, workspace_gid FROM organization_exports WHERE gid IN {tuple(gids)}"
    sent, rows = alone.sends(cold, query)
    workspace = alone.world.workspace["gid"]
    assert sorted(sent) == [(f"/organization_exports/{gid}", {}) for gid in gids]
    assert sorted(rows) == [("finished", False, workspace), ("started", True, workspace)]


def test_a_job_that_is_none_is_an_error_that_quotes_asana(cold):
    with pytest.raises(asanaql.ApiError, match=r"404 to GET /jobs/5\S*: job: Not a recognized ID: 5"):
        cold.sql("SELECT status FROM jobs WHERE gid = '5'").fetchall()


def test_reactions_are_those_that_the_summary_counts(alone, cold):
    story = next(story for story in alone.world.all("story") if story["reaction_summary"])
    [summary] = story["reaction_summary"]
    where = f"target_gid = '{story['gid']}' AND emoji_base = '{summary['emoji_base']}'"
    sent, rows = alone.sends(cold, f"SELECT emoji, user_gid, target_gid, emoji_base FROM reactions WHERE {where}")
    assert sent == [("/reactions", {"target": story["gid"], "emoji_base": summary["emoji_base"]})]
    assert len({user for _, user, *_ in rows}) == summary["count"]
    assert {(emoji, *rest) for emoji, _, *rest in rows} == {(summary["variant"], story["gid"], summary["emoji_base"])}


def test_the_reactions_to_what_a_statement_finds_are_asked_for_by_its_keys(alone, cold):
    updates = alone.world.under("status_updates", alone.project("biggest"))
    query = (
        "SELECT r.user_name FROM status_updates AS s JOIN reactions AS r ON r.target_gid = s.gid "
        f"WHERE s.parent_gid = '{alone.notable['biggest']}' AND r.emoji_base = '🎉'"
    )
    sent, rows = alone.sends(cold, query)
    assert Counter(params["target"] for params in asked(sent, "/reactions")) == Counter(each["gid"] for each in updates)
    assert len(sent) == 1 + len(updates)
    assert len(rows) == sum(summary["count"] for each in updates for summary in each["reaction_summary"])


# A free plan.


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        ("SELECT title FROM project_briefs WHERE gid = '{brief}'", "a paid Asana plan"),
        ("SELECT message FROM access_requests WHERE target_gid = '{project}'", "a paid Asana plan"),
        ("SELECT gid FROM goal_parents WHERE goal_gid = '{goal}'", "an Asana Advanced or Enterprise plan"),
        ("SELECT gid FROM task_dependencies WHERE task_gid = '{task}'", "a paid Asana plan"),
        ("SELECT gid FROM custom_id_tasks WHERE custom_id = '{custom_id}'", "a paid Asana plan"),
    ],
)
def test_what_a_plan_does_not_have_is_an_error_that_names_the_plan(alone, query, plan):
    world = alone.world
    keys = {
        "brief": alone.project("biggest")["project_brief"]["gid"],
        "project": alone.notable["private"],
        "goal": world.all("goal")[0]["gid"],
        "task": world.tasks[0]["gid"],
        "custom_id": next(iter(world.custom_ids)),
    }
    free = alone.open(transport=DemoTransport(Service(world, plan="free")), cache=False)
    with pytest.raises(
        asanaql.ApiError, match=r"402 .* only available to premium users|402 .* not available for free"
    ) as caught:
        free.sql(query.format(**keys)).fetchall()
    assert plan in str(caught.value)
