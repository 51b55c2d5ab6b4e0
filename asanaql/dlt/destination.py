"""Which rows a destination of dlt has, as it says itself."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import dlt
import pyarrow as pa
from dlt.common.destination.exceptions import DestinationUndefinedEntity, SqlClientNotAvailable
from dlt.common.normalizers.naming import NamingConvention
from dlt.common.storages.exceptions import CurrentLoadPackageStateNotAvailable
from dlt.destinations.sql_client import SqlClientBase

from asanaql.dlt.difference import COUNTED, GONE
from asanaql.errors import AsanaqlWarning, ConfigError
from asanaql.sync.targets.target import ROW

_CHUNK = 50_000


def running() -> str | None:
    """The load that is being extracted; None where rows are read without a pipeline."""
    try:
        return str(dlt.current.load_package_state()["load_id"])
    except CurrentLoadPackageStateNotAvailable:
        return None


def handed_over(copy: Path) -> pa.Table | None:
    """What the destination has of the resource that is being extracted, as COUNTED.

    None where it has nothing of it, or will have nothing because the load replaces it, and where it cannot be asked,
    which is said as a Python warning. ConfigError where it is the copy itself.
    """
    pipeline, resource, schema = dlt.current.pipeline(), dlt.current.resource(), dlt.current.source_schema()
    refreshed = "refresh" in dlt.current.load_package_state()["state"]
    if refreshed or resource.write_disposition == "replace" or pipeline.destination is None:
        return None
    try:
        # Before a first load, a pipeline does not know the source's schema.
        known = schema.name in pipeline.schema_names
        client = pipeline.sql_client(schema.name) if known else pipeline.sql_client()
    except SqlClientNotAvailable:
        place = pipeline.destination.destination_name
        sentence = f"Which rows {place} has cannot be asked, so every row is handed over, and none is deleted there."
        warnings.warn(f"{resource.name}: {sentence}", AsanaqlWarning, stacklevel=2)
        return None
    if _is_at(client, copy):
        raise ConfigError(f"{copy} is both the copy and the destination. Give one of them a file of its own.")
    return _asked(client, str(resource.table_name), schema.naming)


def _is_at(client: SqlClientBase[Any], file: Path) -> bool:
    """Whether the destination is a database in this file."""
    place = getattr(getattr(client, "credentials", None), "database", None)
    return isinstance(place, str) and Path(place).exists() and file.samefile(place)


def _asked(client: SqlClientBase[Any], table: str, naming: NamingConvention) -> pa.Table | None:
    place = client.make_qualified_table_name(naming.normalize_table_identifier(table))
    key, gone = (client.escape_column_name(naming.normalize_identifier(each)) for each in (ROW, GONE))
    query = f"SELECT {key}, {gone}, COUNT(*) FROM {place} GROUP BY {key}, {gone}"
    try:
        with client, client.execute_query(query) as cursor:
            return pa.concat_tables([COUNTED.empty_table(), *map(_counted, cursor.iter_fetch(_CHUNK))])
    except DestinationUndefinedEntity:
        return None


def _counted(rows: list[tuple[object, ...]]) -> pa.Table:
    keys, gone, counts = zip(*rows, strict=True)
    # Some databases have numbers for what is true or false.
    return pa.table([keys, [bool(each) for each in gone], counts], schema=COUNTED)
