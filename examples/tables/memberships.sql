-- One row is one user or team that is a member of one goal, project, portfolio, custom field or custom type. It needs
-- no key; parent_gid, member_gid and resource_subtype narrow what is asked for.

-- Who may do what in "Hundred days"?
SELECT m.member_name AS member, m.member_resource_type AS kind, m.access_level
FROM projects AS p
JOIN memberships AS m ON m.parent_gid = p.gid
WHERE p.name = 'Hundred days'
ORDER BY kind, member;

-- How many users and teams are members of things of each kind, and how many of them are admins?
SELECT resource_subtype, member_resource_type AS member, count(*) AS memberships,
       count(*) FILTER (access_level = 'admin') AS admins
FROM memberships
GROUP BY ALL
ORDER BY resource_subtype, member;

-- Which projects is each team a member of?
SELECT member_name AS team, list(parent_name ORDER BY parent_name) AS projects
FROM memberships
WHERE resource_subtype = 'project_membership' AND member_resource_type = 'team'
GROUP BY ALL
ORDER BY team;

-- Which custom fields may somebody other than an admin of the field edit?
SELECT parent_name AS field, list(member_name ORDER BY member_name) AS editors
FROM memberships
WHERE parent_resource_type = 'custom_field' AND access_level = 'editor'
GROUP BY ALL
ORDER BY field;
