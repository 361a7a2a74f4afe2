"""Single rounds: the last, the first, the largest, the smallest, a list, and whether there was one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answers import Answer, Note, Reason
from bot.domain.claims import RECIPIENTS, Recipient
from bot.domain.measures.case import Case, entry_row, rounded, sources_of, spread_of, standing, together, value_of
from bot.domain.series import Entry, Window


def _of_entries(case: Case, entries: Sequence[Entry]) -> Answer:
    """Answer with one round, or with all of one day where several kinds were handed over on it."""
    entry = entries[0]
    rows = tuple(entry_row(e) for e in entries) if len(entries) > 1 else ()
    headline = entry.headline if len(entries) == 1 else None
    claims = standing(case, entry) if len(entries) == 1 else ()
    shown = [e.headline.claim for e in entries if e.headline]
    undisclosed = sum(e.headline is None for e in entries)
    return case.answer(
        value=headline.value if headline else None,
        low=headline.low if headline else None,
        high=headline.high if headline else None,
        date=entry.round.date,
        rounds=len(entries),
        undisclosed=undisclosed,
        rows=rows or (entry_row(entry),),
        sources=tuple(shown) or claims[:1],
        claims=claims,
        notes=(
            *((Note(kind="undisclosed", count=undisclosed),) if undisclosed else ()),
            *(rounded(entry) if len(entries) == 1 else ()),
        ),
    )


def _at_edge(case: Case, *, newest: bool) -> Answer:
    windows = [w for w in case.windows() if w.rounds]
    if not windows:
        silent = any(w.silent for w in case.windows())
        return case.no_data("party_silent" if silent else "not_recorded", notes=(Note(kind="no_round"),))
    edges = [_edge(w, newest=newest) for w in windows]
    days = [e.round.date for e in edges]
    day = max(days) if newest else min(days)
    return _of_entries(case, [e for e in edges if e.round.date == day])


def _edge(window: Window, *, newest: bool) -> Entry:
    entries = window.series.entries
    order = range(window.stop - 1, window.start - 1, -1) if newest else range(window.start, window.stop)
    return next(entries[i] for i in order if not entries[i].silent)


def last(case: Case) -> Answer:
    return _at_edge(case, newest=True)


def first(case: Case) -> Answer:
    return _at_edge(case, newest=False)


def _extreme(case: Case, *, largest: bool) -> Answer:
    windows = case.windows()
    found = [e for w in windows if (e := w.extreme(largest=largest)) is not None]
    if not found:
        reason: Reason = "party_silent" if case.silent_only(windows) else "not_recorded"
        return case.no_data(reason, undisclosed=sum(w.undisclosed for w in windows), notes=case.notes(windows))
    best = (max if largest else min)(found, key=lambda e: e.headline.value if e.headline else 0)
    answer = _of_entries(case, [best])
    undisclosed = sum(w.undisclosed for w in windows)
    extra = (Note(kind="undisclosed", count=undisclosed),) if undisclosed else ()
    return replace(
        answer, rounds=sum(w.rounds for w in windows), undisclosed=undisclosed, notes=(*answer.notes, *extra)
    )


def largest(case: Case) -> Answer:
    return _extreme(case, largest=True)


def smallest(case: Case) -> Answer:
    return _extreme(case, largest=False)


def list_rounds(case: Case) -> Answer:
    ways: tuple[Recipient | None, ...] = RECIPIENTS if case.query.recipient == "both" else (None,)
    windows = [w for way in ways for w in case.windows(recipient=way)]
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    entries = [e for w in windows for e in w.entries if not e.silent]
    entries.sort(key=lambda e: (e.round.date, e.round.id, e.recipient != "ukraine"))
    return case.answer(
        rows=tuple(entry_row(e) for e in entries),
        rounds=sum(w.rounds for w in windows),
        undisclosed=sum(w.undisclosed for w in windows),
        sources=sources_of(windows),
        notes=case.notes(windows) if len(ways) == 1 else (),
    )


def happened(case: Case) -> Answer:
    windows = case.windows()
    held = [w for w in windows if w.rounds]
    day = case.query.until if case.query.since == case.query.until else None
    if not held:
        if case.silent_only(windows):
            return case.no_data("party_silent", date=day, notes=case.notes(windows))
        return case.answer(value=0, low=0, high=0, date=day, rounds=0, notes=case.notes(windows))
    entries = [e for w in held for e in w.entries if not e.silent]
    entries.sort(key=lambda e: (e.round.date, e.round.id))
    if len(entries) == 1:
        return _of_entries(case, entries)
    value = value_of(held) if together([w.last.round.kind for w in held]) else None
    low, high = spread_of(held, value)
    return case.answer(
        value=value,
        low=low,
        high=high,
        date=day or entries[-1].round.date,
        rounds=len(entries),
        undisclosed=sum(w.undisclosed for w in held),
        rows=tuple(entry_row(e) for e in entries),
        sources=sources_of(held),
        notes=case.notes(windows),
    )


def days_since(case: Case) -> Answer:
    newest = last(case)
    if newest.date is None:
        return newest
    return replace(newest, value=(case.today - newest.date).days, low=None, high=None)
