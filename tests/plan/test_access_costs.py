"""What a plan costs, and what it says where there is none, on a catalog of three invented tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from asanaql.catalog.model import Filter, Form, Paging, Parent, Path, Table, choosable
from asanaql.catalog.types import BOOLEAN, TEXT, TIMESTAMP, from_request, gid, plain
from asanaql.errors import QueryError
from asanaql.plan.access import Plan, Wanted, impossible, plan, read_above
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.sizes import Sizes as Seen

MOMENT = 1_772_409_600_000_000

SHELVES = Table(
    name="shelves",
    row="one shelf",
    documentation="",
    columns=(gid("The shelf."), plain("room", TEXT, "The room.")),
    paths=(Path("gid", "/shelves/{gid}", paging=Paging.ONE), Path("all", "/shelves")),
    rows=8,
)
BOOKS = Table(
    name="books",
    row="one book",
    documentation="",
    columns=(
        gid("The book."),
        plain("title", TEXT, "The title."),
        plain("read_at", TIMESTAMP, "When it was read."),
        from_request("shelf_gid", "The shelf."),
        from_request("room", "The room of the shelf."),
        from_request("reader_gid", "The reader."),
    ),
    paths=(
        Path(
            "shelf",
            "/shelves/{shelf_gid}/books",
            parent=Parent("shelves", {"shelf_gid": "gid"}, {"room": "room"}),
            filters=(Filter("read_at", (">",), "read_since", Form.SINCE),),
            pages=2,
        ),
        Path("reader", "/books", {"reader": "reader_gid", "shelf": "shelf_gid"}),
    ),
)
LENDINGS = Table(
    name="lendings",
    row="one lending",
    documentation="",
    columns=(gid("The lending."), from_request("book_gid", "The book."), from_request("reader_gid", "The reader.")),
    paths=(Path("book", "/books/{book_gid}/lendings"), Path("reader", "/lendings", {"reader": "reader_gid"})),
    example="book_gid = '…'",
)
LIBRARY = {table.name: table for table in (SHELVES, BOOKS, LENDINGS)}


class Guessed:
    """Sizes of relations never listed, but for those given."""

    def __init__(self, **rows: int) -> None:
        self._rows = rows

    def requests(self, table: Table, path: Path, keys: Any, parameters: Any) -> float:
        return Seen().requests(table, path, keys, parameters)

    def kept(self, table: Table) -> bool:
        return False

    def rows(self, table: Table) -> int:
        return self._rows.get(table.name, table.rows)


def library(name, columns, *known, sizes=None):
    return plan(LIBRARY[name], Wanted(set(columns.split()), known), LIBRARY, sizes or Guessed())


def taken(decided):
    """The paths, each with the keys that are known."""
    return [(access.path.name, dict(access.keys)) for access in decided.accesses]


def only(decided):
    [access] = decided.accesses
    return access


def eq(column, *values):
    return Conjunct(column, "=", values)


def test_a_listing_is_costed_by_its_keys_and_its_pages():
    assert library("books", "title", eq("shelf_gid", "1")).requests == 2
    assert library("books", "title", eq("shelf_gid", "1", "2")).requests == 4
    assert library("shelves", "room", eq("gid", "1", "2", "3")).accesses[0].path.name == "all"
    assert library("shelves", "room").requests == 1


def test_an_enumeration_is_costed_by_the_parent_s_rows_and_requests():
    assert library("books", "title").requests == 2 * 8 + 1
    assert library("books", "title", sizes=Guessed(shelves=3)).requests == 2 * 3 + 1


def test_a_filter_never_makes_a_listing_cheaper_than_a_request_for_each_key():
    narrowed = library("books", "title", eq("shelf_gid", "1", "2"), Conjunct("read_at", ">", (MOMENT,)))
    assert narrowed.requests == 2


def test_two_keys_of_one_path_are_both_needed():
    both = library("books", "title", eq("reader_gid", "5"), eq("shelf_gid", "1"))
    assert taken(both) == [("reader", {"reader_gid": ("5",), "shelf_gid": ("1",)})]
    with pytest.raises(QueryError):
        library("books", "title reader_gid", eq("reader_gid", "5"))


def test_a_column_of_the_parent_is_filled_beside_a_known_key():
    access = only(library("books", "title room", eq("shelf_gid", "1")))
    assert (access.parent, access.enumerated) == ((eq("gid", "1"),), ())


def test_a_known_column_of_the_parent_narrows_the_parent():
    access = only(library("books", "title room", eq("room", "attic")))
    assert (access.parent, access.enumerated) == ((eq("room", "attic"),), ("shelf_gid",))


def test_a_relation_that_cannot_be_listed_says_which_key_to_write():
    with pytest.raises(QueryError) as caught:
        library("lendings", "book_gid")
    assert str(caught.value) == (
        "lendings cannot be listed whole: Asana needs book_gid or reader_gid. "
        "For example: SELECT * FROM lendings WHERE book_gid = '…'"
    )


ARCHIVED = Table(
    name="magazines",
    row="one magazine",
    documentation="",
    columns=(
        gid("The magazine."),
        from_request("room", "The room."),
        from_request("old", "Whether it is old.", type=BOOLEAN),
    ),
    paths=tuple(
        Path(
            word,
            "/magazines",
            {"room": "room"},
            parent=Parent("shelves", {"room": "room"}),
            always={"old": word},
            arm=word,
            fixed={"old": old},
        )
        for word, old in (("false", False), ("true", True))
    ),
)


def test_arms_that_differ_by_a_constant_are_both_read_of_one_key():
    decided = plan(ARCHIVED, Wanted({"gid"}, [eq("room", "attic")]), LIBRARY, Guessed())
    assert not decided.alternatives
    assert [access.path.always for access in decided.accesses] == [{"old": "false"}, {"old": "true"}]


def test_only_the_arm_is_read_whose_constant_the_rows_must_have():
    decided = plan(ARCHIVED, Wanted({"gid"}, [eq("room", "attic"), eq("old", True)]), LIBRARY, Guessed())
    assert [access.path.name for access in decided.accesses] == ["true"]


NOTES = Table(
    name="notes",
    row="one note",
    documentation="",
    columns=(
        gid("The note."),
        from_request("shelf_gid", "The shelf."),
        plain("text", TEXT, "What only the note alone tells."),
    ),
    paths=(
        Path(
            "gid", "/notes/{gid}", paging=Paging.ONE, parent=Parent("notes", {"gid": "gid"}, {"shelf_gid": "shelf_gid"})
        ),
        Path("shelf", "/shelves/{shelf_gid}/notes", parent=Parent("shelves", {"shelf_gid": "gid"}), lacks=("text",)),
    ),
    rows=30,
)


def test_what_only_the_single_record_has_is_read_row_by_row_and_only_where_it_is_read():
    catalog = {**LIBRARY, "notes": NOTES}
    listed = only(plan(NOTES, Wanted({"gid"}), catalog, Guessed()))
    assert (listed.path.name, listed.enumerated) == ("shelf", ("shelf_gid",))
    single = only(plan(NOTES, Wanted({"gid", "text"}, [eq("shelf_gid", "7")]), catalog, Guessed()))
    assert (single.path.name, single.enumerated, single.parent) == ("gid", ("gid",), (eq("shelf_gid", "7"),))
    assert single.requests > listed.requests


def test_of_the_same_object_in_a_listing_only_what_its_record_lacks_is_read():
    columns = {"gid", "shelf_gid", "text"}
    gid_path, shelf = NOTES.paths
    gives = {"shelf_gid": "shelf_gid", "text": "text"}
    notes = replace(NOTES, paths=(replace(gid_path, parent=Parent("notes", {"gid": "gid"}, gives)), shelf))
    catalog = {**LIBRARY, "notes": notes}
    access = only(plan(notes, Wanted(columns), catalog, Guessed()))
    above, needed = read_above(access, columns, catalog)
    assert needed == {"gid", "shelf_gid"}
    # The object is not looked for by its own record again.
    assert [path.name for path in above.paths] == ["shelf"]


def test_of_another_relation_everything_that_fills_a_column_is_read():
    access = only(plan(BOOKS, Wanted({"gid", "room"}), LIBRARY, Guessed()))
    assert read_above(access, {"gid", "room"}, LIBRARY) == (SHELVES, {"gid", "room"})


PARTIAL = replace(
    BOOKS,
    paths=(replace(BOOKS.paths[0], parent=Parent("shelves", {"shelf_gid": "gid"}, {"room": "room"}, partial=True)),),
    example="shelf_gid = '…'",
)


def test_a_partial_parent_fills_columns_where_the_key_is_known():
    access = only(plan(PARTIAL, Wanted({"gid", "room"}, [eq("shelf_gid", "7")]), LIBRARY, Guessed()))
    assert (access.enumerated, access.parent) == ((), (eq("gid", "7"),))


def test_a_partial_parent_is_never_enumerated():
    with pytest.raises(QueryError, match=r"books cannot be listed whole: Asana needs shelf_gid\. For example"):
        plan(PARTIAL, Wanted({"gid"}), LIBRARY, Guessed())


HIDDEN = replace(
    ARCHIVED,
    columns=tuple(replace(column, hidden=column.name == "old") for column in ARCHIVED.columns),
    paths=(
        Path("all", "/magazines", {"room": "room"}, parent=Parent("shelves", {"room": "room"})),
        *(replace(path, arm="") for path in ARCHIVED.paths),
    ),
)


def test_a_path_that_fixes_an_argument_is_taken_only_where_that_is_asked_for():
    attic = eq("room", "attic")
    assert only(plan(HIDDEN, Wanted({"gid"}, [attic]), LIBRARY, Guessed())).path.name == "all"
    for old, name in ((True, "true"), (False, "false")):
        wanted = Wanted({"gid", "old"}, [attic, eq("old", old)])
        assert only(plan(HIDDEN, wanted, LIBRARY, Guessed())).path.name == name


def test_a_path_of_no_arm_is_taken_where_it_is_named():
    single = Path("gid", "/magazines/{gid}", paging=Paging.ONE)
    magazines = choosable(replace(ARCHIVED, paths=(single, *ARCHIVED.paths)))
    wanted = Wanted({"gid", "access_path"}, [eq("gid", "7"), eq("access_path", "gid")])
    assert only(plan_checked(magazines, wanted)).path.name == "gid"


def test_a_path_that_fixes_an_argument_is_taken_where_it_is_named():
    magazines = choosable(HIDDEN)
    wanted = Wanted({"gid", "access_path"}, [eq("room", "attic"), eq("access_path", "true")])
    assert only(plan(magazines, wanted, LIBRARY, Guessed())).path.name == "true"


def test_what_a_listing_lacks_does_not_narrow_the_records_that_are_read():
    by_gid, shelf = NOTES.paths
    gives = {"shelf_gid": "shelf_gid", "text": "text"}
    notes = replace(NOTES, paths=(replace(by_gid, parent=Parent("notes", {"gid": "gid"}, gives)), shelf))
    catalog = {**LIBRARY, "notes": notes}
    known = [Conjunct("text", ">", ("a",))]
    narrowed, every = (plan(notes, Wanted({"gid", "text"}, each), catalog, Guessed()) for each in (known, []))
    assert only(narrowed).parent == tuple(known)
    assert narrowed.requests == every.requests


def test_records_are_not_guessed_to_be_more_than_the_pages_of_their_listing_hold():
    notes = replace(NOTES, rows=5_000)
    known = Wanted({"gid", "text"}, [eq("shelf_gid", "7")])
    assert plan(notes, known, {**LIBRARY, "notes": notes}, Guessed()).requests == 1 + 100


SPARE = Path("alike", "/shelves/{shelf_gid}/all_books", parent=Parent("shelves", {"shelf_gid": "gid"}), spare=True)


def test_a_spare_path_is_taken_only_where_it_is_named():
    books = choosable(replace(BOOKS, paths=(SPARE, *BOOKS.paths)))
    assert only(plan(books, Wanted({"gid"}), LIBRARY, Guessed())).path.name == "shelf"
    named = only(plan(books, Wanted({"gid", "access_path"}, [eq("access_path", "alike")]), LIBRARY, Guessed()))
    assert (named.path.name, named.context["access_path"]) == ("alike", "alike")


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ([], r"asana_books\(access_path := …\) takes a constant of these: shelf, reader\."),
        ([eq("access_path", "shelve")], r"takes not 'shelve' but one of these: shelf, reader\."),
        (
            [eq("access_path", "reader")],
            r"books cannot be read by the access path 'reader' with what the statement says\. It needs reader_gid and",
        ),
    ],
)
def test_a_path_that_cannot_be_taken_is_an_error_that_names_what_it_needs(known, said):
    with pytest.raises(QueryError, match=said):
        plan_checked(choosable(BOOKS), Wanted({"gid", "access_path"}, known))


def plan_checked(table, wanted):
    return Plan() if impossible(table, wanted) else plan(table, wanted, LIBRARY, Guessed())


def test_an_argument_that_is_no_constant_is_an_error_that_says_so():
    told = Path("told", "/shelves/{shelf_gid}/books", {"owner": "owner_gid"}, parent=BOOKS.paths[0].parent)
    hidden = from_request("owner_gid", "Only the books of this owner.", hidden=True)
    books = replace(BOOKS, columns=(*BOOKS.columns, hidden), paths=(*BOOKS.paths, told))
    with pytest.raises(QueryError, match=r"asana_books\(owner_gid := …\) takes a constant: it must be known before"):
        plan(books, Wanted({"gid", "owner_gid"}), LIBRARY, Guessed())
    assert only(plan(books, Wanted({"gid", "owner_gid"}, [eq("owner_gid", "7")]), LIBRARY, Guessed()))
