"""Which relation a column refers to: what the catalog says of it in words is what is found."""

from __future__ import annotations

import re

import pytest

from asanaql.catalog import CATALOG
from asanaql.shell.completion.references import NAMED, holds_gid, referred

#: The first sentence of a reference's documentation: what it is a gid of.
_SAYS = re.compile(
    r"The gid of the (user|team|project|section|tag|portfolio|goal|workspace|organization|custom field)"
    r"( who| whom| that| of| before| after| whose|\.)"
)
_RELATIONS = {"organization": "workspaces", "custom field": "custom_fields"}
#: Where it says so of something else: one of several kinds, or a section of no project.
_OTHERWISE = (" or ", "My Tasks")


def references():
    for table in CATALOG.values():
        for column in table.columns:
            said = _SAYS.match(column.doc)
            otherwise = any(word in column.doc.split(";")[0] for word in _OTHERWISE)
            if said and column.name.endswith("_gid") and not otherwise:
                relation = _RELATIONS.get(said[1], f"{said[1]}s")
                yield pytest.param(table.name, column.name, relation, id=f"{table.name}.{column.name}")


CASES = list(references())


@pytest.mark.parametrize(("relation", "column", "expected"), CASES)
def test_a_reference_is_found_as_the_documentation_says_it(relation, column, expected):
    assert referred(CATALOG, relation, column) == expected
    assert holds_gid(CATALOG, relation, column)


def test_the_documentation_says_enough():
    assert len(CASES) > 100


@pytest.mark.parametrize(
    ("relation", "column", "expected"),
    [
        ("projects", "gid", "projects"),
        ("projects", "name", "projects"),
        ("tasks", "name", ""),
        ("tasks", "gid", ""),
        ("tasks", "assignee_section_name", ""),
        ("tasks", "parent_gid", ""),
        ("attachments", "parent_gid", ""),
        ("tasks", "notes", ""),
        ("tasks", "color", ""),
        ("search_tasks", "projects_not", "projects"),
        ("search_tasks", "liked_by_not", "users"),
        ("search_tasks", "created_by_not", "users"),
        ("search_tasks", "completed_on", ""),
        ("custom_fields", "is_global_to_workspace", ""),
        ("nothing", "gid", ""),
    ],
)
def test_what_a_column_refers_to(relation, column, expected):
    assert referred(CATALOG, relation, column) == expected


def test_the_relations_with_names_are_all_there_and_kept():
    for relation in NAMED:
        assert CATALOG[relation].trusted is not None
        assert {"gid", "name"} <= {column.name for column in CATALOG[relation].visible}


def test_an_argument_that_takes_several_gids_holds_gids():
    assert holds_gid(CATALOG, "search_tasks", "projects_not")
    assert not holds_gid(CATALOG, "search_tasks", "text")
    assert not holds_gid(CATALOG, "tasks", "project_name")
