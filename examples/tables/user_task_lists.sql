-- One row is the My Tasks of one user in one workspace. Without owner_gid or gid every user is asked.

-- Which list is whose?
SELECT owner_name AS owner, name AS list, gid
FROM user_task_lists
ORDER BY owner;

-- How much is open in the My Tasks of each member of the team "Operations", and what is due first?
SELECT l.owner_name AS owner, count(*) AS open, min(t.due_on) AS next_due
FROM team_memberships AS m
JOIN user_task_lists AS l ON l.owner_gid = m.user_gid
JOIN user_tasks AS t ON t.assignee_gid = l.owner_gid
WHERE m.team_name = 'Operations' AND NOT t.completed
GROUP BY ALL
ORDER BY open DESC, owner;

-- By which gid can asana_user_tasks(user_task_list_gid := …) be asked for the tasks of "Maya Lindqvist"?
SELECT l.gid AS user_task_list_gid, l.workspace_name AS workspace
FROM users AS u
JOIN user_task_lists AS l ON l.owner_gid = u.gid
WHERE u.name = 'Maya Lindqvist';
