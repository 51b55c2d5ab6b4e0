"""DISTINCT ON, QUALIFY, PIVOT, windows, recursion, LIMIT: what opens a relation in unusual ways."""

from __future__ import annotations

from .least import incomplete
from .model import Statement, workspace

STATEMENTS = (
    Statement(
        """SELECT DISTINCT ON (section_gid) section_name, name, due_on FROM tasks
        WHERE project_gid = '{Website relaunch}' AND due_on IS NOT NULL AND completed IS NOT TRUE
        ORDER BY section_gid, due_on, gid""",
        2,
        2,
        lambda w: w.listed(w.projects("Website relaunch"), incomplete),
    ),
    Statement(
        """SELECT t.assignee_name, t.name FROM tasks t JOIN projects p ON p.gid = t.project_gid
        WHERE p.name = 'Support queue' AND NOT t.completed
        QUALIFY row_number() OVER (PARTITION BY t.assignee_gid ORDER BY t.due_on NULLS LAST, t.gid) = 1""",
        3,
        2,
        lambda w: w.in_workspace("projects") + w.listed(w.projects("Support queue"), incomplete),
        workspace,
    ),
    Statement(
        """PIVOT (SELECT assignee_name, resource_subtype FROM tasks WHERE project_gid = '{Billing rewrite}')
        ON resource_subtype USING count(*)""",
        2,
        2,
        lambda w: w.listed(w.projects("Billing rewrite")),
        explained=False,
    ),
    Statement(
        """SELECT name, modified_at - lag(modified_at) OVER (ORDER BY modified_at, gid) FROM tasks
        WHERE project_gid IN (SELECT gid FROM projects WHERE team_gid = '{People 🌱}')""",
        4,
        4,
        lambda w: w.one + w.listed(w.of_team("People 🌱")),
    ),
    Statement(
        """WITH RECURSIVE tree AS (
            SELECT gid, name, 0 AS depth FROM tasks WHERE project_gid = '{Atlas migration}' AND parent_gid IS NULL
            UNION ALL SELECT t.gid, t.name, depth + 1 FROM tasks t JOIN tree ON t.parent_gid = tree.gid
            WHERE t.project_gid = '{Atlas migration}')
        SELECT depth, count(*) FROM tree GROUP BY 1""",
        7,
        7,
        lambda w: w.listed(w.projects("Atlas migration")),
    ),
    Statement(
        """WITH RECURSIVE inside AS (
            SELECT gid, name FROM portfolios WHERE name = 'Company bets'
            UNION SELECT i.gid, i.name FROM portfolio_items i JOIN inside ON i.portfolio_gid = inside.gid)
        SELECT name FROM inside""",
        5,
        4,
        lambda w: 3 * w.one,
        workspace,
    ),
    Statement(
        """WITH t AS (SELECT gid, name, parent_gid, due_on FROM tasks WHERE project_gid = '{Atlas migration}')
        SELECT a.name, b.name FROM t a JOIN t b ON a.due_on = b.due_on AND a.gid < b.gid
        WHERE a.name = b.name UNION SELECT name, NULL FROM t WHERE parent_gid IS NOT NULL""",
        7,
        7,
        lambda w: w.listed(w.projects("Atlas migration")),
    ),
    Statement(
        "SELECT name FROM tasks WHERE project_gid = '{Atlas migration}' ORDER BY modified_at DESC, gid LIMIT 5",
        7,
        7,
        lambda w: w.listed(w.projects("Atlas migration")),
    ),
    Statement(
        "SELECT count(name) FROM (SELECT name FROM tasks WHERE project_gid = '{Atlas migration}' LIMIT 7)",
        1,
        1,
        lambda w: w.one,
    ),
    Statement(
        """SELECT count(name) FROM (SELECT t.name FROM projects p JOIN tasks t ON t.project_gid = p.gid
        WHERE p.team_gid = '{Operations}' LIMIT 5)""",
        2,
        2,
        lambda w: w.one + w.one,
    ),
)
