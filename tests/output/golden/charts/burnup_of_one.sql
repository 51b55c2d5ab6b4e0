SELECT DATE '2024-01-01' + CAST(range AS INTEGER) AS due_on, 'task ' || range AS name
FROM range(10)
