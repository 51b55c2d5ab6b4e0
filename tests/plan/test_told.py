"""What the arguments of a function tell an endpoint: what is said is sent, or is an error that says what to write."""

from __future__ import annotations

import datetime as dt

import pytest

from asanaql.catalog import CATALOG
from asanaql.errors import QueryError
from asanaql.plan.access import Wanted, plan
from asanaql.plan.conjuncts import Conjunct
from asanaql.scan.sizes import Sizes

MICROSECONDS = 1_772_409_600_123_456  # 2026-03-02T00:00:00.123456Z


def told(name="search_tasks", **arguments):
    """The parameters of a search whose function is called so, and the columns that its rows then have."""
    known = [Conjunct(column, "=", (value,)) for column, value in arguments.items()]
    wanted = Wanted({"gid", *arguments}, known, "7")
    [access] = plan(CATALOG[name], wanted, CATALOG, Sizes()).accesses
    return dict(access.parameters), {column: access.context[column] for column in arguments}


def refusal(name="search_tasks", *, known=(), columns=(), **arguments):
    conjuncts = [*known, *(Conjunct(column, "=", (value,)) for column, value in arguments.items())]
    with pytest.raises(QueryError) as caught:
        plan(CATALOG[name], Wanted({"gid", *columns, *arguments}, conjuncts, "7"), CATALOG, Sizes())
    return str(caught.value)


@pytest.mark.parametrize(
    ("column", "value", "parameter", "text"),
    [
        ("text", "a bug, & more", "text", "a bug, & more"),
        ("project_gid", "1", "projects.any", "1"),
        ("tags_all", " 1, 23 ", "tags.all", "1,23"),
        ("follower_gid", "me,someone@example.com,12", "followers.any", "me,someone@example.com,12"),
        ("is_subtask", False, "is_subtask", "false"),
        ("has_attachment", True, "has_attachment", "true"),
        ("created_on_after", dt.date(2026, 3, 2), "created_on.after", "2026-03-02"),
        ("modified_on", dt.date(2026, 3, 2), "modified_on", "2026-03-02"),
    ],
)
def test_what_is_told_is_sent_as_it_is_and_filled_into_the_rows(column, value, parameter, text):
    assert told(**{column: value}) == ({parameter: text}, {column: value})


def test_a_moment_is_told_in_asanas_words():
    sent, filled = told("search_projects", due_at_before=MICROSECONDS)
    assert sent == {"due_at.before": "2026-03-02T00:00:00.123Z"}
    assert filled == {"due_at_before": MICROSECONDS}


def test_conditions_on_custom_fields_are_a_parameter_each():
    sent, _ = told(custom_field="12.value=Q&A & more&34.is_set=true&5.greater_than=1.5")
    assert sent == {
        "custom_fields.12.value": "Q&A & more",
        "custom_fields.34.is_set": "true",
        "custom_fields.5.greater_than": "1.5",
    }
    assert told(custom_field="custom_fields.12.contains=")[0] == {"custom_fields.12.contains": ""}
    assert told(custom_type_status="1.custom_type_status_option.gid=2")[0] == {
        "custom_types.1.custom_type_status_option.gid": "2"
    }


def test_what_is_told_stands_beside_filters_and_before_one_of_its_own_name():
    wanted = Wanted(
        {"assignee_not", "assignee_gid"},
        [Conjunct("assignee_not", "=", ("me",)), Conjunct("assignee_gid", "<>", ("5",))],
        "7",
    )
    [access] = plan(CATALOG["search_tasks"], wanted, CATALOG, Sizes()).accesses
    assert access.parameters == {"assignee.not": "me"}
    assert access.told == {"assignee.not"}


@pytest.mark.parametrize("text", ["Launch", "", "1,", "1,,2", "012", "me", "1 2", "-1"])
def test_a_list_of_gids_holds_gids(text):
    said = refusal(project_gid=text)
    assert said.startswith("asana_search_tasks(project_gid := …) is called with '")
    assert said.endswith("It takes gids, such as '1201234567890123', several joined by commas.")


@pytest.mark.parametrize("text", ["someone", "some one@example.com", "a@b@c", "me,you"])
def test_a_list_of_users_holds_what_asana_takes_for_users(text):
    assert "It takes gids, e-mail addresses or the word me, several joined by commas." in refusal(follower_gid=text)


@pytest.mark.parametrize(
    "text", ["12=3", "12.value", "x.value=3", "12.is=3", "12.VALUE=3", "", "value=3", "12.value=1&34.eq=2"]
)
def test_a_condition_that_is_none_is_told_what_can_be_asked(text):
    said = refusal(custom_field=text)
    assert "is_set, value, starts_with, ends_with, contains, less_than, greater_than, before, after." in said


def test_a_projects_custom_field_is_not_asked_about_days():
    assert "greater_than." in refusal("search_projects", custom_field="1.before=2026-01-01")


def test_one_condition_is_said_once():
    assert "custom_fields.1.value twice" in refusal(custom_field="1.value=a&1.value=b")


def test_projects_and_sections_are_not_asked_for_together():
    assert refusal(project_gid="1", section_gid="2") == (
        "asana_search_tasks cannot combine project_gid and section_gid: Asana would answer with the rows of each. "
        "Leave one of them out."
    )


@pytest.mark.parametrize("values", [None, (None,), ("a", "b")])
def test_what_is_no_single_constant_cannot_be_told(values):
    known = [] if values is None else [Conjunct("text", "=", values)]
    assert "takes one constant" in refusal(known=known, columns=["text"])


@pytest.mark.parametrize("column", ["assignee_gid", "created_by_gid", "assigned_by_gid"])
def test_a_user_in_a_predicate_of_a_search_is_a_gid(column):
    assert f"{column} is compared with 'me', which is no gid" in refusal(**{column: "me"})
