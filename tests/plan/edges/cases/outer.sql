SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name = 'a'
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE 'a' = p.name
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name IS NOT NULL
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name <> 'a'
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name LIKE 'a%' AND t.completed
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name ILIKE 'A%'
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name NOT LIKE 'x%'
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name BETWEEN 'a' AND 'b'
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name IN ('a', 'b')
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid WHERE t.completed IS TRUE
--> o2.project_gid -> o1.gid on
--> o1.gid -> o2.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name < t.name
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name = 'a' OR t.completed
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name IS NULL
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name IS NOT DISTINCT FROM t.name
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name IS DISTINCT FROM 'a'
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE coalesce(p.name, 'a') = 'a'
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE NOT (p.name = 'a' AND t.completed)
--> o1.project_gid -> o2.gid on

SELECT * FROM projects p LEFT JOIN tasks t ON t.project_gid = p.gid WHERE t.completed IS NOT TRUE
--> o1.gid -> o2.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE CASE WHEN p.name = 'a' THEN false ELSE true END
--> o1.project_gid -> o2.gid on

--# a comparison with ALL of no rows holds for NULL too
SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.name = ALL (SELECT name FROM users WHERE name = 'nobody')
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE t.name = 'a'
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t RIGHT JOIN projects p ON t.project_gid = p.gid WHERE t.name = 'a'
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t RIGHT JOIN projects p ON t.project_gid = p.gid WHERE p.name = 'a'
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t FULL JOIN projects p ON t.project_gid = p.gid WHERE t.name = 'a'
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t FULL JOIN projects p ON t.project_gid = p.gid WHERE p.name = 'a'
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t FULL JOIN projects p ON t.project_gid = p.gid WHERE p.name = 'a' AND t.completed IS TRUE
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t FULL JOIN projects p ON t.project_gid = p.gid WHERE p.name = t.name
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on
--> o2.name -> o1.name where
--> o1.name -> o2.name where

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid, users u WHERE u.gid = p.owner_gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on
--> o3.gid -> o2.owner_gid where
--> o2.owner_gid -> o3.gid where

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid JOIN users u ON u.gid = p.owner_gid
--> o3.gid -> o2.owner_gid on
--> o2.owner_gid -> o3.gid on
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid LEFT JOIN users u ON u.gid = p.owner_gid
--> o2.owner_gid -> o3.gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid RIGHT JOIN users u ON u.gid = p.owner_gid
--> o3.gid -> o2.owner_gid on
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid LEFT JOIN users u ON u.gid = p.owner_gid WHERE u.name = 'a'
--> o3.gid -> o2.owner_gid on
--> o2.owner_gid -> o3.gid on
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t LEFT JOIN (projects p LEFT JOIN users u ON u.gid = p.owner_gid) ON t.project_gid = p.gid WHERE u.name = 'a'
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on
--> o3.gid -> o2.owner_gid on
--> o2.owner_gid -> o3.gid on

SELECT * FROM users u FULL JOIN tasks t ON t.assignee_gid = u.gid FULL JOIN projects p ON p.gid = t.project_gid WHERE u.name = 'a'
--> o2.project_gid -> o3.gid on
--> o1.gid -> o2.assignee_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid WHERE p.owner_gid IN (SELECT gid FROM users)
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on
--> o3.gid -> o2.owner_gid in
--> o2.owner_gid -> o3.gid in-reverse

SELECT * FROM tasks t LEFT JOIN projects p USING (gid) WHERE p.name = 'a'
--> o1.gid -> o2.gid using
--> o2.gid -> o1.gid using

SELECT * FROM tasks t SEMI JOIN (stories s LEFT JOIN users u ON u.gid = s.created_by_gid) ON t.gid = s.task_gid AND u.name = t.name
--> o1.gid -> o2.task_gid on
--> o2.task_gid -> o1.gid on
--> o3.name -> o1.name on
--> o1.name -> o3.name on
--> o3.gid -> o2.created_by_gid on
--> o2.created_by_gid -> o3.gid on

SELECT * FROM tasks t ANTI JOIN (stories s LEFT JOIN users u ON u.gid = s.created_by_gid) ON t.gid = s.task_gid AND u.name = t.name
--> o1.gid -> o2.task_gid on
--> o1.name -> o3.name on
--> o3.gid -> o2.created_by_gid on
--> o2.created_by_gid -> o3.gid on

SELECT * FROM (tasks t LEFT JOIN projects p ON t.project_gid = p.gid) LEFT JOIN stories s ON s.task_gid = t.gid AND p.name = 'a'
--> o1.gid -> o3.task_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM (tasks t LEFT JOIN projects p ON t.project_gid = p.gid) RIGHT JOIN stories s ON s.task_gid = t.gid AND p.name = 'a'
--> o3.task_gid -> o1.gid on
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT t.gid, p.gid FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid GROUP BY ALL HAVING p.gid = 'a'
--> o1.project_gid -> o2.gid on
