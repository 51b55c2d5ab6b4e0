"""All tasks of a project, with every column, as a Parquet file.

    python examples/project_to_parquet.py "Hundred days" tasks.parquet

Without ASANA_ACCESS_TOKEN the demo workspace answers.
"""

from __future__ import annotations

import os
import sys

import asanaql


def main() -> None:
    """Write the file and say how many rows it has."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    project, path = sys.argv[1:]
    with asanaql.connect(demo="ASANA_ACCESS_TOKEN" not in os.environ) as asana:
        result = asana.sql("SELECT * FROM tasks WHERE project_name = ?", [project])
        result.to_parquet(path)
        print(f"{result.stats.rows} rows, {result.stats.requests} requests")


if __name__ == "__main__":
    main()
