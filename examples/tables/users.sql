-- One row is one user in one workspace, so a user of two workspaces has two rows. It needs no key, and
-- asana_users(team_gid := …) lists the users of one team.

-- Who is in the workspace, and by which address?
SELECT name, email, gid
FROM users
ORDER BY name;

-- How many people come from each e-mail domain, and is it the organization's own?
SELECT split_part(u.email, '@', 2) AS domain,
       list_contains(w.email_domains, split_part(u.email, '@', 2)) AS our_own,
       count(*) AS people
FROM workspaces AS w
JOIN users AS u ON u.workspace_gid = w.gid
WHERE w.is_organization AND u.email IS NOT NULL
GROUP BY ALL
ORDER BY people DESC, domain;

-- Who owns no project in use?
SELECT u.name
FROM users AS u
WHERE NOT EXISTS (FROM projects AS p WHERE p.owner_gid = u.gid AND NOT p.archived)
ORDER BY u.name;

-- Who in the team "Operations" still has no picture?
SET VARIABLE team = (SELECT gid FROM teams WHERE name = 'Operations');
SELECT name, email
FROM asana_users(team_gid := getvariable('team'))
WHERE photo IS NULL
ORDER BY name;
