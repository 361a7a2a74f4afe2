"""How administrators' commands are read: the right forms in three languages, and what is said to the wrong ones."""

import datetime as dt

import pytest

from bot.domain.commands import (
    Add,
    AuditQuery,
    Draft,
    Edit,
    Merge,
    Pin,
    Retract,
    Split,
    command_from_json,
    command_to_json,
)
from bot.domain.replies import LANGS
from bot.errors import CommandError
from bot.language import commands
from bot.rendering.texts import text
from bot.rendering.words import wording

TODAY = dt.date(2025, 6, 20)


def draft(line: str) -> Draft:
    return commands.parse_add(line, today=TODAY).drafts[0]


@pytest.mark.parametrize(
    "line",
    [
        "remains ukraine 1212 2025-06-11",
        "bodies UA 1,212 11.06.2025",
        "тіла Україна 1 212 11 червня 2025",
        "тела Украина 1212 11 июня",
        "remains ukraine 1 212 11/06/25",
    ],
)
def test_a_line_means_the_same_in_every_language_and_notation(line: str) -> None:
    expected = Draft(kind="remains", recipient="ukraine", count=1212, date=dt.date(2025, 6, 11))
    assert draft(line) == expected


@pytest.mark.parametrize(
    ("figure", "count", "qualifier"),
    [
        ("1000", 1000, "exact"),
        ("~1000", 1000, "about"),
        ("about 1,000", 1000, "about"),
        ("близько 1 000", 1000, "about"),
        ("1000+", 1000, "at_least"),
        (">=1000", 1000, "at_least"),
        ("понад 1000", 1000, "at_least"),
        ("?", None, "undisclosed"),
        ("undisclosed", None, "undisclosed"),
    ],
)
def test_a_figure_says_how_exact_it_is(figure: str, count: int | None, qualifier: str) -> None:
    found = draft(f"prisoners russia {figure} today")
    assert (found.count, found.qualifier, found.date) == (count, qualifier, TODAY)


def test_keys_fill_the_claim() -> None:
    line = (
        'remains ukraine 6057 2025-06-16 measure=total since=2025-06-02 party=Kyiv claimant="Coordination Headquarters"'
        " publisher=«Укрінформ» source=https://example.org/a?b=c agreement=Istanbul"
    )
    found = draft(line)
    assert (found.measure, found.since, found.party) == ("total", dt.date(2025, 6, 2), "ukraine")
    assert (found.claimant, found.publisher) == ("Coordination Headquarters", "Укрінформ")
    assert (found.url, found.agreement) == ("https://example.org/a?b=c", "Istanbul")


def test_a_day_without_a_year_is_not_far_ahead() -> None:
    assert draft("remains ukraine 5 24 December").date == dt.date(2024, 12, 24)
    assert draft("remains ukraine 5 22 June").date == dt.date(2025, 6, 22)


ADD_WRONG = [
    ("", "admin-too-few"),
    ("remains ukraine", "admin-too-few"),
    ("corpses ukraine 12 2025-06-11", "admin-unknown-kind"),
    ("remains poland 12 2025-06-11", "admin-unknown-recipient"),
    ("remains ukraine many 2025-06-11", "admin-bad-count"),
    ("remains ukraine -5 2025-06-11", "admin-bad-count"),
    ("remains ukraine 12 2025-13-45", "admin-bad-day"),
    ("remains ukraine 12 someday", "admin-bad-day"),
    ("remains ukraine 12 today colour=red", "admin-unknown-key"),
    ("remains ukraine 12 today party=ukraine party=russia", "admin-key-twice"),
    ('remains ukraine 12 today claimant="X', "admin-open-quote"),
    ("remains ukraine 12 today party=mars", "admin-unknown-party"),
    ("remains ukraine 12 today source=nowhere", "admin-bad-url"),
    ("remains ukraine 12 today since=2025-06-01", "admin-since-of-round"),
    ("remains ukraine 12 today measure=total since=2025-06-21", "admin-since-later"),
    ("remains ukraine 12 today qualifier=undisclosed", "admin-undisclosed"),
    ("remains ukraine 12 today round=Tuesday", "admin-no-round-id"),
    ("remains ukraine 12 today claimant=", "admin-empty-value"),
]


@pytest.mark.parametrize(("line", "key"), ADD_WRONG)
def test_a_wrong_line_says_what_is_wrong(line: str, key: str) -> None:
    with pytest.raises(CommandError) as caught:
        commands.parse_add(line, today=TODAY)
    assert caught.value.key == key
    assert caught.value.values["form"] == "form-add"


