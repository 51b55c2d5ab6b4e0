SELECT range AS number, 'row ' || range AS words
FROM range(101)
