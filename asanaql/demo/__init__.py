"""A simulated Asana with a workspace in it, for trying asanaql without a token, for tests and for benchmarks.

`build` makes the World, `Service` answers requests about it, `DemoTransport` puts it behind httpx inside the
process, `serve` and `run` behind a socket. It reads no clock that was not given, and writes nothing anywhere.
"""

from asanaql.demo.build import build
from asanaql.demo.server import run, serve
from asanaql.demo.service import Answer, Service
from asanaql.demo.transport import DEMO_BASE_URL, DEMO_TOKEN, DemoTransport
from asanaql.demo.world import World

__all__ = ["DEMO_BASE_URL", "DEMO_TOKEN", "Answer", "DemoTransport", "Service", "World", "build", "run", "serve"]
