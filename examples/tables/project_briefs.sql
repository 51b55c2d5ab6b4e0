-- One row is the brief of one project that has one, which needs a paid Asana plan. It needs no key: only the projects
-- that name a brief are asked.

-- Which projects have a brief, and what is it called?
SELECT project_name AS project, title, permalink_url
FROM project_briefs
ORDER BY project;

-- What does the brief of "Atlas migration" say?
SELECT b.text
FROM projects AS p
JOIN project_briefs AS b ON b.project_gid = p.gid
WHERE p.name = 'Atlas migration';

-- Which projects in use have no brief, and who could write one?
SELECT p.name AS project, coalesce(p.owner_name, '(nobody)') AS owner
FROM projects AS p
WHERE NOT p.archived AND p.gid NOT IN (SELECT project_gid FROM project_briefs)
ORDER BY project;

-- What is attached to briefs?
SELECT b.project_name AS project, a.name AS file, a.resource_subtype AS kept_at
FROM project_briefs AS b
JOIN attachments AS a ON a.parent_gid = b.gid
ORDER BY project, file;
