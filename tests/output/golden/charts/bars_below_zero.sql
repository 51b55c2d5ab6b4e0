SELECT *
FROM (VALUES ('up', 2.5), ('down', -5), ('nothing', 0), ('unknown', NULL), (NULL, 1)) AS t (section, change)
