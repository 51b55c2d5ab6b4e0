-- LEFT as INNER
-- The archived projects' keys would narrow the tasks, and those of other projects would be lost.
SELECT t.gid, p.name FROM tasks t LEFT JOIN projects p ON p.gid = t.project_gid AND p.archived;
SELECT t.gid, p.name FROM tasks t JOIN projects p ON p.gid = t.project_gid AND p.archived;

-- LEFT as INNER, by a derived table
-- Stories of nobody and of others than the tasks' would be lost.
SELECT s.gid, t.gid FROM stories s LEFT JOIN {ownerless} t ON t.gid = s.task_gid;
SELECT s.gid, t.gid FROM stories s JOIN {ownerless} t ON t.gid = s.task_gid;

-- LEFT as INNER, after a predicate that NULLs pass
-- A predicate that is true of the NULLs of an outer join does not make it an inner one.
SELECT t.gid, p.name FROM tasks t LEFT JOIN projects p ON p.gid = t.project_gid AND p.archived
  WHERE coalesce(p.name, 'none') <> 'Nothing here yet';
SELECT t.gid, p.name FROM tasks t JOIN projects p ON p.gid = t.project_gid AND p.archived
  WHERE coalesce(p.name, 'none') <> 'Nothing here yet';

-- LEFT as INNER, under a LEFT that is inner
-- The condition rejects the NULLs of the second join; the first one still keeps its left rows.
SELECT t.gid, p.name FROM tasks t LEFT JOIN {archived} p ON p.gid = t.project_gid LEFT
  JOIN users u ON u.gid = t.assignee_gid WHERE u.name IS NOT NULL;
SELECT t.gid, p.name FROM tasks t JOIN {archived} p ON p.gid = t.project_gid LEFT
  JOIN users u ON u.gid = t.assignee_gid WHERE u.name IS NOT NULL;

-- LEFT as INNER, LATERAL
-- The row of every task would be lost for which the lateral query finds nothing.
SELECT t.gid, l.name FROM tasks t LEFT JOIN LATERAL (SELECT p.name FROM {archived} p
  WHERE p.gid = t.project_gid) l ON TRUE;
SELECT t.gid, l.name FROM tasks t JOIN LATERAL (SELECT p.name FROM {archived} p
  WHERE p.gid = t.project_gid) l ON TRUE;

-- FULL as INNER
-- Tasks of projects that are not archived have rows of their own.
SELECT t.gid, p.name FROM tasks t FULL JOIN {archived} p ON p.gid = t.project_gid;
SELECT t.gid, p.name FROM tasks t RIGHT JOIN {archived} p ON p.gid = t.project_gid;

-- FULL as LEFT
-- The same from the other side, which a rule for LEFT would let through.
SELECT t.gid, p.name FROM {archived} p FULL JOIN tasks t ON p.gid = t.project_gid;
SELECT t.gid, p.name FROM {archived} p LEFT JOIN tasks t ON p.gid = t.project_gid;

-- FULL as INNER, USING
-- The merged column is that of either side.
SELECT project_gid, t.gid FROM (SELECT gid AS project_gid FROM projects WHERE archived) p FULL
  JOIN tasks t USING (project_gid);
SELECT project_gid, t.gid FROM (SELECT gid AS project_gid FROM projects WHERE archived) p LEFT
  JOIN tasks t USING (project_gid);

-- RIGHT reversed
-- All rows of the right side stay; only it may give keys.
SELECT t.gid, p.name FROM {archived} p RIGHT JOIN tasks t ON t.project_gid = p.gid;
SELECT t.gid, p.name FROM {archived} p JOIN tasks t ON t.project_gid = p.gid;

-- RIGHT reversed, NATURAL
SELECT project_gid, t.gid FROM (SELECT gid AS project_gid, name AS launch FROM projects WHERE archived) p NATURAL
  RIGHT JOIN tasks t;
SELECT project_gid, t.gid FROM (SELECT gid AS project_gid, name AS launch FROM projects WHERE archived) p NATURAL
  JOIN tasks t;

