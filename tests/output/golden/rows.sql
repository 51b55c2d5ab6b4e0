SELECT *
FROM (
    VALUES
        (
            1,
            'Größe | 予算 🎉, "now"',
            TIMESTAMPTZ '2024-05-01 10:00:00.123+00',
            DATE '2024-05-01',
            1.5::DOUBLE,
            TRUE,
            [{'gid': '12', 'name': 'Zoë'}, {'gid': '13', 'name': NULL}],
            {'at': TIMESTAMPTZ '2024-01-01 00:00:00+00', 'x': 'NaN'::DOUBLE},
            JSON '{"a": [1, null]}'
        ),
        (2, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (NULL, 'two' || chr(10) || 'lines' || chr(27) || '[31m', TIMESTAMPTZ '2024-12-31 23:30:00+00', DATE '1999-12-31', -0.25, FALSE, [], {'at': NULL, 'x': 2}, JSON '"text"')
) AS t (number, words, moment, day, amount, done, people, pair, shapeless)
