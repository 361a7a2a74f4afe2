"""Takes one article through the whole pipeline: read, decide, record.

The reading and the decision are pure; this service gives them the ledger and carries out what was decided, in one
transaction with the note that the item was seen. A kill in between leaves the item unseen, and it is read again.
"""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.articles import Article, Report
from bot.domain.decisions import Applied, ChangeSet, Decision
from bot.domain.reasons import reason
from bot.domain.reconcile import reconcile
from bot.errors import VersionConflict
from bot.language.reports.reader import read_report
from bot.ports import Clock, LedgerStore
from bot.services.current import CurrentLedger

logger = logging.getLogger(__name__)

#: Times that a decision is made again because somebody else changed the ledger meanwhile.
ATTEMPTS = 5


#: Accepts what has been waiting for a second publisher, where this report is one.
AcceptConfirmed = Callable[[Report], Awaitable[object]]


class Ingester:
    """Reads articles into the ledger."""

    def __init__(
        self,
        store: LedgerStore,
        ledger: CurrentLedger,
        *,
        clock: Clock,
        timezone: dt.tzinfo,
        accept_confirmed: AcceptConfirmed | None = None,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._clock = clock
        self._timezone = timezone
        self._accept_confirmed = accept_confirmed

    async def ingest(
        self,
        article: Article,
        *,
        item: tuple[int, str, str] | None = None,
        baseline: bool = False,
        author: str = "feed",
    ) -> Decision:
        """Read an article, decide, and record what it brings, with its alert.

        Args:
            item: Feed, key and content hash of the item that it came from, remembered in the same transaction.
            baseline: Nobody is told of it: it stood, already old, in a feed that is polled for the first time.
            author: For the audit log.

        Returns:
            The decision, carried out.
        """
        now = self._clock.now()
        report = await self.read(article)
        decision, applied = await self._record(report, now=now, item=item, quiet=baseline, author=author)
        logger.info(
            "article read",
            extra={
                "decision": decision.kind,
                "round": decision.round,
                "version": applied.version if applied else None,
                "deliveries": applied.deliveries if applied else 0,
            },
        )
        if self._accept_confirmed is not None and decision.kind != "irrelevant":
            await self._accept_confirmed(report)
        return decision

    async def backfill(self, article: Article, *, author: str = "backfill") -> Decision:
        """Do the same without alerts, the clock being the article's time of publication.

        The decision still says whether subscribers would have been told.
        """
        report = await self.read(article)
        decision, _ = await self._record(report, now=article.published_at, item=None, quiet=True, author=author)
        return decision

    async def read(self, article: Article) -> Report:
        """Read an article with the agreements that the ledger knows; changes nothing."""
        ledger = await self._ledger.get()
        return read_report(article, timezone=self._timezone, agreements=ledger.agreements)

    async def _record(
        self, report: Report, *, now: dt.datetime, item: tuple[int, str, str] | None, quiet: bool, author: str
    ) -> tuple[Decision, Applied | None]:
        for attempt in range(1, ATTEMPTS + 1):
            ledger = await self._ledger.refresh()
            decision = reconcile(report, ledger, now=now, timezone=self._timezone)
            change = change_for(decision, report, at=now, author=author, item=item, quiet=quiet)
            if change is None:
                return decision, None
            change = replace(change, at=self._clock.now(), expected_version=ledger.version)
            try:
                applied = await self._store.apply(change)
            except VersionConflict:
                if attempt == ATTEMPTS:
                    raise
                continue
            await self._ledger.refresh()
            return decision, applied
        raise AssertionError("unreachable: the last attempt returns or raises")


def change_for(
    decision: Decision,
    report: Report,
    *,
    at: dt.datetime,
    author: str,
    item: tuple[int, str, str] | None = None,
    quiet: bool = False,
) -> ChangeSet | None:
    """Turn a decision into the change that carries it out; None where there is nothing to write down.

    Args:
        quiet: Nobody is told.
    """
    review = report if decision.kind == "review" else None
    if not (decision.rounds or decision.claims or review or item):
        return None
    return ChangeSet(
        author=author,
        reason=reason("report", decision=decision.kind, source=report.article.url or report.article.id),
        at=at,
        rounds=decision.rounds,
        claims=decision.claims,
        retracted_claims=decision.retracted,
        alerts=() if quiet else tuple(c.round for c in decision.changes if c.alert and c.round),
        edits=tuple(c.round for c in decision.changes if c.edit and c.round),
        items=(item,) if item else (),
        review=review,
        review_reasons=decision.reasons if review else (),
    )