-- POSITIONAL as INNER
-- Rows that stand side by side by their place do so before any are left out.
SELECT t.gid FROM {archived} p POSITIONAL JOIN (SELECT gid, project_gid FROM tasks ORDER BY project_gid, gid) t
  WHERE t.project_gid = p.gid;
SELECT t.gid FROM {archived} p POSITIONAL JOIN (SELECT gid, project_gid FROM tasks WHERE project_gid IN (SELECT gid
  FROM {archived}) ORDER BY project_gid, gid) t WHERE t.project_gid = p.gid;

-- ANTI both ways
-- Only tasks of archived projects would be read, and each of them has its match.
SELECT t.gid FROM tasks t ANTI JOIN {archived} p ON p.gid = t.project_gid;
SELECT t.gid FROM tasks t ANTI JOIN {archived} p ON p.gid = t.project_gid WHERE t.project_gid IN (SELECT gid
  FROM {archived});

-- NOT EXISTS both ways
SELECT t.gid FROM tasks t WHERE NOT EXISTS (SELECT 1 FROM projects p WHERE p.gid = t.project_gid AND p.archived);
SELECT t.gid FROM tasks t WHERE NOT EXISTS (SELECT 1 FROM projects p WHERE p.gid = t.project_gid AND p.archived)
  AND t.project_gid IN (SELECT gid FROM {archived});

-- NOT IN as IN
SELECT t.gid FROM tasks t WHERE t.project_gid NOT IN (SELECT p.gid FROM {archived} p);
SELECT t.gid FROM tasks t WHERE t.project_gid NOT IN (SELECT p.gid FROM {archived} p)
  AND t.project_gid IN (SELECT p.gid FROM {archived} p);

-- NOT (x IN …) as IN
SELECT t.gid FROM tasks t WHERE NOT (t.project_gid IN (SELECT p.gid FROM {archived} p));
SELECT t.gid FROM tasks t WHERE NOT (t.project_gid IN (SELECT p.gid FROM {archived} p))
  AND t.project_gid IN (SELECT p.gid FROM {archived} p);

-- <> ALL as = ANY
SELECT t.gid FROM tasks t WHERE t.project_gid <> ALL (SELECT p.gid FROM {archived} p);
SELECT t.gid FROM tasks t WHERE t.project_gid <> ALL (SELECT p.gid FROM {archived} p)
  AND t.project_gid = ANY (SELECT p.gid FROM {archived} p);

-- (x IN …) IS NOT TRUE as IN
SELECT t.gid FROM tasks t WHERE (t.project_gid IN (SELECT p.gid FROM {archived} p)) IS NOT TRUE;
SELECT t.gid FROM tasks t WHERE (t.project_gid IN (SELECT p.gid FROM {archived} p)) IS NOT TRUE
  AND t.project_gid IN (SELECT p.gid FROM {archived} p);

-- NOT IN carried inward
-- A story of a goal has no task, so nothing is certain not to be among the stories' tasks. With the ownerless
-- project's tasks as keys, that NULL would not be read, and tasks without stories would be found.
SELECT t.gid FROM {ownerless} t WHERE t.gid NOT IN (SELECT s.task_gid FROM stories s);
SELECT t.gid FROM {ownerless} t WHERE t.gid NOT IN (SELECT s.task_gid FROM stories s WHERE s.task_gid IN (SELECT gid
  FROM {ownerless}));

-- IN under IS NULL carried inward
-- The same NULL, seen by what IN says where it is not true.
SELECT t.gid FROM {ownerless} t WHERE (t.gid IN (SELECT s.task_gid FROM stories s)) IS NULL;
SELECT t.gid FROM {ownerless} t WHERE (t.gid IN (SELECT s.task_gid FROM stories s WHERE s.task_gid IN (SELECT gid
  FROM {ownerless}))) IS NULL;

-- EXISTS over an aggregate as plain
-- An aggregate without GROUP BY has a row where nothing is found: the condition holds of every task.
SELECT t.gid FROM tasks t WHERE EXISTS (SELECT count(*) FROM projects p WHERE p.gid = t.project_gid AND p.archived);
SELECT t.gid FROM tasks t WHERE EXISTS (SELECT 1 FROM projects p WHERE p.gid = t.project_gid AND p.archived);

