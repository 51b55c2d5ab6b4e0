-- [describe] a query on relations
DESCRIBE SELECT t.gid, p.due_on, count(*) AS n FROM tasks t JOIN projects p ON p.gid = t.project_gid GROUP BY ALL;
DESC SELECT 1 AS one;

-- [describe] a relation
DESCRIBE tasks;
SELECT column_name, column_type FROM (DESCRIBE projects) WHERE column_type LIKE 'STRUCT%';

-- [describe] a table
DESCRIBE people;

-- [drop] what is there, and what may be
CREATE TABLE gone AS SELECT gid FROM tasks;
CREATE VIEW seen AS FROM gone;
DROP VIEW seen;
DROP TABLE gone;
DROP TABLE IF EXISTS gone;
SELECT count(*) FROM duckdb_tables() WHERE table_name = 'gone';

-- [explain] what only reads local tables
EXPLAIN SELECT name FROM people WHERE pay > 900 ORDER BY name;

-- [explain] a plan as JSON
EXPLAIN (FORMAT json) SELECT p.name, b.name FROM people p JOIN people b ON b.id = p.boss;

-- [export] a database of one's own, and back
ATTACH ':memory:' AS shelf;
USE shelf;
CREATE TABLE kept AS SELECT gid, name FROM asana.projects;
EXPORT DATABASE 'out';
DROP TABLE kept;
IMPORT DATABASE 'out';
FROM kept ORDER BY gid;
USE memory;
FROM shelf.kept ORDER BY gid;

-- [insert] from a relation, BY NAME, and RETURNING
CREATE TABLE mine (note VARCHAR DEFAULT 'new', gid VARCHAR);
INSERT INTO mine BY NAME SELECT gid FROM projects;
INSERT INTO mine SELECT name, gid FROM tags RETURNING gid, upper(note) AS note;
INSERT INTO mine (gid) VALUES ('x'), (DEFAULT);
INSERT INTO mine DEFAULT VALUES;
FROM mine ORDER BY ALL;

-- [insert] ON CONFLICT
CREATE TABLE seen (gid VARCHAR PRIMARY KEY, times INTEGER);
INSERT INTO seen SELECT DISTINCT gid, 1 FROM tasks;
INSERT INTO seen SELECT DISTINCT gid, 1 FROM tasks WHERE completed ON CONFLICT DO UPDATE SET times = times + 1;
INSERT INTO seen SELECT gid, 9 FROM projects ON CONFLICT DO NOTHING;
INSERT OR IGNORE INTO seen SELECT DISTINCT gid, 7 FROM tasks;
INSERT OR REPLACE INTO seen VALUES ('<task>', 5);
SELECT times, count(*) FROM seen GROUP BY ALL ORDER BY ALL;

-- [insert] what a join of a local table and a relation gives
CREATE TABLE mine AS SELECT k.note, t.name FROM picks k JOIN tasks t USING (gid) LIMIT 0;
INSERT INTO mine SELECT k.note, t.name FROM picks k JOIN tasks t USING (gid);
FROM mine ORDER BY ALL;

-- [load] an extension that is built in
LOAD json;
SELECT json_extract_string('{"a": "b"}', '$.a');

-- [merge into] a local table from a relation
CREATE TABLE mine (gid VARCHAR, title VARCHAR, done BOOLEAN);
INSERT INTO mine VALUES ('<task>', 'old', NULL), ('x', 'unknown', NULL);
MERGE INTO mine USING (SELECT DISTINCT ON (gid) gid, name, completed FROM tasks ORDER BY gid, project_gid) t ON t.gid = mine.gid
WHEN MATCHED THEN UPDATE SET title = t.name, done = t.completed
WHEN NOT MATCHED AND t.completed THEN INSERT VALUES (t.gid, t.name, true)
WHEN NOT MATCHED BY SOURCE THEN DELETE
RETURNING merge_action, gid;
FROM mine ORDER BY ALL;

-- [pivot] the statement
PIVOT tasks ON completed USING count(*) GROUP BY project_gid ORDER BY project_gid;

-- [pivot] several aggregates, and values named
PIVOT (SELECT project_gid, completed, num_likes FROM tasks) ON completed IN (true, false)
USING sum(num_likes) AS likes, count(*) AS n ORDER BY ALL;

-- [pivot] as SQL has it, over a join
SELECT * FROM (SELECT p.name, t.completed FROM tasks t JOIN projects p ON p.gid = t.project_gid)
PIVOT (count(*) FOR completed IN (true AS done, false AS open) GROUP BY name) ORDER BY ALL;

-- [pivot] by the values that there are
PIVOT (FROM tasks WHERE project_gid = '<larger>') ON section_name USING count(*) GROUP BY assignee_name ORDER BY ALL;

