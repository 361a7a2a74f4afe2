"""From an article to the outbox: one alert a round, whoever reports it, however often."""

import datetime as dt

import pytest

from bot.app import open_core
from bot.clock import FixedClock
from bot.config import Settings
from bot.domain.articles import Article
from tests.builders import subscription

NOW = dt.datetime(2026, 7, 2, 12, tzinfo=dt.UTC)
KYIV = (
    "Ukraine has brought home the bodies of 1,017 fallen defenders, the Coordination Headquarters for the Treatment of "
    "Prisoners of War reported today, 2 July."
)
MOSCOW = (
    "Россия передала Украине тела 1020 погибших военнослужащих, сообщил сегодня, 2 июля, помощник президента России "
    "Владимир Мединский. Взамен получено 19 тел российских военных."
)


@pytest.fixture
async def core(database_url):
    settings = Settings(database_url=database_url, bundled_ledger=False, timezone="UTC", _env_file=None)
    async with open_core(settings, FixedClock(NOW)) as core:
        await core.database.subscriptions.put(subscription(chat_id=7), at=NOW)
        yield core


def article(text=KYIV, *, number=1, publisher="Ukrinform", trust="official", hours=1):
    return Article(
        id=str(number),
        title="",
        text=text,
        published_at=NOW - dt.timedelta(hours=hours),
        publisher=publisher,
        url=f"https://example.org/{publisher}/{number}",
        trust=trust,
    )


async def due(core):
    leased = await core.database.outbox.lease(now=NOW, limit=10, until=NOW + dt.timedelta(minutes=1), owner="test")
    return [(delivery.round, delivery.message_id) for delivery in leased]


async def test_a_new_round_is_told_once_whoever_reports_it(core):
    first = await core.ingester.ingest(article())
    again = await core.ingester.ingest(article(number=2, publisher="Babel", trust="trusted"))
    assert (first.kind, first.alert, again.kind, again.alert) == ("new_round", True, "same_round", False)
    assert await due(core) == [("remains-2026-07-02", None)]


async def test_the_other_sides_figure_changes_the_alert_that_was_sent(core):
    await core.ingester.ingest(article())
    (delivery,) = await core.database.outbox.lease(now=NOW, limit=10, until=NOW + dt.timedelta(minutes=1), owner="test")
    await core.database.outbox.settle(delivery, outcome="sent", now=NOW, message_id=99)
    decision = await core.ingester.ingest(article(MOSCOW, number=2, publisher="TASS"))
    assert (decision.kind, decision.alert, decision.round) == ("same_round", False, "remains-2026-07-02")
    assert await due(core) == [("remains-2026-07-02", 99)]
    ledger = await core.ledger.refresh()
    assert {(c.count, c.recipient, c.party) for c in ledger.claims} == {
        (1017, "ukraine", "ukraine"),
        (1020, "ukraine", "russia"),
        (19, "russia", "russia"),
    }


async def test_an_unverified_report_waits_for_a_second_publisher(core):
    first = await core.ingester.ingest(article(publisher="Somebody", trust="unverified"))
    assert (first.kind, await due(core)) == ("review", [])
    assert len(await core.database.reviews.waiting()) == 1
    await core.ingester.ingest(article(number=2, publisher="A copier", trust="unverified"))
    assert await due(core) == []
    own_words = KYIV.replace("Ukraine has brought home", "Today Ukraine received")
    await core.ingester.ingest(article(own_words, number=3, publisher="Somebody else", trust="unverified"))
    assert await due(core) == [("remains-2026-07-02", None)]
    assert await core.database.reviews.waiting() == []


async def test_what_was_old_when_it_was_first_seen_alerts_nobody(core):
    decision = await core.ingester.ingest(article(hours=1), baseline=True)
    assert (decision.kind, await due(core)) == ("new_round", [])
    assert (await core.ledger.refresh()).round("remains-2026-07-02") is not None


async def test_an_item_is_remembered_with_what_it_changed(core):
    feed = await core.database.feeds.add_feed(url="https://example.org/f", name="f", trust="official")
    await core.ingester.ingest(article(), item=(feed.id, "guid-1", "hash-1"))
    assert await core.database.feeds.unseen(feed.id, {"guid-1": "hash-1", "guid-2": "x"}) == ["guid-2"]


async def test_backfill_tells_what_would_have_been_told(core):
    decision = await core.ingester.backfill(article())
    assert (decision.kind, decision.alert, await due(core)) == ("new_round", True, [])
