"""Which address is which target."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path

from duckdb import DuckDBPyConnection

from asanaql.errors import ConfigError
from asanaql.sync.targets.target import Target

#: A scheme of ours, or whatever stands before two slashes; one letter before a colon is a drive.
_SCHEME = re.compile(r"(?:(parquet|iceberg|postgres|postgresql|duckdb):|(iceberg)\+|([a-z][\w+.-]+)://)", re.IGNORECASE)


def is_target(text: str) -> bool:
    """Whether a word is the address of a target beside the copy, rather than the DuckDB file that the copy is.

    So is every address with a scheme that is not DuckDB's, if only to be told that there is no such target, and every
    directory: one that is there, or a name that ends with a slash.
    """
    scheme = _scheme(text)
    if scheme:
        return scheme != "duckdb"
    return text.endswith(("/", "\\")) or (text != "" and Path(text).expanduser().is_dir())


def opened(address: str, duck: DuckDBPyConnection) -> AbstractContextManager[Target]:
    """The target at an address, held until the block ends; its directory or schema is made where there is none.

    A directory of Parquet is `parquet:DIR`, `DIR/`, or one that is there. PostgreSQL is as libpq has it,
    `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`, with `?schema=NAME` for another schema than asana. Iceberg is
    `iceberg:DIR`, with a catalog of its own in that directory, or `iceberg+CATALOG` or `iceberg+CATALOG/NAMESPACE` for
    a catalog that pyiceberg is configured for; the namespace is asana where none is said.
    """
    match _scheme(address):
        case "postgres" | "postgresql":
            from asanaql.sync.targets.postgresql import postgresql

            return postgresql(address)
        case "iceberg" if address[len("iceberg")] == "+":
            from asanaql.sync.targets.iceberg import configured

            return configured(address[len("iceberg+") :], duck)
        case "iceberg":
            from asanaql.sync.targets.iceberg import embedded

            return embedded(_directory(address[len("iceberg:") :]), duck)
        case "parquet" | "" if is_target(address):
            from asanaql.sync.targets.parquet import parquet

            return parquet(_directory(address.removeprefix("parquet:")), duck)
    raise ConfigError(
        f"{address.partition('://')[0]} is no target of a copy. There are DIR/ or parquet:DIR for a directory of "
        "Parquet, postgresql://USER@HOST/DATABASE, iceberg:DIR, iceberg+CATALOG, and a DuckDB file."
    )


def _scheme(text: str) -> str:
    found = _SCHEME.match(text)
    return next(filter(None, found.groups())).casefold() if found else ""


def _directory(text: str) -> Path:
    """The directory of an address, with or without the two slashes of a URL; ConfigError where it names none."""
    path = text.removeprefix("//")
    if not path:
        raise ConfigError("The address of the target ends before its directory: write parquet:DIR or iceberg:DIR.")
    return Path(path).expanduser()
