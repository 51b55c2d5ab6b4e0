"""Views are seen through whatever they are called."""

from __future__ import annotations

import pytest

NAMES = ["plain", '"Launch (2026)"', '"Known AS good"', '"a ""b"" (c"', '"two\nlines"', '"dotted.name"']


@pytest.mark.parametrize("columns", ["", "(one)", '("first (of them)", two)'])
@pytest.mark.parametrize("name", NAMES)
def test_keys_are_carried_through_a_view(con, sent, name, columns):
    con.sql(f"CREATE VIEW {name} {columns} AS SELECT gid, name AS called FROM projects WHERE name = 'Single task'")
    key = "one" if columns == "(one)" else '"first (of them)"' if columns else "gid"
    query = f"SELECT count(*) FROM {name} v JOIN sections s ON s.project_gid = v.{key}"
    assert con.sql(query).fetchall() == [(1,)]
    assert len([path for path in sent() if path.endswith("/sections")]) == 1
