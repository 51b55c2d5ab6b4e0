"""The shell on a terminal: statements typed over several lines, completed, coloured, remembered.

`session` is the loop, `sitting` what it shares with the commands, `commands` the words that begin with a dot, `prompt`
the line editor, `completion` what may come next, `running` a statement and its answer. The prompt comes first: what is
heavy is imported, and the connection opened, while the person already types.
"""
