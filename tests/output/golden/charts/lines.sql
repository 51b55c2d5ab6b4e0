SELECT DATE '2024-01-01' + CAST(range AS INTEGER) AS day, range AS up, -range AS down, 10 AS level
FROM range(30)