-- [pivot] in a CTE
WITH p AS (PIVOT people ON since USING count(*) GROUP BY name) FROM p ORDER BY ALL;

-- [profiling] its settings
PRAGMA enable_profiling = 'no_output';
PRAGMA disable_profiling;
SELECT count(*) FROM users;

-- [select] a statement of every clause
WITH late AS (SELECT * FROM tasks WHERE due_on < '2026-03-02')
SELECT DISTINCT p.name, count(*) OVER (PARTITION BY p.gid) AS n FROM late JOIN projects p ON p.gid = late.project_gid
WHERE NOT late.completed GROUP BY p.name, p.gid, late.gid HAVING count(*) > 0 QUALIFY n > 0 ORDER BY n DESC, 1 LIMIT 9;

-- [set] and RESET
SET default_collation = 'nocase';
SELECT gid FROM users WHERE name = 'maya lindqvist';
RESET default_collation;
SELECT count(*) FROM users WHERE name = 'maya lindqvist';

-- [set] an order by default
SET default_order = 'DESC';
SELECT gid FROM projects ORDER BY gid;
RESET default_order;
SELECT gid FROM projects ORDER BY gid;

-- [set] for the session, and read back
SET SESSION errors_as_json = false;
SELECT current_setting('errors_as_json');

-- [set variable] used in a predicate on a relation
SET VARIABLE wanted = '<project>';
SELECT gid FROM tasks WHERE project_gid = getvariable('wanted') ORDER BY ALL;
SET VARIABLE gids = (SELECT list(gid ORDER BY gid) FROM tasks WHERE completed);
SELECT len(getvariable('gids'));
SELECT name FROM tasks WHERE gid IN getvariable('gids') ORDER BY ALL;
RESET VARIABLE wanted;
SELECT getvariable('wanted');

-- [show] and SHOW of a table
SHOW picks;
SHOW DATABASES;
SELECT name FROM (SHOW ALL TABLES) WHERE database = 'memory' AND name IN ('picks', 'people', 'work', 'tasks') ORDER BY name;

-- [summarize] a local table
SUMMARIZE people;

-- [summarize] a relation
SELECT column_name, column_type, min, max, count, null_percentage FROM (SUMMARIZE tasks) ORDER BY column_name;

-- [summarize] a query on a relation
SELECT column_name, max, count FROM (SUMMARIZE SELECT gid, due_on FROM tasks WHERE completed) ORDER BY ALL;

-- [transactions] committed and rolled back
BEGIN TRANSACTION;
CREATE TABLE mine AS SELECT gid FROM projects;
COMMIT;
BEGIN;
INSERT INTO mine SELECT gid FROM users;
SELECT count(*) FROM mine m LEFT JOIN users u USING (gid);
ROLLBACK;
SELECT count(*) FROM mine m JOIN projects p USING (gid);

-- [unpivot] the statement
UNPIVOT (SELECT gid, name, color FROM tags) ON name, color INTO NAME field VALUE said ORDER BY ALL;

-- [unpivot] as SQL has it, with NULLs kept
SELECT * FROM (SELECT gid, project_gid, due_on, start_on FROM tasks) UNPIVOT INCLUDE NULLS (day FOR kind IN (due_on, start_on))
ORDER BY ALL;

-- [unpivot] columns by a pattern
UNPIVOT (SELECT gid, num_likes, num_hearts FROM tasks) ON COLUMNS('num_.*') ORDER BY ALL;

-- [update] from a relation
CREATE TABLE mine AS FROM picks;
UPDATE mine SET note = t.name FROM (SELECT DISTINCT gid, name FROM tasks) t WHERE t.gid = mine.gid;
UPDATE mine SET weight = (SELECT count(*) FROM tasks t WHERE t.gid = mine.gid), note = coalesce(note, 'none') WHERE gid IS NOT NULL;
UPDATE mine SET note = DEFAULT WHERE gid IS NULL RETURNING *;
FROM mine ORDER BY ALL;

-- [use] another database, and back
USE asana;
SELECT count(*) FROM tasks;
SELECT current_database(), current_schema();
USE memory.main;
SELECT count(*) FROM picks JOIN tasks USING (gid);

-- [vacuum] and with ANALYZE
VACUUM;
VACUUM ANALYZE;
SELECT count(*) FROM projects;

-- [transactions] rows that are not committed give keys
CREATE TABLE mine (gid VARCHAR);
BEGIN;
INSERT INTO mine SELECT gid FROM tasks WHERE completed AND project_gid = '<project>';
SELECT t.name FROM mine m JOIN tasks t USING (gid) ORDER BY ALL;
ROLLBACK;
SELECT count(*) FROM mine m JOIN tasks t USING (gid);

-- [use] a search path
SET search_path = 'asana.main,memory.main';
SELECT k.note, t.name FROM picks k JOIN tasks t USING (gid) ORDER BY ALL;
