-- Who has how much left to do in one project, and how much of it is late.
--     asanaql --demo -f examples/open_tasks_by_assignee.sql
SELECT coalesce(assignee_name, '(nobody)') AS assignee,
       count(*) AS open,
       count(*) FILTER (due_on IS NULL) AS without_due_date
FROM tasks
WHERE project_name = 'Atlas migration' AND completed = FALSE
GROUP BY ALL
ORDER BY open DESC, assignee;
