"""Where copies are published to, read by what people read them with."""

from __future__ import annotations

import duckdb
import pyarrow.parquet as pq

from tests.sync.targets.copies import plain


class ParquetPlace:
    """A directory of Parquet."""

    def __init__(self, directory):
        self.directory = directory
        self.address = f"parquet:{directory}"

    def files(self, relation):
        """The files of a relation, each with what changes when it is written anew."""
        found = sorted((self.directory / relation).rglob("*.parquet"))
        return {str(file.relative_to(self.directory)): (file.stat().st_ino, file.stat().st_mtime_ns) for file in found}

    def rows(self, relation):
        """All rows, as DuckDB reads them."""
        files = f"{self.directory}/{relation}/**/*.parquet"
        return duckdb.sql(f"FROM read_parquet('{files}', hive_partitioning = true)").to_arrow_table()

    def apart(self, copy, relation):
        return copy.apart(relation, self.rows(relation))

    def state(self, relation):
        """What is another as soon as anything of the relation is written."""
        return self.files(relation)

    def lose(self, relation, column):
        """Take a column out, as another program could, or a run that did not end."""
        for name in self.files(relation):
            file = self.directory / name
            kept = pq.read_table(file, partitioning=None).drop_columns([column])
            file.unlink()
            pq.write_table(kept, file)


class PostgreSQLPlace:
    """A schema of a database."""

    def __init__(self, server, database):
        self._server = server
        self._database = database
        self.address = server.address(database)

    def run(self, statement):
        with self._server.connect(self._database) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            connection.commit()

    def table(self, query):
        with self._server.connect(self._database) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetch_arrow_table()

    def rows(self, relation):
        return self.table(f"SELECT * FROM asana.{relation}")

    def apart(self, copy, relation):
        """PostgreSQL has what is nested as jsonb."""
        names = copy.duck.sql(f"FROM asana_copy.main.{relation}").columns
        there = plain(self.rows(relation).select(names).to_pylist(), copy.nested(relation))
        here = copy.plain(relation)
        return [pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]] + (
            [] if len(here) == len(there) else [f"{len(here)} rows, not {len(there)}"]
        )

    def state(self, relation):
        versions = self.table(f"SELECT _row, xmin::text, ctid::text FROM asana.{relation} ORDER BY _row").to_pylist()
        return [tuple(version.values()) for version in versions]

    def lose(self, relation, column):
        self.run(f"ALTER TABLE asana.{relation} DROP COLUMN {column}")


class IcebergPlace:
    """A directory with a catalog of its own."""

    def __init__(self, directory):
        self.directory = directory
        self.address = f"iceberg:{directory}"

    def table(self, relation):
        from pyiceberg.catalog import load_catalog

        options = {"type": "sql", "uri": f"sqlite:///{self.directory}/catalog.db"}
        return load_catalog("asanaql", **options).load_table(f"asana.{relation}")

    def rows(self, relation):
        """All rows, as DuckDB reads the data files of the last snapshot; its reader of Iceberg is an extension's."""
        table = self.table(relation)
        files = [task.file.file_path for task in table.scan().plan_files()]
        if not files:
            return table.scan().to_arrow()
        return duckdb.read_parquet(files, union_by_name=True).to_arrow_table()

    def apart(self, copy, relation):
        return copy.apart(relation, self.rows(relation))

    def state(self, relation):
        return self.table(relation).metadata_location

    def lose(self, relation, column):
        with self.table(relation).update_schema() as schema:
            schema.delete_column(column)
