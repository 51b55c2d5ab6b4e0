-- One row is one task template of one project. Without a key every project is asked; project_gid, or what is known of
-- the project, narrows that.

-- Which task templates does "Atlas migration" have, and who made them?
SELECT t.name AS template, t.created_by_name AS made_by, t.created_at
FROM projects AS p
JOIN task_templates AS t ON t.project_gid = p.gid
WHERE p.name = 'Atlas migration'
ORDER BY template;

-- What does a task get that is made from one of them: which name, and how many days to its due date?
SELECT t.name AS template, t.template->>'name' AS task, (t.template->>'relative_due_on')::INT AS days_to_due,
       json_array_length(t.template->'subtasks') AS subtasks
FROM projects AS p
JOIN task_templates AS t ON t.project_gid = p.gid
WHERE p.name = 'Atlas migration'
ORDER BY template;

-- Which projects in use have task templates, and how many?
SELECT t.project_name AS project, count(*) AS templates, max(t.created_at) AS latest
FROM projects AS p
JOIN task_templates AS t ON t.project_gid = p.gid
WHERE NOT p.archived
GROUP BY ALL
ORDER BY templates DESC, project;
