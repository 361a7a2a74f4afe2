"""Whose captivity, prison or camp it was: the side that held people never gets them back."""

import pytest

from bot.domain.replies import Reading
from tests.asked import asked

RETURNED = {
    "en": (
        "how many came out of {} in May 2026",
        "how many guys walked out of {} in May 2026",
        "how many left {} in May 2026",
        "how many were freed from {} in May 2026",
        "how many came home from {} in May 2026",
        "last time anyone came out of {}",
        "biggest group to come out of {}",
    ),
    "uk": (
        "скільки вийшло з {} у травні 2026",
        "скільки людей забрали з {} у травні 2026",
        "звільнені з {} у травні 2026",
        "найбільша група з {}",
    ),
    "ru": (
        "сколько вышло из {} в мае 2026",
        "сколько человек освободили из {} в мае 2026",
        "вернувшиеся из {} в мае 2026",
        "самая большая группа из {}",
    ),
}
HELD = {
    "en": {
        "ukraine": ("Russian captivity", "Russian prisons", "Russian jails and camps", "Russia's captivity"),
        "russia": ("Ukrainian captivity", "Ukrainian prisons", "Ukrainian camps"),
    },
    "uk": {
        "ukraine": ("російського полону", "російських в'язниць", "російських тюрем", "полону в росії", "тюрем росії"),
        "russia": ("українського полону", "українських тюрем", "полону в україні"),
    },
    "ru": {
        "ukraine": ("русского плена", "российских тюрем", "российских лагерей", "плена в России", "тюрем России"),
        "russia": ("украинского плена", "украинских колоний", "плена на Украине", "тюрем Украины"),
    },
}


@pytest.mark.parametrize(
    ("recipient", "text"),
    [
        (recipient, template.format(place))
        for lang, held in HELD.items()
        for recipient, places in held.items()
        for place in places
        for template in RETURNED[lang]
    ],
)
def test_people_come_back_to_the_side_that_did_not_hold_them(recipient: str, text: str) -> None:
    found = asked(text)

    assert isinstance(found, Reading)
    assert (found.query.recipient, found.query.kinds) == (recipient, ("prisoners",))


@pytest.mark.parametrize(
    ("recipient", "text"),
    [
        ("ukraine", "Russian captivity: how many returned in May 2026?"),
        ("russia", "Ukrainian captivity, how many came back in May 2026"),
        ("ukraine", "Russian captivity releases, May 2026"),
        ("ukraine", "prisoners held by Russia returned in May 2026"),
        ("russia", "Ukrainian-held prisoners returned in May 2026"),
        ("russia", "how many Russians came out of Ukrainian captivity in May 2026"),
        ("russia", "how many returned to Russia from captivity in Ukraine in May 2026"),
        ("russia", "український полон: скільки звільнили у травні 2026?"),
        ("ukraine", "утримувані росією полонені, повернуті у травні 2026"),
        ("russia", "вийшли з полону в росію у травні 2026"),
        ("ukraine", "русский плен, сколько вернулось в мае 2026"),
        ("russia", "пленные, которых удерживала Украина, вернулись в мае 2026: сколько"),
        ("ukraine", "возвращённые из плена украинцы в мае 2026"),
        ("both", "Russian and Ukrainian captivity: how many returned in May 2026"),
    ],
)
def test_the_holder_may_be_named_anywhere_and_a_receiver_beside_it(recipient: str, text: str) -> None:
    found = asked(text)

    assert isinstance(found, Reading)
    assert found.query.recipient == recipient


@pytest.mark.parametrize(
    "text",
    [
        "how many are still in Russian captivity",
        "prisoners held by Russia right now",
        "how many POWs held by Russia were not returned in May 2026",
        "how many are left in Russian camps",
        "bodies from Russian prisons in May 2026",
        "children returned from Russian camps in 2025",
        "скільки полонених утримує росія",
        "скільки людей досі в російських таборах",
        "скільки повернули з полону росії у травні 2026",  # of Russia, or to it
        "сколько наших сейчас в российских тюрьмах",
        "сколько пленных удерживает Россия",
    ],
)
def test_those_still_held_a_part_of_those_returned_and_two_readings_get_no_figure(text: str) -> None:
    assert not isinstance(asked(text), Reading)
