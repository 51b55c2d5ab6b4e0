"""Which requests a scan is planned with: paths, arms, alternatives, what is known of the parent, and what cannot be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from asanaql.catalog import CATALOG
from asanaql.catalog.model import ACCESS_PATH, Column, Path, Table
from asanaql.catalog.types import BOOLEAN, DATE, TEXT, TIMESTAMP
from asanaql.errors import QueryError
from asanaql.plan.access import Plan, Wanted, comparisons, plan
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.sizes import Sizes as Seen

WORKSPACE = "77"
# 2026-03-02T00:00:00Z and the parameter that stands for it.
MOMENT, SINCE = 1_772_409_600_000_000, "2026-03-01T23:59:59.999Z"
# What columns of these types are compared with.
VALUES: dict[pa.DataType, object] = {TIMESTAMP: MOMENT, DATE: dt.date(2026, 3, 2), BOOLEAN: True}
TOLD = {"custom_field": "1.is_set=true", "custom_type_status": "1.custom_type_status_option.gid=2"}


class Guessed:
    """Sizes of relations never listed, but for those given."""

    def __init__(self, **rows: int) -> None:
        self._rows = rows

    def requests(self, table: Table, path: Path, keys: Any, parameters: Any) -> float:
        return Seen().requests(table, path, keys, parameters)

    def kept(self, table: Table) -> bool:
        return False

    def rows(self, table: Table) -> int:
        return self._rows.get(table.name, table.rows)


def planned(name, columns, *known, workspace=None, sizes=None):
    wanted = Wanted(set(columns.split()), known, workspace, workspace)
    return plan(CATALOG[name], wanted, CATALOG, sizes or Guessed())


def taken(decided: Plan):
    """The paths, each with the keys that are known."""
    return [(access.path.name, dict(access.keys)) for access in decided.accesses]


def only(decided: Plan):
    [access] = decided.accesses
    return access


def eq(column, *values):
    return Conjunct(column, "=", values)


# What one conjunct, or a few, make of each relation.

CHOICES = [
    ("tasks", "gid project_gid", [eq("gid", "1")], ("gid", {"gid": ("1",)})),
    ("tasks", "gid project_gid", [eq("gid", "1", "2", "3")], ("gid", {"gid": ("1", "2", "3")})),
    ("tasks", "name project_gid", [eq("section_gid", "5")], ("section", {"section_gid": ("5",)})),
    ("tasks", "name project_gid", [eq("project_gid", "9")], ("project", {"project_gid": ("9",)})),
    # A section is smaller than its project, an object is smaller than either.
    ("tasks", "name", [eq("project_gid", "9"), eq("section_gid", "5")], ("section", {"section_gid": ("5",)})),
    ("tasks", "name", [eq("project_gid", "9"), eq("gid", "1")], ("gid", {"gid": ("1",)})),
    # Asana takes a project or an assignee, never both.
    (
        "tasks",
        "name",
        [eq("assignee_gid", "4"), eq("workspace_gid", "77")],
        ("assignee", {"assignee_gid": ("4",), "workspace_gid": ("77",)}),
    ),
    ("tasks", "name project_gid", [eq("assignee_gid", "4")], ("assignee", {"assignee_gid": ("4",)})),
    # Many objects one by one cost more than the listing that holds them.
    ("tasks", "name", [eq("project_gid", "9"), eq("gid", *"12345")], ("project", {"project_gid": ("9",)})),
    ("tasks", "name project_gid", [eq("name", "Launch")], ("project", {})),
    ("user_tasks", "name assignee_gid", [eq("assignee_gid", "4")], ("assignee", {"assignee_gid": ("4",)})),
    ("user_tasks", "name assignee_gid", [eq("gid", "1")], ("gid", {"gid": ("1",)})),
    ("user_tasks", "name assignee_gid", [], ("users", {})),
    ("subtasks", "name parent_gid", [eq("parent_gid", "1")], ("parent", {"parent_gid": ("1",)})),
    ("tag_tasks", "name tag_gid", [eq("tag_gid", "1")], ("tag", {"tag_gid": ("1",)})),
    ("projects", "name", [eq("gid", "9")], ("gid", {"gid": ("9",)})),
    ("projects", "name", [eq("team_gid", "3")], ("team", {"team_gid": ("3",)})),
    ("projects", "name", [eq("workspace_gid", "77")], ("workspace", {"workspace_gid": ("77",)})),
    ("projects", "name", [], ("workspace", {})),
    ("sections", "name", [eq("project_gid", "9")], ("project", {"project_gid": ("9",)})),
    ("users", "name workspace_gid", [eq("gid", "4")], ("gid", {"gid": ("4",)})),
    ("users", "name workspace_gid", [eq("workspace_gid", "77")], ("workspace", {"workspace_gid": ("77",)})),
    ("users", "name workspace_gid team_gid", [eq("team_gid", "3")], ("team", {"team_gid": ("3",)})),
    ("workspaces", "name", [], ("all", {})),
    ("stories", "text", [eq("gid", "6")], ("gid", {"gid": ("6",)})),
    ("stories", "text", [eq("task_gid", "1")], ("task", {"task_gid": ("1",)})),
    ("stories", "text", [eq("goal_gid", "8")], ("goal", {"goal_gid": ("8",)})),
    ("goals", "name", [eq("workspace_gid", "77")], ("workspace", {"workspace_gid": ("77",)})),
    (
        "goals",
        "name supporting_project_gid",
        [eq("supporting_project_gid", "9")],
        ("supporting_project", {"supporting_project_gid": ("9",)}),
    ),
    (
        "team_memberships",
        "is_admin",
        [eq("user_gid", "4"), eq("workspace_gid", "77")],
        ("user", {"user_gid": ("4",), "workspace_gid": ("77",)}),
    ),
]


@pytest.mark.parametrize(("name", "columns", "known", "expected"), CHOICES)
def test_the_cheapest_path_that_is_possible_is_taken(name, columns, known, expected):
    assert taken(planned(name, columns, *known)) == [expected]


def test_values_written_in_two_conjuncts_are_those_in_both():
    decided = planned("tasks", "name", eq("gid", "1", "2", "3"), eq("gid", "3", "4", "1"))
    assert taken(decided) == [("gid", {"gid": ("1", "3")})]


@pytest.mark.parametrize("column", ["gid", "project_gid", "completed", "name"])
def test_a_contradiction_is_answered_without_a_request(column):
    assert planned("tasks", "name", eq(column, "1"), eq(column, "2")) == Plan()


# Filters.


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Conjunct("modified_at", ">", (MOMENT,)), {"modified_since": SINCE}),
        (Conjunct("modified_at", "<", (MOMENT,)), {}),
        (eq("completed", False), {"completed_since": "now"}),
        (eq("completed", True), {}),
        (Conjunct("completed_at", ">=", (MOMENT,)), {"completed_since": SINCE}),
        (Conjunct("created_at", ">", (MOMENT,)), {}),
    ],
)
@pytest.mark.parametrize("key", ["project_gid", "section_gid", "assignee_gid"])
def test_every_listing_of_tasks_takes_the_same_filters(known, expected, key):
    assert only(planned("tasks", "name", eq(key, "9"), known)).parameters == expected


def test_a_single_object_takes_no_filter():
    decided = planned("tasks", "name", eq("gid", "1"), Conjunct("modified_at", ">", (MOMENT,)))
    assert only(decided).parameters == {}


def test_a_filter_makes_a_listing_cheaper_and_an_enumeration_too():
    for known in ([eq("project_gid", "9")], []):
        whole = planned("tasks", "name", *known)
        narrowed = planned("tasks", "name", *known, eq("completed", False))
        assert narrowed.requests < whole.requests


def test_archived_reaches_both_listings_of_projects():
    for key in ("team_gid", "workspace_gid"):
        assert only(planned("projects", "name", eq(key, "3"), eq("archived", False))).parameters == {
            "archived": "false"
        }


def test_portfolios_are_narrowed_by_one_owner_and_not_by_two():
    assert only(planned("portfolios", "name", eq("owner_gid", "4"))).parameters == {"owner": "4"}
    assert only(planned("portfolios", "name", eq("owner_gid", "4", "5"))).parameters == {}


def test_goals_take_a_list_of_time_periods():
    decided = planned("goals", "name", eq("time_period_gid", "4", "5"), eq("is_workspace_level", True))
    assert only(decided).parameters == {"time_periods": "4,5", "is_workspace_level": "true"}


# What a path must be able to fill.


def test_a_column_that_only_the_parent_knows_costs_the_parent():
    plain_names = planned("sections", "name project_gid", eq("project_gid", "9"))
    with_workspace = planned("sections", "name workspace_gid", eq("project_gid", "9"))
    assert only(plain_names).parent is None
    assert only(with_workspace).parent == (eq("gid", "9"),)
    assert only(with_workspace).enumerated == ()
    assert with_workspace.requests == plain_names.requests + 1


def test_the_only_workspace_fills_the_column_and_the_parent_is_not_read():
    access = only(planned("sections", "name workspace_gid", eq("project_gid", "9"), workspace=WORKSPACE))
    assert access.parent is None
    assert access.context["workspace_gid"] == WORKSPACE


def test_a_workspace_that_the_row_itself_names_is_not_filled_in():
    access = only(planned("tasks", "workspace_gid", eq("project_gid", "9"), workspace=WORKSPACE))
    assert access.context == {}


def test_the_only_workspace_is_a_key_without_being_written():
    assert taken(planned("tags", "name", workspace=WORKSPACE)) == [("workspace", {"workspace_gid": (WORKSPACE,)})]
    assert taken(planned("tags", "name")) == [("workspace", {})]


def test_a_path_that_cannot_fill_a_column_is_not_taken():
    # Nobody knows the workspace of a webhook but the listing it was found in.
    assert taken(planned("webhooks", "target", eq("gid", "6"))) == [("gid", {"gid": ("6",)})]
    assert taken(planned("webhooks", "target workspace_gid", eq("gid", "6"))) == [("workspace", {})]
    known = planned("webhooks", "target workspace_gid", eq("gid", "6"), workspace=WORKSPACE)
    assert taken(known) == [("gid", {"gid": ("6",)})]


def test_the_grain_of_a_user_comes_from_the_team_s_workspace():
    access = only(planned("users", "name team_gid", eq("team_gid", "3")))
    assert access.parent == (eq("gid", "3"),)
    assert access.enumerated == ()


# Enumerations.


def test_a_full_scan_enumerates_the_parent():
    access = only(planned("tasks", "name"))
    assert (access.path.name, access.enumerated, access.parent) == ("project", ("project_gid",), ())


def test_what_is_known_of_a_task_s_project_is_said_of_the_project():
    access = only(
        planned(
            "tasks",
            "name project_archived project_team_gid",
            eq("project_archived", False),
            eq("project_team_gid", "3"),
            eq("workspace_gid", "77"),
            eq("completed", False),
        )
    )
    assert access.enumerated == ("project_gid",)
    assert set(access.parent) == {eq("archived", False), eq("team_gid", "3"), eq("workspace_gid", "77")}
    assert access.parameters == {"completed_since": "now"}


def test_only_parents_that_can_have_children_are_enumerated():
    assert only(planned("subtasks", "name")).parent == (Conjunct("num_subtasks", ">", (0,)),)


def test_a_key_beside_an_enumerated_one_is_kept():
    access = only(planned("tasks", "name", eq("assignee_gid", "4")))
    assert access.keys == {"assignee_gid": ("4",)}
    assert access.enumerated == ("workspace_gid",)


# Arms.


def test_a_full_scan_is_the_union_of_the_arms():
    decided = planned("stories", "text")
    assert taken(decided) == [("task", {}), ("goal", {})]
    assert not decided.alternatives
    assert decided.requests == sum(access.requests for access in decided.accesses)


def test_a_path_without_arm_beats_the_union_where_it_is_cheaper():
    assert taken(planned("stories", "text", eq("gid", "1"))) == [("gid", {"gid": ("1",)})]


def test_values_an_arm_cannot_have_leave_it_out():
    decided = planned("custom_field_settings", "gid", eq("parent_resource_type", "goal", "team"))
    assert taken(decided) == [("goal", {}), ("team", {})]


def test_values_no_arm_can_have_are_answered_without_a_request():
    assert planned("custom_field_settings", "gid", eq("parent_resource_type", "task")) == Plan()
    assert planned("stories", "text", eq("task_gid", "1"), eq("goal_gid", "8")) == Plan()


def test_arms_that_would_send_the_same_request_send_it_once():
    decided = planned("attachments", "name", eq("parent_gid", "1"))
    assert taken(decided) == [("task", {"parent_gid": ("1",)})]
    assert not decided.alternatives
    decided = planned("attachments", "name workspace_gid", eq("parent_gid", "1"), workspace=WORKSPACE)
    assert len(decided.accesses) == 1


def test_arms_that_read_different_parents_are_alternatives_though_their_request_is_the_same():
    decided = planned("attachments", "name workspace_gid", eq("parent_gid", "1"))
    assert [access.path.name for access in decided.accesses] == ["task", "project", "project_brief"]
    assert decided.alternatives
    assert [access.parent for access in decided.accesses] == [
        (eq("gid", "1"),),
        (eq("gid", "1"),),
        (eq("project_brief_gid", "1"),),
    ]


def test_arms_for_one_key_at_different_addresses_are_alternatives():
    decided = planned("custom_field_settings", "gid", eq("parent_gid", "1", "2"))
    assert decided.alternatives
    assert taken(decided) == [(kind, {"parent_gid": ("1", "2")}) for kind in ("project", "portfolio", "goal", "team")]


def test_one_arm_is_no_alternative():
    decided = planned("custom_field_settings", "gid", eq("parent_gid", "1"), eq("parent_resource_type", "goal"))
    assert taken(decided) == [("goal", {"parent_gid": ("1",)})]
    assert not decided.alternatives


def test_enumerated_arms_are_all_read():
    decided = planned("attachments", "name")
    assert [access.path.name for access in decided.accesses] == ["task", "project", "project_brief"]
    assert not decided.alternatives


# Hidden arguments.


def test_a_path_that_shows_a_part_is_taken_only_where_its_argument_is_asked_for():
    """The team path of users shows some of them, some twice: it is no way to all, however few teams there are."""
    assert taken(planned("users", "name", sizes=Guessed(workspaces=500, teams=1))) == [("workspace", {})]
    assert taken(planned("users", "name", eq("team_gid", "3"))) == [("workspace", {})]
    assert taken(planned("users", "name team_gid", eq("team_gid", "3"))) == [("team", {"team_gid": ("3",)})]


def test_arguments_of_two_paths_cannot_be_combined():
    with pytest.raises(QueryError) as caught:
        planned(
            "goals",
            "name supporting_project_gid supporting_task_gid",
            eq("supporting_project_gid", "9"),
            eq("supporting_task_gid", "1"),
        )
    assert str(caught.value) == (
        "asana_goals cannot combine supporting_project_gid, supporting_task_gid with the other columns and arguments "
        "asked for: leave one of them out."
    )


def test_every_relation_of_the_catalog_can_be_scanned_whole_or_says_which_key_it_needs():
    for name, table in CATALOG.items():
        visible = " ".join(column.name for column in table.visible)
        if not table.example:
            assert planned(name, visible).accesses, name
            assert planned(name, visible, workspace=WORKSPACE).accesses, name
            continue
        with pytest.raises(QueryError) as caught:
            planned(name, visible)
        assert str(caught.value).endswith(f"For example: SELECT * FROM {name} WHERE {table.example}")


def test_every_function_s_argument_alone_finds_a_plan():
    for name, table in CATALOG.items():
        visible = " ".join(column.name for column in table.visible)
        for argument in () if table.example else set(table.arguments) - {ACCESS_PATH.name}:
            value = TOLD.get(argument, VALUES.get(table.column(argument).type, "1"))
            assert planned(name, f"{visible} {argument}", eq(argument, value)).accesses, (name, argument)


# What a key may be.


@pytest.mark.parametrize("text", ["me", "", "someone@example.com", "external:7", "12a", " 12", "012", "١٢", "-1"])
def test_a_key_that_is_no_gid_is_refused_because_asana_would_take_it_for_another(text):
    with pytest.raises(QueryError) as caught:
        planned("user_tasks", "name assignee_gid", eq("assignee_gid", "4", text))
    assert str(caught.value) == (
        f"user_tasks: assignee_gid is compared with '{text}', which is no gid. A gid is a number in quotes, such as "
        "'1201234567890123'."
    )


def test_a_text_that_is_no_gid_does_no_harm_where_it_is_no_key():
    assert taken(planned("tasks", "name", eq("gid", "1"), eq("assignee_gid", "me"))) == [("gid", {"gid": ("1",)})]


# What `asana_columns` shows.


def test_the_comparisons_that_reach_asana_are_named_with_their_parameters():
    tasks = CATALOG["tasks"]
    assert comparisons(tasks, "gid") == {"=": ("/tasks/{gid}",)}
    addresses = ("/projects/{project_gid}/task_counts", "/projects/{project_gid}/tasks")
    assert comparisons(tasks, "project_gid") == {"=": ("project", *addresses)}
    assert comparisons(tasks, "modified_at") == dict.fromkeys(("=", ">", ">="), ("modified_since",))
    assert comparisons(tasks, "completed") == {"=": ("completed_since",)}
    assert comparisons(tasks, "name") == {}
    assert comparisons(Table("t", "r", (Column("a", TEXT, "A."),), (), ""), "a") == {}
