-- One row is one task in one project: a task in two projects has two rows, one in no project is in user_tasks, subtasks
-- or tag_tasks. Without a key every project is asked, so name a project, section, assignee or gid.

-- What is late in "Atlas migration", and whose is it?
SELECT name AS task, assignee_name AS assignee, section_name AS section, due_on, current_date - due_on AS days_late
FROM tasks
WHERE project_name = 'Atlas migration' AND NOT completed AND due_on < current_date
ORDER BY days_late DESC, task;

-- How many tasks does each project in use have, and how many of them are done?
SELECT project_name AS project, count(*) AS tasks, count(*) FILTER (completed) AS done
FROM asana_tasks(project_archived := FALSE)
GROUP BY ALL
ORDER BY tasks DESC, project;

-- What was completed in the last seven days in the projects of the team "Operations", and by whom?
SELECT t.project_name AS project, t.name AS task, t.completed_at, t.completed_by_name AS who
FROM teams AS g
JOIN projects AS p ON p.team_gid = g.gid
JOIN tasks AS t ON t.project_gid = p.gid
WHERE g.name = 'Operations' AND t.completed_at >= current_date - 7
ORDER BY t.completed_at DESC;

-- How much of "Website relaunch" is there for each value of its custom field "Priority"?
SELECT "Priority" AS priority, count(*) AS tasks, count(*) FILTER (NOT completed) AS open
FROM asana_project('Website relaunch')
GROUP BY ALL
ORDER BY open DESC, priority;

-- Which open tasks are in more than one project, and where?
SELECT name AS task, list(project_name ORDER BY project_name) AS projects
FROM asana_tasks(project_archived := FALSE)
WHERE NOT completed
GROUP BY gid, name
HAVING count(*) > 1
ORDER BY count(*) DESC, task;
