-- One row is one goal that another supports, the one named by goal_gid, with its columns; it needs an Asana Advanced
-- or Enterprise plan. Without goal_gid every goal is asked.

-- Which goal is above each goal?
SELECT g.name AS goal, p.name AS supports, p.owner_name AS owned_by
FROM goals AS g
JOIN goal_parents AS p ON p.goal_gid = g.gid
ORDER BY goal, supports;

-- Which goals are at the top, as they support no other?
SELECT name AS goal, status
FROM goals
WHERE gid NOT IN (SELECT goal_gid FROM goal_parents)
ORDER BY goal;

-- Which goals are to be reached later than the goal that they support?
SELECT g.name AS goal, g.due_on, p.name AS supports, p.due_on AS that_is_due
FROM goals AS g
JOIN goal_parents AS p ON p.goal_gid = g.gid
WHERE g.due_on >= p.due_on
ORDER BY goal;
