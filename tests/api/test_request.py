from __future__ import annotations

import pytest

from asanaql.api import Request
from asanaql.errors import QueryError


def test_what_is_sent_is_path_and_encoded_parameters() -> None:
    request = Request("/tasks", (("project", "12"), ("opt_fields", "name,memberships.section.name"), ("text", "a&b ü")))
    assert request.wire == "/tasks?project=12&opt_fields=name,memberships.section.name&text=a%26b%20%C3%BC"


def test_a_request_without_parameters_is_its_path() -> None:
    assert Request("/projects/12/sections").wire == "/projects/12/sections"


def test_people_see_neither_fields_nor_offset() -> None:
    request = Request("/tasks", (("project", "12"), ("opt_fields", "name"), ("limit", "100"))).with_offset("eyJ0")
    assert request.target == "/tasks?project=12&limit=100"


def test_an_offset_replaces_the_one_before() -> None:
    request = Request("/tasks", (("project", "12"),))
    assert request.with_offset("a").with_offset("b").params == (("project", "12"), ("offset", "b"))


def test_equal_requests_are_one_key() -> None:
    assert len({Request("/a", (("b", "c"),)), Request("/a", (("b", "c"),))}) == 1


@pytest.mark.parametrize(
    "path",
    ["", "tasks", "//evil.example.com", "/a//b", "/a/", "/a/../b", "/a/..", "/./a", "/a?b=c", "/a#b", "/a b", "/a\nb"],
)
def test_a_key_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(QueryError, match="no address"):
        Request(path)


@pytest.mark.parametrize("path", ["/users/me", "/tasks/1%2F2", "/users/a.b@example.com", "/a/..b"])
def test_odd_keys_that_stay_in_place_are_taken(path: str) -> None:
    assert Request(path).wire == path
