"""What stands beside a figure: who says so, what others say, what is not known, and where it was published."""

import datetime as dt
from collections.abc import Iterable

from bot.domain.answers import Answer, Note
from bot.domain.claims import Claim, Party
from bot.domain.ledger import Ledger
from bot.domain.replies import Lang
from bot.rendering.figures import Page, count
from bot.rendering.names import claimant_name
from bot.rendering.reading import reading_line
from bot.rendering.rich import Rich, Run, join
from bot.rendering.styled import safe_url, strong, styled, words
from bot.rendering.words import capital, message, short_day

#: Sources under an answer; the rest by a button.
SHOWN_SOURCES = 3


def sides(page: Page) -> tuple[Rich, ...]:
    """Write whose figure it is, and what the other side says."""
    answer = page.answer
    if answer.query.measure == "claimed_total":
        return _claimed(page)
    if answer.claims:
        return _claims(page)
    lines = [_side(page, party) for party in answer.sides]
    spread = _spread(page)
    return (*lines, spread) if spread else tuple(lines)


def _side(page: Page, party: Party) -> Rich:
    lang, side = page.lang, page.answer.sides[party]
    return styled(
        lang,
        "side-rounds",
        according=message(lang, "according", party=party),
        figure=count(lang, page.answer.query.kinds, side.value),
        rounds=message(lang, "count-rounds", n=side.rounds),
    )


def _spread(page: Page) -> Rich:
    answer = page.answer
    if answer.low is None or answer.high is None or answer.low == answer.high or answer.rounds < 2:
        return ()
    return words(message(page.lang, "spread", low=answer.low, high=answer.high))


def _claimed(page: Page) -> tuple[Rich, ...]:
    lang = page.lang
    lines: list[str] = []
    for claim in page.answer.claims:
        when = short_day(lang, claim.date)
        if claim.since:
            since = short_day(lang, claim.since)
            lines.append(message(lang, "claimed", claimant=claimant_name(lang, claim.claimant), day=when, since=since))
        else:
            lines.append(message(lang, "claimed-no-start", claimant=claimant_name(lang, claim.claimant), day=when))
    return tuple(words(line) for line in lines)


def _claims(page: Page) -> tuple[Rich, ...]:
    """One line a party: its first claim in the order of the answer, and one for each different figure after it."""
    shown: dict[tuple[Party, int | None], Claim] = {}
    for claim in page.answer.claims:
        shown.setdefault((claim.party, claim.count), claim)
    return tuple(claim_line(page, claim) for claim in shown.values() if claim.count is not None)


def claim_line(page: Page, claim: Claim) -> Rich:
    """Write one claim: whose, how many, who says so, where and when."""
    lang = page.lang
    figure = claim_words(lang, claim)
    according = message(lang, "according", party=claim.party)
    return join(
        (styled(lang, "side", according=according, figure=figure), words(" ("), told_by(lang, claim), words(")")), ""
    )


def total_words(lang: Lang, claim: Claim) -> str:
    """Write the figure of a total with the days that it is counted between."""
    figure, day = claim_words(lang, claim), short_day(lang, claim.date)
    if claim.since is None:
        return message(lang, "claim-total-open", figure=figure, day=day)
    return message(lang, "claim-total", figure=figure, day=day, since=short_day(lang, claim.since))


def claim_words(lang: Lang, claim: Claim) -> str:
    """Write the figure of a claim with its qualifier, and that it is partial where it is."""
    if claim.count is None:
        return message(lang, "not-disclosed")
    figure = message(lang, "qualified", qualifier=claim.qualifier, figure=count(lang, (claim.kind,), claim.count))
    return message(lang, "claim-part", figure=figure) if claim.partial else figure


def sources(page: Page) -> tuple[Rich, ...]:
    """Write the newest sources as links, where the figure's claims are not written out."""
    answer = page.answer
    if answer.query.measure != "claimed_total" and any(claim.count is not None for claim in answer.claims):
        return ()
    lines = tuple(told_by(page.lang, claim) for claim in _distinct(answer.sources)[:SHOWN_SOURCES])
    return (strong(message(page.lang, "sources")), *lines) if lines else ()


def told_by(lang: Lang, claim: Claim) -> Rich:
    """Write who states a claim: claimant, publisher as a link, day; and that it was chosen by hand where it was."""
    where: list[Rich] = [(Run(claimant_name(lang, claim.publisher), url=safe_url(claim.url)),)]
    if claim.published:
        where.append(words(short_day(lang, claim.published)))
    if claim.pinned:
        where.append(words(message(lang, "source-pinned")))
    same = claim.claimant.casefold() == claim.publisher.casefold()
    return join((words("" if same else claimant_name(lang, claim.claimant)), join(where, ", ")), "; ")


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    seen: set[str] = set()
    return [claim for claim in claims if not (claim.url in seen or seen.add(claim.url))]  # type: ignore[func-returns-value]


def beside(lang: Lang, answer: Answer, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo) -> tuple[Rich, ...]:
    """Write the figure that is shown beside the one that was asked for."""
    other = answer.beside
    if other is None or other.value is None:
        return ()
    line = reading_line(lang, other.query, ledger, now=now, timezone=timezone)
    reading = line[:1].lower() + line[1:]
    return (words(message(lang, "beside", reading=reading, figure=count(lang, other.query.kinds, other.value))),)


def notes(page: Page) -> tuple[Rich, ...]:
    """Write what a reader has to know beside the figure."""
    lines = [_note(page, note) for note in page.answer.notes]
    return tuple(words(line) for line in lines if line)


def _note(page: Page, note: Note) -> str:
    lang, n = page.lang, note.count or 0
    measure = page.answer.query.measure
    match note.kind:
        case "records_begin" if note.date:
            begin = message(lang, "note-records-begin", day=short_day(lang, note.date))
            return f"{capital(message(lang, 'kind', kind=note.text))}: {begin}" if note.text else begin
        case "undisclosed" if measure in ("list", "last", "first", "happened"):
            # The rows and the headline say so already.
            return ""
        case "undisclosed" if measure in ("average", "largest", "smallest"):
            return message(lang, "note-undisclosed-apart", n=n)
        case "undisclosed":
            return message(lang, "note-undisclosed", n=n)
        case "party_silent" if note.count and page.answer.status == "answered":
            return message(
                lang, "note-party_silent", n=n, silent=message(lang, "party-silent", party=note.text or "other")
            )
        case "no_round":
            return message(lang, "note-no_round") if page.answer.rows else ""
        case "ledger_sum":
            return message(lang, "note-ledger_sum", n=n)
        case "total_differs" if n > 0 and any(c.qualifier == "at_least" for c in page.answer.claims):
            # More than a lower bound is no difference.
            return ""
        case "total_differs":
            return message(lang, "note-total_fewer" if n < 0 else "note-total_more", n=abs(n))
        case "partial":
            return message(lang, "note-partial", n=n)
        case "rounded":
            return message(lang, "note-rounded", qualifier=note.text or "about")
        case "one_way" if note.text:
            return message(lang, "note-one_way", n=n, recipient=note.text)
        case "as_of" if note.date:
            return message(lang, "note-as_of", day=short_day(lang, note.date))
    return ""
