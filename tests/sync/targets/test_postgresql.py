"""PostgreSQL: a relation's change is one transaction, and only rows that changed have another version."""

from __future__ import annotations

import sys

import pytest

from asanaql.errors import ConfigError
from asanaql.sync.targets.opening import opened


def test_rows_that_did_not_change_keep_their_version(postgresql, copy):
    copy.publish(postgresql.address)
    before = postgresql.state("tasks")
    copy.rename("4", "renamed")
    assert copy.publish(postgresql.address)["tasks"] == (0, 3, 0)
    kept = set(before) & set(postgresql.state("tasks"))
    assert (len(before), len(kept)) == (9, 6)


def test_columns_have_the_types_that_fit(postgresql, copy):
    copy.publish(postgresql.address)
    types = postgresql.table(
        "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = 'asana.tasks'::regclass AND attnum > 0 ORDER BY attnum"
    )
    assert dict(zip(*types.to_pydict().values(), strict=True)) == {
        "gid": "text",
        "project_gid": "text",
        "name": "text",
        "completed": "boolean",
        "likes": "bigint",
        "share": "double precision",
        "due_on": "date",
        "modified_at": "timestamp with time zone",
        "tags": "jsonb",
        "custom_fields": "jsonb",
        "order": "jsonb",
        "shapeless": "jsonb",
        "_synced_at": "timestamp with time zone",
        "_row": "text",
    }


def test_what_is_nested_can_be_asked(postgresql, copy):
    copy.publish(postgresql.address)
    asked = "SELECT custom_fields -> 0 -> 'options' -> 0 ->> 'gid' AS gid FROM asana.tasks WHERE tags ? 'a'"
    assert postgresql.table(asked).to_pylist() == [{"gid": "8"}]


def test_a_character_of_code_zero_is_left_out(postgresql, copy):
    copy.run(
        "INSERT INTO nothing (gid, name, tags, shapeless) VALUES "
        "('1', 'a' || chr(0) || 'b', [chr(0), 'c' || chr(0) || chr(0) || '\\' || chr(0), '\\u0000'], '\"\\u0000d\"')"
    )
    copy.publish(postgresql.address)
    [row] = postgresql.table("SELECT name, tags::text, shapeless::text FROM asana.nothing").to_pylist()
    assert row == {"name": "ab", "tags": r'["", "c\\", "\\u0000"]', "shapeless": '"d"'}
    assert copy.publish(postgresql.address)["nothing"] == (0, 0, 0)


def test_a_run_that_is_ended_leaves_relations_whole_and_the_next_goes_on(postgresql, copy):
    copy.publish(postgresql.address)
    before = postgresql.state("users")
    postgresql.run(
        "CREATE FUNCTION asana.die() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;"
    )
    postgresql.run("CREATE TRIGGER dies BEFORE INSERT ON asana.users EXECUTE FUNCTION asana.die()")
    copy.rename("1", "renamed")
    copy.run("ALTER TABLE users ADD COLUMN notes VARCHAR; UPDATE users SET notes = gid")
    with pytest.raises(ConfigError, match="terminating connection"):
        copy.publish(postgresql.address)
    assert postgresql.apart(copy, "tasks") == []
    assert postgresql.state("users") == before
    assert "notes" not in postgresql.rows("users").column_names
    postgresql.run("DROP TRIGGER dies ON asana.users")
    assert copy.publish(postgresql.address) == {"tasks": (0, 0, 0), "users": (0, 8, 0), "nothing": (0, 0, 0)}
    assert postgresql.apart(copy, "users") == []


def test_two_runs_into_one_schema_exclude_each_other(postgresql, copy):
    with opened(postgresql.address, copy.duck):
        with pytest.raises(ConfigError, match=r"Another run of sync writes into the schema asana of postgresql://127"):
            copy.publish(postgresql.address)
        assert copy.publish(f"{postgresql.address}?schema=other", "users") == {"users": (9, 0, 0)}
    assert copy.publish(postgresql.address, "users") == {"users": (9, 0, 0)}


def test_the_schema_of_the_address_is_made_and_written(postgresql, copy):
    copy.publish(f"{postgresql.address}?application_name=tests&schema=Team%20%22A%22")
    assert postgresql.table('SELECT count(*) AS rows FROM "Team ""A""".tasks').to_pylist() == [{"rows": 9}]


@pytest.mark.parametrize(
    ("password", "more", "said"),
    [
        ("wrong of Ümit", "", "password authentication failed"),
        ("wrong of Ümit", "?nonsense=1", "invalid URI query parameter"),
        ("s3cret of Ümit", "?password=wrong%20of%20%C3%9Cmit", "password authentication failed"),
        ("wr%ong of Ümit", "", "password authentication failed"),
    ],
)
def test_no_message_has_the_password(server, copy, password, more, said):
    with pytest.raises(ConfigError, match=said) as caught:
        copy.publish(server.address(password=password) + more)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    for text in ("wrong", "wr%", "ong of", "s3cret", "Ümit", "%C3%9Cmit"):
        assert text not in str(caught.value)


def test_a_password_that_is_not_written_as_an_address_wants_it_shows_neither(copy):
    with pytest.raises(ConfigError, match="invalid percent-encoded token") as caught:
        copy.publish("postgresql://ana:s3%cret@127.0.0.1:1/work")
    assert "cret" not in str(caught.value)


def test_a_server_that_is_not_there_is_told(copy):
    with pytest.raises(ConfigError, match=r"postgresql://127\.0\.0\.1:1/work cannot be written: .*refused"):
        copy.publish("postgresql://127.0.0.1:1/work")


def test_a_database_in_which_one_may_not_write_is_told(postgresql, server, copy):
    postgresql.run("CREATE ROLE reader LOGIN PASSWORD 'reads'")
    address = postgresql.address.replace("asanaql:", "reader:").replace(
        postgresql.address.split(":")[2].split("@")[0], "reads"
    )
    with pytest.raises(ConfigError, match="permission denied for database"):
        copy.publish(address)


def test_a_driver_that_is_missing_is_told(copy, monkeypatch):
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql.dbapi", None)
    with pytest.raises(ConfigError, match=r"pip install 'asanaql\[postgresql\]'"):
        copy.publish("postgresql://127.0.0.1:1/work")
