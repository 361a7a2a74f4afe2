"""The panels by which a subscription is narrowed."""

import pytest

from bot.domain.replies import LANGS, Lang
from bot.rendering.zones import city
from handlers.markup import keyboard
from handlers.panels import PANELS, SOUND, find_step, main_buttons, panel_buttons
from tests.builders import subscription

FULL = subscription(timezone="Europe/Kyiv", frequency="daily", quiet=(22, 8))


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_choice_is_marked_once_it_is_made(lang: Lang, panel: str) -> None:
    for choice in PANELS[panel][1](lang, FULL):
        step = find_step(lang, FULL, panel, choice.code)
        assert step is not None
        after = step(FULL)
        again = {other.code: other.chosen for other in PANELS[panel][1](lang, after)}
        assert again.get(choice.code, True) or panel == "k"


@pytest.mark.parametrize("panel", [*PANELS, "m"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_panel_is_a_keyboard_that_telegram_takes(lang: Lang, panel: str) -> None:
    assert keyboard(panel_buttons(lang, FULL, panel)) is not None


@pytest.mark.parametrize("lang", LANGS)
def test_the_main_panel_has_at_most_six_buttons(lang: Lang) -> None:
    assert sum(len(row) for row in main_buttons(lang, FULL)) == 6


def test_a_choice_that_no_panel_has_changes_nothing() -> None:
    forged = [("k", "bodies"), ("r", "poland"), ("f", "hourly"), ("f", "25"), ("q", "1-2"), ("t", "X/Y"), ("?", "")]

    assert [find_step("en", FULL, panel, code) for panel, code in forged] == [None] * len(forged)


def test_the_last_kind_cannot_be_taken_away() -> None:
    """None at all would be a subscription to nothing; it is everything again."""
    wishes = subscription(kinds=("remains",))
    step = find_step("en", wishes, "k", "remains")
    assert step is not None

    assert step(wishes).kinds is None


def test_the_sound_is_turned_off_and_on() -> None:
    step = find_step("en", FULL, SOUND, "")
    assert step is not None

    assert (step(FULL).silent, step(step(FULL)).silent) == (True, False)


def test_a_zone_is_called_by_its_city_in_each_language() -> None:
    assert [city(lang, "Europe/Kyiv") for lang in LANGS] == ["Kyiv", "Київ", "Киев"]
    assert city("uk", "Etc/Nowhere_Land") == "Nowhere Land"
