SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects WHERE name = 'a')
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

SELECT * FROM tasks WHERE project_gid IN (FROM projects SELECT gid)
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

SELECT * FROM tasks WHERE project_gid IN ((SELECT gid FROM projects))
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

SELECT * FROM tasks WHERE project_gid IN (SELECT DISTINCT p.gid AS key FROM projects p)
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

--# NOT IN is not IN
SELECT * FROM tasks WHERE project_gid NOT IN (SELECT gid FROM projects)
--> none

SELECT * FROM tasks WHERE NOT project_gid IN (SELECT gid FROM projects)
--> none

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects) OR completed
--> none

SELECT * FROM tasks WHERE (project_gid IN (SELECT gid FROM projects)) IS NOT TRUE
--> none

SELECT * FROM tasks WHERE CASE WHEN project_gid IN (SELECT gid FROM projects) THEN completed ELSE true END
--> none

SELECT *, project_gid IN (SELECT gid FROM projects) FROM tasks
--> none

SELECT * FROM tasks WHERE upper(project_gid) IN (SELECT gid FROM projects)
--> none

SELECT * FROM tasks WHERE project_gid IN (SELECT lower(gid) FROM projects)
--> none

SELECT * FROM tasks WHERE (project_gid, name) IN (SELECT gid, name FROM projects)
--> none

SELECT * FROM tasks WHERE project_gid IN (SELECT DISTINCT ON (name) gid FROM projects ORDER BY name, gid)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects ORDER BY gid LIMIT 2)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects ORDER BY gid OFFSET 1)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects GROUP BY gid HAVING count(*) > 1)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT max(gid) FROM projects)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT max(gid) FILTER (WHERE name = 'a') FROM projects)
--> none

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects QUALIFY row_number() OVER (PARTITION BY name ORDER BY gid) = 1)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects USING SAMPLE 1)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (WITH c AS (SELECT gid FROM projects) SELECT gid FROM c)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects UNION ALL SELECT project_gid FROM sections)
--> o2.gid | o3.project_gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects UNION SELECT 'a')
--> none

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects EXCEPT SELECT project_gid FROM sections)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects INTERSECT SELECT project_gid FROM sections)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT p.gid FROM projects p JOIN users u ON u.gid = p.owner_gid WHERE u.name = 'a')
--> o3.gid -> o2.owner_gid on
--> o2.owner_gid -> o3.gid on
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

SELECT * FROM tasks WHERE project_gid IN (SELECT p.gid FROM users u LEFT JOIN projects p ON u.gid = p.owner_gid)
--> o2.gid -> o3.owner_gid on
--> o3.gid -> o1.project_gid in
--> o1.project_gid -> o3.gid in-reverse

SELECT * FROM tasks WHERE project_gid IN (SELECT p.gid FROM projects p POSITIONAL JOIN users u)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid IN (SELECT unnest([gid]) FROM projects)
--> none

SELECT * FROM tasks WHERE gid IN (FROM (VALUES ('a'), ('c')) v(key))
--> (VALUES ('a'), ('c')) AS v(key).key -> o1.gid in

SELECT * FROM tasks WHERE gid IN (SELECT gid FROM picks)
--> picks AS "item".gid -> o1.gid in

SELECT * FROM tasks WHERE project_gid = ANY (SELECT gid FROM projects)
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

SELECT * FROM tasks WHERE project_gid = SOME (SELECT gid FROM projects)
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

SELECT * FROM tasks WHERE project_gid = ALL (SELECT gid FROM projects)
--> none

SELECT * FROM tasks WHERE project_gid <> ANY (SELECT gid FROM projects)
--> none

--# a scalar query must keep its rows: too many of them are an error
SELECT * FROM tasks WHERE project_gid = (SELECT max(gid) FROM projects)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE (SELECT min(gid) FROM projects WHERE name = 'a') = project_gid
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid = (SELECT gid FROM projects ORDER BY gid LIMIT 1)
--> o2.gid -> o1.project_gid in

SELECT * FROM tasks WHERE project_gid = (SELECT arg_max(gid, name) FROM projects)
--> none

SELECT * FROM tasks WHERE project_gid <> (SELECT max(gid) FROM projects)
--> none

