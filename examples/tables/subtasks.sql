-- One row is one task directly under another. Without a key all tasks in projects are looked through, so give
-- parent_gid for one level, or asana_subtasks(root_gid := …) for all levels below a task, with depth.

-- What is under the open task with the most subtasks in "Hundred and one nights", on every level?
SET VARIABLE root = (
    SELECT gid
    FROM tasks
    WHERE project_name = 'Hundred and one nights' AND completed = FALSE
    ORDER BY num_subtasks DESC, gid
    LIMIT 1
);
SELECT depth, parent_name AS under, name AS subtask, assignee_name AS assignee, completed
FROM asana_subtasks(root_gid := getvariable('root'))
ORDER BY depth, under, subtask;

-- Which tasks of "Atlas migration" were completed although steps below them are still open?
SELECT t.name AS task, t.completed_at, count(*) AS open_steps
FROM tasks AS t
JOIN subtasks AS s ON s.parent_gid = t.gid
WHERE t.project_name = 'Atlas migration' AND t.completed AND t.num_subtasks > 0 AND NOT s.completed
GROUP BY t.gid, t.name, t.completed_at
ORDER BY open_steps DESC, task;

-- How far are the open milestones of "Website relaunch", counted in their steps?
SELECT t.name AS milestone, t.due_on, count(*) FILTER (s.completed) AS done, count(*) AS steps
FROM tasks AS t
JOIN subtasks AS s ON s.parent_gid = t.gid
WHERE t.project_name = 'Website relaunch' AND t.resource_subtype = 'milestone' AND NOT t.completed
  AND t.num_subtasks > 0
GROUP BY t.gid, t.name, t.due_on
ORDER BY t.due_on, milestone;

-- Which open steps in "Support queue" are assigned to nobody, or are due after the task that they belong to?
SELECT t.name AS task, t.due_on AS task_due, s.name AS step, s.due_on AS step_due, s.assignee_name AS assignee
FROM tasks AS t
JOIN subtasks AS s ON s.parent_gid = t.gid
WHERE t.project_name = 'Support queue' AND t.num_subtasks > 0 AND NOT t.completed AND NOT s.completed
  AND (s.assignee_gid IS NULL OR s.due_on > t.due_on)
ORDER BY task, step;
