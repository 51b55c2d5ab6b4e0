"""Three ways to keep a copy of all tasks: asanaql, dlt's rest_api source, and tap-asana with what a target does.

Each is a Tool: `run` brings its copy up to date and gives how many rows of tasks were handed over, and in how many
seconds, without imports and starting; `tasks` is what the copy holds then.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import duckdb

import asanaql

TOKEN = "benchmark"
BEGINNING = "1970-01-01T00:00:00.000Z"
FIELDS = "name,completed,due_on,modified_at,assignee,memberships.project,memberships.section"


class Task(NamedTuple):
    """What is compared of a task: `places` are the gids of its projects and sections."""

    name: str | None
    completed: bool | None
    due_on: str | None
    assignee: str | None
    places: frozenset[tuple[str | None, str | None]]


class Tool(Protocol):
    """One way to keep a copy."""

    name: str

    def run(self) -> tuple[int, float]: ...

    def tasks(self) -> dict[str, Task]: ...


class Asanaql:
    """`asanaql sync work.duckdb --tables tasks`: rows that were written or deleted."""

    name = "asanaql"

    def __init__(self, base_url: str, place: Path) -> None:
        self._base_url = base_url
        self._file = place / "work.duckdb"

    def run(self) -> tuple[int, float]:
        started = time.perf_counter()
        with asanaql.connect(TOKEN, base_url=self._base_url, cache=False, max_requests=None) as connection:
            report = connection.sync(self._file, ["tasks"], allow_deletes=True)
        [tasks] = [each for each in report.copied if each.relation == "tasks"]
        return tasks.added + tasks.changed + tasks.deleted, time.perf_counter() - started

    def tasks(self) -> dict[str, Task]:
        query = """
            SELECT gid, any_value(name), any_value(completed), any_value(due_on)::VARCHAR, any_value(assignee_gid),
                list({p: project_gid, s: section_gid})
            FROM tasks GROUP BY gid
        """
        with duckdb.connect(self._file, read_only=True) as duck:
            rows = duck.execute(query).fetchall()
        return {gid: Task(*rest, frozenset((each["p"], each["s"]) for each in places)) for gid, *rest, places in rows}


class RestApi:
    """dlt's rest_api source as its documentation has it: a child resource, with a cursor, merged by its key."""

    name = "dlt, rest_api"

    def __init__(self, base_url: str, place: Path) -> None:
        os.environ |= {"RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
        os.environ |= {"DLT_PROJECT_DIR": str(place), "DLT_DATA_DIR": str(place)}
        self._base_url = base_url
        self._place = place
        self._file = place / "dlt.duckdb"

    def run(self) -> tuple[int, float]:
        import dlt
        from dlt.sources.rest_api import rest_api_source

        started = time.perf_counter()
        pipeline = dlt.pipeline(
            "asana_rest",
            pipelines_dir=str(self._place / "pipelines"),
            destination=dlt.destinations.duckdb(str(self._file)),
            dataset_name="asana",
        )
        pipeline.run(rest_api_source(self._configuration()))
        rows = pipeline.last_trace.last_normalize_info.row_counts.get("tasks", 0)
        return rows, time.perf_counter() - started

    def _configuration(self) -> Any:
        cursor = {"cursor_path": "modified_at", "initial_value": BEGINNING}
        asked = {"project": "{resources.projects.gid}", "modified_since": "{incremental.start_value}"}
        return {
            "client": {
                "base_url": self._base_url,
                "auth": {"type": "bearer", "token": TOKEN},
                "paginator": {"type": "json_link", "next_url_path": "next_page.uri"},
            },
            "resource_defaults": {
                "primary_key": "gid",
                "write_disposition": "merge",
                "endpoint": {"params": {"limit": 100}, "data_selector": "data"},
            },
            "resources": [
                {"name": "workspaces", "endpoint": {"path": "workspaces"}},
                {
                    "name": "projects",
                    "endpoint": {"path": "projects", "params": {"workspace": "{resources.workspaces.gid}"}},
                },
                {
                    "name": "tasks",
                    "endpoint": {"path": "tasks", "params": {**asked, "opt_fields": FIELDS}, "incremental": cursor},
                },
            ],
        }

    def tasks(self) -> dict[str, Task]:
        query = """
            SELECT gid, any_value(t.name), any_value(completed), any_value(due_on)::VARCHAR, any_value(assignee__gid),
                list({p: m.project__gid, s: m.section__gid})
            FROM asana.tasks t JOIN asana.tasks__memberships m ON m._dlt_parent_id = t._dlt_id GROUP BY gid
        """
        with duckdb.connect(self._file, read_only=True) as duck:
            rows = duck.execute(query).fetchall()
        return {gid: Task(*rest, frozenset((each["p"], each["s"]) for each in places)) for gid, *rest, places in rows}


#: tap-asana knows one address of Asana, and how to get a token there: it is told another of both.
LAUNCH = """
import sys, time
import asana, tap_asana, tap_asana.asana
elsewhere = asana.Configuration()
elsewhere.host = sys.argv.pop(1)
asana.Configuration.set_default(elsewhere)
tap_asana.asana.Asana.refresh_access_token = lambda self: "benchmark"
started = time.perf_counter()
tap_asana.main()
sys.stderr.write(f"{time.perf_counter() - started}\\n")
"""


class TapAsana:
    """tap-asana from PyPI, its stream of tasks; the copy is what a target merges by the key."""

    name = "tap-asana"

    def __init__(self, base_url: str, place: Path) -> None:
        self._base_url = base_url
        self._place = place
        self._state: Path | None = None
        self._kept: dict[str, dict[str, Any]] = {}
        environment = place / "tap"
        venv.create(environment, with_pip=True)
        self._python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        self._call("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "tap-asana")
        (place / "launch.py").write_text(LAUNCH)
        credentials = dict.fromkeys(("client_id", "client_secret", "redirect_uri", "refresh_token"), TOKEN)
        (place / "config.json").write_text(json.dumps({**credentials, "start_date": BEGINNING}))
        (place / "catalog.json").write_text(json.dumps(self._catalog()))

    def run(self) -> tuple[int, float]:
        state = [] if self._state is None else ["--state", str(self._state)]
        done = self._tap("--catalog", str(self._place / "catalog.json"), *state)
        messages = [json.loads(line) for line in done.stdout.splitlines()]
        records = [each["record"] for each in messages if each["type"] == "RECORD"]
        self._kept |= {record["gid"]: record for record in records}
        states = [each["value"] for each in messages if each["type"] == "STATE"]
        self._state = self._place / "state.json"
        self._state.write_text(json.dumps(states[-1]))
        return len(records), float(done.stderr.splitlines()[-1])

    def tasks(self) -> dict[str, Task]:
        return {gid: self._task(record) for gid, record in self._kept.items()}

    def _task(self, record: dict[str, Any]) -> Task:
        places = frozenset((each["project"]["gid"], each["section"]["gid"]) for each in record["memberships"])
        due_on = record["due_on"] and record["due_on"][:10]
        return Task(record["name"], record["completed"], due_on, (record["assignee"] or {}).get("gid"), places)

    def _catalog(self) -> Any:
        catalog = json.loads(self._tap("--discover").stdout)
        for stream in catalog["streams"]:
            for each in stream["metadata"]:
                each["metadata"]["selected"] = stream["stream"] == "tasks"
        return catalog

    def _tap(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        config = str(self._place / "config.json")
        return self._call(str(self._place / "launch.py"), self._base_url, "--config", config, *arguments)

    def _call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([self._python, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{self.name}: {done.stderr}")
        return done
