-- [aggregates] of all kinds
SELECT count(*), min(due_on), max(created_at), sum(num_likes), bool_and(completed), arg_max(name, created_at) FROM tasks;
SELECT project_gid, string_agg(name, ', ' ORDER BY name, gid), list(DISTINCT completed ORDER BY completed) FROM tasks
GROUP BY ALL ORDER BY ALL;
SELECT median(num_likes), mode(resource_subtype), quantile_cont(num_likes, 0.9), approx_count_distinct(gid), histogram(num_likes)
FROM tasks;

-- [aggregates] the n largest
SELECT project_gid, max(num_likes, 3), arg_min(gid, created_at, 2) FROM tasks GROUP BY ALL ORDER BY ALL;

-- [aggregates] over nothing
SELECT count(*), sum(num_likes), list(gid) FROM tasks WHERE name = 'no such name';

-- [aggregates] distinct, and of two relations
SELECT count(DISTINCT t.gid), count(DISTINCT p.gid), count(*) FROM tasks t LEFT JOIN projects p ON p.gid = t.project_gid;

-- [array] distances
SELECT array_distance([num_likes, num_hearts]::DOUBLE[2], [1, 1]::DOUBLE[2]) AS d, count(*) FROM tasks GROUP BY ALL ORDER BY ALL;

-- [bitstring] operations
SELECT bit_count(num_likes), num_likes & 1, xor(num_likes, 3), count(*) FROM tasks GROUP BY ALL ORDER BY ALL;

-- [blob] digests and encodings
SELECT md5(name), encode(name), base64(encode(name)), hex(name) FROM tags ORDER BY gid;

-- [char] parts, padding, formats
SELECT lpad(gid, 20, '0'), name[:3], split_part(email, '@', 1), format('{:>5}', num), printf('%d%%', num)
FROM (SELECT *, length(name) AS num FROM users) ORDER BY gid;
SELECT concat_ws('/', project_name, section_name, NULL), starts_with(name, 'B'), replace(name, ' ', '_') FROM tasks
ORDER BY gid, project_gid;

-- [date] parts, differences, names
SELECT gid, dayname(due_on), date_diff('day', due_on, DATE '2026-03-02'), last_day(due_on), make_date(2026, month(due_on), 1)
FROM tasks WHERE due_on IS NOT NULL ORDER BY gid, project_gid;

-- [date] a predicate on the year and one on the week
SELECT gid FROM tasks WHERE year(due_on) = 2026 AND weekofyear(due_on) < 10 ORDER BY ALL;

-- [date formats] written and read
SELECT strftime(due_on, '%d %b %Y'), strptime('03.02.2026', '%d.%m.%Y')::DATE = due_on FROM tasks ORDER BY gid, project_gid;
SELECT try_strptime(name, '%Y'), count(*) FROM tasks GROUP BY ALL;

-- [date parts] of a moment, by the session's zone
SELECT date_part('hour', created_at), extract(dow FROM created_at), isoyear(created_at) FROM tasks ORDER BY gid, project_gid;
SELECT date_part(['year', 'month'], due_on) FROM projects ORDER BY gid;

-- [enum] its values and their places
CREATE TYPE mood AS ENUM ('low', 'high');
SELECT enum_range(NULL::mood), enum_code(if(completed, 'high', 'low')::mood) AS c, count(*) FROM tasks GROUP BY ALL ORDER BY c;

-- [interval] made of columns
SELECT gid, to_days(num_likes::INTEGER), created_at + to_hours(num_likes) FROM tasks ORDER BY gid, project_gid;

-- [lambda] transform, filter, reduce
SELECT gid, list_transform(followers, lambda f: f.name), list_filter(followers, lambda f: f.name LIKE '%a%') FROM tasks
ORDER BY gid, project_gid;
SELECT list_reduce([num_likes, num_hearts, 1], lambda a, b: a + b) AS total, count(*) FROM tasks GROUP BY ALL ORDER BY ALL;

-- [list] comprehensions and sorting
SELECT gid, [upper(f.name) for f in followers if f.gid > '5'], list_sort([f.gid for f in followers]) FROM tasks
ORDER BY gid, project_gid;
SELECT id, list_contains(skills, 'sql'), list_unique(skills), array_to_string(skills, '+') FROM people ORDER BY id;

-- [map] of marks
SELECT id, map_entries(marks), cardinality(marks), element_at(marks, 'b') FROM people ORDER BY id;

-- [nested] flattened and zipped
SELECT gid, flatten([[f.name for f in followers], ['end']]), list_zip([1, 2], [gid, name]) FROM tasks ORDER BY gid, project_gid;

