-- [from] FROM without SELECT
FROM projects;

-- [from] FROM before SELECT
FROM tasks t SELECT t.gid, t.name WHERE t.completed ORDER BY ALL;

-- [from] names with database and schema, in any case and in quotes
SELECT count(*) FROM asana.tasks;
SELECT count(*) FROM asana.main.tasks;
SELECT count(*) FROM main.tasks;
SELECT count(*) FROM memory.main.tasks;
SELECT "Tasks".GID, "tasks"."Name" FROM "TASKS" ORDER BY 1, 2;

-- [from] an alias with names for columns
SELECT u.a, u.c FROM users AS u(a, b, c) ORDER BY a;

-- [from] an alias before the name
SELECT p.name FROM p: projects ORDER BY ALL;

-- [from] a row as a struct
SELECT s FROM sections s ORDER BY s.gid;

-- [from] a row of a derived table as a struct
SELECT t, t.gid FROM (SELECT gid, name FROM tasks WHERE completed) t ORDER BY t;

-- [from] inner joins of three relations
SELECT t.name, s.name, p.name FROM tasks t JOIN sections s ON s.gid = t.section_gid
JOIN projects p ON p.gid = s.project_gid WHERE p.archived ORDER BY ALL;

-- [from] a left join keeps what has no partner
SELECT t.gid, u.email FROM tasks t LEFT JOIN users u ON u.gid = t.assignee_gid AND u.name LIKE '%a%';

-- [from] a condition on the other side of a left join
SELECT p.name, t.name FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid AND t.completed ORDER BY ALL;

-- [from] a left join whose WHERE wants what has no partner
SELECT u.name FROM users u LEFT JOIN tasks t ON t.assignee_gid = u.gid WHERE t.gid IS NULL ORDER BY u.gid;

-- [from] a right join
SELECT k.note, t.name FROM tasks t RIGHT JOIN picks k ON k.gid = t.gid;

-- [from] a full join
SELECT k.gid, k.note, t.gid, t.project_gid FROM picks k FULL JOIN tasks t USING (gid);

-- [from] the merged column of a full join
SELECT gid, count(*) FROM picks FULL JOIN tasks USING (gid) GROUP BY gid HAVING count(*) > 1 OR gid IS NULL ORDER BY gid;

-- [from] a cross join and a comma
SELECT count(*) FROM projects CROSS JOIN teams;
SELECT p.name, t.name FROM projects p, teams t WHERE p.team_gid = t.gid ORDER BY ALL;

-- [from] a natural join
SELECT * EXCLUDE (created_at, projects) FROM (SELECT gid AS project_gid, name AS title FROM projects) NATURAL JOIN sections
ORDER BY ALL;

-- [from] a natural join after a comma
SELECT count(*), min(k.note) FROM teams, picks k NATURAL JOIN (SELECT DISTINCT gid FROM tasks);

-- [from] USING several columns
SELECT count(*) FROM tasks a JOIN tasks b USING (gid, project_gid);

-- [from] semi and anti joins
SELECT name FROM projects SEMI JOIN tasks ON tasks.project_gid = projects.gid AND tasks.completed ORDER BY ALL;
SELECT name FROM projects ANTI JOIN tasks ON tasks.project_gid = projects.gid ORDER BY ALL;
SELECT note FROM picks ANTI JOIN tasks USING (gid) ORDER BY ALL;
SELECT name FROM tasks SEMI JOIN picks USING (gid) ORDER BY ALL;

-- [from] a self join
SELECT a.gid, a.project_gid, b.project_gid FROM tasks a JOIN tasks b ON a.gid = b.gid AND a.project_gid < b.project_gid;

-- [from] a join by inequality
SELECT r.city, r.moment, count(*) FROM fares r JOIN tasks t ON t.created_at >= r.moment GROUP BY ALL ORDER BY ALL;

-- [from] an ASOF join
SELECT t.gid, t.project_gid, r.rate, r.moment FROM tasks t ASOF JOIN fares r ON t.created_at >= r.moment;

-- [from] an ASOF left join with an equality
SELECT p.name, r.rate FROM (SELECT name, created_at, 'Kyiv' AS city FROM projects) p
ASOF LEFT JOIN fares r ON p.city = r.city AND p.created_at >= r.moment ORDER BY ALL;

