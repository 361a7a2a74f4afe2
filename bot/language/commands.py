"""What an administrator typed after a command, as a value.

Words may be in any of the three languages. What does not fit raises a CommandError whose text says what is wrong and
shows the right form; its values hold the form's text key under "form".
"""

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast
from urllib.parse import urlsplit

from bot.domain.articles import Trust
from bot.domain.claims import Kind, Party, Qualifier, Recipient
from bot.domain.commands import (
    NEW_ROUND,
    Add,
    AdminsCommand,
    AuditQuery,
    Draft,
    Edit,
    FeedsCommand,
    Merge,
    Pin,
    Retract,
    Role,
    Split,
)
from bot.errors import CommandError
from bot.language.tokens import fold

#: Keys that `/add` takes; `/edit` takes those of the positions too.
ADD_KEYS = (
    "party", "claimant", "publisher", "source", "agreement", "qualifier", "since", "measure", "round", "published",
    "partial",
)  # fmt: skip
EDIT_KEYS = ("kind", "recipient", "count", "date", *ADD_KEYS)
#: Larger than any figure that anybody could mean.
MAX_COUNT = 10_000_000
#: A first word of a kind with no more words than this was meant for a line, not for a sentence.
LINE_WORDS = 6

_TOKEN = re.compile(r"""([^\W\d]\w*)=("[^"]*"|“[^”]*”|«[^»]*»|\S*)|(\S+)""")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]")
_QUOTES = {'"': '"', "“": "”", "«": "»"}
_CLAIM = re.compile(r"[CcСс№#]?(\d{1,9})\Z")
_ROUND = re.compile(r"(?:remains|prisoners|civilians|children)-\d{4}-\d{2}-\d{2}(?:-\w+)?\Z")
_CHANNEL = re.compile(r"@([A-Za-z]\w{3,31})\Z")
_ABOUT = ("~", "≈", "бл.", "ок.", "c.", "ca.")


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed: words by position, and values by key."""

    words: tuple[str, ...]
    keys: Mapping[str, str]


class _Names:
    """The words that stand for one of a few things."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._exact = {fold(w): name for name, forms in table.items() for w in forms if not w.endswith("*")}
        self._starts = [(fold(w[:-1]), name) for name, forms in table.items() for w in forms if w.endswith("*")]

    def find(self, word: str) -> str | None:
        folded = fold(word)
        if found := self._exact.get(folded):
            return found
        return next((name for start, name in self._starts if folded.startswith(start)), None)


@cache
def _names(table: str) -> _Names:
    return _Names(_tables()[table])


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    source = files("bot.language") / "lexicon" / "commands.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def split_words(text: str, *, keys: Sequence[str], form: str) -> Words:
    """Part what was typed into words and key=value pairs; a value with spaces stands in quotes.

    Raises:
        CommandError: a key is unknown or stands twice, or a quote is not closed.
    """
    words: list[str] = []
    found: dict[str, str] = {}
    for match in _TOKEN.finditer(_closed(_visible(text), form)):
        name, value, word = match.groups()
        if word is not None:
            words.append(word)
            continue
        key = _names("key").find(name)
        if key not in keys or key is None:
            raise CommandError("admin-unknown-key", given=name, keys=", ".join(keys), form=form)
        if key in found:
            raise CommandError("admin-key-twice", given=name, form=form)
        found[key] = _unquoted(value)
    return Words(tuple(words), found)


def _visible(text: str) -> str:
    """Leave out what is not seen: the bot's own texts hold word joiners, and people copy them."""
    return _INVISIBLE.sub("", text)


def _closed(text: str, form: str) -> str:
    for opening, closing in _QUOTES.items():
        odd = text.count(opening) % 2 if opening == closing else text.count(opening) != text.count(closing)
        if odd and re.search(rf"={re.escape(opening)}", text):
            raise CommandError("admin-open-quote", form=form)
    return text


def _unquoted(value: str) -> str:
    closing = _QUOTES.get(value[:1])
    return value[1:-1].strip() if closing and len(value) > 1 and value.endswith(closing) else value


