"""What an article was read as, in lines for a person: each claim with the words that it was read from."""

from collections.abc import Iterator

from bot.domain.articles import Report, ReportedClaim
from bot.domain.replies import Lang
from bot.rendering.figures import count, kind_way
from bot.rendering.names import claimant_name
from bot.rendering.words import capital, message, number, short_day


def report_lines(report: Report, lang: Lang = "en") -> Iterator[str]:
    """Yield the lines of one report: title, whether it is news of a handover, and its claims."""
    article = report.article
    yield article.title or article.id
    key = "report-relevant" if report.relevant else "report-irrelevant"
    yield message(lang, key, confidence=number(lang, round(report.confidence * 100)))
    for claim in report.claims:
        yield f"  {claim_line(claim, lang)}"
        if claim.quote:
            yield f"    {message(lang, 'quoted', text=claim.quote)}"
    if report.relevant and not report.claims:
        yield f"  {message(lang, 'report-no-figure')}"


def claim_line(claim: ReportedClaim, lang: Lang) -> str:
    """Write one claim of a report: what, how many, when, whose figure, and whether it is the news itself."""
    figure = message(lang, "not-disclosed")
    if claim.count is not None:
        figure = message(lang, "qualified", qualifier=claim.qualifier, figure=count(lang, (claim.kind,), claim.count))
    parts = [f"{capital(kind_way(lang, claim.kind, claim.recipient))}: {figure}"]
    if claim.measure == "total":
        since = short_day(lang, claim.since) if claim.since else message(lang, "report-unsaid")
        parts.append(message(lang, "report-total", since=since))
    parts.append(short_day(lang, claim.date) if claim.date else message(lang, "report-undated"))
    said = message(lang, "claim-said", figure=", ".join(parts), party=claim.party)
    told = f"{said} ({claimant_name(lang, claim.claimant)})" if claim.claimant else said
    return told if claim.main else f"{told}, {message(lang, 'report-background')}"
