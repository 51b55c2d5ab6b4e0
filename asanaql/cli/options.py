"""What can be written on the command line, read into plain values. Nothing is opened or asked here."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from asanaql.output.names import FORMAT_NAMES

DEFAULT_BASE_URL = "https://app.asana.com/api/1.0"
DEFAULT_MAX_REQUESTS = 1000

_EPILOG = """\
The token comes from the environment variable ASANA_ACCESS_TOKEN; make one at https://app.asana.com/0/my-apps.
Exit codes: 0 fine, 1 the query, 2 usage or configuration, 3 Asana, 130 interrupted.
"""


@dataclass(frozen=True)
class Script:
    """SQL given as `text`, or to be read from `file`; `-` is standard input."""

    text: str = ""
    file: str = ""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors repeat what was written, but for a token."""

    def error(self, message: str) -> NoReturn:
        super().error(re.sub(r"(access_token=)[^\s'\"]+", r"\1…", message))


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options in `arguments` (the program's own when None); SystemExit as argparse has it."""
    parser = _parser()
    options = parser.parse_args(arguments)
    options.bounded = options.max_requests is not None
    if not options.bounded:
        options.max_requests = DEFAULT_MAX_REQUESTS
    if options.output is not None and options.format is not None:
        parser.error("--format is for standard output; the format of a file goes by its ending")
    if options.demo and options.base_url is not None:
        parser.error("--demo answers by itself, so --base-url has no meaning beside it")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="asanaql",
        description="Ask Asana in SQL. Without -c, -f or SQL on standard input a shell opens.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _statements(parser.add_argument_group("statements"))
    _output(parser.add_argument_group("output"))
    _asana(parser.add_argument_group("Asana"))
    parser.add_argument("--version", action="store_true", help="tell the version")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    cache = commands.add_parser("cache", help="the listings kept on disk", allow_abbrev=False)
    cache.add_argument("action", choices=("info", "clear"), help="say where and how much, or remove them")
    _sync(commands.add_parser("sync", help="keep a copy of the relations, here or in a warehouse", allow_abbrev=False))
    _server(commands.add_parser("demo-server", help="serve the demo workspace over HTTP", allow_abbrev=False))
    return parser


def _statements(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "-c",
        dest="scripts",
        metavar="SQL",
        action="append",
        type=lambda text: Script(text=text),
        help="run these statements, separated by ;",
    )
    group.add_argument(
        "-f",
        dest="scripts",
        metavar="FILE",
        action="append",
        type=lambda file: Script(file=file),
        help="run the statements of a file; - is standard input",
    )


def _output(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--format", choices=FORMAT_NAMES, help="box on a terminal, csv otherwise")
    group.add_argument(
        "-o", dest="output", metavar="FILE", type=Path, help="write to a file: .parquet .csv .json .jsonl .arrow"
    )
    group.add_argument("--stats", action="store_true", help="tell rows, seconds, requests, cached, retries on stderr")


def _asana(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--demo", action="store_true", help="use the demo workspace: no token, no network")
    group.add_argument(
        "--base-url", metavar="URL", help=f"where Asana is; else ASANA_BASE_URL, else {DEFAULT_BASE_URL}"
    )
    group.add_argument("--workspace", metavar="NAME", help="the workspace to use, by gid or name")
    group.add_argument(
        "--max-requests",
        metavar="N",
        type=_count,
        help=f"end a statement that would send more; {DEFAULT_MAX_REQUESTS}, 0 is no limit",
    )
    group.add_argument("--mirror", metavar="FILE", help="answer from this copy, made by `asanaql sync`, what it has")
    group.add_argument(
        "--max-age",
        metavar="TIME",
        help="bring what is older up to date first: 15 minutes, 12h; else it stays as it is",
    )
    group.add_argument("--no-cache", action="store_true", help="neither read nor keep listings on disk")


def _sync(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target",
        metavar="TARGET",
        nargs="?",
        help="work.duckdb, parquet:DIR, postgresql://USER@HOST/DATABASE, iceberg:DIR; made where there is none",
    )
    parser.add_argument("--copy", metavar="FILE", help="the DuckDB file that another target is brought in line with")
    parser.add_argument("--config", metavar="FILE", help="where what is not said here is written; else asanaql.toml")
    parser.add_argument("--source", metavar="ADDRESS", help="asana://WORKSPACE_GID?access_token=TOKEN")
    parser.add_argument(
        "--workspace", metavar="NAME", default=argparse.SUPPRESS, help="the workspace to copy, by gid or name"
    )
    parser.add_argument("--tables", metavar="NAMES", help="relations, separated by commas; else all that can be kept")
    parser.add_argument("--projects", metavar="NAMES", help="only the tasks of these, gids or names; else of all")
    parser.add_argument(
        "--since", metavar="TIME", help="leave out tasks not modified in it when the copy is made: 365d"
    )
    parser.add_argument("--full", action="store_true", default=None, help="read everything, not what changed")
    parser.add_argument(
        "--keep-deleted", action="store_true", default=None, help="leave rows that are gone, with _deleted_at"
    )
    parser.add_argument(
        "--allow-deletes",
        action="store_true",
        default=None,
        help="delete more than a tenth of a table where so much is gone",
    )


def _server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, required=True, help="on 127.0.0.1; 0 picks a free one")
    parser.add_argument("--latency-ms", type=_count, default=0, metavar="N", help="how long each answer takes")
    parser.add_argument("--per-minute", type=_count, metavar="N", help="requests a minute before 429")
    parser.add_argument("--plan", choices=("free", "paid"), default="paid", help="what is answered with 402")
    parser.add_argument("--scale", type=_scale, default=1, metavar="N", help="how many times as large")


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, not {text!r}") from None


def _count(text: str) -> int:
    number = _number(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _scale(text: str) -> int:
    number = _number(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _port(text: str) -> int:
    number = _number(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be between 0 and 65535")
    return number
