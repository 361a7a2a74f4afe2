"""Questions in Telegram: private chats, groups, follow-ups, edits, pages and buttons."""

import pytest

from tests.acceptance.homeward import Homeward
from tests.botapi import Button
from tests.builders import change, claim

GROUP = -100200
BOT = "@homeward_test_bot"


async def test_a_text_in_a_private_chat_is_answered_with_the_figure_in_bold(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "How many bodies were returned on 11 June 2025?", lang="en")

    assert any("1,212" in bold for bold in answer.styled("bold"))


async def test_the_figure_comes_first_and_sources_are_links(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "How many bodies were returned since Istanbul?", lang="en")

    assert "6,057" in answer.text.splitlines()[0]
    assert answer.links


async def test_one_question_is_one_message_with_at_most_six_buttons(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "How many bodies were returned since Istanbul?")
    newest = await homeward.newest(5)

    assert len(homeward.telegram.shown(5)) == 1
    assert 1 <= sum(len(row) for row in newest.buttons) <= 6


async def test_a_follow_up_changes_only_what_it_names(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "How many bodies were returned since Istanbul?", lang="en")
    answer = await homeward.telegram.ask(5, "and prisoners?")

    assert "risoners" in answer.text
    assert "2 June 2025" in answer.text


async def test_a_follow_up_is_understood_after_a_restart(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "How many bodies were returned since Istanbul?", lang="en")
    await homeward.restart()
    answer = await homeward.telegram.ask(5, "and prisoners?")

    assert "2 June 2025" in answer.text


async def test_people_of_one_group_have_conversations_of_their_own(homeward: Homeward) -> None:
    homeward.telegram.group(GROUP)
    await homeward.telegram.ask(GROUP, f"{BOT} How many bodies were returned since Istanbul?", user=11)
    await homeward.telegram.ask(GROUP, f"{BOT} How many bodies were returned on 11 June 2025?", user=12)
    answer = await homeward.telegram.ask(GROUP, f"{BOT} and prisoners?", user=11)

    assert "2 June 2025" in answer.text


async def test_a_group_hears_nothing_unasked(homeward: Homeward) -> None:
    homeward.telegram.group(GROUP, bot="administrator")
    homeward.telegram.say(GROUP, "How many bodies were returned since Istanbul?", user=11)
    homeward.telegram.say(GROUP, "/weather", user=11)
    homeward.telegram.say(GROUP, "/help@another_bot", user=11)
    homeward.telegram.say(GROUP, "thanks @somebody_else", user=11)
    await homeward.settled()

    assert homeward.telegram.shown(GROUP) == []


@pytest.mark.parametrize("text", [f"{BOT} total since Istanbul", f"/ask{BOT} total since Istanbul", "/ask Istanbul"])
async def test_a_group_is_answered_where_the_bot_is_named_or_commanded(homeward: Homeward, text: str) -> None:
    homeward.telegram.group(GROUP)
    question = homeward.telegram.say(GROUP, text, user=11)
    answer = await homeward.newest(GROUP)

    assert "6,057" in answer.text
    assert answer.reply_to == question.id


async def test_a_reply_to_an_answer_in_a_group_follows_it_up(homeward: Homeward) -> None:
    homeward.telegram.group(GROUP)
    first = await homeward.telegram.ask(GROUP, f"{BOT} total since Istanbul", user=11, lang="en")
    answer = await homeward.telegram.ask(GROUP, "and prisoners?", user=12, reply_to=first)

    assert "2 June 2025" in answer.text


async def test_in_a_topic_the_answer_stays_in_the_topic(homeward: Homeward) -> None:
    homeward.telegram.group(GROUP, topics=[7])
    homeward.telegram.say(GROUP, f"{BOT} total since Istanbul", user=11, thread_id=7)
    answer = await homeward.newest(GROUP)

    assert answer.thread_id == 7


async def test_an_edited_question_edits_its_answer(homeward: Homeward) -> None:
    question = homeward.telegram.say(5, "How many bodies were returned since Istanbul?", lang="en")
    before = await homeward.newest(5)
    homeward.telegram.edit(question, "How many bodies were returned on 11 June 2025?")
    after = await homeward.newest(5)

    assert after.id == before.id
    assert "1,212" in after.text
    assert len(homeward.telegram.shown(5)) == 1


async def test_an_edited_question_is_left_alone_where_another_one_followed(homeward: Homeward) -> None:
    question = homeward.telegram.say(5, "How many bodies were returned since Istanbul?", lang="en")
    await homeward.telegram.ask(5, "How many bodies were returned on 11 June 2025?")
    homeward.telegram.edit(question, "list the rounds")
    await homeward.settled()

    assert ["6,057" in text for text in homeward.telegram.texts(5)] == [True, False]


