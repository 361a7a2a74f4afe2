"""The loopback Bot API refuses what Telegram refuses, in its words, and shows what a chat would show."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from tests.botapi import BotApiServer, RemoteBotApi


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        server.say(5, "/start")
        yield server


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


class Caller:
    """Calls methods without a library in between."""

    def __init__(self, telegram: BotApiServer, session: ClientSession) -> None:
        self._telegram = telegram
        self._session = session

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        url = f"{self._telegram.url}/bot{self._telegram.token}/{method}"
        async with self._session.post(url, json=params) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == (200 if answer["ok"] else answer["error_code"])
            return answer


@pytest.fixture
def call(telegram: BotApiServer, session: ClientSession) -> Caller:
    return Caller(telegram, session)


async def test_wrong_token_and_unknown_method(telegram: BotApiServer, session: ClientSession, call: Caller) -> None:
    async with session.get(f"{telegram.url}/bot1:{'x' * 35}/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    async with session.get(f"{telegram.url}/botnonsense/getMe") as response:
        assert response.status == 404
    assert (await call("sendSmoke"))["description"] == "Not Found: method not found"
    assert (await call("GETME"))["result"]["is_bot"] is True


BAD_TEXTS: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \u200b\n"}, "message text is empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "🕊" * 2049}, "message is too long"),
    ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
    ({"text": "<b>x</i>", "parse_mode": "HTML"}, "can't parse entities: Unmatched end tag"),
    ({"text": "<h1>x</h1>", "parse_mode": "HTML"}, "can't parse entities: Unsupported start tag"),
    ({"text": "1 < 2", "parse_mode": "HTML"}, "can't parse entities: Unsupported start tag"),
    ({"text": "abc", "entities": [{"type": "bold", "offset": 1, "length": 3}]}, "can't parse entities: entity at 1+3"),
    ({"text": "🕊b", "entities": [{"type": "bold", "offset": 1, "length": 1}]}, "can't parse entities: entity at 1+1"),
    ({"text": "abc", "entities": [{"type": "bold", "offset": 0, "length": 0}]}, "can't parse entities: receive an"),
    (
        {
            "text": "abcd",
            "entities": [{"type": "bold", "offset": 0, "length": 3}, {"type": "italic", "offset": 2, "length": 2}],
        },
        "can't parse entities: italic at 2 overlaps",
    ),
    (
        {"text": "abc", "entities": [{"type": "text_link", "offset": 0, "length": 3, "url": "http://local host"}]},
        "can't parse entities: wrong URL",
    ),
    ({"text": "a" * 200, "entities": [{"type": "bold", "offset": n, "length": 1} for n in range(101)]}, "can't parse"),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ({"text": "x", "message_thread_id": 7}, "message thread not found"),
    ({"text": "x", "chat_id": 77}, "chat not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "text buttons are unallowed"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "я" * 33}]]}},
        "BUTTON_DATA_INVALID",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "url": "http://localhost/x"}]]}},
        "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ),
]


@pytest.mark.parametrize(("params", "reason"), BAD_TEXTS, ids=[reason for _, reason in BAD_TEXTS])
async def test_bad_message_is_refused(
    telegram: BotApiServer, call: Caller, params: dict[str, Any], reason: str
) -> None:
    answer = await call("sendMessage", **{"chat_id": 5, **params})
    assert answer["description"].startswith(f"Bad Request: {reason}")
    assert telegram.shown(5) == []


async def test_message_is_shown_as_telegram_would(telegram: BotApiServer, call: Caller) -> None:
    bold = {"type": "bold", "offset": 2, "length": 4}
    await call("sendMessage", chat_id=5, text="\n 🕊 1\u202e2 \n", entities=[bold])
    await call("sendMessage", chat_id=5, text='<b>1,212</b> &lt; <a href="http://a.ua/x">2</a>', parse_mode="HTML")
    first, second = telegram.shown(5)
    assert (first.text, first.styled("bold")) == ("🕊 12", ["🕊 1"])
    assert (second.text, second.styled("bold"), second.links) == ("1,212 < 2", ["1,212"], ["http://a.ua/x"])


async def test_largest_message_is_taken(call: Caller) -> None:
    assert (await call("sendMessage", chat_id=5, text="🕊" * 2048))["ok"]


async def test_hostile_links_are_seen(telegram: BotApiServer, call: Caller) -> None:
    await call("sendMessage", chat_id=5, text="see t.me/spam, @spammer and /stop now")
    assert telegram.shown(5)[0].links == ["t.me/spam", "@spammer", "/stop"]


@pytest.mark.parametrize(
    ("happen", "code", "reason"),
    [
        (lambda server: server.block(5), 403, "Forbidden: bot was blocked by the user"),
        (lambda server: server.deactivate(5), 403, "Forbidden: user is deactivated"),
    ],
)
async def test_closed_private_chat(telegram: BotApiServer, call: Caller, happen: Any, code: int, reason: str) -> None:
    happen(telegram)
    answer = await call("sendMessage", chat_id=5, text="x")
    assert (answer["error_code"], answer["description"]) == (code, reason)


async def test_groups_end_in_their_own_ways(telegram: BotApiServer, call: Caller) -> None:
    telegram.group(-1001)
    telegram.group(-11)
    telegram.channel(-1002, bot="member")
    telegram.kick(-1001)
    telegram.migrate(-11, -1003)
    kicked = await call("sendMessage", chat_id=-1001, text="x")
    moved = await call("sendMessage", chat_id=-11, text="x")
    channel = await call("sendMessage", chat_id=-1002, text="x")
    assert kicked["description"] == "Forbidden: bot was kicked from the supergroup chat"
    assert moved["parameters"] == {"migrate_to_chat_id": -1003}
    assert channel["description"] == "Bad Request: need administrator rights in the channel chat"
    assert (await call("sendMessage", chat_id=-1003, text="x"))["ok"]


async def test_topics_close_and_vanish(telegram: BotApiServer, call: Caller) -> None:
    telegram.group(-1001, topics=[3, 4])
    telegram.close_topic(-1001, 4)
    assert (await call("sendMessage", chat_id=-1001, message_thread_id=3, text="x"))["ok"]
    closed = await call("sendMessage", chat_id=-1001, message_thread_id=4, text="x")
    assert closed["description"] == "Bad Request: TOPIC_CLOSED"
    telegram.delete_topic(-1001, 3)
    gone = await call("sendMessage", chat_id=-1001, message_thread_id=3, text="x")
    assert gone["description"] == "Bad Request: message thread not found"


async def test_edits(telegram: BotApiServer, call: Caller) -> None:
    sent = (await call("sendMessage", chat_id=5, text="1,000"))["result"]["message_id"]
    same = await call("editMessageText", chat_id=5, message_id=sent, text="1,000")
    assert same["description"].startswith("Bad Request: message is not modified")
    assert (await call("editMessageText", chat_id=5, message_id=sent, text="1,003"))["ok"]
    own = await call("editMessageText", chat_id=5, message_id=1, text="x")
    assert own["description"] == "Bad Request: message can't be edited"
    none = await call("editMessageText", chat_id=5, message_id=99, text="x")
    assert none["description"] == "Bad Request: message to edit not found"
    assert (telegram.texts(5), telegram.shown(5)[0].earlier) == (["1,003"], ["1,000"])


async def test_button_is_answered_once(telegram: BotApiServer, call: Caller) -> None:
    markup = {
        "inline_keyboard": [[{"text": "By month", "callback_data": "m"}, {"text": "Site", "url": "https://a.ua"}]]
    }
    await call("sendMessage", chat_id=5, text="x", reply_markup=markup)
    query = telegram.press(5, "By month")
    assert (await call("answerCallbackQuery", callback_query_id=query.id, text="ok"))["ok"]
    assert query.answer == {"text": "ok", "show_alert": False}
    again = await call("answerCallbackQuery", callback_query_id=query.id)
    assert again["description"].startswith("Bad Request: query is too old")
    with pytest.raises(AssertionError):
        telegram.press(5, "Site")


async def test_inline_query_gets_results(telegram: BotApiServer, call: Caller) -> None:
    query = telegram.inline("total since Istanbul")
    article = {"type": "article", "id": "1", "title": "t", "input_message_content": {"message_text": "1,212"}}
    twice = await call("answerInlineQuery", inline_query_id=query.id, results=[article, article])
    assert twice["description"] == "Bad Request: RESULT_ID_DUPLICATE"
    assert (await call("answerInlineQuery", inline_query_id=query.id, results=[article]))["ok"]
    assert query.results == [article]


async def test_second_poller_ends_the_first(telegram: BotApiServer, call: Caller) -> None:
    telegram.updates.pending.clear()
    first = asyncio.create_task(call("getUpdates", timeout=50))
    await telegram.wait_for(lambda: telegram.polling)
    before = telegram.updates.poll
    second = asyncio.create_task(call("getUpdates", timeout=50))
    await telegram.wait_for(lambda: telegram.updates.poll is not before)
    assert (await first)["error_code"] == 409
    telegram.say(5, "x")
    assert len((await second)["result"]) == 1


async def test_offsets_and_kinds(telegram: BotApiServer, call: Caller) -> None:
    telegram.say(5, "one")
    message = telegram.say(5, "two")
    ids = [update["update_id"] for update in (await call("getUpdates", limit=2))["result"]]
    assert len(ids) == 2
    assert len((await call("getUpdates", offset=ids[0] + 1))["result"]) == 2
    assert len((await call("getUpdates", offset=-1, allowed_updates=["callback_query"]))["result"]) == 1
    telegram.edit(message, "two!")
    assert len((await call("getUpdates"))["result"]) == 1


async def test_group_privacy(telegram: BotApiServer, call: Caller) -> None:
    telegram.updates.pending.clear()
    telegram.group(-1001)
    sent = (await call("sendMessage", chat_id=-1001, text="x"))["result"]["message_id"]
    for text in ("chatter", "/last@other_bot", "/last", "/last@homeward_test_bot", "@homeward_test_bot total?"):
        telegram.say(-1001, text, user=8)
    telegram.say(-1001, "and in July?", user=8, reply_to=sent)
    heard = [update["message"]["text"] for update in (await call("getUpdates"))["result"]]
    assert heard == ["/last", "/last@homeward_test_bot", "@homeward_test_bot total?", "and in July?"]


async def test_webhook_is_pushed_until_it_is_taken(telegram: BotApiServer, call: Caller) -> None:
    telegram.updates.pending.clear()
    seen: list[tuple[str | None, str]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["message"]["text"]))
        return web.Response(status=503 if len(seen) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    async with TestServer(app) as behind:
        telegram.webhook_proxy = str(behind.make_url(""))
        plain = await call("setWebhook", url="http://bot.example/hook")
        assert plain["description"] == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
        await call("setWebhook", url="https://bot.example/hook", secret_token="s3cret")
        telegram.say(5, "one")
        await telegram.wait_for(lambda: not telegram.updates.pending)
        assert seen == [("s3cret", "one")] * 2
        assert (await call("getUpdates"))["error_code"] == 409
        await call("deleteWebhook")
        assert (await call("getWebhookInfo"))["result"]["url"] == ""


async def test_menu_is_kept_by_language(call: Caller) -> None:
    english = [{"command": "last", "description": "The last round"}]
    await call("setMyCommands", commands=english)
    await call("setMyCommands", commands=[{"command": "last", "description": "Останній раунд"}], language_code="uk")
    assert (await call("getMyCommands"))["result"] == english
    assert (await call("getMyCommands", language_code="uk"))["result"][0]["description"] == "Останній раунд"
    wrong = await call("setMyCommands", commands=[{"command": "Last", "description": "x"}])
    assert wrong["description"] == "Bad Request: BOT_COMMAND_INVALID"


async def test_administrators_are_told_apart(telegram: BotApiServer, call: Caller) -> None:
    telegram.group(-1001, owner=1, admins=[2])
    telegram.say(-1001, "hi", user=3)
    ranks = [(await call("getChatMember", chat_id=-1001, user_id=user))["result"]["status"] for user in (1, 2, 3)]
    assert ranks == ["creator", "administrator", "member"]
    assert len((await call("getChatAdministrators", chat_id=-1001))["result"]) == 2


async def test_limits_answer_429_and_hold_to_it(telegram: BotApiServer, call: Caller) -> None:
    now = 100.0
    telegram.limits.clock = lambda: now
    telegram.limits.enabled = True
    assert (await call("sendMessage", chat_id=5, text="1"))["ok"]
    flood = await call("sendMessage", chat_id=5, text="2")
    assert (flood["error_code"], flood["parameters"]) == (429, {"retry_after": 1})
    now += 0.95
    assert (await call("sendMessage", chat_id=5, text="3"))["error_code"] == 429
    now += 1.0
    assert (await call("sendMessage", chat_id=5, text="4"))["ok"]
    for person in range(100, 129):
        telegram.say(person, "/start")
        assert (await call("sendMessage", chat_id=person, text="x"))["ok"]
    telegram.say(200, "/start")
    assert (await call("sendMessage", chat_id=200, text="x"))["error_code"] == 429


async def test_group_takes_twenty_a_minute(telegram: BotApiServer, call: Caller) -> None:
    now = 0.0
    telegram.limits.clock = lambda: now
    telegram.limits.enabled = True
    telegram.group(-1001)
    answers = []
    for _ in range(21):
        now += 1.0
        answers.append((await call("sendMessage", chat_id=-1001, text="x"))["ok"])
    assert answers == [True] * 20 + [False]


async def test_served_alone_it_is_steered_over_http(session: ClientSession) -> None:
    async with RemoteBotApi() as remote:
        await remote.do("say", chat_id=5, text="/start")
        async with session.post(f"{remote.url}/bot{remote.token}/getUpdates") as response:
            assert (await response.json())["result"][0]["message"]["text"] == "/start"
        async with session.post(
            f"{remote.url}/bot{remote.token}/sendMessage", data={"chat_id": "5", "text": "1,212"}
        ) as response:
            assert response.status == 200
        assert await remote.do("wait", method="sendMessage", count=1) == 1
        assert await remote.do("texts", chat_id=5) == ["1,212"]
        with pytest.raises(AssertionError, match="no button"):
            await remote.do("press", chat_id=5, label="x")
