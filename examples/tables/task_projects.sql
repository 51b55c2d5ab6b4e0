-- One row is one project that one task is in, with the project's columns. Name tasks by task_gid, or join the tasks
-- that you mean: without them every task in a project is asked, one request each.

-- Which other projects are the milestones of "Atlas migration" in?
SELECT t.name AS milestone, p.name AS project, p.due_on
FROM tasks AS t
JOIN task_projects AS p ON p.task_gid = t.gid
WHERE t.project_name = 'Atlas migration' AND t.resource_subtype = 'milestone' AND p.gid <> t.project_gid
ORDER BY milestone, project;

-- Which projects are the tasks of Beatriz "Bia" Andorinha in, and how many are in none?
SELECT coalesce(p.name, '(no project)') AS project, count(*) AS tasks
FROM users AS u
JOIN user_tasks AS t ON t.assignee_gid = u.gid
LEFT JOIN task_projects AS p ON p.task_gid = t.gid
WHERE u.name = 'Beatriz "Bia" Andorinha'
GROUP BY ALL
ORDER BY tasks DESC, project;

-- Who owns the projects that the overdue tasks of "Hundred days" are in?
SELECT p.name AS project, p.owner_name AS owner, count(*) AS overdue
FROM task_projects AS p
WHERE p.task_gid IN (
    SELECT gid FROM tasks WHERE project_name = 'Hundred days' AND NOT completed AND due_on < current_date)
GROUP BY ALL
ORDER BY overdue DESC, project;
