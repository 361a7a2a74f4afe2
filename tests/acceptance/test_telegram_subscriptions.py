"""Who is told what: subscribing in one line, by buttons, by link; in groups, topics and channels; coming and going."""

import pytest

from tests.acceptance.homeward import Homeward
from tests.botapi import BotApiServer

GROUP, SUPERGROUP, CHANNEL = -200, -100200, -100300
OWNER_OF_GROUP, MEMBER = 21, 22


async def test_subscribe_alone_is_everything_at_once_and_says_so(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "/subscribe", lang="en")
    subscription = await homeward.services.subscriptions.get(5)

    assert subscription is not None
    assert (subscription.kinds, subscription.recipient, subscription.frequency) == (None, None, "at_once")
    assert subscription.chat_type == "private"
    assert "every kind" in answer.text
    assert answer.buttons


@pytest.mark.parametrize(
    ("line", "kinds", "recipient", "frequency"),
    [
        ("remains ukraine", ("remains",), "ukraine", "at_once"),
        ("prisoners, civilians weekly", ("prisoners", "civilians"), None, "weekly"),
        ("полонені щодня", ("prisoners",), None, "daily"),
        ("тела Россия", ("remains",), "russia", "at_once"),
    ],
)
async def test_one_line_says_what_is_wanted(
    homeward: Homeward, line: str, kinds: tuple[str, ...], recipient: str | None, frequency: str
) -> None:
    await homeward.telegram.ask(5, f"/subscribe {line}")
    subscription = await homeward.services.subscriptions.get(5)

    assert subscription is not None
    assert (subscription.kinds, subscription.recipient, subscription.frequency) == (kinds, recipient, frequency)


async def test_a_word_that_is_not_understood_subscribes_to_nothing(homeward: Homeward) -> None:
    answer = await homeward.telegram.ask(5, "/subscribe weather", lang="en")

    assert "weather" in answer.text
    assert await homeward.services.subscriptions.get(5) is None


