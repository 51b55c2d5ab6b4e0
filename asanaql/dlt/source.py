"""`dlt_source`: the relations as a source of dlt, one resource each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asanaql.catalog import CATALOG
from asanaql.connection import Connection, connect
from asanaql.dlt.upkeep import Upkeep
from asanaql.errors import ConfigError
from asanaql.sync.selection import relations

if TYPE_CHECKING:
    from dlt.extract import DltSource

_MISSING = "dlt is not installed, or only in part: {}. Install asanaql with it: pip install 'asanaql[dlt]'."


def dlt_source(
    connection: Connection | None = None,
    *,
    copy: str | os.PathLike[str],
    tables: Sequence[str] | None = None,
    token: str | None = None,
    base_url: str | None = None,
    workspace: str | None = None,
    demo: bool = False,
    **options: Any,
) -> DltSource:
    """A source for `pipeline.run`, with a resource for each relation of `tables`, or for all that can be kept.

        pipeline = dlt.pipeline("asana", destination="duckdb")
        pipeline.run(asanaql.dlt_source(copy="work.duckdb", tables=["tasks", "projects"]))

    Each load brings the relations that are selected up to date in the DuckDB file `copy`, as `Connection.sync` does and
    with its `options`. Then it asks the destination which rows it has, and hands over those that it lacks, and the keys
    of those that are gone. So whatever a load that failed has left there is put right by the next. Keep the copy from
    one load to the next, and give each copy a dataset of its own, as a dataset has the rows of one copy.

    Rows are told apart by `_row`, a digest of what they hold, and `_gone` is FALSE in all of them. Lists and structs
    are JSON as text. A destination that cannot merge, such as a directory of files, gets a row for every change, with
    TRUE in `_gone` where that row is gone; one that cannot be asked gets every row each time.

    Asana is asked by `connection`, or by one that is opened for each load with `token`, `base_url`, `workspace` and
    `demo`, which are those of `connect`; without a token, `sources.asana.token` of dlt's secrets is it.

    ConfigError where dlt is not installed, or for a relation that cannot be kept. A load ends with the errors of
    `Connection.sync`, and with a QueryError where more than a tenth of a table (and more than ten rows) would be
    deleted in the destination without `allow_deletes`; dlt's own error has it as its cause.
    Source: https://dlthub.com/docs/general-usage/source
    """
    try:
        import dlt

        from asanaql.dlt.resources import Handing, source_of
    except ImportError as error:
        raise ConfigError(_MISSING.format(error)) from error
    # What sync does not know is a TypeError here, not when the load has begun.
    signature(Connection.sync).bind(connection, copy, **options)
    catalog = CATALOG if connection is None else connection.catalog
    chosen = relations(catalog, tables)

    def opened() -> AbstractContextManager[Connection]:
        if connection is not None:
            return nullcontext(connection)
        known = None if demo else token or dlt.secrets.get("sources.asana.token")
        # A first load sends many requests, and was asked for.
        return connect(known, base_url=base_url, workspace=workspace, demo=demo, max_requests=None)

    place = Path(copy)
    kept, allowed = (bool(options.get(name)) for name in ("keep_deleted", "allow_deletes"))
    return source_of(chosen, Handing(place, Upkeep(opened, place, options), keep_deleted=kept, allow_deletes=allowed))
