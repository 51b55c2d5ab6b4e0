"""What a run of sync is asked for, on the command line and in a file; what means nothing is told, and no token is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from asanaql.cli.options import read_options
from asanaql.cli.sync_settings import SyncSettings, settings
from asanaql.errors import ConfigError

SECRET = "2/1200/4711:abcdef"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def read(*arguments):
    """The settings of a command line, options of the program before those of sync."""
    return settings(read_options(arguments if "sync" in arguments else ["sync", *arguments]))


def written(text, name="asanaql.toml"):
    Path(name).write_text(text, encoding="utf-8")


def told(*arguments):
    """What is said of a command line that means nothing."""
    with pytest.raises(ConfigError) as raised:
        found = read(*arguments)
        _ = found.account, found.time
    message = str(raised.value)
    assert SECRET not in message
    assert raised.value.exit_code == 2
    return message


EVERYTHING = """
[sync]
target = "work.duckdb"
source = "asana://1200?access_token=invented"
workspace = "Nimbus"
copy = "copy.duckdb"
tables = ["tasks", "users"]
projects = ["Launch", "1201"]
since = "365d"
full = true
keep_deleted = true
allow_deletes = true
"""


def test_a_file_in_the_working_directory_is_read():
    written(EVERYTHING)
    assert read() == SyncSettings(
        target="work.duckdb",
        source="asana://1200?access_token=invented",
        workspace="Nimbus",
        copy="copy.duckdb",
        tables=["tasks", "users"],
        projects=["Launch", "1201"],
        since="365d",
        full=True,
        keep_deleted=True,
        allow_deletes=True,
    )


def test_a_command_line_can_say_all_of_it_too():
    found = read(
        *["sync", "work.duckdb", "--source", "asana://1200", "--workspace", "Nimbus", "--copy", "copy.duckdb"],
        *["--tables", "tasks, users,", "--projects", "Launch,1201", "--since", "4w"],
        *["--full", "--keep-deleted", "--allow-deletes"],
    )
    assert found == SyncSettings(
        target="work.duckdb",
        source="asana://1200",
        workspace="Nimbus",
        copy="copy.duckdb",
        tables=["tasks", "users"],
        projects=["Launch", "1201"],
        since="4w",
        full=True,
        keep_deleted=True,
        allow_deletes=True,
    )


def test_the_file_that_is_named_is_read_in_place_of_the_one_that_is_here():
    written('sync.target = "here.duckdb"')
    written('sync.target = "there.duckdb"', "there.toml")
    assert read("--config", "there.toml").target == "there.duckdb"


def test_the_command_line_goes_before_the_file():
    written(EVERYTHING)
    found = read("other.duckdb", "--tables", "goals", "--since", "12h")
    assert (found.target, found.tables, found.time) == ("other.duckdb", ["goals"], dt.timedelta(hours=12))
    assert found.projects == ["Launch", "1201"]


def test_what_nobody_says_is_nothing():
    assert read("work.duckdb") == SyncSettings(target="work.duckdb")
    assert read("work.duckdb").time is None
    assert read("work.duckdb").account == (None, None)


def test_no_target_at_all_is_told_with_how_to_say_it():
    expected = 'Say where the copy is: asanaql sync work.duckdb, or target = "work.duckdb" in asanaql.toml.'
    assert told() == expected
    assert told("") == expected
    written("[sync]")
    assert told() == expected
    written("")
    assert told() == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[sync]\ntabels = ["tasks"]', "asanaql.toml says tabels, which means nothing. Did you mean tables?"),
        ("[sync]\nxyz = 1", "asanaql.toml says xyz, which means nothing. It can say target, source, workspace, copy, "),
        ('[snyc]\ntarget = "x"', "asanaql.toml has a section snyc, which means nothing. Did you mean sync?"),
        ('target = "x"', "asanaql.toml has a section target, which means nothing. It can say sync."),
        ("sync = 1", "asanaql.toml: sync is a section. Write [sync], and the settings below it."),
        ("[sync", "asanaql.toml is no TOML: "),
        ('[sync]\ntables = "tasks"', "asanaql.toml: tables is a text. It has to be a list of names."),
        ("[sync]\ntables = []", "asanaql.toml: tables is a list. It has to be a list of names."),
        ("[sync]\nprojects = [1201]", "asanaql.toml: projects is a list. It has to be a list of names."),
        ("[sync]\nsince = 365", "asanaql.toml: since is a number. It has to be a text that is not empty."),
        ("[sync]\nsince = 2026-01-01", "asanaql.toml: since is a time. It has to be a text that is not empty."),
        ('[sync]\ntarget = ""', "asanaql.toml: target is a text. It has to be a text that is not empty."),
        ('[sync]\nfull = "yes"', "asanaql.toml: full is a text. It has to be true or false."),
        (f'[sync]\nsource = ["asana://1?access_token={SECRET}"]', "asanaql.toml: source is a list."),
    ],
)
def test_a_file_that_means_nothing_is_told(text, message):
    written(text)
    assert told("work.duckdb").startswith(message)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    assert told("--config", "none.toml") == "none.toml cannot be read: No such file or directory."
    assert told("--config", str(tmp_path)).endswith("cannot be read: Is a directory.")
    (tmp_path / "asanaql.toml").write_bytes(b'[sync]\ntarget = "\xff"')
    assert told().startswith("asanaql.toml is no TOML: ")


@pytest.mark.parametrize("option", ["tables", "projects"])
def test_a_list_of_no_names_is_told_and_not_taken_for_all_or_nothing(option):
    assert told("work.duckdb", f"--{option}", " , ") == f"--{option} names nothing. Leave it out for all {option}."


@pytest.mark.parametrize(
    ("since", "time"),
    [
        ("365d", dt.timedelta(days=365)),
        ("12h", dt.timedelta(hours=12)),
        ("4w", dt.timedelta(weeks=4)),
        (" 2 weeks ", dt.timedelta(weeks=2)),
    ],
)
def test_a_time_is_read(since, time):
    assert read("work.duckdb", "--since", since).time == time


@pytest.mark.parametrize("since", ["365", "d", "last week", "1.5d", "6 months", "", "2026-01-01"])
def test_what_is_no_time_is_told(since):
    assert f"{since!r} is no length of time. Write " in told("work.duckdb", "--since", since)


@pytest.mark.parametrize("since", ["36526d", "99999999999w"])
def test_a_time_in_which_there_was_no_asana_is_told(since):
    assert told("work.duckdb", "--since", since).startswith(f"{since!r} is longer than a hundred years.")


@pytest.mark.parametrize(
    ("source", "account"),
    [
        (f"asana://1200?access_token={SECRET}", ("1200", SECRET)),
        ("ASANA://1200?access_token=a%2Fb+c", ("1200", "a/b+c")),
        (f"asana:///1200/?access_token={SECRET}", ("1200", SECRET)),
        ("asana://Nimbus%20Works", ("Nimbus Works", None)),
        ("asana://1200", ("1200", None)),
        (f"asana://?access_token={SECRET}", (None, SECRET)),
    ],
)
def test_a_source_says_the_workspace_and_the_token(source, account):
    assert read("work.duckdb", "--source", source).account == account


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (f"postgres://1200?access_token={SECRET}", "The source is no address of Asana."),
        (SECRET, "The source is no address of Asana."),
        (f"asana://[1200?access_token={SECRET}", "The source is no address."),
        (f"asana://1200?acces_token={SECRET}", "The source says more than a workspace and an access_token."),
        (f"asana://1200?{SECRET}", "The source says more than a workspace and an access_token."),
        (f"asana://1200?access_token={SECRET}&limit=5", "The source says more than a workspace and an access_token."),
        (f"asana://1200?access_token=a&access_token={SECRET}", "The source says more than a workspace and an"),
        (f"asana://{SECRET}", "The source says more than a workspace and an access_token."),
        (f"asana://me:{SECRET}@1200", "The source says more than a workspace and an access_token."),
        (f"asana://1200?access_token={SECRET}#more", "The source says more than a workspace and an access_token."),
        ("asana://1200?access_token=", "The source says access_token, and nothing after it."),
    ],
)
def test_a_source_that_cannot_be_read_is_told_and_not_repeated(source, message):
    said = told("work.duckdb", "--source", source)
    assert said.startswith(message)
    assert said.endswith("Write asana://WORKSPACE_GID?access_token=TOKEN.")


@pytest.mark.parametrize(
    ("arguments", "account"),
    [
        ([], ("Nimbus", "invented")),
        (["--workspace", "Other"], ("Other", "invented")),
        (["--source", "asana://1300"], ("1300", None)),
        (["--source", "asana://?access_token=mine"], ("Nimbus", "mine")),
        (["--source", "asana://1300", "--workspace", "Other"], ("Other", None)),
    ],
)
def test_the_workspace_of_a_command_line_goes_before_that_of_a_file(arguments, account):
    written(EVERYTHING)
    assert read(*arguments).account == account


def test_the_workspace_may_stand_before_sync_and_after_it():
    assert read("--workspace", "Nimbus", "sync", "work.duckdb").workspace == "Nimbus"
    assert read("sync", "work.duckdb", "--workspace", "Nimbus").workspace == "Nimbus"


@pytest.mark.parametrize("arguments", [["sync", "work.duckdb"], []])
def test_a_token_in_the_wrong_place_is_not_repeated(run, arguments):
    ended = run(*arguments, f"asana://1200?access_token={SECRET}")
    assert ended.code == 2
    assert SECRET not in ended.err
    assert "asana://1200?access_token=…" in ended.err


def test_the_token_of_a_source_is_the_one_that_is_sent_and_is_never_told(run, service, server, monkeypatch):
    monkeypatch.setenv("ASANA_ACCESS_TOKEN", "wrong")
    workspace = service.world.workspace["gid"]
    arguments = ["--base-url", server, "sync", "work.duckdb", "--tables", "users", "--source"]
    ended = run(*arguments, f"asana://{workspace}?access_token={SECRET}")
    assert (ended.code, SECRET in ended.out + ended.err) == (0, False)
    ended = run(*arguments, f"asana://{workspace}?access_token=wrong-{SECRET}")
    assert (ended.code, SECRET in ended.out + ended.err) == (3, False)
    assert ended.err.startswith("error: Asana answered 401")


def test_without_a_token_it_is_said_how_to_give_one(run, server):
    ended = run("--base-url", server, "sync", "work.duckdb", "--source", "asana://1200")
    assert ended.code == 2
    assert ended.err.startswith("error: There is no Asana token")


def test_a_workspace_that_is_none_is_told(demo):
    ended = demo("sync", "work.duckdb", "--source", "asana://4711")
    assert (ended.code, ended.out) == (3, "")
    assert "4711" in ended.err
    ended = demo("sync", "work.duckdb", "--source", "asana://Nimbus%20Works%20West")
    assert (ended.code, ended.out) == (2, "")
    assert "Nimbus Works West" in ended.err