-- EXISTS over max as plain
SELECT s.gid FROM stories s WHERE EXISTS (SELECT max(t.gid) FROM {ownerless} t WHERE t.gid = s.task_gid);
SELECT s.gid FROM stories s WHERE EXISTS (SELECT t.gid FROM {ownerless} t WHERE t.gid = s.task_gid);

-- a count as EXISTS
-- Nothing counted is a row as well.
SELECT t.gid FROM tasks t WHERE (SELECT count(*) FROM projects p WHERE p.gid = t.project_gid AND p.archived) = 0;
SELECT t.gid FROM tasks t WHERE (SELECT count(*) FROM projects p WHERE p.gid = t.project_gid AND p.archived) = 0
  AND t.project_gid IN (SELECT gid FROM {archived});

-- = (SELECT min) carried inward
-- The least of all tasks' projects is not the least of those in question.
SELECT p.name FROM {archived} p WHERE p.gid = (SELECT min(t.project_gid) FROM tasks t);
SELECT p.name FROM {archived} p WHERE p.gid = (SELECT min(t.project_gid) FROM tasks t
  WHERE t.project_gid IN (SELECT gid FROM {archived}));

-- IN over LIMIT carried inward
SELECT p.name FROM {archived} p WHERE p.gid IN (SELECT t.project_gid FROM tasks t ORDER BY 1 LIMIT 2);
SELECT p.name FROM {archived} p WHERE p.gid IN (SELECT t.project_gid FROM tasks t WHERE t.project_gid IN (SELECT gid
  FROM {archived}) ORDER BY 1 LIMIT 2);

-- a scalar subquery as a join
-- What a scalar subquery gives belongs to every row, those that match no project included.
SELECT t.gid, (SELECT p.name FROM {archived} p WHERE p.gid = t.project_gid) FROM tasks t;
SELECT t.gid, p.name FROM tasks t JOIN {archived} p ON p.gid = t.project_gid;

-- OR as AND, in WHERE
-- Completed tasks of every project belong to the answer.
SELECT t.gid FROM tasks t, {archived} p WHERE p.gid = t.project_gid OR t.completed;
SELECT t.gid FROM tasks t, {archived} p WHERE p.gid = t.project_gid;

-- OR as AND, in ON
SELECT t.gid FROM tasks t JOIN {archived} p ON (p.gid = t.project_gid OR t.completed);
SELECT t.gid FROM tasks t JOIN {archived} p ON p.gid = t.project_gid;

-- OR as AND, over IN
SELECT t.gid FROM tasks t WHERE t.project_gid IN (SELECT p.gid FROM {archived} p) OR t.completed;
SELECT t.gid FROM tasks t WHERE t.project_gid IN (SELECT p.gid FROM {archived} p);

-- OR as AND, over EXISTS
SELECT t.gid FROM tasks t WHERE t.completed OR EXISTS (SELECT 1 FROM projects p WHERE p.gid = t.project_gid
  AND p.archived);
SELECT t.gid FROM tasks t WHERE EXISTS (SELECT 1 FROM projects p WHERE p.gid = t.project_gid AND p.archived);

-- CASE as its condition
SELECT t.gid FROM tasks t WHERE CASE WHEN t.completed THEN TRUE ELSE t.project_gid IN (SELECT p.gid
  FROM {archived} p) END;
SELECT t.gid FROM tasks t WHERE t.project_gid IN (SELECT p.gid FROM {archived} p);

-- IS NOT DISTINCT FROM as =
-- The pick without a gid meets the stories without a task.
SELECT s.gid, k.note FROM picks k JOIN stories s ON s.task_gid IS NOT DISTINCT FROM k.gid
  WHERE k.note = 'no gid' OR k.note = 'twice';
SELECT s.gid, k.note FROM picks k JOIN stories s ON s.task_gid = k.gid WHERE k.note = 'no gid' OR k.note = 'twice';

