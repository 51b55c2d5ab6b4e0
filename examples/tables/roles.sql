-- One row is one role, Asana's own or the organization's, with what it permits; only an admin's token can read them,
-- which needs no key. asana_roles(archived := …) lists those that are archived, or the others.

-- Which roles are the organization's own, and which of Asana's is each made from?
SELECT name AS role, base_role_type AS made_from, description, creation_time::DATE AS since
FROM roles
WHERE NOT is_standard_role
ORDER BY made_from, role;

-- Which roles may do what an outsider should not?
SELECT name AS role, permissions.export_project_data AS export, permissions.create_pat_authorization AS tokens,
       permissions.manage_roles, permissions.task_deletion_policy AS deletes
FROM roles
WHERE permissions.export_project_data OR permissions.create_pat_authorization OR permissions.manage_roles
ORDER BY role;

-- Which roles are archived?
SELECT name AS role, base_role_type AS made_from, modified_at::DATE AS last_changed
FROM asana_roles(archived := TRUE)
ORDER BY role;

-- In what do the organization's own roles differ from the role that they are made from?
WITH allowed AS (
    UNPIVOT (SELECT name, base_role_type, is_standard_role, unnest(permissions) FROM roles)
    ON COLUMNS(* EXCLUDE (name, base_role_type, is_standard_role, allowed_guest_invites, task_deletion_policy))
    INTO NAME permission VALUE is_allowed
)
SELECT own.name AS role, base.name AS made_from, own.permission, own.is_allowed
FROM allowed AS own
JOIN allowed AS base ON base.base_role_type = own.base_role_type AND base.permission = own.permission
WHERE NOT own.is_standard_role AND base.is_standard_role AND own.is_allowed <> base.is_allowed
ORDER BY role, permission;
