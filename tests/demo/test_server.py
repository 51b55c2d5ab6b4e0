from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asana
import httpx
import pytest

from asanaql.demo import DEMO_BASE_URL, DEMO_TOKEN, DemoTransport, run, serve
from asanaql.errors import ConfigError

HEADERS = {"authorization": f"Bearer {DEMO_TOKEN}"}


@pytest.fixture
def url(service):
    with serve(service) as base:
        yield base


@pytest.fixture
def official(url):
    configuration = asana.Configuration()
    configuration.host = url
    configuration.access_token = DEMO_TOKEN
    return asana.ApiClient(configuration)


# The official client


def test_the_official_client_pages_through_a_project(world, service, official):
    big = world.notable["biggest"]
    read = list(asana.TasksApi(official).get_tasks_for_project(big, {"opt_fields": "name,assignee.name"}))
    assert [task["gid"] for task in read] == [task["gid"] for task in world.tasks_in(big)]
    assert read[0]["name"] == world.tasks_in(big)[0]["name"]
    assert len(service.log) == 7


def test_the_official_client_pages_through_projects_and_users(world, official):
    # It keeps its offset in what it was given: one for each listing.
    first, second = ({"workspace": world.workspace["gid"], "limit": 7} for _ in range(2))
    assert {p["gid"] for p in asana.ProjectsApi(official).get_projects(first)} == {p["gid"] for p in world.projects}
    assert [u["name"] for u in asana.UsersApi(official).get_users(second)] == [u["name"] for u in world.users]


def test_the_official_client_understands_a_refusal(official):
    with pytest.raises(asana.rest.ApiException) as caught:
        asana.TasksApi(official).get_task("123", {})
    assert caught.value.status == 404
    assert b"Not a recognized ID" in caught.value.body


# The server


def test_the_server_answers_as_the_service_does(world, service, url):
    path, params = f"/projects/{world.notable['hundred']}/tasks", {"limit": "3", "opt_fields": "name,notes"}
    over_http = httpx.get(url + path, params=params, headers=HEADERS)
    inside = service.answer("GET", path, list(params.items()), {**HEADERS, "host": over_http.request.headers["host"]})
    assert (over_http.status_code, over_http.content) == (inside.status, inside.body)
    assert over_http.headers["content-type"] == "application/json; charset=UTF-8"
    assert over_http.json()["next_page"]["uri"].startswith(f"{url}{path}?")


def test_connections_are_kept(url):
    with httpx.Client(headers=HEADERS) as client:
        ports = {
            client.get(f"{url}/workspaces").extensions["network_stream"].get_extra_info("client_addr")[1]
            for _ in range(3)
        }
    assert len(ports) == 1


def test_writes_are_refused_with_their_bodies_read(url):
    with httpx.Client(headers=HEADERS) as client:
        assert client.post(f"{url}/tasks", json={"data": {"name": "x" * 200_000}}).status_code == 404
        assert client.head(f"{url}/workspaces").status_code == 404
        assert client.get(f"{url}/workspaces").status_code == 200


def test_addresses_outside_the_api_have_no_route(url):
    assert httpx.get(url.removesuffix("/api/1.0") + "/", headers=HEADERS).status_code == 404


def test_forty_connections_are_answered_side_by_side(service):
    # Were they served in turn, forty times the latency would pass the client's timeout.
    with serve(service, latency=0.2) as url, ThreadPoolExecutor(40) as pool:
        asked = [pool.submit(httpx.get, f"{url}/workspaces", headers=HEADERS, timeout=4) for _ in range(40)]
        assert [request.result().status_code for request in asked] == [200] * 40


def test_garbage_closes_the_connection_and_nothing_else(url):
    host, port = url.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(b"\x00\x01 garbage\r\n\r\n")
        assert raw.recv(100) == b""
    assert httpx.get(f"{url}/workspaces", headers=HEADERS).status_code == 200


def test_a_second_request_in_the_same_packet_is_answered_after_the_first(url):
    host, port = url.split("/")[2].split(":")
    one = f"GET /api/1.0/{{}} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer x\r\n{{}}\r\n"
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall((one.format("workspaces", "") + one.format("nothing", "Connection: close\r\n")).encode())
        read = b""
        while part := raw.recv(65536):
            read += part
    assert read.index(b"HTTP/1.1 200") < read.index(b"HTTP/1.1 404")


def test_a_server_stops_with_its_block_and_ends_its_connections(service):
    with httpx.Client(headers=HEADERS) as client:
        with serve(service) as url:
            assert client.get(f"{url}/workspaces").status_code == 200
        with pytest.raises(httpx.TransportError):
            client.get(f"{url}/workspaces")


def test_a_taken_port_is_an_error(service, url):
    port = int(url.split(":")[2].split("/")[0])
    with pytest.raises(OSError, match="in use"), serve(service, port=port):
        pass
    with pytest.raises(ConfigError, match="--port"):
        run(port)


def test_run_says_where_it_is_and_stops_cleanly_on_ctrl_c():
    program = "from asanaql.demo import run; run(0)"
    server = subprocess.Popen(
        [sys.executable, "-c", program],
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    try:
        said = server.stderr.readline()
        url = said.split()[-1]
        assert httpx.get(f"{url}/workspaces", headers=HEADERS).status_code == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=10) == 0
        assert server.stderr.read() == ""
    finally:
        server.kill()
        server.stderr.close()


# Inside the process


def test_the_transport_answers_as_the_service_after_the_latency(world, service):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    async def read():
        transport = DemoTransport(service, latency=0.25, sleep=sleep)
        async with httpx.AsyncClient(transport=transport, base_url=DEMO_BASE_URL, headers=HEADERS) as client:
            return await client.get("/users", params={"limit": "2", "opt_fields": "name,email"})

    answer = asyncio.run(read())
    assert answer.status_code == 200
    assert [user["name"] for user in answer.json()["data"]] == [user["name"] for user in world.users[:2]]
    assert slept == [0.25]
    assert service.log == [("GET", "/users", {"limit": "2", "opt_fields": "name,email"})]
