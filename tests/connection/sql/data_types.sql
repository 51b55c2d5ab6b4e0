-- [array] of a fixed length
SELECT [gid, project_gid]::VARCHAR[2] AS pair, pair[1] = gid AS same FROM tasks ORDER BY gid, project_gid;

-- [bitstring] of booleans of a relation
SELECT project_gid, bitstring_agg(num_likes, 0, 30)::VARCHAR FROM tasks GROUP BY ALL ORDER BY ALL;

-- [blob] of text
SELECT gid::BLOB, '\xAA'::BLOB, octet_length(gid::BLOB) FROM tags ORDER BY gid;

-- [boolean] columns in expressions
SELECT completed AND liked AS both, bool_or(completed), count(*) FROM tasks GROUP BY ALL ORDER BY ALL;

-- [date] arithmetic
SELECT gid, due_on + 7 AS week, due_on - DATE '2026-01-01' AS days, due_on + INTERVAL 1 MONTH FROM tasks ORDER BY gid, project_gid;

-- [date] infinity and the epoch
SELECT gid FROM tasks WHERE due_on < 'infinity'::DATE AND due_on > 'epoch'::DATE ORDER BY ALL;

-- [enum] compared with a column of a relation
CREATE TYPE shade AS ENUM (SELECT DISTINCT color FROM tags WHERE color IS NOT NULL ORDER BY color);
CREATE TABLE wanted (shade shade);
INSERT INTO wanted SELECT DISTINCT color::shade FROM tags;
SELECT t.name, w.shade FROM tags t JOIN wanted w ON w.shade = t.color ORDER BY ALL;

-- [interval] between moments of a relation
SELECT gid, modified_at - created_at AS open, age(completed_at, created_at) FROM tasks WHERE completed ORDER BY gid, project_gid;

-- [list] of structs
SELECT gid, len(followers), followers[1].name, followers[2:] FROM tasks ORDER BY gid, project_gid;
SELECT id, skills[-1], skills || ['end'] FROM people ORDER BY id;

-- [literal types] of every kind
SELECT 1_000, 0xFF, 1e3, .5, 'it''s', E'a\tb', $$dollar$$, NULL, true, [1, 2,], {'a': 1}, MAP {'k': 'v'};

-- [map] from groups of a relation
SELECT map_from_entries(list((project_gid, n) ORDER BY project_gid)) FROM (SELECT project_gid, count(*) AS n FROM tasks GROUP BY ALL);
SELECT id, marks['a'], map_keys(marks) FROM people ORDER BY id;

-- [nulls] in comparisons, aggregates and coalesce
SELECT count(*), count(assignee_gid), count(DISTINCT assignee_gid), sum(NULL::INTEGER) FROM tasks;
SELECT coalesce(assignee_name, 'nobody') AS who, ifnull(due_on, '2030-01-01'), nullif(num_likes, 0) FROM tasks ORDER BY gid, project_gid;

-- [numeric] of all widths
SELECT num_likes::TINYINT, num_likes::HUGEINT * 3, num_likes / 2, num_likes // 2, num_likes::DECIMAL(18, 3) FROM tasks
ORDER BY gid, project_gid;
SELECT sum(pay), avg(pay), pay / 3 FROM people GROUP BY pay ORDER BY ALL;

-- [struct] made and taken apart
SELECT {'id': gid, 'likes': num_likes} AS s, struct_extract(s, 'likes'), (s).id, s['likes'] + 1 FROM tasks ORDER BY s;
SELECT home.city, home['zip'] FROM people WHERE home.city = 'Kyiv' ORDER BY ALL;

-- [struct] of a relation, in a predicate
SELECT gid FROM tasks WHERE memberships[1].section.name = 'Review' ORDER BY ALL;

-- [text] beyond ASCII
SELECT name, length(name), reverse(name), name > 'n' FROM users ORDER BY name;

-- [time] of a moment
SELECT gid, created_at::TIMESTAMP::TIME FROM tasks WHERE completed ORDER BY gid, project_gid;

-- [timestamp] without a zone
SELECT gid, created_at AT TIME ZONE 'UTC' AS plain, date_trunc('hour', plain) FROM tasks ORDER BY gid, project_gid;
SELECT created_at::TIMESTAMP_S, created_at::TIMESTAMP_MS FROM projects ORDER BY gid;

-- [time zones] another one than the session's
SELECT gid, created_at AT TIME ZONE 'Asia/Tokyo', timezone('America/New_York', created_at) FROM tasks ORDER BY gid, project_gid;
SELECT moment, moment::DATE, hour(moment) FROM fares ORDER BY ALL;

-- [time zones] days of the session
SELECT created_at::DATE AS day, count(*) FROM tasks GROUP BY day ORDER BY day;

-- [typecasting] by itself
SELECT gid FROM tasks WHERE num_likes = '3' OR due_on = '2026-02-03' ORDER BY ALL;
SELECT 1 + '2'::INTEGER, 'a' || 1, [1, 2.5], [NULL, 'x'];

-- [union] of what a relation holds
SELECT union_value(done := completed_at) AS u, union_tag(u) FROM tasks WHERE completed ORDER BY ALL;
SELECT n::UNION(num INTEGER, str VARCHAR) AS u, union_extract(u, 'num') FROM (VALUES (1), (2)) t(n) ORDER BY n;
