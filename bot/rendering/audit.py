"""The audit log as administrators read it: who changed what, when and why, in the reader's language."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.domain.decisions import AuditEntry
from bot.domain.reasons import read_reason
from bot.domain.records import parse_claim, parse_round
from bot.domain.replies import Lang
from bot.errors import InvalidRecord
from bot.rendering.moderation import claim_title, round_title
from bot.rendering.names import claimant_name
from bot.rendering.rich import Rich, join
from bot.rendering.styled import strong, words
from bot.rendering.words import instant, message, short_day, wording

#: Objects of one entry that are written out.
OBJECTS = 4


def audit_lines(
    lang: Lang,
    entries: Sequence[AuditEntry],
    *,
    timezone: dt.tzinfo,
    who: Callable[[str], str],
    about: str | None = None,
) -> tuple[Rich, ...]:
    """Write entries of the audit log, each with what it changed.

    Args:
        about: The claim ("C12") or round that was asked for; of many objects it is written first.
    """
    if not entries:
        return (words(message(lang, "audit-none")),)
    first = (about or "").removeprefix("C")
    return tuple(_entry(lang, e, timezone=timezone, who=who, first=first) for e in entries)


def _entry(lang: Lang, entry: AuditEntry, *, timezone: dt.tzinfo, who: Callable[[str], str], first: str) -> Rich:
    at = instant(lang, entry.at.astimezone(timezone))
    head = message(
        lang, "audit-entry", n=str(entry.id), at=at, who=who(entry.author), reason=reason_words(lang, entry.reason)
    )
    if entry.undoes is not None:
        head += f" {message(lang, 'audit-undoes', n=str(entry.undoes))}"
    changes = [
        line for name in ("claims", "rounds", "agreements", "roles") for line in _changes(lang, entry, name, first)
    ]
    more = [message(lang, "audit-more-objects", n=len(changes) - OBJECTS)] if len(changes) > OBJECTS else []
    return join((strong(head), *(words(line) for line in [*changes[:OBJECTS], *more])))


def reason_words(lang: Lang, text: str) -> str:
    """Say why an entry stands in the audit log: in the reader's language, or as somebody wrote it."""
    found = read_reason(text)
    if found is None:
        return text
    key, values = found
    try:
        if "date" in values:
            values["date"] = short_day(lang, dt.date.fromisoformat(values["date"]))
        for name, words_of in (("kind", "kind"), ("recipient", "to-recipient")):
            if name in values:
                values[name] = message(lang, words_of, **{name: values[name]})
        return message(lang, key, **values)
    except (LookupError, ValueError):
        # Somebody's own words after all.
        return text


def _changes(lang: Lang, entry: AuditEntry, name: str, first: str) -> Iterable[str]:
    before: Mapping[str, Any] = entry.before.get(name) or {}
    after: Mapping[str, Any] = entry.after.get(name) or {}
    for key in sorted({**before, **after}, key=lambda key: key != first):
        old, new = before.get(key), after.get(key)
        if old is None:
            yield message(lang, "audit-is-new", text=_object(lang, name, key, new))
        elif new is None:
            yield message(lang, "audit-is-gone", text=_object(lang, name, key, old))
        else:
            yield from _change(lang, name, key, old, new)


def _change(lang: Lang, name: str, key: str, old: Any, new: Any) -> Iterable[str]:
    """Write an object before and after; where both are called the same, what of it is another."""
    was, now = _object(lang, name, key, old), _object(lang, name, key, new)
    if was != now:
        yield message(lang, "audit-was", text=was)
        yield message(lang, "audit-is", text=now)
        return
    fields = [field for field in {**old, **new} if old.get(field) != new.get(field)]
    changed = [
        message(
            lang, "audit-field", field=_field(lang, field), before=_value(old.get(field)), after=_value(new.get(field))
        )
        for field in fields
    ]
    yield f"{was}: {'; '.join(changed)}" if changed else was


def _field(lang: Lang, field: str) -> str:
    key = f"field-{'source' if field == 'url' else field}"
    return message(lang, key) if key in wording(lang).keys else field


def _value(value: Any) -> str:
    return "—" if value in (None, "", {}) else str(value)


def _object(lang: Lang, name: str, key: str, record: Any) -> str:
    """Name an object of the audit log by its interchange record."""
    if name == "roles":
        return message(lang, "admins-line", id=key, role=message(lang, "role-given", role=record or "editor"))
    try:
        if name == "claims":
            fields = {k: v for k, v in record.items() if k not in ("id", "pinned", "quote")}
            claim = parse_claim(fields)
            pinned = f" {message(lang, 'card-pinned')}" if record.get("pinned") else ""
            return (
                f"C{key}: {claim_title(lang, claim)}{pinned} ({claimant_name(lang, claim.claimant)}; {claim.publisher})"
            )
        if name == "rounds":
            return round_title(lang, parse_round(record))
    except (InvalidRecord, AttributeError):
        pass
    return key


def who_words(lang: Lang, author: str) -> str:
    """Name an author: a person by their Telegram id, the program's own parts in words."""
    return author if author.isdecimal() else message(lang, "who-program", name=author)
