-- One row is one goal, project, portfolio or task that supports one goal, which needs an Asana Advanced or Enterprise
-- plan. Without supported_goal_gid every goal is asked.

-- What supports the goal "Answer support within a day", and how much does each count?
SELECT r.supporting_resource_resource_type AS kind, r.supporting_resource_name AS name, r.contribution_weight AS weight
FROM goals AS g
JOIN goal_relationships AS r ON r.supported_goal_gid = g.gid
WHERE g.name = 'Answer support within a day'
ORDER BY weight DESC, kind, name;

-- Which goals are below which other goals?
SELECT supported_goal_name AS goal, supporting_resource_name AS subgoal
FROM goal_relationships
WHERE resource_subtype = 'subgoal'
ORDER BY goal, subgoal;

-- Which goals does nothing support?
SELECT g.name AS goal, g.owner_name AS owner
FROM goals AS g
WHERE g.gid NOT IN (SELECT supported_goal_gid FROM goal_relationships WHERE supported_goal_gid IS NOT NULL)
ORDER BY goal;

-- How much is left to do in the projects that support goals?
SELECT r.supported_goal_name AS goal, r.supporting_resource_name AS project, count(t.gid) AS open
FROM goal_relationships AS r
LEFT JOIN tasks AS t ON t.project_gid = r.supporting_resource_gid AND NOT t.completed
WHERE r.supporting_resource_resource_type = 'project'
GROUP BY ALL
ORDER BY open DESC, goal, project;