-- [numeric] rounding, powers, signs
SELECT round(num_likes / 3, 2), sqrt(num_likes), greatest(num_likes, num_hearts), num_likes ** 2, sign(-num_likes), 7 % 4
FROM tasks ORDER BY gid, project_gid;

-- [pattern matching] LIKE, ILIKE, SIMILAR TO and GLOB
SELECT name FROM tasks WHERE name LIKE 'Draft%' ORDER BY ALL;
SELECT name FROM tasks WHERE name ILIKE '%THE %' AND name NOT LIKE '%list%' ORDER BY ALL;
SELECT name FROM tasks WHERE name SIMILAR TO '(Book|Draft) .*' ORDER BY ALL;
SELECT name FROM tasks WHERE name GLOB '[BC]*' ORDER BY ALL;
SELECT name FROM tags WHERE name LIKE 'a\_b' ESCAPE '\' OR name LIKE '%e%' ORDER BY ALL;

-- [pattern matching] through a join
SELECT p.name, count(*) FROM projects p JOIN tasks t ON t.project_gid = p.gid WHERE p.name ILIKE '%okr%' GROUP BY ALL;

-- [regular expressions] matched, taken and replaced
SELECT name, regexp_extract(name, '(\w+) (\w+)', ['first', 'second']), regexp_replace(name, '[aeiou]', '-', 'g') FROM tasks
WHERE regexp_matches(name, '^M.*[tl]') ORDER BY gid, project_gid;
SELECT string_split_regex(email, '[.@]') FROM users ORDER BY gid;

-- [struct] changed and listed
SELECT struct_insert(home, street := name), struct_keys(home) FROM people ORDER BY id;
SELECT unnest(struct_pack(a := gid, b := name)) FROM teams;

-- [text] cases, positions, distances
SELECT lower(name), position('a' IN name), levenshtein(name, 'Ines'), strip_accents(name), unicode(name), name.upper().left(2)
FROM users ORDER BY gid;

-- [time] parts of it
SELECT (TIME '12:34:56').hour(), created_at::TIMETZ < '23:00:00+00' FROM projects ORDER BY gid;

-- [timestamp] truncated, bucketed, from the epoch
SELECT time_bucket(INTERVAL 2 WEEK, due_on) AS b, count(*) FROM tasks GROUP BY b ORDER BY b;
SELECT epoch_ms(created_at), make_timestamp(epoch_us(created_at)) FROM projects ORDER BY gid;

-- [timestamptz] by the session's zone
SELECT date_trunc('day', created_at) AS day, count(*) FROM tasks GROUP BY day ORDER BY day;
SELECT strftime(created_at, '%c %Z'), created_at::VARCHAR FROM tasks ORDER BY gid, project_gid;
SELECT gid FROM tasks WHERE created_at >= '2026-02-01'::DATE AND created_at < TIMESTAMP '2026-02-20 20:00' ORDER BY ALL;

-- [timestamptz] a range of days
SELECT g.day, count(t.gid) FROM generate_series(TIMESTAMPTZ '2026-02-20', TIMESTAMPTZ '2026-03-01', INTERVAL 1 DAY) g(day)
LEFT JOIN tasks t ON t.created_at >= g.day AND t.created_at < g.day + INTERVAL 1 DAY GROUP BY ALL ORDER BY ALL;

-- [union] extracted
SELECT union_extract(union_value(k := name), 'k') FROM teams ORDER BY ALL;

-- [utility] hashes, types, aliases
SELECT hash(gid) = hash(gid || ''), typeof(created_at), typeof(followers), alias(name) FROM tasks ORDER BY ALL LIMIT 1;
SELECT current_database(), current_setting('threads'), if(true, 1, 2), error('x') IS NULL WHERE false
UNION ALL SELECT 'memory', 1, 1, false;

-- [window functions] lag, lead, first, ntile
SELECT gid, lag(created_at) OVER w, lead(gid, 2, 'none') OVER w, first_value(name) OVER w, ntile(4) OVER w, percent_rank() OVER w
FROM tasks WINDOW w AS (PARTITION BY project_gid ORDER BY created_at, gid) ORDER BY gid, project_gid;

-- [window functions] frames by range, exclusion, and IGNORE NULLS
SELECT gid, count(*) OVER (ORDER BY created_at RANGE BETWEEN INTERVAL 30 DAYS PRECEDING AND CURRENT ROW) AS month,
last_value(due_on IGNORE NULLS) OVER (ORDER BY created_at, gid, project_gid) AS due FROM tasks ORDER BY gid, project_gid;
SELECT id, sum(pay) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM people ORDER BY id;
