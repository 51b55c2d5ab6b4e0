-- One row is one entry of time tracked on one task; it needs an Asana plan with time tracking, such as Advanced or
-- Enterprise, but no key. Days, tasks, projects and users narrow what is asked for, and what only the record of an
-- entry tells, such as its task and description, takes one request a row.

-- How many hours did everybody enter in each of the last four weeks?
SELECT date_trunc('week', entered_on)::DATE AS week, created_by_name AS name,
       round(sum(duration_minutes) / 60, 1) AS hours
FROM time_tracking_entries
WHERE entered_on >= date_trunc('week', current_date) - INTERVAL 3 WEEKS
GROUP BY ALL
ORDER BY week, hours DESC, name;

-- Which projects did the time of the last thirty days go to?
SELECT coalesce(attributable_to_name, '(none)') AS project, round(sum(duration_minutes) / 60, 1) AS hours,
       count(DISTINCT created_by_gid) AS people
FROM time_tracking_entries
WHERE entered_on > current_date - 30
GROUP BY attributable_to_gid, project
ORDER BY hours DESC, project;

-- Which tasks of the project "Onboarding" took longest?
SELECT t.name AS task, t.completed, sum(e.duration_minutes) AS minutes
FROM tasks AS t
JOIN time_tracking_entries AS e ON e.task_gid = t.gid
WHERE t.project_name = 'Onboarding'
GROUP BY t.gid, t.name, t.completed
ORDER BY minutes DESC, task;

-- What did people write about what they did in the last three days?
SELECT entered_on, created_by_name AS name, task_name AS task, duration_minutes AS minutes, description
FROM time_tracking_entries
WHERE entered_on > current_date - 3 AND description <> ''
ORDER BY entered_on DESC, name, task, minutes;

-- What is in the oldest timesheet that waits for approval?
SET VARIABLE sheet = (
    SELECT min_by(gid, (start_date, user_name)) FROM timesheet_approval_statuses WHERE approval_status = 'SUBMITTED'
);
SELECT entered_on, attributable_to_name AS project, duration_minutes AS minutes
FROM asana_time_tracking_entries(timesheet_approval_status_gid := getvariable('sheet'))
ORDER BY entered_on, project, minutes;
