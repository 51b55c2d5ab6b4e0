"""One relation: counts, predicates that Asana does not know, and statements that need nothing."""

from __future__ import annotations

from .least import completed_since, incomplete, modified_since
from .model import Statement, nothing, workspace

COUNTS = (
    Statement("SELECT count(*) FROM tasks WHERE project_gid = '{Atlas migration}'", 1, 1, lambda w: w.one),
    Statement(
        """SELECT project_gid, count(*) FILTER (WHERE completed) AS done, count(*) FILTER (WHERE NOT completed) AS open
        FROM tasks WHERE project_gid IN ('{Atlas migration}', '{Website relaunch}') GROUP BY 1""",
        2,
        2,
        lambda w: 2 * w.one,
    ),
    Statement(
        "SELECT project_name, count(*) FROM tasks GROUP BY 1",
        17,
        15,
        lambda w: len(w.projects()),
        lambda w: w.one + w.in_workspace("projects"),
    ),
    Statement(
        """SELECT p.name, (SELECT count(*) FROM tasks t WHERE t.project_gid = p.gid AND NOT t.completed) AS open
        FROM projects p WHERE p.team_gid = '{Engineering}'""",
        4,
        4,
        lambda w: w.one + len(w.of_team("Engineering")),
    ),
    Statement(
        """SELECT p.name, count(*) FROM projects p JOIN tasks t ON t.project_gid = p.gid
        WHERE p.team_gid = '{Engineering}' GROUP BY p.name HAVING count(*) > 100""",
        4,
        4,
        lambda w: w.one + len(w.of_team("Engineering")),
    ),
    Statement(
        "SELECT completed, count(*) FROM tasks WHERE project_gid = '{Atlas migration}' GROUP BY ROLLUP (completed)",
        1,
        1,
        lambda w: w.one,
    ),
)

PREDICATES = (
    Statement(
        "SELECT name FROM tasks WHERE project_gid = '{Atlas migration}' AND NOT completed AND assignee_gid IS NULL",
        4,
        4,
        lambda w: w.listed(w.projects("Atlas migration"), incomplete),
    ),
    Statement(
        """SELECT name FROM tasks WHERE project_gid = '{Atlas migration}'
        AND NOT (completed OR due_on IS NULL) AND due_on < date '2026-03-02'""",
        4,
        4,
        lambda w: w.listed(w.projects("Atlas migration"), incomplete),
    ),
    Statement(
        "SELECT name FROM tasks WHERE project_gid = '{Atlas migration}' AND modified_at::date = '2026-03-01'",
        2,
        2,
        lambda w: w.listed(w.projects("Atlas migration"), modified_since("2026-03-01")),
    ),
    Statement(
        """SELECT name FROM tasks WHERE project_gid = '{Atlas migration}'
        AND date_diff('day', completed_at, TIMESTAMPTZ '2026-03-02 00:00+00') < 5""",
        4,
        4,
        lambda w: w.listed(w.projects("Atlas migration"), completed_since("2026-02-25")),
    ),
    Statement(
        "SELECT name FROM tasks WHERE project_gid = {Billing rewrite} AND completed",
        2,
        2,
        lambda w: w.listed(w.projects("Billing rewrite")),
    ),
    Statement(
        "SELECT name, project_name FROM tasks WHERE project_gid IN ('{Onboarding}', '{Single task}', NULL)",
        2,
        2,
        lambda w: w.listed(w.projects("Onboarding", "Single task")),
    ),
    Statement("SELECT name FROM projects WHERE NOT archived AND name > 'O'", 2, 1, lambda w: w.one, workspace),
    Statement(
        """SELECT name FROM tasks WHERE project_gid = '{Atlas migration}' AND assignee_gid = '{Ines Okafor}'
        AND NOT completed""",
        4,
        3,
        lambda w: w.assigned(w.users("Ines Okafor"), incomplete),
        workspace,
    ),
)

NOTHING = (
    Statement("SELECT name FROM tasks WHERE project_gid = '1' AND project_gid = '2'", 0, 0, nothing),
    Statement("SELECT count(*) FROM tasks WHERE completed AND NOT completed", 0, 0, nothing),
    Statement(
        "SELECT t.name FROM tasks t WHERE t.project_gid IN (SELECT project_gid FROM picks WHERE weight > 9)",
        3,
        3,
        nothing,
    ),
    Statement("SELECT text FROM stories WHERE task_gid IN ()", 0, 0, nothing),
    Statement("SELECT * FROM stories LIMIT 0", 0, 0, nothing),
    Statement(
        "DESCRIBE SELECT t.name, s.text FROM tasks t JOIN stories s ON s.task_gid = t.gid",
        0,
        0,
        nothing,
        explained=False,
    ),
    Statement("EXPLAIN SELECT name FROM tasks WHERE project_gid = '{Onboarding}'", 0, 0, nothing, explained=False),
)


STATEMENTS = COUNTS + PREDICATES + NOTHING
