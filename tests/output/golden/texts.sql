SELECT *
FROM (
    VALUES
        ('empty', ''),
        ('blank', '   '),
        ('lines', 'one' || chr(10) || 'two' || chr(13) || chr(10) || 'three'),
        ('tab', 'a' || chr(9) || 'b'),
        ('colour', chr(27) || '[31mred' || chr(27) || '[0m'),
        ('bell', chr(7) || chr(8) || chr(127)),
        ('C1', chr(155) || '2J' || chr(133)),
        ('direction', 'abc' || chr(8238) || 'def' || chr(8236)),
        ('line of Unicode', 'a' || chr(8232) || 'b'),
        ('quotes', '"a", ''b'' and \'),
        ('bars', '│ | ┘ +'),
        ('markup', '[red]x[/red] :smile: <b>'),
        ('long', repeat('a word ', 40)),
        ('NULL', NULL)
) AS t ("what
it is", words)
