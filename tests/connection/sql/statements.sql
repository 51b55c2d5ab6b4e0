-- [alter table] columns and names of a copy of a relation
CREATE TABLE mine AS SELECT gid, name, due_on FROM tasks;
ALTER TABLE mine ADD COLUMN stars INTEGER DEFAULT 3;
ALTER TABLE mine ADD COLUMN IF NOT EXISTS stars INTEGER;
ALTER TABLE mine RENAME COLUMN name TO title;
ALTER TABLE mine ALTER stars SET DATA TYPE VARCHAR USING stars || ' stars';
ALTER TABLE mine DROP due_on;
ALTER TABLE mine ALTER title SET NOT NULL;
ALTER TABLE mine ALTER stars SET DEFAULT 'none';
ALTER TABLE mine RENAME TO ours;
DESCRIBE ours;
FROM ours ORDER BY ALL;

-- [alter view] a view over a relation
CREATE VIEW named AS SELECT gid, name FROM projects;
ALTER VIEW named RENAME TO called;
FROM called ORDER BY gid;

-- [analyze] the whole database
ANALYZE;
SELECT count(*) FROM tasks;

-- [attach] a database in memory, filled from a relation, and let go of
ATTACH ':memory:' AS shelf;
CREATE TABLE shelf.kept AS SELECT gid, name FROM projects;
SELECT k.name, count(t.gid) FROM shelf.kept k LEFT JOIN tasks t ON t.project_gid = k.gid GROUP BY ALL ORDER BY ALL;
DETACH shelf;
SELECT count(*) FROM duckdb_databases() WHERE database_name = 'shelf';

-- [attach] a database in a file
ATTACH 'shelf.duckdb' AS shelf;
CREATE TABLE shelf.kept AS FROM users;
DETACH shelf;
ATTACH 'shelf.duckdb' AS shelf (READ_ONLY);
SELECT u.gid FROM shelf.kept u JOIN users v USING (gid) ORDER BY gid;

-- [call] a table function
CALL pragma_version();
CALL generate_series(1, 3);

-- [checkpoint] now
CHECKPOINT;
SELECT 1;

-- [comment on] a table and a column of one's own
CREATE TABLE noted AS SELECT gid FROM tags;
COMMENT ON TABLE noted IS 'copied';
COMMENT ON COLUMN noted.gid IS 'its id';
SELECT comment FROM duckdb_tables() WHERE table_name = 'noted'
UNION ALL SELECT comment FROM duckdb_columns() WHERE table_name = 'noted' ORDER BY ALL;

-- [copy] to CSV and back
COPY (SELECT gid, name, due_on, num_likes FROM tasks ORDER BY gid, project_gid) TO 'tasks.csv' (HEADER, DELIMITER '|');
CREATE TABLE back (gid VARCHAR, name VARCHAR, due_on DATE, num_likes INTEGER);
COPY back FROM 'tasks.csv' (HEADER, DELIMITER '|');
SELECT count(*) FROM back b JOIN tasks t ON t.gid = b.gid AND t.name = b.name AND t.due_on IS NOT DISTINCT FROM b.due_on;

-- [copy] a relation by its name, to Parquet
COPY projects TO 'projects.parquet' (FORMAT parquet);
SELECT * FROM 'projects.parquet' ORDER BY gid;

-- [copy] to JSON
COPY (SELECT gid, followers FROM tasks WHERE completed) TO 'followers.json' (FORMAT json, ARRAY true);
FROM read_json('followers.json', columns = {gid: 'VARCHAR', followers: 'STRUCT(gid VARCHAR, name VARCHAR)[]'}) ORDER BY ALL;

-- [copy] partitioned by a column of a relation
COPY (SELECT gid, project_gid FROM tasks) TO 'parts' (FORMAT parquet, PARTITION_BY (project_gid));
SELECT project_gid, count(*) FROM read_parquet('parts/*/*.parquet', hive_partitioning = true) GROUP BY ALL ORDER BY ALL;

-- [copy] what it returns
COPY (SELECT gid FROM users) TO 'users.csv' (RETURN_FILES);

-- [copy] a join, FROM first
COPY (FROM tasks t JOIN projects p ON p.gid = t.project_gid SELECT p.name, t.gid WHERE t.completed) TO 'done.parquet';
SELECT name, count(*) FROM 'done.parquet' GROUP BY ALL ORDER BY ALL;

-- [copy] from a file, joined with a relation
COPY picks TO 'picks.csv';
SELECT k.note, t.name FROM read_csv('picks.csv', all_varchar = true) k JOIN tasks t USING (gid) ORDER BY ALL;

-- [create index] on a copy of a relation
CREATE TABLE indexed AS SELECT DISTINCT gid, name FROM tasks;
CREATE UNIQUE INDEX by_gid ON indexed (gid);
CREATE INDEX by_name ON indexed (lower(name), gid);
SELECT i.name FROM indexed i WHERE i.gid = '<task>';

