-- One row is one category that tracked time can have, which needs an Asana plan with time tracking, such as Advanced or
-- Enterprise, but no key. Those in use and the archived ones are listed apart, so is_archived spares one of two
-- requests.

-- Which categories can new entries have?
SELECT name AS category, color
FROM time_tracking_categories
WHERE NOT is_archived
ORDER BY category;

-- How many hours were tracked in each category, also in those that nobody used?
SELECT c.name AS category, c.is_archived, round(coalesce(sum(e.duration_minutes), 0) / 60, 1) AS hours
FROM time_tracking_categories AS c
LEFT JOIN (SELECT duration_minutes, unnest(categories).gid AS category_gid FROM time_tracking_entries) AS e
    ON e.category_gid = c.gid
GROUP BY c.gid, c.name, c.is_archived
ORDER BY hours DESC, category;

-- Which archived categories does time of the last thirty days have nevertheless?
SELECT c.name AS category, count(*) AS entries, max(e.entered_on) AS last_used
FROM time_tracking_categories AS c
JOIN (
    SELECT entered_on, unnest(categories).gid AS category_gid
    FROM time_tracking_entries
    WHERE entered_on > current_date - 30
) AS e ON e.category_gid = c.gid
WHERE c.is_archived
GROUP BY c.gid, c.name
ORDER BY entries DESC, category;
