"""Values for tests that show only what matters: `claim(count=1212, party="russia")`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.domain.articles import Article, Report, ReportedClaim
from bot.domain.claims import Claim
from bot.domain.decisions import ChangeSet
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.rounds import Agreement, Round
from bot.domain.subscriptions import Subscription

#: The instant at which tests take place, unless they say otherwise: noon in London on the day of the second round.
NOW = dt.datetime(2025, 6, 13, 12, 0, tzinfo=dt.UTC)


def day(text: str | dt.date) -> dt.date:
    """Return "2025-06-11" as a day; a day stays as it is."""
    return text if isinstance(text, dt.date) else dt.date.fromisoformat(text)


def agreement(id: str = "istanbul-2025-06-02", **fields: Any) -> Agreement:  # noqa: A002
    """Make an agreement; its day is the end of its id."""
    values: dict[str, Any] = {"date": id[-10:], "place": "Istanbul", "names": {"en": ("Istanbul",)}} | fields
    return Agreement(id=id, **values | {"date": day(values["date"])})


def a_round(
    id: str | None = None,  # noqa: A002
    *,
    kind: str = "remains",
    date: str | dt.date = "2025-06-11",
    **fields: Any,
) -> Round:
    """Make a round; its id is kind and day."""
    values: dict[str, Any] = {"kind": kind, "date": day(date)} | fields
    return Round(id=id or f"{kind}-{day(date)}", **values)


def claim(count: int | None = 1212, **fields: Any) -> Claim:
    """Make a claim about the remains that Ukraine received on 11 June 2025.

    Another kind or day is about the round of that kind and day; a party claims in the name of one of its officials;
    without a count it is undisclosed; a total is on no round.
    """
    values: dict[str, Any] = {
        "kind": "remains",
        "recipient": "ukraine",
        "measure": "round",
        "count": count,
        "qualifier": "undisclosed" if count is None else "exact",
        "date": "2025-06-11",
        "party": "ukraine",
        "publisher": "Ukrinform",
        "url": "https://www.ukrinform.net/rubric-defense/1.html",
        "lang": "en",
    } | fields
    values["date"] = day(values["date"])
    for name in ("since", "published"):
        if values.get(name) is not None:
            values[name] = day(values[name])
    values.setdefault("claimant", _CLAIMANTS[values["party"]])
    values.setdefault("round", f"{values['kind']}-{values['date']}" if values["measure"] == "round" else None)
    return Claim(**values)


_CLAIMANTS = {"ukraine": "Coordination Headquarters", "russia": "Vladimir Medinsky", "other": "Red Cross"}


def ledger(
    *claims: Claim, rounds: Iterable[Round] = (), agreements: Iterable[Agreement] = (), version: int = 1
) -> Ledger:
    """Make a ledger of claims; the rounds that they name are made, and claims are numbered where they are not."""
    numbered, made = _complete(claims, rounds)
    return build_ledger(version=version, agreements=agreements, rounds=made, claims=numbered)


def change(*claims: Claim, rounds: Iterable[Round] = (), at: dt.datetime = NOW, **fields: Any) -> ChangeSet:
    """Make a change that records claims, and the rounds that new claims name."""
    values: dict[str, Any] = {"author": "cli", "reason": "test"} | fields
    known = {r.id for r in rounds}
    made = [
        *rounds,
        *(
            a_round(c.round, kind=c.kind, date=c.date)
            for c in {c.round: c for c in claims if c.id is None}.values()
            if c.round is not None and c.round not in known
        ),
    ]
    return ChangeSet(rounds=tuple(made), claims=claims, at=at, **values)


def _complete(claims: Iterable[Claim], rounds: Iterable[Round]) -> tuple[list[Claim], list[Round]]:
    numbered = [c if c.id is not None else replace(c, id=number) for number, c in enumerate(claims, 1)]
    made = {r.id: r for r in rounds}
    for c in numbered:
        if c.round is not None:
            made.setdefault(c.round, a_round(c.round, kind=c.kind, date=c.date))
    return numbered, list(made.values())


def article(id: str = "a1", *, title: str = "", text: str = "", **fields: Any) -> Article:  # noqa: A002
    """Make an article of the day of the first round."""
    values: dict[str, Any] = {
        "title": title or "Ukraine brings home bodies of 1,212 fallen soldiers",
        "text": text or "Ukraine received the bodies of 1,212 fallen soldiers, the Coordination Headquarters said.",
        "published_at": dt.datetime(2025, 6, 11, 10, 0, tzinfo=dt.UTC),
        "publisher": "Ukrinform",
        "url": f"https://www.ukrinform.net/{id}",
        "lang": "en",
    } | fields
    return Article(id=id, **values)


def reported(count: int | None = 1212, **fields: Any) -> ReportedClaim:
    """Make a claim as an article states it."""
    values: dict[str, Any] = {
        "kind": "remains",
        "recipient": "ukraine",
        "measure": "round",
        "count": count,
        "qualifier": "undisclosed" if count is None else "exact",
        "date": "2025-06-11",
        "since": None,
        "party": "ukraine",
        "claimant": "Coordination Headquarters",
        "main": True,
        "quote": "the bodies of 1,212 fallen soldiers",
    } | fields
    values["date"] = day(values["date"]) if values["date"] is not None else None
    return ReportedClaim(**values)


def report(*claims: ReportedClaim, of: Article | None = None, **fields: Any) -> Report:
    """Make what an article was read as: a handover, with these claims."""
    values: dict[str, Any] = {
        "relevant": True,
        "confidence": 0.9,
        "kinds": tuple(dict.fromkeys(c.kind for c in claims)),
        "date": claims[0].date if claims else None,
    } | fields
    return Report(article=of or article(), claims=claims, **values)


def subscription(chat_id: int = 100, **fields: Any) -> Subscription:
    """Make a subscription of a private chat to everything, at once."""
    return Subscription(chat_id=chat_id, **fields)
