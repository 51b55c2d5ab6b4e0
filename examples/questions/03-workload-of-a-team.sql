-- Who in the team "Engineering" has how much to do, and how much of it is due within a week?
SELECT m.user_name AS member, count(t.gid) AS open,
       count(*) FILTER (t.due_on < current_date) AS late,
       count(*) FILTER (t.due_on BETWEEN current_date AND current_date + 7) AS due_this_week
FROM teams AS g
JOIN team_memberships AS m ON m.team_gid = g.gid
LEFT JOIN user_tasks AS t ON t.assignee_gid = m.user_gid AND NOT t.completed
WHERE g.name = 'Engineering'
GROUP BY ALL
ORDER BY open DESC, member;
