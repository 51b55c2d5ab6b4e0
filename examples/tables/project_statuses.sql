-- One row is one status update of one project in the old form; status_updates has the same, and more, in the new one.
-- Without project_gid every project is asked.

-- How does each project stand, by its latest status, and how old is that?
SELECT project_name AS project, arg_max(color, created_at) AS color, current_date - max(created_at)::DATE AS days_old
FROM project_statuses
GROUP BY project_gid, project_name
ORDER BY days_old DESC, project;

-- What was said of "Atlas migration", by whom and when?
SELECT s.created_at, s.author_name AS author, s.color, s.title, s.text
FROM projects AS p
JOIN project_statuses AS s ON s.project_gid = p.gid
WHERE p.name = 'Atlas migration'
ORDER BY s.created_at DESC;

-- How often did projects report each state?
SELECT color, count(*) AS statuses, count(DISTINCT project_gid) AS projects
FROM project_statuses
GROUP BY ALL
ORDER BY statuses DESC, color;

-- Which projects in use never reported anything?
SELECT name AS project
FROM projects
WHERE NOT archived AND gid NOT IN (SELECT project_gid FROM project_statuses)
ORDER BY project;
