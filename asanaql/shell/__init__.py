"""The shell on a terminal: statements typed over several lines, completed, coloured, remembered.

`session` is the loop, `statement` knows when something typed is finished, `completion` and `scope` what may come next,
`commands` the words that begin with a dot, `history` what is kept between runs. Nothing here is imported by a command
that opens no shell.
"""

from asanaql.shell.session import Shell, run_shell

__all__ = ["Shell", "run_shell"]
