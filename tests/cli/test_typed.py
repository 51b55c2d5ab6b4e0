"""Typed relations on the command line."""

from __future__ import annotations

CALL = "asana_project('Website relaunch')"


def test_a_statement_may_call_them(demo):
    ended = demo("-c", f'SELECT count(*) AS tasks, count("Effort") > 0 AS some FROM {CALL}')
    assert (ended.code, ended.out, ended.err) == (0, "tasks,some\n220,true\n", "")


def test_describe_lists_the_fields(demo):
    ended = demo("-c", f"DESCRIBE {CALL}")
    assert ended.code == 0 and "\nEffort,DOUBLE," in ended.out


def test_what_copies_them_prints_nothing(demo, tmp_path):
    path = tmp_path / "tasks.csv"
    ended = demo("-c", f"COPY {CALL} TO '{path}'; CREATE TABLE t AS FROM {CALL}; SELECT count(*) AS n FROM t")
    assert (ended.code, ended.out, ended.err) == (0, "n\n220\n", "")
    assert path.read_text(encoding="utf-8").startswith("gid,resource_type,name,")


def test_an_unknown_name_is_marked_in_the_statement(demo):
    ended = demo("-c", "SELECT 1; SELECT name\nFROM asana_project('Website')")
    assert ended.code == 1
    assert ended.err.startswith("error: There is no project called 'Website'. The nearest: 'Website relaunch' (")
    assert ended.err.endswith("\n\nLINE 2: FROM asana_project('Website')\n                           ^\n")


def test_what_is_no_name_is_marked_before_anything_runs(demo):
    ended = demo("-c", "SELECT 1 AS a;\nSELECT name FROM asana_project(?)")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith("\n\nLINE 2: SELECT name FROM asana_project(?)\n                         ^\n")
