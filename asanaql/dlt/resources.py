"""The resources: each yields what the destination of the pipeline that runs lacks of a relation, or has too much."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dlt
import pyarrow as pa
from dlt.extract import DltResource, DltSource

from asanaql.catalog.model import Table
from asanaql.dlt.destination import handed_over, running
from asanaql.dlt.difference import COUNTED, GONE, Difference, compared
from asanaql.dlt.upkeep import Upkeep
from asanaql.errors import AsanaqlWarning, QueryError
from asanaql.sync.targets.target import ROW

#: Rows that may go from a small table whatever its size, and the share of a large one.
_FEW, _SHARE = 10, 10


@dataclass(frozen=True)
class Handing:
    """How relations are handed over: the copy they are in, who brings it up to date, and what may be deleted."""

    copy: Path
    upkeep: Upkeep
    keep_deleted: bool = False
    allow_deletes: bool = False


def source_of(tables: Sequence[Table], handing: Handing) -> DltSource:
    """A resource for each of the relations, in a source and a schema called asana."""
    names = {table.name for table in tables}
    return DltSource(dlt.Schema("asana"), "asana", [_resource(table, names, handing) for table in tables])


def _resource(table: Table, names: set[str], handing: Handing) -> DltResource:
    def rows() -> Iterator[pa.RecordBatch]:
        load = running()
        selected = dlt.current.source().resources.selected if load else ()
        handing.upkeep.before(load, table.name, [name for name in selected if name in names])
        yield from _lacking(table.name, handing, handed_over(handing.copy) if load else None)

    made: DltResource = dlt.resource(
        rows, name=table.name, write_disposition="merge", primary_key=ROW, columns=_hints(table), section="asana"
    )
    return made


def _hints(table: Table) -> Any:
    """What dlt is told of the columns, besides what Arrow tells."""
    return {
        **{column.name: {"description": column.doc} for column in table.visible},
        ROW: {"description": "A digest of what the row holds, by which it is known."},
        GONE: {"data_type": "bool", "hard_delete": True, "description": "Whether the row is gone from Asana."},
    }


def _lacking(relation: str, handing: Handing, had: pa.Table | None) -> Iterator[pa.RecordBatch]:
    """What is to be handed over; nothing, with a Python warning, where what is gone cannot be told."""
    known = COUNTED.empty_table() if had is None else had
    with compared(handing.copy, relation, known, keep_deleted=handing.keep_deleted) as difference:
        if difference is None:
            return
        if difference.gone and not difference.whole:
            warnings.warn(
                f"{relation} was not handed over: it could not be read whole since the copy was made, so that rows "
                "that are gone cannot be told from those that were not read. Keep the copy from one load to the next.",
                AsanaqlWarning,
                stacklevel=2,
            )
            return
        _check(relation, difference, allow_deletes=handing.allow_deletes)
        if had is None or difference.gone or difference.new:
            yield from difference.batches()


def _check(relation: str, difference: Difference, *, allow_deletes: bool) -> None:
    """QueryError where more than a tenth of the rows would go, as they do where the copy is of something else."""
    fewer = difference.gone - difference.new
    if not allow_deletes and fewer > max(_FEW, difference.had // _SHARE):
        raise QueryError(
            f"{relation}: {fewer:,} of the {difference.had:,} rows that the destination has are not in the copy, and "
            "nothing of it was handed over. If they are gone from Asana, run it again with allow_deletes=True. If they "
            "are of another workspace, give each a dataset of its own: a destination has what one copy has."
        )
