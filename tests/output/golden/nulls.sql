SELECT *
FROM (
    VALUES
        (
            TRUE, 1::TINYINT, 1::BIGINT, 1::HUGEINT, 0.5::FLOAT, 0.5::DOUBLE, 1.50::DECIMAL(5, 2), 'NULL', 'x'::BLOB,
            DATE '2024-02-29', TIME '12:30:00', TIMESTAMP '2024-02-29 12:30:00', TIMESTAMPTZ '2024-02-29 12:30:00+00',
            INTERVAL 3 DAY, '6f1cd5b0-0000-4000-8000-000000000000'::UUID, 'b'::ENUM('a', 'b'), JSON 'null', [1, NULL],
            {'a': NULL}, MAP {'k': NULL}
        ),
        (
            NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, NULL
        )
) AS t (
    boolean, small, big, huge, float, double, decimal, text, blob, day, time, moment, zoned, span, uuid, enum, json,
    list, struct, map
)