OTHERS_WRONG = [
    (lambda: commands.parse_edit("", today=TODAY), "admin-no-claim"),
    (lambda: commands.parse_edit("twelve count=5", today=TODAY), "admin-no-claim"),
    (lambda: commands.parse_edit("C12", today=TODAY), "admin-nothing-named"),
    (lambda: commands.parse_edit("C12 1213", today=TODAY), "admin-no-key"),
    (lambda: commands.parse_retract("C12"), "admin-no-reason"),
    (lambda: commands.parse_retract("x y"), "admin-no-claim"),
    (lambda: commands.parse_pin(""), "admin-too-few"),
    (lambda: commands.parse_pin("C1 C2"), "admin-too-many"),
    (lambda: commands.parse_merge("remains-2025-06-11"), "admin-two-rounds"),
    (lambda: commands.parse_merge("remains-2025-06-11 remains-2025-06-11"), "admin-same-round"),
    (lambda: commands.parse_merge("remains-2025-06-11 June"), "admin-no-round-id"),
    (lambda: commands.parse_split("remains-2025-06-11", today=TODAY), "admin-too-few"),
    (lambda: commands.parse_undo("last"), "admin-no-number"),
    (lambda: commands.parse_audit("everything", today=TODAY), "admin-no-filter"),
    (lambda: commands.parse_feeds("plant https://example.org/rss"), "admin-unknown-feeds"),
    (lambda: commands.parse_feeds("add"), "admin-no-url"),
    (lambda: commands.parse_feeds("add nowhere"), "admin-bad-url"),
    (lambda: commands.parse_feeds("add https://example.org/rss trust=blind"), "admin-unknown-trust"),
    (lambda: commands.parse_feeds("trust https://example.org/rss"), "admin-no-trust"),
    (lambda: commands.parse_admins("add"), "admin-no-user"),
    (lambda: commands.parse_admins("add somebody"), "admin-no-user"),
    (lambda: commands.parse_admins("add 5 king"), "admin-unknown-role"),
    (lambda: commands.parse_admins("crown 5"), "admin-unknown-admins"),
]


@pytest.mark.parametrize(("call", "key"), OTHERS_WRONG)
def test_every_command_says_what_is_wrong_and_shows_the_right_form(call, key: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CommandError) as caught:
        call()
    assert caught.value.key == key
    for lang in LANGS:
        assert text(lang, key, **caught.value.values)
        assert text(lang, str(caught.value.values["form"]))


def test_every_message_of_an_error_stands_in_each_language() -> None:
    keys = {key for _, key in ADD_WRONG} | {key for _, key in OTHERS_WRONG}
    assert all(keys <= wording(lang).keys for lang in LANGS)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("remains ukraine 1212 2025-06-11", True),
        ("remains ukrain 1212 2025-06-11", True),
        ("тіла 5", True),
        ("remains of 1,212 fallen soldiers were returned to Ukraine today", False),
        ("Ukraine brought home 1,212 bodies", False),
        ("https://example.org/news/1", False),
    ],
)
def test_a_line_is_told_from_a_sentence(typed: str, line: bool) -> None:
    assert commands.is_line(typed) is line


def test_what_is_copied_from_the_bots_own_words_is_read() -> None:
    """They hold no-break spaces and word joiners, which nobody sees."""
    found = draft("remains ukraine 1\u00a0212\u00a011\u00a0June source=https:\u2060//example.\u2060org/a")
    assert (found.count, found.url) == (1212, "https://example.org/a")
    assert commands.parse_retract("C12\u00a0withdrawn").claim == 12


def test_audit_filters_are_told_apart_by_their_form() -> None:
    found = commands.parse_audit("C12 2025-06-11 by=55 before=100", today=TODAY)
    assert found == AuditQuery(author="55", about="C12", day=dt.date(2025, 6, 11), before=100)
    assert commands.parse_audit("remains-2025-06-11 feed", today=TODAY) == AuditQuery(
        author="feed", about="remains-2025-06-11"
    )


def test_a_feed_is_named_by_its_channel_too() -> None:
    assert commands.parse_feeds("add @Koord_shtab trust=official").url == "https://t.me/s/Koord_shtab"


@pytest.mark.parametrize(
    "command",
    [
        Add(drafts=(Draft(kind="remains", recipient="ukraine", count=5, date=TODAY, breakdown={"a": 1}),), review=7),
        Edit(claim=3, changes={"date": TODAY, "count": 5, "since": None}, reason="x"),
        Retract(claim=3, reason="y"),
        Pin(claim=3, off=True),
        Merge(into="remains-2025-06-11", other="remains-2025-06-12"),
        Split(round="remains-2025-06-11", claims=(1, 2), date=TODAY),
    ],
)
def test_a_command_survives_being_kept(command: Add | Edit | Retract | Pin | Merge | Split) -> None:
    assert command_from_json(command_to_json(command)) == command
