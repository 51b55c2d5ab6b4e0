-- One row is one task that must be done before another, the one named by task_gid, with its columns; it needs a paid
-- Asana plan. Without task_gid every task in a project that has a dependency is asked.

-- What blocks the open tasks of "Atlas migration", and who has it?
SELECT t.name AS task, d.name AS waits_for, d.assignee_name AS who, d.due_on
FROM tasks AS t
JOIN task_dependencies AS d ON d.task_gid = t.gid
WHERE t.project_name = 'Atlas migration' AND NOT t.completed AND NOT d.completed
ORDER BY d.due_on NULLS LAST, task;

-- Which tasks of "Website relaunch" are due before what they wait for?
SELECT t.name AS task, t.due_on, d.name AS waits_for, d.due_on AS that_is_due
FROM tasks AS t
JOIN task_dependencies AS d ON d.task_gid = t.gid
WHERE t.project_name = 'Website relaunch' AND t.due_on < d.due_on
ORDER BY t.due_on, task;

-- Which open tasks of "Support queue" could be begun now, as all that they waited for is done?
SELECT t.name AS task, t.assignee_name AS assignee, max(d.completed_at) AS free_since
FROM tasks AS t
JOIN task_dependencies AS d ON d.task_gid = t.gid
WHERE t.project_name = 'Support queue' AND NOT t.completed
GROUP BY t.gid, t.name, t.assignee_name
HAVING bool_and(d.completed)
ORDER BY free_since DESC, task;
