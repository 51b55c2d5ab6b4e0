-- What is tagged "urgent" or "customer", still open, and whose is it?
SELECT g.name AS tag, t.assignee_name AS assignee, count(*) AS open, min(t.due_on) AS next_due
FROM tags AS g
JOIN tag_tasks AS t ON t.tag_gid = g.gid
WHERE g.name IN ('urgent', 'customer') AND NOT t.completed
GROUP BY ALL
ORDER BY tag, open DESC, assignee;
