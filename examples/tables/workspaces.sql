-- One row is one workspace or organization that the token can see. It needs no key, no plan and no permission.

-- Which workspaces does the token see, and which of them are organizations, so that they have teams?
SELECT name, gid, is_organization
FROM workspaces
ORDER BY name;

-- Which e-mail domains make somebody a member of which organization, and not a guest?
SELECT name AS organization, unnest(email_domains) AS domain
FROM workspaces
WHERE is_organization
ORDER BY ALL;

-- How large is each workspace: how many people are in it, and how many projects in use?
SELECT w.name AS workspace,
       (SELECT count(*) FROM users AS u WHERE u.workspace_gid = w.gid) AS people,
       (SELECT count(*) FROM projects AS p WHERE p.workspace_gid = w.gid AND NOT p.archived) AS projects
FROM workspaces AS w
ORDER BY people DESC, workspace;
