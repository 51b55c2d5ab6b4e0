-- [select] expressions over columns
SELECT name, num_likes + 1, num_likes * 2 AS twice, upper(name)[1:3] FROM tasks ORDER BY gid, project_gid;

-- [select] an alias used by what follows it
SELECT num_likes + 1 AS more, more * more AS square FROM tasks WHERE more > 1 ORDER BY ALL;

-- [select] an alias before its expression
SELECT likes: num_likes, who: assignee_name FROM tasks ORDER BY gid, project_gid;

-- [select] DISTINCT
SELECT DISTINCT project_gid, completed FROM tasks ORDER BY ALL;

-- [select] DISTINCT ON
SELECT DISTINCT ON (project_gid) project_gid, gid, created_at FROM tasks ORDER BY project_gid, created_at DESC, gid;

-- [select] ALL, and a clause of every kind
SELECT ALL p.name, count(*) AS n FROM projects p JOIN tasks t ON t.project_gid = p.gid WHERE t.num_likes >= 0 GROUP BY p.name
HAVING n > 9 ORDER BY n DESC LIMIT 2 OFFSET 1;

-- [select] no relation at all
SELECT 1 AS one, 'two' AS two, NULL AS three;

-- [where] conjuncts that Asana can filter by, and some that it cannot
SELECT gid FROM tasks WHERE project_gid = '<project>' AND completed AND name ILIKE '%e%' AND num_likes BETWEEN 0 AND 9 ORDER BY gid;

-- [where] a disjunction
SELECT gid, name FROM tasks WHERE project_gid = '<project>' OR assignee_gid IS NULL ORDER BY ALL;

-- [where] a negation
SELECT count(*) FROM tasks WHERE NOT (completed OR due_on IS NULL);

-- [where] booleans by themselves
SELECT count(*) FROM tasks WHERE completed IS NOT TRUE;
SELECT count(*) FROM tasks WHERE completed = false;
SELECT count(*) FROM projects WHERE archived;

-- [where] an alias of the SELECT
SELECT date_trunc('month', created_at) AS month, gid FROM tasks WHERE month >= '2026-01-01' ORDER BY ALL;

-- [where] a contradiction gives no rows
SELECT count(*) FROM tasks WHERE gid = '<task>' AND gid = '<other>';

-- [where] a constant condition
SELECT count(*) FROM tasks WHERE 1 = 1 AND NOT (2 < 1);

-- [where] NULL as a condition
SELECT count(*) FROM tasks WHERE NULL;

-- [group by] columns, expressions and positions
SELECT project_gid, completed, count(*) FROM tasks GROUP BY project_gid, completed ORDER BY ALL;
SELECT month(created_at) AS m, count(*) FROM tasks GROUP BY m ORDER BY m;
SELECT year(created_at), completed, sum(num_likes) FROM tasks GROUP BY 1, 2 ORDER BY 1, 2;

-- [group by] ALL
SELECT assignee_name, completed, count(*), max(due_on) FROM tasks GROUP BY ALL ORDER BY ALL;

-- [group by] a group of NULLs
SELECT due_on, count(*) FROM tasks GROUP BY due_on ORDER BY due_on;

-- [group by] columns of two relations
SELECT p.name, s.name, count(*) FROM tasks t JOIN projects p ON p.gid = t.project_gid JOIN sections s ON s.gid = t.section_gid
GROUP BY p.name, s.name ORDER BY ALL;

-- [grouping sets] several groupings at once
SELECT project_gid, completed, count(*), grouping(project_gid, completed) AS g FROM tasks
GROUP BY GROUPING SETS ((project_gid, completed), (project_gid), ()) ORDER BY ALL;

-- [grouping sets] CUBE
SELECT project_gid, completed, count(*), grouping_id(project_gid, completed) FROM tasks GROUP BY CUBE (project_gid, completed)
ORDER BY ALL;

-- [grouping sets] ROLLUP over a join
SELECT p.name, t.section_name, count(*) FROM tasks t JOIN projects p ON p.gid = t.project_gid
GROUP BY ROLLUP (p.name, t.section_name) ORDER BY ALL;

-- [having] an aggregate, and an alias
SELECT assignee_gid, count(*) AS n FROM tasks GROUP BY assignee_gid HAVING n >= 3 AND max(num_likes) > 0 ORDER BY ALL;

-- [having] no GROUP BY
SELECT count(*) FROM tasks HAVING count(*) > 1;