async def test_buttons_narrow_it_on_the_same_message(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/subscribe", lang="en")
    for label in ("Kinds", "✓ Prisoners", "‹ Back", "Recipient", "To Ukraine", "‹ Back", "How often", "Daily"):
        await homeward.press(5, label)
    for label in ("18:00", "‹ Back", "Quiet hours", "22:00", "‹ Back", "Sound"):
        await homeward.press(5, label)
    subscription = await homeward.services.subscriptions.get(5)

    assert len(homeward.telegram.shown(5)) == 1
    assert subscription is not None
    assert subscription.kinds == ("remains", "civilians", "children")
    assert subscription.recipient == "ukraine"
    assert (subscription.frequency, subscription.digest_hour) == ("daily", 18)
    assert subscription.quiet == (22, 8)
    assert subscription.silent


async def test_hours_are_told_by_a_zone_that_can_be_chosen(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/subscribe daily", lang="en")
    for label in ("How often", "Time zone: Kyiv", "Berlin"):
        await homeward.press(5, label)
    subscription = await homeward.services.subscriptions.get(5)

    assert subscription is not None
    assert subscription.timezone == "Europe/Berlin"
    assert "Berlin" in (await homeward.newest(5)).text


async def test_what_was_chosen_is_marked_by_a_sign(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/subscribe weekly", lang="en")
    await homeward.press(5, "How often")
    labels = [button.text for row in (await homeward.newest(5)).buttons for button in row]

    assert [label for label in labels if label.startswith("✓")] == ["✓ Weekly digest", "✓ 9:00"]


async def test_subscribing_again_changes_only_what_is_named(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/subscribe remains weekly")
    await homeward.telegram.ask(5, "/subscribe prisoners")
    subscription = await homeward.services.subscriptions.get(5)

    assert subscription is not None
    assert (subscription.kinds, subscription.frequency) == (("prisoners",), "weekly")


async def test_unsubscribe_stops_it_and_says_where_there_was_none(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/subscribe", lang="en")
    first = await homeward.telegram.ask(5, "/unsubscribe")
    second = await homeward.telegram.ask(5, "/unsubscribe")

    assert await homeward.services.subscriptions.get(5) is None
    assert first.text != second.text


@pytest.mark.parametrize(
    ("link", "kinds", "recipient"),
    [("sub_remains", ("remains",), None), ("sub_prisoners_russia", ("prisoners",), "russia"), ("sub_all", None, None)],
)
async def test_a_link_subscribes(
    homeward: Homeward, link: str, kinds: tuple[str, ...] | None, recipient: str | None
) -> None:
    await homeward.telegram.ask(5, f"/start {link}")
    subscription = await homeward.services.subscriptions.get(5)

    assert subscription is not None
    assert (subscription.kinds, subscription.recipient) == (kinds, recipient)


async def test_in_a_group_only_administrators_change_it(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.group(SUPERGROUP, owner=OWNER_OF_GROUP)
    refused = await telegram.ask(SUPERGROUP, "/subscribe", user=MEMBER, lang="en")
    before = await homeward.services.subscriptions.get(SUPERGROUP)
    await telegram.ask(SUPERGROUP, "/subscribe", user=OWNER_OF_GROUP)
    after = await homeward.services.subscriptions.get(SUPERGROUP)

    assert "administrators" in refused.text
    assert before is None
    assert after is not None
    assert after.chat_type == "supergroup"


@pytest.mark.parametrize("label", ["Kinds", "Stop being told"])
async def test_in_a_group_buttons_are_the_administrators_too(
    homeward: Homeward, telegram: BotApiServer, label: str
) -> None:
    telegram.group(SUPERGROUP, owner=OWNER_OF_GROUP)
    panel = await telegram.ask(SUPERGROUP, "/subscribe", user=OWNER_OF_GROUP, lang="en")
    shown = panel.text
    told = await homeward.press(SUPERGROUP, label, user=MEMBER)

    assert "dministrators" in told or "адміністратор" in told
    assert telegram.shown(SUPERGROUP)[0].text == shown
    assert await homeward.services.subscriptions.get(SUPERGROUP) is not None


async def test_who_is_no_administrator_any_more_cannot_press(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.group(SUPERGROUP, owner=1, admins=[OWNER_OF_GROUP])
    await telegram.ask(SUPERGROUP, "/subscribe", user=OWNER_OF_GROUP, lang="en")
    telegram.promote(SUPERGROUP, OWNER_OF_GROUP, "member")
    await homeward.press(SUPERGROUP, "Stop being told", user=OWNER_OF_GROUP)

    assert await homeward.services.subscriptions.get(SUPERGROUP) is not None


async def test_a_channel_is_subscribed_by_a_post_in_it(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.channel(CHANNEL)
    await telegram.ask(CHANNEL, "/subscribe remains")
    subscription = await homeward.services.subscriptions.get(CHANNEL)

    assert subscription is not None
    assert subscription.chat_type == "channel"


async def test_other_posts_of_a_channel_are_left_alone(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.channel(CHANNEL)
    telegram.say(CHANNEL, "How many bodies were returned since Istanbul?")
    await homeward.settled()

    assert telegram.shown(CHANNEL) == []


async def test_in_a_channel_readers_press_nothing(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.channel(CHANNEL, owner=OWNER_OF_GROUP)
    await telegram.ask(CHANNEL, "/help")
    label = telegram.shown(CHANNEL)[0].buttons[0][0].text
    told = await homeward.press(CHANNEL, label, user=MEMBER)
    by_reader = len(telegram.shown(CHANNEL))
    await homeward.press(CHANNEL, label, user=OWNER_OF_GROUP)

    assert "dministrators" in told
    assert by_reader == 1
    assert len(telegram.shown(CHANNEL)) == 2


async def test_each_topic_of_a_forum_has_its_own(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.group(SUPERGROUP, owner=OWNER_OF_GROUP, topics=[3, 4])
    telegram.say(SUPERGROUP, "/subscribe remains", user=OWNER_OF_GROUP, thread_id=3)
    telegram.say(SUPERGROUP, "/subscribe prisoners", user=OWNER_OF_GROUP, thread_id=4)
    await homeward.settled()
    third = await homeward.services.subscriptions.get(SUPERGROUP, 3)
    fourth = await homeward.services.subscriptions.get(SUPERGROUP, 4)

    assert third is not None
    assert fourth is not None
    assert (third.kinds, fourth.kinds) == (("remains",), ("prisoners",))
    assert [message.thread_id for message in telegram.shown(SUPERGROUP)] == [3, 4]


async def test_a_press_in_a_topic_is_about_that_topic(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.group(SUPERGROUP, owner=OWNER_OF_GROUP, topics=[3, 4])
    for topic in (3, 4):
        telegram.say(SUPERGROUP, "/subscribe", user=OWNER_OF_GROUP, thread_id=topic, lang="en")
    await homeward.settled()
    await homeward.press(SUPERGROUP, "Sound", user=OWNER_OF_GROUP)
    third = await homeward.services.subscriptions.get(SUPERGROUP, 3)
    fourth = await homeward.services.subscriptions.get(SUPERGROUP, 4)

    assert third is not None
    assert fourth is not None
    assert (third.silent, fourth.silent) == (False, True)


async def test_who_blocks_the_bot_is_told_nothing_until_start(homeward: Homeward, telegram: BotApiServer) -> None:
    await telegram.ask(5, "/subscribe remains ukraine")
    telegram.block(5)
    await homeward.settled()
    blocked = await homeward.services.subscriptions.get(5)
    telegram.say(5, "/start")
    await homeward.settled()
    back = await homeward.services.subscriptions.get(5)

    assert blocked is None
    assert back is not None
    assert (back.kinds, back.recipient) == (("remains",), "ukraine")


async def test_a_group_that_throws_the_bot_out_and_takes_it_back(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.group(SUPERGROUP, owner=OWNER_OF_GROUP)
    await telegram.ask(SUPERGROUP, "/subscribe", user=OWNER_OF_GROUP)
    telegram.kick(SUPERGROUP)
    await homeward.settled()
    outside = await homeward.services.subscriptions.get(SUPERGROUP)
    telegram.join(SUPERGROUP)
    await homeward.settled()

    assert outside is None
    assert await homeward.services.subscriptions.get(SUPERGROUP) is not None
    assert len(telegram.shown(SUPERGROUP)) == 1


async def test_a_group_that_becomes_a_supergroup_keeps_its_wishes(homeward: Homeward, telegram: BotApiServer) -> None:
    telegram.group(GROUP, owner=OWNER_OF_GROUP)
    await telegram.ask(GROUP, "/subscribe remains", user=OWNER_OF_GROUP)
    telegram.migrate(GROUP, SUPERGROUP)
    await homeward.settled()
    moved = await homeward.services.subscriptions.get(SUPERGROUP)

    assert await homeward.services.subscriptions.get(GROUP) is None
    assert moved is not None
    assert (moved.kinds, moved.chat_type) == (("remains",), "supergroup")


async def test_a_chosen_language_is_that_of_the_alerts_too(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/subscribe", lang="en")
    await homeward.telegram.ask(5, "/language uk")
    subscription = await homeward.services.subscriptions.get(5)

    assert subscription is not None
    assert subscription.lang == "uk"


async def test_settings_show_what_is_set_and_offer_to_begin(homeward: Homeward) -> None:
    without = await homeward.telegram.ask(5, "/settings", lang="en")
    await homeward.press(5, "Tell me of new ones")
    subscription = await homeward.services.subscriptions.get(5)

    assert "not subscribed" in without.earlier[0]
    assert subscription is not None
    assert "every kind" in without.text


async def test_settings_tell_the_language_that_is_set_and_not_that_of_the_words(homeward: Homeward) -> None:
    command = await homeward.telegram.ask(5, "/settings", lang="en")
    words = await homeward.telegram.ask(5, "settings", lang="en")

    assert words.text == command.text


@pytest.mark.parametrize(
    ("lang", "words", "kinds"),
    [
        ("en", "subscribe me to bodies", ("remains",)),
        ("uk", "підпиши мене на тіла", ("remains",)),
        ("ru", "подпиши меня на пленных", ("prisoners",)),
        ("en", "subscribe", None),
    ],
)
async def test_plain_words_subscribe(homeward: Homeward, lang: str, words: str, kinds: tuple[str, ...] | None) -> None:
    await homeward.telegram.ask(5, words, lang=lang)
    subscription = await homeward.services.subscriptions.get(5)

    assert subscription is not None
    assert subscription.kinds == kinds
