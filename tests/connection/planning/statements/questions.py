"""The questions that people ask across relations, each in several spellings."""

from __future__ import annotations

from .least import Least, divided, incomplete, milestone, modified_since
from .model import Statement, workspace

_LATELY = modified_since("2026-03-01T12:00")


def _late_comments(w: Least) -> int:
    projects = w.projects("Website relaunch")
    return (
        w.in_workspace("projects") + w.listed(projects, _LATELY) + w.pages("task.stories", w.tasks(projects, _LATELY))
    )


def _workload(w: Least) -> int:
    return w.in_workspace("teams") + w.one + w.assigned(w.members("Operations"), incomplete)


def _under_milestones(w: Least) -> int:
    projects = w.projects("Website relaunch")
    return w.listed(projects, incomplete) + w.pages(
        "task.subtasks", w.tasks(projects, lambda t: milestone(t) and divided(t))
    )


COMMENTS = (
    Statement(
        """SELECT p.name, t.name, s.created_by_name, s.text
        FROM stories s JOIN tasks t ON s.task_gid = t.gid JOIN projects p ON p.gid = t.project_gid
        WHERE p.name ILIKE '%launch%' AND t.modified_at >= '2026-03-01 12:00' AND s.type = 'comment'""",
        30,
        29,
        _late_comments,
        workspace,
    ),
    Statement(
        """SELECT t.name, s.text FROM projects p, tasks t, stories s
        WHERE p.gid = t.project_gid AND t.gid = s.task_gid AND lower(p.name) LIKE '%launch'
        AND t.modified_at >= '2026-03-01 12:00' AND s.created_at >= '2026-02-23'""",
        30,
        29,
        _late_comments,
        workspace,
    ),
    Statement(
        """SELECT text, created_at FROM stories WHERE type = 'comment' AND task_gid IN (
            SELECT gid FROM tasks WHERE modified_at >= '2026-03-01 12:00'
            AND project_gid IN (SELECT gid FROM projects WHERE name ILIKE '%launch%'))""",
        30,
        29,
        _late_comments,
        workspace,
    ),
    Statement(
        """SELECT s.gid FROM stories s WHERE EXISTS (
            SELECT 1 FROM tasks t JOIN projects p ON p.gid = t.project_gid
            WHERE t.gid = s.task_gid AND p.name ILIKE '%launch%' AND t.modified_at >= '2026-03-01 12:00')""",
        30,
        29,
        _late_comments,
        workspace,
    ),
    Statement(
        """SELECT project, titled, text FROM stories
        JOIN (SELECT gid AS task_gid, project_gid, name AS titled FROM tasks WHERE modified_at >= '2026-03-01 12:00') t
        USING (task_gid)
        JOIN (SELECT gid AS project_gid, name AS project FROM projects WHERE name ILIKE '%launch%') p
        ON t.project_gid = p.project_gid""",
        30,
        29,
        _late_comments,
        workspace,
    ),
    Statement(
        """WITH launch AS (SELECT gid FROM projects WHERE name ILIKE '%launch%'),
        fresh AS (SELECT gid, name FROM tasks
            WHERE project_gid IN (FROM launch) AND modified_at >= '2026-03-01 12:00')
        SELECT f.name, count(s.gid) FROM fresh f LEFT JOIN stories s ON s.task_gid = f.gid GROUP BY ALL
        UNION ALL SELECT 'in all', count(*) FROM fresh""",
        30,
        29,
        _late_comments,
        workspace,
    ),
)

