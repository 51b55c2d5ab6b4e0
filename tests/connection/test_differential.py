"""The answer does not depend on what reaches Asana: generated statements, with pushdown and without, row for row.

Every statement names its relation as {r}. It runs on the relation, and on a table that holds the relation whole, read
without pushdown; in a smaller workspace also on the relation of a connection that pushes nothing, and everywhere with
DuckDB's own filter pushdown switched off. How far the generated statements reach is asserted as well.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from dataclasses import dataclass, field

import pyarrow as pa
import pytest

from asanaql.catalog import CATALOG
from asanaql.catalog.model import ACCESS_PATH
from asanaql.plan.access import comparisons

RELATIONS = ("tasks", "user_tasks", "projects", "stories", "users")
#: Statements for each relation: in the whole workspace, without filter pushdown, with nothing pushed, collated.
MANY, UNFILTERED, UNPUSHED, COLLATED = 90, 25, 20, 10
MICROSECOND = dt.timedelta(microseconds=1)
FILTERS = ("modified_since", "completed_since", "archived", "team")
#: Columns whose comparisons are sent, those of the functions' own included; some arguments are called in other tests.
ELSEWHERE = {ACCESS_PATH.name, "user_task_list_gid"}
PUSHABLE = {name: set(CATALOG[name].arguments) - ELSEWHERE for name in RELATIONS}
#: The share of statements that ask for less than everything: all twenty users are a page, no dearer than three of them.
NARROWED = dict.fromkeys(RELATIONS, 0.6) | {"users": 0.45}


@dataclass
class Written:
    """One statement: the relation's name as {r}, or the function's call in its place, and its parameters."""

    relation: str
    text: str
    params: list[object] = field(default_factory=list)
    call: str = ""
    instead: str = ""
    pushed: set[str] = field(default_factory=set)

    @property
    def asked(self):
        return self.text.replace("{r}", self.call or self.relation)

    @property
    def expected(self):
        """The same of the table; what the function's arguments say stands in `instead`."""
        table = f"whole_{self.relation}"
        return self.text.replace("{r}", f"(SELECT * FROM {table} WHERE {self.instead})" if self.call else table)


class Ground:
    """A workspace, connections that push and do not, every relation whole in tables of both, and the values in them."""

    def __init__(self, asana):
        self.asana = asana
        self.pushing = asana.open(cache=False)
        self.plain = asana.open(cache=False, push=False)
        self.values = {}
        self.sizes = {}
        self.full = {}
        for name in RELATIONS:
            asana.service.log.clear()
            whole = self.plain.sql(f"SELECT * FROM {name}").arrow()
            self.full[name] = asana.sent()
            self.sizes[name] = whole.num_rows
            for connection in (self.pushing, self.plain):
                connection.duckdb.from_arrow(whole).create(f"whole_{name}")
            plain = [each for each in CATALOG[name].visible if not each.heavy and not pa.types.is_nested(each.type)]
            self.values[name] = {
                column.name: list(dict.fromkeys(whole.column(column.name).drop_null().to_pylist())) for column in plain
            }

    def rows(self, connection, text, params):
        return Counter(map(repr, connection.sql(text, params or None).fetchall()))

    def differs(self, written, connection=None):
        """How relation and table differ; empty when they do not. And what was sent, and the rows there should be."""
        connection = connection or self.pushing
        self.asana.service.log.clear()
        found = self.rows(connection, written.asked, written.params)
        sent = self.asana.sent()
        expected = self.rows(connection, written.expected, written.params)
        missing, added = expected - found, found - expected
        problem = f"{written.asked} {written.params}\n  missing {list(missing)[:3]}\n  added {list(added)[:3]}"
        return problem if missing or added else "", sent, expected

    def narrowed(self, written, sent):
        """Whether less was asked for than for the whole relation."""
        return len(sent) < len(self.full[written.relation]) or any(set(params) & set(FILTERS) for _, params in sent)

    @staticmethod
    def reached(written, sent):
        """The columns of the statement that Asana was asked to narrow by."""
        return {name for name in written.pushed if any(_sent_as(written.relation, name, *each) for each in sent)}


def _sent_as(relation, column, path, params):
    """Whether a request narrows by the column."""
    if CATALOG[relation].column(column).hidden and column.startswith("project_"):
        return "archived" in params or path.startswith("/teams/")
    if "completed_since" in params and column in ("completed", "completed_at"):
        return (params["completed_since"] == "now") == (column == "completed")
    names = {name for found in comparisons(CATALOG[relation], column).values() for name in found}
    return any(name in params or re.fullmatch(re.sub(r"{\w+}", r"\\d+", name), path) for name in names)


