"""Reads answers: (request, status, headers, body) becomes a page, a reason to try again, or an error.

Nothing here sends, waits or knows the time. What Asana answers when: https://developers.asana.com/docs/errors
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeGuard
from urllib.parse import quote

from asanaql.api.request import Request
from asanaql.errors import ApiError, AuthError, RateLimited, ServerError

RETRIES = 5

_AGAIN = frozenset((429, 500, 502, 503, 504))
_NO_SYNC = 412
_SENT = f"It was sent {1 + RETRIES} times."
_LONGEST = 80
_ADVICE = {
    401: "Check ASANA_ACCESS_TOKEN; tokens are made at https://app.asana.com/0/my-apps.",
    402: "It needs a paid Asana plan.",
    429: f"{_SENT} Run it again in a minute, or let fewer programs share the token.",
    500: _SENT,
    502: _SENT,
    503: _SENT,
    504: _SENT,
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A read answer: its `data`, the offset of the page after it, and the size of its body in bytes.

    Events come with `sync`, the token that later ones are asked for with, and `more` where there are some already.
    """

    content: list[Row] | Row
    offset: str | None
    size: int
    sync: str | None = None
    more: bool = False

    @property
    def rows(self) -> list[Row]:
        """The rows; a single object is one row."""
        return [self.content] if isinstance(self.content, dict) else self.content


@dataclass(frozen=True)
class Retry:
    """The same request may succeed later.

    `seconds` is what Retry-After says, if anything; `everyone` whether all requests of the token must wait, not this
    one alone; `error` what it becomes when there are no tries left.
    """

    seconds: float | None
    everyone: bool
    error: ApiError


class SyncLost(ApiError):
    """412: events cannot be told from there; `sync` is the token from which on they can."""

    def __init__(self, refused: ApiError, sync: str) -> None:
        super().__init__(refused.status, refused.method, refused.path, refused.said)
        self.sync = sync


def read(
    request: Request, status: int, headers: Mapping[str, str], body: bytes, secret: str = ""
) -> Page | Retry | ApiError:
    """What an answer means. `headers` are looked up in lower case; `secret` is kept out of every text."""
    if 200 <= status < 300:
        return _page(request, status, body, secret)
    if 300 <= status < 400:
        pointed = headers.get("location", "nowhere")
        said = f"a redirect to {pointed}, which is not followed because the token would go there too."
        return _error(request, status, said, secret, "Write the address of the API itself as the base URL.")
    error = _error(request, status, _said(body, secret), secret, _ADVICE.get(status, ""))
    if status == _NO_SYNC and (sync := _sync(_object(body))) is not None:
        return SyncLost(error, sync)
    if status not in _AGAIN:
        return error
    seconds = _seconds(headers)
    return Retry(seconds, status == 429 or seconds is not None, error)


def broken(request: Request, said: str, secret: str = "") -> Retry | ApiError:
    """What it means that no answer, or only a part of one, arrived; `said` is how it ended."""
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return _error(request, 0, said, secret, "Name the certificates of your network with SSL_CERT_FILE.")
    advice = f"{_SENT} Check the network, and the address in --base-url or ASANA_BASE_URL where one is set."
    return Retry(None, False, _error(request, 0, said, secret, advice))


def _page(request: Request, status: int, body: bytes, secret: str) -> Page | Retry:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return _unreadable(request, status, "is not JSON", body, secret)
    content = answer.get("data") if isinstance(answer, dict) else None
    if not _is_content(content):
        return _unreadable(request, status, "has no readable data", body, secret)
    following = answer.get("next_page")
    if following is None:
        return Page(content, None, len(body), _sync(answer), answer.get("has_more") is True)
    offset = following.get("offset") if isinstance(following, dict) else None
    if not isinstance(offset, str) or not offset:
        # Taking it for the last page would leave rows out without a word.
        return _unreadable(request, status, "has a next_page without an offset", body, secret)
    return Page(content, offset, len(body))


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object that a body is, an empty one where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _sync(answer: Mapping[str, Any]) -> str | None:
    sync = answer.get("sync")
    return sync if isinstance(sync, str) and sync else None


def _is_content(content: object) -> TypeGuard[list[Row] | Row]:
    return isinstance(content, dict) or (isinstance(content, list) and all(isinstance(row, dict) for row in content))


def _unreadable(request: Request, status: int, fault: str, body: bytes, secret: str) -> Retry:
    said = f"the answer {fault}: {_beginning(body, secret)}"
    return Retry(None, False, _error(request, status, said, secret, _SENT, ServerError))


def _error(
    request: Request, status: int, said: str, secret: str, advice: str, kind: type[ApiError] | None = None
) -> ApiError:
    if kind is None:
        kind = _KINDS.get(status, ServerError if status == 0 or status >= 500 else ApiError)
    return kind(status, "GET", scrubbed(request.target, secret), scrubbed(said, secret), advice)


_KINDS: dict[int, type[ApiError]] = {401: AuthError, 429: RateLimited}


def scrubbed(text: str, secret: str) -> str:
    """`text` without the secret, also where it stands percent-encoded or as some JSON writers escape it."""
    for form in {secret, quote(secret), quote(secret, safe=""), secret.replace("/", "\\/")} - {""}:
        text = text.replace(form, "[token]")
    return text


def _said(body: bytes, secret: str) -> str:
    """Asana's own words, or the beginning of whatever else has answered."""
    try:
        errors = json.loads(body)["errors"]
        messages = [str(error["message"]) for error in errors]
    except (ValueError, KeyError, TypeError, RecursionError):
        messages = []
    return "; ".join(messages) or f"no error text, but {_beginning(body, secret)}"


def _beginning(body: bytes, secret: str) -> str:
    # Scrubbed before it is cut: half a token is no longer found.
    text = " ".join(scrubbed(body.decode("utf-8", "replace"), secret).split())
    return text[:_LONGEST] + "…" if len(text) > _LONGEST else text or "an empty body"


def _seconds(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After asks for. A date counts from the answer's own Date, so no clocks need agree."""
    value = headers.get("retry-after", "").strip()
    try:
        return max(0.0, _finite(value) if value[:1].isdigit() else _between(headers["date"], value))
    except (KeyError, ValueError, TypeError):  # TypeError: of two dates, one names no zone
        return None


def _finite(value: str) -> float:
    seconds = float(value)
    if not math.isfinite(seconds):
        raise ValueError(value)
    return seconds


def _between(earlier: str, later: str) -> float:
    return (parsedate_to_datetime(later) - parsedate_to_datetime(earlier)).total_seconds()
