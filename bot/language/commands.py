"""What an administrator typed after a command, as a value.

What does not fit raises a CommandError whose text says what is wrong and shows the right form; its values hold the
form's text key under "form".
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from bot.domain.articles import Trust
from bot.domain.claims import Kind, Qualifier, Recipient
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
from bot.language.typed import (
    CLAIM,
    ROUND_ID,
    Words,
    day_or_none,
    names,
    read_claim_number,
    read_count,
    read_day,
    read_round_id,
    read_url,
    split_words,
    unquoted,
    word_value,
)

#: Keys that `/add` takes; `/edit` takes those of the positions too.
ADD_KEYS = (
    "party", "claimant", "publisher", "source", "agreement", "qualifier", "since", "measure", "round", "published",
    "partial",
)  # fmt: skip
EDIT_KEYS = ("kind", "recipient", "count", "date", *ADD_KEYS)
#: A first word of a kind with no more words than this was meant for a line, not for a sentence.
LINE_WORDS = 6


def is_line(text: str) -> bool:
    """Tell whether what follows `/add` was meant as KIND RECIPIENT COUNT DATE rather than as a sentence."""
    words = text.split()
    if not words or names("kind").find(words[0]) is None:
        return False
    if any("=" in word and names("key").find(word.partition("=")[0]) for word in words):
        return True
    return len(words) <= LINE_WORDS or names("recipient").find(words[1]) is not None


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
    return Retract(claim=claim, reason=unquoted(reason[0].strip()))


def parse_pin(text: str) -> Pin:
    """Read `CLAIM [off]`.

    Raises:
        CommandError: it does not fit.
    """
    words = text.split()
    if not words:
        raise CommandError("admin-too-few", form="form-pin")
    claim = read_claim_number(words[0], form="form-pin")
    if len(words) > 2 or (len(words) == 2 and names("truth").find(words[1]) != "no"):
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
        if ROUND_ID.match(word) or (CLAIM.match(word) and not word[0].isdecimal()):
            about = word
        elif (found := day_or_none(word, today)) is not None:
            day = found
        elif word.isdecimal() or word in ("feed", "import", "cli", "bundled", "backfill"):
            author = word
        else:
            raise CommandError("admin-no-filter", given=word, form=form)
    if about is not None and (claim := CLAIM.match(about)):
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


def _count_and_day(words: Sequence[str], today: dt.date, form: str) -> tuple[str, dt.date]:
    """Part the figure from the day behind it; either may be of several words."""
    for length in (3, 2, 1):
        if length < len(words) and (day := day_or_none(" ".join(words[-length:]), today)) is not None:
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
        values["qualifier"] = names("qualifier").find(typed["qualifier"])
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
