"""A simulated Asana with a workspace in it, for trying asanaql without a token, for tests and for benchmarks.

`build` makes the World, `Service` answers requests about it, `DemoTransport` puts it behind httpx inside the
process, `serve` and `run` behind a socket. It reads no clock that was not given, and writes nothing anywhere.
"""

from typing import TYPE_CHECKING

from asanaql.demo.address import DEMO_BASE_URL, DEMO_TOKEN
from asanaql.demo.build import build
from asanaql.demo.service import Answer, Service
from asanaql.demo.world import World

if TYPE_CHECKING:
    from asanaql.demo.server import run, serve
    from asanaql.demo.transport import DemoTransport

__all__ = ["DEMO_BASE_URL", "DEMO_TOKEN", "Answer", "DemoTransport", "Service", "World", "build", "run", "serve"]

if not TYPE_CHECKING:  # Type checkers would take every name for one of the module's.

    def __getattr__(name: str) -> object:
        """What needs httpx, which a demo does without until something is asked of it."""
        if name == "DemoTransport":
            from asanaql.demo import transport

            return transport.DemoTransport
        if name in ("run", "serve"):
            from asanaql.demo import server

            return getattr(server, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
