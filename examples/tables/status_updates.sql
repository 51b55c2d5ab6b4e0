-- One row is one status update of a project, a portfolio or a goal. Without a key all of these are asked;
-- parent_resource_type or parent_gid narrows that, and created_at what each of them sends.

-- Which projects in use are at risk or off track by their latest update, and who says so?
SELECT p.name AS project, s.created_at, s.status_type AS status, s.title, s.author_name AS author
FROM projects AS p
JOIN status_updates AS s ON s.parent_gid = p.gid AND s.gid = p.current_status_update.gid
WHERE NOT p.archived AND s.status_type IN ('at_risk', 'off_track')
ORDER BY s.created_at DESC;

-- How has "Atlas migration" stood so far, update by update?
SELECT s.created_at, s.status_type AS status, s.author_name AS author, s.text
FROM projects AS p
JOIN status_updates AS s ON s.parent_gid = p.gid
WHERE p.name = 'Atlas migration'
ORDER BY s.created_at;

-- Which projects in use have not been reported on for four weeks, or never?
SELECT p.name AS project, p.owner_name AS owner, max(s.created_at) AS last_reported
FROM projects AS p
LEFT JOIN status_updates AS s ON s.parent_gid = p.gid
WHERE NOT p.archived
GROUP BY p.gid, p.name, p.owner_name
HAVING last_reported IS NULL OR last_reported < current_date - 28
ORDER BY last_reported NULLS FIRST, project;

-- What was reported of goals in the last half year?
SELECT parent_name AS goal, created_at, status_type AS status, author_name AS author, num_likes AS likes
FROM status_updates
WHERE parent_resource_type = 'goal' AND created_at >= current_date - 180
ORDER BY created_at DESC;
