-- [friendly sql] its shorthands together
FROM tasks SELECT project_gid, n: count(), done: count() FILTER (completed), GROUP BY ALL ORDER BY ALL;

-- [friendly sql] functions chained, and strings sliced
SELECT name.lower().replace(' ', '-') AS slug, slug[-4:] AS tail FROM projects ORDER BY ALL;

-- [friendly sql] trailing commas
SELECT gid, name, FROM tags WHERE gid IN (SELECT gid FROM tags,) ORDER BY gid,;

-- [indexing] from one
SELECT 'abc'[1], [1, 2, 3][1], [1, 2, 3][-1], name[1] FROM teams ORDER BY gid;

-- [keywords and identifiers] cases are kept and do not matter
SELECT GID AS "Gid", Name AS NAME FROM Projects ORDER BY "gid";

-- [keywords and identifiers] names that come twice
SELECT t.gid, p.gid, t.name, p.name FROM tasks t JOIN projects p ON p.gid = t.project_gid ORDER BY ALL;
SELECT * FROM (SELECT t.gid, p.gid FROM tasks t JOIN projects p ON p.gid = t.project_gid) ORDER BY ALL;

-- [keywords and identifiers] quoted, with quotes and spaces
SELECT gid AS "the ""id""", name AS "a b" FROM tags AS "my tags" WHERE "my tags".gid > '' ORDER BY "the ""id""";

-- [keywords and identifiers] comments
SELECT /* all of it, /* nested */ even ; here */ count(*) -- and here; too
FROM tasks -- 'a quote
WHERE completed;

-- [order preservation] of a subquery with a limit
SELECT list(gid) FROM (SELECT gid FROM tasks ORDER BY created_at, gid LIMIT 5);

-- [order preservation] of a local table
SELECT list(id) FROM people WHERE id > 1;

-- [postgresql compatibility] what differs there
SELECT 1 / 2, 1 // 2, 2 ^ 3, 'abc' ~ 'b', '{1,2}'[1], NULL = NULL;
SELECT relname FROM pg_catalog.pg_class WHERE relname IN ('picks', 'people') ORDER BY relname;

-- [constraints] kept
CREATE TABLE parents (gid VARCHAR PRIMARY KEY);
CREATE TABLE children (gid VARCHAR NOT NULL UNIQUE, parent VARCHAR REFERENCES parents (gid), CHECK (gid <> parent));
INSERT INTO parents SELECT gid FROM projects;
INSERT INTO children SELECT gid, any_value(project_gid) FROM tasks WHERE project_gid = '<larger>' GROUP BY gid;
SELECT count(*) FROM children c JOIN projects p ON p.gid = c.parent;

-- [duckdb table functions] of one's own objects
SELECT table_name, estimated_size, column_count FROM duckdb_tables() WHERE table_name IN ('picks', 'people') ORDER BY ALL;
SELECT view_name, column_count FROM duckdb_views() WHERE view_name IN ('open_tasks', 'work') ORDER BY ALL;
SELECT function_name, parameters FROM duckdb_functions() WHERE function_name = 'list_zip';

-- [information schema] columns of a relation and of a table
SELECT column_name, data_type, is_nullable FROM information_schema.columns
WHERE table_catalog = 'asana' AND table_schema = 'main' AND table_name = 'tasks' ORDER BY ordinal_position;
SELECT table_name, table_type FROM information_schema.tables WHERE table_name IN ('picks', 'work') ORDER BY ALL;
