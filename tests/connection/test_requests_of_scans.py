"""Exactly which requests full scans send, what is kept of them, and what a direct scan of a parent does to that."""

from __future__ import annotations

import datetime as dt

from asanaql.catalog import CATALOG
from asanaql.demo import build


def of_project(gid, **more):
    return "/tasks", {"project": gid, **more}


# Full scans.


def test_a_full_scan_takes_workspaces_projects_and_every_project_s_pages(alone, cold):
    sent, rows = alone.sends(cold, "SELECT gid FROM tasks")
    pages = alone.pages
    assert sent[:2] == [("/workspaces", {}), alone.listing_of_projects]
    assert alone.by_project(sent[2:]) == pages
    assert len(sent) == 2 + pages.total()
    assert pages[alone.notable["empty"]] == 1
    assert len(rows) == sum(len(alone.world.tasks_in(project["gid"])) for project in alone.world.projects)


def test_a_full_scan_of_a_given_workspace_does_not_ask_for_workspaces(asana):
    sent, _ = asana.sends(asana.open(workspace=asana.world.workspace["gid"]), "SELECT gid FROM tasks")
    pages = asana.pages
    assert sent[:1] == [asana.listing_of_projects]
    assert asana.by_project(sent[1:]) == pages
    assert len(sent) == 1 + pages.total()


def test_a_second_full_scan_repeats_no_parent_lookup(asana, connection):
    first, rows = asana.sends(connection, "SELECT gid FROM tasks")
    again, rows_again = asana.sends(connection, "SELECT gid FROM tasks")
    assert sorted(rows_again) == sorted(rows)
    assert asana.by_project(again) == asana.by_project(first)
    assert {path for path, _ in again} == {"/tasks"}


def test_a_new_connection_on_the_same_cache_repeats_no_parent_lookup(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    connection.close()
    again, _ = asana.sends(asana.open(), "SELECT name FROM tasks")
    assert {path for path, _ in again} == {"/tasks"}


def test_what_is_kept_serves_other_fan_outs_too(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    sent, _ = asana.sends(connection, "SELECT gid FROM sections")
    assert {path.split("/")[-1] for path, _ in sent} == {"sections"}
    sent, _ = asana.sends(
        connection, "SELECT gid, project_name, workspace_name FROM asana_tasks(project_archived := TRUE)"
    )
    assert {path for path, _ in sent} == {"/tasks"}


def test_another_token_sees_nothing_that_was_kept(asana, connection):
    first, _ = asana.sends(connection, "SELECT gid FROM tasks")
    again, _ = asana.sends(asana.open(token="another"), "SELECT gid FROM tasks")
    assert again[:2] == first[:2] == [("/workspaces", {}), asana.listing_of_projects]
    assert len(again) == len(first)


def test_without_a_cache_a_second_full_scan_sends_everything_again(asana):
    uncached = asana.open(cache=False)
    first, _ = asana.sends(uncached, "SELECT gid FROM tasks")
    again, _ = asana.sends(uncached, "SELECT gid FROM tasks")
    assert again[:2] == first[:2]
    assert len(again) == len(first)


def test_archived_projects_narrow_the_fan_out(alone, cold):
    sent, _ = alone.sends(cold, "SELECT gid FROM asana_tasks(project_archived := TRUE)")
    archived = {project["gid"] for project in alone.world.projects if project["archived"]}
    assert sent[:2] == [
        ("/workspaces", {}),
        ("/projects", {"workspace": alone.world.workspace["gid"], "archived": "true"}),
    ]
    assert set(alone.by_project(sent)) == archived
    assert len(sent) == 2 + sum(alone.pages_of("project.tasks", alone.world.find("project", each)) for each in archived)


def test_a_team_narrows_the_fan_out(alone, cold):
    team = alone.world.teams[3]
    sent, _ = alone.sends(cold, f"SELECT gid FROM asana_tasks(project_team_gid := '{team['gid']}')")
    assert sent[0] == (f"/teams/{team['gid']}/projects", {})
    assert set(alone.by_project(sent)) == {project["gid"] for project in alone.world.under("team.projects", team)}
    assert len(sent) == 1 + 3


def test_team_and_archived_narrow_the_fan_out_together(alone, cold):
    team = alone.world.teams[3]["gid"]
    sent, rows = alone.sends(
        cold, f"SELECT gid FROM asana_tasks(project_team_gid := '{team}', project_archived := TRUE)"
    )
    [onboarding] = [project["gid"] for project in alone.world.projects if project["name"] == "Onboarding"]
    assert sent == [(f"/teams/{team}/projects", {"archived": "true"}), of_project(onboarding)]
    assert len(rows) == 33


# A direct scan of a parent.


def test_a_direct_scan_of_projects_is_answered_by_asana_though_a_listing_is_kept(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    sent, _ = asana.sends(connection, "SELECT name FROM projects")
    assert sent == [asana.listing_of_projects]


def test_a_direct_scan_of_all_that_is_kept_refreshes_it(asana, connection):
    light = [column.name for column in CATALOG["projects"].visible if not column.heavy and not column.sparse]
    sent, _ = asana.sends(connection, f"SELECT {', '.join(light)} FROM projects")
    assert sent == [("/workspaces", {}), asana.listing_of_projects]
    sent, _ = asana.sends(connection, "SELECT gid FROM tasks")
    assert {path for path, _ in sent} == {"/tasks"}


def test_a_direct_scan_that_finds_a_new_project_discards_what_was_kept(asana_of, tmp_path):
    asana = asana_of(build(now=dt.datetime(2026, 3, 2, tzinfo=dt.UTC)), tmp_path)
    connection = asana.open()
    _, before = asana.sends(connection, "SELECT gid FROM tasks")
    world = asana.world
    new = {**asana.project("single"), "gid": "424242", "name": "Brand new"}
    listed = world.under("workspace.projects", world.workspace)
    world.arrange("workspace.projects", world.workspace, [*listed, world.add(new)])
    world.arrange("project.tasks", new, world.tasks_in(asana.notable["single"]))
    unnoticed, _ = asana.sends(connection, "SELECT gid FROM tasks")
    assert "424242" not in asana.by_project(unnoticed)
    asana.sends(connection, "SELECT name FROM projects")
    sent, after = asana.sends(connection, "SELECT gid FROM tasks")
    assert sent[0] == asana.listing_of_projects
    assert asana.by_project(sent)["424242"] == 1
    assert len(after) == len(before) + 1


def test_a_direct_scan_that_finds_the_same_projects_keeps_what_was_kept(asana, connection):
    asana.sends(connection, "SELECT gid FROM tasks")
    asana.sends(connection, "SELECT name FROM projects")
    sent, _ = asana.sends(connection, "SELECT gid FROM tasks")
    assert {path for path, _ in sent} == {"/tasks"}
