"""What subscribers read: who, how many each way, whose figures, and what became of it later."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ledger import Ledger
from bot.domain.replies import LANGS
from bot.rendering.alerts import DIGEST_ROUNDS, render_alert, render_digest
from bot.rendering.rich import Rich, Run, plain
from tests.builders import a_round, agreement, claim, ledger

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2025, 6, 20, 12, tzinfo=dt.UTC)
ISTANBUL = "istanbul-2025-06-02"
ROUND = "remains-2025-06-16"


def book() -> Ledger:
    return ledger(
        claim(1245, date="2025-06-16", published="2025-06-16"),
        claim(1248, date="2025-06-16", party="russia", publisher="TASS", url="https://tass.example/1"),
        claim(51, date="2025-06-16", party="russia", recipient="russia", publisher="TASS"),
        claim(None, kind="prisoners", date="2025-06-09", party="other", publisher="Lenta", claimant="Lenta"),
        claim(300, kind="prisoners", date="2025-06-10"),
        claim(300, kind="prisoners", date="2025-06-10", recipient="russia", party="russia"),
        rounds=[a_round(date="2025-06-16", agreement=ISTANBUL)],
        agreements=[agreement(ISTANBUL)],
    )


def alert(round_id: str = ROUND, lang: str = "en", *, revised: bool = False) -> Rich:
    return render_alert(round_id, book(), lang, revised=revised, now=NOW, timezone=KYIV)


def test_an_alert_says_what_when_and_how_many_each_way() -> None:
    text = plain(alert())
    assert text.startswith("Handover of remains, 16 June 2025\n\nTo Ukraine: 1,245 bodies\n")
    assert "To Russia: 51 bodies" in text


def test_an_alert_says_whose_figure_each_one_is() -> None:
    text = plain(alert())
    assert "According to Ukraine: 1,245 bodies (Coordination Headquarters; Ukrinform, 16 June 2025)" in text
    assert "According to Russia: 1,248 bodies (Vladimir Medinsky; TASS)" in text
    assert Run("TASS", url="https://tass.example/1") in alert()


def test_an_alert_names_the_agreement() -> None:
    assert "Under the agreement “Istanbul”, 2 June 2025." in plain(alert())


@pytest.mark.parametrize("lang", LANGS)
def test_identity_is_claimed_by_nobody_but_the_handing_side(lang: str) -> None:
    says = {"en": "handing side", "uk": "зі слів сторони", "ru": "со слов стороны"}[lang]
    assert says in plain(alert(lang=lang))
    assert says not in plain(alert("prisoners-2025-06-10", lang))


def test_an_alert_that_changed_says_so() -> None:
    assert "Updated" in plain(alert(revised=True))
    assert "Updated" not in plain(alert())


def test_a_round_that_was_withdrawn_is_struck_out() -> None:
    gone = alert("prisoners-2025-05-23-b", "uk")
    assert gone[0] == Run("Повернення полонених, 23\u00a0травня 2025", strike=True)
    assert "відкликано" in plain(gone)


def test_an_undisclosed_round_has_no_number_but_its_day() -> None:
    text = plain(alert("prisoners-2025-06-09"))
    assert text == ("Return of prisoners, 9 June 2025\n\nTo Ukraine: not disclosed\nReported without a figure: Lenta")


def test_an_exchange_goes_both_ways() -> None:
    assert plain(alert("prisoners-2025-06-10")).startswith("Exchange of prisoners")


def test_an_unknown_language_is_written_in_english() -> None:
    assert plain(alert(lang="de")) == plain(alert(lang="en"))


def digest(ids: list[str], source: Ledger | None = None, revised: tuple[str, ...] = ()) -> str:
    week = {"since": dt.date(2025, 6, 9), "until": dt.date(2025, 6, 15)}
    return plain(render_digest(ids, source or book(), "en", **week, now=NOW, timezone=KYIV, revised=revised))


def test_a_digest_lists_rounds_newest_first() -> None:
    text = digest(["prisoners-2025-06-09", ROUND])
    assert text.startswith("Handovers, 9 to 15 June 2025\n\nHandover of remains, 16 June 2025")
    assert text.index("16 June") < text.index("Return of prisoners")


def test_a_digest_shows_the_other_sides_figure_where_it_differs() -> None:
    assert "According to Russia: 1,248 bodies" in digest([ROUND])
    assert "According to Russia: 300" not in digest(["prisoners-2025-06-10"])


def test_a_digest_marks_what_changed_and_what_was_withdrawn() -> None:
    text = digest([ROUND, "remains-2025-06-17"], revised=(ROUND,))
    assert "Updated" in text
    assert "has been withdrawn" in text


def test_an_empty_digest_says_that_nothing_was_recorded() -> None:
    assert "No new round was recorded" in digest([])


def test_a_digest_does_not_grow_without_bound() -> None:
    many = ledger(*(claim(5, date=dt.date(2025, 1, 1) + dt.timedelta(days=i)) for i in range(DIGEST_ROUNDS + 3)))
    text = digest([r.id for r in many.rounds], many)
    assert "3 more" in text
    assert text.count("Handover of remains") == DIGEST_ROUNDS
