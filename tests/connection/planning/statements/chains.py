"""Chains of two, three and four relations."""

from __future__ import annotations

from .least import divided, incomplete, milestone, modified_since
from .model import Statement, workspace

_LATELY = modified_since("2026-03-01T12:00")

STATEMENTS = (
    Statement(
        """SELECT i.name, count(*) FROM portfolios f JOIN portfolio_items i ON i.portfolio_gid = f.gid
        JOIN tasks t ON t.project_gid = i.gid
        WHERE f.name = 'Platform' AND i.resource_type = 'project' AND t.due_on < '2026-03-02' AND NOT t.completed
        GROUP BY 1""",
        8,
        7,
        lambda w: w.one + w.one + w.listed(w.in_portfolio("Platform"), incomplete),
        workspace,
    ),
    Statement(
        """SELECT t.name, s.created_by_name, s.text FROM portfolios f
        JOIN portfolio_items i ON i.portfolio_gid = f.gid
        JOIN tasks t ON t.project_gid = i.gid JOIN stories s ON s.task_gid = t.gid
        WHERE f.name LIKE 'Nested%' AND t.modified_at > '2026-03-01 12:00' AND s.type = 'comment'""",
        22,
        21,
        lambda w: (
            w.one
            + w.one
            + w.listed(w.in_portfolio("Nested: smaller bets"), _LATELY)
            + w.pages("task.stories", w.tasks(w.in_portfolio("Nested: smaller bets"), _LATELY))
        ),
        workspace,
    ),
    Statement(
        """SELECT p.name, t.name, s.name FROM teams m JOIN projects p ON p.team_gid = m.gid
        JOIN tasks t ON t.project_gid = p.gid JOIN subtasks s ON s.parent_gid = t.gid
        WHERE m.name = 'Engineering' AND t.resource_subtype = 'milestone' AND NOT t.completed""",
        11,
        10,
        lambda w: (
            w.in_workspace("teams")
            + w.one
            + w.listed(w.of_team("Engineering"), incomplete)
            + w.pages("task.subtasks", w.tasks(w.of_team("Engineering"), lambda t: milestone(t) and divided(t)))
        ),
        workspace,
    ),
    Statement(
        """SELECT s.name, t.name FROM projects p JOIN sections s ON s.project_gid = p.gid
        JOIN tasks t ON t.section_gid = s.gid
        WHERE p.name = 'Website relaunch' AND s.name IN ('Ideas', 'Blocked')""",
        5,
        4,
        lambda w: w.in_workspace("projects") + w.one + w.one + w.one,
        workspace,
    ),
    Statement(
        """SELECT g.name, t.name FROM tags g JOIN tag_tasks t ON t.tag_gid = g.gid
        WHERE g.name IN ('urgent', 'été') AND t.due_on BETWEEN '2026-03-01' AND '2026-03-08'""",
        5,
        4,
        lambda w: w.in_workspace("tags") + w.pages("tag.tasks", w.tags("urgent", "été")),
        workspace,
    ),
    Statement(
        """SELECT a.name, a.size, t.name FROM attachments a JOIN tasks t ON t.gid = a.parent_gid
        WHERE t.project_gid = '{Hundred and one nights}' AND t.resource_subtype = 'milestone' AND NOT t.completed""",
        5,
        5,
        lambda w: (
            w.listed(w.projects("Hundred and one nights"), incomplete)
            + w.pages("attachments", w.tasks(w.projects("Hundred and one nights"), milestone))
        ),
    ),
    Statement(
        """SELECT g.name, u.email FROM goals g JOIN users u ON u.gid = g.owner_gid WHERE g.status = 'red'""",
        3,
        2,
        lambda w: w.one + w.one,
        workspace,
    ),
    Statement(
        """SELECT t.name, u.email FROM tasks t JOIN users u ON u.gid = t.assignee_gid
        WHERE t.project_gid = '{Support queue}' AND NOT t.completed AND u.email LIKE 'ines%'""",
        3,
        2,
        lambda w: w.one + w.listed(w.projects("Support queue"), incomplete),
        workspace,
    ),
)
