-- What was said in the last week on the open tasks of projects called something with "launch"?
SELECT t.project_name AS project, t.name AS task, s.created_at, s.created_by_name AS who, s.text AS said
FROM projects AS p
JOIN tasks AS t ON t.project_gid = p.gid
JOIN stories AS s ON s.task_gid = t.gid
WHERE p.name ILIKE '%launch%' AND NOT t.completed
  AND s.resource_subtype = 'comment_added' AND s.created_at >= current_date - 7
ORDER BY s.created_at DESC;
