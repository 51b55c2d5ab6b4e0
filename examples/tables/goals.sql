-- One row is one goal, which needs an Asana Advanced or Enterprise plan, but no key. team_gid, time_period_gid and
-- is_workspace_level narrow what is asked for; asana_goals(supporting_project_gid := …) lists those of one project.

-- How far is each goal, by its metric?
SELECT name AS goal, owner_name AS owner, status, metric.current_display_value AS reached,
       round(100 * (metric.current_number_value - metric.initial_number_value)
             / nullif(metric.target_number_value - metric.initial_number_value, 0))::INT AS percent
FROM goals
WHERE metric IS NOT NULL
ORDER BY percent DESC, goal;

-- Which goals of the whole organization have nobody who owns them, no metric or no status?
SELECT name AS goal, owner_gid IS NULL AS no_owner, metric IS NULL AS no_metric, status IS NULL AS no_status
FROM goals
WHERE is_workspace_level AND (owner_gid IS NULL OR metric IS NULL OR status IS NULL)
ORDER BY goal;

-- How many goals are set for each time period, and how do they stand?
SELECT time_period.display_name AS period, count(*) AS goals,
       count(*) FILTER (status IN ('green', 'achieved')) AS well,
       count(*) FILTER (status IS NULL) AS without_status
FROM goals
WHERE time_period_gid IS NOT NULL
GROUP BY time_period.start_on, period
ORDER BY time_period.start_on, period;

-- Which goals does the project "Atlas migration" work for?
SET VARIABLE project = (SELECT gid FROM projects WHERE name = 'Atlas migration');
SELECT name AS goal, owner_name AS owner, due_on
FROM asana_goals(supporting_project_gid := getvariable('project'))
ORDER BY due_on NULLS LAST, goal;
