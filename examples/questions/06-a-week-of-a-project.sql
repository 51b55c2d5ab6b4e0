-- How did "Atlas migration" move this week, section by section?
SELECT section_name AS section,
       count(*) FILTER (created_at >= current_date - 7) AS created,
       count(*) FILTER (completed_at >= current_date - 7) AS completed,
       count(*) AS touched
FROM tasks
WHERE project_name = 'Atlas migration' AND modified_at >= current_date - 7
GROUP BY ALL
ORDER BY touched DESC, section;
