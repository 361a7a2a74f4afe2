"""Every command of a reader, in three languages, as a new person would try it."""

import datetime as dt
import hashlib
import re
import shutil
import threading
from pathlib import Path

import pytest

from bot.rendering.tables import COLUMNS, FIELDS
from bot.rendering.texts import text
from bot.rendering.words import known_lang
from handlers import chart as drawing
from handlers.menu import MENU, OF_EDITORS, OF_OWNERS, publish_menu
from tests.acceptance.homeward import OWNER, Homeward
from tests.botapi import BotApiServer

LANGS = ("en", "uk", "ru")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", MENU)
async def test_each_command_answers_in_each_language_with_one_message(
    homeward: Homeward, command: str, lang: str
) -> None:
    await homeward.telegram.ask(5, f"/{command}", lang=lang)
    answer = await homeward.newest(5)

    assert len(homeward.telegram.shown(5)) == 1
    assert "{" not in answer.text
    assert any(letter in answer.text.lower() for letter in "абвгд") == (lang != "en")


@pytest.mark.parametrize("lang", LANGS)
async def test_after_a_question_each_command_still_answers(homeward: Homeward, lang: str) -> None:
    await homeward.telegram.ask(5, "total since Istanbul", lang=lang)
    for number, command in enumerate(MENU, 2):
        await homeward.telegram.ask(5, f"/{command}", lang=lang)
        await homeward.settled()
        assert len(homeward.telegram.shown(5)) == number


async def test_the_menu_is_published_in_every_language(homeward: Homeward, telegram: BotApiServer) -> None:
    await publish_menu(homeward.application.bot, homeward.services)

    published = {lang: telegram.methods.profile["commands", "default", lang] for lang in ("", *LANGS)}
    assert [command["command"] for command in published[""]] == list(MENU)
    assert len({str(commands) for commands in published.values()}) == 3


async def test_administrators_see_their_commands_and_nobody_else_does(
    homeward: Homeward, telegram: BotApiServer
) -> None:
    """An owner and an editor, while they are that; one who has written to the bot only later has it from then on."""

    def shown(user: int) -> list[str]:
        commands = telegram.methods.profile.get(("commands", f"chat:{user}", "uk"), [])
        return [command["command"] for command in commands if command["command"] not in MENU]

    for user in (OWNER, 7, 8):
        await telegram.ask(user, "/start", lang="uk")
    first = shown(OWNER), shown(7), shown(8)
    await telegram.ask(OWNER, "/admins add 7 editor")
    appointed = shown(7), shown(8)
    await telegram.ask(OWNER, "/admins remove 7")

    assert first == ([*OF_EDITORS, *OF_OWNERS], [], [])
    assert appointed == ([*OF_EDITORS], [])
    assert shown(7) == []


async def test_every_command_of_the_administrators_menu_is_one(homeward: Homeward) -> None:
    for number, command in enumerate((*OF_EDITORS, *OF_OWNERS), 1):
        answer = await homeward.telegram.ask(OWNER, f"/{command}", lang="en")
        assert "/help" not in answer.text
        await homeward.settled()
        assert len(homeward.telegram.shown(OWNER)) == number


async def test_start_shows_the_newest_round_the_total_and_three_buttons(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "/start", lang="en")

    assert "6,057" in answer.text
    assert "/subscribe" in answer.text
    assert sum(len(row) for row in answer.buttons) == 3


async def test_help_shows_five_questions_that_work_when_tapped(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "/help", lang="en")
    labels = [button.text for row in answer.buttons for button in row]
    for label in labels:
        await homeward.press(5, label)
    answers = homeward.telegram.texts(5)[1:]

    assert len(labels) == len(answers) == 5
    assert all(any(character.isdigit() for character in text) for text in answers)


async def test_last_takes_a_kind(homeward: Homeward) -> None:
    prisoners = await homeward.telegram.ask(5, "/last prisoners", lang="en")
    bodies = await homeward.telegram.ask(6, "/last тіла", lang="uk")

    assert "risoners" in prisoners.text
    assert "16 червня 2025" in bodies.text.replace("\u00a0", " ")


@pytest.mark.parametrize("words", ["полонені у травні 2025", "prisoners in May 2025", "пленные, май 2025"])
async def test_words_after_a_command_narrow_it(homeward: Homeward, words: str) -> None:
    await homeward.telegram.ask(5, f"/last {words}")
    await homeward.settled()
    turn = await homeward.services.chats.turn(5, 5)

    assert turn is not None
    assert (turn.query.measure, turn.query.kinds) == ("last", ("prisoners",))
    assert (turn.query.since, turn.query.until) == (dt.date(2025, 5, 1), dt.date(2025, 5, 31))


