"""The commands that change whom Asana is asked for."""

from __future__ import annotations

import io
import os

import pytest

from asanaql.demo import Service, build, serve
from asanaql.errors import ApiError, AuthError, ConfigError, QueryError
from asanaql.shell.commands import run_command
from asanaql.shell.opening import Wishes
from asanaql.shell.preferences import Preferences
from asanaql.shell.screen import Screen
from asanaql.shell.sitting import Sitting
from asanaql.tokens import Tokens, tokens_path


@pytest.fixture(scope="module")
def service():
    return Service(build())


@pytest.fixture(scope="module")
def url(service):
    with serve(service) as url:
        yield url


class Answering(Screen):
    """A screen in front of somebody who types this token unseen, and gives these answers."""

    def __init__(self, token="", *answers):
        self.written = io.StringIO()
        self.asked = []
        self._answers = list(answers)
        super().__init__(self.written, self.written, hidden=lambda question: token)

    def agrees(self, question):
        self.asked.append(question)
        return self._answers.pop(0) if self._answers else False


@pytest.fixture
def sitting_of(url, tmp_path, monkeypatch):
    """Makes sittings without a token that keep everything in one place."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("ASANA_ACCESS_TOKEN", raising=False)
    made = []

    def make(*typed, **wishes):
        made.append(Sitting(Wishes(**{"base_url": url, **wishes}), Answering(*typed), Preferences(mode="csv")))
        return made[-1]

    yield make
    for each in made:
        each.close()


def kept(url):
    return Tokens(tokens_path(os.environ)).token(url)


def test_a_token_is_checked_with_one_request_and_kept_in_the_keyring(sitting_of, service, url, ring):
    sitting = sitting_of("right-token")
    service.log.clear()
    run_command(".login", sitting)
    assert [path for _, path, _ in service.log] == ["/users/me"]
    assert sitting.screen.written.getvalue() == (
        "Asana knows this token as Ines Okafor (ines.okafor@example.com).\n"
        "It is kept in the system's keyring; .logout removes it.\n"
    )
    assert (list(ring.held.values()), kept(url)) == (["right-token"], "right-token")
    sitting.run("SELECT count(*) AS n FROM projects;")
    assert "n\n15\n" in sitting.screen.written.getvalue()


def test_without_a_keyring_a_file_is_offered(sitting_of, url):
    sitting = sitting_of("right-token", True)
    run_command(".login", sitting)
    [question] = sitting.screen.asked
    assert question == f"There is no keyring here. Keep it in {tokens_path(os.environ)}, which only you can read?"
    assert kept(url) == "right-token"


def test_what_nobody_agrees_to_keep_is_used_until_the_end(sitting_of, url):
    sitting = sitting_of("right-token", False)
    run_command(".login", sitting)
    assert "It is not kept, and used until you leave.\n" in sitting.screen.written.getvalue()
    assert kept(url) is None
    sitting.run("SELECT count(*) AS n FROM projects;")
    assert "n\n15\n" in sitting.screen.written.getvalue()


def test_a_wrong_token_changes_nothing(sitting_of, url, ring):
    sitting = sitting_of("wrong-token", demo=True)
    before = sitting.connection
    with pytest.raises(ApiError, match=r"401 .* Nothing has changed\.") as raised:
        run_command(".login", sitting)
    assert "wrong-token" not in str(raised.value)
    assert (kept(url), ring.held, sitting.connection) == (None, {}, before)


def test_no_token_changes_nothing(sitting_of, url):
    sitting = sitting_of("")
    run_command(".login", sitting)
    assert sitting.screen.written.getvalue() == "No token was given; nothing has changed.\n"


def test_a_token_on_the_line_is_refused(sitting_of):
    with pytest.raises(QueryError, match=r"Write \.login alone"):
        run_command(".login right-token", sitting_of("right-token"))


def test_the_environments_token_is_said_to_go_first(sitting_of, monkeypatch, ring):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "another")
    sitting = sitting_of("right-token")
    run_command(".login", sitting)
    run_command(".logout", sitting)
    assert sitting.screen.written.getvalue().count("ASANA_ACCESS_TOKEN is set") == 2


def test_logging_out_forgets_the_token_and_what_it_saw(sitting_of, service, url, ring):
    sitting = sitting_of("right-token")
    run_command(".login", sitting)
    sitting.run("SELECT count(*) FROM sections WHERE project_name = 'Single task';")
    run_command(".logout", sitting)
    assert (kept(url), ring.held) == (None, {})
    with pytest.raises(ConfigError, match="There is no Asana token yet"):
        sitting.run("SELECT 1;")
    run_command(".login", sitting)
    service.log.clear()
    sitting.run("SELECT count(*) FROM sections WHERE project_name = 'Single task';")
    assert [path for _, path, _ in service.log][:2] == ["/workspaces", "/projects"]


def test_logging_out_without_a_token_says_so(sitting_of):
    sitting = sitting_of("")
    run_command(".logout", sitting)
    assert sitting.screen.written.getvalue() == "No token was kept; it is not used any longer.\n"


def test_the_demo_needs_no_token_and_files_stay_open(sitting_of, tmp_path):
    sitting = sitting_of("right-token", False)
    run_command(".login", sitting)
    run_command(f".open {tmp_path}/work.duckdb", sitting)
    sitting.run("CREATE TABLE mine AS SELECT 42 AS answer;")
    run_command(".demo", sitting)
    sitting.run("SELECT answer, (SELECT count(*) FROM projects) AS n FROM mine;")
    assert "answer,n\n42,15\n" in sitting.screen.written.getvalue()


def test_a_kept_token_is_used_by_the_next_sitting_and_by_programs(sitting_of, url, ring):
    import asanaql

    run_command(".login", sitting_of("right-token"))
    assert sitting_of("").wishes.possible
    with asanaql.connect(base_url=url, cache=False) as connection:
        assert connection.person().name == "Ines Okafor"


def test_a_kept_token_that_asana_no_longer_takes_is_an_error(sitting_of, url, ring):
    Tokens(tokens_path(os.environ)).keep_in_keyring(url, "wrong-by-now")
    with pytest.raises(AuthError):
        sitting_of("").run("FROM projects;")


def test_a_token_that_cannot_be_kept_is_used_all_the_same(sitting_of, tmp_path):
    (tmp_path / "config").write_text("no directory")
    sitting = sitting_of("right-token", True)
    with pytest.raises(ConfigError, match=r"Cannot (read|write) .*tokens\.json"):
        run_command(".login", sitting)
    sitting.run("SELECT count(*) AS n FROM projects;")
    assert "n\n15\n" in sitting.screen.written.getvalue()


def test_logging_out_removes_the_token_where_the_cache_cannot_be_changed(sitting_of, url, tmp_path):
    (tmp_path / "cache").write_text("no directory")
    sitting = sitting_of("right-token", True)
    run_command(".login", sitting)
    with pytest.raises(QueryError, match="The cache cannot be changed"):
        run_command(".logout", sitting)
    assert kept(url) is None
    with pytest.raises(ConfigError, match="There is no Asana token yet"):
        sitting.run("SELECT 1;")
