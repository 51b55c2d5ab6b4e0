"""Pages: limits, and offsets that are opaque, bound to their listing, and live fifteen minutes.

Source: https://developers.asana.com/docs/pagination
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256

from asanaql.demo.refusals import EXPIRED, INVALID, Refusal

LIFETIME = 900
LARGEST_PAGE = 100
LARGEST_WHOLE = 1000

_HEAD = urlsafe_b64encode(b'{"typ":"JWT","alg":"HS256"}').rstrip(b"=").decode()
_SIGNED_WITH = b"the demo workspace keeps no secrets"


def limit_of(text: str | None) -> int | None:
    """The page size that was asked for, or None. Refuses what is not from 1 to 100."""
    if text is None:
        return None
    if not text.isascii() or not text.lstrip("-").isdigit():
        raise Refusal(400, f"limit: Not a Long: {text}")
    if not 1 <= int(text) <= LARGEST_PAGE:
        raise Refusal(400, f"limit: Must be between 1 and {LARGEST_PAGE}")
    return int(text)


def offset_at(position: int, listing: str, now: float) -> str:
    """The token for the page that begins at a position of a listing."""
    claims = {"border_rank": position, "listing": listing, "iat": int(now), "exp": int(now) + LIFETIME}
    body = urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{_HEAD}.{body}.{_signature(body)}"


def position_of(offset: str | None, listing: str, now: float) -> int:
    """Where a token says that its page begins; 0 for none. Refuses foreign, damaged and expired tokens."""
    if offset is None:
        return 0
    head, _, rest = offset.partition(".")
    body, _, signature = rest.partition(".")
    if head != _HEAD or not hmac.compare_digest(signature.encode(), _signature(body).encode()):
        raise Refusal(400, INVALID)
    try:
        claims = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (NotBase64, ValueError) as damaged:
        raise Refusal(400, INVALID) from damaged
    if claims["listing"] != listing:
        raise Refusal(400, INVALID)
    if now >= claims["exp"]:
        raise Refusal(400, EXPIRED)
    return int(claims["border_rank"])


def _signature(body: str) -> str:
    return hmac.new(_SIGNED_WITH, f"{_HEAD}.{body}".encode(), sha256).hexdigest()
