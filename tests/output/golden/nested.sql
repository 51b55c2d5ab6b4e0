SELECT *
FROM (
    VALUES
        (
            [{'gid': '12', 'name': 'Zoë'}, {'gid': '13', 'name': NULL}],
            {'at': TIMESTAMPTZ '2024-01-01 00:00:00+00', 'values': [1.5, NULL]},
            [[1, 2], [], NULL],
            MAP {'a': 1, 'b': NULL},
            JSON '{"a": [1, {"b": null}], "text": "two\nlines"}'
        ),
        ([], {'at': NULL, 'values': []}, [], MAP {}, JSON '[]'),
        ([NULL], {'at': NULL, 'values': NULL}, [NULL], NULL, JSON '"text"')
) AS t (people, pair, lists, map, shapeless)
