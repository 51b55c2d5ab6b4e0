-- One row is one user in one team of an organization. Without a key every team is asked; with team_gid, or user_gid,
-- only that one.

-- Who is in the team "Operations", and in what role?
SELECT m.user_name AS member, m.is_admin, m.is_guest, m.is_limited_access
FROM teams AS t
JOIN team_memberships AS m ON m.team_gid = t.gid
WHERE t.name = 'Operations'
ORDER BY member;

-- Which teams have no admin, so that nobody can change who is in them?
SELECT team_name AS team, count(*) AS members
FROM team_memberships
GROUP BY ALL
HAVING count(*) FILTER (is_admin) = 0
ORDER BY team;

-- Which teams is Maya Lindqvist in, and is she an admin there?
SELECT m.team_name AS team, m.is_admin
FROM users AS u
JOIN team_memberships AS m ON m.user_gid = u.gid
WHERE u.name = 'Maya Lindqvist'
ORDER BY team;

-- Who is in no team at all?
SELECT u.name, u.email
FROM users AS u
WHERE u.gid NOT IN (SELECT user_gid FROM team_memberships WHERE user_gid IS NOT NULL)
ORDER BY u.name;
