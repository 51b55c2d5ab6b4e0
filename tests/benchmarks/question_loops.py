"""The questions in examples/questions answered with the official client, in the loops that one would write.

Each gives the rows of its statement, in any order.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import asana

Rows = list[tuple[Any, ...]]
DAY = dt.date.fromisoformat
MOMENT = dt.datetime.fromisoformat


class Official:
    """The parts of the official client that the loops use, on one server."""

    def __init__(self, base_url: str, today: dt.date) -> None:
        configuration = asana.Configuration()
        configuration.host = base_url
        configuration.access_token = "benchmark"
        client = asana.ApiClient(configuration)
        self.today = today
        self.tasks = asana.TasksApi(client)
        self.projects = asana.ProjectsApi(client)
        self.portfolios = asana.PortfoliosApi(client)
        self.stories = asana.StoriesApi(client)
        self.teams = asana.TeamsApi(client)
        self.team_memberships = asana.TeamMembershipsApi(client)
        self.workspace_memberships = asana.WorkspaceMembershipsApi(client)
        self.status_updates = asana.StatusUpdatesApi(client)
        self.tags = asana.TagsApi(client)
        self.workspaces = asana.WorkspacesApi(client)

    def workspace(self) -> str:
        return str(next(iter(self.workspaces.get_workspaces({})))["gid"])

    def projects_with(self, fields: str, **filters: object) -> Any:
        return self.projects.get_projects({"workspace": self.workspace(), "opt_fields": fields, **filters})

    def open_tasks(self, fields: str, **parent: str) -> Any:
        return self.tasks.get_tasks({"completed_since": "now", "opt_fields": fields, **parent})

    def days_ago(self, days: int) -> str:
        return f"{self.today - dt.timedelta(days=days)}T00:00:00Z"


def name(reference: dict[str, Any] | None) -> str | None:
    return reference["name"] if reference else None


def late_in_a_portfolio(client: Official) -> Rows:
    rows = []
    workspace = client.workspace()
    for portfolio in client.portfolios.get_portfolios(workspace, {"owner": "me", "opt_fields": "name"}):
        if portfolio["name"] != "Company bets":
            continue
        fields = {"opt_fields": "name,resource_type,owner.name"}
        for item in client.portfolios.get_items_for_portfolio(portfolio["gid"], fields):
            if item["resource_type"] == "project":
                days = [task["due_on"] for task in client.open_tasks("due_on", project=item["gid"])]
                late = [DAY(day) for day in days if day and DAY(day) < client.today]
                if late:
                    rows.append((item["name"], name(item["owner"]), len(late), min(late)))
    return rows


def comments_of_the_week(client: Official) -> Rows:
    rows = []
    fields = {"opt_fields": "resource_subtype,created_at,created_by.name,text"}
    since = MOMENT(client.days_ago(7))
    for project in client.projects_with("name"):
        if "launch" not in project["name"].lower():
            continue
        for task in client.open_tasks("name", project=project["gid"]):
            for story in client.stories.get_stories_for_task(task["gid"], fields):
                at = MOMENT(story["created_at"])
                if story["resource_subtype"] == "comment_added" and at >= since:
                    rows.append((project["name"], task["name"], at, name(story["created_by"]), story["text"]))
    return rows


def workload_of_a_team(client: Official) -> Rows:
    rows = []
    week = client.today + dt.timedelta(days=7)
    workspace = client.workspace()
    for team in client.teams.get_teams_for_workspace(workspace, {"opt_fields": "name"}):
        if team["name"] != "Engineering":
            continue
        fields = {"opt_fields": "user.name"}
        for member in client.team_memberships.get_team_memberships_for_team(team["gid"], fields):
            tasks = client.open_tasks("due_on", assignee=member["user"]["gid"], workspace=workspace)
            days = [task["due_on"] for task in tasks]
            due = [DAY(day) for day in days if day]
            late = sum(day < client.today for day in due)
            rows.append((member["user"]["name"], len(days), late, sum(client.today <= day <= week for day in due)))
    return rows


def steps_to_milestones(client: Official) -> Rows:
    rows = []
    for project in client.projects_with("name"):
        if project["name"] != "Atlas migration":
            continue
        for task in client.open_tasks("name,due_on,resource_subtype,num_subtasks", project=project["gid"]):
            if task["resource_subtype"] != "milestone" or not task["num_subtasks"]:
                continue
            due = DAY(task["due_on"]) if task["due_on"] else None
            fields = {"opt_fields": "name,completed,assignee.name"}
            for step in client.tasks.get_subtasks_for_task(task["gid"], fields):
                if not step["completed"]:
                    rows.append((task["name"], due, step["name"], name(step["assignee"])))
    return rows


def slipped_tasks(client: Official) -> Rows:
    rows = []
    for project in client.projects_with("name,team.name,owner.name", archived="false"):
        if name(project["team"]) != "Operations":
            continue
        for task in client.open_tasks("name,due_on,assignee.name", project=project["gid"]):
            if task["due_on"] and DAY(task["due_on"]) < client.today:
                late = (client.today - DAY(task["due_on"])).days
                rows.append((project["name"], task["name"], late, name(task["assignee"]) or name(project["owner"])))
    return rows


def a_week_of_a_project(client: Official) -> Rows:
    since = client.days_ago(7)
    touched: Counter[str] = Counter()
    created: Counter[str] = Counter()
    completed: Counter[str] = Counter()
    fields = "created_at,completed_at,memberships.project.name,memberships.section.name"
    for project in client.projects_with("name"):
        if project["name"] != "Atlas migration":
            continue
        asked = {"project": project["gid"], "modified_since": since, "opt_fields": fields}
        for task in client.tasks.get_tasks(asked):
            homes = [each for each in task["memberships"] if each["project"]["gid"] == project["gid"]]
            section = homes[0]["section"]["name"]
            touched[section] += 1
            created[section] += MOMENT(task["created_at"]) >= MOMENT(since)
            completed[section] += bool(task["completed_at"]) and MOMENT(task["completed_at"]) >= MOMENT(since)
    return [(section, created[section], completed[section], touched[section]) for section in touched]


def nobodys_tasks(client: Official) -> Rows:
    rows = []
    last = client.today + dt.timedelta(days=14)
    for project in client.projects_with("name,owner.name", archived="false"):
        tasks = list(client.open_tasks("assignee,due_on", project=project["gid"]))
        days = [DAY(task["due_on"]) for task in tasks if task["due_on"] and not task["assignee"]]
        soon = [day for day in days if client.today <= day <= last]
        if soon:
            rows.append((project["name"], name(project["owner"]), len(soon), min(soon)))
    return rows


def bad_news(client: Official) -> Rows:
    rows = []
    fields = {"created_since": client.days_ago(28), "opt_fields": "created_at,status_type,title,author.name"}
    for project in client.projects_with("name", archived="false"):
        for update in client.status_updates.get_statuses_for_object(project["gid"], dict(fields)):
            if update["status_type"] in ("at_risk", "off_track"):
                at = MOMENT(update["created_at"])
                rows.append((project["name"], at, update["status_type"], update["title"], name(update["author"])))
    return rows


def tags_in_use(client: Official) -> Rows:
    found: dict[tuple[str, str | None], list[str | None]] = defaultdict(list)
    for tag in client.tags.get_tags({"workspace": client.workspace(), "opt_fields": "name"}):
        if tag["name"] in ("urgent", "customer"):
            for task in client.tasks.get_tasks_for_tag(tag["gid"], {"opt_fields": "completed,due_on,assignee.name"}):
                if not task["completed"]:
                    found[tag["name"], name(task["assignee"])].append(task["due_on"])
    return [(*key, len(days), min((DAY(day) for day in days if day), default=None)) for key, days in found.items()]


def due_during_vacation(client: Official) -> Rows:
    rows = []
    fields = {"opt_fields": "user.name,vacation_dates.start_on,vacation_dates.end_on"}
    workspace = client.workspace()
    for member in client.workspace_memberships.get_workspace_memberships_for_workspace(workspace, fields):
        away = member["vacation_dates"]
        if not away or not away["end_on"] or DAY(away["end_on"]) < client.today:
            continue
        for task in client.open_tasks("name,due_on", assignee=member["user"]["gid"], workspace=workspace):
            if task["due_on"] and away["start_on"] <= task["due_on"] <= away["end_on"]:
                rows.append((member["user"]["name"], DAY(away["end_on"]), task["name"], DAY(task["due_on"])))
    return rows


#: By the name of the question's file.
LOOPS: dict[str, Callable[[Official], Rows]] = {
    "01-late-in-a-portfolio": late_in_a_portfolio,
    "02-comments-of-the-week": comments_of_the_week,
    "03-workload-of-a-team": workload_of_a_team,
    "04-steps-to-milestones": steps_to_milestones,
    "05-slipped-tasks": slipped_tasks,
    "06-a-week-of-a-project": a_week_of_a_project,
    "07-nobodys-tasks": nobodys_tasks,
    "08-bad-news": bad_news,
    "09-tags-in-use": tags_in_use,
    "10-due-during-vacation": due_during_vacation,
}
