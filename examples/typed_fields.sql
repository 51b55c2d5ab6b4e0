-- A project's own custom fields as columns: what is open, by priority, and how much of it there is.
--     asanaql --demo -f examples/typed_fields.sql
SELECT coalesce("Priority", '(none)') AS priority,
       count(*) AS open,
       round(sum("Effort"), 1) AS effort,
       count(*) FILTER ("Effort" > 200) AS large
FROM asana_project('Hundred days')
WHERE completed = FALSE
GROUP BY ALL
ORDER BY effort DESC;
