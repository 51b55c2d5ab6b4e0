-- One row is one AI teammate in one workspace. It needs no key, and shows what the token's user may see.

-- Which AI teammates work here, and what does each do?
SELECT name, description
FROM agents
ORDER BY name;

-- Which of them act without any guidance on how to behave?
SELECT name, description IS NULL AS not_described_either
FROM agents
WHERE behavior_guidance IS NULL
ORDER BY name;

-- How many AI teammates does each workspace have, and for how many people?
SELECT w.name AS workspace,
       (SELECT count(*) FROM agents AS a WHERE a.workspace_gid = w.gid) AS agents,
       (SELECT count(*) FROM users AS u WHERE u.workspace_gid = w.gid) AS people
FROM workspaces AS w
ORDER BY agents DESC, workspace;
