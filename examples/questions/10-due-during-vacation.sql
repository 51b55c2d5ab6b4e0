-- Which tasks fall due while the one they are assigned to is on vacation?
SELECT m.user_name AS away, m.vacation_dates.end_on AS until, t.name AS task, t.due_on
FROM workspace_memberships AS m
JOIN user_tasks AS t ON t.assignee_gid = m.user_gid
WHERE m.vacation_dates.end_on >= current_date AND NOT t.completed
  AND t.due_on BETWEEN m.vacation_dates.start_on AND m.vacation_dates.end_on
ORDER BY t.due_on, away, task;
