"""Where the token comes from, and where one is kept."""

from __future__ import annotations

import json

import pytest

from asanaql.errors import ConfigError
from asanaql.tokens import BASE_URL, Tokens, address, has_token, token_for, tokens_path

HERE = "http://127.0.0.1:4200"


@pytest.fixture
def tokens(tmp_path):
    return Tokens(tmp_path / "asanaql" / "tokens.json")


def test_none_is_kept_at_first(tokens):
    assert tokens.token(BASE_URL) is None
    assert not tokens.forget(BASE_URL)
    assert not tokens.path.exists()


def test_a_token_in_the_file_is_for_its_address_alone(tokens):
    tokens.keep_in_file(BASE_URL, "an-invented-token")
    tokens.keep_in_file(HERE, "another")
    assert (tokens.token(BASE_URL), tokens.token(HERE)) == ("an-invented-token", "another")
    assert tokens.token("https://elsewhere.invalid") is None
    assert tokens.forget(HERE)
    assert (tokens.token(BASE_URL), tokens.token(HERE)) == ("an-invented-token", None)


def test_only_its_owner_can_read_the_file(tokens):
    tokens.keep_in_file(BASE_URL, "an-invented-token")
    assert tokens.path.stat().st_mode & 0o777 == 0o600
    assert tokens.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_that_others_can_read_is_refused(tokens):
    tokens.keep_in_file(BASE_URL, "an-invented-token")
    tokens.path.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600") as raised:
        tokens.token(BASE_URL)
    assert "invented" not in str(raised.value)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": "b"}'])
def test_a_damaged_file_is_an_error_that_says_what_to_do(tokens, content):
    tokens.keep_in_file(BASE_URL, "an-invented-token")
    tokens.path.write_text(content)
    with pytest.raises(ConfigError, match=r"damaged: remove it, and give your token with \.login again"):
        tokens.token(BASE_URL)


def test_a_token_in_the_keyring_is_in_no_file(tokens, ring):
    assert tokens.keep_in_keyring(BASE_URL, "an-invented-token")
    assert "invented" not in tokens.path.read_text()
    assert json.loads(tokens.path.read_text()) == {BASE_URL: {"keyring": "yes"}}
    assert tokens.token(BASE_URL) == "an-invented-token"
    assert tokens.forget(BASE_URL)
    assert (ring.held, tokens.token(BASE_URL)) == ({}, None)


def test_a_keyring_is_not_asked_where_it_has_nothing(tokens, ring):
    ring.locked = True
    assert tokens.token(BASE_URL) is None


def test_a_keyring_that_does_not_take_the_token_is_told(tokens, ring):
    ring.locked = True
    assert not tokens.keep_in_keyring(BASE_URL, "an-invented-token")
    assert tokens.token(BASE_URL) is None


def test_a_keyring_that_does_not_give_the_token_is_an_error(tokens, ring):
    tokens.keep_in_keyring(BASE_URL, "an-invented-token")
    ring.locked = True
    with pytest.raises(ConfigError, match="it is locked"):
        tokens.token(BASE_URL)


def test_whether_there_is_a_token_is_known_without_asking_the_keyring(tmp_path, ring):
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert not has_token(environment, BASE_URL)
    Tokens(tokens_path(environment)).keep_in_keyring(BASE_URL, "an-invented-token")
    ring.locked = True
    assert has_token(environment, BASE_URL)
    assert not has_token(environment, HERE)
    assert has_token({**environment, "ASANA_ACCESS_TOKEN": "given"}, HERE)


def test_a_token_that_someone_removed_from_the_keyring_is_forgotten(tokens, ring):
    tokens.keep_in_keyring(BASE_URL, "an-invented-token")
    ring.held.clear()
    assert tokens.token(BASE_URL) is None
    assert tokens.forget(BASE_URL)


def test_what_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "asanaql").write_text("a file where a directory should be")
    with pytest.raises(ConfigError, match=r"tokens\.json: Not a directory"):
        Tokens(tmp_path / "asanaql" / "tokens.json").keep_in_file(BASE_URL, "an-invented-token")


def test_the_environment_comes_before_what_is_kept(tmp_path):
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    Tokens(tokens_path(environment)).keep_in_file(BASE_URL, "kept")
    assert token_for(environment, BASE_URL) == "kept"
    assert token_for({**environment, "ASANA_ACCESS_TOKEN": " given\n"}, BASE_URL) == "given"
    assert token_for({**environment, "ASANA_ACCESS_TOKEN": " "}, BASE_URL) == "kept"
    assert token_for(environment, HERE) is None


def test_the_address_is_asanas_unless_something_else_is_said():
    assert address({}, None) == BASE_URL
    assert address({"ASANA_BASE_URL": "http://localhost:1/"}, None) == "http://localhost:1"
    assert address({"ASANA_BASE_URL": "http://localhost:1/"}, HERE) == HERE
