"""What is kept between runs, and what is not."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from prompt_toolkit.history import InMemoryHistory

from asanaql.shell.history import history_path, is_secret, open_history

TOKEN = "an-invented-word"


def kept(path):
    return list(open_history(path, TOKEN).load_history_strings())


def test_what_was_typed_is_there_in_the_next_run(tmp_path):
    path = tmp_path / "deep" / "history"
    open_history(path, TOKEN).append_string("SELECT 'Größe'\nFROM tasks;")
    assert kept(path) == ["SELECT 'Größe'\nFROM tasks;"]


def test_only_the_owner_can_read_it(tmp_path):
    path = tmp_path / "deep" / "history"
    open_history(path, TOKEN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    open_history(path, TOKEN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT '{TOKEN}';",
        "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b');",
        "create persistent secret s (type s3);",
        "ATTACH 'host=h password=invented' AS db (TYPE postgres);",
        "SET s3_access_key_id = 'invented';",
        "SET my_secret = 'invented';",
        "SELECT '1/1200000000000001:0123456789abcdef0123456789abcdef';",
        "SELECT '2/1200000000000001/1200000000000002:0123456789abcdef0123456789abcdef';",
    ],
)
def test_secrets_are_not_kept(tmp_path, text):
    path = tmp_path / "history"
    history = open_history(path, TOKEN)
    history.append_string(text)
    assert history.get_strings() == [text]
    assert kept(path) == []
    assert path.read_text() == ""


@pytest.mark.parametrize("text", ["FROM tasks WHERE gid = '1200000000000001';", ".tables", "SELECT 'secretary';"])
def test_what_is_no_secret_is_kept(text):
    assert not is_secret(text, TOKEN)


def test_a_place_that_cannot_be_written_costs_the_history_and_no_more(tmp_path):
    (tmp_path / "file").touch()
    assert isinstance(open_history(tmp_path / "file" / "history", None), InMemoryHistory)


def test_the_place_follows_the_environment(tmp_path):
    assert history_path({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "asanaql" / "history"
    assert history_path({}) == Path.home() / ".local" / "state" / "asanaql" / "history"


def test_a_file_that_cannot_be_written_to_any_longer_stops_nobody(tmp_path):
    path = tmp_path / "history"
    history = open_history(path, TOKEN)
    path.unlink()
    path.mkdir()
    history.append_string("SELECT 1;")
    assert history.get_strings() == ["SELECT 1;"]