SELECT * FROM tasks t LEFT JOIN stories s ON s.task_gid = t.gid AND s.created_by_gid IN (SELECT gid FROM users)
--> o1.gid -> o2.task_gid on
--> o3.gid -> o2.created_by_gid in
--> o2.created_by_gid -> o3.gid in-reverse

SELECT * FROM tasks t LEFT JOIN stories s ON s.task_gid = t.gid AND t.assignee_gid IN (SELECT gid FROM users)
--> o1.gid -> o2.task_gid on
--> o1.assignee_gid -> o3.gid in-reverse

SELECT * FROM tasks t LEFT JOIN stories s ON s.task_gid = t.gid WHERE s.created_by_gid IN (SELECT gid FROM users)
--> o2.task_gid -> o1.gid on
--> o1.gid -> o2.task_gid on
--> o3.gid -> o2.created_by_gid in
--> o2.created_by_gid -> o3.gid in-reverse

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid)
--> o1.gid -> o2.task_gid correlated
--> o2.task_gid -> o1.gid exists

SELECT * FROM tasks t WHERE EXISTS (FROM stories s WHERE t.gid = s.task_gid AND s.text = 'a')
--> o1.gid -> o2.task_gid correlated
--> o2.task_gid -> o1.gid exists

SELECT * FROM tasks t WHERE EXISTS (SELECT * FROM stories WHERE task_gid = t.gid)
--> o1.gid -> o2.task_gid correlated
--> o2.task_gid -> o1.gid exists

--# not resolved further out: stories has a gid of its own
SELECT * FROM tasks WHERE EXISTS (SELECT 1 FROM stories WHERE task_gid = gid)
--> none

SELECT * FROM tasks WHERE EXISTS (SELECT 1 FROM stories WHERE task_gid = parent_gid)
--> o1.parent_gid -> o2.task_gid correlated
--> o2.task_gid -> o1.parent_gid exists

SELECT gid AS parent_gid FROM tasks WHERE EXISTS (SELECT 1 FROM stories WHERE task_gid = parent_gid)
--> none

--# a query with an aggregate has a row even where nothing matches
SELECT * FROM tasks t WHERE EXISTS (SELECT count(*) FROM stories s WHERE s.task_gid = t.gid)
--> o1.gid -> o2.task_gid correlated

SELECT * FROM tasks t WHERE EXISTS (SELECT max(s.gid) FROM stories s WHERE s.task_gid = t.gid)
--> o1.gid -> o2.task_gid correlated

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid HAVING count(*) = 0)
--> o1.gid -> o2.task_gid correlated

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid OR t.completed)
--> none

SELECT * FROM tasks t WHERE NOT EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid)
--> o1.gid -> o2.task_gid correlated

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid) OR t.completed
--> o1.gid -> o2.task_gid correlated

SELECT * FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid WHERE EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid)
--> o2.gid -> o3.task_gid correlated
--> o1.gid -> o2.project_gid on
--> o3.task_gid -> o2.gid exists

SELECT * FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid AND EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid)
--> o2.gid -> o3.task_gid correlated
--> o1.gid -> o2.project_gid on
--> o3.task_gid -> o2.gid exists

SELECT * FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid AND EXISTS (SELECT 1 FROM users u WHERE u.gid = p.owner_gid)
--> o1.owner_gid -> o3.gid correlated
--> o1.gid -> o2.project_gid on

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM stories s LEFT JOIN users u ON u.gid = s.created_by_gid WHERE u.gid = t.assignee_gid)
--> o3.gid -> o2.created_by_gid on
--> o2.created_by_gid -> o3.gid on
--> o1.assignee_gid -> o3.gid correlated
--> o3.gid -> o1.assignee_gid exists

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM stories s WHERE s.task_gid = t.gid AND s.created_by_gid IN (SELECT u.gid FROM users u WHERE u.name = t.name))
--> o1.name -> o3.name correlated
--> o1.gid -> o2.task_gid correlated
--> o3.gid -> o2.created_by_gid in
--> o2.created_by_gid -> o3.gid in-reverse
--> o2.task_gid -> o1.gid exists

SELECT t.gid, (SELECT count(*) FROM stories s WHERE s.task_gid = t.gid) FROM tasks t
--> o2.gid -> o1.task_gid correlated

