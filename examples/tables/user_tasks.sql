-- One row is one task assigned to one user, in a project or not. Without a key every user is asked; assignee_gid
-- narrows it to one, and only tasks that the token can see are shown.

-- What does Maya Lindqvist have to do this week, and what is late already?
SELECT t.name AS task, t.due_on, t.due_on < current_date AS late
FROM users AS u
JOIN user_tasks AS t ON t.assignee_gid = u.gid
WHERE u.name = 'Maya Lindqvist' AND NOT t.completed AND t.due_on < current_date + 7
ORDER BY t.due_on, task;

-- What has everybody in the team "Operations" completed in the last two weeks?
SELECT t.assignee_name AS who, count(*) AS completed, list(t.name ORDER BY t.completed_at, t.name) AS tasks
FROM teams AS g
JOIN team_memberships AS m ON m.team_gid = g.gid
JOIN user_tasks AS t ON t.assignee_gid = m.user_gid
WHERE g.name = 'Operations' AND t.completed_at >= current_date - 14
GROUP BY ALL
ORDER BY completed DESC, who;

-- Whose open tasks are in no project, so that no project's list shows them?
SELECT assignee_name AS assignee, count(*) AS tasks, min(created_at) AS oldest
FROM user_tasks
WHERE NOT completed AND len(projects) = 0 AND parent_gid IS NULL
GROUP BY ALL
ORDER BY tasks DESC, assignee;

-- Who has more than one task due on the same day of the next two weeks?
SELECT assignee_name AS assignee, due_on, count(*) AS tasks
FROM user_tasks
WHERE NOT completed AND due_on BETWEEN current_date AND current_date + 14
GROUP BY ALL
HAVING count(*) > 1
ORDER BY tasks DESC, due_on, assignee;
