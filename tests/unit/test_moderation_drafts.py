"""What a report comes to where an administrator vouches for it."""

import datetime as dt
from dataclasses import replace

from bot.domain.articles import Report
from bot.domain.commands import Draft
from bot.domain.drafts import drafts_from
from bot.domain.ledger import Ledger
from tests.builders import NOW, article, claim, day, ledger, report, reported

KYIV = dt.timezone(dt.timedelta(hours=3))


def drafts(of: Report, known: Ledger | None = None) -> tuple[Draft, ...]:
    return drafts_from(of, known or ledger(), now=NOW, timezone=KYIV)


def test_the_news_of_an_unverified_feed_is_drafted_with_its_source() -> None:
    (draft,) = drafts(report(reported(), of=article(trust="unverified")))
    assert (draft.count, draft.date, draft.party) == (1212, day("2025-06-11"), "ukraine")
    assert (draft.publisher, draft.url) == ("Ukrinform", "https://www.ukrinform.net/a1")
    assert (draft.published, draft.quote) == (day("2025-06-11"), "the bodies of 1,212 fallen soldiers")
    assert draft.round == ""


def test_a_round_on_record_is_named() -> None:
    known = ledger(claim(1212))
    (draft,) = drafts(report(reported(27, recipient="russia", party="russia")), known)
    assert draft.round == "remains-2025-06-11"


def test_what_would_wait_all_the_same_is_drafted_as_it_was_read() -> None:
    (draft,) = drafts(report(reported(90_000)))
    assert draft.count == 90_000


def test_both_ways_are_two_drafts() -> None:
    found = drafts(report(reported(1212), reported(27, recipient="russia", party="russia", claimant="Medinsky")))
    assert [(d.recipient, d.count) for d in found] == [("ukraine", 1212), ("russia", 27)]


def test_a_handover_without_a_figure_is_undisclosed() -> None:
    of = replace(report(), kinds=("prisoners",), date=day("2025-06-11"))
    found = drafts(of)
    assert [(d.kind, d.count, d.qualifier) for d in found] == [("prisoners", None, "undisclosed")]


def test_what_tells_of_no_handover_comes_to_nothing() -> None:
    assert drafts(report(relevant=False)) == ()


def test_what_the_ledger_holds_already_is_shown_to_stand() -> None:
    of = report(reported())
    (draft,) = drafts(of)
    known = ledger(claim(1212, url=draft.url, published="2025-06-11"))
    assert [d.count for d in drafts(of, known)] == [1212]
