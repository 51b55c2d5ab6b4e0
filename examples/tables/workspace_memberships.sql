-- One row is one user in one workspace, with role, vacation and since when. It needs no key; user_gid asks for one
-- user.

-- Who can administer the workspace, and who is in it only as a guest or to look on?
SELECT user_name AS name, is_admin, is_guest, is_view_only
FROM workspace_memberships
WHERE is_admin OR is_guest OR is_view_only
ORDER BY is_admin DESC, name;

-- Who is away today, and until when?
SELECT user_name AS name, vacation_dates.start_on AS since, vacation_dates.end_on AS until
FROM workspace_memberships
WHERE vacation_dates.start_on <= current_date AND coalesce(vacation_dates.end_on, current_date) >= current_date
ORDER BY until NULLS LAST, name;

-- Who is not active, although tasks are still assigned to them?
SELECT m.user_name AS name, count(*) AS open_tasks
FROM workspace_memberships AS m
JOIN user_tasks AS t ON t.assignee_gid = m.user_gid
WHERE NOT m.is_active AND NOT t.completed
GROUP BY ALL
ORDER BY open_tasks DESC;

-- How many people joined in each year, and how many of them are guests?
SELECT year(created_at) AS joined, count(*) AS people, count(*) FILTER (is_guest) AS guests
FROM workspace_memberships
GROUP BY ALL
ORDER BY joined;
