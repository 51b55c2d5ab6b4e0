"""Tables in a schema of a PostgreSQL database, one for each relation; the schema is asana where the address has none.

Rows go through COPY into a temporary table and from there to their place. What is nested in DuckDB (lists, structs,
maps, JSON) is jsonb. PostgreSQL has no character of code zero, so texts are without it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

import pyarrow as pa

from asanaql.errors import ConfigError
from asanaql.statement.tagging import identifier
from asanaql.sync.targets.target import ROW, Change

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

_SCHEMA = "asana"
_STAGED, _GONE = "_asanaql_staged", "_asanaql_gone"
_JSON = "jsonb"
_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "DOUBLE": "double precision",
    "DATE": "date",
    "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
}


@contextmanager
def postgresql(address: str) -> Iterator[PostgreSQL]:
    """A schema of a database, made where there is none.

    ConfigError where the driver is missing, or where the database cannot be reached or written, or another run writes
    there. None of its messages has the password.
    """
    try:
        from adbc_driver_manager.dbapi import Error
        from adbc_driver_postgresql.dbapi import connect
    except ImportError as error:
        raise ConfigError("PostgreSQL needs a driver: pip install 'asanaql[postgresql]'.") from error
    place = Address(address)
    try:
        with closing(connect(place.database)) as connection:
            target = PostgreSQL(connection, place.schema)
            target.hold(place)
            yield target
    except Error as error:
        # Its cause could show what the message leaves out.
        raise ConfigError(f"{place} cannot be written: {place.unsaid(str(error)).strip()}.") from None


class Address:
    """An address of libpq's with a schema of ours; its text is without what is secret."""

    def __init__(self, address: str) -> None:
        base, _, query = address.partition("?")
        stated = parse_qsl(query, keep_blank_values=True)
        others = [(name, value) for name, value in stated if name != "schema"]
        self.schema = dict(stated).get("schema") or _SCHEMA
        self.database = f"{base}?{urlencode(others, quote_via=quote)}" if others else base
        scheme, _, place = base.partition("://")
        user, _, host = place.rpartition("@")
        self._shown = f"{scheme}://{host}"
        password = user.partition(":")[2]
        self._secret = sorted({password, unquote(password)} - {""}, key=len, reverse=True)

    def __str__(self) -> str:
        return self._shown

    def unsaid(self, message: str) -> str:
        """The message of the driver without what is secret."""
        for text in (self.database, *self._secret):
            message = message.replace(text, "…")
        return message


class PostgreSQL:
    """The tables in a schema of a database."""

    def __init__(self, connection: Connection, schema: str) -> None:
        self._connection = connection
        self._schema = schema

    def hold(self, place: Address) -> None:
        """Make the schema and take it for this run; ConfigError where another has it."""
        key = f"asanaql:{self._schema}"
        if self._rows("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", key) != [(True,)]:
            raise ConfigError(
                f"Another run of sync writes into the schema {self._schema} of {place}. Wait for that to end."
            )
        if not self._rows("SELECT 1 FROM pg_namespace WHERE nspname = $1", self._schema):
            self._run(f"CREATE SCHEMA {identifier(self._schema)}")
        self._connection.commit()

    def place(self, relation: str) -> str:
        return f"the table {self._schema}.{relation}"

    def type(self, name: str) -> str:
        return _TYPES.get(name, _JSON)

    def value(self, expression: str, name: str) -> str:
        if self.type(name) == _JSON:
            # A backslash before a backslash is kept, and so is no beginning of the character's escape.
            return rf"regexp_replace(CAST(to_json({expression}) AS VARCHAR), '(\\\\)|\\u0000', '\1', 'g')"
        return f"replace({expression}, chr(0), '')" if name == "VARCHAR" else expression

    def columns(self, relation: str) -> Mapping[str, str]:
        return dict(
            self._rows(
                "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute "
                "WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                self._name(relation),
            )
        )

    def digests(self, relation: str) -> pa.Table:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT {ROW} FROM {self._name(relation)}")
            return cursor.fetch_arrow_table()

    def write(self, change: Change) -> None:
        """Write all of it in one transaction."""
        table = self._name(change.relation)
        columns = [f"{identifier(name)} {type}" for name, type in change.columns.items()]
        self._run(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns)}, PRIMARY KEY ({ROW}))")
        for name in change.lacking:
            self._run(f"ALTER TABLE {table} ADD COLUMN {identifier(name)} {change.columns[name]}")
        if change.went:
            self._copy(_GONE, {ROW: "text"}, change.digests().to_reader())
            self._run(f"DELETE FROM {table} t USING pg_temp.{_GONE} g WHERE t.{ROW} = g.{ROW}")
        if change.came:
            self._copy(_STAGED, change.columns, change.rows())
            values = ", ".join(f"CAST({identifier(name)} AS {type})" for name, type in change.columns.items())
            self._run(f"INSERT INTO {table} ({change.names}) SELECT {values} FROM pg_temp.{_STAGED}")
        self._connection.commit()

    def _copy(self, name: str, columns: Mapping[str, str], rows: pa.RecordBatchReader) -> None:
        """Rows in a temporary table that ends with the transaction."""
        stated = (f"{identifier(each)} {'text' if type == _JSON else type}" for each, type in columns.items())
        self._run(f"CREATE TEMPORARY TABLE {name} ({', '.join(stated)}) ON COMMIT DROP")
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(name, rows, mode="append", temporary=True)

    def _name(self, relation: str) -> str:
        return f"{identifier(self._schema)}.{identifier(relation)}"

    def _run(self, statement: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement)

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return list(cursor.fetchall())
