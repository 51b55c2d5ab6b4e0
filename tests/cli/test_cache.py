"""`asanaql cache info` and `clear`."""

from __future__ import annotations

import os
import re
from pathlib import Path


def test_info_tells_place_entries_and_bytes(run):
    ended = run("cache", "info")
    place = Path(os.environ["XDG_CACHE_HOME"]) / "asanaql"
    assert (ended.code, ended.out) == (0, f"location: {place}\nentries: 0\nbytes: 0\n")


def test_clear_removes_what_info_tells(run, demo):
    demo("-c", "SELECT count(*) FROM sections")
    assert re.search(r"entries: [1-9]", run("cache", "info").out)
    ended = run("cache", "clear")
    assert ended.code == 0
    assert re.fullmatch(r"removed [1-9]\d* entries, \d+ bytes\n", ended.out)
    assert "entries: 0\n" in run("cache", "info").out


def test_a_cache_that_cannot_be_read_is_a_configuration_error(run, monkeypatch, tmp_path):
    (tmp_path / "asanaql").write_text("a file in its place")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ended = run("cache", "info")
    assert ended.code == 2
    assert ended.err.startswith("error: The cache cannot be used: ")