-- [order by] several columns, directions and NULLs
SELECT due_on, name, gid FROM tasks ORDER BY due_on DESC NULLS LAST, name COLLATE NOCASE, gid, project_gid;

-- [order by] the place of NULLs by default
SELECT due_on, gid, project_gid FROM tasks ORDER BY due_on, gid, project_gid;
SELECT due_on, gid, project_gid FROM tasks ORDER BY due_on DESC, gid, project_gid;

-- [order by] the place of NULLs in a local table
SELECT name, pay FROM people ORDER BY pay, name, id;

-- [order by] ALL, with a direction
SELECT assignee_name, completed, project_gid FROM tasks ORDER BY ALL DESC NULLS FIRST;

-- [order by] an expression and what is not selected
SELECT name FROM users ORDER BY length(email), reverse(name), gid;

-- [order by] a position
SELECT name, gid FROM tags ORDER BY 2;

-- [limit] the first rows of an order
SELECT gid, created_at FROM tasks ORDER BY created_at DESC, gid LIMIT 5;

-- [limit] LIMIT and OFFSET
SELECT gid FROM users ORDER BY gid LIMIT 3 OFFSET 4;
SELECT gid FROM users ORDER BY gid OFFSET 17;

-- [limit] a percentage
SELECT gid FROM users ORDER BY gid LIMIT 25%;

-- [limit] an expression and a subquery
SELECT gid FROM tasks ORDER BY gid, project_gid LIMIT (SELECT count(*) FROM projects);
SELECT gid FROM users ORDER BY gid LIMIT 1 + 1;

-- [limit] no row wanted, and any row
SELECT gid FROM tasks LIMIT 0;
SELECT count(*) FROM (SELECT gid FROM tasks LIMIT 7);

-- [limit] FETCH FIRST is spelled LIMIT, with NULLs placed
SELECT due_on, gid FROM tasks ORDER BY due_on NULLS FIRST, gid, project_gid LIMIT 4;

-- [limit] a limit inside a union
(SELECT gid FROM projects ORDER BY gid LIMIT 2) UNION ALL (SELECT gid FROM users ORDER BY gid LIMIT 2) ORDER BY gid;

-- [sample] how many rows
SELECT count(*) FROM (SELECT gid FROM tasks USING SAMPLE 10 ROWS);
SELECT count(*) FROM (SELECT gid FROM tasks USING SAMPLE reservoir(7 ROWS) REPEATABLE (3));
SELECT count(*) FROM tasks TABLESAMPLE reservoir(100%);

-- [sample] more than there are
SELECT gid FROM users USING SAMPLE 1000 ROWS;

-- [sample] the same rows of a local table with the same seed
SELECT id FROM people USING SAMPLE reservoir(2 ROWS) REPEATABLE (42);

-- [filter] aggregates of some rows
SELECT count(*) FILTER (WHERE completed), count(*) FILTER (NOT completed), sum(num_likes) FILTER (WHERE due_on IS NULL) FROM tasks;

-- [filter] with groups, as a pivot
SELECT project_gid, count(*) FILTER (completed) AS done, count(*) FILTER (NOT completed) AS open,
list(gid ORDER BY gid) FILTER (num_likes > 1) AS liked FROM tasks GROUP BY project_gid ORDER BY ALL;

-- [values] as a statement
VALUES (1, 'a'), (2, NULL) ORDER BY 1;

-- [values] inserted with a value of a relation
CREATE TABLE made (n INTEGER, s VARCHAR);
INSERT INTO made VALUES (1, (SELECT min(name) FROM projects)), (2, (SELECT max(gid) FROM tasks));
FROM made ORDER BY n;

-- [unnest] a list of structs of a relation
SELECT gid, unnest(followers) FROM tasks WHERE project_gid = '<larger>';

-- [unnest] recursively
SELECT gid, unnest(followers, recursive := true) FROM tasks WHERE project_gid = '<larger>';

-- [unnest] in FROM
SELECT t.gid, f.unnest.name FROM tasks t, unnest(t.followers) f WHERE t.gid = '<task>';

-- [unnest] beside its position
SELECT id, unnest(skills) AS skill, generate_subscripts(skills, 1) AS place FROM people ORDER BY ALL;

-- [unnest] a struct into columns
SELECT unnest(memberships[1], recursive := true) FROM tasks WHERE gid = '<other>';

-- [select] several statements in one text
CREATE TEMP TABLE n AS SELECT 1 AS n; INSERT INTO n SELECT count(*) FROM tasks; SELECT n FROM n ORDER BY n;
