SELECT 7 AS number, 'seven' AS words
