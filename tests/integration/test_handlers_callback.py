"""A typed question as the data of a button."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import FixedClock
from bot.domain.claims import KINDS, PARTIES
from bot.domain.queries import ASKED_RECIPIENTS, GROUPS, MEASURES, Query, Span
from bot.domain.replies import LANGS
from bot.services.ask import Asker
from bot.services.current import CurrentLedger
from handlers.callback import from_data, pack, to_data, unpack
from handlers.services import Services
from storage.database import Database
from tests.builders import NOW

days = st.dates(min_value=dt.date(2014, 1, 1), max_value=dt.date(2199, 12, 31))


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    since, until = draw(st.none() | days), draw(st.none() | days)
    if since and until and until < since:
        since, until = until, since
    return Span(since=since, until=until)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    span = draw(spans())
    return Query(
        measure=draw(st.sampled_from(MEASURES)),
        kinds=draw(st.none() | st.lists(st.sampled_from(KINDS), min_size=1, unique=True).map(tuple)),
        recipient=draw(st.none() | st.sampled_from(ASKED_RECIPIENTS)),
        since=span.since,
        until=span.until,
        versus=draw(st.none() | spans()),
        agreement=draw(st.none() | st.sampled_from(["istanbul-2025-06-02", "easter-2026-04-11"])),
        party=draw(st.none() | st.sampled_from(PARTIES)),
        claimant=draw(st.none() | st.text(min_size=1, max_size=40)),
        group_by=draw(st.none() | st.sampled_from(GROUPS)),
        as_of=draw(st.none() | days.map(noon)),
    )


@given(queries())
def test_what_is_packed_is_read_back_exactly(query: Query) -> None:
    packed = pack(query)

    assert packed is None or unpack(packed) == query


@given(st.text(max_size=64))
def test_anything_else_is_no_question_and_no_error(data: str) -> None:
    query = unpack(data)

    assert query is None or pack(query) == data


def test_a_span_that_ends_before_it_begins_is_forged() -> None:
    good = pack(Query(since=dt.date(2025, 6, 1), until=dt.date(2025, 6, 2)))
    assert good is not None
    since, until = good.split(".")[1:]

    assert unpack(good.replace(since, f"s{until[1:]}").replace(f".{until}", f".u{since[1:]}")) is None


def services(database: Database) -> Services:
    clock = FixedClock(NOW)
    ledger = CurrentLedger(database.ledger, elapsed=lambda: 0.0)
    return Services(
        asker=Asker(ledger, database.refs, clock=clock, timezone=dt.UTC),
        ledger=ledger,
        store=database.ledger,
        chats=database.chats,
        subscriptions=database.subscriptions,
        reviews=database.reviews,
        admins=database.admins,
        feeds=database.feeds,
        outbox=database.outbox,
        clock=clock,
        timezone=dt.UTC,
    )


async def test_a_question_that_does_not_fit_is_kept_and_found_again(database: Database) -> None:
    long = Query(
        measure="claimed_total",
        claimant="Координаційний штаб з питань поводження з військовополоненими",
        agreement="istanbul-2025-06-02",
        since=dt.date(2025, 6, 2),
    )
    kept = services(database)
    data = await to_data("q", long, lang="uk", services=kept, page=3)
    pressed = await from_data(data.partition(":")[2], services=kept)

    assert len(data.encode()) <= 64
    assert pressed is not None
    assert (pressed.query, pressed.lang, pressed.page) == (long, "uk", 3)


async def test_a_question_that_fits_costs_no_storage(database: Database) -> None:
    kept = services(database)
    for lang in LANGS:
        data = await to_data("q", Query(), lang=lang, services=kept)
        assert "=" not in data