-- IS NOT DISTINCT FROM as =, in WHERE
-- The project without an owner meets the tasks without an assignee.
SELECT t.gid, p.name FROM projects p, tasks t WHERE t.assignee_gid IS NOT DISTINCT FROM p.owner_gid
  AND p.name <> 'Launch';
SELECT t.gid, p.name FROM projects p, tasks t WHERE t.assignee_gid = p.owner_gid AND p.name <> 'Launch';

-- <> as =
SELECT t.gid FROM tasks t JOIN {archived} p ON p.gid <> t.project_gid;
SELECT t.gid FROM tasks t JOIN {archived} p ON p.gid = t.project_gid AND p.gid <> t.project_gid;

-- NATURAL after a comma
-- NATURAL joins the assignees alone: what stands before the comma is no part of it.
SELECT p.name, u.email, t.task_gid FROM (SELECT gid AS project_gid, name FROM projects
  WHERE archived) p, (SELECT gid, email FROM users) u NATURAL
  JOIN (SELECT gid AS task_gid, assignee_gid AS gid, project_gid FROM tasks) t;
SELECT p.name, u.email, t.task_gid FROM (SELECT gid AS project_gid, name FROM projects
  WHERE archived) p, (SELECT gid, email FROM users) u NATURAL
  JOIN (SELECT gid AS task_gid, assignee_gid AS gid, project_gid FROM tasks) t WHERE t.project_gid = p.project_gid;

-- a name of the inner query as the outer one's
-- Both are called gid, but the one of the subquery hides the one outside.
SELECT t.gid FROM tasks t WHERE EXISTS (SELECT 1 FROM {archived} t WHERE t.gid = gid);
SELECT t.gid FROM tasks t WHERE t.project_gid IN (SELECT gid FROM {archived});

-- keys for one of two scans of a CTE, as DuckDB likes
-- The keys of the one use would narrow what the other counts.
WITH c AS (SELECT gid, project_gid FROM tasks) SELECT c.gid, (SELECT count(*) FROM c) FROM {archived} p
  JOIN c ON c.project_gid = p.gid;
WITH c AS (SELECT gid, project_gid FROM tasks WHERE project_gid IN (SELECT gid FROM {archived}))
  SELECT c.gid, (SELECT count(*) FROM c) FROM {archived} p JOIN c ON c.project_gid = p.gid;

-- keys for one of two scans of a CTE, MATERIALIZED
WITH c AS MATERIALIZED (SELECT gid, project_gid FROM tasks) SELECT c.gid, (SELECT count(*) FROM c) FROM {archived} p
  JOIN c ON c.project_gid = p.gid;
WITH c AS MATERIALIZED (SELECT gid, project_gid FROM tasks WHERE project_gid IN (SELECT gid FROM {archived}))
  SELECT c.gid, (SELECT count(*) FROM c) FROM {archived} p JOIN c ON c.project_gid = p.gid;

-- keys for one of two scans of a CTE, NOT MATERIALIZED
WITH c AS NOT MATERIALIZED (SELECT gid, project_gid FROM tasks) SELECT c.gid, (SELECT count(*) FROM c)
  FROM {archived} p JOIN c ON c.project_gid = p.gid;
WITH c AS NOT MATERIALIZED (SELECT gid, project_gid FROM tasks WHERE project_gid IN (SELECT gid FROM {archived}))
  SELECT c.gid, (SELECT count(*) FROM c) FROM {archived} p JOIN c ON c.project_gid = p.gid;

-- keys for one of two uses of a CTE, each narrowed in its own way
-- Where the CTE is read, a row belongs to it by either condition.
WITH c AS (SELECT gid, project_gid, name FROM tasks) SELECT c.gid, (SELECT count(*) FROM c WHERE name > 'M')
  FROM {archived} p JOIN c ON c.project_gid = p.gid;
WITH c AS (SELECT gid, project_gid, name FROM tasks WHERE project_gid IN (SELECT gid FROM {archived})) SELECT c.gid,
  (SELECT count(*) FROM c WHERE name > 'M') FROM {archived} p JOIN c ON c.project_gid = p.gid;

