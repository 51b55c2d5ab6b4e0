SELECT * FROM tasks JOIN sections USING (project_gid)
--> o1.project_gid -> o2.project_gid using
--> o2.project_gid -> o1.project_gid using

SELECT * FROM tasks LEFT JOIN sections USING (project_gid)
--> o1.project_gid -> o2.project_gid using

SELECT * FROM tasks RIGHT JOIN sections USING (project_gid)
--> o2.project_gid -> o1.project_gid using

SELECT * FROM tasks FULL JOIN sections USING (project_gid)
--> none

SELECT * FROM tasks SEMI JOIN sections USING (project_gid)
--> o1.project_gid -> o2.project_gid using
--> o2.project_gid -> o1.project_gid using

SELECT * FROM tasks ANTI JOIN sections USING (project_gid)
--> o1.project_gid -> o2.project_gid using

SELECT * FROM tasks JOIN sections USING (gid, project_gid)
--> o1.gid -> o2.gid using
--> o2.gid -> o1.gid using
--> o1.project_gid -> o2.project_gid using
--> o2.project_gid -> o1.project_gid using

SELECT * FROM projects NATURAL JOIN users
--> o1.gid -> o2.gid natural
--> o2.gid -> o1.gid natural
--> o1.name -> o2.name natural
--> o2.name -> o1.name natural

SELECT * FROM projects NATURAL LEFT JOIN users
--> o1.gid -> o2.gid natural
--> o1.name -> o2.name natural

SELECT * FROM projects NATURAL FULL JOIN users
--> none

--# after a comma, NATURAL joins what stands right of the comma only
SELECT * FROM tasks, users NATURAL JOIN sections
--> o2.gid -> o3.gid natural
--> o3.gid -> o2.gid natural

SELECT * FROM stories NATURAL JOIN structs
--> structs AS "item".gid -> o1.gid natural

SELECT * FROM tasks NATURAL JOIN unknown_table
--> none

SELECT * FROM tasks a JOIN projects b USING (gid) JOIN users c USING (gid)
--> o1.gid -> o3.gid using
--> o3.gid -> o1.gid using
--> o1.gid -> o2.gid using
--> o2.gid -> o1.gid using

SELECT * FROM tasks a LEFT JOIN projects b USING (gid) LEFT JOIN users c USING (gid)
--> o1.gid -> o3.gid using
--> o1.gid -> o2.gid using

SELECT * FROM tasks a RIGHT JOIN projects b USING (gid) JOIN users c USING (gid)
--> o2.gid -> o3.gid using
--> o3.gid -> o2.gid using
--> o2.gid -> o1.gid using

--# merged of two that may differ
SELECT * FROM tasks a FULL JOIN projects b USING (gid) JOIN users c USING (gid)
--> none

SELECT * FROM tasks a JOIN projects b USING (gid), (SELECT task_gid FROM stories) c WHERE c.task_gid = gid
--> o1.gid -> o2.gid using
--> o2.gid -> o1.gid using
--> o3.task_gid -> o1.gid where
--> o1.gid -> [(SELECT task_gid FROM stories)].task_gid where

SELECT * FROM tasks a JOIN projects b USING (gid) JOIN (SELECT task_gid FROM stories) c ON c.task_gid = gid
--> o3.task_gid -> o1.gid on
--> o1.gid -> [(SELECT task_gid FROM stories)].task_gid on
--> o1.gid -> o2.gid using
--> o2.gid -> o1.gid using

SELECT * FROM tasks a LEFT JOIN projects b USING (gid) JOIN (SELECT task_gid FROM stories) c ON c.task_gid = gid
--> o3.task_gid -> o1.gid on
--> o1.gid -> [(SELECT task_gid FROM stories)].task_gid on
--> o1.gid -> o2.gid using

SELECT * FROM tasks a RIGHT JOIN projects b USING (gid) JOIN (SELECT task_gid FROM stories) c ON c.task_gid = gid
--> o3.task_gid -> o2.gid on
--> o2.gid -> [(SELECT task_gid FROM stories)].task_gid on
--> o2.gid -> o1.gid using

SELECT * FROM tasks a FULL JOIN projects b USING (gid) JOIN stories c ON c.task_gid = a.gid
--> o3.task_gid -> o1.gid on
--> o1.gid -> o3.task_gid on
--> o1.gid -> o2.gid using

SELECT * FROM (SELECT * FROM tasks a RIGHT JOIN projects b USING (gid)) q JOIN stories c ON c.task_gid = q.gid
--> o2.gid -> o1.gid using
--> o3.task_gid -> [(SELECT * FROM tasks a RIGHT JOIN projects b USING (gid))].gid on
--> o2.gid -> o3.task_gid on

SELECT * FROM (SELECT * FROM tasks a FULL JOIN projects b USING (gid)) q JOIN stories c ON c.task_gid = q.gid
--> o3.task_gid -> [(SELECT * FROM tasks a FULL JOIN projects b USING (gid))].gid on

SELECT * FROM (SELECT b.* FROM tasks a LEFT JOIN projects b USING (gid)) q JOIN stories c ON c.task_gid = q.gid
--> o1.gid -> o2.gid using
--> o3.task_gid -> [(SELECT b.* FROM tasks a LEFT JOIN projects b USING (gid))].gid on
--> o2.gid -> o3.task_gid on

SELECT * FROM picks JOIN tasks USING (gid)
--> picks AS "item".gid -> o1.gid using

SELECT * FROM tasks JOIN unknown_table USING (gid)
--> none
