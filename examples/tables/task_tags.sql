-- One row is one tag that one task has, with the tag's columns; tag_tasks leads from a tag to its tasks. Without
-- task_gid, or a join with the tasks that you mean, every task in a project that has a tag is asked.

-- Which tags do the open tasks of "Hundred days" have?
SELECT g.name AS tag, count(*) AS tasks
FROM tasks AS t
JOIN task_tags AS g ON g.task_gid = t.gid
WHERE t.project_name = 'Hundred days' AND NOT t.completed
GROUP BY ALL
ORDER BY tasks DESC, tag;

-- Which tags go together on tasks of "Website relaunch"?
SELECT a.name AS tag, b.name AS with_tag, count(*) AS tasks
FROM tasks AS t
JOIN task_tags AS a ON a.task_gid = t.gid
JOIN task_tags AS b ON b.task_gid = t.gid AND a.name < b.name
WHERE t.project_name = 'Website relaunch'
GROUP BY ALL
ORDER BY tasks DESC, tag, with_tag;

-- Who follows the tags of the tasks that are due in the next two weeks in "Support queue"?
SELECT g.name AS tag, g.color, list_transform(g.followers, lambda f: f.name) AS followers, count(*) AS tasks
FROM task_tags AS g
WHERE g.task_gid IN (
    SELECT gid
    FROM tasks
    WHERE project_name = 'Support queue' AND due_on BETWEEN current_date AND current_date + 14)
GROUP BY ALL
ORDER BY tasks DESC, tag;
