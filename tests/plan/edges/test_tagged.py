"""The text with every occurrence written anew: it means what the statement means."""

from __future__ import annotations

import time

import pytest

from asanaql.plan.edges import RULES, Analysis, Known, Occurrence, Probe, Unplanned, analysed


def as_typed(analysis: Analysis):
    """Writes an occurrence as it stands in the text, but as a query."""

    def written(each: Occurrence) -> str:
        return f"(SELECT * FROM {analysis.text[each.start : each.end]})"

    return written


def test_an_occurrence_says_where_and_what_it_is(known: Known) -> None:
    text = (
        "SELECT 'é𝄞' /* tasks */ FROM \"asana\".main.Tasks, asana_tasks(project_gid := ('a')) \"T x\", projects p -- u"
    )
    first, second, third = analysed(text, known).occurrences
    assert text[first.start : first.end] == '"asana".main.Tasks'
    assert (first.tag, first.relation, first.alias, first.call, first.name) == ("o1", "tasks", None, False, "Tasks")
    assert text[second.start : second.end] == "asana_tasks(project_gid := ('a'))"
    assert (second.tag, second.relation, second.alias, second.call) == ("o2", "tasks", '"T x"', True)
    assert second.arguments == "project_gid := ('a')"
    assert (third.tag, third.relation, third.alias, third.arguments) == ("o3", "projects", "p", "")


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("SELECT tasks.gid FROM tasks", "SELECT tasks.gid FROM <o1> AS tasks"),
        ("SELECT 1 FROM main.Tasks", "SELECT 1 FROM <o1> AS Tasks"),
        ('SELECT 1 FROM "tasks" JOIN tasks u ON true', 'SELECT 1 FROM <o1> AS "tasks" JOIN <o2> u ON true'),
        ("FROM asana_tasks()", "FROM <o1> AS asana_tasks"),
        ("FROM t : tasks", "FROM t : <o1>"),
        ("FROM tasks AS t(a, b)", "FROM <o1> AS t(a, b)"),
        ("COPY (FROM tasks) TO 'tasks'", "COPY (FROM <o1> AS tasks) TO 'tasks'"),
        ("CREATE TABLE tasks2 AS FROM tasks", "CREATE TABLE tasks2 AS FROM <o1> AS tasks"),
        ("FROM launches", "FROM (SELECT * FROM <o1> AS projects WHERE name = 'a' -- the launches\n) AS launches"),
        ("FROM main.tasks; ", "FROM <o1> AS tasks; "),
        ("SELECT 'tasks' /* tasks */ FROM tasks -- tasks", "SELECT 'tasks' /* tasks */ FROM <o1> AS tasks -- tasks"),
    ],
)
def test_only_occurrences_change(text: str, tagged: str, known: Known) -> None:
    assert analysed(text, known).tagged(lambda each: f"<{each.tag}>") == tagged


def test_the_tagged_text_gives_the_same_rows(planned_case, known: Known, world) -> None:
    analysis = analysed(planned_case.text, known)
    assert world.answer(analysis.tagged(as_typed(analysis))) == world.answer(planned_case.text)


def test_a_probed_text_gives_the_same_rows(probed_case, known: Known, world) -> None:
    analysis = analysed(probed_case.text, known)
    probes = [edge.receiver for edge in analysis.edges if isinstance(edge.receiver, Probe)]
    true = {probe: f'"{probe.column}" IS NULL OR "{probe.column}" IS NOT NULL' for probe in probes}
    assert world.answer(analysis.tagged(as_typed(analysis), true)) == world.answer(probed_case.text)


def test_predicates_on_one_item_all_hold(known: Known) -> None:
    text = "WITH c AS (FROM tasks) FROM c JOIN projects p ON p.gid = c.project_gid AND p.owner_gid = c.assignee_gid"
    analysis = analysed(text, known)
    probed = {edge.receiver: edge.receiver.column for edge in analysis.edges if isinstance(edge.receiver, Probe)}
    tagged = analysis.tagged(lambda each: each.name, probed)
    assert "(SELECT * FROM c WHERE (project_gid) AND (assignee_gid)) AS c" in tagged


def test_probes_nest(known: Known) -> None:
    inner = "(SELECT project_gid AS k FROM tasks)"
    outer = f"(SELECT q.k FROM {inner} q JOIN users u ON u.gid = q.k)"
    analysis = analysed(f"SELECT * FROM {outer} t JOIN projects p ON p.gid = t.k", known)
    probed = {edge.receiver: "k > ''" for edge in analysis.edges if isinstance(edge.receiver, Probe)}
    tagged = analysis.tagged(lambda each: f"<{each.tag}>", probed)
    inner = "(SELECT * FROM (SELECT project_gid AS k FROM <o1> AS tasks) WHERE (k > ''))"
    outer = f"(SELECT * FROM (SELECT q.k FROM {inner} q JOIN <o2> u ON u.gid = q.k) WHERE (k > ''))"
    assert tagged == f"SELECT * FROM {outer} t JOIN <o3> p ON p.gid = t.k"


@pytest.mark.parametrize(
    "text", ["", ";", "-- tasks", "(" * 3000, "SELECT " + "(" * 2000 + "1" + ")" * 2000 + " FROM tasks"]
)
def test_what_cannot_be_read_is_unplanned(text: str, known: Known) -> None:
    with pytest.raises(Unplanned):
        analysed(text, known)


def test_nothing_is_printed_about_what_is_not_understood(known: Known, caplog, capsys) -> None:
    for text in (
        "EXPLAIN SELECT 1",
        "CREATE TYPE x AS ENUM ('a')",
        "SET threads = 1",
        "PREPARE p AS FROM tasks",
        "CALL x()",
    ):
        with pytest.raises(Unplanned):
            analysed(text, known)
    assert not caplog.records
    assert capsys.readouterr() == ("", "")


def test_every_rule_has_a_case(cases) -> None:
    edges = {line for case in cases for line in case.edges.splitlines()}
    assert {line.rpartition(" ")[2] for line in edges if "->" in line} == set(RULES)


def test_three_tables_take_less_than_five_milliseconds(known: Known) -> None:
    text = (
        "SELECT s.text, t.name FROM stories s JOIN tasks t ON s.task_gid = t.gid "
        "JOIN projects p ON t.project_gid = p.gid WHERE p.name ILIKE '%Launch%' "
        "AND s.text <> '' AND t.gid IN (SELECT gid FROM picks)"
    )
    took = []
    for _ in range(20):
        start = time.process_time()
        analysed(text, known)
        took.append(time.process_time() - start)
    assert min(took) < 0.005
