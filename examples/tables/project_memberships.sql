-- One row is one user or team that is a member of one project. Without project_gid every project is asked; user_gid
-- narrows what each is asked for.

-- Who are the members of "Website relaunch", and what may they do?
SELECT m.member_name AS member, m.member_resource_type AS kind, m.access_level
FROM projects AS p
JOIN project_memberships AS m ON m.project_gid = p.gid
WHERE p.name = 'Website relaunch'
ORDER BY kind, member;

-- How many people and teams does each project in use have, and how many may edit it?
SELECT p.name AS project, count(m.user_gid) AS people, count(*) - count(m.user_gid) AS teams,
       count(*) FILTER (m.access_level IN ('admin', 'editor')) AS may_edit
FROM projects AS p
JOIN project_memberships AS m ON m.project_gid = p.gid
WHERE NOT p.archived
GROUP BY p.gid, p.name
ORDER BY people DESC, project;

-- Who has open tasks in "Hundred days" without being a member of it?
SELECT t.assignee_name AS assignee, count(*) AS open
FROM tasks AS t
WHERE t.project_name = 'Hundred days' AND NOT t.completed AND t.assignee_gid IS NOT NULL
  AND t.assignee_gid NOT IN (
      SELECT m.user_gid
      FROM project_memberships AS m
      WHERE m.user_gid IS NOT NULL AND m.project_gid IN (SELECT gid FROM projects WHERE name = 'Hundred days'))
GROUP BY ALL
ORDER BY open DESC, assignee;

-- Which members of the team "Operations" may only look at a project?
SELECT u.user_name AS who, m.project_name AS project, m.access_level
FROM team_memberships AS u
JOIN project_memberships AS m ON m.user_gid = u.user_gid
WHERE u.team_name = 'Operations' AND m.access_level IN ('commenter', 'viewer')
ORDER BY who, project;
