-- One row is one file or link attached to a task, a project or a project's brief. Without a key every task of every
-- project is asked one by one, so name what they hang on, or its kind by parent_resource_type.

-- Which files hang on the open approvals of "Atlas migration"?
SELECT t.name AS task, a.name AS file, a.host, a.created_at, a.view_url
FROM tasks AS t
JOIN attachments AS a ON a.parent_gid = t.gid
WHERE t.project_name = 'Atlas migration' AND t.resource_subtype = 'approval' AND NOT t.completed
ORDER BY task, a.created_at;

-- Which files hang on the projects in use themselves, and not on a task?
SELECT p.name AS project, a.name AS file, a.host, a.permanent_url
FROM projects AS p
JOIN attachments AS a ON a.parent_gid = p.gid
WHERE NOT p.archived
ORDER BY project, file;

-- What takes up the most room on the tasks tagged "customer" that are still open?
SELECT t.name AS task, a.name AS file, round(a.size / 1e6, 1) AS megabytes
FROM tag_tasks AS t
JOIN attachments AS a ON a.parent_gid = t.gid
WHERE t.tag_name = 'customer' AND NOT t.completed AND a.size IS NOT NULL
ORDER BY a.size DESC, file
LIMIT 10;

-- Where are the files kept that belong to what "Atlas migration" completed in the last week, at Asana or elsewhere?
SELECT a.host, count(*) AS files, count(DISTINCT a.parent_gid) AS tasks, max(a.created_at) AS latest
FROM tasks AS t
JOIN attachments AS a ON a.parent_gid = t.gid
WHERE t.project_name = 'Atlas migration' AND t.completed_at >= current_date - 7
GROUP BY ALL
ORDER BY files DESC, host;
