-- [with] one use and two
WITH open AS (SELECT * FROM tasks WHERE NOT completed) SELECT count(*) FROM open;
WITH open AS (SELECT gid, project_gid FROM tasks WHERE NOT completed)
SELECT a.project_gid, count(*) FROM open a JOIN open b USING (gid) GROUP BY ALL ORDER BY ALL;

-- [with] uses with different predicates
WITH t AS (SELECT gid, project_gid, completed FROM tasks)
SELECT (SELECT count(*) FROM t WHERE project_gid = '<project>') AS a, (SELECT count(*) FROM t WHERE completed) AS b;

-- [with] MATERIALIZED and NOT MATERIALIZED
WITH t AS MATERIALIZED (SELECT gid, project_gid FROM tasks)
SELECT count(*) FROM t a JOIN projects p ON p.gid = a.project_gid WHERE p.gid = '<project>';
WITH t AS NOT MATERIALIZED (SELECT gid, project_gid FROM tasks) SELECT count(*) FROM t a, t b WHERE a.gid = b.gid;

-- [with] names for columns, and one from another
WITH p(id, title) AS (SELECT gid, name FROM projects), t AS (SELECT project_gid, count(*) AS n FROM tasks GROUP BY ALL)
SELECT title, coalesce(n, 0) AS n FROM p LEFT JOIN t ON t.project_gid = p.id ORDER BY ALL;

-- [with] a name that hides a relation
WITH tasks AS (SELECT 'x' AS gid, 1 AS n) SELECT tasks.gid, n FROM tasks;
WITH projects AS (SELECT gid, upper(name) AS name FROM asana.projects) SELECT name FROM projects ORDER BY ALL;

-- [with] recursion over a local table
WITH RECURSIVE under(id, name, depth) AS (
    SELECT id, name, 0 FROM people WHERE boss IS NULL
    UNION ALL SELECT p.id, p.name, u.depth + 1 FROM people p JOIN under u ON p.boss = u.id
) SELECT * FROM under ORDER BY ALL;

-- [with] recursion that reads a relation in every round
WITH RECURSIVE walk(gid, depth) AS (
    SELECT '<task>', 0
    UNION SELECT d.gid, w.depth + 1 FROM walk w JOIN tasks t ON t.gid = w.gid, unnest(t.dependencies) u(d) WHERE w.depth < 3
) SELECT * FROM walk ORDER BY ALL;

-- [with] recursion that starts from a relation
WITH RECURSIVE steps AS (
    SELECT gid, 1 AS n FROM projects UNION ALL SELECT s.gid, n + 1 FROM steps s JOIN projects p USING (gid) WHERE n < 3
) SELECT gid, max(n) FROM steps GROUP BY gid ORDER BY ALL;

-- [with] USING KEY
WITH RECURSIVE reach(b, hops) USING KEY (b) AS (
    SELECT b, 1 FROM links WHERE a = 1 UNION SELECT l.b, r.hops + 1 FROM reach r JOIN links l ON l.a = r.b WHERE r.hops < 4
) SELECT b FROM reach ORDER BY b;

-- [with] inside a subquery
SELECT name FROM users WHERE gid IN (WITH t AS (SELECT assignee_gid FROM tasks WHERE completed) FROM t) ORDER BY ALL;

-- [window] ranks within groups
SELECT gid, project_gid, row_number() OVER (PARTITION BY project_gid ORDER BY created_at, gid) AS n FROM tasks;

-- [window] a frame and a named window
SELECT gid, sum(num_likes) OVER w, count(*) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM tasks
WINDOW w AS (PARTITION BY project_gid ORDER BY created_at, gid) ORDER BY gid, project_gid;

-- [window] over an aggregate
SELECT project_gid, count(*) AS n, rank() OVER (ORDER BY count(*) DESC) FROM tasks GROUP BY project_gid ORDER BY ALL;

