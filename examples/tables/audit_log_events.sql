-- One row is one event of an organization's audit log, which goes back 90 days. It needs a service account of an Asana
-- Enterprise organization; created_at, event_type, actor_gid and resource_gid narrow what is asked for.

-- Who has failed to log in during the last week, how often, and from where?
SELECT coalesce(actor_name, actor_type) AS who, count(*) AS times, max(created_at) AS latest,
       list(DISTINCT context.client_ip_address) AS addresses
FROM audit_log_events
WHERE event_type = 'user_login_failed' AND created_at >= current_date - 7
GROUP BY ALL
ORDER BY times DESC, latest DESC;

-- What was deleted in the last month, and by whom?
SELECT created_at, event_type, resource_gid, resource_name, actor_name AS who
FROM audit_log_events
WHERE event_category = 'deletion' AND created_at >= current_date - 30
ORDER BY created_at DESC;

-- What has Maya Lindqvist done, by kind and by week?
SET VARIABLE maya = (SELECT gid FROM users WHERE name = 'Maya Lindqvist');
SELECT date_trunc('week', created_at)::DATE AS week, event_type, count(*) AS times
FROM audit_log_events
WHERE actor_gid = getvariable('maya')
GROUP BY ALL
ORDER BY week DESC, times DESC, event_type;

-- Which apps have used the API in somebody's name during the last month?
SELECT context.oauth_app_name AS app, count(DISTINCT actor_gid) AS people, count(*) AS events, max(created_at) AS latest
FROM audit_log_events
WHERE created_at >= current_date - 30 AND context.context_type = 'api'
GROUP BY ALL
ORDER BY events DESC, app;
