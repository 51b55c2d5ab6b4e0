"""Outer joins, and what of them can be carried."""

from __future__ import annotations

from .least import Least, incomplete
from .model import Statement, workspace


def _open_in_operations(w: Least) -> int:
    return w.one + w.listed(w.of_team("Operations"), incomplete)


STATEMENTS = (
    Statement(
        """SELECT p.name, u.title FROM projects p LEFT JOIN status_updates u
        ON u.parent_gid = p.gid AND u.created_at >= '2026-02-20' WHERE p.team_gid = '{Operations}'""",
        5,
        5,
        lambda w: w.one + w.pages("status_updates", w.of_team("Operations")),
    ),
    Statement(
        """SELECT p.name, u.title FROM projects p LEFT JOIN status_updates u ON u.parent_gid = p.gid
        WHERE u.parent_gid = '{Hundred days}' AND u.status_type = 'off_track'""",
        2,
        2,
        lambda w: w.one + w.one,
    ),
    Statement(
        """SELECT name FROM projects p WHERE team_gid = '{Operations}' AND NOT EXISTS (
            SELECT 1 FROM status_updates u WHERE u.parent_gid = p.gid AND u.created_at >= '2026-02-20')""",
        5,
        5,
        lambda w: w.one + w.pages("status_updates", w.of_team("Operations")),
    ),
    Statement(
        """SELECT s.name, count(t.gid) FROM sections s FULL JOIN tasks t
        ON t.section_gid = s.gid AND t.project_gid = '{Onboarding}' WHERE s.project_gid = '{Onboarding}' GROUP BY 1""",
        5,
        5,
        lambda w: w.one + w.listed(w.projects("Onboarding")),
    ),
    Statement(
        """SELECT p.name, t.name FROM tasks t RIGHT JOIN projects p ON t.project_gid = p.gid AND NOT t.completed
        WHERE p.team_gid = '{Operations}'""",
        5,
        5,
        _open_in_operations,
    ),
    Statement(
        """SELECT p.name, t.name FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid
        WHERE p.team_gid = '{Operations}' AND NOT t.completed""",
        5,
        5,
        _open_in_operations,
    ),
    Statement(
        """SELECT p.name, latest.name FROM projects p, LATERAL (
            SELECT t.name FROM tasks t WHERE t.project_gid = p.gid AND NOT t.completed
            ORDER BY t.modified_at DESC LIMIT 2) latest WHERE p.team_gid = '{Operations}'""",
        5,
        5,
        _open_in_operations,
    ),
    Statement(
        """SELECT name FROM users u WHERE EXISTS (
            SELECT 1 FROM tasks t WHERE t.assignee_gid = u.gid AND t.project_gid = '{Quiet research}'
            AND t.due_on < '2026-03-01' AND NOT t.completed)""",
        3,
        2,
        lambda w: w.in_workspace("users") + w.listed(w.projects("Quiet research"), incomplete),
        workspace,
    ),
    Statement(
        """SELECT gid, name FROM tasks WHERE project_gid = '{Onboarding}'
        INTERSECT SELECT gid, name FROM user_tasks
        WHERE assignee_gid = (SELECT gid FROM users WHERE email LIKE 'maya%')""",
        5,
        4,
        lambda w: w.listed(w.projects("Onboarding")) + w.in_workspace("users") + w.assigned(w.users("Maya Lindqvist")),
        workspace,
    ),
    Statement(
        """SELECT name FROM tasks t WHERE project_gid = '{Onboarding}' AND assignee_gid NOT IN (
            SELECT user_gid FROM team_memberships WHERE team_gid = '{Operations}')""",
        2,
        2,
        lambda w: w.listed(w.projects("Onboarding")) + w.one,
    ),
)