async def test_round_shows_every_claim_by_id_and_by_day(homeward: Homeward) -> None:
    by_id = await homeward.telegram.ask(5, "/round remains-2025-06-11", lang="en")
    by_day = await homeward.telegram.ask(5, "/round 2025-06-11")
    unknown = await homeward.telegram.ask(5, "/round remains-1999-01-01")

    assert "1,212" in by_id.text
    assert "Claims" in by_id.text
    assert by_day.text == by_id.text
    assert "remains-1999-01-01" in unknown.text


async def test_rounds_and_conflicts_turn_their_pages(homeward: Homeward) -> None:
    rounds = await homeward.telegram.ask(5, "/rounds", lang="en")
    first = rounds.text
    await homeward.press(5, "Next")

    assert len(homeward.telegram.shown(5)) == 1
    assert homeward.telegram.texts(5)[0] != first


async def test_why_sources_and_export_stand_on_the_last_answer(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "How many bodies were returned on 11 June 2025?", lang="en")
    why = await homeward.telegram.ask(5, "/why")
    sources = await homeward.telegram.ask(5, "/sources")

    assert "1,212" in why.text
    assert sources.links


async def test_why_without_a_question_says_so(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "/why", lang="en")

    assert "Nothing has been asked" in answer.text


async def test_a_reference_gives_the_same_figures_again(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "total since Istanbul", lang="en")
    ref = answer.text.rpartition("Reference ")[2][:6]
    again = await homeward.telegram.ask(6, f"/ref {ref.lower()}", lang="en")
    linked = await homeward.telegram.ask(7, f"/start ref_{ref}", lang="en")
    unknown = await homeward.telegram.ask(8, "/ref 000000", lang="en")

    assert "6,057" in again.text
    assert linked.text == again.text
    assert "000000" in unknown.text


async def test_a_chart_is_a_picture_with_words_for_who_cannot_see_it(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "total since Istanbul", lang="en")
    chart = await homeward.telegram.ask(5, "/chart")

    assert chart.photo is not None
    assert chart.photo.startswith(b"\x89PNG")
    assert "1,245" in chart.text


async def test_a_chart_is_drawn_on_the_other_ground_in_its_place(homeward: Homeward) -> None:
    light = await homeward.telegram.ask(5, "/chart", lang="en")
    grounds = [light.photo]
    for label in ("On dark", "On light"):
        await homeward.press(5, label)
        grounds.append((await homeward.newest(5)).photo)

    (shown,) = homeward.telegram.shown(5)
    assert shown.text == light.text
    assert grounds[0] == grounds[2] != grounds[1]


@pytest.mark.parametrize(
    ("lang", "question", "label"),
    [
        ("en", "bodies in 2025 by month", "Chart"),
        ("uk", "тіла у 2025 за місяцями", "Графік"),
        ("ru", "тела в 2025 по месяцам", "График"),
    ],
)
async def test_a_button_under_a_breakdown_draws_it(homeward: Homeward, lang: str, question: str, label: str) -> None:
    answer = await homeward.telegram.ask(5, question, lang=lang)
    await homeward.press(5, label)
    drawn = await homeward.newest(5)

    assert drawn.photo is not None
    assert drawn.text.splitlines()[0] == answer.text.splitlines()[0]


