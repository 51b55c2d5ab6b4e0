-- One row is one custom field on one project, portfolio, goal or team. It needs a paid Asana plan; without parent_gid
-- or parent_resource_type everything that can have fields is asked.

-- Which custom fields does "Website relaunch" have, and which of them are columns of its list?
SELECT s.custom_field_name AS field, s.custom_field.resource_subtype AS kind, s.is_important
FROM projects AS p
JOIN custom_field_settings AS s ON s.parent_gid = p.gid
WHERE p.name = 'Website relaunch'
ORDER BY s.is_important DESC, field;

-- Which fields belong to one project only, so that others cannot share them?
SELECT parent_name AS project, custom_field_name AS field
FROM custom_field_settings
WHERE parent_resource_type = 'project' AND NOT custom_field.is_global_to_workspace
ORDER BY ALL;

-- Which projects, teams, portfolios and goals have the field "Budget"?
SELECT parent_resource_type AS kind, parent_name AS name
FROM custom_field_settings
WHERE custom_field_name = 'Budget'
ORDER BY ALL;

-- Which fields does each team have?
SELECT parent_name AS team, list(custom_field_name ORDER BY custom_field_name) AS fields
FROM custom_field_settings
WHERE parent_resource_type = 'team'
GROUP BY ALL
ORDER BY team;
