SELECT TIMESTAMPTZ '2024-03-30 20:00:00+00' + to_hours(CAST(range AS INTEGER)) AS hour, 95 + range / 10 AS percent
FROM range(24)
