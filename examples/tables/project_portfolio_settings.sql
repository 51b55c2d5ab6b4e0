-- One row is one project in one portfolio, and whether the portfolio's members get access to it; it needs an Asana
-- Advanced or Enterprise plan. Without a key every project is asked, and portfolio_gid leads to one portfolio's in
-- one request.

-- Which projects of "Company bets" can all of its members see?
SELECT s.project_name AS project, s.is_access_control_inherited AS members_see_it, s.created_at AS added_at
FROM portfolios AS f
JOIN project_portfolio_settings AS s ON s.portfolio_gid = f.gid
WHERE f.name = 'Company bets'
ORDER BY project;

-- Which portfolios, those of others too, hold each project?
SELECT project_name AS project, list(portfolio_name ORDER BY portfolio_name) AS portfolios
FROM project_portfolio_settings
GROUP BY project_gid, project_name
ORDER BY len(portfolios) DESC, project;

-- Which private projects does a portfolio open to its members?
SELECT p.name AS project, s.portfolio_name AS portfolio, s.is_access_control_inherited AS opened
FROM projects AS p
LEFT JOIN project_portfolio_settings AS s ON s.project_gid = p.gid
WHERE p.privacy_setting = 'private'
ORDER BY project, portfolio;
