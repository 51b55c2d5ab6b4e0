-- One row is one task that waits for another, the one named by task_gid, with its columns; it needs a paid Asana
-- plan. Without task_gid every task in a project that others wait for is asked.

-- Who waits for the overdue tasks of "Atlas migration"?
SELECT t.name AS overdue, t.due_on, d.name AS waiting, d.assignee_name AS who
FROM tasks AS t
JOIN task_dependents AS d ON d.task_gid = t.gid
WHERE t.project_name = 'Atlas migration' AND NOT t.completed AND t.due_on < current_date AND NOT d.completed
ORDER BY t.due_on, waiting;

-- What can go on since "Website relaunch" completed what it waited for?
SELECT t.completed_at, t.name AS done, d.name AS can_go_on, d.assignee_name AS who
FROM tasks AS t
JOIN task_dependents AS d ON d.task_gid = t.gid
WHERE t.project_name = 'Website relaunch' AND t.completed AND NOT d.completed
ORDER BY t.completed_at DESC, can_go_on;

-- Which milestones do most tasks wait for?
SELECT t.project_name AS project, t.name AS milestone, count(*) AS waiting
FROM tasks AS t
JOIN task_dependents AS d ON d.task_gid = t.gid
WHERE t.resource_subtype = 'milestone'
GROUP BY t.gid, t.project_name, t.name
ORDER BY waiting DESC, project, milestone;
