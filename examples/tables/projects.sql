-- One row is one project that the token can see, archived or not. It needs no key; team_gid and archived narrow what is
-- asked for.

-- Which projects in use are overdue, and whose are they?
SELECT name AS project, owner_name AS owner, due_on, current_date - due_on AS days_late
FROM projects
WHERE NOT archived AND NOT completed AND due_on < current_date
ORDER BY days_late DESC, project;

-- Which projects in use lack an owner, a team or a due date?
SELECT name AS project, owner_gid IS NULL AS no_owner, team_gid IS NULL AS no_team, due_on IS NULL AS no_due_date
FROM projects
WHERE NOT archived AND (owner_gid IS NULL OR team_gid IS NULL OR due_on IS NULL)
ORDER BY no_owner DESC, no_team DESC, project;

-- How do the projects in use of the team "Marketing & Växt" stand, by their latest status?
SELECT p.name AS project, p.current_status.color AS status, p.current_status.created_at AS since,
       p.current_status.author.name AS author
FROM teams AS t
JOIN projects AS p ON p.team_gid = t.gid
WHERE t.name = 'Marketing & Växt' AND NOT p.archived
ORDER BY since NULLS FIRST, project;

-- Which custom fields do most projects in use share?
SELECT setting.custom_field.name AS field, setting.custom_field.resource_subtype AS kind, count(*) AS projects
FROM (SELECT unnest(custom_field_settings) AS setting FROM projects WHERE NOT archived)
GROUP BY ALL
ORDER BY projects DESC, field;

-- Who owns how many projects in use, and how many of them are overdue?
SELECT owner_name AS owner, count(*) AS projects,
       count(*) FILTER (NOT completed AND due_on < current_date) AS overdue
FROM projects
WHERE NOT archived AND owner_gid IS NOT NULL
GROUP BY ALL
ORDER BY projects DESC, owner;
