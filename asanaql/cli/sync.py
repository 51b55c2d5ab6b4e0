"""`asanaql sync TARGET`: a copy of the relations, brought up to date."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from asanaql.cli.sync_settings import settings
from asanaql.cli.terminal import Streams
from asanaql.errors import EXIT_OK

if TYPE_CHECKING:
    from asanaql.shell.opening import Wishes
    from asanaql.sync import Copied, Report
    from asanaql.sync.targets import Published

#: What a summary has of each relation.
_COLUMNS = ("relation", "rows", "added", "changed", "deleted", "requests", "seconds", "skipped")


def run_sync(options: argparse.Namespace, wishes: Wishes, streams: Streams) -> int:
    """Copy, telling each relation on standard error as it is committed, and all of them on standard output at the end.

    ConfigError and QueryError as `Connection.sync` has them; what was committed before stays.
    """
    from asanaql.output.formats import FORMATS
    from asanaql.output.interrupts import ended_as_by_ctrl_c, interruptible
    from asanaql.output.progress import progress
    from asanaql.sync import LOG

    # A first run sends many requests, and was asked for.
    wishes = wishes if options.bounded else replace(wishes, max_requests=None)
    wanted = settings(options)
    (workspace, token), since = wanted.account, wanted.time
    wishes = replace(wishes, workspace=workspace, token=token or wishes.token)
    with ended_as_by_ctrl_c(), closing(wishes.connection()) as connection:
        with interruptible() as notice, progress(streams.errors) as line:
            line.follow(lambda: connection.timed_stats)

            def told(copied: Copied) -> None:
                with line.hidden():
                    streams.say(sentence(copied))
                if notice.arrived:
                    raise KeyboardInterrupt

            report = connection.sync(
                str(wanted.target),
                wanted.tables,
                projects=wanted.projects,
                since=since,
                full=bool(wanted.full),
                keep_deleted=bool(wanted.keep_deleted),
                allow_deletes=bool(wanted.allow_deletes),
                copy=wanted.copy,
                told=told,
            )
        for written in report.published:
            if written.relation != LOG and (written.added or written.changed or written.deleted):
                streams.say(f"{written.relation} there: {_counted(written)}")
        connection.duckdb.register("asana_sync_summary", _summary(report))
        for chunk in FORMATS[options.format or streams.default_format()](
            connection.sql("FROM asana_sync_summary"), streams.look()
        ):
            streams.put(chunk)
    return EXIT_OK


def sentence(copied: Copied) -> str:
    """What became of one relation, in a line, with a line for each thing that its rows lack."""
    if copied.skipped is not None:
        return f"{copied.relation}: skipped. {copied.skipped}"
    told = f"{copied.relation}: {_counted(copied)}; {copied.requests:,} requests"
    kept = [] if copied.complete else ["warning: Where rows could not be read, none was deleted."]
    return "\n".join([told, *(f"warning: {warning}" for warning in copied.warnings), *kept])


def _counted(each: Copied | Published) -> str:
    return f"{each.rows:,} rows; {each.added:,} added, {each.changed:,} changed, {each.deleted:,} deleted"


def _summary(report: Report) -> object:
    import pyarrow as pa

    rows = [{name: getattr(each, name) for name in _COLUMNS} for each in report.copied]
    kinds = {"relation": pa.string(), "skipped": pa.string(), "seconds": pa.float64()}
    return pa.Table.from_pylist(rows, pa.schema([(name, kinds.get(name, pa.int64())) for name in _COLUMNS]))
