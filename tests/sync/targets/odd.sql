-- Rows with every oddity that a row can have, in columns of every type that a relation has.
CREATE TABLE asana_copy.main.tasks (
    gid VARCHAR,
    project_gid VARCHAR,
    name VARCHAR,
    completed BOOLEAN,
    likes BIGINT,
    share DOUBLE,
    due_on DATE,
    modified_at TIMESTAMP WITH TIME ZONE,
    tags VARCHAR[],
    custom_fields STRUCT(
        gid VARCHAR, "name" VARCHAR, number DOUBLE, "at" TIMESTAMP WITH TIME ZONE, "options" STRUCT(gid VARCHAR)[]
    )[],
    "order" STRUCT("user" VARCHAR, on_day DATE),
    shapeless JSON,
    _synced_at TIMESTAMP WITH TIME ZONE
);
INSERT INTO asana_copy.main.tasks (gid) VALUES (NULL);
INSERT INTO asana_copy.main.tasks VALUES (
    '1', 'p1', 'Grüße, "Welt" \ ''日本語'' 👩‍👩‍👧‍👦 ' || chr(9) || chr(10) || chr(13) || ' \N \.',
    true, 9007199254740993, 0.1, '0001-01-01', '1969-12-31 23:59:59.999999+00',
    ['a', NULL, '', 'ü,"{}'],
    [
        {gid: '7', "name": NULL, number: 1e308, "at": '2026-01-01 00:00:00.001+00', "options": [{gid: '8'}, NULL]},
        NULL,
        {gid: NULL, "name": '{"a": 1}', number: -0.5, "at": NULL, "options": []}
    ],
    {"user": 'ü', on_day: '2026-02-28'},
    '{"b": [1, 2.50, null, "\\u0000"], "a": {"ü": "\n"}}',
    NULL
);
INSERT INTO asana_copy.main.tasks VALUES (
    '2', 'p1', '', false, -1, -0.0, '9999-12-31', '2026-07-01 12:00:00+02', [], [], {"user": NULL, on_day: NULL}, 'null', NULL
);
INSERT INTO asana_copy.main.tasks (gid, project_gid, name, shapeless) VALUES
    ('3', 'p2', repeat('long ü ', 30000), '[]'),
    ('4', 'p2', 'three times', '1'),
    ('4', 'p2', 'three times', '1'),
    ('4', 'p2', 'three times', '1'),
    ('5', NULL, 'in no project', NULL),
    ('6', 'a/b c=d%', 'in an odd project', '"text"');
UPDATE asana_copy.main.tasks SET _synced_at = '2026-03-02 09:00:00+00';
CREATE TABLE asana_copy.main.users AS SELECT * EXCLUDE (project_gid) FROM asana_copy.main.tasks;
CREATE TABLE asana_copy.main.nothing AS FROM asana_copy.main.tasks LIMIT 0;
