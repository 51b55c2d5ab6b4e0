-- One row is one custom type of tasks, whatever projects use it, which needs a paid Asana plan. It needs no key;
-- asana_custom_types(project_gid := …) lists those of one project.

-- Which custom types are there, and which statuses does each offer?
SELECT name, list_transform(status_options, lambda s: s.name) AS statuses
FROM custom_types
ORDER BY name;

-- Which statuses that can be chosen stand for complete?
SELECT custom_type, option.name AS status
FROM (SELECT name AS custom_type, unnest(status_options) AS option FROM custom_types)
WHERE option.completion_state = 'Complete' AND option.enabled
ORDER BY custom_type, status;

-- How many tasks of "Atlas migration" are in each status of their type?
SELECT c.name AS custom_type, t.custom_type_status_option_name AS status, count(*) AS tasks
FROM tasks AS t
JOIN custom_types AS c ON c.gid = t.custom_type_gid
WHERE t.project_name = 'Atlas migration'
GROUP BY ALL
ORDER BY custom_type, tasks DESC, status;

-- Which types does "Website relaunch" use?
SET VARIABLE project = (SELECT gid FROM projects WHERE name = 'Website relaunch');
SELECT name
FROM asana_custom_types(project_gid := getvariable('project'))
ORDER BY name;
