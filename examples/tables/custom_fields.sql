-- One row is one custom field that the workspace defines, without any value: values are in custom_fields of the tasks,
-- projects, portfolios and goals that have the field. It needs no key, but a paid Asana plan.

-- Which custom fields are there, and of which kind?
SELECT name, resource_subtype AS kind, representation_type AS shown_as, created_by_name AS created_by
FROM custom_fields
ORDER BY name;

-- Which options can be chosen in each field, and which were there once but are switched off?
SELECT field, option.name AS option, option.enabled AS can_be_chosen, option.color
FROM (SELECT name AS field, unnest(enum_options) AS option FROM custom_fields)
ORDER BY field, can_be_chosen DESC, option;

-- How are the numbers written, with which unit and how many decimal places?
SELECT name, format, coalesce(currency_code, custom_label) AS unit, precision AS decimal_places, is_formula_field
FROM custom_fields
WHERE resource_subtype = 'number'
ORDER BY name;

-- How many projects in use have each field, and which have none?
SELECT f.name AS field, count(p.gid) AS projects
FROM custom_fields AS f
LEFT JOIN (
    SELECT gid, unnest(custom_field_settings).custom_field.gid AS field_gid FROM projects WHERE NOT archived
) AS p ON p.field_gid = f.gid
GROUP BY f.gid, f.name
ORDER BY projects, field;