def is_line(text: str) -> bool:
    """Tell whether what follows `/add` was meant as KIND RECIPIENT COUNT DATE rather than as a sentence."""
    words = text.split()
    if not words or _names("kind").find(words[0]) is None:
        return False
    if any("=" in word and _names("key").find(word.partition("=")[0]) for word in words):
        return True
    return len(words) <= LINE_WORDS or _names("recipient").find(words[1]) is not None


def parse_add(text: str, *, today: dt.date) -> Add:
    """Read `KIND RECIPIENT COUNT DATE [key=value …]`.

    Args:
        today: What "today" and a day without a year are told by.

    Raises:
        CommandError: it does not fit.
    """
    form = "form-add"
    typed = split_words(text, keys=ADD_KEYS, form=form)
    if len(typed.words) < 4:
        raise CommandError("admin-too-few", form=form)
    kind = cast(Kind, word_value("kind", typed.words[0], form=form))
    recipient = cast(Recipient, word_value("recipient", typed.words[1], form=form))
    counted, date = _count_and_day(typed.words[2:], today, form)
    count, qualifier = read_count(counted, form=form)
    values = _values(typed.keys, today=today, form=form)
    if "qualifier" in values:
        count, qualifier = _with_qualifier(count, qualifier, values.pop("qualifier"), form)
    draft = Draft(kind=kind, recipient=recipient, count=count, qualifier=qualifier, date=date, **values)
    return Add(drafts=(checked(draft, form=form),))


def checked(draft: Draft, *, form: str) -> Draft:
    """Return the draft.

    Raises:
        CommandError: two of its values contradict each other.
    """
    if draft.since is not None and draft.measure == "round":
        raise CommandError("admin-since-of-round", form=form)
    if draft.since is not None and draft.since > draft.date:
        raise CommandError("admin-since-later", form=form)
    return draft


def parse_edit(text: str, *, today: dt.date) -> Edit:
    """Read `CLAIM key=value …`.

    Raises:
        CommandError: it does not fit, or names nothing to change.
    """
    form = "form-edit"
    typed = split_words(text, keys=(*EDIT_KEYS, "reason"), form=form)
    claim = _claim_first(typed, form)
    if extra := typed.words[1:]:
        raise CommandError("admin-no-key", given=extra[0], form=form)
    reason = typed.keys.get("reason", "")
    changes = _values({k: v for k, v in typed.keys.items() if k != "reason"}, today=today, form=form)
    if not changes:
        raise CommandError("admin-nothing-named", form=form)
    return Edit(claim=claim, changes=changes, reason=reason)


def parse_change(name: str, value: str, *, today: dt.date, form: str) -> dict[str, Any]:
    """Read one value as `/edit` would: what of a draft it changes.

    Raises:
        CommandError: it does not fit.
    """
    return _values({name: value.strip()}, today=today, form=form)


def parse_retract(text: str) -> Retract:
    """Read `CLAIM reason`.

    Raises:
        CommandError: it does not fit, or no reason is given.
    """
    number, *reason = text.split(maxsplit=1)[:2] or [""]
    claim = read_claim_number(number, form="form-retract")
    if not reason:
        raise CommandError("admin-no-reason", form="form-retract")
    return Retract(claim=claim, reason=_unquoted(reason[0].strip()))


def parse_pin(text: str) -> Pin:
    """Read `CLAIM [off]`.

    Raises:
        CommandError: it does not fit.
    """
    words = text.split()
    if not words:
        raise CommandError("admin-too-few", form="form-pin")
    claim = read_claim_number(words[0], form="form-pin")
    if len(words) > 2 or (len(words) == 2 and _names("truth").find(words[1]) != "no"):
        raise CommandError("admin-too-many", given=words[1], form="form-pin")
    return Pin(claim=claim, off=len(words) == 2)


def parse_merge(text: str) -> Merge:
    """Read `ROUND ROUND`; the first one stays.

    Raises:
        CommandError: it does not fit.
    """
    words = text.split()
    if len(words) != 2:
        raise CommandError("admin-two-rounds", form="form-merge")
    into, other = (read_round_id(w, form="form-merge") for w in words)
    if into == other:
        raise CommandError("admin-same-round", form="form-merge")
    return Merge(into=into, other=other)


