-- One row is the task that has one custom id, such as OKA-12, handed out by a custom field of ids; it needs a paid
-- Asana plan and custom_id. Columns that Asana sends only where it is asked for them are in the other relations of
-- tasks.

-- What is OKA-7, whose is it, and is it done?
SELECT custom_id, name AS task, assignee_name AS assignee, due_on, completed
FROM custom_id_tasks
WHERE custom_id = 'OKA-7';

-- Where are several of them?
SELECT custom_id, name AS task, list_transform(memberships, lambda m: m.project.name) AS projects
FROM custom_id_tasks
WHERE custom_id IN ('OKA-1', 'OKA-2', 'OKA-3')
ORDER BY custom_id;

-- What was said about OKA-7?
SELECT s.created_at, s.created_by_name AS who, s.resource_subtype AS what, s.text
FROM custom_id_tasks AS t
JOIN stories AS s ON s.task_gid = t.gid
WHERE t.custom_id = 'OKA-7'
ORDER BY s.created_at;
