-- One row is one project of one workspace that Asana's search finds, archived or not. It needs a paid Asana plan; the
-- search lags behind Asana by up to a minute and takes sixty requests a minute, each for a hundred projects.

-- Which five projects themselves changed last?
SELECT modified_at, name, owner_name, archived
FROM search_projects
ORDER BY modified_at DESC
LIMIT 5;

-- Which projects that are not complete are due within the next two months?
SELECT due_on, name, coalesce(owner_name, 'nobody') AS owner
FROM search_projects
WHERE completed = FALSE AND due_on BETWEEN current_date AND current_date + 60
ORDER BY due_on, name;

-- Which projects have a name with "migration" or "queue" in it?
SELECT 'migration' AS word, name, team_name FROM asana_search_projects(text := 'migration')
UNION ALL
SELECT 'queue', name, team_name FROM asana_search_projects(text := 'queue')
ORDER BY ALL;

-- Which projects of the portfolio "Company bets" is the token's own user a member of?
SET VARIABLE bets = (SELECT gid FROM portfolios WHERE name = 'Company bets');
SELECT name, team_name, due_on
FROM asana_search_projects(portfolio_gid := getvariable('bets'), member_gid := 'me')
ORDER BY name;

-- Which projects in use have no due date?
SELECT name, team_name, created_at::DATE AS created
FROM search_projects
WHERE due_on IS NULL AND NOT archived
ORDER BY created, name;
