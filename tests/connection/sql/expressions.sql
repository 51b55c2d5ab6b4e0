-- [case] searched and simple
SELECT gid, CASE WHEN completed THEN 'done' WHEN due_on < '2026-03-02' THEN 'late' END AS state FROM tasks ORDER BY ALL;
SELECT CASE section_name WHEN 'To do' THEN 1 ELSE 0 END AS todo, count(*) FROM tasks GROUP BY ALL ORDER BY ALL;

-- [case] in a predicate
SELECT gid FROM tasks WHERE CASE WHEN completed THEN num_likes > 0 ELSE due_on IS NULL END ORDER BY ALL;

-- [cast] in both spellings
SELECT CAST(num_likes AS VARCHAR), due_on::TIMESTAMP, created_at::DATE, completed::INTEGER FROM tasks ORDER BY gid, project_gid;

-- [cast] TRY_CAST of what cannot be
SELECT name, TRY_CAST(split_part(name, ' ', -1) AS INTEGER) AS n FROM tasks ORDER BY ALL;

-- [cast] a struct and a list
SELECT gid, followers[1]::STRUCT(gid BIGINT, name VARCHAR) FROM tasks WHERE project_gid = '<larger>' ORDER BY gid;

-- [collations] an order, and a comparison
SELECT name FROM users ORDER BY name COLLATE NOCASE.NOACCENT;
SELECT gid FROM users WHERE name COLLATE NOACCENT = 'Ines Okafor';
SELECT name FROM people WHERE name = 'BO' COLLATE NOCASE;

-- [comparisons] with NULLs told apart or not
SELECT gid FROM tasks WHERE assignee_gid IS DISTINCT FROM '<user>' ORDER BY ALL;
SELECT count(*) FROM tasks a JOIN tasks b ON a.due_on IS NOT DISTINCT FROM b.due_on AND a.gid = b.gid;
SELECT count(*) FROM tasks WHERE due_on IS NOT DISTINCT FROM NULL;

-- [comparisons] BETWEEN dates and times
SELECT gid, due_on FROM tasks WHERE due_on BETWEEN '2026-01-01' AND '2026-02-28' ORDER BY ALL;
SELECT gid, created_at FROM tasks WHERE created_at NOT BETWEEN '2026-01-01' AND '2026-02-01' ORDER BY ALL;

-- [comparisons] by the session's time zone
SELECT gid, created_at FROM tasks WHERE created_at >= TIMESTAMPTZ '2026-02-23 00:00:00' ORDER BY ALL;
SELECT gid, created_at::DATE AS day FROM tasks WHERE created_at::DATE = '2026-02-22' ORDER BY ALL;

-- [comparisons] a gid with a number
SELECT count(*) FROM tasks WHERE gid = <task>;

-- [in] a list, one with NULL, and its negation
SELECT gid, project_gid FROM tasks WHERE gid IN ('<task>', '<other>', '<other>') ORDER BY ALL;
SELECT gid, project_gid FROM tasks WHERE gid IN ('<task>', NULL) ORDER BY ALL;
SELECT count(*) FROM tasks WHERE gid NOT IN ('<task>', NULL);
SELECT count(*) FROM tasks WHERE gid NOT IN ('<task>', '1');

-- [in] a list value
SELECT gid FROM tasks WHERE gid IN ['<task>', '<other>'] ORDER BY ALL;
SELECT gid FROM tasks WHERE 'sql' IN (SELECT unnest(skills) FROM people) AND gid = '<task>';

-- [in] a subquery on another relation
SELECT name FROM users WHERE gid IN (SELECT owner_gid FROM projects WHERE archived) ORDER BY ALL;
SELECT name FROM tasks WHERE gid IN (SELECT gid FROM picks) ORDER BY ALL;
SELECT count(*) FROM tasks WHERE gid NOT IN (SELECT gid FROM picks);
SELECT count(*) FROM tasks WHERE gid NOT IN (SELECT gid FROM picks WHERE gid IS NOT NULL);

