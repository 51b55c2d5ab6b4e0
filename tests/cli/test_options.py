"""Options: what they are read as, and which cannot stand together."""

from __future__ import annotations

from pathlib import Path

import pytest

from asanaql.cli.options import Script, read_options


def test_scripts_keep_the_order_they_were_given_in():
    options = read_options(["-c", "SELECT 1", "-f", "more.sql", "-c", "SELECT 2"])
    assert options.scripts == [Script(text="SELECT 1"), Script(file="more.sql"), Script(text="SELECT 2")]


def test_defaults_are_the_documented_ones():
    options = read_options([])
    assert (options.max_requests, options.no_cache, options.demo, options.stats) == (1000, False, False, False)
    assert (options.format, options.output, options.base_url, options.workspace) == (None, None, None, None)


def test_the_server_has_its_own_options():
    options = read_options(["demo-server", "--port", "0", "--latency-ms", "100", "--plan", "free", "--scale", "3"])
    assert (options.command, options.port, options.latency_ms, options.plan, options.scale, options.per_minute) == (
        "demo-server",
        0,
        100,
        "free",
        3,
        None,
    )


def test_a_file_goes_by_its_ending():
    assert read_options(["-o", "x.parquet"]).output == Path("x.parquet")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["--format", "xml"],
        ["--max-requests", "-1"],
        ["--max-requests", "many"],
        ["-c"],
        ["cache"],
        ["cache", "burn"],
        ["demo-server"],
        ["demo-server", "--port", "70000"],
        ["demo-server", "--port", "0", "--scale", "0"],
        ["demo-server", "--port", "0", "--latency-ms", "-1"],
        ["demo-server", "--port", "0", "--plan", "gold"],
        ["--demo", "--base-url", "https://example.com"],
        ["--format", "csv", "-o", "x.csv"],
        ["--max", "5"],
        ["SELECT 1"],
    ],
)
def test_what_cannot_be_understood_is_a_usage_error(run, arguments):
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("usage: asanaql")
    assert "error: " in ended.err


def test_help_names_every_exit_code_and_where_the_token_comes_from(run):
    ended = run("--help")
    assert ended.code == 0
    assert "ASANA_ACCESS_TOKEN" in ended.out
    assert "0 fine, 1 the query, 2 usage or configuration, 3 Asana, 130 interrupted" in ended.out


def test_version_is_told(run):
    ended = run("--version")
    assert ended.code == 0
    assert ended.out.startswith("asanaql ")
