"""`python -m asanaql` is the program `asanaql`."""

from __future__ import annotations

import sys

from asanaql.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
