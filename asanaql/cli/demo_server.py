"""`asanaql demo-server`: the demo workspace over HTTP, until Ctrl-C."""

from __future__ import annotations

import argparse

from asanaql.errors import EXIT_OK


def run_server(options: argparse.Namespace) -> int:
    """Serve until interrupted, telling the base URL on standard error; ConfigError where the port cannot be used."""
    from asanaql.demo import run

    run(options.port, options.latency_ms, options.per_minute, options.plan, options.scale)
    return EXIT_OK
