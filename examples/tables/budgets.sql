-- One row is the budget of one project, of which a project has one at most; it needs an Asana plan with the add-on
-- Timesheets and Budgets. Without a key every project is asked; parent_gid, or what is known of the project, narrows
-- that.

-- How much of its budget has each project used, where somebody set one?
SELECT parent_name AS project, actual.value AS used, total.value AS budget, total.units AS unit,
       round(100 * actual.value / nullif(total.value, 0))::INT AS percent
FROM budgets
WHERE total.enabled
ORDER BY percent DESC, project;

-- How many hours were tracked for the projects whose budget is one of time, and how many are expected?
SELECT parent_name AS project, round(actual.value / 60, 1) AS hours, round(estimate.value / 60, 1) AS expected
FROM budgets
WHERE budget_type = 'time'
ORDER BY hours DESC, project;

-- Which projects of the team "Engineering" have a budget, and of which kind?
SELECT p.name AS project, b.budget_type AS kind, b.total.enabled AS limited, b.estimate.source AS estimated_by
FROM teams AS t
JOIN projects AS p ON p.team_gid = t.gid
JOIN budgets AS b ON b.parent_gid = p.gid
WHERE t.name = 'Engineering'
ORDER BY project;

-- Which projects in use have no budget?
SELECT p.name AS project, p.owner_name AS owner
FROM projects AS p
LEFT JOIN budgets AS b ON b.parent_gid = p.gid
WHERE NOT p.archived AND b.gid IS NULL
ORDER BY project;
