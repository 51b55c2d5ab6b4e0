-- One row is one user or team that is a member of one goal, which needs an Asana Advanced or Enterprise plan. Without
-- goal_gid every goal is asked.

-- Who may change "Answer support within a day"?
SELECT m.member_name AS member, m.member_resource_type AS kind, m.access_level
FROM goals AS g
JOIN goal_memberships AS m ON m.goal_gid = g.gid
WHERE g.name = 'Answer support within a day' AND m.access_level IN ('admin', 'editor')
ORDER BY member;

-- How many members does each goal have, and which have none?
SELECT g.name AS goal, count(m.gid) AS members
FROM goals AS g
LEFT JOIN goal_memberships AS m ON m.goal_gid = g.gid
GROUP BY g.gid, g.name
ORDER BY members DESC, goal;

-- Who is a member of several goals, and of which?
SELECT member_name AS member, list(goal_name ORDER BY goal_name) AS goals
FROM goal_memberships
GROUP BY member_gid, member_name
HAVING count(*) > 1
ORDER BY len(goals) DESC, member;