-- [window] with NULLs in the order
SELECT gid, due_on, row_number() OVER (ORDER BY due_on, gid, project_gid) FROM tasks ORDER BY ALL;

-- [qualify] the newest of each project
SELECT project_gid, name, created_at FROM tasks
QUALIFY row_number() OVER (PARTITION BY project_gid ORDER BY created_at DESC, gid) = 1 ORDER BY ALL;

-- [qualify] by an alias, over a join
SELECT p.name AS project, t.name, row_number() OVER (PARTITION BY p.gid ORDER BY t.num_likes DESC, t.gid) AS place
FROM projects p JOIN tasks t ON t.project_gid = p.gid QUALIFY place <= 2 ORDER BY ALL;

-- [set operations] UNION and UNION ALL
SELECT assignee_gid FROM tasks UNION SELECT owner_gid FROM projects ORDER BY ALL;
SELECT gid, 'task' AS kind FROM tasks UNION ALL SELECT gid, 'project' FROM projects ORDER BY ALL;

-- [set operations] INTERSECT and EXCEPT, with and without ALL
SELECT gid FROM users INTERSECT SELECT assignee_gid FROM tasks ORDER BY ALL;
SELECT gid FROM users EXCEPT SELECT assignee_gid FROM tasks ORDER BY ALL;
SELECT gid FROM tasks EXCEPT ALL SELECT gid FROM picks ORDER BY ALL;
SELECT gid FROM tasks INTERSECT ALL SELECT gid FROM picks ORDER BY ALL;

-- [set operations] BY NAME
SELECT gid, name FROM projects UNION ALL BY NAME SELECT name, email FROM users ORDER BY ALL;
SELECT name, gid FROM tags UNION BY NAME SELECT gid, name FROM teams ORDER BY ALL;

-- [set operations] a union as a derived table, filtered
SELECT * FROM (SELECT gid, project_gid, 'open' AS state FROM tasks WHERE NOT completed
UNION ALL SELECT gid, project_gid, 'done' FROM tasks WHERE completed) WHERE project_gid = '<project>' ORDER BY ALL;

-- [set operations] different types
SELECT num_likes FROM tasks UNION SELECT 1.5 UNION SELECT NULL ORDER BY ALL;

-- [prepared statements] by position
-- with ["<project>", true]
SELECT count(*) FROM tasks WHERE project_gid = ? AND completed = ?;

-- [prepared statements] by number, in another order
-- with [3, "<project>"]
SELECT gid, $1 + 1 AS n FROM tasks WHERE project_gid = $2 ORDER BY gid LIMIT $1;

-- [prepared statements] by name
-- with {"who": "<user>", "least": 0}
SELECT t.name, p.name FROM tasks t JOIN projects p ON p.gid = t.project_gid
WHERE t.assignee_gid = $who AND t.num_likes >= $least ORDER BY ALL;

-- [prepared statements] a list and NULL
-- with [null, ["<task>", "<other>", null]]
SELECT gid, ? IS NULL AS unsaid FROM tasks WHERE gid IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL;

-- [prepared statements] PREPARE, EXECUTE, DEALLOCATE
PREPARE of_project AS SELECT name FROM tasks WHERE project_gid = $1 AND completed = $2 ORDER BY gid;
EXECUTE of_project('<project>', true);
EXECUTE of_project('<larger>', false);
EXECUTE of_project('<larger>', true);
DEALLOCATE of_project;
SELECT 1;

-- [prepared statements] by name, and of a join
PREPARE mine AS SELECT t.gid FROM tasks t JOIN users u ON u.gid = t.assignee_gid WHERE u.gid = $who ORDER BY ALL;
EXECUTE mine(who := '<user>');

-- [prepared statements] in an INSERT
CREATE TABLE kept (gid VARCHAR, note VARCHAR);
-- with ["good", "<project>"]
INSERT INTO kept SELECT gid, ? FROM tasks WHERE project_gid = ?;
SELECT note, count(*) FROM kept GROUP BY ALL;