def parse_split(text: str, *, today: dt.date) -> Split:
    """Read `ROUND CLAIM [CLAIM …] [date=DAY]`.

    Raises:
        CommandError: it does not fit.
    """
    form = "form-split"
    typed = split_words(text.replace(",", " "), keys=("date",), form=form)
    if len(typed.words) < 2:
        raise CommandError("admin-too-few", form=form)
    claims = tuple(dict.fromkeys(read_claim_number(w, form=form) for w in typed.words[1:]))
    day = read_day(typed.keys["date"], today=today, form=form) if "date" in typed.keys else None
    return Split(round=read_round_id(typed.words[0], form=form), claims=claims, date=day)


def parse_undo(text: str) -> int | None:
    """Read the number of an entry of the audit log; None: one's own last change.

    Raises:
        CommandError: it is no number.
    """
    word = text.strip().lstrip("#№")
    if not word:
        return None
    if not word.isdecimal():
        raise CommandError("admin-no-number", given=text.strip(), form="form-undo")
    return int(word)


def parse_audit(text: str, *, today: dt.date) -> AuditQuery:
    """Read filters in any order: a claim, a round, a day, a person's id, or `before=NUMBER`.

    Raises:
        CommandError: a word is none of them.
    """
    form = "form-audit"
    typed = split_words(text, keys=("by", "day", "about", "before"), form=form)
    author, about = typed.keys.get("by"), typed.keys.get("about")
    day = read_day(typed.keys["day"], today=today, form=form) if "day" in typed.keys else None
    before = typed.keys.get("before")
    if before is not None and not before.isdecimal():
        raise CommandError("admin-no-number", given=before, form=form)
    for word in typed.words:
        if _ROUND.match(word) or (_CLAIM.match(word) and not word[0].isdecimal()):
            about = word
        elif (found := _day_or_none(word, today)) is not None:
            day = found
        elif word.isdecimal() or word in ("feed", "import", "cli", "bundled", "backfill"):
            author = word
        else:
            raise CommandError("admin-no-filter", given=word, form=form)
    if about is not None and (claim := _CLAIM.match(about)):
        about = f"C{claim[1]}"
    return AuditQuery(author=author, about=about, day=day, before=int(before) if before else None)


def parse_feeds(text: str) -> FeedsCommand:
    """Read `[add|remove|test|pause|resume URL]`, with `trust=` and `name=` for add; or `trust URL TRUST`.

    Raises:
        CommandError: it does not fit.
    """
    form = "form-feeds"
    typed = split_words(text, keys=("trust", "name"), form=form)
    if not typed.words and not typed.keys:
        return FeedsCommand()
    action = cast(Any, word_value("feeds", typed.words[0] if typed.words else "", form=form))
    if action == "list":
        return FeedsCommand()
    if len(typed.words) < 2:
        raise CommandError("admin-no-url", form=form)
    url = read_url(typed.words[1], form=form)
    given = typed.keys.get("trust") or (typed.words[2] if len(typed.words) == 3 and action in ("trust", "add") else "")
    if action == "trust" and not given:
        raise CommandError("admin-no-trust", form=form)
    trust = cast(Trust, word_value("trust", given, form=form)) if given else "unverified"
    return FeedsCommand(action=action, url=url, trust=trust, name=typed.keys.get("name", ""))


def parse_admins(text: str) -> AdminsCommand:
    """Read `[add ID [editor|owner] | remove ID]`.

    Raises:
        CommandError: it does not fit.
    """
    form = "form-admins"
    words = text.split()
    if not words:
        return AdminsCommand()
    action = cast(Any, word_value("admins", words[0], form=form))
    if action == "list":
        return AdminsCommand()
    if len(words) < 2 or not words[1].isdecimal() or not 0 < int(words[1]) < 2**52:
        raise CommandError("admin-no-user", given=words[1] if len(words) > 1 else "", form=form)
    if len(words) > 3 or (len(words) == 3 and action == "remove"):
        raise CommandError("admin-too-many", given=words[-1], form=form)
    role = cast(Role, word_value("role", words[2], form=form)) if len(words) == 3 else "editor"
    return AdminsCommand(action=action, user_id=int(words[1]), role=role)


