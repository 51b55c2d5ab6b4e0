from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from asanaql.api import Client, Meter, Request
from asanaql.errors import ApiError, AsanaqlError, AuthError, ConfigError, QueryError, RateLimited, ServerError


class Cut(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b'{"data": [{"gi'
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


def fails(kind: str, asana: Any) -> Any:
    made: dict[str, Any] = {
        "500": lambda: asana.refusal(500, "Oops"),
        "502": lambda: asana.refusal(502),
        "503": lambda: httpx.Response(503, html="<html>"),
        "504": lambda: asana.refusal(504),
        "cut body": lambda: httpx.Response(200, stream=Cut()),
        "cut JSON": lambda: httpx.Response(200, text='{"data": [{"gi'),
        "HTML": lambda: httpx.Response(200, html="<html>Down for maintenance</html>"),
        "no data": lambda: httpx.Response(200, json={"ok": True}),
        "bad gzip": lambda: httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Cut()),
        "refused": lambda: httpx.ConnectError("All connection attempts failed"),
        "dropped": lambda: httpx.ReadError(""),
        "disconnected": lambda: httpx.RemoteProtocolError("Server disconnected without sending a response."),
        "connect timeout": lambda: httpx.ConnectTimeout(""),
        "read timeout": lambda: httpx.ReadTimeout(""),
    }
    return made[kind]()


FAILURES = [
    "500", "502", "503", "504", "cut body", "cut JSON", "HTML", "no data", "bad gzip", "refused", "dropped",
    "disconnected", "connect timeout", "read timeout",
]  # fmt: skip


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_is_sent_again_after_a_growing_wait(asana: Any, kind: str) -> None:
    asana.answer = lambda n, request: fails(kind, asana) if n < 4 else asana.page([{"gid": "1"}])
    assert asana.ask().rows == [{"gid": "1"}]
    assert asana.times == [0.0, 0.5, 1.5, 3.5, 7.5]
    assert (asana.meter.requests, asana.meter.retries) == (5, 4)


@pytest.mark.parametrize("kind", FAILURES)
def test_the_sixth_failure_is_an_error(asana: Any, kind: str) -> None:
    asana.answer = lambda n, request: fails(kind, asana)
    with pytest.raises(ServerError) as caught:
        asana.ask()
    assert asana.times == [0.0, 0.5, 1.5, 3.5, 7.5, 15.5]
    assert "GET /projects" in str(caught.value)
    assert "sent 6 times" in str(caught.value)


