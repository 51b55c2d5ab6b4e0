SELECT * FROM tasks JOIN projects ON project_gid = projects.gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks, projects WHERE project_gid = owner_gid
--> o1.project_gid -> o2.owner_gid where
--> o2.owner_gid -> o1.project_gid where

--# name is a column of both
SELECT * FROM tasks, projects, users u WHERE u.gid = name
--> none

SELECT * FROM tasks, unknown_table WHERE project_gid = assignee_gid AND gid = owner_gid
--> none

SELECT * FROM tasks t, unknown_table x, projects p WHERE t.project_gid = p.gid
--> o1.project_gid -> o2.gid where
--> o2.gid -> o1.project_gid where

SELECT * FROM TASKS T JOIN "Projects" P ON t.PROJECT_GID = p."GID"
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM asana.tasks t JOIN asana.main.projects p ON p.gid = t.project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM main.tasks t JOIN memory.main.projects p ON p.gid = t.project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM "asana"."main"."tasks" AS "T" JOIN main."projects" ON projects.gid = "T".project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM other.tasks t JOIN projects p ON p.gid = t.project_gid
--> none

SELECT * FROM other.main.tasks t JOIN projects p ON p.gid = t.project_gid
--> none

SELECT * FROM tasks JOIN projects ON main.tasks.assignee_gid = projects.owner_gid
--> unplanned: a column is written with its relation's schema, which a tagged occurrence does not have

SELECT * FROM tasks t(a, b, c) JOIN projects p(k) ON t.c = p.k
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM x : tasks JOIN y : projects ON x.project_gid = y.gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks AS 't' JOIN projects AS 'p' ON t.project_gid = p.gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t, structs WHERE t.gid = structs.gid
--> none

SELECT * FROM structs s, tasks x WHERE s.t.gid = x.gid
--> none

SELECT * FROM structs s, tasks x WHERE t.gid = x.gid
--> none

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM structs WHERE t.gid = structs.gid)
--> none

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM projects p WHERE p.gid = t.project_gid AND p.owner_gid = t.assignee_gid)
--> o1.project_gid -> o2.gid correlated
--> o1.assignee_gid -> o2.owner_gid correlated
--> o2.gid -> o1.project_gid exists
--> o2.owner_gid -> o1.assignee_gid exists

SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM projects t WHERE t.gid = t.owner_gid)
--> none

SELECT t.gid AS project_gid FROM tasks t, projects p WHERE project_gid = p.gid
--> o1.project_gid -> o2.gid where
--> o2.gid -> o1.project_gid where

SELECT p.name AS k FROM tasks t, projects p WHERE assignee_gid = k
--> none

SELECT * FROM asana_tasks(project_gid := 'a') t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM ASANA_TASKS() JOIN projects p ON p.gid = project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM asana.asana_tasks(project_gid := (('a'))) t(x) JOIN projects p ON p.gid = t.x
--> o2.gid -> o1.gid on
--> o1.gid -> o2.gid on

SELECT * FROM projects p, asana_tasks(project_gid := p.gid) t WHERE t.assignee_gid = p.owner_gid
--> o2.assignee_gid -> o1.owner_gid where
--> o1.owner_gid -> o2.assignee_gid where

SELECT * FROM tasks AS "é t" JOIN projects "ü" ON "é t".project_gid = "ü".gid -- ünïcödé before and after
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT 'ünïcödé 𝄞 tasks', /* FROM tasks */ t.gid FROM tasks t -- JOIN users
JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM É JOIN tasks é ON é.gid = É.gid
--> none

SELECT * FROM tasks T JOIN tasks t2 ON t.gid = T2.parent_gid WHERE t.gid = $key AND t2.name = ? AND t2.completed = $1
--> o1.gid -> o2.parent_gid on
--> o2.parent_gid -> o1.gid on

--# DuckDB folds the case of ASCII letters only
SELECT * FROM tasks É JOIN projects é ON É.project_gid = é.gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on
