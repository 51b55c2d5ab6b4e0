"""Every way to end, and what is said then."""

from __future__ import annotations

import pytest

from asanaql.connection.settings import NO_TOKEN


def test_no_token_is_one_line_that_says_what_to_do(run):
    ended = run("-c", "SELECT 1")
    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {NO_TOKEN}\n")
    for hint in ("https://app.asana.com/0/my-apps", "ASANA_ACCESS_TOKEN", "--demo"):
        assert hint in NO_TOKEN


def test_an_empty_token_is_none(run, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "")
    assert run("-c", "SELECT 1").code == 2


def test_a_refused_token_is_asanas_error_and_is_not_shown(run, server, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "wrong-and-invented")
    ended = run("--base-url", server, "-c", "SELECT gid FROM projects")
    assert ended.code == 3
    assert ended.err.startswith("error: Asana answered 401 to GET ")
    assert "wrong-and-invented" not in ended.err


def test_the_base_url_comes_from_the_environment_too(run, service, server, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "an-invented-token")
    monkeypatch.setenv("ASANA_BASE_URL", server)
    assert run("-c", "SELECT gid FROM projects LIMIT 1").code == 0
    assert service.log


def test_the_demo_needs_no_address_and_no_token(demo, monkeypatch):
    monkeypatch.setenv("ASANA_BASE_URL", "https://nowhere.invalid/api/1.0")
    assert demo("-c", "SELECT gid FROM projects LIMIT 1").code == 0


def test_an_address_that_would_leak_the_token_is_refused(run, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "an-invented-token")
    ended = run("--base-url", "http://example.com/api/1.0", "-c", "SELECT gid FROM projects")
    assert ended.code == 2
    assert "https" in ended.err


def test_an_unknown_workspace_is_a_configuration_error(demo):
    ended = demo("--workspace", "Nowhere", "-c", "SELECT gid FROM projects")
    assert ended.code == 2
    assert "Nowhere" in ended.err


def test_a_statement_over_its_budget_says_what_it_would_cost(demo):
    ended = demo("--max-requests", "3", "-c", "SELECT count(*) FROM sections")
    assert ended.code == 1
    assert "sections: the statement would send about 17 requests, and it may send 3" in ended.err
    assert "--max-requests" in ended.err


def test_zero_is_no_budget(demo):
    assert demo("--max-requests", "0", "-c", "SELECT count(*) FROM sections").code == 0


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("SELEC 1", "Parser Error"),
        ("SELECT nope FROM tasks", "Binder Error"),
        ("SELECT * FROM nope", "Catalog Error"),
        ("SELECT 'x'::INTEGER", "Conversion Error"),
    ],
)
def test_duckdbs_errors_mark_the_place(demo, sql, kind):
    ended = demo("-c", sql)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"error: {kind}: ")
    assert f"LINE 1: {sql}" in ended.err
    assert "^" in ended.err


def test_a_file_that_cannot_be_read_is_told(demo, tmp_path):
    binary = tmp_path / "binary.sql"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "missing.sql", tmp_path, binary):
        ended = demo("-f", path)
        assert ended.code == 2
        assert ended.err.startswith(f"error: Cannot read {path}: ")


def test_the_cache_is_left_alone_when_asked(demo, run):
    demo("--no-cache", "-c", "SELECT gid FROM sections")
    assert "entries: 0\n" in run("cache", "info").out
