"""What an update is to the bot: read as plain facts."""

from typing import Any

import pytest

from handlers.incoming import ANONYMOUS_ADMIN, Incoming, read_update

BOT = {"id": 7, "is_bot": True, "first_name": "Homeward", "username": "Homeward_bot"}
GROUP = {"id": -100, "type": "supergroup", "title": "G"}
PERSON = {"id": 5, "is_bot": False, "first_name": "P", "language_code": "uk"}


def read(kind: str = "message", **fields: Any) -> Incoming | None:
    content = {"message_id": 3, "date": 1, "chat": GROUP, "from": PERSON} | fields
    return read_update({"update_id": 1, kind: content}, bot_id=7, username="Homeward_bot")


def marked(text: str, kind: str) -> dict[str, Any]:
    length = len(text.split()[0])
    return {"text": text, "entities": [{"type": kind, "offset": 0, "length": length}]}


def test_a_mention_is_taken_out_whatever_its_case() -> None:
    incoming = read(**marked("@homeward_BOT total?", "mention"))

    assert incoming is not None
    assert (incoming.what, incoming.text) == ("text", "total?")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "total?"},
        marked("@homeward_bot2 total?", "mention"),
        marked("/help@other_bot", "bot_command"),
        marked("@homeward_bot x", "mention") | {"via_bot": BOT},
        marked("@homeward_bot x", "mention") | {"is_automatic_forward": True},
        marked("@homeward_bot x", "mention") | {"from": {"id": 8, "is_bot": True, "first_name": "other"}},
        {"text": "x", "reply_to_message": {"message_id": 1, "date": 1, "chat": GROUP, "from": PERSON}},
        {"new_chat_members": [PERSON]},
    ],
    ids=["unasked", "longer name", "other bot's", "inline result", "from its channel", "a bot", "reply", "service"],
)
def test_what_is_none_of_the_bots_business(fields: dict[str, Any]) -> None:
    assert read(**fields) is None


def test_a_reply_to_the_bot_is_for_it() -> None:
    incoming = read(text="and July?", reply_to_message={"message_id": 1, "date": 1, "chat": GROUP, "from": BOT})

    assert incoming is not None
    assert (incoming.text, incoming.reply_to) == ("and July?", 1)


def test_a_command_is_a_word_and_the_rest() -> None:
    incoming = read(**marked("/Last@Homeward_Bot  prisoners\nin May", "bot_command"))

    assert incoming is not None
    assert (incoming.what, incoming.name, incoming.text) == ("command", "last", "prisoners\nin May")
    assert incoming.addressed


def test_a_command_that_names_nobody_may_be_anothers() -> None:
    incoming = read(**marked("/last", "bot_command"))

    assert incoming is not None
    assert not incoming.addressed


@pytest.mark.parametrize("text", ["/ 5", "/usr/bin", "1/2", "no /help"])
def test_a_slash_alone_makes_no_command(text: str) -> None:
    private = {"id": 5, "type": "private", "first_name": "P"}
    incoming = read(chat=private, text=text)

    assert incoming is not None
    assert incoming.what == "text"


def test_an_anonymous_administrator_speaks_as_the_chat() -> None:
    anonymous = {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group"}
    incoming = read(**{"from": anonymous}, sender_chat=GROUP, **marked("/subscribe", "bot_command"))

    assert incoming is not None
    assert incoming.as_chat
    assert incoming.user_id == GROUP["id"]


def test_a_channel_that_writes_in_a_group_is_not_the_group() -> None:
    channel = {"id": -200, "type": "channel", "title": "C"}
    behind = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
    incoming = read(**{"from": behind}, sender_chat=channel, **marked("/subscribe", "bot_command"))

    assert incoming is not None
    assert not incoming.as_chat
    assert incoming.user_id == channel["id"]


def test_the_caption_of_a_picture_is_a_text_and_an_album_is_one() -> None:
    private = {"id": 5, "type": "private", "first_name": "P"}
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    incoming = read(chat=private, photo=photo, caption="total?")

    assert incoming is not None
    assert incoming.text == "total?"
    assert read(chat=private, photo=photo, media_group_id="album") is None


@pytest.mark.parametrize(("status", "present"), [("kicked", False), ("left", False), ("member", True)])
def test_the_bots_own_standing(status: str, present: bool) -> None:
    member = {"user": BOT, "status": status, "until_date": 0}
    incoming = read("my_chat_member", old_chat_member={"user": BOT, "status": "member"}, new_chat_member=member)

    assert incoming is not None
    assert incoming.present is present


@pytest.mark.parametrize(
    ("kind", "member", "present"),
    [
        ("supergroup", {"status": "restricted", "can_send_messages": False}, False),
        ("supergroup", {"status": "restricted", "can_send_messages": True}, True),
        ("supergroup", {"status": "administrator"}, True),
        ("channel", {"status": "administrator", "can_post_messages": False}, False),
        ("channel", {"status": "administrator", "can_post_messages": True}, True),
        ("channel", {"status": "member"}, False),
    ],
)
def test_who_may_not_write_is_not_there(kind: str, member: dict[str, Any], present: bool) -> None:
    chat = {"id": -100, "type": kind, "title": "G"}
    incoming = read("my_chat_member", chat=chat, old_chat_member={}, new_chat_member={"user": BOT} | member)

    assert incoming is not None
    assert incoming.present is present


def test_only_the_new_chat_tells_of_a_migration() -> None:
    old = read(migrate_to_chat_id=-300)
    new = read(migrate_from_chat_id=-50)

    assert old is None
    assert new is not None
    assert (new.what, new.chat_id, new.old_chat_id) == ("migration", -100, -50)
