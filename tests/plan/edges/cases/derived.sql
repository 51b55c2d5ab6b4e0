SELECT * FROM (SELECT gid, project_gid FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT gid, project_gid FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT * FROM tasks WHERE completed) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT * FROM tasks WHERE completed)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT project_gid AS key, count(*) AS n FROM tasks GROUP BY 1) t JOIN projects p ON p.gid = t.key
--> o2.gid -> [(SELECT project_gid AS key, count(*) AS n FROM tasks GROUP BY 1)].key on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT project_gid, count(*) FROM tasks GROUP BY 1) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT project_gid, count(*) FROM tasks GROUP BY 1)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT gid, max(project_gid) AS project FROM tasks GROUP BY gid) t JOIN projects p ON p.gid = t.project
--> o2.gid -> [(SELECT gid, max(project_gid) AS project FROM tasks GROUP BY gid)].project on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT gid, project_gid || '' AS project FROM tasks) t JOIN projects p ON p.gid = t.project
--> o2.gid -> [(SELECT gid, project_gid || '' AS project FROM tasks)].project on

SELECT * FROM (SELECT gid, project_gid, main.upper(name) AS n, 'a'.upper() AS m FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT gid, project_gid, main.upper(name) AS n, 'a'.upper() AS m FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT gid, project_gid, main.upper(name) FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> none

SELECT * FROM (SELECT gid, project_gid, {'a': gid}.unnest() AS n FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> none

SELECT * FROM (SELECT gid, project_gid, {'a': {'b': gid}}.a.b.upper() AS n FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT gid, project_gid, {'a': {'b': gid}}.a.b.upper() AS n FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT gid, project_gid FROM tasks) t(a, b) JOIN projects p ON p.gid = t.b
--> o2.gid -> [(SELECT gid, project_gid FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT gid, lower(name) FROM tasks) t(a, b) JOIN projects p ON p.gid = t.b
--> none

SELECT * FROM (SELECT t.*, p.* FROM tasks t JOIN projects p ON p.gid = t.project_gid) q JOIN users u ON u.gid = q.gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on
--> o3.gid -> [(SELECT t.*, p.* FROM tasks t JOIN projects p ON p.gid = t.project_gid)].gid on
--> o1.gid -> o3.gid on

SELECT * FROM (SELECT t.*, p.* FROM tasks t JOIN projects p ON p.gid = t.project_gid) q JOIN users u ON u.gid = q.gid_1
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT * EXCLUDE (name) FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT * EXCLUDE (name) FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT * EXCLUDE (name, GID) FROM tasks) t JOIN projects p ON p.gid = t.project_gid AND p.name = t.assignee_gid
--> o2.gid -> [(SELECT * EXCLUDE (name, GID) FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on
--> o2.name -> [(SELECT * EXCLUDE (name, GID) FROM tasks)].assignee_gid on
--> o1.assignee_gid -> o2.name on

SELECT * FROM (SELECT t.* EXCLUDE (gid) FROM tasks t JOIN projects p USING (gid)) q JOIN users u ON u.gid = q.assignee_gid
--> o1.gid -> o2.gid using
--> o2.gid -> o1.gid using
--> o3.gid -> [(SELECT t.* EXCLUDE (gid) FROM tasks t JOIN projects p USING (gid))].assignee_gid on
--> o1.assignee_gid -> o3.gid on

SELECT * FROM (SELECT * REPLACE (upper(project_gid) AS project_gid) FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> none

SELECT * FROM (SELECT * RENAME (gid AS project_gid, project_gid AS gid) FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> none

SELECT * FROM (SELECT COLUMNS('.*gid') FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> none

SELECT * FROM (SELECT gid FROM tasks UNION ALL SELECT task_gid FROM stories) q JOIN projects p ON p.gid = q.gid
--> o3.gid -> [(SELECT gid FROM tasks UNION ALL SELECT task_gid FROM stories)].gid on
--> o1.gid | o2.task_gid -> o3.gid on

SELECT * FROM (SELECT gid FROM tasks UNION SELECT note FROM picks) q JOIN projects p ON p.gid = q.gid
--> o2.gid -> [(SELECT gid FROM tasks UNION SELECT note FROM picks)].gid on
--> o1.gid | picks AS "item".note -> o2.gid on

SELECT * FROM (SELECT gid FROM tasks EXCEPT SELECT task_gid FROM stories) q JOIN projects p ON p.gid = q.gid
--> o3.gid -> [(SELECT gid FROM tasks EXCEPT SELECT task_gid FROM stories)].gid on
--> o1.gid -> o3.gid on

SELECT * FROM (SELECT gid, name FROM users UNION ALL BY NAME SELECT name, gid FROM projects) q JOIN tasks t ON t.assignee_gid = q.gid
--> none

SELECT * FROM ((SELECT gid FROM tasks) UNION ALL (SELECT task_gid FROM stories)) q JOIN projects p ON p.gid = q.gid
--> o1.gid | o2.task_gid -> o3.gid on

SELECT * FROM (SELECT gid FROM tasks ORDER BY gid LIMIT 3) q JOIN projects p ON p.gid = q.gid
--> o2.gid -> [(SELECT gid FROM tasks ORDER BY gid LIMIT 3)].gid on
--> o1.gid -> o2.gid on

SELECT * FROM (SELECT gid, row_number() OVER (PARTITION BY project_gid ORDER BY gid, name, completed) AS rn FROM tasks) q JOIN users u ON u.gid = q.gid WHERE q.rn = 1
--> o2.gid -> [(SELECT gid, row_number() OVER (PARTITION BY project_gid ORDER BY gid, name, completed) AS rn FROM tasks)].gid on
--> o1.gid -> o2.gid on

SELECT * FROM (SELECT project_gid FROM tasks) JOIN projects p ON p.gid = project_gid
--> o2.gid -> [(SELECT project_gid FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM ((SELECT project_gid FROM tasks)) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT project_gid FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT * FROM (SELECT project_gid AS k FROM tasks) WHERE k <> 'b') t JOIN projects p ON p.gid = t.k
--> o2.gid -> [(SELECT * FROM (SELECT project_gid AS k FROM tasks) WHERE k <> 'b')].k on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT q.k FROM (SELECT project_gid AS k FROM tasks) q JOIN users u ON u.gid = q.k) t JOIN projects p ON p.gid = t.k
--> o2.gid -> [(SELECT project_gid AS k FROM tasks)].k on
--> o1.project_gid -> o2.gid on
--> o3.gid -> [(SELECT q.k FROM (SELECT project_gid AS k FROM tasks) q JOIN users u ON u.gid = q.k)].k on
--> o1.project_gid -> o3.gid on

SELECT * FROM projects p LEFT JOIN (SELECT * FROM tasks) t ON t.project_gid = p.gid
--> o1.gid -> [(SELECT * FROM tasks)].project_gid on

SELECT * FROM projects p FULL JOIN (SELECT * FROM tasks) t ON t.project_gid = p.gid
--> none

SELECT * FROM (SELECT project_gid FROM tasks GROUP BY ROLLUP (project_gid)) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(SELECT project_gid FROM tasks GROUP BY ROLLUP (project_gid))].project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (SELECT DISTINCT project_gid FROM tasks) t, projects p WHERE p.gid = t.project_gid
--> o2.gid -> [(SELECT DISTINCT project_gid FROM tasks)].project_gid where
--> o1.project_gid -> o2.gid where

WITH p AS (SELECT gid FROM projects WHERE name = 'a') SELECT * FROM tasks t JOIN p ON p.gid = t.project_gid
--> o1.gid -> o2.project_gid on
--> o2.project_gid -> [p].gid on

WITH p AS MATERIALIZED (SELECT gid FROM projects WHERE name = 'a') SELECT * FROM tasks t WHERE t.project_gid IN (SELECT gid FROM p) AND t.gid IN (FROM p)
--> o1.gid -> o2.project_gid in
--> o2.project_gid -> [p].gid in-reverse
--> o1.gid -> o2.gid in
--> o2.gid -> [p].gid in-reverse

WITH p(key) AS (SELECT gid FROM projects) SELECT * FROM tasks t JOIN p x ON x.key = t.project_gid
--> o1.gid -> o2.project_gid on
--> o2.project_gid -> [p].key on

WITH p AS (SELECT gid FROM projects) SELECT * FROM tasks t JOIN p x(key) ON x.key = t.project_gid
--> o1.gid -> o2.project_gid on
--> o2.project_gid -> [p].gid on

WITH c AS (SELECT gid, parent_gid FROM tasks) SELECT * FROM c a JOIN c b ON a.gid = b.parent_gid
--> o1.gid -> [c].parent_gid on
--> o1.parent_gid -> [c].gid on

WITH a AS (SELECT * FROM tasks), b AS (SELECT * FROM a WHERE completed) SELECT * FROM b JOIN projects p ON p.gid = b.project_gid
--> o2.gid -> [b].project_gid on
--> o1.project_gid -> o2.gid on

--# a CTE called like a relation is the CTE
WITH tasks AS (SELECT gid AS project_gid FROM users) SELECT * FROM tasks t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [tasks].project_gid on
--> o1.gid -> o2.gid on

WITH tasks AS (SELECT * FROM tasks WHERE completed) SELECT * FROM tasks JOIN projects p ON p.gid = tasks.project_gid
--> o2.gid -> [tasks].project_gid on
--> o1.project_gid -> o2.gid on

WITH tasks AS (SELECT 'a' AS gid) SELECT * FROM asana.tasks t JOIN tasks ON t.gid = tasks.gid
--> o1.gid -> [tasks].gid on

WITH picks AS (SELECT lower(gid) AS gid FROM users) SELECT * FROM tasks t JOIN picks ON picks.gid = t.gid
--> o2.gid -> [picks].gid on

SELECT * FROM projects p WHERE p.gid IN (WITH tasks AS (SELECT gid AS project_gid FROM users) SELECT project_gid FROM tasks)
--> o2.gid -> o1.gid in

WITH RECURSIVE tree AS (SELECT gid, parent_gid FROM tasks WHERE parent_gid IS NULL UNION SELECT t.gid, t.parent_gid FROM tasks t JOIN tree ON t.parent_gid = tree.gid) SELECT * FROM tree JOIN stories s ON s.task_gid = tree.gid
--> none

WITH RECURSIVE tree AS (SELECT gid, parent_gid FROM tasks WHERE parent_gid IS NULL UNION SELECT t.gid, t.parent_gid FROM tree JOIN tasks t ON t.parent_gid = tree.gid JOIN projects p ON p.gid = t.project_gid) SELECT * FROM tree
--> o3.gid -> o2.project_gid on
--> o2.project_gid -> o3.gid on

WITH RECURSIVE done AS (SELECT * FROM tasks WHERE completed) SELECT * FROM done JOIN projects p ON p.gid = done.project_gid
--> o2.gid -> [done].project_gid on
--> o1.project_gid -> o2.gid on

SELECT t.gid FROM tasks t JOIN projects p ON p.gid = t.project_gid UNION ALL SELECT s.gid FROM stories s JOIN users u ON u.gid = s.created_by_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on
--> o4.gid -> o3.created_by_gid on
--> o3.created_by_gid -> o4.gid on

(SELECT t.gid FROM tasks t JOIN projects p ON p.gid = t.project_gid) EXCEPT (SELECT gid FROM stories) ORDER BY 1
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t JOIN launches l ON l.gid = t.project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> [(SELECT * FROM projects WHERE name = 'a' -- the launches )].gid on

SELECT * FROM launches JOIN tasks t ON t.project_gid = launches.gid
--> o2.project_gid -> [(SELECT * FROM projects WHERE name = 'a' -- the launches )].gid on
--> o1.gid -> o2.project_gid on

SELECT * FROM "Launched" l WHERE l.assignee_gid IN (SELECT gid FROM users)
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> [(SELECT * FROM projects WHERE name = 'a' -- the launches )].gid on
--> o3.gid -> [(SELECT t.* FROM tasks t JOIN (SELECT * FROM projects WHERE name = 'a' -- the launches ) AS launches ON launches.gid = t.project_gid )].assignee_gid in
--> o1.assignee_gid -> o3.gid in-reverse

SELECT * FROM forever f JOIN tasks t ON f.gid = t.gid
--> none

--# inlined, the view would read the CTE
WITH projects AS (SELECT gid FROM users) SELECT * FROM launches l JOIN tasks t ON t.project_gid = l.gid
--> none

WITH launches AS (SELECT gid FROM users) SELECT * FROM launches l JOIN tasks t ON t.project_gid = l.gid
--> o2.project_gid -> [launches].gid on
--> o1.gid -> o2.project_gid on

SELECT * FROM (SELECT t.gid FROM tasks t ORDER BY t.gid LIMIT 3) q JOIN (SELECT gid, name FROM projects) p(a) ON p.a = q.gid
--> o2.gid -> [(SELECT t.gid FROM tasks t ORDER BY t.gid LIMIT 3)].gid on
--> o1.gid -> [(SELECT gid, name FROM projects)].gid on

SELECT * FROM (SELECT a.gid, b.gid, a.name AS gid_1 FROM users a JOIN projects b ON a.name < b.name) q JOIN tasks t ON t.gid = q.gid_1
--> none
