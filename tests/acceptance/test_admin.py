"""What administrators do in the chat: each command right and wrong, old buttons, strangers, restarts, two at once."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.answers import Answer
from bot.domain.compute import compute
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.reasons import reason
from bot.feeds.defaults import default_feeds
from bot.feeds.reader import FeedClient
from bot.language.reports.reader import read_report
from bot.ports import AuditEntry
from bot.services.deliver import Deliverer
from bot.services.poll import FeedPoller
from bot.services.tell import Teller
from handlers.bot import TelegramBot
from handlers.limiter import Limiter, Rates
from handlers.request import BotApiRequest
from handlers.sender import TelegramSender
from tests.acceptance.homeward import KYIV, NOW, OWNER, Homeward
from tests.botapi import BotApiServer, Message
from tests.builders import article as an_article
from tests.builders import change, report, reported, subscription
from tests.feedserver import FeedServer, Post

EDITOR, STRANGER, READER = 901, 5, 77
JUNE_11 = "remains-2025-06-11"
LINE = (
    'remains ukraine 1245 2025-06-19 party=ukraine claimant="Coordination Headquarters" publisher=Ukrinform'
    " source=https://example.org/1"
)


@pytest_asyncio.fixture
async def editor(homeward: Homeward) -> Homeward:
    """Give the bot with one editor beside the owner."""
    await homeward.database.admins.set_role(EDITOR, "editor", author="cli", at=NOW)
    return homeward


async def ask(homeward: Homeward, text: str, *, chat: int = OWNER, **how: Any) -> Message:
    """Write and return the answer, once all of it was worked on."""
    await homeward.telegram.ask(chat, text, **{"lang": "en", **how})
    return await homeward.newest(chat)


async def total(homeward: Homeward, day: str = "2025-06-19") -> Answer:
    """What a reader is told of one day's remains to Ukraine."""
    date = dt.date.fromisoformat(day)
    return compute(await homeward.services.ledger.refresh(), Query(since=date, until=date), now=NOW, timezone=KYIV)


async def ledger(homeward: Homeward) -> Ledger:
    return await homeward.services.ledger.refresh()


async def newest_entry(homeward: Homeward) -> AuditEntry:
    return (await homeward.database.ledger.audit(limit=1))[0]


