-- One row is the My Tasks of one user in one workspace. Without owner_gid or gid every user is asked.

-- Which list is whose?
SELECT owner_name AS owner, name AS list, gid
FROM user_task_lists
ORDER BY owner;

-- What is open in the My Tasks of "Maya Lindqvist"?
SET VARIABLE list = (
    SELECT l.gid FROM users AS u JOIN user_task_lists AS l ON l.owner_gid = u.gid WHERE u.name = 'Maya Lindqvist');
SELECT name AS task, due_on, list_transform(projects, lambda p: p.name) AS projects
FROM asana_user_tasks(user_task_list_gid := getvariable('list'))
WHERE NOT completed
ORDER BY due_on NULLS LAST, task;

-- Which lists belong to members of the team "Operations"?
SELECT m.user_name AS member, l.gid AS user_task_list_gid
FROM team_memberships AS m
JOIN user_task_lists AS l ON l.owner_gid = m.user_gid
WHERE m.team_name = 'Operations'
ORDER BY member;
