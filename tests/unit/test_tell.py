"""What goes with an alert besides its words."""

import datetime as dt

import pytest

from bot.clock import FixedClock
from bot.domain.ledger import Ledger
from bot.domain.subscriptions import Delivery
from bot.services.tell import Teller
from tests.builders import NOW, claim, ledger

ROUND = "remains-2025-06-11"


class Book:
    """A ledger that does not change."""

    async def refresh(self) -> Ledger:
        return ledger(claim(1212))


def delivery(**fields) -> Delivery:
    values = {
        "id": 1, "alert_id": 1, "round": ROUND, "rounds": (ROUND,), "revision": 1, "chat_id": 5, "thread_id": 0,
        "chat_type": "private", "lang": "en", "silent": False, "attempt": 1, "message_id": None, "uncertain": False,
    }  # fmt: skip
    return Delivery(**values | fields)


@pytest.mark.parametrize(
    ("lang", "label"), [("en", "Ask the bot"), ("uk", "Запитати бота"), ("ru", "Спросить бота"), ("xx", "Ask the bot")]
)
async def test_a_channel_is_led_to_the_bot(lang: str, label: str) -> None:
    teller = Teller(Book(), clock=FixedClock(NOW), timezone=dt.UTC, username=lambda: "homeward_bot")
    link = (((label, "https://t.me/homeward_bot"),),)
    for message_id in (None, 7):
        told = await teller.message(delivery(lang=lang, chat_type="channel", message_id=message_id))
        assert told is not None
        assert told.buttons == link
    for chat_type in ("private", "group", "supergroup"):
        assert (await teller.message(delivery(lang=lang, chat_type=chat_type))).buttons == ()


async def test_where_the_bot_has_no_name_yet_there_is_no_link() -> None:
    told = await Teller(Book(), clock=FixedClock(NOW), timezone=dt.UTC).message(delivery(chat_type="channel"))
    assert told is not None
    assert told.buttons == ()
