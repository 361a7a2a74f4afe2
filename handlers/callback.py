"""A typed question as the data of a button: 64 bytes, read back exactly, and never trusted.

Telegram lets a button carry 64 bytes, and anybody may send any bytes as a press. What does not decode to a valid
question is an old or a forged button. A question that does not fit is kept under its reference, and the button carries
that.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from bot.domain.claims import PARTIES, Kind
from bot.domain.queries import ASKED_RECIPIENTS, GROUPS, MEASURES, Query, Span
from bot.domain.replies import LANGS, Lang
from handlers.markup import MAX_CALLBACK_BYTES
from handlers.services import Services

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
#: One letter a kind; "*" is every kind.
_KIND_LETTERS: Final[dict[Kind, str]] = {"remains": "r", "prisoners": "p", "civilians": "v", "children": "c"}
_LETTER_KINDS: Final = {letter: kind for kind, letter in _KIND_LETTERS.items()}
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_STORED: Final = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What a button asks."""

    lang: Lang
    query: Query
    #: Page of a long list, from 0.
    page: int = 0


async def to_data(prefix: str, query: Query, *, lang: Lang, services: Services, page: int = 0) -> str:
    """Return the data of a button that asks this; stores the question where it is too long."""
    head = f"{prefix}:{_digit(LANGS.index(lang))}{_number(page)}"
    packed = pack(query)
    if packed is not None and len(f"{head}.{packed}".encode()) <= MAX_CALLBACK_BYTES:
        return f"{head}.{packed}"
    now, version = services.clock.now(), (await services.ledger.get()).version
    ref = await services.asker.references.name(query, version=version, now=now)
    return f"{head}.{_STORED}{ref}"


async def from_data(rest: str, *, services: Services) -> Pressed | None:
    """Return what a button asks, given its data without the prefix; None where it is old or forged."""
    head, _, packed = rest.partition(".")
    try:
        lang, page = LANGS[_DIGITS.index(head[:1] or "?")], _value(head[1:])
    except (ValueError, IndexError):
        return None
    if not packed.startswith(_STORED):
        query = unpack(packed)
    else:
        found = await services.asker.references.get(packed.removeprefix(_STORED))
        query = found.query if found else None
    return Pressed(lang=lang, query=query, page=page) if query else None


def pack(query: Query) -> str | None:
    """Return the question in few characters; None where it holds what has no short form."""
    as_of = query.as_of
    if as_of is not None and as_of.microsecond:
        return None
    kinds = "*" if query.kinds is None else "".join(_KIND_LETTERS[kind] for kind in query.kinds)
    parts = [
        _place(MEASURES, query.measure)
        + _place(ASKED_RECIPIENTS, query.recipient)
        + _place(PARTIES, query.party)
        + _place(GROUPS, query.group_by)
        + kinds
    ]
    parts += [f"s{_day(query.since)}"] if query.since else []
    parts += [f"u{_day(query.until)}"] if query.until else []
    if query.versus:
        parts.append(f"v{_day(query.versus.since)}-{_day(query.versus.until)}")
    parts += [f"t{_number(int((as_of - _EPOCH).total_seconds()))}"] if as_of else []
    parts += [f"a{query.agreement}"] if query.agreement else []
    # Last, because a name may hold anything.
    parts += [f"n{query.claimant}"] if query.claimant else []
    return ".".join(parts)


def unpack(packed: str) -> Query | None:
    """Return the question; None where the characters are none of `pack`."""
    head, _, rest = packed.partition(".")
    if len(head) < 5:
        return None
    try:
        query = {
            "measure": _at(MEASURES, head[0]) or MEASURES[0],
            "recipient": _at(ASKED_RECIPIENTS, head[1]),
            "party": _at(PARTIES, head[2]),
            "group_by": _at(GROUPS, head[3]),
            "kinds": None if head[4:] == "*" else tuple(_LETTER_KINDS[letter] for letter in head[4:]),
            **_fields(rest),
        }
        made = Query(**query)  # type: ignore[arg-type]
    except (ValueError, KeyError, IndexError, OverflowError):
        return None
    return made if pack(made) == packed and _holds(made) else None


def _holds(query: Query) -> bool:
    """Tell whether the parts fit together, as those of every question do that we wrote."""
    kinds, spans = query.kinds or (), (query.span, query.versus or Span())
    return len(set(kinds)) == len(kinds) and all(not (s.since and s.until) or s.since <= s.until for s in spans)


def _fields(rest: str) -> dict[str, object]:
    fields: dict[str, object] = {}
    while rest:
        tag = rest[0]
        value, _, after = (rest[1:], "", "") if tag == "n" else rest[1:].partition(".")
        rest = after
        match tag:
            case "s":
                fields["since"] = _date(value)
            case "u":
                fields["until"] = _date(value)
            case "v":
                first, _, last = value.partition("-")
                fields["versus"] = Span(since=_date(first), until=_date(last))
            case "t":
                fields["as_of"] = _EPOCH + dt.timedelta(seconds=_value(value))
            case "a":
                fields["agreement"] = value
            case "n":
                fields["claimant"] = value
            case _:
                raise ValueError(tag)
    return fields


def _place(words: tuple[str, ...], word: str | None) -> str:
    """Return the place of a word in its list as one digit, 0 being "none"."""
    return "0" if word is None else _digit(words.index(word) + 1)


def _at(words: tuple[str, ...], digit: str) -> str | None:
    place = _DIGITS.index(digit)
    return None if place == 0 else words[place - 1]


def _day(day: dt.date | None) -> str:
    return "" if day is None else _number(day.toordinal())


def _date(text: str) -> dt.date | None:
    return dt.date.fromordinal(_value(text)) if text else None


def _digit(value: int) -> str:
    return _DIGITS[value]


def _number(value: int) -> str:
    """Write a number in base 36."""
    digits = ""
    while value:
        value, rest = divmod(value, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def _value(text: str) -> int:
    if not text.isascii() or not text.isalnum() or len(text) > 8:
        raise ValueError(text)
    return int(text, 36)
