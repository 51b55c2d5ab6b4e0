SELECT DATE '2024-01-01' + CAST(range AS INTEGER) AS day, '漢字 ' || range % 6 AS project_name, range * (range % 6) AS n, 1 AS other
FROM range(60)