class Writer:
    """Writes statements about one relation from the values that are in it, the same for the same seed."""

    def __init__(self, ground, relation, seed):
        self.dice = random.Random(f"{relation}/{seed}")
        self.ground = ground
        self.relation = relation
        self.values = ground.values[relation]
        self.pushed = set()
        self.params = []
        table = CATALOG[relation]
        names = [name for name in table.arguments if not table.column(name).hidden]
        self.keys = [name for name in names if name.endswith("gid") and self.values[name]]
        self.times = [name for name in names if name.endswith("_at")]
        self.flags = [name for name in names if name in ("completed", "archived")]

    def statement(self):
        self.pushed, self.params = set(), []
        terms = [self.firm()] if self.relation == "stories" or self.dice.random() < 0.8 else []
        terms += [self.loose() for _ in range(self.dice.choice((0, 1, 1, 2)))]
        self.dice.shuffle(terms)
        condition = " AND ".join(f"({term})" for term in terms) or "TRUE"
        called = {}
        if self.dice.random() < 0.15:
            called = self.called()
        return Written(
            self.relation, self.shape().format(r="{r}", where=condition), self.params, pushed=self.pushed, **called
        )

    def shape(self):
        """What is selected, and from what kind of expression."""
        names = [column.name for column in CATALOG[self.relation].visible if not column.heavy]
        some = ", ".join(self.dice.sample(names, self.dice.randint(1, 5)))
        key, other = self.dice.choice(self.keys), self.dice.choice(names)
        return self.dice.choice(
            (
                f"SELECT {some} FROM {{r}} WHERE {{where}}",
                f"SELECT {some} FROM {{r}} AS s WHERE {{where}}",
                "SELECT * FROM {r} WHERE {where}",
                f"SELECT {key}, count(*), count(DISTINCT gid), max({other}) FROM {{r}} WHERE {{where}} GROUP BY ALL",
                f"SELECT count(*), min({key}), count({other}) FROM {{r}} WHERE {{where}}",
                f"WITH found AS (SELECT * FROM {{r}}) SELECT {some} FROM found WHERE {{where}}",
                f"SELECT {some} FROM (SELECT * FROM {{r}} WHERE {{where}})",
                f"SELECT gid, {key} FROM {{r}} WHERE {{where}} ORDER BY ALL LIMIT {self.dice.randint(1, 20)}",
                f"SELECT DISTINCT {some} FROM {{r}} WHERE {{where}}",
            )
        )

    def text(self, value):
        """A constant, or a parameter that stands for it."""
        if self.dice.random() < 0.2:
            self.params.append(value)
            return "?"
        return "'" + value.replace("'", "''") + "'"

    def firm(self):
        """A condition that reaches Asana."""
        kind = self.dice.choice(["key"] * 5 + ["time"] * 2 * bool(self.times) + ["flag"] * bool(self.flags))
        if self.relation == "stories" or kind == "key":
            name = self.dice.choice(self.keys)
            if self.relation == "stories":
                name = self.dice.choice(("gid", "task_gid", "task_gid", "goal_gid"))
            return self.key(name)
        if kind == "time":
            name = self.dice.choice(self.times)
            self.pushed.add(name)
            comparison = self.dice.choice(("=", ">", ">="))
            return f"{name} {comparison} {self.instant(name)}"
        name = self.dice.choice(self.flags)
        self.pushed.add(name)
        return f"{name} = {'FALSE' if name == 'completed' else self.dice.choice(('TRUE', 'FALSE'))}"

    def key(self, name):
        self.pushed.add(name)
        one, two, three = (self.dice.choice(self.values[name]) for _ in range(3))
        return self.dice.choice(
            (
                lambda: f"{name} = {self.text(one)}",
                lambda: f"{name} = {self.text(one)}",
                lambda: f"{self.text(one)} = {name}",
                lambda: f"{name} IN ({self.text(one)}, {self.text(two)}, {self.text(three)})",
                lambda: f"{name} IN ('{one}', '{two}', '{three}') AND {name} <> '{one}'",
                lambda: f"{name} = '{one}' OR {name} = '{two}'",
                lambda: f"{name} = '{one}' OR {name} IN ('{two}', '{three}')",
                lambda: f"{name} IN ('{one}', '{two}') AND {name} IN ('{two}', '{three}')",
                lambda: f"{name} LIKE '{one}'",
                lambda: f"list_contains(['{one}', '{two}'], {name})",
                lambda: f"{name} BETWEEN '{one}' AND '{one}'",
                lambda: f"{name} = '{one}' AND {name} NOT IN ('{two}', NULL)",
                lambda: f"{name} IN ('{one}', NULL)" if self.relation != "stories" else f"{name} = '{one}'",
            )
        )()

    def instant(self, name):
        """A moment that is stored, or a hair beside one."""
        stored = self.dice.choice(self.values[name])
        moment = stored + MICROSECOND * self.dice.choice((0, 0, 0, 1, -1, 500, -500, 999, -999, 1000, -1000))
        if self.dice.random() < 0.2:
            self.params.append(moment)
            return "?"
        return f"TIMESTAMPTZ '{moment.isoformat(' ')}'"

    def loose(self):
        """A condition of any kind; many of these stay behind."""
        kinds = [self.of_key, self.of_text, self.of_rest]
        kinds += [self.of_time] * 3 * bool(self.times) + [self.of_flag] * 2 * bool(self.flags)
        return self.dice.choice(kinds)()

    def of_key(self):
        name = self.dice.choice(self.keys)
        one, two = (self.dice.choice(self.values[name]) for _ in range(2))
        return self.dice.choice(
            (
                f"{name} NOT IN ('{one}', '{two}')",
                f"{name} NOT IN ('{one}', NULL)",
                f"{name} <> '{one}'",
                f"NOT ({name} = '{one}')",
                f"{name} IS NULL",
                f"{name} IS NOT NULL",
                f"{name} = '{one}' OR {name} IS NULL",
                f"{name} IS DISTINCT FROM '{one}'",
                f"{name} > '{one}'",
                f"{name}::BIGINT <> {one}",
                f"{name} LIKE '{one[:3]}%' OR {name} = '{two}'",
                f"{name} COLLATE NOCASE IN ('{one}', '{two}') OR length({name}) > 12",
            )
        )

    def of_time(self):
        name = self.dice.choice(self.times)
        one, two = self.instant(name), self.instant(name)
        return self.dice.choice(
            (
                f"{name} > {one} AND {name} <= {two}",
                f"{name} BETWEEN {one} AND {two}",
                f"{name} IN ({one}, {two})",
                f"{name} = {one} OR {name} = {two}",
                f"{name} > {one} OR {name} IS NULL OR {name} = {two}",
                f"NOT ({name} > {one}) AND {name} <> {two}",
                f"{name} <> {one} AND {name} IS DISTINCT FROM {two}",
                f"{name} >= {one} AND {name} >= {two}",
                f"{name}::DATE = ({one})::DATE OR {name} = {two}",
                f"date_trunc('month', {name}) = date_trunc('month', ({one})::TIMESTAMPTZ) AND {name} <> {two}",
                f"{name} > {one} AND {name} < ({two})::TIMESTAMPTZ + INTERVAL 90 DAY",
            )
        )

    def of_flag(self):
        name = self.dice.choice(self.flags)
        forms = ("{} = TRUE", "{} = FALSE", "{}", "NOT {}", "{} IS TRUE", "{} IS NOT TRUE", "{} <> TRUE", "{} IS NULL")
        more = ("{} IN (FALSE)", "{} IN (TRUE, FALSE)", "{} NOT IN (TRUE, NULL)", "{} = 'false'::BOOLEAN", "{} < TRUE")
        return self.dice.choice(forms + more).format(name)

    def of_text(self):
        name = self.dice.choice([each for each in ("name", "text", "email", "resource_subtype") if each in self.values])
        value = self.dice.choice(self.values[name]).replace("'", "''")
        return self.dice.choice(
            (
                f"{name} = '{value}' OR {name} ILIKE '%e%'",
                f"{name} COLLATE NOCASE = '{value.upper()}' OR {name} >= 'M'",
                f"{name} LIKE '%a%'",
                f"lower({name}) <> lower('{value}')",
                f"{name} IS NOT NULL",
                f"{name} IS NULL OR {name} < '{value}'",
                f"{name} COLLATE NOACCENT NOT IN ('{value}')",
            )
        )

    def of_rest(self):
        for name in self.dice.sample(sorted(self.values), len(self.values)):
            if self.values[name] and isinstance(self.values[name][0], dt.date | bool | int | float):
                value = self.dice.choice(self.values[name])
                constant = value if isinstance(value, bool | int | float) else f"'{value.isoformat()}'"
                comparison = self.dice.choice(("=", "<>", "<", ">=", "IS DISTINCT FROM"))
                return f"{name} {comparison} {constant} OR {name} IS NULL"
        return "gid IS NOT NULL"

    def called(self):
        """A call of the relation's function, and what it says of the table."""
        function = f"asana_{self.relation}"
        of_project = "project_gid IN (SELECT gid FROM whole_projects WHERE {})"
        if self.relation == "tasks" and self.dice.random() < 0.5:
            flag = self.dice.choice(("TRUE", "FALSE"))
            team = self.dice.choice(self.ground.values["projects"]["team_gid"])
            self.pushed |= {"project_archived", "project_team_gid"}
            return {
                "call": f"{function}(project_archived := {flag}, project_team_gid := '{team}')",
                "instead": of_project.format(f"archived = {flag} AND team_gid = '{team}'"),
            }
        if self.relation == "users":
            team = self.dice.choice(self.ground.asana.world.teams)
            members = ", ".join(f"'{user['gid']}'" for user in self.ground.asana.world.under("team.users", team))
            self.pushed.add("team_gid")
            return {"call": f"{function}(team_gid := {team['gid']})", "instead": f"gid IN ({members})"}
        if self.relation == "user_tasks" and self.dice.random() < 0.5:
            task_list = self.dice.choice(self.ground.asana.world.all("user_task_list"))
            self.pushed.add("user_task_list_gid")
            return {
                "call": f"{function}(user_task_list_gid := {task_list['gid']})",
                "instead": f"assignee_gid = '{task_list['owner']['gid']}'",
            }
        name = self.dice.choice(self.keys)
        value = self.dice.choice(self.values[name])
        self.pushed.add(name)
        call, instead = [f"{name} := '{value}'"], [f"{name} = '{value}'"]
        if "modified_at" in self.times:
            bound = f"TIMESTAMPTZ '{self.dice.choice(self.values['modified_at']).isoformat(' ')}'"
            call.append(f"modified_since := {bound}")
            instead.append(f"modified_at >= {bound}")
            self.pushed.add("modified_at")
        return {"call": f"{function}({', '.join(call)})", "instead": " AND ".join(instead)}