-- [create macro] a scalar over columns of a relation
CREATE MACRO initials(n) AS list_aggregate(list_transform(string_split(n, ' '), lambda w: w[1]), 'string_agg', '');
SELECT name, initials(name) FROM users ORDER BY ALL;

-- [create macro] a table that reads a relation, with a default
CREATE MACRO of_project(id, done := false) AS TABLE
SELECT gid, name FROM tasks WHERE project_gid = id AND completed = done;
FROM of_project('<project>') ORDER BY ALL;
SELECT o.name, k.note FROM of_project('<larger>', done := true) o LEFT JOIN picks k USING (gid) ORDER BY ALL;

-- [create macro] a subquery in a scalar
CREATE OR REPLACE TEMP MACRO size_of(id) AS (SELECT count(*) FROM tasks t WHERE t.project_gid = id);
SELECT name, size_of(gid) FROM projects ORDER BY ALL;

-- [create schema] with a table filled from a relation
CREATE SCHEMA shelf;
CREATE TABLE shelf.tasks AS SELECT gid FROM tasks WHERE completed;
SELECT count(*) FROM shelf.tasks JOIN main.tasks USING (gid);
DROP SCHEMA shelf CASCADE;
SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'shelf';

-- [create secret] there are none
FROM (SELECT count(*) FROM duckdb_secrets());

-- [create sequence] numbers for rows of a relation
CREATE SEQUENCE counter START 10 INCREMENT BY 5;
CREATE TABLE numbered AS SELECT nextval('counter') AS n, gid FROM (SELECT gid FROM users ORDER BY gid);
SELECT n, currval('counter') FROM numbered ORDER BY n;

-- [create table] from a join of relations
CREATE TABLE joined AS SELECT t.gid, p.name FROM tasks t JOIN projects p ON p.gid = t.project_gid WHERE p.archived;
SELECT name, count(*) FROM joined GROUP BY ALL;

-- [create table] OR REPLACE, IF NOT EXISTS, and without rows
CREATE OR REPLACE TABLE again AS SELECT 1 AS n;
CREATE OR REPLACE TABLE again AS SELECT gid FROM sections;
CREATE TABLE IF NOT EXISTS again AS SELECT gid FROM tasks;
CREATE TABLE empty AS FROM tasks WITH NO DATA;
SELECT (SELECT count(*) FROM again), (SELECT count(*) FROM empty);
DESCRIBE empty;

-- [create table] temporary, and joined with relations
CREATE TEMP TABLE wanted AS SELECT gid, name FROM projects WHERE NOT archived;
SELECT w.name, t.name FROM wanted w JOIN tasks t ON t.project_gid = w.gid WHERE t.completed ORDER BY ALL;

-- [create table] a generated column, a check and a default
CREATE TABLE made (n INTEGER CHECK (n > 0), twice AS (n * 2), s VARCHAR DEFAULT 'none');
INSERT INTO made (n) SELECT num_likes FROM tasks WHERE num_likes > 0;
SELECT n, twice, s, count(*) FROM made GROUP BY ALL ORDER BY ALL;

-- [create type] an enum from a relation's values, and an alias
CREATE TYPE state AS ENUM (SELECT DISTINCT section_name FROM tasks WHERE section_name IS NOT NULL ORDER BY 1);
CREATE TYPE id AS VARCHAR;
SELECT gid::id AS gid, section_name::state AS state FROM tasks ORDER BY gid, project_gid;

-- [create view] over relations, replaced, with names for columns
CREATE VIEW mine (id, title) AS SELECT gid, name FROM tasks WHERE assignee_gid = '<user>';
FROM mine ORDER BY ALL;
CREATE OR REPLACE VIEW mine AS SELECT t.gid, s.name FROM tasks t JOIN sections s ON s.gid = t.section_gid;
SELECT name, count(*) FROM mine GROUP BY ALL ORDER BY ALL;

-- [create view] temporary, and over another
CREATE TEMP VIEW late AS SELECT * FROM open_tasks WHERE due_on < '2026-03-02';
SELECT l.gid, p.name FROM late l JOIN projects p ON p.gid = l.project_gid ORDER BY ALL;

-- [delete] by a subquery on a relation, and RETURNING
CREATE TABLE mine AS FROM picks;
DELETE FROM mine WHERE gid IN (SELECT gid FROM tasks WHERE project_gid = '<larger>') RETURNING gid, note;
DELETE FROM mine USING tasks t WHERE t.gid = mine.gid;
FROM mine ORDER BY ALL;

-- [delete] everything
CREATE TABLE mine AS SELECT gid FROM tags;
DELETE FROM mine WHERE gid NOT IN (SELECT tag.gid FROM tasks, unnest(tags) u(tag));
SELECT count(*) FROM mine;
TRUNCATE mine;
SELECT count(*) FROM mine;
