"""The words of what is typed: SQL as words and signs, with the cursor among them."""

from __future__ import annotations

import re
from typing import NamedTuple

#: What a text literal, a name in quotes and a comment look like, also where they have no end yet.
_TOKEN = re.compile(
    r"""
      (?P<gap>\s+ | --[^\n]*\n? | /\*.*?(?:\*/|\Z))
    | (?P<text>[eE]'(?:[^'\\]+|\\.|'')*'? | '(?:[^']+|'')*'? | \$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z))
    | (?P<quoted>"(?:[^"]+|"")*"?)
    | (?P<number>\d[\w.]*)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>:=|=>|<>|!=|<=|>=|==|::|->>|->|\|\||.)
    """,
    re.DOTALL | re.VERBOSE,
)
_REST_OF_WORD = re.compile(r"\w*")
CURSOR = "cursor"


class Token(NamedTuple):
    """`word` is a bare word in lower case, or a sign; empty for what no keyword can be: names in quotes, literals."""

    kind: str
    text: str
    word: str = ""

    @property
    def name(self) -> str:
        """What it names, in lower case; empty where it is no name."""
        return self.shown.lower()

    @property
    def shown(self) -> str:
        """What it names, as it is written but for the quotes; empty where it is no name."""
        if self.kind == "quoted":
            return self.text[1:].removesuffix('"').replace('""', '"')
        return self.text if self.kind in ("word", CURSOR) else ""


class Typed(NamedTuple):
    """The statement that the cursor is in, as tokens of which one is the cursor with what is typed of a word there.

    `kind` says what is being typed: a word, a number, quoted (a name in quotes), text (a literal), or gap, nothing.
    `closed` tells whether what ends it stands behind the cursor already, `apart` whether a new word may begin here.
    """

    tokens: list[Token]
    typed: str
    kind: str
    closed: bool = False
    apart: bool = True


def typed(text: str, cursor: int) -> Typed | None:
    """What is typed at the cursor; None in a comment, and in literals that hold no names."""
    found = list(_TOKEN.finditer(text, 0, cursor))
    kind, word = "gap", ""
    if found:
        last, said = found[-1][0], found[-1].lastgroup or "gap"
        if said == "gap" and not _ended(last):
            return None
        if said in ("word", "number") or (said in ("text", "quoted") and not _closed(last)):
            kind, word = said, last
            found.pop()
    if kind == "text" and not word.startswith("'"):
        return None
    before = [_token(each) for each in found if each.lastgroup != "gap"]
    begin = max((place + 1 for place, token in enumerate(before) if token.word == ";"), default=0)
    rest, closed = _rest(text, cursor, kind)
    after = []
    for each in _TOKEN.finditer(text, rest):
        if each[0] == ";":
            break
        if each.lastgroup != "gap":
            after.append(_token(each))
    apart = not found or found[-1].lastgroup == "gap" or (found[-1].lastgroup == "sign" and found[-1][0] not in ")]}")
    return Typed([*before[begin:], Token(CURSOR, word), *after], word, kind, closed, apart)


def _token(found: re.Match[str]) -> Token:
    kind = found.lastgroup or "sign"
    text = found[0]
    if kind in ("word", "sign"):
        return Token(kind, text, text.lower())
    return Token(kind, text)


def _ended(gap: str) -> bool:
    """Whether a cursor behind a gap stands outside of comments."""
    if gap.startswith("--"):
        return gap.endswith("\n")
    return not gap.startswith("/*") or (gap.endswith("*/") and len(gap) > len("/*/"))


def _closed(text: str) -> bool:
    """Whether a literal or a name in quotes has its end."""
    if text.startswith("$"):
        tag = text[: text.index("$", 1) + 1]
        return len(text) >= 2 * len(tag) and text.endswith(tag)
    body = text[1:] if text[0] in "eE" else text
    if text[0] in "eE":
        body = re.sub(r"\\.", "", body)
    return len(body) > 1 and body.count(body[0]) % 2 == 0


def _rest(text: str, cursor: int, kind: str) -> tuple[int, bool]:
    """Where the next word begins behind the one at the cursor, and whether the end of that is there."""
    if kind not in ("text", "quoted"):
        found = _REST_OF_WORD.match(text, cursor)
        return (found.end() if found else cursor) if kind != "gap" else cursor, False
    mark = "'" if kind == "text" else '"'
    end = cursor
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    closed = text[end : end + 1] == mark
    return end + closed, closed
