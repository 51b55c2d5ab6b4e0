-- One row is one thing that happened in a workspace since a sync token was given. It needs sync, and a service account
-- of an Asana Enterprise organization; without sync a warning tells a first token ('demo:0' is the demo's).

-- Who has done how much in the workspace since the token was given?
SELECT user_name AS who, count(*) AS events, count(DISTINCT resource_gid) AS things, max(created_at) AS latest
FROM workspace_events
WHERE sync = 'demo:0'
GROUP BY ALL
ORDER BY events DESC, who;

-- Which fields were changed most?
SELECT resource_resource_type AS kind, change_field AS field, count(*) AS changes
FROM workspace_events
WHERE sync = 'demo:0' AND action = 'changed'
GROUP BY ALL
ORDER BY changes DESC, field;

-- What was deleted, and by whom?
SELECT created_at, resource_resource_type AS kind, resource_gid, resource_name AS name, user_name AS who
FROM workspace_events
WHERE sync = 'demo:0' AND action = 'deleted'
ORDER BY created_at DESC;

-- With which token can the next question be asked?
SELECT DISTINCT next_sync
FROM workspace_events
WHERE sync = 'demo:0';
