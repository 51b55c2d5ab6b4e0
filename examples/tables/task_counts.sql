-- One row is one project with the numbers of its tasks. It needs no key, but each number costs much of Asana's quota:
-- read only those that you need.

-- How far is each project in use?
SELECT p.name AS project, c.num_tasks AS tasks,
       round(100 * c.num_completed_tasks / nullif(c.num_tasks, 0))::INT AS percent
FROM projects AS p
JOIN task_counts AS c ON c.project_gid = p.gid
WHERE NOT p.archived
ORDER BY percent DESC NULLS LAST, project;

-- Which projects have milestones left, and how many?
SELECT project_name AS project, num_incomplete_milestones AS milestones_left
FROM task_counts
WHERE num_incomplete_milestones > 0
ORDER BY milestones_left DESC, project;

-- How much is open in each team?
SELECT coalesce(p.team_name, '(no team)') AS team, sum(c.num_incomplete_tasks) AS open
FROM projects AS p
JOIN task_counts AS c ON c.project_gid = p.gid
GROUP BY ALL
ORDER BY open DESC, team;
