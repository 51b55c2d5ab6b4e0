"""Where the cursor is in what is typed: in which statement, in a word, in a literal or nowhere."""

from __future__ import annotations

import pytest

from asanaql.shell.completion.words import CURSOR, typed


def at(marked):
    before, _, after = marked.partition("^")
    return typed(before + after, len(before))


@pytest.mark.parametrize(
    "text", ["-- note^", "SELECT 1 -- a^", "/* a ^", "/* a ^ */ 1", "/*/^", "SELECT $$ a^", "SELECT $x$ a $$^", "E'a^"]
)
def test_nothing_is_typed_in_comments_and_in_odd_literals(text):
    assert at(text) is None


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("^", "", "gap"),
        ("SELECT ^", "", "gap"),
        ("SELECT gi^", "gi", "word"),
        ("SELECT gi^d", "gi", "word"),
        ("SELECT t.^", "", "gap"),
        ("SELECT 12^", "12", "number"),
        ("SELECT 'a b^", "'a b", "text"),
        ("SELECT 'it''s ^", "'it''s ", "text"),
        ("SELECT 'a' ^", "", "gap"),
        ('SELECT "a b^', '"a b', "quoted"),
        ("-- a\n^", "", "gap"),
        ("/* a */ ^", "", "gap"),
        ("/* a */^", "", "gap"),
        ("SELECT $$ a $$ ^", "", "gap"),
        ("SELECT 'é漢' fr^", "fr", "word"),
        ("SELECT é漢^", "é漢", "word"),
    ],
)
def test_what_is_typed(text, word, kind):
    found = at(text)
    assert (found.typed, found.kind) == (word, kind)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("SELECT ^1", ["SELECT", "^", "1"]),
        ("SELECT 1; FROM ta^sks; SELECT 3", ["FROM", "^"]),
        ("SELECT 'é;'; FROM ^", ["FROM", "^"]),
        ("SELECT ^ -- ; no end\n, 2; SELECT 3", ["SELECT", "^", ",", "2"]),
        ("SELECT 'a^bc' || x", ["SELECT", "^", "||", "x"]),
        ("SELECT 'a^ || x", ["SELECT", "^", "||", "x"]),
        ("SELECT 1;^", ["^"]),
    ],
)
def test_the_statement_that_the_cursor_is_in(text, tokens):
    assert ["^" if token.kind == CURSOR else token.text for token in at(text).tokens] == tokens


@pytest.mark.parametrize("text", ["SELECT 'a'^", "SELECT count(*)^", "SELECT x[1]^", "SELECT $$a$$^"])
def test_no_word_begins_where_a_value_has_just_ended(text):
    assert not at(text).apart


@pytest.mark.parametrize(
    ("text", "closed"), [("'a^'", True), ("'a^bc'", True), ("'a^", False), ("'a^ b'", False), ('"a^"', True)]
)
def test_whether_the_end_of_a_literal_is_there(text, closed):
    assert at(text).closed is closed
