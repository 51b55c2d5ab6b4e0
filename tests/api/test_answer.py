from __future__ import annotations

import json

import pytest

from asanaql.api.answer import Page, Retry, broken, read
from asanaql.api.request import Request
from asanaql.errors import ApiError, AuthError, RateLimited, ServerError

REQUEST = Request("/projects/12/tasks", (("opt_fields", "name"),))
SECRET = "1/42:invented"


def answered(status: int, content: object, headers: dict[str, str] | None = None) -> Page | Retry | ApiError:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read(REQUEST, status, headers or {}, body, SECRET)


def refused(status: int, *messages: str) -> ApiError:
    outcome = answered(status, {"errors": [{"message": message} for message in messages]})
    assert isinstance(outcome, ApiError)
    return outcome


def retried(status: int, content: object, headers: dict[str, str] | None = None) -> Retry:
    outcome = answered(status, content, headers)
    assert isinstance(outcome, Retry)
    return outcome


def test_a_list_is_a_page_of_rows_and_tells_where_the_next_begins() -> None:
    body = b'{"data": [{"gid": "1"}], "next_page": {"offset": "eyJ0", "path": "/x", "uri": "y"}}'
    assert answered(200, body) == Page([{"gid": "1"}], "eyJ0", len(body))


def test_a_single_object_is_one_row() -> None:
    outcome = answered(200, {"data": {"gid": "1"}})
    assert isinstance(outcome, Page)
    assert outcome.rows == [{"gid": "1"}]


@pytest.mark.parametrize("answer", [{"data": []}, {"data": [], "next_page": None}])
def test_next_page_may_be_missing_or_null(answer: object) -> None:
    outcome = answered(200, answer)
    assert isinstance(outcome, Page)
    assert outcome.offset is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Service unavailable</html>",
        b'{"data": [{"gid": "1"}',
        b"\xff\xfe",
        b"[" * 100_000,
        [],
        {},
        {"data": None},
        {"data": "text"},
        {"data": [1]},
        {"errors": [{"message": "odd"}]},
        {"data": [], "next_page": {"path": "/x"}},
        {"data": [], "next_page": {"offset": ""}},
        {"data": [], "next_page": "eyJ0"},
    ],
)
def test_a_200_that_holds_no_page_counts_as_broken(content: object) -> None:
    retry = retried(200, content)
    assert (retry.seconds, retry.everyone, type(retry.error)) == (None, False, ServerError)


def test_a_broken_answer_is_quoted_by_its_beginning() -> None:
    retry = retried(200, b"<html>\n  " + b"x" * 1000)
    assert retry.error.said == "the answer is not JSON: <html> " + "x" * 73 + "…"


def test_no_part_of_a_token_is_left_where_a_quotation_is_cut() -> None:
    retry = retried(200, b"x" * 74 + SECRET.encode())
    assert retry.error.said == "the answer is not JSON: " + "x" * 74 + "[token…"


@pytest.mark.parametrize("status", [400, 402, 403, 404, 412, 451])
def test_a_refusal_is_an_error_in_asanas_words(status: int) -> None:
    error = refused(status, "project: Not a recognized ID: 12", "limit: too large")
    assert type(error) is ApiError
    assert error.said == "project: Not a recognized ID: 12; limit: too large"
    assert (error.status, error.method, error.path) == (status, "GET", "/projects/12/tasks")


def test_401_tells_which_variable_and_where_tokens_are_made() -> None:
    error = refused(401, "Not Authorized")
    assert type(error) is AuthError
    assert "Not Authorized" in str(error)
    assert "ASANA_ACCESS_TOKEN" in str(error)
    assert "https://app.asana.com/0/my-apps" in str(error)


def test_402_quotes_asana_and_says_what_is_needed() -> None:
    text = str(refused(402, "Search is only available to premium users."))
    assert "Search is only available to premium users." in text
    assert "paid Asana plan" in text


@pytest.mark.parametrize("status", [501, 505])
def test_other_server_errors_are_not_retried(status: int) -> None:
    assert type(refused(status, "No.")) is ServerError


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_is_retried_by_that_request_alone(status: int) -> None:
    retry = retried(status, {"errors": [{"message": "Oops", "phrase": "6 sad squid"}]})
    assert (retry.seconds, retry.everyone, type(retry.error), retry.error.said) == (None, False, ServerError, "Oops")


def test_429_makes_everyone_wait() -> None:
    retry = retried(429, {"errors": [{"message": "Too many"}]})
    assert (retry.seconds, retry.everyone, type(retry.error)) == (None, True, RateLimited)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_makes_everyone_wait_whatever_the_status(status: int) -> None:
    retry = retried(status, {}, {"retry-after": "30"})
    assert (retry.seconds, retry.everyone) == (30.0, True)


def test_a_date_to_retry_after_counts_from_the_answers_own() -> None:
    dates = {"date": "Tue, 06 Jan 2026 10:00:00 GMT", "retry-after": "Tue, 06 Jan 2026 10:01:30 GMT"}
    assert retried(429, {}, dates).seconds == 90.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0.0), ("1.5", 1.5), ("Tue, 06 Jan 2026 09:00:00 GMT", 0.0)]
    + [(value, None) for value in ("", "soon", "-1", "inf", "nan", "9" * 400, "Tue, 06 Jan 2026 10:00:00 -0000")],
)
def test_an_unreadable_retry_after_is_none(value: str, seconds: float | None) -> None:
    assert retried(429, {}, {"date": "Tue, 06 Jan 2026 10:00:00 GMT", "retry-after": value}).seconds == seconds


def test_a_date_to_retry_after_without_a_date_to_count_from_is_none() -> None:
    assert retried(429, {}, {"retry-after": "Tue, 06 Jan 2026 10:01:30 GMT"}).seconds is None


@pytest.mark.parametrize("content", [b"<h1>Forbidden</h1>", b"", {"errors": "x"}, {"errors": [{}]}, [], {"error": "x"}])
def test_a_refusal_without_asanas_words_is_still_a_refusal(content: object) -> None:
    error = answered(403, content)
    assert isinstance(error, ApiError)
    assert error.said.startswith("no error text, but ")


@pytest.mark.parametrize("status", [301, 302, 304, 307, 308])
def test_a_redirect_is_an_error_that_says_where_it_pointed(status: int) -> None:
    error = answered(status, b"", {"location": "https://evil.example.com/x"})
    assert isinstance(error, ApiError)
    assert "https://evil.example.com/x" in str(error)


def test_no_answer_is_a_server_error_that_can_be_retried() -> None:
    retry = broken(REQUEST, "ReadTimeout")
    assert isinstance(retry, Retry)
    assert str(retry.error).startswith("No answer from Asana to GET /projects/12/tasks: ReadTimeout")


def test_a_certificate_that_fails_once_fails_always() -> None:
    error = broken(REQUEST, "ConnectError [SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate")
    assert isinstance(error, ServerError)
    assert "SSL_CERT_FILE" in str(error)


@pytest.mark.parametrize("echo", [SECRET, "1%2F42%3Ainvented", "1/42%3Ainvented", "1\\/42:invented"])
@pytest.mark.parametrize("status", [200, 302, 400, 401, 429, 500])
def test_a_token_that_the_server_repeats_is_not_passed_on(status: int, echo: str) -> None:
    body = b'{"errors": [{"message": "Bearer ' + echo.encode() + b' is wrong"}]}'
    outcome = answered(status, body, {"location": f"https://example.com/?token={echo}"})
    text = repr(outcome) + str(outcome.error if isinstance(outcome, Retry) else outcome)
    assert "invented" not in text
