"""Where the demo service seems to be, and the token it takes."""

from __future__ import annotations

from asanaql.demo.service import BASE_PATH

DEMO_BASE_URL = f"https://demo.invalid{BASE_PATH}"
DEMO_TOKEN = "demo"
