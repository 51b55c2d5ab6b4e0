"""An answer as a pandas DataFrame, with the filter sent to Asana.

    python examples/with_pandas.py

It needs pandas: pip install 'asanaql[pandas]'. Without ASANA_ACCESS_TOKEN the demo workspace answers.
"""

from __future__ import annotations

import os

import asanaql


def main() -> None:
    """Print the sections of a project by their open tasks."""
    with asanaql.connect(demo="ASANA_ACCESS_TOKEN" not in os.environ) as asana:
        query = "SELECT section_name, name FROM tasks WHERE project_name = 'Hundred days' AND completed = FALSE"
        frame = asana.sql(query).df()
        print(frame.groupby("section_name").size().sort_index().to_string())


if __name__ == "__main__":
    main()
