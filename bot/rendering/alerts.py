"""What subscribers are told: a round as an alert, several as a digest. Who is told and when is decided elsewhere."""

import datetime as dt
import logging
from collections.abc import Collection, Sequence

from bot.domain.claims import KINDS, RECIPIENTS, Claim, Party, Recipient
from bot.domain.headline import choose_headline, rank
from bot.domain.ledger import Ledger
from bot.domain.queries import Span
from bot.domain.replies import Lang
from bot.domain.rounds import Round
from bot.rendering.evidence import claim_words, told_by
from bot.rendering.firewall import Allowed
from bot.rendering.periods import period
from bot.rendering.reading import agreement_name
from bot.rendering.rich import Rich, Run, join, plain
from bot.rendering.styled import strong, styled, words
from bot.rendering.words import capital, known_lang, message, short_day

logger = logging.getLogger(__name__)

#: Rounds in one digest; the rest are counted.
DIGEST_ROUNDS = 20


def render_alert(
    round_id: str, ledger: Ledger, lang: str, *, revised: bool, now: dt.datetime, timezone: dt.tzinfo
) -> Rich:
    """Write the alert about a round as the ledger holds it now.

    Args:
        round_id: One that the ledger no longer holds was withdrawn: what is left of it is struck out.
        revised: The alert was sent before with something else in it.
    """
    speech = known_lang(lang)
    found = ledger.round(round_id)
    if found is None:
        return _withdrawn(speech, round_id)
    claims = ledger.claims_of(round_id)
    ways = [way for way in RECIPIENTS if any(c.recipient == way for c in claims)]
    parts = [
        strong(f"{_title(speech, found, ways)}, {short_day(speech, found.date)}"),
        *(_way(speech, claims, way) for way in ways),
        join((_agreement(speech, found, ledger), _identity(speech, found, ways), _updated(speech, revised))),
    ]
    text = join(parts, "\n\n")
    allowed = Allowed(speech, today=now.astimezone(timezone).date())
    _allow(allowed, found, ledger)
    return _checked(speech, text, allowed, round_id)


def render_digest(
    round_ids: Sequence[str],
    ledger: Ledger,
    lang: str,
    *,
    since: dt.date,
    until: dt.date,
    now: dt.datetime,
    timezone: dt.tzinfo,
    revised: Collection[str] = (),
) -> Rich:
    """Write several rounds as one message, newest first.

    Args:
        round_ids: Rounds that are new or changed since the digest before; withdrawn ones are struck out.
        since: First day of the time that the digest tells of.
        revised: Those that were told of before and say something else now.
    """
    speech = known_lang(lang)
    today = now.astimezone(timezone).date()
    span = Span(since=since, until=until)
    allowed = Allowed(speech, today=today)
    allowed.span(span)
    title = message(speech, "digest-title", period=period(speech, span, today=today))
    if not round_ids:
        return join((strong(title), words(message(speech, "digest-empty"))), "\n\n")
    found = sorted((r for i in round_ids if (r := ledger.round(i))), key=lambda r: (r.date, r.id), reverse=True)
    gone = [i for i in round_ids if ledger.round(i) is None]
    lines = [_digest_line(speech, r, ledger, revised=r.id in revised) for r in found[:DIGEST_ROUNDS]]
    for this_round in found:
        _allow(allowed, this_round, ledger)
    more = len(found) - DIGEST_ROUNDS
    if more > 0:
        allowed.numbers(more)
        lines.append(words(message(speech, "rows-more", n=more)))
    struck = [_withdrawn(speech, i) for i in gone]
    return _checked(speech, join((strong(title), *lines), "\n\n"), allowed, "digest", after=struck)


def _checked(lang: Lang, text: Rich, allowed: Allowed, about: str, after: Sequence[Rich] = ()) -> Rich:
    stray = allowed.stray(plain(text))
    if stray:
        logger.error("number held back", extra={"about": about, "numbers": len(stray)})
        return words(message(lang, "alert-blocked"))
    return join((text, *after), "\n\n")