-- keys for one of two branches over a CTE
WITH c AS NOT MATERIALIZED (SELECT * FROM tasks) SELECT c.gid FROM {archived} p JOIN c ON c.project_gid = p.gid
  UNION ALL SELECT c.name FROM c WHERE c.completed = TRUE;
WITH c AS NOT MATERIALIZED (SELECT * FROM tasks WHERE project_gid IN (SELECT gid FROM {archived})) SELECT c.gid
  FROM {archived} p JOIN c ON c.project_gid = p.gid UNION ALL SELECT c.name FROM c WHERE c.completed = TRUE;

-- keys for one of two uses of a view
SELECT a.gid, b.gid FROM {archived} p JOIN viewed_tasks a ON a.project_gid = p.gid
  JOIN viewed_tasks b ON b.assignee_gid = a.assignee_gid;
SELECT a.gid, b.gid FROM {archived} p JOIN viewed_tasks a ON a.project_gid = p.gid
  JOIN viewed_tasks b ON b.assignee_gid = a.assignee_gid WHERE b.project_gid IN (SELECT gid FROM {archived});

-- keys beneath a LIMIT
-- Rows are chosen, numbered, counted and compared before they meet the projects.
SELECT t.* FROM {archived} p JOIN (SELECT gid, project_gid
  FROM tasks ORDER BY gid DESC, project_gid LIMIT 9) t ON t.project_gid = p.gid;
SELECT t.* FROM {archived} p JOIN (SELECT gid, project_gid FROM tasks WHERE project_gid IN (SELECT gid
  FROM {archived}) ORDER BY gid DESC, project_gid LIMIT 9) t ON t.project_gid = p.gid;

-- keys beneath a window
SELECT t.* FROM {archived} p JOIN (SELECT gid, project_gid, row_number() OVER (ORDER BY gid, project_gid) AS place
  FROM tasks) t ON t.project_gid = p.gid;
SELECT t.* FROM {archived} p JOIN (SELECT gid, project_gid, row_number() OVER (ORDER BY gid, project_gid) AS place
  FROM tasks WHERE project_gid IN (SELECT gid FROM {archived})) t ON t.project_gid = p.gid;

-- keys beneath an aggregate
SELECT t.* FROM {archived} p JOIN (SELECT max(project_gid) AS project_gid, count(*) AS n
  FROM tasks) t ON t.project_gid = p.gid;
SELECT t.* FROM {archived} p JOIN (SELECT max(project_gid) AS project_gid, count(*) AS n FROM tasks
  WHERE project_gid IN (SELECT gid FROM {archived})) t ON t.project_gid = p.gid;

-- keys beneath a GROUP BY of another column
SELECT t.* FROM {archived} p JOIN (SELECT completed, max(project_gid) AS project_gid, count(*) AS n
  FROM tasks GROUP BY completed) t ON t.project_gid = p.gid;
SELECT t.* FROM {archived} p JOIN (SELECT completed, max(project_gid) AS project_gid, count(*) AS n FROM tasks
  WHERE project_gid IN (SELECT gid FROM {archived}) GROUP BY completed) t ON t.project_gid = p.gid;

-- keys beneath DISTINCT ON
SELECT t.* FROM {archived} p JOIN (SELECT DISTINCT ON (assignee_gid) gid, project_gid
  FROM tasks ORDER BY assignee_gid, gid, project_gid) t ON t.project_gid = p.gid;
SELECT t.* FROM {archived} p JOIN (SELECT DISTINCT ON (assignee_gid) gid, project_gid FROM tasks
  WHERE project_gid IN (SELECT gid
  FROM {archived}) ORDER BY assignee_gid, gid, project_gid) t ON t.project_gid = p.gid;

-- one branch of a UNION as all of it
-- Tasks belong to the answer by what either branch gives.
SELECT t.gid FROM tasks t JOIN (SELECT gid FROM {archived} UNION ALL SELECT s.project_gid FROM sections s
  WHERE s.name IS NOT NULL) x ON x.gid = t.project_gid;
SELECT t.gid FROM tasks t JOIN {archived} x ON x.gid = t.project_gid;
