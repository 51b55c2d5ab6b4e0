SELECT *
FROM (VALUES ('Größe', 12), ('漢字', 7), ('👨‍👩‍👧‍👦 family', 3), ('🇫🇷', 1), ('שלום', 5), ('two' || chr(10) || 'lines', 2)) AS t (assignee_name, open)
