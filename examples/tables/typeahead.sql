-- One row is one object that Asana offers where a person types, the likeliest first and 100 at most. It needs
-- resource_type, such as task, project, user or actor, and query, the text that is typed.

-- Which tasks would Asana offer for "déjà vu"?
SELECT name, gid
FROM typeahead
WHERE resource_type = 'task' AND query = 'déjà vu';

-- Which projects, portfolios and goals have "re" in their names?
SELECT resource_type AS kind, name
FROM typeahead
WHERE resource_type IN ('project', 'portfolio', 'goal') AND query = 're'
ORDER BY kind, name;

-- Whom, people and AI teammates alike, would Asana offer unasked?
SELECT name
FROM typeahead
WHERE resource_type = 'actor' AND query = ''
ORDER BY name;

-- How much is open in the projects that "web" finds?
SELECT y.name AS project, count(*) AS open
FROM typeahead AS y
JOIN tasks AS t ON t.project_gid = y.gid
WHERE y.resource_type = 'project' AND y.query = 'web' AND NOT t.completed
GROUP BY ALL
ORDER BY open DESC, project;