async def test_a_button_asks_its_question(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "How many bodies were returned since Istanbul?", lang="en")
    await homeward.press(5, "By month")
    answer = await homeward.newest(5)

    assert "June 2025" in answer.text
    assert len(homeward.telegram.shown(5)) == 2


async def test_a_long_list_turns_its_pages_on_the_same_message(homeward: Homeward) -> None:
    first = await homeward.telegram.ask(5, "list the rounds", lang="en")
    text = first.text
    await homeward.press(5, "Next")
    second = await homeward.newest(5)
    await homeward.press(5, "‹ Back")
    again = await homeward.newest(5)

    assert first.id == second.id == again.id
    assert second.earlier[0] == text
    assert again.text == text


@pytest.mark.parametrize(
    "data", ["q:00.zzz", "q:", "nothing:1", "p:0!", "q:00.=ABCDEF", "sub:k.bodies", "x", "rp:de.1"]
)
async def test_an_old_or_forged_button_says_so(homeward: Homeward, data: str) -> None:
    answer = await homeward.telegram.ask(5, "How many bodies were returned since Istanbul?", lang="en")
    forged = homeward.telegram.press(Button(chat_id=5, message_id=answer.id, text="?", data=data))
    await homeward.telegram.wait_for(lambda: forged.answer)
    await homeward.settled()

    assert forged.answer is not None
    assert "too old" in forged.answer["text"] or "not subscribed" in homeward.telegram.texts(5)[-1]


async def test_an_update_that_telegram_repeats_is_answered_once(homeward: Homeward) -> None:
    homeward.telegram.say(5, "How many bodies were returned since Istanbul?")
    update = homeward.telegram.updates.pending[0]
    await homeward.settled()
    homeward.telegram.updates.repeat(update)
    homeward.telegram.say(6, "/help")
    await homeward.settled()

    assert len(homeward.telegram.shown(5)) == 1


async def test_a_text_too_long_for_a_question_is_not_read(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "how many " * 100, lang="en")

    assert "too long" in answer.text


@pytest.mark.parametrize(
    ("lang", "question", "figure"),
    [
        ("en", "How many bodies were returned since Istanbul?", "6,057"),
        ("uk", "Скільки тіл повернули після Стамбула?", "6\u00a0057"),
        ("ru", "Сколько тел вернули после Стамбула?", "6\u00a0057"),
    ],
)
async def test_numbers_are_written_as_the_language_does(
    homeward: Homeward, lang: str, question: str, figure: str
) -> None:
    answer = await homeward.telegram.ask(5, question, lang=lang)

    assert figure in answer.text


async def test_words_to_the_program_are_carried_out(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "How many bodies were returned on 11 June 2025?", lang="en")
    why = await homeward.telegram.ask(5, "why?")
    chart = await homeward.telegram.ask(5, "chart")
    export = await homeward.telegram.ask(5, "csv")

    assert "Why the answer says this" in why.text
    assert chart.photo
    assert export.buttons


@pytest.mark.parametrize(
    "question",
    [
        "chart of 2025 by month",
        "графік 2025 за місяцями",
        "график 2025 по месяцам",
        "show me a chart",
        "покажи графік",
        "покажи график",
    ],
)
async def test_a_chart_may_be_asked_for_in_words(homeward: Homeward, question: str) -> None:
    answer = await homeward.telegram.ask(5, question)

    assert answer.photo is not None


@pytest.mark.parametrize("noise", ["asdf qwer", "дякую", "👍"])
async def test_who_is_not_understood_is_shown_what_can_be_asked(homeward: Homeward, noise: str) -> None:
    answer = await homeward.telegram.ask(5, noise, lang="en")

    assert answer.buttons
    assert answer.styled("bold") == []


async def test_who_looks_for_a_person_is_told_where_to_turn_and_is_not_remembered(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "Where is my son Ivan Petrenko?", lang="en")
    await homeward.settled()

    assert "https://familylinks.icrc.org" in answer.text
    assert "https://koordshtab.gov.ua" in answer.links
    assert answer.buttons == []
    assert await homeward.services.chats.turn(5, 5) is None


async def test_what_was_written_for_one_is_sent_to_the_next_and_anew_after_a_change(homeward: Homeward) -> None:
    question = "How many bodies were returned on 11 June 2025?"
    first = await homeward.telegram.ask(5, question, lang="en")
    second = await homeward.telegram.ask(6, question, lang="en")
    assert (second.text, second.entities) == (first.text, first.entities)
    data = [[(button.text, button.data) for row in answer.buttons for button in row] for answer in (first, second)]
    assert data[0] == data[1]

    await homeward.database.ledger.apply(change(claim(1300, publisher="a third", party="ukraine", pinned=True)))
    await homeward.services.ledger.refresh()
    assert "1,300" in (await homeward.telegram.ask(7, question, lang="en")).text
