"""Everything that administrators may be told can be told, in every language."""

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

import pytest

import bot
import handlers
from bot.domain.feed_health import FeedHealth, Trouble
from bot.domain.proposals import ConcernKind
from bot.domain.reasons import Cause, reason
from bot.domain.records import claim_record
from bot.domain.replies import LANGS, Lang
from bot.errors import CommandError
from bot.language import commands
from bot.ports import AuditEntry
from bot.rendering.audit import audit_lines, reason_words, who_words
from bot.rendering.moderation import error_words, problem_words, reasons_words
from bot.rendering.rich import plain
from bot.rendering.words import wording
from handlers.admin_add import FIELDS, STEPS
from handlers.markup import to_message
from tests.builders import NOW, claim

SOURCES = [
    *(Path(bot.__file__).parent / "domain").glob("*.py"),
    Path(bot.__file__).parent / "language" / "commands.py",
    Path(bot.__file__).parent / "services" / "moderate.py",
    Path(bot.__file__).parent / "rendering" / "audit.py",
    Path(bot.__file__).parent / "rendering" / "moderation.py",
    *Path(handlers.__file__).parent.glob("*.py"),
]
NAMED = {
    key
    for source in SOURCES
    for key in re.findall(
        r"[\"']((?:admin|form|card|step|review|feeds|concern|audit|admins)-[\w-]+)[\"']", source.read_text()
    )
}
MADE = {
    *(f"concern-{kind}" for kind in get_args(ConcernKind)),
    *(f"field-{name}" for name in FIELDS),
    *(f"step-{name}" for name in STEPS),
    *(f"feed-problem-{trouble}" for trouble in get_args(Trouble)),
    *(f"admin-unknown-{table}" for table in ("kind", "recipient", "party", "qualifier", "measure", "trust", "role")),
    *(f"audit-why-{cause}" for cause in get_args(Cause)),
    *(f"feed-notice-{change}" for change in ("degraded", "failing", "silent", "recovered", "moved")),
}


@pytest.mark.parametrize("lang", LANGS)
def test_every_key_that_the_code_names_has_its_words(lang: Lang) -> None:
    assert len(NAMED) > 60
    assert sorted((NAMED | MADE) - wording(lang).keys) == []


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_written_that_nobody_is_told(lang: Lang) -> None:
    """A message that no code names any more is taken out."""
    source = "\n".join(
        p.read_text() for package in (bot, handlers) for p in Path(package.__file__ or "").parent.rglob("*.py")
    )
    prefixes = (
        "admin-",
        "form-",
        "card-",
        "step-",
        "review-",
        "feeds-",
        "audit-",
        "admins-",
        "status-",
        "subscribers-",
    )
    written = {key for key in wording(lang).keys if key.startswith(prefixes)}
    used = {key for key in written if f'"{key}"' in source or f"'{key}'" in source} | NAMED | MADE
    made_of_parts = {key for key in written if re.match(r"admin-unknown-|step-(today|yesterday)|review-reason", key)}
    assert sorted(written - used - made_of_parts) == []


@pytest.mark.parametrize("lang", LANGS)
def test_what_nobody_foresaw_is_told_by_its_name(lang: Lang) -> None:
    assert "odd rule" in reasons_words(lang, ["odd_rule"])
    assert who_words(lang, "somebody") == "somebody"
    assert who_words(lang, "55") == "55"


def test_every_state_of_a_feed_has_its_word() -> None:
    for lang in LANGS:
        words = {wording(lang).format("feed-health", health=health) for health in get_args(FeedHealth)}
        assert len(words) == len(get_args(FeedHealth))


def test_a_feeds_problem_is_told_with_its_number() -> None:
    assert problem_words("en", "feed-problem-status number=418") == "it answers with status 418"
    assert problem_words("uk", "feed-problem-items number=3") == "3\u00a0дописи не вдалося обробити"
    assert problem_words("en", "") == ""


