SELECT *
FROM (VALUES ('12', 'Launch', TRUE, 3), ('13', 'Launch', FALSE, 4)) AS t (project_gid, project_name, done, n)
