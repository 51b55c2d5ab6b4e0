"""The terminal as the shell uses it: what is written, what is asked, how large it is."""

from __future__ import annotations

import getpass
import os
import shutil
import textwrap
from collections.abc import Callable, Mapping
from typing import TextIO

#: What a terminal that does not tell its size is taken for.
_SIZE = (80, 24)
#: Characters in a line below which words are not kept together.
_NARROWEST = 20
_INDENT = 4


class Screen:
    """Answers go to `output`, all else to `errors`; questions are answered on `input`, or by nobody where it is None.

    `hidden` asks for something that is typed unseen.
    """

    def __init__(
        self,
        output: TextIO,
        errors: TextIO,
        input: TextIO | None = None,
        *,
        hidden: Callable[[str], str] = getpass.getpass,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.output = output
        self.errors = errors
        self.input = input
        self._hidden = hidden
        self._environment = environment

    @property
    def interactive(self) -> bool:
        """Whether a person sits at it."""
        return self.input is not None and self.input.isatty() and self.output.isatty()

    @property
    def width(self) -> int:
        """Characters in a line."""
        return shutil.get_terminal_size(_SIZE).columns

    @property
    def height(self) -> int:
        """Lines on the screen."""
        return shutil.get_terminal_size(_SIZE).lines

    @property
    def encoding(self) -> str:
        """The encoding of what is written."""
        return getattr(self.output, "encoding", None) or "utf-8"

    @property
    def colour(self) -> bool:
        """Whether colours may be used: see https://no-color.org."""
        plain = self._environment.get("NO_COLOR") or self._environment.get("TERM") == "dumb"
        return self.output.isatty() and not plain

    def say(self, text: str) -> None:
        """Write lines that were asked for."""
        self.put(f"{text}\n")

    def tell(self, text: str, indent: int = 0) -> None:
        """Write sentences, each line of `text` broken between words where it is longer than the screen is wide.

        What is broken goes on so many spaces further in, or fewer where the screen is narrow.
        """
        width = max(_NARROWEST, self.width - 1)
        further = " " * (indent if indent <= width // 2 else _INDENT)
        for line in text.splitlines():
            self.say(
                textwrap.fill(line, width, subsequent_indent=further, break_on_hyphens=False, drop_whitespace=True)
            )

    def put(self, text: str) -> None:
        """Write a part of an answer."""
        self.output.write(text)
        self.output.flush()

    def complain(self, text: str) -> None:
        """Write lines of what went wrong, or is lacking, fitted to the width."""
        from asanaql.output.messages import fitted

        self.output.flush()
        self.errors.write(f"{fitted(text, max(1, self.width - 1))}\n")
        self.errors.flush()

    def agrees(self, question: str) -> bool:
        """Whether the person says yes; nobody does not."""
        if self.input is None or not self.interactive:
            return False
        from asanaql.output.confirm import agreed

        return agreed(question, self.input, self.errors)

    def secret(self, question: str) -> str:
        """What is typed unseen; nothing where the person gives none."""
        try:
            return self._hidden(question).strip()
        except (EOFError, UnicodeDecodeError):
            self.errors.write("\n")
            return ""
        except KeyboardInterrupt:
            self.errors.write("\n")
            raise
