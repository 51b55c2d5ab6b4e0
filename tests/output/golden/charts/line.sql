SELECT DATE '2024-01-01' + CAST(range AS INTEGER) AS day, range * range AS done
FROM range(60)