-- [in] several columns
SELECT gid FROM tasks WHERE (project_gid, completed) IN (SELECT gid, archived FROM projects) ORDER BY ALL;

-- [logical operators] with NULL
SELECT gid, due_on < '2026-01-01' OR completed AS either, NOT (due_on < '2026-01-01') AS later FROM tasks ORDER BY ALL;

-- [star] EXCLUDE, REPLACE and RENAME
SELECT * EXCLUDE (members, custom_fields) REPLACE (upper(name) AS name) RENAME (gid AS id) FROM projects ORDER BY id;

-- [star] of one of two relations
SELECT u.*, t.gid FROM tasks t JOIN users u ON u.gid = t.assignee_gid WHERE t.completed ORDER BY ALL;

-- [star] LIKE, and COLUMNS by a pattern
SELECT * LIKE '%_on' FROM tasks ORDER BY gid, project_gid;
SELECT COLUMNS('.*_name') FROM tasks ORDER BY ALL;
SELECT min(COLUMNS('(.*)_at')) AS 'first_\1', max(COLUMNS(lambda c: c LIKE 'num%')) FROM tasks;
SELECT * FROM tags WHERE COLUMNS(['gid', 'name']) IS NOT NULL ORDER BY gid;

-- [star] unpacked
SELECT coalesce(*COLUMNS(['assignee_name', 'name'])) AS someone FROM tasks ORDER BY ALL;

-- [subqueries] a scalar
SELECT name FROM tasks WHERE created_at = (SELECT max(created_at) FROM tasks);
SELECT name, (SELECT count(*) FROM projects) AS n FROM teams ORDER BY ALL;

-- [subqueries] a correlated scalar
SELECT p.name, (SELECT max(t.due_on) FROM tasks t WHERE t.project_gid = p.gid) AS latest FROM projects p ORDER BY ALL;

-- [subqueries] EXISTS and NOT EXISTS
SELECT name FROM projects p WHERE EXISTS (SELECT 1 FROM tasks t WHERE t.project_gid = p.gid AND t.completed) ORDER BY ALL;
SELECT name FROM projects p WHERE NOT EXISTS (FROM tasks t WHERE t.project_gid = p.gid) ORDER BY ALL;

-- [subqueries] EXISTS over an aggregate, which always is
SELECT name FROM projects p WHERE EXISTS (SELECT count(*) FROM tasks t WHERE t.project_gid = p.gid) ORDER BY ALL;

-- [subqueries] ANY and ALL
SELECT gid FROM tasks WHERE gid = ANY (SELECT gid FROM picks) ORDER BY ALL;
SELECT name FROM tasks WHERE num_likes >= ALL (SELECT num_likes FROM tasks) ORDER BY ALL;
SELECT count(*) FROM tasks WHERE project_gid <> ALL (SELECT gid FROM projects WHERE archived);

-- [subqueries] an array of one
SELECT p.name, ARRAY(SELECT t.name FROM tasks t WHERE t.project_gid = p.gid AND t.completed ORDER BY t.name) FROM projects p
ORDER BY ALL;

-- [subqueries] in one another
SELECT name FROM users WHERE gid IN (SELECT assignee_gid FROM tasks WHERE project_gid =
(SELECT gid FROM projects WHERE name = 'Onboarding')) ORDER BY ALL;

-- [subqueries] a row as a struct
SELECT p.name, (SELECT struct_pack(n := count(*), last := max(gid)) FROM tasks WHERE project_gid = p.gid) AS s FROM projects p
ORDER BY ALL;

-- [try] of what fails for some rows
SELECT gid, TRY(name::INTEGER) FROM tags ORDER BY gid;
SELECT TRY(make_date(2026, num_likes, 1)) AS l, count(*) FROM tasks GROUP BY ALL ORDER BY ALL;
