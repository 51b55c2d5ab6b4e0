-- One row is one favorite of the token's own user, as the sidebar shows them; Asana tells nobody those of another. It
-- needs no key; resource_type narrows what is asked for.

-- What are your favorites?
SELECT resource_type AS kind, name
FROM user_favorites
ORDER BY kind, name;

-- What is late in your favorite projects?
SELECT f.name AS project, t.name AS task, t.assignee_name AS assignee, t.due_on
FROM user_favorites AS f
JOIN tasks AS t ON t.project_gid = f.gid
WHERE f.resource_type = 'project' AND NOT t.completed AND t.due_on < current_date
ORDER BY t.due_on, task;

-- How do your favorite portfolios stand?
SELECT p.name AS portfolio, p.due_on, p.current_status_update.title AS latest_status
FROM user_favorites AS f
JOIN portfolios AS p ON p.gid = f.gid
WHERE f.resource_type = 'portfolio'
ORDER BY portfolio;
