"""What several scans of a statement need is asked for once, also where they need it differently."""

from __future__ import annotations


def project(service, name):
    return next(each["gid"] for each in service.world.projects if each["name"] == name)


def test_two_scans_of_one_listing_with_other_columns_list_it_once(con, service, sent):
    gid = project(service, "Hundred days")
    rows = con.sql(
        f"SELECT name FROM tasks WHERE project_gid = '{gid}' UNION ALL "
        f"SELECT permalink_url FROM tasks WHERE project_gid = '{gid}'"
    ).fetchall()
    assert len(rows) == 200
    assert sent() == ["/tasks"]


def test_a_narrower_scan_reads_the_wider_listing(con, service, sent):
    gid = project(service, "Atlas migration")
    query = (
        f"SELECT (SELECT count(name) FROM tasks WHERE project_gid = '{gid}'), "
        f"(SELECT count(name) FROM tasks WHERE project_gid = '{gid}' AND NOT completed)"
    )
    [(every, still_open)] = con.sql(query).fetchall()
    assert 0 < still_open < every == 604
    assert sent() == ["/tasks"] * 7


def test_scans_that_ask_less_apart_stay_apart(con, service, sent):
    gid = project(service, "Atlas migration")
    since = "modified_at > '2026-03-01 23:00+00'"
    con.sql(
        f"SELECT count(name) FROM tasks WHERE project_gid = '{gid}' AND {since} UNION ALL "
        f"SELECT count(due_on) FROM tasks WHERE project_gid = '{gid}' AND {since}"
    ).fetchall()
    assert len(sent()) <= 2


def test_a_struct_that_is_read_only_in_part_is_asked_for_once(con, sent):
    con.sql(
        "SELECT p.name, p.current_status.color FROM teams t JOIN projects p ON p.team_gid = t.gid "
        "WHERE t.name = 'Operations' AND NOT p.archived"
    ).fetchall()
    assert sorted(path.rsplit("/", 1)[1] for path in sent()) == ["projects", "teams", "workspaces"]


def test_a_recursive_member_is_read_from_what_was_read_before(con, sent):
    con.sql(
        "WITH RECURSIVE inside AS (SELECT gid, name FROM portfolios UNION "
        "SELECT i.gid, i.name FROM portfolio_items i JOIN inside ON i.portfolio_gid = inside.gid) FROM inside"
    ).fetchall()
    paths = sent()
    assert len(paths) == len(set(paths))


def test_a_pivot_reads_its_values_and_its_rows_at_once(con, service, sent):
    gid = project(service, "Atlas migration")
    con.sql(
        f"PIVOT (SELECT section_name, completed FROM tasks WHERE project_gid = '{gid}') "
        "ON completed USING count(*) GROUP BY section_name"
    ).fetchall()
    assert sent() == ["/tasks"] * 7
