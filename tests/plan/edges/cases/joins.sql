SELECT * FROM tasks t JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

SELECT * FROM tasks t INNER JOIN projects p ON (p.gid = t.project_gid) AND p.name = 'a'
--> o2.gid -> o1.project_gid on
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t RIGHT JOIN projects p ON t.project_gid = p.gid
--> o2.gid -> o1.project_gid on

--# a FULL join keeps every row of both sides
SELECT * FROM tasks t FULL JOIN projects p ON t.project_gid = p.gid
--> none

SELECT * FROM tasks t SEMI JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on

--# an ANTI join keeps the rows that find nothing
SELECT * FROM tasks t ANTI JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t CROSS JOIN projects p
--> none

SELECT * FROM tasks t CROSS JOIN projects p WHERE t.project_gid = p.gid
--> o1.project_gid -> o2.gid where
--> o2.gid -> o1.project_gid where

SELECT * FROM tasks t, projects p WHERE t.project_gid = p.gid
--> o1.project_gid -> o2.gid where
--> o2.gid -> o1.project_gid where

SELECT * FROM tasks t, projects p WHERE (((t.project_gid) = (p.gid)))
--> o1.project_gid -> o2.gid where
--> o2.gid -> o1.project_gid where

SELECT * FROM tasks t, projects p WHERE t.project_gid == p.gid
--> o1.project_gid -> o2.gid where
--> o2.gid -> o1.project_gid where

--# OR is not AND
SELECT * FROM tasks t, projects p WHERE t.project_gid = p.gid OR t.completed
--> none

SELECT * FROM tasks t JOIN projects p ON t.project_gid = p.gid OR p.name = t.name
--> none

SELECT * FROM tasks t JOIN projects p ON NOT t.project_gid = p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON (t.project_gid = p.gid) IS TRUE
--> none

SELECT * FROM tasks t JOIN projects p ON CASE WHEN t.project_gid = p.gid THEN TRUE ELSE FALSE END
--> none

--# two NULLs are not distinct, and are no key
SELECT * FROM tasks t JOIN projects p ON t.project_gid IS NOT DISTINCT FROM p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON t.project_gid IS DISTINCT FROM p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON t.project_gid <> p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON t.project_gid >= p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON upper(t.project_gid) = p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON t.project_gid::VARCHAR = p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON t.project_gid COLLATE NOCASE = p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON coalesce(t.project_gid, 'a') = p.gid
--> none

SELECT * FROM tasks t JOIN projects p ON t.project_gid = p.gid || ''
--> none

SELECT * FROM tasks t JOIN tasks c ON c.parent_gid = t.gid
--> o2.parent_gid -> o1.gid on
--> o1.gid -> o2.parent_gid on

SELECT * FROM tasks t JOIN projects p ON t.gid = t.parent_gid
--> none

SELECT * FROM stories s JOIN tasks t ON s.task_gid = t.gid JOIN projects p ON t.project_gid = p.gid
--> o2.project_gid -> o3.gid on
--> o3.gid -> o2.project_gid on
--> o1.task_gid -> o2.gid on
--> o2.gid -> o1.task_gid on

SELECT * FROM stories s LEFT JOIN tasks t ON s.task_gid = t.gid LEFT JOIN projects p ON t.project_gid = p.gid
--> o2.project_gid -> o3.gid on
--> o1.task_gid -> o2.gid on

SELECT * FROM stories s JOIN tasks t ON s.task_gid = t.gid LEFT JOIN projects p ON t.project_gid = p.gid
--> o2.project_gid -> o3.gid on
--> o1.task_gid -> o2.gid on
--> o2.gid -> o1.task_gid on

SELECT * FROM stories s LEFT JOIN tasks t ON s.task_gid = t.gid JOIN users u ON u.gid = s.created_by_gid
--> o3.gid -> o1.created_by_gid on
--> o1.created_by_gid -> o3.gid on
--> o1.task_gid -> o2.gid on

SELECT * FROM stories s LEFT JOIN tasks t ON s.task_gid = t.gid RIGHT JOIN projects p ON t.project_gid = p.gid
--> o3.gid -> o2.project_gid on
--> o1.task_gid -> o2.gid on
--> o2.gid -> o1.task_gid on

SELECT * FROM projects p RIGHT JOIN tasks t ON t.project_gid = p.gid FULL JOIN users u ON u.gid = t.assignee_gid
--> o2.project_gid -> o1.gid on

SELECT * FROM stories s LEFT JOIN (tasks t JOIN projects p ON t.project_gid = p.gid) ON s.task_gid = t.gid
--> o1.task_gid -> o2.gid on
--> o2.project_gid -> o3.gid on
--> o3.gid -> o2.project_gid on

SELECT * FROM stories s JOIN tasks t JOIN projects p ON t.project_gid = p.gid ON s.task_gid = t.gid
--> o1.task_gid -> o2.gid on
--> o2.gid -> o1.task_gid on
--> o2.project_gid -> o3.gid on
--> o3.gid -> o2.project_gid on

SELECT * FROM stories s LEFT JOIN (tasks t LEFT JOIN projects p ON t.project_gid = p.gid) ON s.task_gid = t.gid
--> o1.task_gid -> o2.gid on
--> o2.project_gid -> o3.gid on

SELECT * FROM stories s LEFT JOIN tasks t LEFT JOIN projects p ON t.project_gid = p.gid ON s.task_gid = t.gid AND p.owner_gid = s.created_by_gid
--> o1.task_gid -> o2.gid on
--> o1.created_by_gid -> o3.owner_gid on
--> o2.project_gid -> o3.gid on
--> o3.gid -> o2.project_gid on