SELECT t.gid, (SELECT max(s.text) FROM stories s WHERE s.task_gid = t.gid AND s.created_by_gid = t.assignee_gid) FROM tasks t
--> o2.gid -> o1.task_gid correlated
--> o2.assignee_gid -> o1.created_by_gid correlated

SELECT * FROM tasks t WHERE (SELECT count(*) FROM stories s WHERE s.task_gid = t.gid) = 0
--> o1.gid -> o2.task_gid correlated

SELECT * FROM tasks t WHERE t.name = (SELECT max(s.text) FROM stories s WHERE s.task_gid = t.gid)
--> o1.gid -> o2.task_gid correlated
--> o2.text -> o1.name in

SELECT * FROM tasks t WHERE t.gid NOT IN (SELECT s.gid FROM stories s WHERE s.task_gid = t.gid AND s.gid IS NOT NULL)
--> o1.gid -> o2.task_gid correlated

SELECT t.gid FROM tasks t ORDER BY (SELECT max(s.gid) FROM stories s WHERE s.task_gid = t.gid), t.gid
--> o1.gid -> o2.task_gid correlated

SELECT t.gid FROM tasks t GROUP BY t.gid HAVING t.gid IN (SELECT task_gid FROM stories)
--> none

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM projects p WHERE p.gid = t.project_gid AND EXISTS (SELECT 1 FROM users u WHERE u.gid = p.owner_gid AND u.name = t.name))
--> o2.owner_gid -> o3.gid correlated
--> o1.name -> o3.name correlated
--> o1.project_gid -> o2.gid correlated
--> o3.gid -> o2.owner_gid exists
--> o2.gid -> o1.project_gid exists

SELECT * FROM tasks t WHERE t.project_gid IN (SELECT p.gid FROM projects p WHERE p.owner_gid IN (SELECT u.gid FROM users u WHERE u.name = 'a'))
--> o3.gid -> o2.owner_gid in
--> o2.owner_gid -> o3.gid in-reverse
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

SELECT * FROM projects p, LATERAL (SELECT * FROM tasks t WHERE t.project_gid = p.gid ORDER BY t.gid LIMIT 2) l
--> o1.gid -> o2.project_gid correlated

SELECT * FROM projects p, (SELECT count(*) AS n FROM tasks t WHERE t.project_gid = p.gid) l
--> o1.gid -> o2.project_gid correlated

SELECT * FROM projects p CROSS JOIN LATERAL (SELECT max(t.gid) AS last FROM tasks t WHERE t.project_gid = p.gid) l WHERE l.last = p.name
--> o1.gid -> o2.project_gid correlated
--> o2.gid -> o1.name where
--> o1.name -> [(SELECT max(t.gid) AS last FROM tasks t WHERE t.project_gid = p.gid)].last where

SELECT * FROM projects p LEFT JOIN LATERAL (SELECT t.gid FROM tasks t WHERE t.project_gid = p.gid) l ON true
--> o1.gid -> o2.project_gid correlated

SELECT * FROM projects p LEFT JOIN LATERAL (SELECT t.gid AS task FROM tasks t WHERE t.project_gid = p.gid) l ON l.task = p.name
--> o1.gid -> o2.project_gid correlated
--> o1.name -> [(SELECT t.gid AS task FROM tasks t WHERE t.project_gid = p.gid)].task on

SELECT * FROM tasks WHERE project_gid = (SELECT gid FROM projects WHERE name = 'nobody')
--> o2.gid -> o1.project_gid in

--# gid_1 is what DuckDB calls the second gid of q
SELECT * FROM (SELECT gid AS gid_1 FROM tasks) t WHERE EXISTS (SELECT 1 FROM (SELECT a.gid, b.gid FROM users a JOIN projects b ON a.name < b.name) q WHERE q.gid = gid_1)
--> none

SELECT * FROM tasks o WHERE EXISTS (SELECT 1 FROM (SELECT * EXCLUDE (parent_gid) FROM tasks) i WHERE i.gid = parent_gid)
--> o1.parent_gid -> [(SELECT * EXCLUDE (parent_gid) FROM tasks)].gid correlated
--> o2.gid -> o1.parent_gid exists

SELECT * FROM tasks o WHERE EXISTS (SELECT 1 FROM (SELECT * FROM tasks) i WHERE i.gid = parent_gid)
--> none
