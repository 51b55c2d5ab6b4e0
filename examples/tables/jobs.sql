-- One row is one piece of work that Asana does in the background. It needs gid, which Asana tells where the job is
-- started; the gids here are the demo's.

-- Is the copy of the project made, and what is it called?
SELECT status, new_project_name AS project, new_project_gid
FROM jobs
WHERE gid = '1200000000000001';

-- How far are several jobs?
SELECT gid, resource_subtype AS job, status
FROM jobs
WHERE gid IN ('1200000000000001', '1200000000000002', '1200000000000004', '1200000000000007')
ORDER BY gid;

-- From where can finished exports be fetched, and how long did they take?
SELECT resource_subtype AS job, export.download_url, export.completed_at - export.created_at AS took
FROM (
    SELECT gid, resource_subtype, coalesce(new_graph_export, new_resource_export) AS export
    FROM jobs
    WHERE gid IN ('1200000000000005', '1200000000000006') AND status = 'succeeded'
)
ORDER BY gid;

-- How many tasks does the new project have?
SELECT j.new_project_name AS project, c.num_tasks
FROM jobs AS j
JOIN task_counts AS c ON c.project_gid = j.new_project_gid
WHERE j.gid = '1200000000000001';
