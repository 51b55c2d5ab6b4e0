CREATE TABLE IF NOT EXISTS x AS SELECT * FROM tasks t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

CREATE OR REPLACE TEMP TABLE x AS FROM tasks WHERE project_gid IN (SELECT gid FROM projects)
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

CREATE TABLE x(a, b) AS (SELECT gid, name FROM tasks WHERE project_gid IN (SELECT gid FROM projects))
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

INSERT INTO picks SELECT gid, name FROM tasks WHERE project_gid IN (SELECT gid FROM projects)
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

INSERT INTO picks BY NAME WITH p AS (SELECT gid FROM projects) SELECT t.gid FROM tasks t JOIN p ON p.gid = t.project_gid RETURNING gid
--> o1.gid -> o2.project_gid on
--> o2.project_gid -> [p].gid on

WITH p AS (SELECT gid FROM projects) INSERT INTO picks SELECT t.gid, t.name FROM tasks t JOIN p ON p.gid = t.project_gid
--> o1.gid -> o2.project_gid on
--> o2.project_gid -> [p].gid on

INSERT INTO picks VALUES ((SELECT max(t.gid) FROM tasks t JOIN projects p ON p.gid = t.project_gid), 'x')
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

COPY (SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM projects)) TO 'x.parquet' (FORMAT parquet, COMPRESSION zstd)
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

COPY (FROM tasks WHERE project_gid IN (SELECT gid FROM projects)) TO 'é.csv' WITH (HEADER, DELIMITER ';', FORCE_QUOTE (gid))
--> o2.gid -> o1.project_gid in
--> o1.project_gid -> o2.gid in-reverse

UPDATE picks SET note = 'x' FROM tasks t WHERE t.gid = picks.gid
--> picks AS "item".gid -> o1.gid where

UPDATE picks SET note = (SELECT max(name) FROM tasks t WHERE t.gid = picks.gid) WHERE picks.gid IN (SELECT gid FROM tasks)
--> picks AS "item".gid -> o1.gid correlated
--> picks AS "item".gid -> o2.gid in-reverse

UPDATE picks AS k SET note = 'x' FROM tasks t JOIN projects p ON p.gid = t.project_gid WHERE t.gid = k.gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on
--> picks AS k.gid -> o1.gid where

DELETE FROM picks WHERE gid IN (SELECT gid FROM tasks)
--> picks AS "item".gid -> o1.gid in-reverse

DELETE FROM picks USING tasks t, projects p WHERE t.gid = picks.gid AND p.gid = t.project_gid
--> picks AS "item".gid -> o1.gid where
--> o2.gid -> o1.project_gid where
--> o1.project_gid -> o2.gid where

WITH c AS (SELECT gid FROM tasks) DELETE FROM picks USING c WHERE c.gid = picks.gid
--> picks AS "item".gid -> [c].gid where

VALUES ((SELECT max(t.gid) FROM tasks t JOIN projects p ON p.gid = t.project_gid))
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

FROM tasks t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

FROM tasks t JOIN projects p ON p.gid = t.project_gid SELECT t.gid WHERE p.name = 'a'
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

FROM (FROM tasks) t JOIN projects p ON p.gid = t.project_gid
--> o2.gid -> [(FROM tasks)].project_gid on
--> o1.project_gid -> o2.gid on

TABLE tasks
--> unplanned: TABLE is not planned

SELECT * FROM tasks t JOIN projects p ON p.gid = t.project_gid;
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t JOIN projects p ON p.gid = t.project_gid LIMIT 0
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (PIVOT tasks ON completed USING count(*)) JOIN projects p ON p.gid = project_gid
--> none

SELECT * FROM (SELECT t.project_gid, t.name, t.completed FROM tasks t JOIN projects p ON p.gid = t.project_gid) PIVOT (count(*) FOR completed IN (true, false)) v
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t PIVOT (count(*) FOR completed IN (true, false)) v JOIN projects p ON p.gid = v.project_gid
--> none

SELECT * FROM tasks AT (VERSION => 3) t JOIN projects p ON p.gid = t.project_gid
--> none

CREATE VIEW v AS SELECT * FROM tasks
--> unplanned: CREATE is not planned

CREATE MACRO m() AS TABLE SELECT * FROM tasks
--> unplanned: CREATE is not planned

CREATE TABLE tasks2 (gid VARCHAR)
--> unplanned: CREATE is not planned

MERGE INTO picks USING tasks t ON t.gid = picks.gid WHEN MATCHED THEN DELETE
--> unplanned: MERGE is not planned

EXPLAIN SELECT * FROM tasks
--> unplanned: EXPLAIN is not planned

DESCRIBE tasks
--> unplanned: DESCRIBE is not planned

PIVOT tasks ON completed USING count(*)
--> unplanned: PIVOT is not planned

COPY tasks TO 'x.csv'
--> unplanned: COPY is not planned

COPY picks FROM 'x.csv'
--> unplanned: COPY is not planned

SELECT 1; SELECT * FROM tasks
--> unplanned: it is not one statement

SELECT * FROM picks
--> unplanned: it reads no relation

WITH tasks AS (SELECT 1 AS gid) SELECT * FROM tasks
--> unplanned: it reads no relation

SELECT * FROM (tasks t JOIN projects p ON p.gid = t.project_gid) q
--> unplanned: joins in parentheses have an alias

SELECT FROM WHERE
--> unplanned: it could not be read

SELECT 'tasks
--> unplanned: it could not be read

UPDATE tasks SET name = 'x'
--> unplanned: it changes what is not a local table

INSERT INTO tasks SELECT * FROM picks
--> unplanned: it reads no relation
