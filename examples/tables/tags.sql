-- One row is one tag of a workspace. It needs no key; the tasks that have the tag are in tag_tasks.

-- Which tags are there, and what are they for?
SELECT name, color, notes
FROM tags
ORDER BY name;

-- Which tags are on no task, and since when have they been there?
SELECT g.name AS tag, g.created_at
FROM tags AS g
WHERE g.gid NOT IN (SELECT tag_gid FROM tag_tasks WHERE tag_gid IS NOT NULL)
ORDER BY g.created_at;

-- How many open tasks does each tag have, and when was one of them last changed?
SELECT g.name AS tag, count(t.gid) AS open, max(t.modified_at) AS last_changed
FROM tags AS g
LEFT JOIN tag_tasks AS t ON t.tag_gid = g.gid AND NOT t.completed
GROUP BY g.gid, g.name
ORDER BY open DESC, tag;

-- Who follows which tag?
SELECT name AS tag, unnest(followers).name AS follower
FROM tags
ORDER BY ALL;
