"""What a report comes to as drafts, for an administrator who vouches for it."""

from collections.abc import Iterator

from bot.domain.articles import Report, ReportedClaim
from bot.domain.claims import RECIPIENTS
from bot.domain.commands import Draft


def drafts_from(report: Report) -> tuple[Draft, ...]:
    """Return a draft for each figure of the news, and of the background only where the news has none.

    A handover without a figure is drafted as undisclosed, for both recipients. Empty where it tells of no handover, or
    of none with a day.
    """
    if not report.relevant and not report.claims:
        return ()
    news = [c for c in report.claims if c.main] or list(report.claims)
    return tuple(_drafts(report, news)) or tuple(_undisclosed(report))


def _drafts(report: Report, claims: list[ReportedClaim]) -> Iterator[Draft]:
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
            published=article.published_at.date(),
            agreement=claim.agreement or "",
            ordinal=claim.ordinal,
            lang=article.lang or "en",
            quote=claim.quote,
        )


def _undisclosed(report: Report) -> Iterator[Draft]:
    article = report.article
    for kind in report.kinds if report.date else ():
        for recipient in RECIPIENTS:
            assert report.date is not None
            yield Draft(
                kind=kind,
                recipient=recipient,
                count=None,
                qualifier="undisclosed",
                date=report.date,
                party="other",
                publisher=article.publisher,
                url=article.url,
                published=article.published_at.date(),
                lang=article.lang or "en",
                quote=article.title,
            )
