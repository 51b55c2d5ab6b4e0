"""Generated statements on search_tasks against all tasks of the workspace, row for row.

What is expected comes from the World's records and not from a search. Statements have predicates of every kind,
arguments of the function, and orders with a limit; they run at an Asana whose bounds leave out what they name, at one
whose bounds do not, and with pushdown and planning off.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

import duckdb
import pytest

from asanaql.catalog import CATALOG
from asanaql.demo import DemoTransport
from asanaql.demo.fields import chosen, tree_of
from asanaql.scan.notes import Notes
from asanaql.scan.rows import batch

from .asanas import SORTED, Including

TABLE = CATALOG["search_tasks"]
#: Statements for each way to run them.
MANY, FEW = 200, 40
MILLISECOND = dt.timedelta(milliseconds=1)
USERS = ("assignee_gid", "created_by_gid", "assigned_by_gid")
DAYS, MOMENTS = ("due_on", "start_on"), ("due_at", "created_at", "completed_at", "modified_at")
SHOWN = ("gid", "name", *USERS, "resource_subtype", "completed", *DAYS, *MOMENTS, "num_likes", "parent_gid")


@dataclass
class Written:
    """A statement with {r} for the relation: what it is called with, and the condition that this stands for."""

    text: str
    arguments: list[str] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)
    ordered: bool = False

    @property
    def asked(self):
        called = f"asana_search_tasks({', '.join(self.arguments)})" if self.arguments else "search_tasks"
        return self.text.format(r=called)

    @property
    def expected(self):
        return self.text.format(r=f"(FROM whole WHERE {' AND '.join(self.meant)})" if self.meant else "whole")


class Ground:
    """Connections to one workspace, and a DuckDB that holds all of its tasks, made from the World's records."""

    def __init__(self, asana):
        self.asana = asana
        self.ways = {
            "excluding": asana.open(cache=False),
            "including": asana.open(cache=False, transport=DemoTransport(Including(asana.world))),
            "unpushed": asana.open(cache=False, push=False, plan=False),
            "unplanned": asana.open(cache=False, plan=False),
        }
        fields = ",".join(sorted({name for column in TABLE.visible for name in column.fields}))
        rows = [chosen(task, tree_of(fields)) for task in asana.world.tasks]
        whole = batch(TABLE, TABLE.visible, rows, {}, Notes())
        self.oracle = duckdb.connect()
        self.oracle.from_arrow(whole).create("whole")
        self.values = {name: [v for v in whole.column(name).to_pylist() if v is not None] for name in SHOWN}

    def differs(self, way, written):
        """How the rows differ; empty when they do not. And whether there are any."""
        found = self.ways[way].sql(written.asked).fetchall()
        expected = self.oracle.execute(written.expected).fetchall()
        same = found == expected if written.ordered else Counter(map(repr, found)) == Counter(map(repr, expected))
        return "" if same else f"{way}: {written.asked}\n  {found[:3]}\n  {expected[:3]}", bool(expected)


