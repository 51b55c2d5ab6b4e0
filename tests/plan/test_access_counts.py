"""Which scans of tasks are served by Asana's counts of them, and what they are costed at beside the listing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asanaql.catalog import CATALOG
from asanaql.plan.access import Access, Wanted, plan
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.sizes import Sizes

HERE = Conjunct("project_gid", "=", ("9",))
MOMENT = 1_772_409_600_000_000
PARENT = "project_gid project_name workspace_gid workspace_name project_archived project_team_gid"


def access(columns: str, *known: Conjunct, sizes: Sizes | None = None) -> Access:
    [found] = plan(CATALOG["tasks"], Wanted(set(columns.split()), known), CATALOG, sizes or Sizes()).accesses
    return found


def listed(**rows: int) -> Sizes:
    """What is known where the tasks of these projects were listed."""
    sizes = Sizes()
    for project, number in rows.items():
        sizes.saw_listing(("tasks", "project", project.removeprefix("p")), number)
    return sizes


def completed(*values: object) -> Conjunct:
    return Conjunct("completed", "=", values)


@pytest.mark.parametrize("known", [(), (HERE,)], ids=["everywhere", "here"])
@pytest.mark.parametrize("columns", ["", *PARENT.split(), "completed", "resource_type", f"completed {PARENT}"])
def test_what_the_count_and_the_project_tell_is_counted(columns: str, known: tuple[Conjunct, ...]) -> None:
    assert access(columns, *known).path.name == "counts"


@pytest.mark.parametrize(
    "column", ["gid", "name", "section_gid", "assignee_gid", "completed_at", "resource_subtype", "memberships"]
)
def test_a_column_that_no_count_tells_is_listed(column: str) -> None:
    assert access(f"{column} completed", HERE).path.name == "project"


@pytest.mark.parametrize(
    "known",
    [Conjunct("modified_at", ">", (MOMENT,)), Conjunct("name", "=", ("Launch",)), Conjunct("gid", "=", ("1", "2"))],
)
def test_what_is_known_of_other_columns_is_no_count_whether_they_are_read_or_not(known: Conjunct) -> None:
    assert access("", HERE, known).path.name != "counts"
    assert access(known.column, HERE, known).path.name != "counts"


def test_a_key_of_another_path_is_not_counted() -> None:
    assert access("section_gid", Conjunct("section_gid", "=", ("5",))).path.name == "section"


@pytest.mark.parametrize(
    ("values", "context"),
    [
        ((True,), {"completed": True}),
        ((False,), {"completed": False}),
        ((False, None), {"completed": False}),
        ((True, False), {}),
        ((None,), {}),
    ],
)
def test_a_value_that_all_wanted_rows_have_is_known_of_what_is_counted(
    values: tuple[object, ...], context: dict[str, object]
) -> None:
    found = access("completed", HERE, completed(*values))
    assert (found.path.name, found.context, found.parameters) == ("counts", context, {})


def test_the_project_is_read_only_for_what_it_alone_tells() -> None:
    assert access("project_gid completed", HERE).parent is None
    assert access("project_name", HERE).parent == (Conjunct("gid", "=", ("9",)),)
    everywhere = access("project_gid", Conjunct("project_archived", "=", (False,)))
    assert (everywhere.enumerated, everywhere.parent) == (("project_gid",), (Conjunct("archived", "=", (False,)),))


def test_counts_cost_a_request_for_each_project() -> None:
    assert access("", HERE).requests == 1
    assert access("", replace(HERE, values=("7", "8", "9"))).requests == 3
    assert access("", HERE, completed(False)).requests == 1
    above = plan(CATALOG["projects"], Wanted({"gid"}), CATALOG, Sizes()).requests
    assert access("").requests == CATALOG["projects"].rows + above


@pytest.mark.parametrize(
    ("rows", "known", "path"),
    [
        (0, (), "project"),
        (100, (), "project"),
        (101, (), "counts"),
        (250, (), "counts"),
        # A filter that Asana applies is guessed to leave two fifths; it has none for what is complete.
        (250, (False,), "project"),
        (251, (False,), "counts"),
        (250, (True,), "counts"),
    ],
)
def test_a_project_whose_listing_is_known_to_take_one_request_is_listed(
    rows: int, known: tuple[bool, ...], path: str
) -> None:
    narrowed = [completed(*known)] if known else []
    assert access("completed", HERE, *narrowed, sizes=listed(p9=rows)).path.name == path


def test_all_projects_are_listed_only_where_each_is_known_to_take_one_request() -> None:
    assert access("", sizes=listed(p7=100, p8=3)).path.name == "project"
    assert access("", sizes=listed(p7=100, p8=101)).path.name == "counts"
    together = replace(HERE, values=("7", "8"))
    assert access("", together, sizes=listed(p7=100, p8=3)).path.name == "project"
    assert access("", together, sizes=listed(p7=100, p8=101)).path.name == "counts"
