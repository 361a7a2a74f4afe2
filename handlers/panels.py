"""The buttons by which a chat narrows what it is told of: panels, their choices, and what each choice changes.

Pure: a subscription in, labels and steps out. The same list makes the buttons and reads the press, so that a forged
press finds nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.claims import KINDS, RECIPIENTS
from bot.domain.replies import Lang
from bot.domain.subscriptions import FREQUENCIES, Subscription
from bot.rendering.buttons import recipient_label
from bot.rendering.texts import text
from bot.rendering.words import capital
from bot.rendering.zones import city
from bot.services.subscribe import Step, toggle_kind
from handlers.answers import rows
from handlers.call import Buttons

#: Prefix of every button here; a panel's letter follows, and after a full stop a choice in it.
WISHES = "sub"
#: What the main panel holds besides the others: begin, turn the sound on or off, stop.
MAIN, BEGIN, SOUND, STOP = "m", "b", "z", "x"
#: The panel that stands behind those with hours.
ZONE = "t"
ZONES = (
    "Europe/Kyiv", "Europe/Warsaw", "Europe/Berlin", "Europe/London", "Europe/Moscow", "Asia/Tbilisi",
    "America/New_York", "America/Los_Angeles",
)  # fmt: skip
QUIET_HOURS = ((22, 8), (23, 7), (21, 9), (0, 6))
DIGEST_HOURS = (7, 9, 12, 18, 20, 22)
#: Before what is chosen: told by a sign, not by colour.
CHOSEN = "✓ "

_FREQUENCY_KEYS = {"at_once": "settings-at-once", "daily": "settings-daily", "weekly": "settings-weekly"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One button of a panel."""

    code: str
    label: str
    chosen: bool
    step: Step


Choices = Callable[[Lang, Subscription], Sequence[Choice]]


def _set(**values: Any) -> Step:
    return lambda subscription: replace(subscription, **values)


def _kinds(lang: Lang, now: Subscription) -> Sequence[Choice]:
    everything = Choice(
        code="all",
        label=text(lang, "settings-all-kinds"),
        chosen=now.kinds is None,
        step=_set(kinds=None),
    )
    each = (
        Choice(
            code=kind,
            label=capital(text(lang, "kind", kind=kind)),
            chosen=now.kinds is None or kind in now.kinds,
            step=toggle_kind(kind),
        )
        for kind in KINDS
    )
    return (*each, everything)


def _recipient(lang: Lang, now: Subscription) -> Sequence[Choice]:
    both = Choice(
        code="both",
        label=text(lang, "settings-any-recipient"),
        chosen=now.recipient is None,
        step=_set(recipient=None),
    )
    each = (
        Choice(
            code=recipient,
            label=recipient_label(lang, recipient),
            chosen=now.recipient == recipient,
            step=_set(recipient=recipient),
        )
        for recipient in RECIPIENTS
    )
    return (both, *each)


def _frequency(lang: Lang, now: Subscription) -> Sequence[Choice]:
    how_often = tuple(
        Choice(
            code=frequency,
            label=text(lang, _FREQUENCY_KEYS[frequency]),
            chosen=now.frequency == frequency,
            step=_set(frequency=frequency),
        )
        for frequency in FREQUENCIES
    )
    if now.frequency == "at_once":
        return how_often
    at = (
        Choice(
            code=str(hour),
            label=f"{hour}:00",
            chosen=now.digest_hour == hour,
            step=_set(digest_hour=hour),
        )
        for hour in DIGEST_HOURS
    )
    return (*how_often, *at)


def _quiet(lang: Lang, now: Subscription) -> Sequence[Choice]:
    never = Choice(
        code="never",
        label=text(lang, "settings-no-quiet"),
        chosen=now.quiet is None,
        step=_set(quiet=None),
    )
    each = (
        Choice(
            code=f"{hours[0]}-{hours[1]}",
            label=text(lang, "settings-quiet-hours", **{"from": hours[0], "to": hours[1]}),
            chosen=now.quiet == hours,
            step=_set(quiet=hours),
        )
        for hours in QUIET_HOURS
    )
    return (never, *each)


def _zone(lang: Lang, now: Subscription) -> Sequence[Choice]:
    zones = ZONES if now.timezone in (None, *ZONES) else (now.timezone, *ZONES)
    return tuple(
        Choice(
            code=zone,
            label=city(lang, zone),
            chosen=now.timezone == zone,
            step=_set(timezone=zone),
        )
        for zone in zones
        if zone
    )


#: Letter of a panel → key of its title, and its choices.
PANELS: dict[str, tuple[str, Choices]] = {
    "k": ("settings-kinds", _kinds),
    "r": ("settings-recipient", _recipient),
    "f": ("settings-frequency", _frequency),
    "q": ("settings-quiet", _quiet),
    ZONE: ("settings-zone", _zone),
}
#: Those of which hours are chosen, which are told by a zone.
_WITH_HOURS = ("f", "q")


def find_step(lang: Lang, subscription: Subscription, panel: str, code: str) -> Step | None:
    """Return what a press changes; None where there is no such choice."""
    if panel == SOUND:
        return lambda s: replace(s, silent=not s.silent)
    if panel not in PANELS:
        return None
    choices = PANELS[panel][1](lang, subscription)
    return next((choice.step for choice in choices if choice.code == code), None)


def panel_buttons(lang: Lang, subscription: Subscription, panel: str) -> Buttons:
    """Return the choices of a panel and the way back; of an unknown one, the main panel.

    Args:
        subscription: With the time zone that its hours are told by, also where it names none.
    """
    if panel not in PANELS:
        return main_buttons(lang, subscription)
    made = [
        (f"{CHOSEN if choice.chosen else ''}{choice.label}", f"{WISHES}:{panel}.{choice.code}")
        for choice in PANELS[panel][1](lang, subscription)
    ]
    last = [(text(lang, "button-previous"), f"{WISHES}:{MAIN}")]
    if panel in _WITH_HOURS and subscription.timezone:
        title = f"{text(lang, 'settings-zone')}: {city(lang, subscription.timezone)}"
        last.append((title, f"{WISHES}:{ZONE}"))
    return [*rows(made), last]


def main_buttons(lang: Lang, subscription: Subscription | None) -> Buttons:
    """Return one button a panel, the sound, and the end; for who is not subscribed, the beginning."""
    if subscription is None:
        return [[(text(lang, "button-subscribe"), f"{WISHES}:{BEGIN}")]]
    made = [(text(lang, title), f"{WISHES}:{letter}") for letter, (title, _) in PANELS.items() if letter != ZONE]
    state = text(lang, "settings-off" if subscription.silent else "settings-on")
    made.append((f"{text(lang, 'settings-silent')}: {state}", f"{WISHES}:{SOUND}"))
    made.append((text(lang, "settings-stop"), f"{WISHES}:{STOP}"))
    return rows(made)
