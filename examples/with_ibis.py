"""The relations from ibis: expressions become SQL, and their filters reach Asana.

    python examples/with_ibis.py

It needs ibis: pip install 'asanaql[ibis]'. Without ASANA_ACCESS_TOKEN the demo workspace answers.
"""

from __future__ import annotations

import os

import ibis

import asanaql


def main() -> None:
    """Print how many tasks each section of a project has."""
    with asanaql.connect(demo="ASANA_ACCESS_TOKEN" not in os.environ) as asana:
        tasks = ibis.duckdb.from_connection(asana.duckdb).table("tasks")
        of_project = tasks.filter(tasks.project_name == "Hundred days")
        counted = of_project.group_by("section_name").agg(tasks=of_project.count()).order_by("section_name")
        for row in counted.to_pyarrow().to_pylist():
            print(row["section_name"], row["tasks"])


if __name__ == "__main__":
    main()
