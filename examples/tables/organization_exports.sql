-- One row is one export of all data of an organization, which needs a service account of an Asana Enterprise+
-- organization. It needs gid, which Asana tells where the export is asked for; the gids here are the demo's.

-- Is the export finished, and where is it?
SELECT state, download_url
FROM organization_exports
WHERE gid = '1200000000000101';

-- How long has each been asked for?
SELECT gid, organization_name AS organization, state, now() - created_at AS age
FROM organization_exports
WHERE gid IN ('1200000000000101', '1200000000000102')
ORDER BY created_at;

-- What was exported while the latest export was under way?
SELECT l.created_at, l.event_type, l.actor_name AS who
FROM organization_exports AS e
JOIN audit_log_events AS l ON l.workspace_gid = e.workspace_gid AND l.created_at <= e.created_at
WHERE e.gid = '1200000000000102' AND l.event_type = 'workspace_export_started'
ORDER BY l.created_at DESC
LIMIT 10;
