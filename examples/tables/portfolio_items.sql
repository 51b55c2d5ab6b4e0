-- One row is one project or portfolio in one portfolio, which needs an Asana Advanced or Enterprise plan. Without
-- portfolio_gid every portfolio that Asana lists is asked: those that the token's own user owns.

-- Which projects are in "Company bets", how do they stand, and when are they due?
SELECT i.name AS project, i.owner_name AS owner, i.due_on, i.current_status.color AS status
FROM portfolios AS f
JOIN portfolio_items AS i ON i.portfolio_gid = f.gid
WHERE f.name = 'Company bets' AND i.resource_type = 'project'
ORDER BY i.due_on NULLS LAST, project;

-- What is in "Company bets", and in those of your portfolios that are in it?
WITH RECURSIVE inside AS (
    SELECT gid, name, name AS within, 0 AS depth, 'portfolio' AS kind
    FROM portfolios
    WHERE name = 'Company bets'
    UNION
    SELECT i.gid, i.name, above.name, above.depth + 1, i.resource_type
    FROM inside AS above
    JOIN portfolio_items AS i ON i.portfolio_gid = above.gid
    WHERE above.kind = 'portfolio'
)
SELECT depth, within, kind, name
FROM inside
WHERE depth > 0
ORDER BY depth, within, name;

-- Which projects are in more than one of your portfolios?
SELECT i.name AS project, list(f.name ORDER BY f.name) AS portfolios
FROM portfolios AS f
JOIN portfolio_items AS i ON i.portfolio_gid = f.gid
WHERE i.resource_type = 'project'
GROUP BY i.gid, i.name
HAVING count(*) > 1
ORDER BY project;

-- How many tasks of each project in "Company bets" are still open?
SELECT i.name AS project, count(t.gid) AS open, min(t.due_on) AS next_due
FROM portfolios AS f
JOIN portfolio_items AS i ON i.portfolio_gid = f.gid
LEFT JOIN tasks AS t ON t.project_gid = i.gid AND NOT t.completed
WHERE f.name = 'Company bets' AND i.resource_type = 'project'
GROUP BY i.gid, i.name
ORDER BY open DESC, project;
