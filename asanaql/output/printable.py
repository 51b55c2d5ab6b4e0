"""Text that other people wrote into Asana, made safe to show: it can neither command the terminal nor break a line."""

from __future__ import annotations

import re

# What could move the cursor, colour the screen or turn the direction of the line; a tab and a line break may stay.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BREAKS = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def printable(text: str) -> str:
    """`text` with control characters spelled out, so that it cannot command the terminal it is shown on."""
    return _COMMANDS.sub(lambda found: _spelled(found[0]), text.replace("\r\n", "\n"))


def one_line(text: str, encoding: str = "utf-8") -> str:
    """`text` as one line of a terminal of this encoding: breaks, tabs and what the encoding lacks are spelled out."""
    for sign, spelled in _BREAKS.items():
        text = text.replace(sign, spelled)
    return printable(text).encode(encoding, "backslashreplace").decode(encoding)


def _spelled(sign: str) -> str:
    return f"\\x{ord(sign):02x}" if ord(sign) < 0x100 else f"\\u{ord(sign):04x}"
