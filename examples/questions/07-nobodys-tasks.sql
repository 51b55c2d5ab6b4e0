-- Which projects in use have open tasks that are due within two weeks and assigned to nobody?
SELECT p.name AS project, p.owner_name AS owner, count(*) AS unassigned, min(t.due_on) AS next_due
FROM projects AS p
JOIN tasks AS t ON t.project_gid = p.gid
WHERE NOT p.archived AND NOT t.completed AND t.assignee_gid IS NULL
  AND t.due_on BETWEEN current_date AND current_date + 14
GROUP BY ALL
ORDER BY unassigned DESC, project;
