-- One row is one time period that goals can be set for: a fiscal year, a half or a quarter. It needs no key.

-- Which time periods are running today?
SELECT display_name AS period, start_on, end_on, end_on - current_date AS days_left
FROM time_periods
WHERE current_date BETWEEN start_on AND end_on
ORDER BY start_on, end_on DESC;

-- Into which halves and quarters is each year divided?
SELECT parent.display_name AS part_of, display_name AS period, start_on, end_on
FROM time_periods
WHERE parent_gid IS NOT NULL
ORDER BY start_on, end_on DESC;

-- Which goals are set for which time period, and for which is there none?
SELECT t.display_name AS period, count(g.gid) AS goals, list(g.name ORDER BY g.name) FILTER (g.gid IS NOT NULL) AS names
FROM time_periods AS t
LEFT JOIN goals AS g ON g.time_period_gid = t.gid
GROUP BY t.gid, t.display_name, t.start_on, t.end_on
ORDER BY t.start_on, t.end_on DESC;
