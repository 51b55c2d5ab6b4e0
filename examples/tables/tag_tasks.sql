-- One row is one task with one tag, so a task with two tags has two rows. Without a key every tag is asked; tag_gid, or
-- what is known of the tag, narrows that.

-- What is tagged "urgent" and still open, whose is it, and how old is it?
SELECT t.name AS task, t.assignee_name AS assignee, date_diff('day', t.created_at, now()) AS days_old
FROM tags AS g
JOIN tag_tasks AS t ON t.tag_gid = g.gid
WHERE g.name = 'urgent' AND NOT t.completed
ORDER BY days_old DESC, task;

-- Which tags are used most on open tasks?
SELECT tag_name AS tag, count(*) AS open
FROM tag_tasks
WHERE NOT completed
GROUP BY ALL
ORDER BY open DESC, tag;

-- Which open tasks are tagged both "urgent" and "customer"?
SELECT u.name AS task, u.assignee_name AS assignee, u.due_on
FROM tag_tasks AS u
JOIN tag_tasks AS c ON c.gid = u.gid
WHERE u.tag_name = 'urgent' AND c.tag_name = 'customer' AND NOT u.completed
ORDER BY u.due_on NULLS LAST, task;

-- In which projects are the open tasks tagged "customer"?
SELECT project.name AS project, count(*) AS tasks
FROM (
    SELECT unnest(t.projects) AS project
    FROM tags AS g
    JOIN tag_tasks AS t ON t.tag_gid = g.gid
    WHERE g.name = 'customer' AND NOT t.completed
)
GROUP BY ALL
ORDER BY tasks DESC, project;