#: Who reads each command.
PARSERS: dict[str, Callable[[str], object]] = {
    "add": partial(commands.parse_add, today=NOW.date()),
    "edit": partial(commands.parse_edit, today=NOW.date()),
    "retract": commands.parse_retract,
    "pin": commands.parse_pin,
    "merge": commands.parse_merge,
    "split": partial(commands.parse_split, today=NOW.date()),
    "undo": commands.parse_undo,
    "audit": partial(commands.parse_audit, today=NOW.date()),
    "feeds": commands.parse_feeds,
    "admins": commands.parse_admins,
    "review": int,
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", sorted(key for key in NAMED if key.startswith("form-")))
def test_the_right_form_can_be_copied_and_is_taken(form: str, lang: Lang) -> None:
    """What has words after the command is copied as it stands; the command alone is tapped."""
    told = error_words(lang, CommandError("admin-too-few", form=form))
    for run in told:
        if run.code:
            name, _, rest = run.text.removeprefix("/").partition(" ")
            assert f"form-{name}" == form
            PARSERS[name](rest)
            assert to_message((run,)).text == run.text
            assert "\u00a0" not in run.text
    assert any(run.code for run in told)


def test_a_mistake_is_one_line_with_the_right_form() -> None:
    error = CommandError("admin-other-kind", given="remains-2025-06-11", kind="remains", form="form-merge")
    told = plain(error_words("ru", error))
    assert "тела" in told
    assert "/merge" in told
    assert "\n" not in told


def test_of_many_objects_of_an_entry_the_one_asked_for_is_written_first() -> None:
    records = {str(n): claim_record(claim(1000 + n)) for n in range(1, 20)}
    after = {"claims": records}
    entry = AuditEntry(id=1, at=NOW, author="import", reason="import", version=1, before={}, after=after)
    (told,) = audit_lines("uk", [entry], timezone=dt.UTC, who=lambda author: author, about="C17")
    assert plain(told).splitlines()[1].startswith("додано: C17: 1\u00a0017\u00a0тіл Україні")


#: What goes with each cause, as the program gives it.
GIVEN: dict[str, dict[str, object]] = {
    "report": {"decision": "same_round", "source": "https://example.org/a?b=c d’e"},
    "add": {"kind": "remains", "recipient": "ukraine", "date": dt.date(2025, 6, 11)},
    "edit": {"claim": "C12"},
    "pin": {"claim": "C12"},
    "unpin": {"claim": "C12"},
    "merge": {"into": "remains-2025-06-11", "other": "remains-2025-06-12"},
    "split": {"round": "remains-2025-06-12", "of": "remains-2025-06-11"},
    "undo": {"entry": 5},
    "reject": {"report": 7},
    "reopen": {"report": 7},
    "role": {"user": 77},
}


@pytest.mark.parametrize("cause", get_args(Cause))
def test_the_programs_own_reason_is_told_in_the_readers_language(cause: Cause) -> None:
    told = {reason_words(lang, reason(cause, **GIVEN.get(cause, {}))) for lang in LANGS}
    assert len(told) == len(LANGS)
    for text in told:
        assert "audit-why" not in text
        assert "=" not in text.replace("b=c", "")


def test_a_reason_holds_the_values_that_it_was_given() -> None:
    told = reason_words("uk", reason("add", **GIVEN["add"])).replace("\u00a0", " ")
    assert told == "записано: тіла Україні, 11 червня 2025"
    assert "https://example.org/a?b=c d’e" in reason_words("ru", reason("report", **GIVEN["report"]))


@pytest.mark.parametrize(
    "text",
    ["import", "merge a into b", "the outlet's correction", "audit-why-", "audit-why-merge into=a", "audit-why-'"],
)
def test_a_reason_in_somebodys_own_words_is_told_as_it_stands(text: str) -> None:
    assert {reason_words(lang, text) for lang in LANGS} == {text}


@pytest.mark.parametrize(("lang", "said"), [("en", "Round: {}, now {}"), ("uk", "Раунд: {}, тепер {}")])
def test_a_change_that_leaves_the_name_of_a_claim_is_told_by_what_changed(lang: Lang, said: str) -> None:
    before, after = (claim_record(claim(1212, round=of)) for of in ("remains-2025-06-11", "remains-2025-06-12"))
    entry = AuditEntry(
        id=8, at=NOW, author="5", reason="", version=2, before={"claims": {"7": before}}, after={"claims": {"7": after}}
    )
    (told,) = audit_lines(lang, [entry], timezone=dt.UTC, who=lambda author: author)
    assert plain(told).splitlines()[1:] == [plain(told).splitlines()[1]]
    assert plain(told).endswith(said.format("remains-2025-06-11", "remains-2025-06-12"))


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_given_is_missing_and_an_entrys_number_is_no_figure(lang: Lang) -> None:
    missing = plain(error_words(lang, CommandError("admin-no-claim", given="")))
    assert missing == wording(lang).format("admin-too-few")
    assert "9999" in plain(error_words(lang, CommandError("admin-unknown-entry", n=9999)))
