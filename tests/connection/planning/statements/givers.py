"""What else can give keys: views, functions, local tables, files, lists, parameters; and what else can take rows."""

from __future__ import annotations

from .least import completed_since, every, incomplete, modified_since
from .model import Statement, workspace

STATEMENTS = (
    Statement(
        """SELECT v.name, p.name FROM open_tasks v JOIN projects p ON p.gid = v.project_gid
        WHERE p.team_gid = '{People 🌱}' AND v.due_on IS NOT NULL""",
        4,
        4,
        lambda w: w.one + w.listed(w.of_team("People 🌱"), incomplete),
    ),
    Statement(
        """SELECT t.name FROM asana_projects(team_gid := '{Operations}') p
        JOIN asana_tasks(modified_since := '2026-02-27'::TIMESTAMPTZ) t ON t.project_gid = p.gid""",
        5,
        5,
        lambda w: w.one + w.listed(w.of_team("Operations"), modified_since("2026-02-27")),
    ),
    Statement(
        "SELECT count(gid), max(modified_at) FROM asana_tasks(project_gid := '{Billing rewrite}')",
        2,
        2,
        lambda w: w.listed(w.projects("Billing rewrite")),
    ),
    Statement(
        "SELECT k.note, t.name FROM picks k JOIN tasks t ON t.project_gid = k.project_gid WHERE k.weight > 1",
        2,
        2,
        lambda w: w.listed(w.projects("Quiet research", "Single task")),
    ),
    Statement(
        """SELECT k.note, p.name, p.owner_name FROM '{picks.csv}' k JOIN projects p ON p.gid = k.project_gid""",
        2,
        1,
        lambda w: w.in_workspace("projects"),
        workspace,
    ),
    Statement(
        """SELECT t.name, wanted.why FROM (VALUES ('{Onboarding}', 'new'), ('{Quiet research}', 'old'), (NULL, 'none'))
        wanted(project_gid, why) JOIN tasks t USING (project_gid) WHERE t.completed_at >= '2026-02-01'""",
        2,
        2,
        lambda w: w.listed(w.projects("Onboarding", "Quiet research"), completed_since("2026-02-01")),
    ),
    Statement(
        """SELECT p.name, t.name FROM tasks t JOIN projects p ON p.gid = t.project_gid
        WHERE p.name = $name AND t.modified_at >= $since""",
        3,
        2,
        lambda w: w.in_workspace("projects") + w.listed(w.projects("Billing rewrite"), modified_since("2026-02-27")),
        workspace,
        params={"name": "Billing rewrite", "since": "2026-02-27"},
    ),
    Statement(
        """CREATE TEMP TABLE made AS SELECT p.name AS project, t.name, t.due_on
        FROM tasks t JOIN projects p ON p.gid = t.project_gid WHERE p.name ILIKE '%launch%' AND NOT t.completed""",
        4,
        3,
        lambda w: w.in_workspace("projects") + w.listed(w.projects("Website relaunch"), incomplete),
        workspace,
        then="FROM made",
    ),
    Statement(
        """INSERT INTO gathered SELECT t.gid, t.name FROM tasks t
        WHERE t.project_gid = (SELECT gid FROM projects WHERE name = 'Onboarding')""",
        3,
        2,
        lambda w: w.in_workspace("projects") + w.listed(w.projects("Onboarding")),
        workspace,
        then="FROM gathered",
    ),
    Statement(
        """COPY (SELECT s.text, s.created_at FROM stories s JOIN tasks t ON t.gid = s.task_gid
        WHERE t.project_gid = '{The "OKR" tracker, it's fine}' AND s.type = 'system') TO '{copied.parquet}'""",
        10,
        10,
        lambda w: w.one + w.pages("task.stories", w.tasks(w.projects('The "OKR" tracker, it\'s fine'), every)),
        then="FROM '{copied.parquet}'",
    ),
    Statement(
        """SELECT t.name, 'project' AS found FROM tasks t JOIN projects p ON p.gid = t.project_gid
        WHERE p.name = 'Quiet research' AND NOT t.completed
        UNION ALL SELECT t.name, 'tag' FROM tag_tasks t JOIN tags g ON g.gid = t.tag_gid
        WHERE g.name = 'later' AND t.completed = false""",
        5,
        4,
        lambda w: (
            w.in_workspace("projects")
            + w.listed(w.projects("Quiet research"), incomplete)
            + w.in_workspace("tags")
            + w.pages("tag.tasks", w.tags("later"))
        ),
        workspace,
    ),
    Statement(
        """SELECT p.name, latest FROM projects p
        JOIN (SELECT project_gid, max(modified_at) AS latest FROM tasks GROUP BY 1) x ON x.project_gid = p.gid
        WHERE p.name ILIKE '%research%' OR p.owner_name = 'Sioned Llywarch'""",
        4,
        3,
        lambda w: w.in_workspace("projects") + w.listed(w.projects("Quiet research", "Onboarding")),
        workspace,
    ),
    Statement(
        "SELECT t.name, t.due_on FROM tasks t JOIN chosen USING (gid)",
        3,
        3,
        lambda w: 3 * w.one,
    ),
    Statement(
        """SELECT t.name, t.due_on FROM tasks t JOIN chosen USING (gid)
        WHERE t.project_gid = '{The "OKR" tracker, it's fine}'""",
        1,
        1,
        lambda w: w.listed(w.projects('The "OKR" tracker, it\'s fine')),
    ),
)
