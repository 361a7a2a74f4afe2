"""A query that is written as a question is read back as the same query: buttons and suggestions can be typed."""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.domain.claims import Kind
from bot.domain.queries import MEASURES, AskedRecipient, Measure, Query, Span
from bot.domain.replies import LANGS, Lang, Reading
from bot.language.reader import read_question
from bot.rendering.questions import question
from tests.builders import agreement, claim, ledger

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 20, 12, tzinfo=dt.UTC)
D = dt.date
ISTANBUL = "istanbul-2025-06-02"
BOOK = ledger(
    claim(1212),
    agreements=[agreement(ISTANBUL, names={"en": ("Istanbul",), "uk": ("Стамбул",), "ru": ("Стамбул",)})],
)

KINDS: tuple[tuple[Kind, ...] | None, ...] = (("remains",), ("prisoners",), ("children",), None)
SPANS = (
    Span(),
    Span(since=D(2025, 6, 2)),
    Span(until=D(2025, 6, 1)),
    Span(since=D(2025, 6, 1), until=D(2025, 6, 30)),
    Span(since=D(2025, 1, 1), until=D(2025, 12, 31)),
    Span(since=D(2025, 6, 11), until=D(2025, 6, 16)),
)
#: Measures that take a round whatever its recipient unless one is named (contract, section 4).
EITHER_WAY: tuple[Measure, ...] = ("rounds", "last", "list", "conflict")


def queries() -> Iterator[Query]:
    for measure, kinds, span in product(MEASURES, KINDS, SPANS):
        if measure in ("compare", "claimed_total", "happened", "share_identified"):
            continue
        ways: tuple[AskedRecipient | None, ...] = ("ukraine", "russia")
        for recipient in (*ways, None) if measure in EITHER_WAY else ways:
            group = "month" if measure == "breakdown" else None
            yield Query(
                measure=measure,
                kinds=kinds,
                recipient=recipient,
                since=span.since,
                until=span.until,
                group_by=group,  # type: ignore[arg-type]
            )
    day = D(2025, 6, 14)
    yield Query(measure="happened", recipient=None, since=day, until=day)
    yield Query(since=day, until=day)
    yield Query(measure="share_identified", since=D(2025, 6, 1), until=D(2025, 6, 30))
    yield Query(measure="claimed_total", party="russia")
    yield Query(measure="claimed_total", party="ukraine", kinds=("prisoners",), recipient="russia")
    yield Query(recipient="both", since=D(2025, 6, 2))
    yield Query(kinds=("prisoners", "civilians"))
    yield Query(party="russia", since=D(2025, 6, 2))
    yield Query(agreement=ISTANBUL)
    yield Query(measure="breakdown", group_by="agreement")
    yield Query(measure="breakdown", group_by="party")
    july = Span(since=D(2025, 7, 1), until=D(2025, 7, 31))
    yield Query(measure="compare", since=D(2025, 6, 1), until=D(2025, 6, 30), versus=july)


@pytest.mark.parametrize("lang", LANGS)
def test_a_question_that_was_written_is_read_as_what_it_was_written_from(lang: Lang) -> None:
    wrong = []
    for query in queries():
        text = question(lang, query, BOOK, now=NOW, timezone=KYIV)
        read = read_question(text, ledger=BOOK, now=NOW, timezone=KYIV, lang=lang, previous=None)
        if not isinstance(read, Reading) or read.query != query:
            wrong.append((text, query, read))
    assert wrong == []
