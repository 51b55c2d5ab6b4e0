"""Suggestions: the text and the cursor (^) in, what could come next out. Nothing is ever asked of Asana."""

from __future__ import annotations

import pytest

import asanaql
from asanaql.catalog.model import Column, Path, Table
from asanaql.catalog.types import TEXT
from asanaql.demo import DEMO_BASE_URL, DemoTransport, Service, build
from asanaql.shell.completion import CommandWords, Vocabulary, suggestions, vocabulary


def table(name, *columns, hidden=()):
    return Table(
        name,
        f"One of the {name}.",
        tuple(Column(each, TEXT, f"What {each} is.", hidden=each in hidden) for each in (*columns, *hidden)),
        (Path("by_key", f"/{name}/{{gid}}"),),
        "",
    )


WORDS = Vocabulary(
    {
        "tasks": table("tasks", "gid", "name", "project_gid", hidden=("modified_since",)),
        "projects": table("projects", "gid", "name", "owner_name"),
        "project_templates": table("project_templates", "gid"),
    },
    keywords=("select", "from", "group", "order", "with", "where"),
    functions=("now", "now_again", "count", "greatest"),
    commands={name: CommandWords(f"What {name} does.") for name in (".help", ".tables", ".describe")},
)


def texts(marked):
    cursor = marked.index("^")
    return [found.text for found in suggestions(marked.replace("^", ""), cursor, WORDS)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Keywords and functions, in the case that is being typed.
        ("SEL^", ["SELECT"]),
        ("sel^", ["select"]),
        ("SELECT no^", ["now(", "now_again("]),
        ("^", []),
        ("SELECT 1; sel^", ["select"]),
        # Relations.
        ("FROM ta^", ["tasks"]),
        ("select * from proj^", ["projects", "project_templates"]),
        ("FROM tasks, proj^", ["projects", "project_templates"]),
        ("FROM tasks t JOIN pro^", ["projects", "project_templates"]),
        ("FROM asana.ta^", ["tasks"]),
        ("FROM TA^", ["tasks"]),
        ("FROM asana_t^", ["asana_tables", "asana_tasks("]),
        ("FROM asana_proj^", ["asana_projects(", "asana_project_templates(", "asana_project('"]),
        # Columns of what is in scope, also when it comes after the cursor.
        ("SELECT na^ FROM tasks", ["name"]),
        ("SELECT t.^ FROM tasks t", ["gid", "name", "project_gid"]),
        ("SELECT T.p^ FROM tasks t", ["project_gid"]),
        ("SELECT tasks.^ FROM tasks", ["gid", "name", "project_gid"]),
        ("SELECT ow^ FROM tasks t JOIN projects p ON true", ["owner_name"]),
        ("SELECT p.g^ FROM tasks t JOIN projects p ON true", ["gid"]),
        ("FROM tasks WHERE ^", ["gid", "name", "project_gid"]),
        ("FROM tasks t WHERE t.project_g^", ["project_gid"]),
        ("FROM asana_tasks(project_gid := '1') t WHERE t.n^", ["name"]),
        ("FROM asana_project('Launch plan') t WHERE t.n^", ["name"]),
        ("SELECT x.^ FROM tasks t", []),
        ("SELECT o^ FROM projects; SELECT 1 FROM tasks", ["owner_name", "order"]),
        ("SELECT 1 FROM tasks; SELECT ow^ FROM projects", ["owner_name"]),
        # Arguments of the functions, also those that are no columns.
        ("FROM asana_tasks(^", ["gid := ", "modified_since := "]),
        ("FROM asana_tasks(m^", ["modified_since := "]),
        ("FROM asana_tasks(gid := '1', m^", ["modified_since := "]),
        ("FROM asana_project(^", []),
        ("FROM asana_project('La^", []),
        # Neither in text nor in comments.
        ("SELECT 'sel^", []),
        ("-- sel^", []),
        ("SELECT /* sel^", []),
        # What is there already is not suggested again.
        ("FROM tasks^", []),
        # The shell's own commands.
        (".^", [".help", ".tables", ".describe"]),
        (".he^", [".help"]),
        (".describe ta^", ["tasks"]),
        (".describe proj^", ["projects", "project_templates"]),
        (".help ta^", []),
    ],
)
def test_what_could_come_next(marked, expected):
    assert texts(marked) == expected


def test_a_suggestion_replaces_what_was_typed_and_says_what_it_is():
    [found] = suggestions("SELECT na FROM tasks", 9, WORDS)
    assert (found.text, found.replaces, found.kind, found.about) == ("name", 2, "column", "What name is.")


def test_columns_come_before_functions_and_keywords():
    found = texts("SELECT g^ FROM tasks")
    assert found == ["gid", "group", "greatest("]


def test_unfinished_and_odd_text_is_borne():
    for text in ("FROM asana_tasks(((", "))) FROM", "SELECT 'é漢", "FROM asana.", ", , ,", 'SELECT "', "FROM tasks AS"):
        for cursor in range(len(text) + 1):
            suggestions(text, cursor, WORDS)


def test_the_whole_vocabulary_is_suggested_from_and_no_request_is_sent(tmp_path):
    service = Service(build())
    with asanaql.connect(
        "an-invented-token", base_url=DEMO_BASE_URL, cache=tmp_path, transport=DemoTransport(service)
    ) as connection:
        words = vocabulary(connection.catalog, {})
        assert [found.text for found in suggestions("FROM workspace_m", 16, words)] == ["workspace_memberships"]
        assert "modified_at" in [found.text for found in suggestions("SELECT  FROM tasks", 7, words)]
        assert "date_trunc(" in [found.text for found in suggestions("SELECT date_tr", 14, words)]
        assert "QUALIFY" in [found.text for found in suggestions("SELECT 1 QUALI", 14, words)]
    assert service.log == []
