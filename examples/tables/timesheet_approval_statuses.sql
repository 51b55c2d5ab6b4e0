-- One row is one week's timesheet of one user, which needs an Asana plan with the add-on Timesheets and Budgets, but no
-- key. user_gid narrows what is asked for.

-- Whose timesheets wait for approval, and for how long?
SELECT user_name AS name, start_date AS week, current_date - end_date AS days_since
FROM timesheet_approval_statuses
WHERE approval_status = 'SUBMITTED'
ORDER BY days_since DESC, name;

-- How far are the timesheets of each week?
SELECT start_date AS week, count(*) AS timesheets, count(*) FILTER (approval_status = 'APPROVED') AS approved,
       count(*) FILTER (approval_status = 'SUBMITTED') AS submitted,
       count(*) FILTER (approval_status = 'REJECTED') AS rejected
FROM timesheet_approval_statuses
GROUP BY ALL
ORDER BY week DESC;

-- Who still has drafts of weeks that are over?
SELECT user_name AS name, count(*) AS drafts, min(start_date) AS oldest
FROM timesheet_approval_statuses
WHERE approval_status = 'DRAFT' AND end_date < current_date
GROUP BY user_gid, name
ORDER BY drafts DESC, name;

-- How many hours did people enter in the weeks whose timesheets were rejected?
SELECT s.user_name AS name, s.start_date AS week, round(sum(e.duration_minutes) / 60, 1) AS hours
FROM timesheet_approval_statuses AS s
JOIN time_tracking_entries AS e
    ON e.created_by_gid = s.user_gid AND e.entered_on BETWEEN s.start_date AND s.end_date
WHERE s.approval_status = 'REJECTED'
GROUP BY s.gid, name, week
ORDER BY week DESC, name;
