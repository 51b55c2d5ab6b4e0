"""How long asanaql takes to start, as ratios to the imports that it cannot do without.

    python tests/benchmarks/startup.py

The shell is run in a pseudo-terminal until it has drawn its prompt, beside a Python that imports DuckDB, pyarrow and
prompt_toolkit; `-c "SELECT 1"` runs to its end, beside one that imports the first two. The medians of several rounds,
in which each takes its turn. Ends with 1 where the prompt takes more than twice as long as those imports.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping

ALLOWED = 2.0
PROMPT = b"asanaql>"
ASANAQL = [sys.executable, "-m", "asanaql", "--demo"]
SIZE = struct.pack("HHHH", 24, 80, 0, 0)

Environment = Mapping[str, str]


def imports(names: str) -> Callable[[Environment], float]:
    """The seconds of a Python that imports these and ends."""
    return lambda environment: ended([sys.executable, "-c", f"import {names}"], environment)


def ended(command: list[str], environment: Environment) -> float:
    """The seconds of a command."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def statement(environment: Environment) -> float:
    """The seconds of a statement that asks nothing of Asana."""
    return ended([*ASANAQL, "-c", "SELECT 1"], environment)


def prompt(environment: Environment) -> float:
    """The seconds until the shell has drawn its prompt."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, SIZE)
    started = time.perf_counter()
    shell = subprocess.Popen(
        ASANAQL, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        drawn = b""
        while PROMPT not in drawn:
            drawn += os.read(ours, 65536)
        return time.perf_counter() - started
    finally:
        shell.kill()
        shell.wait()
        os.close(ours)


MEASURED = {
    "import duckdb, pyarrow, prompt_toolkit": imports("duckdb, pyarrow, prompt_toolkit"),
    "asanaql, to its first prompt": prompt,
    "import duckdb, pyarrow": imports("duckdb, pyarrow"),
    'asanaql -c "SELECT 1"': statement,
}


def measured(rounds: int) -> dict[str, float]:
    """The median seconds of each, with all modules compiled and nothing kept from before."""
    with tempfile.TemporaryDirectory() as place:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        homes = {f"XDG_{name}_HOME": place for name in ("CACHE", "CONFIG", "STATE")}
        environment = {**kept, **homes, "PYTHONPYCACHEPREFIX": place, "TERM": "xterm"}
        for seconds in MEASURED.values():
            seconds(environment)
        taken = [{name: seconds(environment) for name, seconds in MEASURED.items()} for _ in range(rounds)]
    return {name: statistics.median(each[name] for each in taken) for name in MEASURED}


def main() -> int:
    """Print the seconds and the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--rounds", type=int, default=9)
    seconds = measured(arguments.parse_args().rounds)
    for name, taken in seconds.items():
        print(f"{taken:6.3f} s  {name}")
    least, shell, least_statement, one = seconds.values()
    print(f"first prompt: {shell / least:.2f} times its imports, {ALLOWED:.2f} allowed")
    print(f"a statement:  {one / least_statement:.2f} times its imports")
    return int(shell > ALLOWED * least)


if __name__ == "__main__":
    sys.exit(main())
