"""`asanaql demo-server`: the demo workspace for any client, until Ctrl-C."""

from __future__ import annotations

import re
import signal
import socket

import httpx


def test_serves_until_interrupted(start):
    process = start("demo-server", "--port", "0", "--plan", "free", "--scale", "1")
    said = process.stderr.readline()
    url = re.search(r"http://127\.0\.0\.1:\d+/api/1\.0", said)
    assert url is not None
    answer = httpx.get(f"{url[0]}/workspaces", headers={"Authorization": "Bearer an-invented-token"})
    assert answer.status_code == 200
    assert len(answer.json()["data"]) == 1
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_port_that_is_taken_is_a_configuration_error(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start("demo-server", "--port", str(taken.getsockname()[1]))
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith("error: Cannot listen on ")
