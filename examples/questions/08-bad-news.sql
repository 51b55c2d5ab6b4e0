-- Which projects in use were reported to be at risk or off track in the last four weeks, and by whom?
SELECT p.name AS project, s.created_at, s.status_type AS status, s.title, s.author_name AS author
FROM projects AS p
JOIN status_updates AS s ON s.parent_gid = p.gid
WHERE NOT p.archived AND s.status_type IN ('at_risk', 'off_track') AND s.created_at >= current_date - 28
ORDER BY s.created_at DESC;
