"""Iceberg tables in a namespace of a catalog, one for each relation, for whatever reads Iceberg.

A run's change of a relation is one commit, on the table as it was when its rows were compared: where another has
committed meanwhile, it fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from duckdb import DuckDBPyConnection

from asanaql.errors import ConfigError
from asanaql.sync.targets.arrow import duckdb_types, plain
from asanaql.sync.targets.iceberg_files import write_files
from asanaql.sync.targets.locking import held
from asanaql.sync.targets.target import ROW, Change

if TYPE_CHECKING:
    from pyiceberg.catalog import Catalog
    from pyiceberg.table import Table

_NAMESPACE = "asana"
#: A commit that is tried again is made on what another has committed, whose rows may be the same ones.
_PROPERTIES = {"commit.retry.num-retries": "0"}
_MISSING = "Iceberg needs a library: pip install 'asanaql[iceberg]'."
_LIBRARIES = ("pyiceberg.", "sqlalchemy.")


@contextmanager
def embedded(directory: Path, duck: DuckDBPyConnection) -> Iterator[Iceberg]:
    """Tables in a directory with its own catalog, `catalog.db`, which SQLite reads.

    ConfigError where pyiceberg is missing, the directory cannot be written, or another run writes there.
    """
    whole = directory.absolute()
    options = {"type": "sql", "uri": _sqlite(whole / "catalog.db"), "warehouse": f"file://{whole}"}
    with held(whole), _told(f"{directory}"):
        yield Iceberg(_catalog("asanaql", options), _NAMESPACE, duck)


@contextmanager
def configured(address: str, duck: DuckDBPyConnection) -> Iterator[Iceberg]:
    """Tables in a catalog of pyiceberg's configuration: its name, and behind a slash the namespace.

    ConfigError where pyiceberg or what it needs is missing, or the catalog is not configured or cannot be written.
    """
    name, _, namespace = address.partition("/")
    with _told(f"The Iceberg catalog {name}"):
        yield Iceberg(_catalog(name, {}), namespace or _NAMESPACE, duck)


class Iceberg:
    """The tables in a namespace."""

    def __init__(self, catalog: Catalog, namespace: str, duck: DuckDBPyConnection) -> None:
        self._catalog = catalog
        self._namespace = namespace
        self._duck = duck
        self._table: Table | None = None
        catalog.create_namespace_if_not_exists(namespace)

    def place(self, relation: str) -> str:
        return f"the table {self._namespace}.{relation}"

    def type(self, name: str) -> str:
        return plain(name)

    def value(self, expression: str, name: str) -> str:
        return f"CAST({expression} AS VARCHAR)" if name == "JSON" else expression

    def columns(self, relation: str) -> Mapping[str, str]:
        from pyiceberg.exceptions import NoSuchTableError

        try:
            self._table = self._catalog.load_table(f"{self._namespace}.{relation}")
        except NoSuchTableError:
            self._table = None
            return {}
        return duckdb_types(self._duck, self._table.schema().as_arrow())

    def digests(self, relation: str) -> pa.Table:
        assert self._table is not None, relation
        return self._table.scan(selected_fields=(ROW,)).to_arrow()

    def write(self, change: Change) -> None:
        """Write all of it in one commit; ConfigError where another run was first, and nothing is written.

        A table that is new is there, without rows, before.
        """
        from pyiceberg.exceptions import CommitFailedException, TableAlreadyExistsError

        try:
            table = self._table or self._catalog.create_table(
                f"{self._namespace}.{change.relation}", change.schema(), properties=_PROPERTIES
            )
            transaction = table.transaction()
            if change.lacking:
                with transaction.update_schema() as update:
                    update.union_by_name(change.schema())
            if change.went or change.came:
                write_files(table, transaction, change)
            transaction.commit_transaction()
        except (CommitFailedException, TableAlreadyExistsError) as error:
            raise ConfigError(
                f"Another run wrote {self.place(change.relation)} meanwhile, and nothing of this one was written "
                "there. Run it again."
            ) from error


def _sqlite(file: Path) -> str:
    """The address of a file, whatever is in its name; ConfigError where the library is missing."""
    try:
        from sqlalchemy import URL
    except ImportError as error:
        raise ConfigError(_MISSING) from error
    return URL.create("sqlite", database=str(file)).render_as_string()


def _catalog(name: str, options: dict[str, str]) -> Catalog:
    try:
        from pyiceberg.catalog import load_catalog
    except ImportError as error:
        raise ConfigError(_MISSING) from error
    try:
        return load_catalog(name, **options)
    except ValueError as error:
        raise ConfigError(f"The Iceberg catalog {name} is not configured as pyiceberg has it: {error}.") from error


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Errors of pyiceberg, and of what it reaches catalogs and files by, as ConfigError."""
    try:
        yield
    except Exception as error:
        # They have no base in common.
        if isinstance(error, (OSError, pa.ArrowException)) or type(error).__module__.startswith(_LIBRARIES):
            [said, *_] = str(error).splitlines() or [type(error).__name__]
            raise ConfigError(f"{place} cannot be written: {said}.") from error
        raise
