"""How an answer is laid out: the figure first, then the reading, who says what, what is not known, and the sources."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.claims import Claim
from bot.domain.compute import compute
from bot.domain.ledger import Ledger
from bot.domain.queries import Query, Span
from bot.domain.replies import (
    LANGS,
    Act,
    Assumption,
    Choice,
    Correction,
    Instruction,
    Lang,
    Reading,
    Refusal,
    Reply,
)
from bot.rendering.answers import render_reply
from bot.rendering.questions import question
from bot.rendering.reading import reading_line
from bot.rendering.rendered import Rendered
from bot.rendering.rich import Run, plain
from bot.rendering.words import message
from tests.builders import agreement, claim, day, ledger

KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2025, 7, 20, 12, tzinfo=dt.UTC)
ISTANBUL = "istanbul-2025-06-02"

Show = Callable[..., Rendered]


def book(*more: Claim) -> Ledger:
    """Two rounds to Ukraine, one of them disputed, one undisclosed exchange, and what Russia received."""
    names = {"en": ("Istanbul",), "uk": ("Стамбул",), "ru": ("Стамбул",)}
    return ledger(
        claim(1212, published="2025-06-11"),
        claim(27, recipient="russia", party="russia"),
        claim(1245, date="2025-06-16", url="https://example.org/ua"),
        claim(1248, date="2025-06-16", party="russia", publisher="TASS", url="https://example.org/ru"),
        claim(None, kind="prisoners", date="2025-06-09", party="other"),
        *more,
        agreements=[agreement(ISTANBUL, names=names), agreement("istanbul-2025-05-16", names={"en": ("Istanbul-1",)})],
    )


def show(source: Ledger, lang: Lang = "en", page: int = 0, **query: Any) -> Rendered:
    """Ask the ledger and render the answer; `on` is one day."""
    reading = {name: query.pop(name) for name in ("assumptions", "corrections") if name in query}
    for name in ("since", "until"):
        if name in query:
            query[name] = day(query[name])
    if on := query.pop("on", None):
        query["since"] = query["until"] = day(on)
    asked = Query(**query)
    answer = compute(source, asked, now=NOW, timezone=KYIV)
    understood = Reading(query=asked, lang=lang, **reading)
    reply = Reply(question="", lang=lang, understanding=understood, answers=(answer,), ref="7K3QX2")
    return render_reply(reply, source, now=NOW, timezone=KYIV, page=page)


def lines(rendered: Rendered) -> list[str]:
    return plain(rendered.text).replace("\u00a0", " ").split("\n")


def test_the_figure_comes_first_and_bold_then_the_reading() -> None:
    rendered = show(book(), since="2025-06-02")
    assert rendered.text[0] == Run("2,457 bodies", bold=True)
    assert lines(rendered)[1] == "Remains handed over to Ukraine, 2 June 2025 to today"
    assert rendered.reading == "Remains handed over to Ukraine, 2 June 2025 to today"


def test_both_sides_are_shown_where_they_differ() -> None:
    text = lines(show(book(), since="2025-06-02"))
    assert "According to Ukraine: 2,457 bodies (2 rounds)" in text
    assert "According to Russia: 1,248 bodies (1 round)" in text
    assert "From 2,457 to 2,460, taking each round’s lowest and highest figure." in text


def test_one_round_shows_each_sides_claim_with_its_link() -> None:
    rendered = show(book(), on="2025-06-16")
    assert "According to Russia: 1,248 bodies (Vladimir Medinsky; TASS)" in lines(rendered)
    assert Run("TASS", url="https://example.org/ru") in rendered.text


def test_a_side_that_agrees_needs_no_line_of_its_own() -> None:
    agreed = ledger(claim(100), claim(100, party="russia"), claim(50, date="2025-06-13"))
    assert "According to" not in plain(show(agreed).text)


def test_zero_undisclosed_and_not_recorded_are_three_sentences() -> None:
    zero = lines(show(book(), since="2025-07-01", until="2025-07-10"))[0]
    hidden = lines(show(book(), kinds=("prisoners",), on="2025-06-09"))[0]
    unrecorded = lines(show(book(), since="2020-01-01", until="2020-12-31"))[0]
    assert zero == "0: no round recorded"
    assert hidden == "Figure not disclosed"
    assert unrecorded == "Nothing is recorded for this. That is not the same as zero."


def test_undisclosed_rounds_of_a_sum_are_mentioned() -> None:
    more = claim(300, kind="prisoners", date="2025-06-10")
    text = plain(show(book(more), kinds=("prisoners",), since="2025-06-02").text)
    assert "1 round happened with no figure from anyone; it adds nothing to the sum." in text


def test_the_text_says_where_the_records_begin() -> None:
    assert "The records begin on 11 June 2025" in plain(show(book(), since="2025-01-01").text)


def test_rounds_left_out_for_a_silent_party_are_mentioned() -> None:
    text = plain(show(book(), since="2025-06-02", party="russia").text)
    assert text.startswith("1,248 bodies")
    assert "1 round is left out: Russia gave no figure of its own for it." in text


def test_a_party_without_any_figure_is_said_to_be_silent() -> None:
    rendered = show(book(), on="2025-06-11", party="russia")
    assert lines(rendered)[0].startswith("Russia gave no figure of its own for this.")
    assert "Everybody’s figures" in [button.label for button in rendered.buttons]


def test_a_rounded_figure_is_said_to_be_rounded() -> None:
    source = ledger(claim(1000, qualifier="about"))
    assert lines(show(source, on="2025-06-11"))[0] == "About 1,000 bodies"
    source = ledger(claim(1000, qualifier="at_least"))
    assert lines(show(source, lang="uk", on="2025-06-11"))[0] == "Щонайменше 1 000 тіл"


def test_both_recipients_are_rows() -> None:
    text = lines(show(book(), recipient="both", since="2025-06-02"))
    assert text[0] == "Remains handed over to Ukraine and to Russia, 2 June 2025 to today"
    assert text[2:4] == ["To Ukraine: 2,457 bodies (from 2,457 to 2,460)", "To Russia: 27 bodies"]


def test_a_round_without_a_figure_that_went_both_ways_is_not_told_as_two() -> None:
    ways = [claim(None, kind="prisoners", date="2025-06-09", recipient=way) for way in ("ukraine", "russia")]
    known = [claim(84, kind="prisoners", date="2025-06-12", recipient=way) for way in ("ukraine", "russia")]
    text = plain(show(ledger(*ways, *known), kinds=("prisoners",), recipient="both", since="2025-06-02").text)
    assert "To Ukraine: 84 prisoners and 1 round without a figure" in text
    assert "1 round happened with no figure from anyone" in text


def test_where_nothing_is_summed_no_sum_is_spoken_of() -> None:
    silent = claim(None, date="2025-06-12")
    assert "1 round happened with no figure from anyone; it is left out." in plain(
        show(ledger(claim(1212), silent), measure="largest").text
    )


def test_a_figure_of_zero_is_not_affirmed() -> None:
    nobody = ledger(claim(0, recipient="russia", party="russia"))
    text = show(nobody, measure="happened", recipient="russia", on="2025-06-11")
    assert lines(text)[0] == "0 bodies"


def test_rounds_of_several_kinds_are_counted_as_rounds() -> None:
    """A sum of bodies must never stand where a number of rounds is said."""
    text = lines(show(book(), measure="rounds", kinds=None, recipient=None, since="2025-06-01", until="2025-06-30"))
    assert text[0] == "3 rounds"
    assert "Remains: 2 rounds" in text
    assert "Prisoners: 1 round" in text


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ({"measure": "last"}, "16 June 2025: 1,245 bodies"),
        ({"measure": "first"}, "11 June 2025: 1,212 bodies"),
        ({"measure": "largest"}, "16 June 2025: 1,245 bodies"),
        ({"measure": "smallest"}, "11 June 2025: 1,212 bodies"),
        ({"measure": "last", "kinds": ("prisoners",)}, "9 June 2025: not disclosed"),
        ({"measure": "average"}, "1,228.5 bodies a round on average"),
        ({"measure": "rounds"}, "2 rounds"),
        ({"measure": "list"}, "2 rounds"),
        ({"measure": "list", "recipient": "both"}, "2 rounds"),
        ({"measure": "days_since"}, "34 days"),
        ({"measure": "conflict", "recipient": None}, "1 round on which the two sides’ figures differ"),
        ({"measure": "happened", "on": "2025-06-11"}, "Yes: 1,212 bodies"),
        ({"measure": "happened", "on": "2025-06-12"}, "No: no round recorded"),
        (
            {"measure": "happened", "on": "2025-06-09", "kinds": ("prisoners",)},
            "Yes, and the figure was not disclosed",
        ),
    ],
)
def test_every_measure_leads_with_its_result(query: dict[str, Any], first: str) -> None:
    assert lines(show(book(), **query))[0] == first


def test_days_since_says_which_day_the_last_was() -> None:
    assert "The last round was on 16 June 2025." in lines(show(book(), measure="days_since"))


def test_a_conflict_names_both_figures() -> None:
    text = plain(show(book(), measure="conflict", recipient=None).text)
    assert "16 June 2025, remains to Ukraine: Ukraine says 1,245, Russia says 1,248" in text


def test_a_comparison_says_which_is_higher() -> None:
    june, july = Span(since=day("2025-06-01"), until=day("2025-06-30")), Span(since=day("2025-07-01"))
    text = lines(show(book(), measure="compare", since=june.since, until=june.until, versus=july))
    assert text[0] == "2,457 more in the first period"
    assert text[3].startswith("June 2025: 2,457 bodies")
    assert text[4] == "1 July 2025 to today: no round recorded"


def test_a_claimed_total_is_held_against_the_sum_of_the_rounds() -> None:
    total = claim(6060, measure="total", party="russia", date="2025-06-20", since="2025-06-02")
    text = lines(show(book(total), measure="claimed_total", party="russia"))
    assert text[0] == "6,060 bodies"
    assert "Claimed by Vladimir Medinsky, as of 20 June 2025, counted since 2 June 2025." in text
    assert "The rounds on record for the same time add up to 2,457." in text
    assert any(line.startswith("That is 3,603 fewer than the claimed total") for line in text)


def test_identified_remains_stand_with_the_figure_they_are_a_part_of() -> None:
    source = ledger(claim(909, breakdown={"identified": 97}))
    text = lines(show(source, measure="share_identified"))
    assert text[0] == "97 identified"
    assert "11 June 2025: 97 of 909 bodies" in text


def test_a_breakdown_names_its_rows_in_words() -> None:
    text = [line.replace("\u00a0", " ") for line in lines(show(book(), "uk", measure="breakdown", group_by="month"))]
    assert "Червень 2025 року: 2 457 тіл (від 2 457 до 2 460)" in text


def test_an_average_has_the_words_of_a_fraction() -> None:
    assert lines(show(book(), "uk", measure="average"))[0] == "У середньому 1 228,5 тіла за раунд"


def test_assumptions_and_corrections_are_said() -> None:
    other = Query(since=day("2025-05-16"))
    told = lines(
        show(
            book(),
            since="2025-06-02",
            assumptions=(
                Assumption(kind="agreement", taken=ISTANBUL, others=(other,)),
                Assumption(kind="year", taken="2025"),
            ),
            corrections=(Correction(written="istambul", read="Istanbul"),),
        )
    )
    assert "“istambul” is read as “Istanbul”." in told
    assert "Read as “Istanbul”, 2 June 2025. Other talks of that name: 16 May 2025 (“Istanbul-1”)." in told
    assert "No year was named; read as 2025." in told


def test_what_the_reading_says_is_not_said_twice() -> None:
    taken = (Assumption(kind="kind", taken="remains"), Assumption(kind="recipient", taken="ukraine"))
    assert lines(show(book(), assumptions=taken)) == lines(show(book()))


def test_each_assumption_is_a_button_that_changes_just_that() -> None:
    other = Query(kinds=("prisoners",))
    rendered = show(book(), assumptions=(Assumption(kind="kind", taken="remains", others=(other,)),))
    assert (rendered.buttons[0].label, rendered.buttons[0].action) == ("Prisoners", other)


def test_there_are_at_most_six_buttons_and_none_asks_the_same_again() -> None:
    rendered = show(book(), since="2025-06-02")
    assert 0 < len(rendered.buttons) <= 6
    actions = [button.action for button in rendered.buttons]
    assert Query(since=day("2025-06-02")) not in actions
    assert len(set(actions)) == len(actions)


def test_a_long_list_has_pages() -> None:
    many = ledger(*(claim(5, date=dt.date(2025, 1, 1) + dt.timedelta(days=i)) for i in range(30)))
    first, last = show(many, measure="list"), show(many, measure="list", page=9)
    assert (first.page, first.pages) == (0, 3)
    assert "1 to 12 of 30" in lines(first)
    assert (last.page, "25 to 30 of 30" in lines(last)) == (2, True)


def test_the_reference_stands_at_the_end() -> None:
    assert lines(show(book()))[-1] == "Reference 7K3QX2"


def test_two_readings_are_both_answered() -> None:
    source = book()
    queries = [Query(since=day("2025-06-02")), Query(agreement=ISTANBUL)]
    readings = tuple(Reading(query=query, lang="en") for query in queries)
    answers = tuple(compute(source, query, now=NOW, timezone=KYIV) for query in queries)
    choice = Choice(lang="en", word="istanbul", readings=readings)
    reply = Reply(question="", lang="en", understanding=choice, answers=answers)
    rendered = render_reply(reply, source, now=NOW, timezone=KYIV)
    text = plain(rendered.text)
    assert text.startswith("“istanbul” can mean two things; here are both.")
    assert "2,457 bodies" in text
    assert "0: no round recorded" in text
    assert [button.action for button in rendered.buttons] == queries


def test_more_readings_are_a_question_with_buttons() -> None:
    queries = [Query(), Query(kinds=("prisoners",)), Query(kinds=("civilians",))]
    choice = Choice(lang="uk", word="вони", readings=tuple(Reading(query=query, lang="uk") for query in queries))
    reply = Reply(question="", lang="uk", understanding=choice)
    rendered = render_reply(reply, book(), now=NOW, timezone=KYIV)
    assert plain(rendered.text).startswith("«вони» може означати різне. Що саме?\n\n• Скільки тіл")
    assert rendered.buttons[1].label == "Скільки полонених повернули Україні?"


REFUSALS = ["future", "not_recorded", "party_silent", "unknown_word", "personal", "unsupported", "other_topic", None]


@pytest.mark.parametrize("lang", LANGS)
def test_each_reason_is_refused_in_its_own_words(lang: Lang) -> None:
    texts = set()
    for reason in REFUSALS:
        refusal = Refusal(lang=lang, status="out_of_scope", reason=reason, words=("слово",))  # type: ignore[arg-type]
        reply = Reply(question="", lang=lang, understanding=refusal)
        text = plain(render_reply(reply, book(), now=NOW, timezone=KYIV).text)
        assert not any(c.isdigit() for c in text)
        texts.add(text)
    assert len(texts) == len(REFUSALS)


@pytest.mark.parametrize("lang", LANGS)
def test_a_question_about_a_person_is_answered_with_where_to_turn(lang: Lang) -> None:
    refusal = Refusal(lang=lang, status="out_of_scope", reason="personal")
    reply = Reply(question="", lang=lang, understanding=refusal)
    rendered = render_reply(reply, book(), now=NOW, timezone=KYIV)
    assert {run.url for run in rendered.text if run.url} == {
        "https://koordshtab.gov.ua",
        "https://familylinks.icrc.org",
    }


def test_questions_near_a_refused_one_are_buttons() -> None:
    near = (Query(measure="last"),)
    refusal = Refusal(lang="en", status="not_understood", reason="unknown_word", words=("blorp",), near=near)
    rendered = render_reply(Reply(question="", lang="en", understanding=refusal), book(), now=NOW, timezone=KYIV)
    assert rendered.buttons[0].label == "When was the last handover of bodies to Ukraine?"
    assert "“blorp”" in plain(rendered.text)


@pytest.mark.parametrize(("act", "starts"), [("why", "Why the answer says this"), ("sources", "Sources of the last")])
def test_words_about_the_last_answer_are_carried_out(act: Act, starts: str) -> None:
    answer = compute(book(), Query(), now=NOW, timezone=KYIV)
    reply = Reply(question="", lang="en", understanding=Instruction(lang="en", act=act), answers=(answer,))
    assert plain(render_reply(reply, book(), now=NOW, timezone=KYIV).text).startswith(starts)


def test_words_about_no_answer_say_that_nothing_was_asked() -> None:
    reply = Reply(question="", lang="ru", understanding=Instruction(lang="ru", act="why"))
    assert plain(render_reply(reply, book(), now=NOW, timezone=KYIV).text) == message("ru", "nothing-asked")


@pytest.mark.parametrize(
    ("query", "en", "uk", "ru"),
    [
        (
            Query(since=day("2025-06-02")),
            "How many bodies were handed over to Ukraine since 2 June 2025?",
            "Скільки тіл передали Україні з 2 червня 2025 року?",
            "Сколько тел передали Украине со 2 июня 2025 года?",
        ),
        (
            Query(measure="last", kinds=("prisoners",), recipient=None),
            "When was the last exchange of prisoners?",
            "Коли був останній обмін полоненими?",
            "Когда был последний обмен пленными?",
        ),
        (
            Query(measure="days_since", kinds=("children",)),
            "How many days since the last return of children to Ukraine?",
            "Скільки днів минуло від останнього повернення дітей Україні?",
            "Сколько дней прошло с последнего возвращения детей Украине?",
        ),
        (
            Query(measure="happened", since=day("2025-06-14"), until=day("2025-06-14"), recipient=None),
            "Was there a handover of bodies on 14 June 2025?",
            "Чи була передача тіл 14 червня 2025 року?",
            "Была ли передача тел 14 июня 2025 года?",
        ),
    ],
)
def test_a_query_is_asked_as_a_person_would(query: Query, en: str, uk: str, ru: str) -> None:
    asked = [question(lang, query, book(), now=NOW, timezone=KYIV).replace("\u00a0", " ") for lang in LANGS]
    assert asked == [en, uk, ru]


def test_the_reading_names_agreement_party_and_grouping() -> None:
    query = Query(agreement=ISTANBUL, party="russia", measure="breakdown", group_by="month")
    line = reading_line("uk", query, book(), now=NOW, timezone=KYIV)
    assert line == "Тіла, передані Україні, за домовленістю «Стамбул», за даними Росії, за місяцями"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "2 rounds are left out: others gave no figure of their own for them."),
        ("uk", "2 раунди пропущено: інші не назвали власного числа щодо них."),
        ("ru", "2 раунда пропущены: другие не назвали своего числа по ним."),
    ],
)
def test_others_who_are_silent_are_several(lang: Lang, said: str) -> None:
    source = book(claim(909, date="2025-05-16", party="other"))
    assert said in plain(show(source, lang, party="other").text).replace("\u00a0", " ")