def word_value(table: str, word: str, *, form: str) -> str:
    """Return what a word of a table stands for, in any of the languages.

    Raises:
        CommandError: it stands for nothing in it; the words that would are in "choices".
    """
    found = _names(table).find(word) if word else None
    if found is None:
        raise CommandError(f"admin-unknown-{table}", given=word, choices=", ".join(_tables()[table]), form=form)
    return found


def read_claim_number(word: str, *, form: str) -> int:
    """Read "C12" or "12".

    Raises:
        CommandError: it is none.
    """
    if (match := _CLAIM.match(word)) is None:
        raise CommandError("admin-no-claim", given=word, form=form)
    return int(match[1])


def read_round_id(word: str, *, form: str) -> str:
    """Read the id of a round.

    Raises:
        CommandError: it has not the form of one.
    """
    if not _ROUND.match(word.lower()):
        raise CommandError("admin-no-round-id", given=word, form=form)
    return word.lower()


def read_url(word: str, *, form: str) -> str:
    """Read an address of the web, or "@name" of a Telegram channel.

    Raises:
        CommandError: it is none.
    """
    if channel := _CHANNEL.match(word):
        return f"https://t.me/s/{channel[1]}"
    word = _visible(word)
    url = word if "://" in word else f"https://{word}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in url:
        raise CommandError("admin-bad-url", given=word, form=form)
    if "." not in parts.hostname and parts.hostname != "localhost":
        raise CommandError("admin-bad-url", given=word, form=form)
    return url


def read_count(text: str, *, form: str) -> tuple[int | None, Qualifier]:
    """Read a figure: "1,212", "1 212", "~1000", "1000+", ">=1000", "about 1000", "?" for an undisclosed one.

    Raises:
        CommandError: it is none.
    """
    written = text.strip()
    if written in ("?", "-", "—", "–") or _names("qualifier").find(written) == "undisclosed":
        return None, "undisclosed"
    qualifier: Qualifier = "exact"
    for start in _ABOUT:
        if written.lower().startswith(start):
            written, qualifier = written[len(start) :].strip(), "about"
    for mark in (">=", "≥", "=>", ">"):
        if written.startswith(mark):
            written, qualifier = written[len(mark) :].strip(), "at_least"
            break
    if written.endswith("+"):
        written, qualifier = written[:-1].strip(), "at_least"
    first, _, rest = written.partition(" ")
    if rest and (word := _names("qualifier").find(first)):
        written, qualifier = rest.strip(), cast(Qualifier, word)
    digits = re.sub(r"(?<=\d)[ ,.'’\u00a0\u202f\u2009](?=\d{3}(?!\d))", "", written)
    if not digits.isdecimal() or int(digits) > MAX_COUNT:
        raise CommandError("admin-bad-count", given=text, form=form)
    return int(digits), qualifier


def read_day(text: str, *, today: dt.date, form: str) -> dt.date:
    """Read a day: 2025-06-11, 11.06.2025, "11 June 2025", "11 червня", "today".

    A day without a year is the latest such day that is not more than a week ahead.

    Raises:
        CommandError: it is none.
    """
    day = _day_or_none(text, today)
    if day is None:
        raise CommandError("admin-bad-day", given=text, form=form)
    return day


_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\Z")


def _day_or_none(text: str, today: dt.date) -> dt.date | None:
    words = text.replace(",", " ").split()
    if len(words) == 1:
        if (named := _names("day").find(words[0])) is not None:
            return today if named == "today" else today - dt.timedelta(days=1)
        if iso := _ISO.match(words[0]):
            return _date(int(iso[1]), int(iso[2]), int(iso[3]))
        if numeric := _NUMERIC.match(words[0]):
            return _dated(numeric[3], int(numeric[2]), int(numeric[1]), today)
        return None
    if len(words) not in (2, 3):
        return None
    first, second, *year = words
    month = _names("month").find(second.rstrip("."))
    if month is None and (month := _names("month").find(first.rstrip("."))) is not None:
        first = second
    number = re.sub(r"(st|nd|rd|th)\Z", "", first)
    if month is None or not number.isdecimal() or (year and not re.fullmatch(r"\d{4}", year[0])):
        return None
    return _dated(year[0] if year else None, int(month), int(number), today)


