"""The names of the formats, for those who offer them and draw nothing."""

from __future__ import annotations

from typing import Literal, get_args

FormatName = Literal["box", "csv", "json", "jsonl", "markdown", "line"]

FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)
