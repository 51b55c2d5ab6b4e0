"""A pipeline into a DuckDB file, beside the demo workspace and the copy of it that it loads from."""

from __future__ import annotations

from functools import cached_property

import dlt
import duckdb
import pytest

from asanaql.dlt import dlt_source

TABLES = ["tags"]


class Loading:
    """Loads of some relations. `destination` is a file, and `source` makes a source of dlt for the workspace."""

    def __init__(self, copying, place):
        self.copying = copying
        self.destination = place / "destination.duckdb"
        self._place = place

    @cached_property
    def connection(self):
        return self.copying.open()

    def source(self, tables=TABLES, **options):
        return dlt_source(self.connection, copy=self.copying.file, tables=tables, **options)

    def pipeline(self, machine="first", destination=None):
        """The pipeline on one of several machines, which know nothing of each other."""
        destination = destination or dlt.destinations.duckdb(str(self.destination))
        work = str(self._place / machine)
        return dlt.pipeline("asana_test", pipelines_dir=work, destination=destination, dataset_name="asana")

    def load(self, source=None, *, machine="first", **arguments):
        """Run the pipeline; how many rows of each relation it handed over, those that are gone among them."""
        pipeline = self.pipeline(machine)
        pipeline.run(self.source() if source is None else source, **arguments)
        return counts(pipeline)

    def loaded(self, query):
        with duckdb.connect(self.destination) as file:
            return file.sql(query).fetchall()

    def different(self, *relations):
        """The rows that only one of the copy and the destination has, by relation, whenever they were written."""
        found = {}
        with duckdb.connect() as duck:
            duck.execute(f"ATTACH '{self.copying.file}' AS copy (READ_ONLY)")
            duck.execute(f"ATTACH '{self.destination}' AS there (READ_ONLY)")
            for relation in relations:
                found_columns = duck.sql(f"DESCRIBE copy.main.{relation}").fetchall()
                columns = {name: type for name, type, *_ in found_columns if name != "_synced_at"}
                nested = [name for name, type in columns.items() if "(" in type or "[" in type or type == "JSON"]
                kept = ", ".join(f"to_json({each})::VARCHAR" if each in nested else each for each in columns)
                names = ", ".join(columns)
                both = f"SELECT {kept} FROM copy.main.{relation}", f"SELECT {names} FROM there.asana.{relation}"
                apart = f"({both[0]} EXCEPT ALL {both[1]}) UNION ALL ({both[1]} EXCEPT ALL {both[0]})"
                rows = duck.sql(apart).fetchall()
                found |= {relation: rows} if rows else {}
        return found


def counts(pipeline):
    """How many rows of each relation the last run handed over."""
    rows = pipeline.last_trace.last_normalize_info.row_counts
    return {name: count for name, count in rows.items() if count and not name.startswith("_dlt")}


@pytest.fixture
def loading(copying, tmp_path, monkeypatch):
    for name in ("DLT_DATA_DIR", "DLT_PROJECT_DIR", "DLT_LOCAL_DIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "dlt"))
    monkeypatch.setenv("RUNTIME__DLTHUB_TELEMETRY", "false")
    monkeypatch.setenv("NORMALIZE__PARQUET_NORMALIZER__ADD_DLT_LOAD_ID", "true")
    return Loading(copying, tmp_path)
