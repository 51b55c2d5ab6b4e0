"""NULL among the values of a key: Asana cannot be asked for it, so such values are no keys."""

from __future__ import annotations

import pytest

from asanaql.catalog import CATALOG
from asanaql.plan.access import Wanted, impossible, plan
from asanaql.plan.conjuncts import Conjunct


class Guessed:
    """Sizes of relations that were never listed."""

    def requests(self, table, path, keys, parameters):
        return float(path.pages)

    def kept(self, table):
        return False

    def rows(self, table):
        return table.rows


def keys(name, *known):
    """The keys that each chosen access is given."""
    wanted = Wanted({"gid", "name"}, known, "77", "77")
    return [dict(access.keys) for access in plan(CATALOG[name], wanted, CATALOG, Guessed()).accesses]


@pytest.mark.parametrize("values", [("5", None), (None, "5"), (None,)])
def test_values_with_null_among_them_are_no_keys(values):
    [chosen] = keys("tasks", Conjunct("project_gid", "=", values))
    assert "project_gid" not in chosen


def test_values_that_another_conjunct_frees_of_null_are_keys():
    known = [Conjunct("project_gid", "=", ("5", None)), Conjunct("project_gid", "=", ("5", "6"))]
    assert keys("tasks", *known) == [{"project_gid": ("5",)}]


def test_a_workspace_that_may_be_null_is_the_only_one_there_is():
    assert {"workspace_gid": ("77",)} in keys("projects", Conjunct("workspace_gid", "=", ("88", None)))


def test_null_alone_is_not_impossible():
    assert not impossible(CATALOG["tasks"], Wanted({"gid"}, [Conjunct("project_gid", "=", (None,))]))
    assert impossible(CATALOG["tasks"], Wanted({"gid"}, [Conjunct("project_gid", "=", ())]))