def _dated(year: str | None, month: int, day: int, today: dt.date) -> dt.date | None:
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _date(today.year, month, day)
    if this_year is None or this_year - today > dt.timedelta(days=7):
        return _date(today.year - 1, month, day)
    return this_year


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 2014 <= year <= 2100 else None
    except ValueError:
        return None


def _count_and_day(words: Sequence[str], today: dt.date, form: str) -> tuple[str, dt.date]:
    """Part the figure from the day behind it; either may be of several words."""
    for length in (3, 2, 1):
        if length < len(words) and (day := _day_or_none(" ".join(words[-length:]), today)) is not None:
            return " ".join(words[:-length]), day
    read_count(" ".join(words[:-1]), form=form)
    raise CommandError("admin-bad-day", given=words[-1], form=form)


def _claim_first(typed: Words, form: str) -> int:
    if not typed.words:
        raise CommandError("admin-no-claim", given="", form=form)
    return read_claim_number(typed.words[0], form=form)


def _with_qualifier(
    count: int | None, qualifier: Qualifier, given: Qualifier, form: str
) -> tuple[int | None, Qualifier]:
    if (given == "undisclosed") != (count is None):
        raise CommandError("admin-undisclosed", form=form)
    return count, given


def _values(typed: Mapping[str, str], *, today: dt.date, form: str) -> dict[str, Any]:
    """Read values by key into what they are of a draft."""
    values: dict[str, Any] = {}
    for key, text in typed.items():
        if not text and key not in ("agreement", "since", "published", "source"):
            raise CommandError("admin-empty-value", given=key, form=form)
        values |= _READERS[key](text, today, form)
    if "count" in typed and "qualifier" in typed:
        values["qualifier"] = _names("qualifier").find(typed["qualifier"])
        values["count"], values["qualifier"] = _with_qualifier(values["count"], "exact", values["qualifier"], form)
    return values


def _word(key: str) -> Callable[[str, dt.date, str], dict[str, Any]]:
    return lambda text, today, form: {key: word_value(key, text, form=form)}


def _text(key: str) -> Callable[[str, dt.date, str], dict[str, Any]]:
    return lambda text, today, form: {key: text.strip()}


def _maybe_day(key: str) -> Callable[[str, dt.date, str], dict[str, Any]]:
    return lambda text, today, form: {key: read_day(text, today=today, form=form) if text else None}


def _figure(text: str, _today: dt.date, form: str) -> dict[str, Any]:
    """A bare figure leaves the qualifier as it is."""
    count, qualifier = read_count(text, form=form)
    return {"count": count} if qualifier == "exact" else {"count": count, "qualifier": qualifier}


def _round(text: str, _today: dt.date, form: str) -> dict[str, Any]:
    return {"round": NEW_ROUND if text.lower() == NEW_ROUND else read_round_id(text, form=form)}


_READERS: Mapping[str, Callable[[str, dt.date, str], dict[str, Any]]] = {
    "kind": _word("kind"),
    "recipient": _word("recipient"),
    "party": _word("party"),
    "qualifier": _word("qualifier"),
    "measure": _word("measure"),
    "claimant": _text("claimant"),
    "publisher": _text("publisher"),
    "agreement": _text("agreement"),
    "source": lambda text, today, form: {"url": read_url(text, form=form) if text else ""},
    "date": _maybe_day("date"),
    "since": _maybe_day("since"),
    "published": _maybe_day("published"),
    "count": _figure,
    "round": _round,
    "partial": lambda text, today, form: {"partial": word_value("truth", text, form=form) == "yes"},
}


def known_party(word: str) -> Party | None:
    """Return whose name a word is; None where it is no party's."""
    return cast(Party | None, _names("party").find(word))