def _allow(allowed: Allowed, this_round: Round, ledger: Ledger) -> None:
    allowed.date(this_round.date)
    allowed.agreement(this_round.agreement, ledger)
    allowed.claims(ledger.claims_of(this_round.id))


def _title(lang: Lang, this_round: Round, ways: Sequence[Recipient]) -> str:
    return message(lang, "event", kind=this_round.kind, ways="both" if len(ways) > 1 else "one")


def _way(lang: Lang, claims: Sequence[Claim], way: Recipient) -> Rich:
    """Write one direction: its figure in bold, then each party's claim with its source."""
    headline = choose_headline(claims, recipient=way)
    figure = claim_words(lang, headline.claim) if headline else message(lang, "not-disclosed")
    label = capital(message(lang, "to-recipient", recipient=way))
    lines = [styled(lang, "row", label=label, bold={"figure": figure})]
    seen: set[tuple[Party, int | None]] = set()
    for claim in rank(claims, recipient=way):
        if (claim.party, claim.count) not in seen:
            seen.add((claim.party, claim.count))
            lines.append(_said(lang, claim))
    return join(lines)


def _said(lang: Lang, claim: Claim) -> Rich:
    if claim.count is None:
        return join((words(message(lang, "reported-without-figure")), told_by(lang, claim)), " ")
    said = message(
        lang, "side", according=message(lang, "according", party=claim.party), figure=claim_words(lang, claim)
    )
    return join((words(said), words(" ("), told_by(lang, claim), words(")")), "")


def _agreement(lang: Lang, this_round: Round, ledger: Ledger) -> Rich:
    found = ledger.agreement(this_round.agreement) if this_round.agreement else None
    if found is None:
        return ()
    name = agreement_name(lang, ledger, found.id)
    return words(message(lang, "alert-agreement", name=name, day=short_day(lang, found.date)))


def _identity(lang: Lang, this_round: Round, ways: Sequence[Recipient]) -> Rich:
    return words(message(lang, "note-identity")) if this_round.kind == "remains" and ways else ()


def _updated(lang: Lang, revised: bool) -> Rich:
    return (Run(message(lang, "alert-updated"), italic=True),) if revised else ()


def _withdrawn(lang: Lang, round_id: str) -> Rich:
    """Write what is left of a round that was withdrawn: kind and day, which its id holds."""
    kind, _, rest = round_id.partition("-")
    note = words(message(lang, "alert-withdrawn"))
    try:
        date = dt.date.fromisoformat(rest[:10])
    except ValueError:
        return note
    if kind not in KINDS:
        return note
    title = f"{message(lang, 'event', kind=kind, ways='one')}, {short_day(lang, date)}"
    return join(((Run(title, strike=True),), note))


def _digest_line(lang: Lang, this_round: Round, ledger: Ledger, *, revised: bool) -> Rich:
    claims = ledger.claims_of(this_round.id)
    ways = [way for way in RECIPIENTS if any(c.recipient == way for c in claims)]
    lines = [words(f"{_title(lang, this_round, ways)}, {short_day(lang, this_round.date)}")]
    for way in ways:
        headline = choose_headline(claims, recipient=way)
        label = capital(message(lang, "to-recipient", recipient=way))
        if headline is None:
            lines.append(styled(lang, "row", label=label, bold={"figure": message(lang, "not-disclosed")}))
            continue
        row = styled(lang, "row", label=label, bold={"figure": claim_words(lang, headline.claim)})
        lines.append(join((row, words(" ("), told_by(lang, headline.claim), words(")")), ""))
        lines.extend(_differing(lang, claims, way, headline.claim))
    if revised:
        lines.append(_updated(lang, revised))
    return join(lines)


def _differing(lang: Lang, claims: Sequence[Claim], way: Recipient, chosen: Claim) -> list[Rich]:
    """Write the other party's own figure where it is another one."""
    lines: list[Rich] = []
    for party in RECIPIENTS:
        own = choose_headline(claims, recipient=way, party=party)
        if party != chosen.party and own is not None and own.value != chosen.count:
            lines.append(_said(lang, own.claim))
    return lines
