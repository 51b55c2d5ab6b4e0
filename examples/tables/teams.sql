-- One row is one team of an organization; other workspaces have none, and secret teams are shown to their members only.
-- It needs no key; asana_teams(user_gid := …) lists the teams of one user.

-- Which teams are there, and who can join them?
SELECT name, visibility, endorsed
FROM teams
ORDER BY name;

-- Which teams is Maya Lindqvist in?
SET VARIABLE maya = (SELECT gid FROM users WHERE name = 'Maya Lindqvist');
SELECT name, visibility
FROM asana_teams(user_gid := getvariable('maya'))
ORDER BY name;

-- In which teams can every member, and not only an admin, invite guests?
SELECT name, guest_invite_management_access_level AS invites_guests
FROM teams
WHERE guest_invite_management_access_level <> 'only_team_admins'
ORDER BY name;

-- How many projects in use does each team have, and how many of them belong to nobody?
SELECT t.name AS team, count(p.gid) AS projects, count(p.gid) FILTER (p.owner_gid IS NULL) AS without_owner
FROM teams AS t
LEFT JOIN projects AS p ON p.team_gid = t.gid AND NOT p.archived
GROUP BY ALL
ORDER BY projects DESC, team;
