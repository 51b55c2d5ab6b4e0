-- One row is one project template. It needs no key; with team_gid only that team's are asked for.

-- Which project templates are there, of which team, and who looks after each?
SELECT name, team_name AS team, owner_name AS owner, public
FROM project_templates
ORDER BY name;

-- What must be told when a project is made from a template: which dates, and who has which role?
SELECT name AS template,
       list_transform(requested_dates, lambda d: d.name) AS dates,
       list_transform(requested_roles, lambda r: r.name) AS roles
FROM project_templates
ORDER BY template;

-- Which templates are really used, and by how many projects?
SELECT t.name AS template, count(p.gid) AS projects, max(p.created_at) AS last_used
FROM project_templates AS t
LEFT JOIN projects AS p ON p.created_from_template_gid = t.gid
GROUP BY t.gid, t.name
ORDER BY projects DESC, template;

-- Which templates lack an owner or a description?
SELECT name AS template, team_name AS team, owner_gid IS NULL AS no_owner, description = '' AS no_description
FROM project_templates
WHERE owner_gid IS NULL OR coalesce(description, '') = ''
ORDER BY template;
