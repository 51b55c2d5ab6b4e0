"""How a scan asks: through the statement's memo, within its bound, under the name that the log knows it by."""

from __future__ import annotations

from functools import partial

from asanaql.api import BoundReached, Page, Request
from asanaql.cache import CacheFault
from asanaql.catalog.model import Table
from asanaql.errors import ApiError, QueryError
from asanaql.plan.access import Access, Wanted, plan
from asanaql.scan.account import Account
from asanaql.scan.guard import Ask, permit, permit_more
from asanaql.scan.statement import Statement

_PAID = 402


class Unsent(QueryError):
    """What is asked for is not kept, and nothing may be sent."""


async def _nobody(_: str) -> bool:
    return False


class Asking:
    """What one scan asks of Asana. `remember` keeps its pages for the statement's other scans.

    `offline`, it raises Unsent where it would have to ask. `ask` puts a question to whoever may allow more than the
    statement's bound. `scan` is what the log calls the scan.
    """

    def __init__(
        self, account: Account, statement: Statement, *, remember: bool, offline: bool, ask: Ask | None, scan: str
    ) -> None:
        self.account = account
        self.statement = statement
        self.cache = account.cache
        self.scan = scan
        self._remember = remember
        self._offline = offline
        self._ask = ask or _nobody
        self._whole: tuple[Table, Wanted] | None = None

    def leave_cache(self, fault: CacheFault) -> None:
        """Do without the cache from here on, and say so."""
        self.cache = None
        self.statement.notes.say(
            f"The cache was not used, which can cost requests: {fault}. `asanaql cache clear` removes it."
        )

    async def page(self, request: Request, subject: str) -> Page:
        """The answer to a request for rows of `subject`; one that the statement may need again is sent once."""
        if not self._remember:
            return await self._sent(request, subject)
        return await self.remembered(request, subject)

    async def remembered(self, request: Request, subject: str) -> Page:
        """The answer to a request that is sent once in the statement, however often it is needed."""
        return await self.statement.memo.page(request, partial(self._sent, subject=subject))

    def expect(self, table: Table, wanted: Wanted) -> None:
        """This is what the scan is for; what it takes keys from is a part of that."""
        self._whole = self._whole or (table, wanted)

    async def permit(self, table: Table, access: Access, listings: int) -> None:
        """Stop before listings that are more than the statement may ask for, if it will read all of them."""
        if self._offline or not self.statement.whole or self.statement.scans[table.name] > 1:
            return
        filters = {taken.column for taken in access.path.filters if taken.parameter in access.parameters}
        about = self.statement.meter.requests + listings * self.account.sizes.pages(table, access.path)
        if self._whole is not None:
            # By now it is known how many parents there are.
            about = max(about, plan(*self._whole, self.account.catalog, self.account.sizes).requests)
        await permit(self.statement, table, {*access.keys, *filters}, listings, about, self._ask)

    async def _sent(self, request: Request, subject: str) -> Page:
        if self._offline:
            raise Unsent(f"{request.target} is not kept")

        async def send(wanted: Request) -> Page:
            return await self.account.client.page(wanted, self.statement.meter, subject, self.scan)

        while True:
            try:
                return await self.account.flights.page(request, send)
            except BoundReached as reached:
                await permit_more(self.statement, reached, self._ask)
            except ApiError as error:
                raise self._explained(error, subject) from None

    def _explained(self, error: ApiError, subject: str) -> ApiError:
        """The refusal, with the plan that the relation needs where it is about the plan."""
        table = self.account.catalog.get(subject)
        if error.status != _PAID or table is None or not table.plan:
            return error
        return ApiError(error.status, error.method, error.path, error.said, f"{subject} needs {table.plan}.")
