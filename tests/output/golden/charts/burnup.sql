SELECT
    TIMESTAMPTZ '2024-01-01 09:00:00+00' + to_days(CAST(range AS INTEGER)) AS created_at,
    CASE WHEN range % 2 = 0 THEN created_at + to_days(20) END AS completed_at,
    range AS number,
    created_at AS modified_at
FROM range(50)
