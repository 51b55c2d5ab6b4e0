"""What a command imports: a module that nothing asks for costs everyone the time to read it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from .conftest import ROOT, TOKEN

#: Libraries that take long to import and that a statement about nothing in Asana does without.
HEAVY = {"httpx", "keyring", "pandas", "plotext", "prompt_toolkit", "pygments", "rich", "sqlglot"}
RUN = """
import runpy, sys
sys.argv = ["asanaql", *sys.argv[1:]]
try:
    runpy.run_module("asanaql", run_name="__main__")
except SystemExit as ended:
    sys.stderr.write("\\n".join(sys.modules))
    raise
"""


def ended(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ASANA_ACCESS_TOKEN": TOKEN}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)


@pytest.mark.parametrize("options", [(), ("--demo",)])
def test_a_statement_imports_no_library_that_it_does_not_use(options):
    run = ended(RUN, *options, "-c", "SELECT 1 AS a")
    assert (run.returncode, run.stdout) == (0, "a\n1\n")
    modules = set(run.stderr.splitlines())
    assert "duckdb" in modules
    assert modules & HEAVY == set()


def test_no_statement_imports_pandas():
    # Which pyarrow does by itself when it is first given a list.
    run = ended(RUN, "--demo", "-c", "SELECT count(*) > 0 AS found FROM users")
    assert (run.returncode, run.stdout) == (0, "found\ntrue\n")
    assert {"pyarrow.compute", "pandas"} & set(run.stderr.splitlines()) == {"pyarrow.compute"}


def test_a_statement_imports_nothing_that_only_a_shell_uses():
    modules = ended(RUN, "-c", "SELECT 1 AS a").stderr.splitlines()
    assert {"asanaql.shell.session", "asanaql.shell.prompt", "asanaql.shell.commands"} & set(modules) == set()


def test_options_are_read_before_anything_large_is_imported():
    run = ended(RUN, "--version")
    assert run.returncode == 0
    assert set(run.stderr.splitlines()) & {"duckdb", "pyarrow", "numpy", "asyncio", *HEAVY} == set()


def test_a_shell_does_not_wait_for_what_its_first_prompt_does_not_show():
    run = ended("import asanaql.shell.session, sys; print(*sys.modules, sep='\\n')")
    assert set(run.stdout.splitlines()) & ({"pyarrow", "asanaql.catalog", *HEAVY} - {"prompt_toolkit"}) == set()
