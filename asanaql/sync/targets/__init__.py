"""Copies beside the DuckDB file: a directory of Parquet, PostgreSQL, Iceberg.

The copy in the DuckDB file is brought up to date first; `publish` then brings a target in line with it. A row of a
target has the copy's columns, and `_row`, its digest: what differs is found by comparing digests with those that are
there, so that nothing is remembered elsewhere, and a publish that ended anywhere is completed by the next one.

`opening` says which address is which target, `publishing` compares, and each other module writes one kind of target.
"""

from asanaql.sync.targets.opening import is_target
from asanaql.sync.targets.publishing import check, publish
from asanaql.sync.targets.target import Published

__all__ = ["Published", "check", "is_target", "publish"]
