-- One row is one absence of one user, from one day to another. Without a key every user is asked; user_gid, or what is
-- known of the user, narrows that.

-- Who is away today, and until when?
SELECT user_name AS name, start_date AS since, end_date AS until
FROM ooo_entries
WHERE start_date <= current_date AND end_date >= current_date
ORDER BY until, name;

-- Who will be away in the next sixty days, and for how long?
SELECT user_name AS name, start_date AS since, end_date - start_date + 1 AS days
FROM ooo_entries
WHERE start_date > current_date AND start_date <= current_date + 60
ORDER BY since, name;

-- Which absences did another enter than the user?
SELECT user_name AS name, start_date AS since, end_date AS until, created_by_name AS entered_by
FROM ooo_entries
WHERE created_by_gid <> user_gid
ORDER BY since, name;

-- Which open tasks are due while their assignee is away?
SELECT o.user_name AS name, t.name AS task, t.due_on, o.end_date AS back_after
FROM ooo_entries AS o
JOIN user_tasks AS t ON t.assignee_gid = o.user_gid
WHERE NOT t.completed AND t.due_on BETWEEN o.start_date AND o.end_date AND o.end_date >= current_date
ORDER BY t.due_on, name, task;