class Writer:
    """Writes statements from the values that there are, the same for the same seed."""

    def __init__(self, ground, seed):
        self.dice = random.Random(seed)
        self.ground = ground
        self.world = ground.asana.world

    def statement(self):
        terms = [self.term() for _ in range(self.dice.choice((0, 1, 1, 2, 2, 3)))]
        where = " AND ".join(f"({term})" for term in terms) or "TRUE"
        if self.dice.random() < 0.35:
            column, direction = self.dice.choice(("created_at", "modified_at")), self.dice.choice(("", "ASC", "DESC"))
            then = self.dice.choice(("gid", "name, gid", "due_on DESC NULLS LAST, gid", "num_likes, gid"))
            limit = self.dice.choice(("1", "5", "20", "60", "99", "150", "5 OFFSET 20", "3 OFFSET 96"))
            shown = self.dice.choice(("gid", f"gid, {column}", f"name, {column}, gid", "*"))
            text = f"SELECT {shown} FROM {{r}} WHERE {where} ORDER BY {column} {direction}, {then} LIMIT {limit}"
            written = Written(text, ordered=True)
        else:
            shown = ", ".join(self.dice.sample(SHOWN, self.dice.randint(1, 4)))
            written = Written(
                self.dice.choice(
                    (
                        f"SELECT {shown} FROM {{r}} WHERE {where}",
                        f"SELECT count(*), count(DISTINCT gid), max(modified_at) FROM {{r}} WHERE {where}",
                        f"SELECT assignee_gid, count(*) FROM {{r}} WHERE {where} GROUP BY ALL",
                        f"SELECT {shown} FROM (SELECT * FROM {{r}}) s WHERE {where}",
                    )
                )
            )
        for _ in range(self.dice.choice((0, 0, 1, 1, 2))):
            said, meant = self.argument()
            if not any(each.split()[0] == said.split()[0] for each in written.arguments):
                written.arguments.append(said)
                written.meant.append(f"({meant})")
        return written

    def value(self, name):
        return self.dice.choice(self.ground.values[name])

    def term(self):
        return self.dice.choice(
            (self.of_user, self.of_day, self.of_day, self.of_moment, self.of_moment, self.of_rest)
        )()

    def of_user(self):
        name = self.dice.choice(USERS)
        one, two = self.value(name), self.value(name)
        return self.dice.choice(
            (
                f"{name} = '{one}'",
                f"{name} IN ('{one}', '{two}')",
                f"{name} <> '{one}'",
                f"{name} NOT IN ('{one}', '{two}')",
                f"{name} IS NULL",
                f"{name} = '{one}' OR {name} IS NULL",
                f"{name} IS DISTINCT FROM '{one}'",
                f"{name} <> '{one}' AND {name} <> '{two}'",
                f"{name} = '990099'",
            )
        )

    def of_day(self):
        name = self.dice.choice(DAYS)
        one, two = sorted(f"DATE '{self.value(name)}'" for _ in range(2))
        return self.dice.choice(
            (
                f"{name} = {one}",
                f"{name} {self.dice.choice(('<', '<=', '>', '>='))} {one}",
                f"{name} BETWEEN {one} AND {two}",
                f"{name} > {one} AND {name} < {two}",
                f"{name} IS NULL",
                f"{name} IS NOT NULL",
                f"{name} IN ({one}, {two})",
                f"{name} <> {one}",
                f"{name} IS NULL AND {name} IS NOT DISTINCT FROM NULL",
            )
        )

    def of_moment(self):
        name = self.dice.choice(MOMENTS)
        one, two = sorted(
            f"TIMESTAMPTZ '{(self.value(name) + MILLISECOND * self.dice.choice((0, 0, 1, -1))).isoformat(' ')}'"
            for _ in range(2)
        )
        return self.dice.choice(
            (
                f"{name} = {one}",
                f"{name} {self.dice.choice(('<', '<=', '>', '>='))} {one}",
                f"{name} BETWEEN {one} AND {two}",
                f"{name} > {one} AND {name} < {two}",
                f"{name} <> {one} AND {name} <= {two}",
                f"{name} IS NULL OR {name} > {two}",
                f"{name}::DATE = ({one})::DATE",
            )
        )

    def of_rest(self):
        return self.dice.choice(
            (
                "completed = TRUE",
                "completed = FALSE",
                "NOT completed",
                "completed IS NOT TRUE",
                "resource_subtype = 'milestone'",
                "resource_subtype <> 'default_task'",
                "resource_subtype IN ('approval', 'custom')",
                "name LIKE '%launch%'",
                "num_likes > 0",
                "parent_gid IS NOT NULL",
            )
        )

    def argument(self):
        """An argument, and the condition over a task's own columns that it stands for."""
        project = self.world.find("project", self.world.notable[self.dice.choice(("biggest", "hundred", "archived"))])
        section = self.dice.choice(self.world.under("project.sections", project))["gid"]
        tag, other = (self.dice.choice(self.world.all("tag"))["gid"] for _ in range(2))
        user, moment = self.value("assignee_gid"), self.value("created_at")
        day = self.value("modified_at").date()
        of_list = "list_contains(list_transform({}, lambda x: x.gid), '{}')".format
        in_project, with_tag = of_list("projects", project["gid"]), of_list("tags", tag)
        return self.dice.choice(
            (
                (f"project_gid := '{project['gid']}'", in_project),
                (f"projects_not := '{project['gid']}'", f"NOT {in_project}"),
                (
                    f"sections_all := '{section}'",
                    f"len(list_filter(memberships, lambda m: m.section.gid = '{section}')) > 0",
                ),
                (f"tag_gid := '{tag},{other}'", f"{with_tag} OR {of_list('tags', other)}"),
                (f"tags_all := '{tag},{other}'", f"{with_tag} AND {of_list('tags', other)}"),
                (f"tags_not := '{tag}'", f"NOT {with_tag}"),
                (f"follower_gid := '{user}'", of_list("followers", user)),
                (f"assignee_not := '{user}'", f"assignee_gid IS DISTINCT FROM '{user}'"),
                (f"assignee_gid := '{user}'", f"assignee_gid = '{user}'"),
                ("is_subtask := TRUE", "parent_gid IS NOT NULL"),
                ("is_subtask := FALSE", "parent_gid IS NULL"),
                ("completed := FALSE", "NOT completed"),
                ("text := 'launch'", "name || ' ' || notes ILIKE '%launch%'"),
                (f"modified_on := DATE '{day}'", f"(modified_at AT TIME ZONE 'UTC')::DATE = DATE '{day}'"),
                (f"created_at_after := TIMESTAMPTZ '{moment}'", f"created_at > TIMESTAMPTZ '{moment}'"),
                (f"created_at_before := TIMESTAMPTZ '{moment}'", f"created_at < TIMESTAMPTZ '{moment}'"),
            )
        )


@pytest.fixture(scope="module")
def ground(alone):
    return Ground(alone)


def statements(ground, seed, count):
    writer = Writer(ground, seed)
    return [writer.statement() for _ in range(count)]


@pytest.mark.parametrize(
    ("way", "count"), [("excluding", MANY), ("including", FEW), ("unplanned", FEW), ("unpushed", 25)]
)
def test_a_generated_search_finds_what_all_tasks_hold(ground, way, count):
    found = [ground.differs(way, written) for written in statements(ground, way, count)]
    assert not [problem for problem, _ in found if problem]
    assert sum(filled for _, filled in found) > count / 2


def test_generated_searches_narrow_and_sort_what_is_asked_for(ground):
    ground.asana.service.log.clear()
    for written in statements(ground, "sent", MANY // 2):
        ground.ways["excluding"].sql(written.asked).fetchall()
    sent = [params for path, params in ground.asana.sent() if path.endswith("/search")]
    names = {name for params in sent for name in params} - set(SORTED)
    assert len(names) > 20
    assert {params["sort_by"] for params in sent} == {"created_at", "modified_at"}
    assert "false" in {params["sort_ascending"] for params in sent}


def test_the_oracle_holds_what_is_hard(ground):
    [(tasks, alone, bulk)] = ground.oracle.execute(
        "SELECT count(*), count(*) FILTER (len(projects) = 0), (SELECT max(n) FROM "
        "(SELECT count(*) AS n FROM whole GROUP BY created_at)) FROM whole"
    ).fetchall()
    assert tasks == len(ground.asana.world.tasks)
    assert alone and bulk > 100
