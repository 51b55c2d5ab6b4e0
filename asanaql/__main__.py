"""The program `asanaql`, which `python -m asanaql` is as well."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

from asanaql.cli.main import main


class WithoutPandas(MetaPathFinder):
    """There is no pandas here: pyarrow would import it, which takes as long as all else and is of no use to it."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None, /) -> None:
        """Find no pandas, and leave all other modules to others."""
        if fullname == "pandas":
            raise ModuleNotFoundError("asanaql does without pandas.", name=fullname)


def program() -> int:
    """Run the program's own command line, and return the exit code."""
    sys.meta_path.insert(0, WithoutPandas())
    return main()


if __name__ == "__main__":
    sys.exit(program())
