-- One row is one request for access to one project or portfolio that waits for an answer, which needs a paid Asana
-- plan. Without target_gid every project and portfolio is asked.

-- Who waits for access to a project, and with which words?
SELECT p.name AS project, r.requester_name AS who, nullif(r.message, '') AS message
FROM projects AS p
JOIN access_requests AS r ON r.target_gid = p.gid
ORDER BY project, who;

-- How many requests wait for the owner of each project?
SELECT p.owner_name AS owner, count(*) AS waiting
FROM projects AS p
JOIN access_requests AS r ON r.target_gid = p.gid
GROUP BY ALL
ORDER BY waiting DESC, owner;

-- Who asks for access to one of your portfolios, and is a member of none?
SELECT f.name AS portfolio, r.requester_name AS who
FROM portfolios AS f
JOIN access_requests AS r ON r.target_gid = f.gid
WHERE r.requester_gid NOT IN (SELECT user_gid FROM portfolio_memberships)
ORDER BY portfolio, who;
