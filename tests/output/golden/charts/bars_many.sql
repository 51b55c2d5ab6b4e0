SELECT 'category ' || range AS category, 100 - range AS number, range AS other
FROM range(100)