SELECT * FROM tasks t LEFT JOIN projects p ON t.project_gid = p.gid AND t.assignee_gid = t.name
--> o1.project_gid -> o2.gid on

SELECT * FROM stories s JOIN tasks t ON true LEFT JOIN projects p ON t.project_gid = s.gid
--> none

SELECT * FROM (tasks t JOIN projects p ON t.project_gid = p.gid), users u WHERE u.gid = t.assignee_gid
--> o1.project_gid -> o2.gid on
--> o2.gid -> o1.project_gid on
--> o3.gid -> o1.assignee_gid where
--> o1.assignee_gid -> o3.gid where

SELECT * FROM ((SELECT 'a' AS gid) a JOIN tasks t ON a.gid = t.gid) JOIN users u ON u.gid = t.assignee_gid
--> o2.gid -> o1.assignee_gid on
--> o1.assignee_gid -> o2.gid on
--> o1.gid -> [(SELECT 'a' AS gid)].gid on

SELECT * FROM stories s SEMI JOIN tasks t ON s.task_gid = t.gid JOIN users u ON u.gid = s.created_by_gid
--> o3.gid -> o1.created_by_gid on
--> o1.created_by_gid -> o3.gid on
--> o1.task_gid -> o2.gid on
--> o2.gid -> o1.task_gid on

--# names of the right side of a SEMI join mean nothing after it, so that t is the outer one
SELECT * FROM tasks t WHERE EXISTS (SELECT 1 FROM stories s SEMI JOIN users t ON t.gid = s.created_by_gid WHERE t.gid = s.task_gid)
--> o3.gid -> o2.created_by_gid on
--> o2.created_by_gid -> o3.gid on
--> o1.gid -> o2.task_gid correlated
--> o2.task_gid -> o1.gid exists

SELECT * FROM stories s ANTI JOIN (tasks t JOIN projects p ON t.project_gid = p.gid) ON s.task_gid = t.gid
--> o1.task_gid -> o2.gid on
--> o2.project_gid -> o3.gid on
--> o3.gid -> o2.project_gid on

SELECT * FROM tasks POSITIONAL JOIN projects JOIN users u ON u.gid = tasks.assignee_gid
--> o1.assignee_gid -> o3.gid on

SELECT * FROM (tasks t JOIN users u ON u.gid = t.assignee_gid) POSITIONAL JOIN projects
--> none

SELECT * FROM tasks t ASOF JOIN projects p ON t.project_gid = p.gid AND t.name >= p.name
--> none

SELECT * FROM tasks t ASOF LEFT JOIN projects p ON t.project_gid = p.gid AND t.name >= p.name JOIN users u ON u.gid = t.assignee_gid
--> o1.assignee_gid -> o3.gid on

SELECT * FROM tasks t TABLESAMPLE 50% JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o2.gid on

SELECT * FROM tasks t JOIN projects p ON t.project_gid = p.gid USING SAMPLE 2
--> none

--# the ON of a join sees what a comma put before it
SELECT * FROM tasks t, users u JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o3.gid correlated

SELECT * FROM tasks t, users u LEFT JOIN projects p ON t.project_gid = p.gid
--> o1.project_gid -> o3.gid correlated

SELECT * FROM tasks t JOIN picks ON picks.gid = t.gid
--> picks AS "item".gid -> o1.gid on

SELECT * FROM tasks t LEFT JOIN picks ON picks.gid = t.gid
--> none

SELECT * FROM picks LEFT JOIN tasks t ON picks.gid = t.gid
--> picks AS "item".gid -> o1.gid on

SELECT * FROM tasks t JOIN 'picks.csv' k ON k.gid = t.gid
--> 'picks.csv' AS k.gid -> o1.gid on

SELECT * FROM tasks t JOIN 'picks.csv' ON picks.gid = t.gid
--> 'picks.csv' AS "item".gid -> o1.gid on

SELECT * FROM tasks t JOIN read_csv('picks.csv') k ON k.gid = t.gid
--> read_csv('picks.csv') AS k.gid -> o1.gid on

SELECT * FROM tasks t JOIN read_csv('picks.csv') ON read_csv.gid = t.gid
--> read_csv('picks.csv') AS "item".gid -> o1.gid on

SELECT * FROM tasks t JOIN (VALUES ('a'), ('b')) v(key) ON v.key = t.gid
--> (VALUES ('a'), ('b')) AS v(key).key -> o1.gid on

SELECT * FROM tasks t JOIN (VALUES ('a', 1), ('b', 2)) v ON v.col0 = t.gid
--> (VALUES ('a', 1), ('b', 2)) AS v.col0 -> o1.gid on

SELECT * FROM tasks t JOIN (VALUES (lower('A'))) v(key) ON v.key = t.gid
--> none

SELECT * FROM tasks t JOIN main.picks k(key, rest) ON k.key = t.gid
--> main.picks AS k(key, rest).key -> o1.gid on

SELECT * FROM tasks t JOIN picks AS "my picks" ON "my picks".gid = t.gid
--> picks AS "my picks".gid -> o1.gid on

SELECT * FROM tasks t JOIN range(3) ON range.range = t.gid
--> none

SELECT * FROM tasks t JOIN unknown_table x ON x.gid = t.gid
--> none

SELECT * FROM tasks t JOIN unnest(['a']) x(gid) ON x.gid = t.gid
--> none
