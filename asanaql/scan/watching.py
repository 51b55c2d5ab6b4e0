"""What happened in several projects since each was last asked about, asked for side by side.

Source: https://developers.asana.com/docs/events
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from asanaql.api import Meter, Request, Told, told_since
from asanaql.errors import ApiError
from asanaql.scan.account import Account

_RELATION = "events"
_FIELDS = "action,change.field,created_at,parent,resource"
#: Asana has no such project any more, or does not tell this token of it.
_REFUSED = (402, 403, 404)


def watched(account: Account, tokens: Mapping[str, str | None], meter: Meter) -> dict[str, Told | ApiError]:
    """What happened in each project, by its gid, since its sync token; without one, a token to begin with.

    A refusal that is about one project stands in its place. Raises ApiError for any other, and QueryError where
    `meter` allows no further request.
    """
    return account.loop.run(_watched(account, tokens, meter))


async def _watched(account: Account, tokens: Mapping[str, str | None], meter: Meter) -> dict[str, Told | ApiError]:
    asked = [asyncio.ensure_future(_told(account, gid, token, meter)) for gid, token in tokens.items()]
    try:
        return dict(zip(tokens, await asyncio.gather(*asked), strict=True))
    finally:
        for each in asked:
            each.cancel()


async def _told(account: Account, gid: str, token: str | None, meter: Meter) -> Told | ApiError:
    known = () if token is None else (("sync", token),)
    request = Request("/events", (("resource", gid), *known, ("opt_fields", _FIELDS)))
    try:
        return await told_since(lambda each: account.client.page(each, meter, _RELATION, _RELATION), request)
    except ApiError as error:
        if error.status not in _REFUSED:
            raise
        return error
