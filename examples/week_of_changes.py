"""What changed in every project since a day, by default the last seven days.

    python examples/week_of_changes.py [YYYY-MM-DD]

Asana is asked for the tasks modified since then only. Without ASANA_ACCESS_TOKEN the demo workspace answers.
"""

from __future__ import annotations

import datetime as dt
import os
import sys

import asanaql

CHANGES = """
    SELECT project_name, count(*) AS changed, count(*) FILTER (completed_at >= $since) AS completed
    FROM tasks
    WHERE modified_at >= $since
    GROUP BY ALL
    ORDER BY changed DESC, project_name
"""


def main() -> None:
    """Print one line for each project that changed."""
    day = dt.date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else dt.date.today() - dt.timedelta(days=7)
    since = dt.datetime.combine(day, dt.time(), dt.UTC)
    with asanaql.connect(demo="ASANA_ACCESS_TOKEN" not in os.environ) as asana:
        result = asana.sql(CHANGES, {"since": since})
        for project, changed, completed in result:
            print(f"{project}: {changed} changed, {completed} of them completed")
        for warning in result.warnings:
            print(f"warning: {warning}", file=sys.stderr)


if __name__ == "__main__":
    main()
