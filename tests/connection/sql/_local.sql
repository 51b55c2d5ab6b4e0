CREATE TABLE picks (gid VARCHAR, note VARCHAR, weight INTEGER);
INSERT INTO picks VALUES ('<task>', 'first', 3), ('<task>', 'again', NULL), ('<other>', NULL, 5), (NULL, 'none', 1),
    ('1', 'unknown', 2), ('no gid', 'odd', 4);
CREATE TABLE people (id INTEGER, name VARCHAR, boss INTEGER, pay DECIMAL(9, 2), since DATE, skills VARCHAR[],
    home STRUCT(city VARCHAR, zip INTEGER), marks MAP(VARCHAR, INTEGER));
INSERT INTO people VALUES
    (1, 'Ada', NULL, 1200.50, '2020-02-29', ['sql', 'go'], {'city': 'Kyiv', 'zip': 1001}, MAP {'a': 1, 'b': 2}),
    (2, 'bo', 1, 900.00, '2021-07-01', [], {'city': 'Oslo', 'zip': NULL}, MAP {'a': 5}),
    (3, 'Çelik', 1, NULL, '2021-07-01', ['sql', NULL], NULL, NULL),
    (4, NULL, 2, 900.00, NULL, NULL, {'city': 'Kyiv', 'zip': 1002}, MAP {}),
    (5, 'Ada', 2, -3.25, '2024-12-31', ['go'], {'city': NULL, 'zip': 7}, MAP {'c': NULL});
CREATE TABLE fares (moment TIMESTAMPTZ, city VARCHAR, rate DOUBLE);
INSERT INTO fares VALUES ('2025-01-01 00:00+00', 'Kyiv', 1.5), ('2025-09-01 12:00+00', 'Kyiv', 2.25),
    ('2026-01-15 08:30+00', 'Oslo', NULL), ('2026-02-20 08:30+00', 'Kyiv', 4);
CREATE TABLE links (a INTEGER, b INTEGER);
INSERT INTO links VALUES (1, 2), (2, 3), (3, 1), (3, 4), (5, 6);
CREATE VIEW open_tasks AS SELECT gid, name, project_gid, assignee_gid, due_on, num_likes FROM tasks WHERE NOT completed;
CREATE VIEW work AS SELECT t.gid, t.name AS task, p.name AS project, t.due_on, t.completed
    FROM tasks t JOIN projects p ON p.gid = t.project_gid;
