-- How much of each project in your portfolio "Company bets" is late, and since when?
SELECT i.name AS project, i.owner_name AS owner, count(*) AS late, min(t.due_on) AS late_since
FROM portfolios AS f
JOIN portfolio_items AS i ON i.portfolio_gid = f.gid
JOIN tasks AS t ON t.project_gid = i.gid
WHERE f.name = 'Company bets' AND i.resource_type = 'project' AND NOT t.completed AND t.due_on < current_date
GROUP BY ALL
ORDER BY late DESC, project;
