"""How a scan asks: through the statement's memo, within its bound, under the name that the log knows it by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from asanaql.api import BoundReached, Page, Request
from asanaql.cache import CacheFault
from asanaql.catalog.model import Table
from asanaql.errors import ApiError, QueryError
from asanaql.plan.access import Access, Wanted, plan
from asanaql.scan.account import Account
from asanaql.scan.guard import Ask, permit, permit_more
from asanaql.scan.listing import Listing
from asanaql.scan.statement import Statement
from asanaql.scan.tally import Tally

_PAID = 402


class Unsent(QueryError):
    """What is asked for is not kept, and nothing may be sent."""


async def _nobody(_: str) -> bool:
    return False


class Asking:
    """What one scan asks of Asana. `remember` keeps its pages for the statement's other scans.

    `offline`, it raises Unsent where it would have to ask. `ask` puts a question to whoever may allow more than the
    statement's bound. `tally` counts what is asked, and has the name of the scan.
    """

    def __init__(
        self,
        account: Account,
        statement: Statement,
        *,
        remember: bool,
        offline: bool,
        ask: Ask | None,
        tally: Tally | None,
    ) -> None:
        self.account = account
        self.statement = statement
        self.cache = account.cache
        self.tally = Tally(whole=statement.whole) if tally is None else tally
        statement.tallies.append(self.tally)
        self._remember = remember
        self._offline = offline
        self._ask = ask or _nobody
        self._whole: tuple[Table, Wanted] | None = None
        self._abouts: dict[str, float] = {}

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

    def pages_of(self, each: Listing, *, again: bool = False) -> Callable[[Request], Awaitable[Page]]:
        """What gets the listing's pages, each of them counted; `again` says that each is needed more than once."""
        get = self.remembered if again else self.page

        async def page(request: Request) -> Page:
            found = await get(request, each.table.name)
            self.tally.page(each.identity, more=found.offset is not None)
            return found

        return page

    def expect(self, table: Table, wanted: Wanted, requests: float) -> None:
        """This is what the scan is for, and what it is guessed to cost; what it takes keys from is a part of that."""
        if self._whole is None:
            self._whole = table, wanted
            self.tally.guess(requests)

    def announce(self, each: Listing) -> None:
        """The listing will be read."""
        keys = {key: (value,) for key, value in each.keys.items()}
        guess = 1.0 if each.first else self.account.sizes.requests(each.table, each.path, keys, each.parameters)
        self.tally.of(each.table.name).announce(each.identity, guess)

    def reckon(self, table: Table, *, complete: bool) -> None:
        """More listings of the relation have been announced, if `complete` all of them."""
        if self._whole is None:
            return
        if complete and table is self._whole[0]:
            self.tally.complete()
        else:
            # By now more is known of how many parents there are.
            self.tally.guess(self._in_all(*self._whole))

    def _in_all(self, table: Table, wanted: Wanted) -> float:
        """How many requests the scan is guessed to take by what is known now."""
        return plan(table, wanted, self.account.catalog, self.account.sizes).requests

    async def permit(self, table: Table, access: Access, listings: int) -> None:
        """Stop before listings that are more than the statement may ask for, if it will read all of them."""
        if self._offline or not self.statement.whole or self.statement.scans[table.name] > 1:
            return
        filters = {taken.column for taken in access.path.filters if taken.parameter in access.parameters}
        about = self.statement.meter.requests + listings * self.account.sizes.pages(table, access.path)
        if self._whole is not None:
            # By now it is known how many parents there are.
            about = max(about, self._in_all(*self._whole))
        # The parents that are known first are those that have the least below them, and tell little of the others.
        about = self._abouts[table.name] = max(about, self._abouts.get(table.name, 0.0))
        await permit(self.statement, table, {*access.keys, *filters}, listings, about, self._ask)

    def answered_from_cache(self, request: Request, rows: int, subject: str) -> None:
        """A listing of so many rows came from the cache, for which the request would have been sent first."""
        self.tally.of(subject).cached += 1
        self.statement.meter.answered_from_cache(request, rows, subject, self.tally.scan)

    async def _sent(self, request: Request, subject: str) -> Page:
        if self._offline:
            raise Unsent(f"{request.target} is not kept")
        tally = self.tally.of(subject)
        own = False

        async def send(wanted: Request) -> Page:
            nonlocal own
            own = True
            return await self.account.client.page(wanted, self.statement.meter, subject, tally.scan)

        while True:
            try:
                page = await self.account.flights.page(request, send)
            except BoundReached as reached:
                await permit_more(self.statement, reached, self._ask)
            except ApiError as error:
                tally.requests += own
                raise self._explained(error, subject) from None
            else:
                tally.requests += own
                return page

    def _explained(self, error: ApiError, subject: str) -> ApiError:
        """The refusal, with the plan that the relation needs where it is about the plan."""
        table = self.account.catalog.get(subject)
        if error.status != _PAID or table is None or not table.plan:
            return error
        return ApiError(error.status, error.method, error.path, error.said, f"{subject} needs {table.plan}.")
