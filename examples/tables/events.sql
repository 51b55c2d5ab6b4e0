-- One row is one thing that happened to a task, project or goal, or in it, since a sync token was given. It needs
-- subscribed_gid and sync: a first token is in sync_tokens ('demo:0' is the demo's), the next one in next_sync.

-- What has happened in "Atlas migration" since the token was given, the latest first?
SELECT e.created_at, e.user_name AS who, e.action, e.resource_resource_type AS kind, e.resource_name AS name,
       e.change_field AS field
FROM projects AS p
JOIN events AS e ON e.subscribed_gid = p.gid
WHERE p.name = 'Atlas migration' AND e.sync = 'demo:0'
ORDER BY e.created_at DESC;

-- With which token can the next question be asked, and how many events does this one tell?
SELECT e.next_sync, count(*) AS events, max(e.created_at) AS latest
FROM projects AS p
JOIN events AS e ON e.subscribed_gid = p.gid
WHERE p.name = 'Atlas migration' AND e.sync = 'demo:0'
GROUP BY ALL;

-- Which tasks were assigned anew, and to whom?
SELECT e.created_at, e.resource_name AS task, e.change_new_value->>'name' AS assignee, e.user_name AS by_whom
FROM projects AS p
JOIN events AS e ON e.subscribed_gid = p.gid
WHERE p.name = 'Atlas migration' AND e.sync = 'demo:0'
  AND e.action = 'changed' AND e.change_field = 'assignee' AND e.change_new_value IS NOT NULL
ORDER BY e.created_at;

-- What was deleted for good, and not brought back afterwards?
SELECT e.resource_gid, e.resource_name AS name, max(e.created_at) AS deleted_at
FROM projects AS p
JOIN events AS e ON e.subscribed_gid = p.gid
WHERE p.name = 'Atlas migration' AND e.sync = 'demo:0' AND e.action IN ('deleted', 'undeleted')
GROUP BY ALL
HAVING arg_max(e.action, e.created_at) = 'deleted'
ORDER BY deleted_at;
