-- One row is one user who may see one portfolio, which needs an Asana Advanced or Enterprise plan. Without
-- portfolio_gid or user_gid only the portfolios that the token's own user owns are asked.

-- Who may see "Company bets", and who may change it?
SELECT m.user_name AS member, m.access_level
FROM portfolios AS f
JOIN portfolio_memberships AS m ON m.portfolio_gid = f.gid
WHERE f.name = 'Company bets'
ORDER BY m.access_level, member;

-- Who administers each of your portfolios, and how many people look on?
SELECT portfolio_name AS portfolio,
       list(user_name ORDER BY user_name) FILTER (access_level = 'admin') AS admins,
       count(*) FILTER (access_level <> 'admin') AS others
FROM portfolio_memberships
GROUP BY ALL
ORDER BY portfolio;

-- Which portfolios may Oluwaseun Adeyombo see, those of others too?
SELECT m.portfolio_name AS portfolio, m.access_level
FROM users AS u
JOIN portfolio_memberships AS m ON m.user_gid = u.gid
WHERE u.name = 'Oluwaseun Adeyombo'
ORDER BY portfolio;
