"""The names of the package, some of which are made when they are first used."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

import asanaql

FRESH = """
import sys, asanaql
assert "duckdb" not in sys.modules
assert set(asanaql.__all__) <= set(dir(asanaql))
from asanaql import *
assert "duckdb" in sys.modules
print(*(name for name in asanaql.__all__ if globals()[name] is getattr(asanaql, name)))
"""


def test_a_star_gives_every_name_and_what_is_large_comes_with_it():
    ended = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True)
    assert (ended.stdout.split(), ended.stderr) == (asanaql.__all__, "")


def test_a_name_that_there_is_not_is_an_attribute_error_as_anywhere():
    with pytest.raises(AttributeError, match="module 'asanaql' has no attribute 'conect'"):
        asanaql.conect  # noqa: B018


def test_what_is_given_by_the_package_can_be_pickled():
    stats = asanaql.Stats(1, 0.5, 2, 0, 0, 10, 0.0, False)
    assert pickle.loads(pickle.dumps((asanaql.Stats, stats))) == (asanaql.Stats, stats)
