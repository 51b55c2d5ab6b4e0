"""The program `asanaql`: reads its options, does what they say, and turns every way to end into an exit code."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from asanaql.cli.options import Script, read_options
from asanaql.cli.terminal import Streams, abandon, standard_streams
from asanaql.errors import EXIT_INTERRUPTED, EXIT_OK, AsanaqlError, ConfigError

if TYPE_CHECKING:
    from asanaql.shell.opening import Wishes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments`, the program's own when None, and return the exit code."""
    code = _ended(arguments)
    if code == EXIT_INTERRUPTED:
        # What was interrupted is caught in cycles, and DuckDB complains about what is left of it when Python ends.
        gc.collect()
    return code


def _ended(arguments: Sequence[str] | None) -> int:
    streams = standard_streams()
    try:
        return _run(read_options(arguments), streams)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else EXIT_OK
    except BrokenPipeError:
        abandon(streams.output, streams.errors)
        return EXIT_OK
    except KeyboardInterrupt:
        streams.say("interrupted")
        return EXIT_INTERRUPTED
    except AsanaqlError as error:
        streams.say(f"error: {error}")
        return error.exit_code


def _run(options: argparse.Namespace, streams: Streams) -> int:
    if options.version:
        streams.put(f"asanaql {_version()}\n")
        return EXIT_OK
    if options.command == "cache":
        from asanaql.cli.cache import run_cache

        return run_cache(options.action, streams)
    if options.command == "demo-server":
        from asanaql.cli.demo_server import run_server

        return run_server(options)
    if options.command == "sync":
        from asanaql.cli.sync import run_sync

        return run_sync(options, _wishes(options), streams)
    if options.scripts or not streams.input.isatty():
        return _run_statements(options, streams)
    if options.output is not None or not streams.interactive:
        raise ConfigError("There is nothing to run: give SQL with -c or -f, or on standard input.")
    return _run_shell(options, streams)


def _run_statements(options: argparse.Namespace, streams: Streams) -> int:
    from asanaql.cli.statements import StatementError, read_scripts, run, target
    from asanaql.output.interrupts import ended_as_by_ctrl_c

    try:
        with ended_as_by_ctrl_c(), closing(_wishes(options).connection()) as connection:
            texts = read_scripts(options.scripts or [Script(file="-")], streams)
            with target(streams, options.format, options.output) as answers:
                run(connection, texts, answers, streams, stats=options.stats)
    except StatementError as failed:
        return failed.code
    return EXIT_OK


def _run_shell(options: argparse.Namespace, streams: Streams) -> int:
    from asanaql.shell.session import run_shell

    run_shell(_wishes(options), format=options.format)
    return EXIT_OK


def _wishes(options: argparse.Namespace) -> Wishes:
    """The connection that the options ask for."""
    from asanaql.shell.opening import Wishes

    return Wishes(
        base_url=options.base_url,
        workspace=options.workspace,
        demo=options.demo,
        cache=not options.no_cache,
        max_requests=options.max_requests or None,
        mirror=options.mirror,
        max_age=options.max_age,
    )


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("asanaql")
    except PackageNotFoundError:
        return "(not installed)"
