"""How a query was read, in one line: "Remains handed over to Ukraine, 2 June 2025 to today"."""

import datetime as dt
from collections.abc import Sequence

from bot.domain.claims import Kind
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.names import claimant_name
from bot.rendering.periods import period
from bot.rendering.words import capital, instant, listed, message, short_day

#: Measures of which "all time" goes without saying.
_TIMELESS = frozenset({"last", "first", "largest", "smallest", "days_since", "happened", "claimed_total", "conflict"})


def kind_class(kinds: Sequence[Kind] | None) -> str:
    """Return which words fit these kinds: "remains", "people", or "any" for both together."""
    if kinds is None or ("remains" in kinds and len(kinds) > 1):
        return "any"
    return "remains" if "remains" in kinds else "people"


def kinds_named(lang: Lang, kinds: Sequence[Kind]) -> str:
    """Name the kinds: "prisoners and civilians"."""
    return listed(lang, [message(lang, "kind", kind=kind) for kind in kinds])


def subject(lang: Lang, query: Query) -> str:
    """Say what was handed over to whom: "remains handed over to Ukraine"."""
    if query.kinds is None:
        return message(lang, "subject-all", to=message(lang, "to-recipient", recipient=query.recipient or "any"))
    way = message(lang, "way", of=kind_class(query.kinds), recipient=query.recipient or "any")
    return message(lang, "subject", kinds=kinds_named(lang, query.kinds), way=way)


def agreement_name(lang: Lang, ledger: Ledger, agreement_id: str, *, quoted: bool = True) -> str:
    """Return the name of an agreement, in quotation marks or bare; its id where nobody named it."""
    found = ledger.agreement(agreement_id)
    names = (found.names.get(lang) or found.names.get("en") or ()) if found else ()
    name = names[0] if names else agreement_id
    return message(lang, "quoted", text=name) if quoted else name


def reading_line(lang: Lang, query: Query, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo) -> str:
    """Write how a query was read, in one line and without a full stop."""
    today = now.astimezone(timezone).date()
    text = subject(lang, query)
    if query.measure not in ("total", "breakdown"):
        text = message(lang, "reading-labelled", label=_label(lang, query), subject=text)
    parts = [text]
    if query.agreement:
        parts.append(message(lang, "reading-agreement", name=agreement_name(lang, ledger, query.agreement)))
    if when := _when(lang, query, today):
        parts.append(when)
    if query.party and query.measure != "claimed_total":
        parts.append(message(lang, "reading-party", party=query.party))
    if query.group_by or query.measure == "breakdown":
        parts.append(message(lang, "reading-by", by=query.group_by or "month"))
    if query.as_of:
        parts.append(message(lang, "reading-as-of", at=_as_of(lang, query.as_of.astimezone(timezone))))
    return capital(", ".join(parts))


def _as_of(lang: Lang, at: dt.datetime) -> str:
    last_of_day = (at + dt.timedelta(minutes=1)).date() > at.date()
    return short_day(lang, at.date()) if last_of_day or at.time() == dt.time() else instant(lang, at)


def _label(lang: Lang, query: Query) -> str:
    if query.measure == "claimed_total":
        recipient = query.recipient if query.recipient in ("ukraine", "russia") else "ukraine"
        who = claimant_name(lang, query.claimant or "") or message(
            lang, "party", party=query.party or recipient or "ukraine"
        )
        return message(lang, "label-claimed_total", who=who)
    return message(lang, f"label-{query.measure}")


def _when(lang: Lang, query: Query, today: dt.date) -> str:
    span = query.span
    if query.versus is not None:
        first, second = period(lang, span, today=today), period(lang, query.versus, today=today)
        return message(lang, "reading-versus", first=first, second=second)
    if span.since is None and span.until is None and (query.measure in _TIMELESS or query.agreement):
        return ""
    return period(lang, span, today=today)