def statements(ground, relation, count, seed):
    writer = Writer(ground, relation, seed)
    return [writer.statement() for _ in range(count)]


@pytest.fixture(scope="module")
def ground(asana_of, world):
    """The whole demo workspace, at an Asana that excludes the moment it is asked for changes since."""
    return Ground(asana_of(world, excluding=True))


@pytest.fixture(scope="module")
def small(asana_of, small_world):
    """Four small projects, so that every task's stories can be asked for again and again."""
    return Ground(asana_of(small_world))


def test_the_data_holds_what_is_hard(ground, small):
    for each in (ground, small):
        rows = each.plain.sql("SELECT count(*), count(DISTINCT gid), count(assignee_gid) FROM whole_tasks").fetchone()
        assert rows[0] > rows[1], "no task is in two projects"
        assert rows[0] > rows[2], "no task lacks an assignee"
        assert each.sizes["user_tasks"] and each.sizes["stories"] and each.sizes["users"] == 20
    listed = sum(len(ground.asana.world.tasks_in(project["gid"])) for project in ground.asana.world.projects)
    assert ground.sizes["tasks"] == listed
    assert ground.plain.sql("SELECT count(*) FROM whole_projects WHERE team_gid IS NULL").fetchone() == (1,)


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_generated_statement_has_the_same_rows_as_the_relation_read_whole(ground, relation):
    problems, narrowed, filled, reached = [], 0, 0, set()
    for written in statements(ground, relation, MANY, "many"):
        problem, sent, expected = ground.differs(written)
        problems += [problem] if problem else []
        filled += bool(expected) and expected.keys() != {"(0, None, 0)"}
        if ground.narrowed(written, sent):
            narrowed += 1
            reached |= ground.reached(written, sent)
    assert not problems, "\n".join(problems)
    assert narrowed >= NARROWED[relation] * MANY, f"only {narrowed} of {MANY} statements asked for less than everything"
    assert filled >= 0.5 * MANY, f"only {filled} of {MANY} statements have rows"
    assert not PUSHABLE[relation] - reached


