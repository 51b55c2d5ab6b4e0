-- One row is one comment on, or one change of, a task or a goal. Without a key every task of every project is asked one
-- by one, so name the tasks or what is known of them; asana_stories(access_path := 'goal') asks the goals only.

-- What has been said in the last seven days on the late tasks of "Support queue"?
SELECT t.name AS task, s.created_at, s.created_by_name AS who, s.text AS said
FROM tasks AS t
JOIN stories AS s ON s.task_gid = t.gid
WHERE t.project_name = 'Support queue' AND NOT t.completed AND t.due_on < current_date
  AND s.type = 'comment' AND s.created_at >= current_date - 7
ORDER BY s.created_at DESC;

-- How often was each open, late task of "Support queue" put off, and from which day?
SELECT t.name AS task, t.due_on, count(*) AS put_off, min(s.old_dates.due_on) AS first_due
FROM tasks AS t
JOIN stories AS s ON s.task_gid = t.gid
WHERE t.project_name = 'Support queue' AND NOT t.completed AND t.due_on < current_date
  AND s.resource_subtype = 'due_date_changed' AND s.new_dates.due_on > s.old_dates.due_on
GROUP BY t.gid, t.name, t.due_on
ORDER BY put_off DESC, task;

-- Who has changed what on the open tasks of "Hundred and one nights" that were touched in the last month?
SELECT s.created_by_name AS who, s.resource_subtype AS change, count(*) AS times
FROM tasks AS t
JOIN stories AS s ON s.task_gid = t.gid
WHERE t.project_name = 'Hundred and one nights' AND NOT t.completed AND t.modified_at >= current_date - 30
  AND s.type = 'system' AND s.created_by_gid IS NOT NULL AND s.created_at >= current_date - 30
GROUP BY ALL
ORDER BY times DESC, who, change;

-- What is being said about the goals, the latest first?
SELECT target_name AS goal, created_at, created_by_name AS who, text AS said
FROM asana_stories(access_path := 'goal')
WHERE type = 'comment'
ORDER BY created_at DESC;