-- [from] an ASOF join USING
SELECT city, moment, rate FROM (SELECT 'Kyiv' AS city, created_at AS moment FROM tasks) ASOF JOIN fares USING (city, moment);

-- [from] a positional join
SELECT * FROM (SELECT name FROM people ORDER BY id) POSITIONAL JOIN (SELECT name FROM projects ORDER BY gid);

-- [from] a lateral join with a limit
SELECT p.name, newest.name, newest.created_at FROM projects p,
LATERAL (SELECT t.name, t.created_at FROM tasks t WHERE t.project_gid = p.gid ORDER BY t.created_at DESC, t.gid LIMIT 2) newest
ORDER BY ALL;

-- [from] a lateral left join on an aggregate
SELECT p.name, n.open FROM projects p LEFT JOIN LATERAL
(SELECT count(*) FILTER (NOT t.completed) AS open FROM tasks t WHERE t.project_gid = p.gid) n ON true ORDER BY ALL;

-- [from] a lateral join without the word
SELECT t.gid, f.name FROM tasks t, (SELECT unnest(t.followers) AS f) WHERE t.project_gid = '<larger>' ORDER BY ALL;

-- [from] joins in parentheses
SELECT p.name, t.name, u.name FROM projects p LEFT JOIN (tasks t JOIN users u ON u.gid = t.assignee_gid)
ON t.project_gid = p.gid ORDER BY ALL;

-- [from] a chain of joins of several kinds
SELECT k.note, t.name, p.name, u.name FROM picks k LEFT JOIN tasks t USING (gid) LEFT JOIN projects p ON p.gid = t.project_gid
LEFT JOIN users u ON u.gid = t.assignee_gid ORDER BY ALL;

-- [from] a table function with arguments, beside a relation
SELECT p.name, d.range FROM projects p, range(2) d ORDER BY ALL;

-- [from] a function of a relation
SELECT gid, completed FROM asana_tasks(project_gid := '<project>', completed := false) ORDER BY ALL;

-- [from] a function of a relation, joined with a local table
SELECT k.weight, t.name FROM picks k JOIN asana_tasks(project_gid := '<larger>') t USING (gid) ORDER BY ALL;

-- [from] a view over a relation, joined
SELECT o.name, p.name FROM open_tasks o JOIN projects p ON p.gid = o.project_gid WHERE p.gid = '<project>' ORDER BY ALL;

-- [from] a view over a join of relations
SELECT project, count(*), count(due_on) FROM work WHERE NOT completed GROUP BY project ORDER BY ALL;

-- [from] a file beside a relation
COPY (SELECT gid, name AS title FROM tasks WHERE completed) TO 'titles.csv' (HEADER);
SELECT t.gid, f.title FROM 'titles.csv' f JOIN tasks t ON t.gid = f.gid::VARCHAR WHERE t.project_gid = '<project>' ORDER BY ALL;

-- [from] values beside a relation
SELECT t.name, v.label FROM tasks t JOIN (VALUES ('<task>', 'one'), ('<other>', 'two')) v(gid, label) USING (gid) ORDER BY ALL;

-- [from] stories of a task, through a join
SELECT s.gid, s.type, t.name FROM tasks t JOIN stories s ON s.task_gid = t.gid WHERE t.gid = '<told>' ORDER BY ALL;

-- [from] keys that are no gids, or no task's
SELECT k.note, t.name FROM picks k JOIN tasks t ON t.gid = k.gid ORDER BY ALL;
SELECT v.gid, p.name FROM (VALUES ('<project>'), ('x'), (NULL), ('1')) v(gid) LEFT JOIN projects p USING (gid) ORDER BY ALL;

-- [from] a temporary table that hides another
CREATE TEMP TABLE picks AS SELECT '<other>' AS gid;
SELECT t.name FROM picks k JOIN tasks t USING (gid) ORDER BY ALL;

-- [from] what gives another value each time, evaluated once for each row
CREATE SEQUENCE counter;
SELECT count(n) FROM (SELECT k.gid, nextval('counter') AS n FROM picks k) JOIN tasks t USING (gid);
SELECT nextval('counter');
