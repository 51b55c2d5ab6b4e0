-- Which tasks in the projects of the team "Operations" slipped, and who should be asked about them?
SELECT p.name AS project, t.name AS task, current_date - t.due_on AS days_late,
       coalesce(t.assignee_name, p.owner_name) AS ask
FROM projects AS p
JOIN tasks AS t ON t.project_gid = p.gid
WHERE p.team_name = 'Operations' AND NOT p.archived AND NOT t.completed AND t.due_on < current_date
ORDER BY days_late DESC, project, task;