async def test_who_asks_meanwhile_is_not_kept_waiting_by_a_chart(
    homeward: Homeward, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, draw = threading.Event(), drawing.draw_chart
    monkeypatch.setattr(drawing, "draw_chart", lambda *args, **how: drawn.wait(30) and draw(*args, **how))
    homeward.telegram.say(5, "/chart", lang="en")
    answer = await homeward.telegram.ask(6, "total since Istanbul", lang="en")
    before = homeward.telegram.shown(5)
    drawn.set()

    assert "6,057" in answer.text
    assert before == []
    assert (await homeward.newest(5)).photo is not None


async def test_the_same_chart_is_drawn_once(homeward: Homeward) -> None:
    for chat in (5, 6):
        await homeward.telegram.ask(chat, "/chart", lang="en")
    first, second = (homeward.telegram.shown(chat)[0].photo for chat in (5, 6))

    assert first == second
    assert len(homeward.services.pictures._kept) == 1


@pytest.mark.parametrize(("label", "ending"), [("Everything: CSV", ".csv"), ("Everything: JSON", ".jsonl")])
async def test_export_sends_everything_as_a_document(homeward: Homeward, label: str, ending: str) -> None:
    await homeward.telegram.ask(5, "/export", lang="en")
    await homeward.press(5, label)
    message = await homeward.newest(5)

    assert message.document is not None
    name, content, _ = message.document
    assert name.endswith(ending)
    assert content.count(b"\n") > 500
    assert hashlib.sha256(content).hexdigest() in message.text


@pytest.mark.parametrize("deleted", [True, False])
async def test_long_export_shows_how_far_it_is_in_one_message_that_goes(
    telegram: BotApiServer, bundled_database: Path, tmp_path: Path, deleted: bool
) -> None:
    """It stays only where Telegram does not let it be deleted, and then too the file arrives."""
    path, impatient = tmp_path / "homeward.db", {"progress_every": 0.0}
    shutil.copyfile(bundled_database, path)
    async with Homeward(telegram, f"sqlite+aiosqlite:///{path}", lambda _: impatient) as homeward:
        if not deleted:
            telegram.script("refuse", method="deleteMessage")
        telegram.say(5, "/export csv", lang="en")
        await telegram.wait_for(lambda: [m for m in telegram.shown(5) if m.document])
        await homeward.settled()
    *before, file = telegram.shown(5)

    assert file.document is not None
    assert [re.sub(r"\d+", "N", m.text) for m in before] == ([] if deleted else ["The file is being prepared: N %."])


async def test_export_of_the_last_answer_holds_only_its_claims(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "How many bodies were returned on 11 June 2025?", lang="en")
    await homeward.telegram.ask(5, "/export")
    await homeward.press(5, "The last answer: CSV")
    document = (await homeward.newest(5)).document

    assert document is not None
    rows = document[1].decode("utf-8-sig").splitlines()[1:]
    assert rows
    assert all("remains-2025-06-11" in row for row in rows)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
async def test_each_file_leads_to_how_figures_are_chosen_and_to_what_its_parts_mean(
    homeward: Homeward, form: str, lang: str
) -> None:
    sent = await homeward.telegram.ask(5, f"/export {form}", lang=lang)
    assert "/method" in sent.text
    assert "MIT" in sent.text
    await homeward.press(5, text(known_lang(lang), "export-columns" if form == "csv" else "export-fields"))
    told = (await homeward.newest(5)).text
    assert all(f"\n{name}: " in told for name in (COLUMNS if form == "csv" else FIELDS))
    assert "MIT" in told


async def test_an_unknown_command_is_answered_once_and_names_help(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "/weather", lang="en")

    assert "/help" in answer.text


@pytest.mark.parametrize("lang", LANGS)
async def test_a_language_that_was_chosen_stays(homeward: Homeward, lang: str) -> None:
    names = {"en": "English", "uk": "Українська", "ru": "Русский"}
    await homeward.telegram.ask(5, "/language", lang="de")
    await homeward.press(5, names[lang])
    await homeward.restart()
    answer = await homeward.telegram.ask(5, "/settings")

    assert names[lang] in answer.text


async def test_privacy_deletes_everything_after_asking_once(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/language uk", lang="en")
    await homeward.telegram.ask(5, "total since Istanbul")
    await homeward.telegram.ask(5, "/subscribe")
    await homeward.telegram.ask(5, "/language en")
    page = await homeward.telegram.ask(5, "/privacy")
    await homeward.press(5, "Delete everything")
    await homeward.press(5, "Delete everything")
    chats, subscriptions = homeward.services.chats, homeward.services.subscriptions

    assert "deleted" in homeward.telegram.world.chats[5].messages[page.id].text
    assert await subscriptions.get(5) is None
    assert await chats.turn(5, 5) is None
    assert (await chats.settings(5)).lang is None


async def test_an_administrators_command_is_unknown_to_everybody_else(homeward: Homeward) -> None:
    unknown = await homeward.telegram.ask(5, "/weather", lang="en")
    for command in ("add", "edit", "retract", "pin", "merge", "undo", "review", "feeds", "audit", "status"):
        answer = await homeward.telegram.ask(5, f"/{command} 1", lang="en")
        assert answer.text == unknown.text
    assert OWNER != 5


@pytest.mark.parametrize("lang", LANGS)
async def test_help_tells_of_every_command(homeward: Homeward, lang: str) -> None:
    told = (await homeward.telegram.ask(5, "/help", lang=lang)).text
    assert [name for name in MENU if f"/{name}" not in told] == ["start", "help", "ask"]
    assert "/admin" not in told


async def test_help_tells_administrators_where_theirs_is(homeward: Homeward) -> None:
    assert "/admin" in (await homeward.telegram.ask(OWNER, "/help", lang="en")).text


async def test_words_that_mean_nothing_after_a_command_leave_the_conversation_as_it_was(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "total bodies since Istanbul", lang="en")
    await homeward.telegram.ask(5, "/round nonsense", lang="en")
    why = (await homeward.telegram.ask(5, "/why", lang="en")).text
    assert "Remains handed over to Ukraine, 2 June 2025 to today" in why
