-- [syntax] a word misspelled
SELEC gid FROM tasks;

-- [syntax] a clause that ends too early
SELECT gid FROM tasks WHERE;

-- [syntax] on a later line
SELECT gid,
       name
FROM tasks
WHERE completed ANDD liked;

-- [syntax] a quote that is not closed
SELECT 'abc FROM tasks;

-- [names] a column like one there is
SELECT nam FROM tasks;

-- [names] a column like none
SELECT gid FROM tasks WHERE nothing_of_the_kind = 1;

-- [names] a column of an alias
SELECT t.titel FROM tasks t JOIN projects p ON p.gid = t.project_gid;

-- [names] an alias that is not there
SELECT x.gid FROM tasks t;

-- [names] a column hidden by an alias of its relation
SELECT tasks.gid FROM tasks t;

-- [names] a table like one there is
SELECT * FROM task;

-- [names] a schema that is not there
SELECT * FROM nowhere.tasks;

-- [names] a relation that is not in asana
SELECT * FROM asana.picks;

-- [names] a function like one there is
SELECT uper(name) FROM tasks;

-- [names] a column that two relations have
SELECT gid FROM tasks t JOIN projects p ON p.gid = t.project_gid;

-- [names] a column USING which there is none
SELECT * FROM tasks JOIN picks USING (nothing_of_the_kind);

-- [names] a column that EXCLUDE does not find
SELECT * EXCLUDE (nothing_of_the_kind) FROM tasks;

-- [names] a pattern that no column has
SELECT COLUMNS('nothing_.*') FROM tasks;

-- [names] in a later line of a join
SELECT t.gid
FROM tasks t
JOIN users u ON u.gid = t.asignee_gid;

-- [types] a function of the wrong arguments
SELECT upper(name, gid) FROM tasks;

-- [types] a sum of text
SELECT sum(name) FROM tasks;

-- [types] a comparison that no cast allows
SELECT gid FROM tasks WHERE followers = 3;

-- [types] a comparison of a date with what is none
SELECT gid FROM tasks WHERE due_on = 'tomorrow';

-- [types] a set operation of different widths
SELECT gid, name FROM tasks UNION SELECT gid FROM projects;

-- [types] a field that a struct has not
SELECT followers[1].email FROM tasks;

-- [grouping] a column that is not grouped
SELECT project_gid, name, count(*) FROM tasks GROUP BY project_gid;

-- [grouping] an aggregate in WHERE
SELECT gid FROM tasks WHERE count(*) > 1;

-- [grouping] a window function in WHERE
SELECT gid FROM tasks WHERE row_number() OVER () = 1;

-- [grouping] HAVING on what is not grouped
SELECT project_gid FROM tasks GROUP BY project_gid HAVING name = 'x';

-- [grouping] a position that there is not
SELECT gid FROM tasks ORDER BY 7;

-- [run time] a conversion of a value in a relation
SELECT gid, section_name::INTEGER FROM tasks WHERE section_name = 'To do';

-- [run time] a conversion in a predicate
SELECT count(*) FROM tasks WHERE resource_type::DATE = '2026-01-01';

-- [run time] a conversion of a constant
SELECT 'abc'::INTEGER;

-- [run time] a subquery of more than one row
SELECT name FROM projects WHERE gid = (SELECT DISTINCT resource_subtype || (SELECT gid FROM tasks) FROM tasks);

-- [run time] a scalar subquery of more than one row
SELECT (SELECT gid FROM users);

-- [run time] a conversion in a local table that gives keys
SELECT t.name FROM picks k JOIN tasks t USING (gid) WHERE k.note::INTEGER > 0;

-- [run time] an error() in a local table that gives keys
SELECT name FROM tasks WHERE gid IN (SELECT if(weight IS NULL, error('no weight'), gid) FROM picks);

-- [run time] an overflow
SELECT (num_likes + 1)::TINYINT * 200::TINYINT FROM tasks;

-- [run time] error() over a relation
SELECT if(completed, error('completed: ' || resource_type), gid) FROM tasks;

-- [run time] a thirteenth month
SELECT make_date(2026, 13, 1 + num_likes) FROM tasks;

-- [run time] a bad pattern
SELECT regexp_matches(name, '(') FROM tasks;

-- [run time] a bad format
SELECT strptime(name, '%Y') FROM tags WHERE name = 'urgent';

-- [constraints] a key twice, from a relation
CREATE TABLE kept (kind VARCHAR PRIMARY KEY);
INSERT INTO kept SELECT resource_type FROM tasks;

-- [constraints] NULL where there may be none
CREATE TABLE kept (boss VARCHAR NOT NULL);
INSERT INTO kept SELECT parent_gid FROM tasks;

-- [constraints] a check
CREATE TABLE kept (gid VARCHAR, CHECK (gid <> '<task>'));
INSERT INTO kept SELECT gid FROM tasks WHERE gid = '<task>';

-- [constraints] a reference to nothing
CREATE TABLE parents (gid VARCHAR PRIMARY KEY);
CREATE TABLE children (parent VARCHAR REFERENCES parents (gid));
INSERT INTO children SELECT project_gid FROM tasks WHERE project_gid = '<project>';

-- [statements] a table that is there
CREATE TABLE picks (n INTEGER);

-- [statements] as many values as columns
CREATE TABLE kept (a VARCHAR, b VARCHAR);
INSERT INTO kept SELECT gid FROM tasks;

-- [statements] a column that INSERT BY NAME does not find
CREATE TABLE kept (a VARCHAR);
INSERT INTO kept BY NAME SELECT gid FROM tasks;

-- [statements] a table that is not there
DROP TABLE pick;

-- [statements] a file that is not there
SELECT * FROM 'nothing.parquet';

-- [statements] a file with another header
COPY (SELECT 'x' AS a) TO 'a.csv' (HEADER);
SELECT b FROM 'a.csv' JOIN tasks USING (gid);

-- [statements] too few parameters
-- with ["<task>"]
SELECT gid FROM tasks WHERE gid = ? AND name = ?;

-- [statements] a parameter that is not given
-- with {}
SELECT gid FROM tasks WHERE gid = $gid;

-- [statements] a prepared statement of too few values
PREPARE one AS SELECT gid FROM tasks WHERE gid = $1;
EXECUTE one;

-- [statements] a setting like one there is
SET TimeZon = 'UTC';

-- [statements] a time zone that is not there
SET TimeZone = 'Nowhere/Nothing';

-- [statements] a commit of nothing, after a rollback
BEGIN;
ROLLBACK;
COMMIT;

-- [statements] a view over a column that is not there
CREATE VIEW broken AS SELECT nam FROM tasks;

-- [statements] a macro with an argument too many
CREATE MACRO twice(n) AS n * 2;
SELECT twice(num_likes, 1) FROM tasks;

-- [statements] a recursion without a first part
WITH RECURSIVE r AS (SELECT n + 1 FROM r) SELECT * FROM r, tasks;

-- [statements] MERGE that matches twice
CREATE TABLE mine (gid VARCHAR, n INTEGER);
INSERT INTO mine VALUES ('<task>', 1);
MERGE INTO mine USING (SELECT gid FROM tasks) t USING (gid) WHEN MATCHED THEN UPDATE SET nothing = 1;

-- [statements] an ASOF join without an inequality
SELECT t.gid FROM tasks t ASOF JOIN fares r ON t.name = r.city;
