from __future__ import annotations

import pytest

from asanaql.demo.fields import chosen, compact, full, row, tree_of

USER = {
    "gid": "1",
    "resource_type": "user",
    "name": "Ines Okafor",
    "email": "ines@example.com",
    "photo": {"image_21x21": "x"},
}
PROJECT = {"gid": "2", "resource_type": "project", "name": "Atlas", "owner": USER, "html_notes": "<body/>"}
TASK = {
    "gid": "3",
    "resource_type": "task",
    "resource_subtype": "default_task",
    "name": "Draft",
    "assignee": USER,
    "parent": None,
    "projects": [PROJECT],
    "memberships": [{"project": PROJECT, "section": None}],
    "num_subtasks": 4,
    "custom_fields": [],
}


def asked(opt_fields, record=TASK):
    return chosen(record, tree_of(opt_fields))


def test_only_what_is_asked_comes_back_with_the_gid():
    assert asked("name") == {"gid": "3", "name": "Draft"}


def test_a_bare_object_is_compact():
    assert asked("assignee") == {"gid": "3", "assignee": {"gid": "1", "resource_type": "user", "name": "Ines Okafor"}}


def test_a_dotted_field_brings_the_gid_but_not_the_type():
    assert asked("assignee.name") == {"gid": "3", "assignee": {"gid": "1", "name": "Ines Okafor"}}


@pytest.mark.parametrize("opt_fields", ["assignee,assignee.email", "assignee.email,assignee"])
def test_the_narrow_wins_over_the_bare(opt_fields):
    assert asked(opt_fields) == {"gid": "3", "assignee": {"gid": "1", "email": "ines@example.com"}}


def test_asking_for_the_gid_alone_gives_nothing_else():
    assert asked("assignee.gid")["assignee"] == {"gid": "1"}


def test_groups_and_this_are_written_out():
    assert asked("this.(name|assignee.(name|email))") == asked("name,assignee.name,assignee.email")


def test_unknown_names_are_passed_over():
    assert asked("nmae,assignee.nmae,name.more,uri,") == {"gid": "3", "assignee": {"gid": "1"}}


def test_an_unclosed_group_is_passed_over():
    assert asked("name,assignee.(name") == {"gid": "3", "name": "Draft"}


def test_null_objects_stay_null_when_dotted():
    assert asked("parent.name") == {"gid": "3", "parent": None}


def test_objects_without_gid_hold_their_own_compact_objects():
    assert asked("memberships") == {
        "gid": "3",
        "memberships": [{"project": {"gid": "2", "resource_type": "project", "name": "Atlas"}, "section": None}],
    }


def test_objects_without_gid_are_no_records_whatever_kind_they_speak_of():
    let_through = {"resource_type": "task", "action": "changed", "fields": ["due_on"]}
    assert asked("filters", {"gid": "4", "filters": [let_through]}) == {"gid": "4", "filters": [let_through]}


def test_fields_reach_through_lists_and_several_levels():
    assert asked("memberships.project.owner.name")["memberships"] == [
        {"project": {"gid": "2", "owner": {"gid": "1", "name": "Ines Okafor"}}}
    ]


def test_hidden_names_are_hidden_at_every_level():
    hidden = frozenset({"custom_fields"})
    assert chosen(TASK, tree_of("name,custom_fields,custom_fields.name", hidden)) == {"gid": "3", "name": "Draft"}
    assert "custom_fields" not in full(TASK, hidden)


def test_a_task_row_shows_its_subtype_and_a_project_row_does_not():
    assert list(row(TASK)) == ["gid", "resource_type", "name", "resource_subtype"]
    assert list(compact(PROJECT)) == ["gid", "resource_type", "name"]


def test_a_full_record_leaves_out_what_must_be_asked_for():
    assert "num_subtasks" not in full(TASK)
    assert "html_notes" not in full(PROJECT)
    assert full(TASK)["projects"] == [{"gid": "2", "resource_type": "project", "name": "Atlas"}]