@pytest.mark.parametrize("relation", RELATIONS)
def test_the_same_holds_while_duckdb_pushes_no_filter(ground, small, relation):
    # Without filters a scan of stories asks for those of every task.
    where = small if relation == "stories" else ground
    where.pushing.sql("SET disabled_optimizers = 'filter_pushdown'")
    try:
        found = [where.differs(written) for written in statements(where, relation, UNFILTERED, "unfiltered")]
    finally:
        where.pushing.sql("RESET disabled_optimizers")
    assert not [problem for problem, _, _ in found if problem]


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_connection_that_pushes_and_one_that_does_not_answer_alike(small, relation):
    narrowed = 0
    for written in statements(small, relation, UNPUSHED, "unpushed"):
        problem, sent, _ = small.differs(written)
        assert not problem
        narrowed += small.narrowed(written, sent)
        problem, sent, _ = small.differs(written, small.plain)
        assert not problem
        assert written.call or not sent or not small.narrowed(written, sent)
    assert narrowed >= UNPUSHED * NARROWED[relation] / 2


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("collation", ["NOCASE", "NOACCENT", "NOCASE.NOACCENT"])
def test_the_same_holds_under_a_default_collation(ground, small, relation, collation):
    where = small if relation == "stories" else ground
    where.pushing.sql(f"SET default_collation = '{collation}'")
    try:
        found = [where.differs(written) for written in statements(where, relation, COLLATED, collation)]
    finally:
        where.pushing.sql("RESET default_collation")
    assert not [problem for problem, _, _ in found if problem]
