SELECT 1 AS number, 'x' AS words, [JSON '1'] AS j
WHERE false
