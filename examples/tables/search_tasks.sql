-- One row is one task of one workspace that Asana's search finds, in a project or not. It needs a paid Asana plan; the
-- search lags behind Asana by up to a minute and takes sixty requests a minute, each for a hundred tasks.

-- Which ten tasks of the whole workspace changed last?
SELECT modified_at, name, assignee_name, completed
FROM search_tasks
ORDER BY modified_at DESC
LIMIT 10;

-- What is more than a month late, whoever has it and wherever it is?
SELECT due_on, current_date - due_on AS days_late, name, coalesce(assignee_name, 'nobody') AS assignee
FROM search_tasks
WHERE completed = FALSE AND due_on < current_date - 30
ORDER BY due_on, name
LIMIT 20;

-- Which open tasks speak of the launch plan and wait for another task?
SELECT name, assignee_name, due_on, permalink_url
FROM asana_search_tasks(text := 'launch plan', is_blocked := TRUE, completed := FALSE)
ORDER BY due_on NULLS LAST, name;

-- How many tasks of "Atlas migration" have high priority, which is a custom field, and how many of them are done?
SET VARIABLE atlas = (SELECT gid FROM projects WHERE name = 'Atlas migration');
SET VARIABLE high = (
    SELECT f.gid || '.value=' || list_filter(f.enum_options, lambda o: o.name = 'High')[1].gid
    FROM custom_fields AS f
    WHERE f.name = 'Priority'
);
SELECT count(*) AS tasks, count(*) FILTER (completed) AS done
FROM asana_search_tasks(project_gid := getvariable('atlas'), custom_field := getvariable('high'));

-- Who commented on the five tasks that changed last?
SELECT t.name AS task, s.created_by_name AS who, s.created_at, s.text
FROM (SELECT gid, name FROM search_tasks ORDER BY modified_at DESC LIMIT 5) AS t
JOIN stories AS s ON s.task_gid = t.gid
WHERE s.type = 'comment'
ORDER BY s.created_at DESC;
