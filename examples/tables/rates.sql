-- One row is what one hour of one user or placeholder costs in one project; it needs an Asana plan with the add-on
-- Timesheets and Budgets. Without a key every project is asked; parent_gid, or what is known of the project, narrows
-- that.

-- What does an hour cost in each project?
SELECT parent_name AS project, currency_code AS currency, count(*) AS rates, min(rate) AS lowest, max(rate) AS highest
FROM rates
GROUP BY parent_gid, project, currency
ORDER BY highest DESC, project;

-- What is planned to be paid for those who are still to be found?
SELECT resource_name AS placeholder, parent_name AS project, rate, currency_code AS currency
FROM rates
WHERE resource_resource_type = 'placeholder'
ORDER BY placeholder, project;

-- Whose rate is not the same in every project?
SELECT resource_name AS name, min(rate) AS lowest, max(rate) AS highest
FROM rates
GROUP BY resource_gid, name
HAVING min(rate) < max(rate)
ORDER BY highest - lowest DESC, name;

-- What did the time that was tracked for "Atlas migration" cost so far, person by person?
SELECT r.resource_name AS name, round(sum(e.duration_minutes) / 60, 1) AS hours,
       round(sum(e.duration_minutes) / 60 * any_value(r.rate), 2) AS cost, any_value(r.currency_code) AS currency
FROM projects AS p
JOIN rates AS r ON r.parent_gid = p.gid
JOIN time_tracking_entries AS e ON e.attributable_to_gid = p.gid AND e.created_by_gid = r.resource_gid
WHERE p.name = 'Atlas migration'
GROUP BY r.gid, r.resource_name
ORDER BY cost DESC, name;
