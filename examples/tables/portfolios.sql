-- One row is one portfolio, which needs an Asana Advanced or Enterprise plan. Without a gid Asana lists only those that
-- the token's own user owns, except to the token of a service account.

-- Which portfolios do you own, until when do they run, and what was said of them last?
SELECT name, start_on, due_on, current_status_update.title AS latest_status
FROM portfolios
ORDER BY due_on NULLS LAST, name;

-- Which projects of your portfolios have no owner or are due after the portfolio itself?
SELECT f.name AS portfolio, i.name AS project, i.owner_name AS owner, i.due_on, f.due_on AS portfolio_due
FROM portfolios AS f
JOIN portfolio_items AS i ON i.portfolio_gid = f.gid
WHERE i.resource_type = 'project' AND NOT i.archived AND (i.owner_gid IS NULL OR i.due_on > f.due_on)
ORDER BY portfolio, project;

-- Who can see which of your portfolios?
SELECT f.name AS portfolio, f.privacy_setting, list(m.user_name ORDER BY m.user_name) AS members
FROM portfolios AS f
JOIN portfolio_memberships AS m ON m.portfolio_gid = f.gid
GROUP BY ALL
ORDER BY portfolio;

-- Which values do the custom fields of the portfolio "Company bets" have?
SELECT field.name AS field, field.display_value AS value
FROM (SELECT unnest(custom_fields) AS field FROM portfolios WHERE name = 'Company bets')
ORDER BY field;
