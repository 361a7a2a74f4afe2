"""What a report comes to as drafts, for an administrator who vouches for it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.articles import Report, ReportedClaim
from bot.domain.claims import Claim
from bot.domain.commands import Draft
from bot.domain.ledger import Ledger
from bot.domain.reconcile import reconcile
from bot.domain.rounds import Round


def drafts_from(report: Report, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo) -> tuple[Draft, ...]:
    """Return a draft for each figure that a report would bring to the ledger, were its source trusted.

    What would wait all the same (an implausible figure, one against the same party's) is drafted as it was read, for
    whoever looks at it. Empty where the report tells of no completed handover with a day.
    """
    vouched = replace(report, article=replace(report.article, trust="trusted"))
    decision = reconcile(vouched, ledger, now=now, timezone=timezone)
    if decision.claims and decision.kind != "review":
        made = {r.id: r for r in decision.rounds if ledger.round(r.id) is None}
        return tuple(_recorded(c, made.get(c.round or "")) for c in decision.claims)
    news = [c for c in report.claims if c.main] or [c for c in report.claims if not report.relevant]
    drafts = tuple(_as_read(report, news, timezone=timezone))
    return drafts or tuple(_undisclosed(report, timezone=timezone))


def _recorded(claim: Claim, made: Round | None) -> Draft:
    """Draft a claim that the matching has found a round for; one of a new round finds it again."""
    return Draft(
        kind=claim.kind,
        recipient=claim.recipient,
        count=claim.count,
        qualifier=claim.qualifier,
        date=claim.date,
        measure=claim.measure,
        since=claim.since,
        party=claim.party,
        claimant=claim.claimant,
        publisher=claim.publisher,
        url=claim.url,
        published=claim.published,
        agreement=(made.agreement if made else None) or "",
        round="" if made else claim.round or "",
        partial=claim.partial,
        breakdown=claim.breakdown,
        ordinal=made.ordinal if made else None,
        lang=claim.lang,
        quote=claim.quote,
    )


def _as_read(report: Report, claims: list[ReportedClaim], *, timezone: dt.tzinfo) -> Iterator[Draft]:
    article = report.article
    for claim in claims:
        date = claim.date or report.date
        if date is None:
            continue
        yield Draft(
            kind=claim.kind,
            recipient=claim.recipient,
            count=claim.count,
            qualifier=claim.qualifier,
            date=date,
            measure=claim.measure,
            since=claim.since,
            party=claim.party,
            claimant=claim.claimant,
            publisher=article.publisher,
            url=article.url,
            published=article.published_at.astimezone(timezone).date(),
            agreement=claim.agreement or "",
            ordinal=claim.ordinal,
            lang=article.lang or "en",
            quote=claim.quote,
        )


def _undisclosed(report: Report, *, timezone: dt.tzinfo) -> Iterator[Draft]:
    """Draft that a round happened for which nobody gave a figure."""
    article = report.article
    if not report.relevant or report.date is None:
        return
    for kind in report.kinds:
        yield Draft(
            kind=kind,
            recipient="ukraine",
            count=None,
            qualifier="undisclosed",
            date=report.date,
            party="other",
            publisher=article.publisher,
            url=article.url,
            published=article.published_at.astimezone(timezone).date(),
            lang=article.lang or "en",
            quote=article.title[:300],
        )