def labels(message: Message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


class TestAddInOneLine:
    async def test_the_card_says_what_is_new_and_who_is_told_and_the_first_button_saves(
        self, homeward: Homeward
    ) -> None:
        card = await ask(homeward, f"/add {LINE}")
        assert "1,245 bodies to Ukraine, 19 June 2025" in card.text
        assert "New round: remains-2025-06-19" in card.text
        assert "Subscribers will be told" in card.text
        assert labels(card) == ["Save", "Drop", "Edit"]
        assert (await total(homeward)).value != 1245

        await homeward.press(OWNER, "Save")
        assert (await total(homeward)).value == 1245
        saved = await homeward.newest(OWNER)
        assert "/undo" in saved.text
        assert labels(saved) == []
        assert (await newest_entry(homeward)).author == str(OWNER)

    async def test_the_second_button_drops(self, homeward: Homeward) -> None:
        before = (await ledger(homeward)).version
        card = await ask(homeward, f"/add {LINE}")
        await homeward.press(OWNER, labels(card)[1])
        assert (await ledger(homeward)).version == before
        assert "Nothing was changed" in (await homeward.newest(OWNER)).text

    async def test_the_third_button_edits_a_value(self, homeward: Homeward) -> None:
        card = await ask(homeward, f"/add {LINE}")
        await homeward.press(OWNER, labels(card)[2])
        await homeward.press(OWNER, "Figure")
        await ask(homeward, "1246")
        await homeward.press(OWNER, "Edit")
        await homeward.press(OWNER, "Party")
        await homeward.press(OWNER, "Russia")
        await homeward.press(OWNER, "Save")
        claims = (await ledger(homeward)).claims_of("remains-2025-06-19")
        assert [(c.count, c.party) for c in claims] == [(1246, "russia")]

    async def test_a_wrong_value_is_asked_again(self, homeward: Homeward) -> None:
        await ask(homeward, f"/add {LINE}")
        await homeward.press(OWNER, "Edit")
        await homeward.press(OWNER, "Figure")
        assert "is no figure" in (await ask(homeward, "very many")).text
        assert "1,300" in (await ask(homeward, "1300")).text

    async def test_what_is_contradicted_and_superseded_stands_on_the_card(self, homeward: Homeward) -> None:
        card = await ask(homeward, "/add remains ukraine 1100 2025-06-11 party=russia source=https://example.org/2")
        assert "Cannot hold together with the other side’s figure" in card.text
        assert "The same side also gave" in card.text
        assert f"Round on record: {JUNE_11}" in card.text

    async def test_the_same_again_is_told_to_stand_already(self, homeward: Homeward) -> None:
        await ask(homeward, f"/add {LINE}")
        await homeward.press(OWNER, "Save")
        before = (await ledger(homeward)).version
        again = await ask(homeward, f"/add {LINE}")
        assert "stands already" in again.text
        assert labels(again) == []
        assert (await ledger(homeward)).version == before

    @pytest.mark.parametrize(
        ("line", "question"),
        [
            ("remains ukraine 1245 2025-06-25", "still to come"),
            ("remains ukraine 124500 2025-06-19", "More than is plausible"),
            ("remains ukraine 0 2025-06-19", "nobody was handed over"),
            ("remains ukraine 1212 2025-06-12 party=ukraine", "may be the same one"),
        ],
    )
    async def test_what_can_hardly_be_is_asked_about(self, homeward: Homeward, line: str, question: str) -> None:
        card = await ask(homeward, f"/add {line}")
        assert question in card.text
        assert labels(card)[0] == "Save all the same"

    async def test_a_round_a_day_apart_is_joined_by_a_button(self, homeward: Homeward) -> None:
        await ask(homeward, "/add remains ukraine 1212 2025-06-12 party=other publisher=X")
        await homeward.press(OWNER, f"It is {JUNE_11}")
        await homeward.press(OWNER, "Save")
        assert (await ledger(homeward)).round("remains-2025-06-12") is None
        assert "X" in {c.publisher for c in (await ledger(homeward)).claims_of(JUNE_11)}

    async def test_in_ukrainian_and_russian_too(self, homeward: Homeward) -> None:
        card = await ask(homeward, "/add тіла Україна 1 245 19 червня party=Україна", lang="uk")
        assert "Новий раунд: remains-2025-06-19" in card.text
        card = await ask(homeward, "/add тела Украина 1245 19.06.2025", lang="ru")
        assert "Новый раунд: remains-2025-06-19" in card.text


class TestAddFromWords:
    SENTENCE = "On 19 June 2025 Ukraine received the bodies of 1,245 fallen soldiers, the Headquarters said."

    async def test_a_sentence_is_read_as_an_article_would_be(self, homeward: Homeward) -> None:
        card = await ask(homeward, f"/add {self.SENTENCE}")
        assert "1,245 bodies to Ukraine, 19 June 2025" in card.text
        await homeward.press(OWNER, "Save")
        assert (await total(homeward)).value == 1245

    async def test_a_forwarded_post_reports_a_round(self, homeward: Homeward) -> None:
        homeward.telegram.forward(OWNER, self.SENTENCE, lang="en")
        await homeward.telegram.wait_for(lambda: homeward.telegram.shown(OWNER))
        card = await homeward.newest(OWNER)
        assert labels(card) == ["Save", "Drop", "Edit"]

    async def test_a_readers_forwarded_post_is_a_question(self, homeward: Homeward) -> None:
        homeward.telegram.forward(STRANGER, self.SENTENCE, lang="en")
        await homeward.telegram.wait_for(lambda: homeward.telegram.shown(STRANGER))
        assert "Save" not in labels(await homeward.newest(STRANGER))

    async def test_words_without_a_handover_show_the_right_form(self, homeward: Homeward) -> None:
        answer = await ask(homeward, "/add Ukraine and Russia met in Istanbul and agreed on nothing whatsoever today")
        assert "no completed handover" in answer.text
        assert "/add remains ukraine" in answer.text


class TestAddStepByStep:
    async def test_every_step_has_buttons_or_takes_words(self, homeward: Homeward) -> None:
        await ask(homeward, "/add")
        await homeward.press(OWNER, "Remains")
        await homeward.press(OWNER, "To Ukraine")
        await ask(homeward, "1 245")
        await homeward.press(OWNER, "Yesterday")
        await homeward.press(OWNER, "Ukraine")
        await ask(homeward, "Coordination Headquarters")
        card = await ask(homeward, "https://example.org/1")
        assert "1,245 bodies to Ukraine, 19 June 2025" in card.text
        await homeward.press(OWNER, "Save")
        assert (await total(homeward)).value == 1245

    async def test_it_goes_on_after_a_restart(self, homeward: Homeward) -> None:
        await ask(homeward, "/add")
        await homeward.press(OWNER, "Children")
        await homeward.restart()
        await homeward.press(OWNER, "To Russia")
        await ask(homeward, "~30")
        await homeward.restart()
        await ask(homeward, "2025-06-19")
        await homeward.press(OWNER, "Others")
        await homeward.press(OWNER, "None")
        await homeward.press(OWNER, "None")
        await homeward.restart()
        await homeward.press(OWNER, "Save")
        (claim,) = (await ledger(homeward)).claims_of("children-2025-06-19")
        assert (claim.count, claim.qualifier, claim.recipient, claim.party) == (30, "about", "russia", "other")

    async def test_a_wrong_answer_is_asked_again(self, homeward: Homeward) -> None:
        await ask(homeward, "/add")
        assert "is no kind" in (await ask(homeward, "Tuesday")).text
        assert "Who received?" in (await ask(homeward, "children")).text

    async def test_an_older_steps_button_does_nothing_and_says_so(self, homeward: Homeward) -> None:
        first = await ask(homeward, "/add")
        await ask(homeward, "prisoners")
        button = first.buttons[0][0]
        query = homeward.telegram.press(button)
        await homeward.telegram.wait_for(lambda: query.answer)
        assert query.answer is not None
        assert "no longer valid" in query.answer["text"]

    async def test_a_question_asked_long_ago_is_forgotten(self, homeward: Homeward) -> None:
        await ask(homeward, "/add")
        homeward.clock.instant = NOW + dt.timedelta(hours=2)
        answer = await ask(homeward, "how many bodies on 11 June 2025?")
        assert "1,212" in answer.text

    async def test_it_can_be_dropped(self, homeward: Homeward) -> None:
        await ask(homeward, "/add")
        await homeward.press(OWNER, "Drop")
        assert "1,212" in (await ask(homeward, "how many bodies on 11 June 2025?")).text


class TestCorrections:
    @pytest_asyncio.fixture
    async def claim(self, homeward: Homeward) -> str:
        """The number of a claim that was just recorded, alone in its round."""
        await ask(homeward, f"/add {LINE}")
        await homeward.press(OWNER, "Save")
        return f"C{(await ledger(homeward)).claims_of('remains-2025-06-19')[0].id}"

    async def test_edit_is_a_new_version_and_undone_by_undo(self, homeward: Homeward, claim: str) -> None:
        answer = await ask(homeward, f"/edit {claim} count=1246 reason=misprint")
        assert "Instead of" in answer.text
        assert "1,246 bodies (now: 1,245 bodies)" in answer.text
        assert (await total(homeward)).value == 1246
        assert (await newest_entry(homeward)).reason == "misprint"
        assert "Taken back" in (await ask(homeward, "/undo")).text
        assert (await total(homeward)).value == 1245

    async def test_an_implausible_edit_is_asked_about_first(self, homeward: Homeward, claim: str) -> None:
        card = await ask(homeward, f"/edit {claim} count=12450")
        assert labels(card)[0] == "Save all the same"
        assert (await total(homeward)).value == 1245
        await homeward.press(OWNER, "Save all the same")
        assert (await total(homeward)).value == 12450

    async def test_retract_withdraws_and_is_undone(self, homeward: Homeward, claim: str) -> None:
        answer = await ask(homeward, f"/retract {claim} the outlet has withdrawn it")
        assert "the outlet has withdrawn it" in answer.text
        assert (await total(homeward)).value != 1245
        await ask(homeward, "/undo")
        assert (await total(homeward)).value == 1245

    async def test_pin_chooses_another_figure_and_is_undone(self, homeward: Homeward) -> None:
        await ask(homeward, "/add remains ukraine 1200 2025-06-11 party=russia publisher=X")
        await homeward.press(OWNER, "Save")
        number = max(c.id or 0 for c in (await ledger(homeward)).claims_of(JUNE_11))
        await ask(homeward, f"/pin C{number}")
        assert (await total(homeward, "2025-06-11")).value == 1200
        await ask(homeward, "/undo")
        assert (await total(homeward, "2025-06-11")).value == 1212

    async def test_merge_and_split_and_their_undo(self, homeward: Homeward, claim: str) -> None:
        await ask(homeward, "/add remains ukraine 1245 2025-06-18 party=russia publisher=X round=new")
        await homeward.press(OWNER, "Save")
        card = (await ask(homeward, "/merge remains-2025-06-19 remains-2025-06-18")).text
        assert "No longer counted for remains-2025-06-18, to Ukraine: 1,245 bodies" in card
        assert "no figure" not in card
        assert (await ledger(homeward)).round("remains-2025-06-18") is None
        assert len((await ledger(homeward)).claims_of("remains-2025-06-19")) == 2
        await ask(homeward, "/undo")
        assert (await ledger(homeward)).round("remains-2025-06-18") is not None
        await ask(homeward, "/merge remains-2025-06-19 remains-2025-06-18")
        await ask(homeward, f"/split remains-2025-06-19 {claim}")
        assert [c.id for c in (await ledger(homeward)).claims_of("remains-2025-06-19-b")] == [int(claim[1:])]
        await ask(homeward, "/undo")
        assert (await ledger(homeward)).round("remains-2025-06-19-b") is None

    async def test_undo_takes_back_an_entry_by_its_number(self, editor: Homeward) -> None:
        await ask(editor, f"/add {LINE}", chat=EDITOR)
        await editor.press(EDITOR, "Save")
        number = (await newest_entry(editor)).id
        assert "no change of yours" in (await ask(editor, "/undo")).text
        assert "Taken back" in (await ask(editor, f"/undo {number}")).text
        assert "changed again since" in (await ask(editor, f"/undo {number}")).text
        assert "There is no entry" in (await ask(editor, "/undo 99999")).text

    async def test_a_large_change_is_taken_back_only_after_a_question(self, homeward: Homeward) -> None:
        before = (await ledger(homeward)).version
        card = await ask(homeward, "/undo 1")
        assert "a great deal at once" in card.text
        assert (await ledger(homeward)).version == before
        await homeward.press(OWNER, "Drop")
        assert "Nothing was changed" in (await homeward.newest(OWNER)).text
        await ask(homeward, "/undo 1")
        await homeward.press(OWNER, "Take back")
        assert (await ledger(homeward)).rounds == ()

    async def test_undo_goes_further_back_each_time(self, homeward: Homeward, claim: str) -> None:
        await ask(homeward, f"/edit {claim} count=1246")
        await ask(homeward, f"/edit {claim} count=1247")
        await ask(homeward, "/undo")
        assert (await total(homeward)).value == 1246
        await ask(homeward, "/undo")
        assert (await total(homeward)).value == 1245


WRONG = [
    ("/add remains ukraine many 2025-06-11", "is no figure"),
    ("/add remains mars 5 today", "is no recipient"),
    ("/edit", "is missing"),
    ("/edit nonsense", "is no claim’s number"),
    ("/edit C12", "Nothing to change"),
    ("/edit C99999 count=5", "no standing claim"),
    ("/retract C12", "The reason is missing"),
    ("/pin", "Something is missing"),
    ("/merge remains-2025-06-11", "Two rounds are needed"),
    ("/split remains-2025-06-11", "Something is missing"),
    ("/undo everything", "is no number"),
    ("/review next", "is no number"),
    ("/feeds plant https://example.org", "is nothing to do with feeds"),
    ("/feeds add", "The address is missing"),
    ("/audit whatever", "is neither"),
    ("/admins add somebody", "is no Telegram user id"),
]


@pytest.mark.parametrize(("typed", "wrong"), WRONG)
async def test_a_mistake_is_named_and_the_right_form_shown(homeward: Homeward, typed: str, wrong: str) -> None:
    answer = await ask(homeward, typed)
    assert wrong in answer.text
    assert f"/{typed[1:].split()[0]} " in answer.text
    assert "\n" not in answer.text


COMMANDS = (
    f"/add {LINE}", "/add", "/edit C12 count=5", "/retract C12 x", "/pin C12", "/merge a b", "/split a C1", "/undo",
    "/review", "/feeds", "/audit", "/status", "/subscribers", "/admins", "/backup", "/admin",
)  # fmt: skip


@pytest.mark.parametrize("typed", COMMANDS)
async def test_to_everybody_else_they_answer_as_an_unknown_command(homeward: Homeward, typed: str) -> None:
    before = (await ledger(homeward)).version
    unknown = await ask(homeward, "/nonsense", chat=STRANGER)
    assert (await ask(homeward, typed, chat=STRANGER)).text == unknown.text
    assert (await ledger(homeward)).version == before


@pytest.mark.parametrize("typed", ["/admins", "/admins add 5", "/backup"])
async def test_what_is_the_owners_is_unknown_to_an_editor(editor: Homeward, typed: str) -> None:
    unknown = await ask(editor, "/nonsense", chat=EDITOR)
    assert (await ask(editor, typed, chat=EDITOR)).text == unknown.text


class TestButtons:
    async def test_a_strangers_press_does_nothing_and_says_so(self, homeward: Homeward) -> None:
        group = -100500
        homeward.telegram.group(group, owner=OWNER)
        await ask(homeward, f"/add@homeward_test_bot {LINE}", chat=group, user=OWNER)
        before = (await ledger(homeward)).version
        said = await homeward.press(group, "Save", user=STRANGER)
        assert said
        assert (await ledger(homeward)).version == before

    async def test_another_administrators_card_is_not_mine(self, editor: Homeward) -> None:
        group = -100500
        editor.telegram.group(group, owner=OWNER)
        await ask(editor, f"/add@homeward_test_bot {LINE}", chat=group, user=OWNER)
        before = (await ledger(editor)).version
        assert "no longer valid" in await editor.press(group, "Save", user=EDITOR)
        assert (await ledger(editor)).version == before

    async def test_a_role_that_was_taken_away_takes_the_buttons_along(self, editor: Homeward) -> None:
        await ask(editor, f"/add {LINE}", chat=EDITOR)
        await ask(editor, f"/admins remove {EDITOR}")
        before = (await ledger(editor)).version
        assert await editor.press(EDITOR, "Save")
        assert (await ledger(editor)).version == before

    async def test_a_card_saves_once(self, homeward: Homeward) -> None:
        card = await ask(homeward, f"/add {LINE}")
        button = card.buttons[0][0]
        await homeward.press(OWNER, "Save")
        version = (await ledger(homeward)).version
        query = homeward.telegram.press(button)
        await homeward.telegram.wait_for(lambda: query.answer)
        assert query.answer is not None
        assert "no longer valid" in query.answer["text"]
        assert (await ledger(homeward)).version == version

    @pytest.mark.parametrize(
        "data",
        ["adm:s.deadbeef", "adm:", "adm:z", "adm:f..", "admv:x", "admv:", "stp:", "stp:kind.remains", "rev:", "rev:a.x",
         "rev:a.999.abc", "rev:q.1", "und:x", "und:999", "aud:x.y.z", "aud:1.2.3.4"],
    )  # fmt: skip
    async def test_a_forged_button_does_nothing_and_says_so(self, homeward: Homeward, data: str) -> None:
        await ask(homeward, "/status")
        before = (await ledger(homeward)).version
        message = await homeward.newest(OWNER)
        message.markup = {"inline_keyboard": [[{"text": "Forged", "callback_data": data}]]}
        assert await homeward.press(OWNER, "Forged")
        assert (await ledger(homeward)).version == before

    async def test_of_two_who_change_the_same_claim_one_wins_and_the_other_is_told(self, editor: Homeward) -> None:
        await ask(editor, f"/add {LINE}")
        await editor.press(OWNER, "Save")
        claim = (await ledger(editor)).claims_of("remains-2025-06-19")[0].id
        await ask(editor, f"/edit C{claim} count=20000")
        await ask(editor, f"/edit C{claim} count=30000", chat=EDITOR)
        presses = [editor.telegram.press(chat, "Save all the same") for chat in (OWNER, EDITOR)]
        await editor.telegram.wait_for(lambda: all(query.answer for query in presses))
        texts = [(await editor.newest(chat)).text for chat in (OWNER, EDITOR)]
        assert sorted("Saved by" in text for text in texts) == [False, True]
        assert sorted("changed meanwhile" in text for text in texts) == [False, True]
        assert (await total(editor)).value in (20000, 30000)


class TestReview:
    @pytest_asyncio.fixture
    async def waiting(self, editor: Homeward) -> int:
        """The number of a report from an unverified feed that waits."""
        article = an_article(
            "w1",
            title="Ukraine brings home 1,245 bodies",
            text="On 19 June 2025 Ukraine received the bodies of 1,245 fallen soldiers.",
            publisher="Somebody’s channel",
            published_at=NOW,
            trust="unverified",
        )
        news = report(reported(1245, date="2025-06-19", quote="the bodies of 1,245 fallen soldiers"), of=article)
        applied = await editor.database.ledger.apply(
            change(review=news, review_reasons=("unverified",), at=NOW - dt.timedelta(hours=2), author="feed")
        )
        assert applied.review is not None
        return applied.review

    async def test_a_card_shows_source_quote_reason_and_what_accepting_does(
        self, editor: Homeward, waiting: int
    ) -> None:
        card = await ask(editor, "/review")
        for part in ("Somebody’s channel", "the bodies of 1,245 fallen soldiers", "its feed is unverified"):
            assert part in card.text
        assert "New round: remains-2025-06-19" in card.text
        assert labels(card) == ["Accept", "Reject", "Edit"]

    async def test_the_first_button_accepts(self, editor: Homeward, waiting: int) -> None:
        await ask(editor, "/review")
        await editor.press(OWNER, "Accept")
        assert (await total(editor)).value == 1245
        assert "Nothing waits" in (await ask(editor, "/review")).text

    async def test_the_second_rejects(self, editor: Homeward, waiting: int) -> None:
        before = (await ledger(editor)).version
        await ask(editor, "/review")
        await editor.press(OWNER, "Reject")
        assert (await ledger(editor)).version == before
        assert (await newest_entry(editor)).reason == reason("reject", report=waiting)
        assert "Nothing waits" in (await ask(editor, "/review")).text

    async def test_the_third_edits_and_saving_settles(self, editor: Homeward, waiting: int) -> None:
        await ask(editor, f"/review {waiting}")
        await editor.press(OWNER, "Edit")
        await editor.settled()
        await editor.press(OWNER, "Edit")
        await editor.press(OWNER, "Figure")
        await ask(editor, "1200")
        await editor.press(OWNER, "Save")
        assert (await total(editor)).value == 1200
        assert "Nothing waits" in (await ask(editor, "/review")).text

    async def test_of_two_at_once_one_wins_and_the_other_is_told(self, editor: Homeward, waiting: int) -> None:
        await ask(editor, "/review")
        await ask(editor, "/review", chat=EDITOR)
        presses = [editor.telegram.press(OWNER, "Accept"), editor.telegram.press(EDITOR, "Reject")]
        await editor.telegram.wait_for(lambda: all(query.answer for query in presses))
        texts = [(await editor.newest(chat)).text for chat in (OWNER, EDITOR)]
        assert sorted("was decided already" in text for text in texts) == [False, True]

    async def test_a_strangers_press_does_nothing(self, editor: Homeward, waiting: int) -> None:
        group = -100500
        editor.telegram.group(group, owner=OWNER)
        await ask(editor, "/review@homeward_test_bot", chat=group, user=OWNER)
        assert await editor.press(group, "Accept", user=STRANGER)
        assert await editor.database.reviews.get(waiting) is not None


class TestOverview:
    async def test_audit_shows_who_when_before_and_after(self, homeward: Homeward) -> None:
        await ask(homeward, f"/add {LINE}")
        await homeward.press(OWNER, "Save")
        claim = (await ledger(homeward)).claims_of("remains-2025-06-19")[0].id
        await ask(homeward, f"/edit C{claim} count=1246")
        filters = ("", f"C{claim}", "remains-2025-06-19", "2025-06-20", f"by={OWNER}")
        for typed in (f"/audit {words}".strip() for words in filters):
            text = (await ask(homeward, typed)).text
            assert "20 June 2025, 15:00 · 900" in text
            assert f"was C{claim}: 1,245 bodies" in text
            assert f"is C{claim}: 1,246 bodies" in text
        assert "No entries" in (await ask(homeward, "/audit 2025-06-10")).text

    async def test_audit_is_paged(self, homeward: Homeward) -> None:
        await ask(homeward, f"/add {LINE}")
        await homeward.press(OWNER, "Save")
        claim = (await ledger(homeward)).claims_of("remains-2025-06-19")[0].id
        for count in range(1, 10):
            await homeward.services.store.apply(
                change(
                    *(c for c in (await ledger(homeward)).claims_of("remains-2025-06-19") if c.id == claim),
                    at=NOW,
                    reason=f"nothing {count}",
                )
            )
            await ask(homeward, f"/edit C{claim} count={1200 + count}")
        first = await ask(homeward, "/audit")
        await homeward.press(OWNER, "Older")
        second = await homeward.newest(OWNER)
        assert second.id == first.id
        assert "an import" in second.text
        await homeward.press(OWNER, "Newest")
        assert "an import" not in (await homeward.newest(OWNER)).text

    async def test_admin_says_what_can_be_done(self, editor: Homeward) -> None:
        assert "/admins" in (await ask(editor, "/admin")).text
        for_editors = (await ask(editor, "/admin", chat=EDITOR)).text
        assert "/review" in for_editors
        assert "/backup" not in for_editors

    async def test_status_tells_the_version_queue_and_feeds(self, homeward: Homeward) -> None:
        text = (await ask(homeward, "/status")).text
        version = (await ledger(homeward)).version
        assert f"version {version}" in text
        for part in ("Waiting for a decision", "Deliveries", "Feeds", "Last backup", "Memory"):
            assert part in text

    async def test_subscribers_are_counted_and_never_named(self, homeward: Homeward) -> None:
        await homeward.database.subscriptions.put(subscription(READER, lang="uk", kinds=("remains",)), at=NOW)
        text = (await ask(homeward, "/subscribers")).text
        assert "1 subscriber" in text
        assert "uk 1" in text
        assert str(READER) not in text

    async def test_owners_appoint_and_dismiss(self, homeward: Homeward) -> None:
        assert f"{EDITOR} is an editor now" in (await ask(homeward, f"/admins add {EDITOR}")).text
        assert f"{EDITOR}: an editor" in (await ask(homeward, "/admins")).text
        assert "Ledger" in (await ask(homeward, "/status", chat=EDITOR)).text
        assert "already" in (await ask(homeward, f"/admins add {EDITOR}")).text
        await ask(homeward, f"/admins remove {EDITOR}")
        assert "Ledger" not in (await ask(homeward, "/status", chat=EDITOR)).text
        assert "by the settings" in (await ask(homeward, f"/admins remove {OWNER}")).text

    async def test_an_appointment_is_undone(self, homeward: Homeward) -> None:
        await ask(homeward, f"/admins add {EDITOR}")
        await ask(homeward, "/undo")
        assert await homeward.services.moderation.role_of(EDITOR) is None


class TestBackupAndFeeds:
    @pytest_asyncio.fixture
    async def server(self) -> AsyncIterator[FeedServer]:
        async with FeedServer() as running:
            yield running

    @pytest_asyncio.fixture
    async def equipped(self, telegram: BotApiServer, bundled_database: Path, tmp_path: Path) -> AsyncIterator[Homeward]:
        """Give a bot that can fetch feeds and back up."""
        path = tmp_path / "homeward.db"
        await asyncio.to_thread(path.write_bytes, await asyncio.to_thread(bundled_database.read_bytes))
        async with FeedClient(user_agent="Homeward/test", allow_private=True, spacing=0) as client:

            def extras(running: Homeward) -> Mapping[str, Any]:
                poller = FeedPoller(
                    feeds=running.database.feeds,
                    reader=client,
                    clock=running.clock,
                    ingest=_nothing_ingested,
                    read_article=lambda article: read_report(article, timezone=KYIV),
                    notify_admins=_nobody_notified,
                    every=dt.timedelta(minutes=5),
                )
                return {
                    "reader": client,
                    "poller": poller,
                    "backup": running.database.backup,
                    "default_feeds": default_feeds(),
                }

            async with Homeward(telegram, f"sqlite+aiosqlite:///{path}", extras) as running:
                yield running

    async def test_backup_sends_the_database_to_an_owners_private_chat_only(self, equipped: Homeward) -> None:
        answer = await ask(equipped, "/backup")
        assert answer.document is not None
        name, content, _ = answer.document
        assert name.endswith(".db")
        assert content.startswith(b"SQLite format 3")

        group = -100500
        equipped.telegram.group(group, owner=OWNER)
        answer = await ask(equipped, "/backup@homeward_test_bot", chat=group, user=OWNER)
        assert answer.document is None

    async def test_a_feed_is_added_tested_paused_trusted_and_removed(
        self, equipped: Homeward, server: FeedServer
    ) -> None:
        post = Post(
            guid="1",
            title="Ukraine brings home 1,245 bodies",
            text="On 19 June 2025 Ukraine received the bodies of 1,245 fallen soldiers.",
            link="https://example.org/1",
            published=NOW,
        )
        url = server.feed("news", post, kind="rss", title="The News")
        assert "1,245" in (await ask(equipped, f"/feeds test {url}")).text
        assert "Added: The News (trusted)" in (await ask(equipped, f"/feeds add {url} trust=trusted")).text
        assert "there already" in (await ask(equipped, f"/feeds add {url}")).text
        listed = (await ask(equipped, "/feeds")).text
        assert "new · trusted · The News" in listed
        await ask(equipped, f"/feeds pause {url}")
        assert "paused · trusted" in (await ask(equipped, "/feeds")).text
        await ask(equipped, f"/feeds resume {url}")
        assert "official" in (await ask(equipped, f"/feeds trust {url} official")).text
        assert "Removed" in (await ask(equipped, f"/feeds remove {url}")).text
        assert "There is no feed" in (await ask(equipped, f"/feeds remove {url}")).text

    async def test_feeds_of_the_domain_are_added_by_a_button_and_wait_to_be_turned_on(self, equipped: Homeward) -> None:
        offer = labels(await ask(equipped, "/feeds"))[-1]
        said = await equipped.press(OWNER, offer)
        listed = await equipped.newest(OWNER)
        known = await equipped.database.feeds.feeds()

        assert re.findall(r"\d+", offer) == re.findall(r"\d+", said) == [str(len(known))]
        assert {feed.enabled for feed in known} == {False}
        assert listed.text.count("paused") == 10
        assert offer not in labels(listed)

    async def test_what_is_no_feed_is_refused_in_words(self, equipped: Homeward, server: FeedServer) -> None:
        url = server.article("page", title="A page", text="Words and nothing else.")
        answer = await ask(equipped, f"/feeds add {url}")
        assert "Not added: it is no feed" in answer.text
        assert await equipped.database.feeds.feeds() == []

    async def test_a_link_is_fetched_and_read(self, equipped: Homeward, server: FeedServer) -> None:
        text = "On 19 June 2025 Ukraine received the bodies of 1,245 fallen soldiers, the Headquarters said."
        card = await ask(equipped, f"/add {server.article('news', title='1,245 bodies returned', text=text)}")
        assert "1,245 bodies to Ukraine, 19 June 2025" in card.text
        assert labels(card) == ["Save", "Drop", "Edit"]


async def test_two_persons_accept_a_report_where_that_is_the_rule(
    telegram: BotApiServer, bundled_database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "homeward.db"
    await asyncio.to_thread(path.write_bytes, await asyncio.to_thread(bundled_database.read_bytes))
    async with Homeward(telegram, f"sqlite+aiosqlite:///{path}", lambda _: {"two_persons": True}) as homeward:
        await homeward.database.admins.set_role(EDITOR, "editor", author="cli", at=NOW)
        news = report(reported(1245, date="2025-06-19"), of=an_article("w1", published_at=NOW))
        await homeward.database.ledger.apply(change(review=news, at=NOW, author="feed"))
        await ask(homeward, "/review")
        await ask(homeward, "/review", chat=EDITOR)
        assert "second administrator" in await homeward.press(OWNER, "Accept")
        assert "second administrator" in (await homeward.newest(OWNER)).text
        assert (await total(homeward)).value != 1245
        await homeward.press(EDITOR, "Accept")
        assert (await total(homeward)).value == 1245


async def _nothing_ingested(*_: Any, **__: Any) -> Any:
    raise AssertionError("nothing is ingested here")


async def _nobody_notified(_: Any) -> None:
    raise AssertionError("nobody is notified here")


@pytest_asyncio.fixture
async def deliverer(homeward: Homeward) -> AsyncIterator[Deliverer]:
    """Give what empties the outbox, with the limits of one chat off."""
    telegram = homeward.telegram
    bot = TelegramBot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=BotApiRequest(),
        rate_limiter=Limiter(Rates(chat=0)),
    )
    async with bot:
        yield Deliverer(
            outbox=homeward.database.outbox,
            sender=TelegramSender(bot),
            render=Teller(homeward.services.ledger, clock=homeward.clock, timezone=KYIV).message,
            clock=homeward.clock,
            owner="test",
        )


async def test_an_alert_whose_answer_was_lost_stands_in_the_status(homeward: Homeward, deliverer: Deliverer) -> None:
    homeward.telegram.say(READER, "/start", lang="en")
    await homeward.settled()
    await homeward.database.subscriptions.put(subscription(READER), at=NOW)
    await ask(homeward, f"/add {LINE}")
    await homeward.press(OWNER, "Save")
    homeward.telegram.script("no_answer", method="sendMessage", chat_id=READER)
    await deliverer.deliver_due()
    assert "answer was lost: 1" in (await ask(homeward, "/status")).text


async def test_a_correction_arrives_as_an_edit_at_a_subscriber(homeward: Homeward, deliverer: Deliverer) -> None:
    """What was told is corrected where it is read, and nobody is told twice."""
    telegram = homeward.telegram
    telegram.say(READER, "/start", lang="en")
    await homeward.settled()
    await homeward.database.subscriptions.put(subscription(READER), at=NOW)
    before = len(telegram.shown(READER))

    card = await ask(homeward, f"/add {LINE}")
    assert "Subscribers will be told: 1" in card.text
    await homeward.press(OWNER, "Save")
    await deliverer.deliver_due()
    (alert,) = telegram.shown(READER)[before:]
    assert "1,245" in alert.text

    claim = (await ledger(homeward)).claims_of("remains-2025-06-19")[0].id
    for typed, expected in (
        (f"/edit C{claim} count=1246", "1,246"),
        ("/undo", "1,245"),
        (f"/retract C{claim} false", "withdrawn"),
        ("/undo", "1,245"),
    ):
        await ask(homeward, typed)
        await deliverer.deliver_due()
        (alert,) = telegram.shown(READER)[before:]
        assert expected in alert.text
