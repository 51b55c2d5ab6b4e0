-- One row is the sync token from which on the events of one task, project or goal can be asked for, within a day. It
-- needs subscribed_gid; what happened before the token was given, Asana does not tell.

-- With which token can the events of "Atlas migration" be asked for from now on?
SELECT s.subscribed_gid, s.sync
FROM projects AS p
JOIN sync_tokens AS s ON s.subscribed_gid = p.gid
WHERE p.name = 'Atlas migration';

-- Which tokens do the projects in use of the team "Operations" begin with?
SELECT p.name AS project, s.subscribed_gid, s.sync
FROM projects AS p
JOIN sync_tokens AS s ON s.subscribed_gid = p.gid
WHERE p.team_name = 'Operations' AND NOT p.archived
ORDER BY project;

-- From which token on can each goal be followed?
SELECT g.name AS goal, s.subscribed_gid, s.sync
FROM goals AS g
JOIN sync_tokens AS s ON s.subscribed_gid = g.gid
ORDER BY goal;
