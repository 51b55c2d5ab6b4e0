"""The relations from polars: read_database on the DuckDB connection, with the filter sent to Asana.

    python examples/with_polars.py

It needs polars: pip install 'asanaql[polars]'. Without ASANA_ACCESS_TOKEN the demo workspace answers.
"""

from __future__ import annotations

import os

import polars as pl

import asanaql


def main() -> None:
    """Print the teams by their projects."""
    with asanaql.connect(demo="ASANA_ACCESS_TOKEN" not in os.environ) as asana:
        query = "SELECT team_name, name FROM projects WHERE archived = FALSE"
        frame = pl.read_database(query, asana.duckdb)
        for team, count in frame.group_by("team_name").len().sort("team_name", nulls_last=True).iter_rows():
            print(team or "(no team)", count)


if __name__ == "__main__":
    main()