WORKLOAD = (
    Statement(
        """SELECT m.user_name, count(*) FROM teams JOIN team_memberships m ON m.team_gid = teams.gid
        JOIN user_tasks t ON t.assignee_gid = m.user_gid
        WHERE teams.name = 'Operations' AND NOT t.completed GROUP BY 1""",
        8,
        7,
        _workload,
        workspace,
    ),
    Statement(
        """SELECT assignee_name, count(*) FROM user_tasks WHERE completed IS NOT TRUE AND assignee_gid IN (
            SELECT user_gid FROM team_memberships WHERE team_gid = (SELECT gid FROM teams WHERE name = 'Operations'))
        GROUP BY 1""",
        8,
        7,
        _workload,
        workspace,
    ),
    Statement(
        """SELECT m.user_name, count(t.gid) FROM team_memberships m
        LEFT JOIN user_tasks t ON t.assignee_gid = m.user_gid AND t.completed = false
        WHERE m.team_gid = '{Operations}' GROUP BY 1""",
        7,
        6,
        lambda w: w.one + w.assigned(w.members("Operations"), incomplete),
        workspace,
    ),
    Statement(
        """SELECT u.email, t.due_on, t.name FROM teams
        JOIN team_memberships m ON m.team_gid = teams.gid JOIN users u ON u.gid = m.user_gid
        JOIN user_tasks t ON t.assignee_gid = u.gid
        WHERE teams.name LIKE 'People%' AND t.due_on < '2026-03-01' AND NOT t.completed""",
        6,
        5,
        lambda w: (
            w.in_workspace("teams") + w.one + w.in_workspace("users") + w.assigned(w.members("People 🌱"), incomplete)
        ),
        workspace,
    ),
    Statement(
        """SELECT name FROM user_tasks t SEMI JOIN team_memberships m
        ON m.user_gid = t.assignee_gid AND m.team_gid = '{People 🌱}' WHERE NOT completed""",
        4,
        3,
        lambda w: w.one + w.assigned(w.members("People 🌱"), incomplete),
        workspace,
    ),
    Statement(
        """SELECT name FROM users ANTI JOIN (
            SELECT user_gid AS gid FROM team_memberships WHERE team_gid = '{Engineering}') USING (gid)""",
        3,
        2,
        lambda w: w.in_workspace("users") + w.one,
        workspace,
    ),
    Statement(
        """SELECT user_name, team, visibility FROM team_memberships
        NATURAL JOIN (SELECT gid AS team_gid, name AS team, visibility FROM teams WHERE name ILIKE 'op%')""",
        3,
        2,
        lambda w: w.in_workspace("teams") + w.one,
        workspace,
    ),
)

MILESTONES = (
    Statement(
        """SELECT t.name, s.name FROM tasks t JOIN subtasks s ON s.parent_gid = t.gid
        WHERE t.project_gid = '{Website relaunch}' AND t.resource_subtype = 'milestone' AND NOT t.completed""",
        3,
        3,
        _under_milestones,
    ),
    Statement(
        """SELECT t.name, count(s.gid) FROM tasks t LEFT JOIN subtasks s ON s.parent_gid = t.gid
        WHERE t.project_gid = '{Website relaunch}' AND t.resource_subtype = 'milestone' AND NOT t.completed
        GROUP BY ALL""",
        3,
        3,
        _under_milestones,
    ),
    Statement(
        """SELECT name FROM subtasks s RIGHT JOIN (
            SELECT gid FROM tasks WHERE project_gid = '{Website relaunch}' AND completed IS NOT TRUE
            AND resource_subtype = 'milestone') t ON t.gid = s.parent_gid WHERE s.gid IS NOT NULL""",
        3,
        3,
        _under_milestones,
    ),
    Statement(
        """SELECT name, (SELECT count(*) FROM subtasks s WHERE s.parent_gid = t.gid AND NOT s.completed) AS steps
        FROM tasks t WHERE project_gid = '{Website relaunch}' AND resource_subtype = 'milestone' AND NOT completed""",
        3,
        3,
        _under_milestones,
    ),
    Statement(
        """SELECT child.name, parent.name FROM tasks child JOIN tasks parent ON child.parent_gid = parent.gid
        WHERE child.project_gid = '{Atlas migration}' AND parent.project_gid = '{Atlas migration}'
        AND parent.completed AND child.completed = false""",
        11,
        11,
        lambda w: w.listed(w.projects("Atlas migration")),
    ),
    Statement(
        """SELECT child.name, parent.name, parent.project_name
        FROM tasks child LEFT JOIN tasks parent ON parent.gid = child.parent_gid
        WHERE child.project_gid = '{Hundred days}' AND child.parent_gid IS NOT NULL""",
        4,
        4,
        lambda w: w.listed(w.projects("Hundred days")) + w.parents_elsewhere("Hundred days"),
    ),
)

STATEMENTS = COMMENTS + WORKLOAD + MILESTONES
