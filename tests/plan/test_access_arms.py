"""One address that answers for several arms, and paths that show a part of a relation, on invented tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from asanaql.catalog import CATALOG
from asanaql.catalog.model import Parent, Path, Table, choosable, whole
from asanaql.catalog.types import TEXT, from_request, gid, plain
from asanaql.errors import QueryError
from asanaql.plan.access import Access, Plan, Wanted, plan
from asanaql.plan.conjuncts import Conjunct


def shelf(name: str, rows: int) -> Table:
    return Table(name, "one", (gid("It."),), (Path("all", f"/{name}"),), "", rows=rows)


def arm(kind: str) -> Path:
    parent = Parent(f"{kind}s", {"owner_gid": "gid"})
    return Path(kind, "/loans", {"owner": "owner_gid"}, parent=parent, arm=kind, fixed={"kind": kind})


LOANS = Table(
    name="loans",
    row="one loan",
    documentation="",
    columns=(
        gid("The loan."),
        plain("kind", TEXT, "What is lent, which each row says."),
        plain("reader", TEXT, "Whether a person or a school has it."),
        from_request("owner_gid", "Whose it is."),
        from_request("reader_gid", "Who has it."),
    ),
    paths=(
        Path(
            "school",
            "/loans",
            {"reader": "reader_gid"},
            parent=Parent("schools", {"reader_gid": "gid"}),
            confined={"kind": "book", "reader": "school"},
        ),
        arm("book"),
        arm("film"),
    ),
)
LIBRARY = {each.name: each for each in (shelf("books", 50), shelf("films", 50), shelf("schools", 3), LOANS)}


class Guessed:
    """Sizes as the catalog guesses them."""

    def rows(self, table: Table) -> int:
        return table.rows

    def requests(self, table: Table, path: Path, keys: Any, parameters: Any) -> float:
        combinations = 1
        for values in keys.values():
            combinations *= len(values)
        return float(combinations)

    def kept(self, table: Table) -> bool:
        return False


def planned(columns: str, *known: Conjunct, table: Table = LOANS) -> Plan:
    return plan(table, Wanted(set(columns.split()), known), LIBRARY, Guessed())


def eq(column: str, *values: object) -> Conjunct:
    return Conjunct(column, "=", values)


def names(decided: Plan) -> list[str]:
    return [access.path.name for access in decided.accesses]


# What an arm fixes.


def test_what_rows_say_themselves_is_not_taken_from_the_arm() -> None:
    [access] = planned("gid kind", eq("owner_gid", "7")).accesses
    assert access.context == {}


def test_what_no_row_says_is_taken_from_the_arm() -> None:
    favorites = CATALOG["user_favorites"]
    decided = plan(favorites, Wanted({"gid", "resource_type"}, [eq("workspace_gid", "7")]), CATALOG, Guessed())
    kinds = [access.path.always["resource_type"] for access in decided.accesses]
    assert [access.context for access in decided.accesses] == [{"resource_type": kind} for kind in kinds]
    assert len(kinds) == 6


def test_one_request_serves_all_arms_of_a_key() -> None:
    decided = planned("gid kind", eq("owner_gid", "7"))
    assert (names(decided), decided.alternatives) == (["book"], False)


def test_the_arm_is_chosen_by_what_rows_must_be() -> None:
    assert names(planned("gid kind")) == ["book", "film"]
    assert names(planned("gid kind", eq("kind", "film"))) == ["film"]


# A path to a part of the rows.

SCHOOLS = (eq("kind", "book"), eq("reader", "school"))


def test_a_part_of_the_rows_is_read_by_its_own_path_where_nothing_else_is_wanted() -> None:
    assert names(planned("gid", *SCHOOLS)) == ["school"]
    [access] = planned("gid", *SCHOOLS, eq("reader_gid", "3")).accesses
    assert (access.path.name, dict(access.keys)) == ("school", {"reader_gid": ("3",)})


@pytest.mark.parametrize(
    "known",
    [
        (),
        SCHOOLS[:1],
        SCHOOLS[1:],
        (eq("kind", "book", "film"), SCHOOLS[1]),
        (eq("kind", "book", None), SCHOOLS[1]),
        (eq("kind", "film"), SCHOOLS[1]),
        (Conjunct("kind", ">=", ("book",)), SCHOOLS[1]),
    ],
)
def test_the_path_to_a_part_is_not_taken_where_there_can_be_other_rows(known: tuple[Conjunct, ...]) -> None:
    assert "school" not in names(planned("gid", *known))


def test_a_key_of_the_path_to_a_part_does_not_make_it_the_whole() -> None:
    with pytest.raises(QueryError, match="loans cannot be"):
        planned("gid reader_gid", eq("reader_gid", "3"))


def test_whoever_names_the_path_to_a_part_means_that_part() -> None:
    table = choosable(LOANS)
    decided = planned("gid access_path", eq("access_path", "school"), eq("reader_gid", "3"), table=table)
    assert names(decided) == ["school"]


def test_the_path_to_a_part_does_not_list_the_relation() -> None:
    assert [path.name for path in LOANS.paths if whole(path)] == ["book", "film"]


# An object under several parents.

TITLES = Table(
    name="titles",
    row="one title, whatever shelves have it",
    documentation="",
    columns=(gid("The title."), from_request("shelf_gid", "Only those of this shelf.", hidden=True)),
    paths=(Path("shelf", "/titles", {"shelf": "shelf_gid"}, parent=Parent("schools", {"shelf_gid": "gid"})),),
    distinct=True,
)


def access_of(table: Table, columns: str, *known: Conjunct) -> Access:
    [found] = planned(columns, *known, table=table).accesses
    return found


def test_a_distinct_relation_is_listed_by_a_key_that_no_row_shows() -> None:
    assert access_of(TITLES, "gid").enumerated == ("shelf_gid",)
    assert access_of(TITLES, "gid shelf_gid", eq("shelf_gid", "4")).keys == {"shelf_gid": ("4",)}


def test_a_hidden_key_of_another_relation_shows_a_part_of_it() -> None:
    with pytest.raises(QueryError):
        planned("gid", table=replace(TITLES, distinct=False, example="gid = '…'"))
