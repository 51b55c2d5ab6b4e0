-- Which steps are left before each open milestone of "Atlas migration"?
SELECT m.name AS milestone, m.due_on, s.name AS step, s.assignee_name AS assignee
FROM tasks AS m
JOIN subtasks AS s ON s.parent_gid = m.gid
WHERE m.project_name = 'Atlas migration' AND m.resource_subtype = 'milestone' AND m.num_subtasks > 0
  AND NOT m.completed AND NOT s.completed
ORDER BY m.due_on, milestone, step;
