"""A PostgreSQL server of the tests' own, on loopback, of Debian's package or whatever `initdb` is on the path."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c unix_socket_directories="


@contextmanager
def started():
    """A server that is gone with all its data at the end; None where its programs are not installed."""
    programs = _programs()
    if programs is None:
        yield None
        return
    server = Server(programs)
    try:
        server.start()
        yield server
    finally:
        server.remove()


class Server:
    """A cluster in a temporary directory, with a password and databases that are made for the asking."""

    password = "s3cret of Ümit"
    _user = "asanaql"

    def __init__(self, programs):
        self._programs = programs
        self._directory = Path(tempfile.mkdtemp(prefix="asanaql-postgresql-"))
        self._data = self._directory / "data"
        self._made = 0
        self._as = {}
        if os.geteuid() == 0:  # as which it refuses to run
            self._as = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self._directory, "postgres", "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]

    def start(self):
        secret = self._directory / "password"
        secret.write_text(self.password, encoding="utf-8")
        access = ("-U", self._user, "-A", "scram-sha-256", "--pwfile", secret)
        self._run("initdb", "-D", self._data, *access, "--no-sync", "-E", "UTF8", "--no-locale")
        there = f"-p {self._port} -c listen_addresses=127.0.0.1 {_FAST}"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", self._directory / "log", "-o", there)

    def remove(self):
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-m", "immediate", "-D", self._data)
        shutil.rmtree(self._directory)

    def address(self, database="postgres", password=password):
        return f"postgresql://{self._user}:{quote(password)}@127.0.0.1:{self._port}/{database}"

    def connect(self, database="postgres", **options):
        from adbc_driver_postgresql.dbapi import connect

        return connect(self.address(database), **options)

    def new_database(self):
        self._made += 1
        name = f"made_{self._made}"
        with self.connect(autocommit=True) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        return name

    def _run(self, program, *arguments):
        # A pipe would stay open in the server that pg_ctl leaves behind.
        said = self._directory / "said"
        with said.open("w", encoding="utf-8") as output:
            done = subprocess.run(
                [self._programs / program, *map(str, arguments)],
                check=False,
                cwd=self._directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **self._as,
            )
        assert done.returncode == 0, said.read_text(encoding="utf-8")


def _programs():
    """The directory of PostgreSQL's programs, of the newest version that Debian has here; None where there are none."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name))
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent, *places] if found else places
    return next(
        (place for place in reversed(places) if (place / "pg_ctl").exists() and (place / "initdb").exists()), None
    )
