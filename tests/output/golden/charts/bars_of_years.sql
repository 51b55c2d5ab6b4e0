SELECT 2020 + range AS year, range * range AS tasks
FROM range(5)
