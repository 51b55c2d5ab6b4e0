-- One row is one user or placeholder planned for one project from one day to another, which needs an Asana Enterprise
-- or Enterprise+ plan, but no key. parent_gid and assignee_gid narrow what is asked for.

-- Who is planned for what today, and for how much of the time?
SELECT assignee_name AS name, parent_name AS project, end_date AS until, effort.value AS effort, effort.type AS unit
FROM allocations
WHERE start_date <= current_date AND end_date >= current_date
ORDER BY name, project, until;

-- For which projects does a placeholder stand where somebody is still to be found?
SELECT parent_name AS project, assignee_name AS placeholder, min(start_date) AS first_day, count(*) AS allocations
FROM allocations
WHERE assignee_resource_type = 'placeholder' AND end_date >= current_date
GROUP BY parent_gid, project, assignee_gid, placeholder
ORDER BY first_day, project, placeholder;

-- Who is planned for two projects at the same time?
SELECT a.assignee_name AS name, a.parent_name AS project, b.parent_name AS other,
       greatest(a.start_date, b.start_date) AS since, least(a.end_date, b.end_date) AS until
FROM allocations AS a
JOIN allocations AS b ON b.assignee_gid = a.assignee_gid
WHERE a.parent_gid < b.parent_gid AND a.start_date <= b.end_date AND b.start_date <= a.end_date
ORDER BY name, since, project, other;

-- Who is planned for work on days on which they are out of office?
SELECT o.user_name AS name, a.parent_name AS project, greatest(a.start_date, o.start_date) AS since,
       least(a.end_date, o.end_date) AS until
FROM allocations AS a
JOIN ooo_entries AS o ON o.user_gid = a.assignee_gid
WHERE a.assignee_resource_type = 'user' AND a.start_date <= o.end_date AND o.start_date <= a.end_date
ORDER BY since, name, project;