def test_five_failures_are_survived(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(500) if n < 5 else asana.page([])
    asana.ask()
    assert len(asana.sent) == 6


def test_the_wait_is_a_random_part_of_its_bound(asana: Any) -> None:
    numbers = iter([0.0, 0.25, 0.5])
    asana.answer = lambda n, request: asana.refusal(500) if n < 3 else asana.page([])
    asana.ask(jitter=lambda: next(numbers))
    assert asana.times == [0.0, 0.0, 0.25, 1.25]


def test_retry_after_is_kept_to_the_second(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(429, retry_after="13") if n < 2 else asana.page([])
    asana.ask()
    assert asana.times == [0.0, 13.0, 26.0]
    assert asana.meter.waited == 26.0


def test_the_sixth_429_is_an_error_in_asanas_words(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(429, "You have made too many requests recently.", retry_after="2")
    with pytest.raises(RateLimited, match="too many requests recently"):
        asana.ask()
    assert asana.times == [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 412, 451])
def test_a_refusal_is_not_sent_again(asana: Any, status: int) -> None:
    asana.answer = lambda n, request: asana.refusal(status, "You do not have access to this project.")
    with pytest.raises(ApiError, match="You do not have access to this project") as caught:
        asana.ask()
    assert len(asana.sent) == 1
    assert isinstance(caught.value, AuthError) == (status == 401)


def test_one_refused_request_does_not_touch_its_neighbours(asana: Any) -> None:
    asana.answer = lambda n, request: asana.refusal(403) if n == 3 else asana.page([{"gid": str(n)}])

    async def main(client: Client) -> list[Any]:
        asked = (client.page(Request(f"/projects/{n}/tasks"), asana.meter) for n in range(10))
        return await asyncio.gather(*asked, return_exceptions=True)

    outcomes = asana.run(main)
    assert [n for n, outcome in enumerate(outcomes) if isinstance(outcome, ApiError)] == [3]
    assert len(asana.sent) == 10


@pytest.mark.parametrize("location", ["https://evil.example.net/x", "//evil.example.net/x", "/api/1.1/projects"])
def test_a_redirect_is_an_error_and_nothing_follows_it(asana: Any, location: str) -> None:
    asana.answer = lambda n, request: httpx.Response(302, headers={"location": location})
    with pytest.raises(ApiError, match="redirect") as caught:
        asana.ask()
    assert location in str(caught.value)
    assert [request.url.host for request in asana.sent] == ["asana.example.com"]


def test_what_is_sent_is_a_get_with_the_token_to_the_base_url(asana: Any, token: str) -> None:
    async def main(client: Client) -> None:
        await client.page(Request("/tasks", (("project", "12"), ("opt_fields", "name,due_on"))), asana.meter)

    asana.run(main)
    (request,) = asana.sent
    assert request.method == "GET"
    assert str(request.url) == "https://asana.example.com/api/1.0/tasks?project=12&opt_fields=name,due_on"
    assert request.headers["authorization"] == f"Bearer {token}"
    assert request.headers["user-agent"].startswith("asanaql/")
    assert request.extensions["timeout"] == {"connect": 10.0, "read": 60.0, "write": 60.0, "pool": None}


def test_there_is_no_way_to_send_anything_else() -> None:
    public = {name for name in vars(Client) if not name.startswith("_")}
    assert public == {"page", "close", "per_minute"}
    assert list(inspect.signature(Client.page).parameters) == ["self", "request", "meter", "subject", "scan"]
    assert set(Request.__dataclass_fields__) == {"path", "params"}


def test_bytes_are_counted_as_read(asana: Any) -> None:
    size = asana.ask().size
    assert asana.meter.bytes == size > 0


def test_http_to_another_machine_is_refused_before_anything_is_sent(asana: Any, token: str) -> None:
    with pytest.raises(ConfigError, match=r"https://asana\.example\.com"):
        Client("http://asana.example.com/api/1.0", token, transport=asana)


@pytest.mark.parametrize("secret", ["", "1/42 43", "1/42\n", "1/42é", "1/42\t"])
def test_a_token_that_no_header_can_hold_is_refused_and_not_repeated(secret: str, base_url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Client(base_url, secret)
    assert "1/42" not in str(caught.value)


def test_a_key_too_long_for_any_address_is_the_statements_fault(asana: Any) -> None:
    with pytest.raises(QueryError) as caught:
        asana.ask(path="/tasks/" + "9" * 70_000)
    assert len(str(caught.value)) < 500


def test_the_token_is_in_no_error_log_or_repr(
    asana: Any, token: str, base_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = f"Authorization: Bearer {token}"
    answers: list[Any] = [asana.refusal(status, echo) for status in (400, 401, 402, 403, 404, 429, 500, 503)]
    answers += [httpx.Response(302, headers={"location": f"https://evil.example.net/?t={token}"})]
    answers += [httpx.Response(200, text=echo), httpx.ReadError(echo), httpx.ConnectTimeout(echo)]
    texts = [repr(Client(base_url, token)), str(Client(base_url, token))]
    for answer in answers:
        asana.answer = lambda n, request, answer=answer: answer
        with pytest.raises(AsanaqlError) as caught:
            asana.ask()
        texts += [str(caught.getrepr(style="short")), repr(caught.value), repr(vars(caught.value))]
    asana.meter = Meter(0)
    with pytest.raises(AsanaqlError) as caught:
        asana.ask()
    texts.append(str(caught.value))
    assert "invented-token" in token
    assert "invented-token" not in "\n".join([*texts, caplog.text])
    assert caplog.text


def test_a_closed_client_sends_nothing(asana: Any) -> None:
    async def main(client: Client) -> None:
        await client.page(Request("/projects"), asana.meter)
        await client.close()
        await client.close()
        with pytest.raises(RuntimeError, match="closed"):
            await client.page(Request("/projects"), asana.meter)

    asana.run(main)
    assert len(asana.sent) == 1


def test_certificates_that_cannot_be_read_are_a_matter_of_configuration(
    token: str, base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/at-all.pem")
    with pytest.raises(ConfigError, match="SSL_CERT_FILE"):
        asyncio.run(Client(base_url, token).page(Request("/projects"), Meter()))


def test_over_real_sockets_a_cut_body_is_sent_again_and_the_rest_is_read(token: str) -> None:
    whole = b'{"data": [{"gid": "1"}], "next_page": null}'
    sent = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sent.append((await reader.readuntil(b"\r\n\r\n")).decode())
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(whole)}\r\nConnection: close\r\n\r\n".encode()
        writer.write(head + (whole[:20] if len(sent) < 3 else whole))
        await writer.drain()
        writer.close()

    async def main() -> list[dict[str, Any]]:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        client = Client(f"http://127.0.0.1:{port}/api/1.0", token, jitter=lambda: 0.0)
        async with server:
            page = await client.page(Request("/projects"), Meter())
            await client.close()
        return page.rows

    assert asyncio.run(main()) == [{"gid": "1"}]
    assert [text.splitlines()[0] for text in sent] == ["GET /api/1.0/projects HTTP/1.1"] * 3


def test_a_transport_can_be_made_when_the_first_request_is_sent(asana: Any) -> None:
    made: list[Any] = []

    def make() -> Any:
        made.append(asana)
        return asana

    async def main(client: Client) -> None:
        assert made == []
        for _ in range(2):
            await client.page(Request("/projects"), Meter())

    asana.run(main, transport=make)
    assert made == [asana]
    assert len(asana.sent) == 2
