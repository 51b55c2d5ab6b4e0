-- One row is one section of one project. Without a key every project is asked; project_gid, or what is known of the
-- project, narrows that.

-- Into which sections is "Website relaunch" divided, from the first to the last?
SELECT name AS section, created_at
FROM sections
WHERE project_name = 'Website relaunch';

-- How much is open in each section of "Atlas migration", empty ones included?
SELECT s.name AS section, count(t.gid) AS open, count(t.gid) FILTER (t.due_on < current_date) AS late
FROM projects AS p
JOIN sections AS s ON s.project_gid = p.gid
LEFT JOIN tasks AS t ON t.section_gid = s.gid AND NOT t.completed
WHERE p.name = 'Atlas migration'
GROUP BY s.gid, s.name
ORDER BY open DESC, section;

-- Which names do the projects in use give their sections, and how many of them use each?
SELECT s.name AS section, count(DISTINCT s.project_gid) AS projects
FROM projects AS p
JOIN sections AS s ON s.project_gid = p.gid
WHERE NOT p.archived
GROUP BY ALL
ORDER BY projects DESC, section;

-- Which sections were added to projects in use during the last three months?
SELECT s.project_name AS project, s.name AS section, s.created_at
FROM projects AS p
JOIN sections AS s ON s.project_gid = p.gid
WHERE NOT p.archived AND s.created_at >= current_date - 90
ORDER BY s.created_at DESC;
