-- One row is one webhook that the token's own app and user have set up; Asana shows nobody else's. It needs no key;
-- resource_gid asks for those of one object only.

-- Which webhooks are there, what do they watch, and whom do they tell?
SELECT resource_resource_type AS kind, resource_name AS watches, target, active, created_at
FROM webhooks
ORDER BY created_at;

-- Which webhooks fail, since when, and when will Asana delete them?
SELECT resource_name AS watches, target, last_success_at, last_failure_at, last_failure_content AS answer,
       failure_deletion_timestamp AS deleted_at
FROM webhooks
WHERE last_failure_at > last_success_at OR (last_failure_at IS NOT NULL AND last_success_at IS NULL)
ORDER BY last_failure_at DESC;

-- Which webhooks are switched off or have had nothing to tell for a month?
SELECT resource_name AS watches, target, active, last_success_at
FROM webhooks
WHERE NOT active OR last_success_at IS NULL OR last_success_at < current_date - 30
ORDER BY last_success_at NULLS FIRST;

-- Which events does each webhook let through?
SELECT resource_name AS watches, filter.resource_type AS kind, filter.resource_subtype AS subtype, filter.action,
       filter.fields
FROM (SELECT resource_name, unnest(filters) AS filter FROM webhooks)
ORDER BY ALL;
