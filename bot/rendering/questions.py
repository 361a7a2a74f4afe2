"""A query as a question that a person would ask, in words that the question reader takes back to the same query."""

import datetime as dt

from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.periods import period_in
from bot.rendering.reading import agreement_name, kind_class
from bot.rendering.words import capital, listed, message


def question(lang: Lang, query: Query, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo) -> str:
    """Write a query as a question: "How many bodies were handed over to Ukraine since 2 June 2025?"."""
    today = now.astimezone(timezone).date()
    when = period_in(lang, query.span, today=today)
    if query.versus is not None:
        when = message(lang, "ask-versus", first=when, second=period_in(lang, query.versus, today=today))
    tail = [when] if when else []
    if query.agreement:
        tail.append(message(lang, "ask-under", name=agreement_name(lang, ledger, query.agreement, quoted=False)))
    if query.group_by or query.measure == "breakdown":
        tail.append(message(lang, "reading-by", by=query.group_by or "month"))
    if query.party and query.measure != "claimed_total":
        tail.append(message(lang, "ask-party", party=query.party))
    text = message(
        lang,
        f"ask-{_form(query)}",
        what=_what(lang, query),
        all="yes" if query.kinds is None else "no",
        event=_event(lang, query),
        events=_event(lang, query, "events"),
        since=_event(lang, query, "since"),
        gender=_gender(query),
        done=message(lang, "ask-done", of=kind_class(query.kinds)),
        to=_to(lang, query),
        passed=_passed(lang, query),
        who=query.claimant or message(lang, "ask-who", party=query.party or "ukraine"),
        tail="".join(f" {part}" for part in tail),
    )
    return capital(text)


def _form(query: Query) -> str:
    if query.measure in ("rounds", "average", "total") and query.group_by:
        return f"{query.measure}-grouped" if query.measure != "total" else "breakdown"
    return query.measure


def _what(lang: Lang, query: Query) -> str:
    if query.kinds is None:
        return message(lang, "ask-what", kind="all")
    return listed(lang, [message(lang, "ask-what", kind=kind) for kind in query.kinds])


def _event(lang: Lang, query: Query, form: str = "event") -> str:
    """Name the event: "handover of bodies"; plural as "events", after "since the last" as "since"."""
    if query.kinds is not None and len(query.kinds) > 1:
        keys = {"event": "ask-event-of", "events": "ask-events-of", "since": "ask-event-of-since"}
        return message(lang, keys[form], what=_what(lang, query))
    keys = {"event": "ask-event", "events": "ask-events", "since": "ask-event-since"}
    way = "to" if query.recipient else "any"
    return message(lang, keys[form], kind=query.kinds[0] if query.kinds else "all", way=way)


def _gender(query: Query) -> str:
    """Return the gender of the event in Ukrainian and Russian, which have the same here."""
    if query.kinds is None or len(query.kinds) > 1 or query.kinds == ("remains",):
        return "f"
    return "m" if query.kinds == ("prisoners",) else "n"


def _to(lang: Lang, query: Query) -> str:
    """Name who received, with a space before it; nothing where nobody is named."""
    return f" {message(lang, 'to-recipient', recipient=query.recipient)}" if query.recipient else ""


def _passed(lang: Lang, query: Query) -> str:
    """Say after the things what was done with them: "bodies handed over to Ukraine"."""
    # Totals are claimed of what Ukraine received unless Russia is named.
    if query.recipient is None or (query.measure == "claimed_total" and query.recipient == "ukraine"):
        return ""
    to = message(lang, "to-recipient", recipient=query.recipient)
    passed = message(lang, "ask-passed", of=kind_class(query.kinds), to=to)
    return passed if passed.startswith(",") else f" {passed}"
