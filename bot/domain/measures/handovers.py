"""Single rounds: the last, the first, the largest, the smallest, a list, and whether there was one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answers import Answer, Note, Reason
from bot.domain.measures.case import Case, rounded, rows_of, sources_of, spread_of, standing, together, value_of
from bot.domain.series import Entry, Listing, Window


def _of_entries(case: Case, entries: Sequence[Entry]) -> Answer:
    """Answer with one round, or with several where each stands for itself: kinds of one day, or both recipients."""
    entry = entries[0]
    headline = entry.headline if len(entries) == 1 else None
    claims = standing(case, entry) if len(entries) == 1 else ()
    shown = [e.headline.claim for e in entries if e.headline]
    undisclosed = sum(e.headline is None for e in entries)
    days = {e.round.date for e in entries}
    return case.answer(
        value=headline.value if headline else None,
        low=headline.low if headline else None,
        high=headline.high if headline else None,
        date=entry.round.date if len(days) == 1 else None,
        rounds=len({e.round.id for e in entries}),
        undisclosed=undisclosed,
        rows=rows_of(case, entries),
        sources=tuple(shown) or claims[:1],
        claims=claims,
        notes=(
            *((Note(kind="undisclosed", count=undisclosed),) if undisclosed else ()),
            *(rounded(entry) if len(entries) == 1 else ()),
            *case.begin(),
        ),
    )


def _at_edge(case: Case, *, newest: bool) -> Answer:
    windows = [w for w in case.windows() if w.rounds]
    if not windows:
        silent = any(w.silent for w in case.windows())
        return case.no_data("party_silent" if silent else "not_recorded", notes=(Note(kind="no_round"),))
    edges = [entry for w in windows for entry in w.edge(newest=newest)]
    days = [e.round.date for e in edges]
    day = max(days) if newest else min(days)
    answer = _of_entries(case, [told for e in edges if e.round.date == day for told in _each_way(case, e)])
    return replace(answer, notes=(*answer.notes, *case.left_out(case.windows())))


def _each_way(case: Case, entry: Entry) -> list[Entry]:
    """Return a round as each recipient that is asked for sees it."""
    if len(case.ways) == 1:
        return [entry]
    found = [case.window(entry.round.kind, recipient=way).entry(entry.round) for way in case.ways]
    return [e for e in found if e is not None and not e.silent]


def last(case: Case) -> Answer:
    return _at_edge(case, newest=True)


def first(case: Case) -> Answer:
    return _at_edge(case, newest=False)


def _extreme(case: Case, *, largest: bool) -> Answer:
    pick = max if largest else min
    told, windows = [], []
    for way in case.ways:
        of_way = case.windows(recipient=way)
        windows += of_way
        if found := [e for w in of_way if (e := w.extreme(largest=largest)) is not None]:
            told.append(pick(found, key=lambda e: e.headline.value if e.headline else 0))
    rounds, undisclosed = sum(w.rounds for w in windows), sum(w.undisclosed for w in windows)
    if not told:
        if rounds and not case.silent_only(windows):
            return case.answer(rounds=rounds, undisclosed=undisclosed, notes=case.notes(windows))
        reason: Reason = "party_silent" if case.silent_only(windows) else "not_recorded"
        return case.no_data(reason, undisclosed=undisclosed, notes=case.notes(windows))
    answer = _of_entries(case, told)
    extra = (Note(kind="undisclosed", count=undisclosed),) if undisclosed else ()
    notes = (*answer.notes, *extra, *case.left_out(windows))
    return replace(answer, rounds=rounds, undisclosed=undisclosed, notes=notes)


def largest(case: Case) -> Answer:
    return _extreme(case, largest=True)


def smallest(case: Case) -> Answer:
    return _extreme(case, largest=False)


def list_rounds(case: Case) -> Answer:
    windows = [w for way in case.ways for w in case.windows(recipient=way)]
    if case.silent_only(windows):
        return case.no_data("party_silent", notes=(Note(kind="party_silent", text=case.query.party),))
    return case.answer(
        rows=rows_of(case, Listing(windows)),
        rounds=_rounds(case, windows),
        undisclosed=sum(w.undisclosed for w in windows),
        sources=sources_of(windows),
        notes=case.notes(windows),
    )


def _rounds(case: Case, windows: Sequence[Window]) -> int:
    """Count the rounds of windows, each once though it may go both ways."""
    if len(case.ways) == 1:
        return sum(w.rounds for w in windows)
    if case.query.party is None:
        return sum(case.once(kind, case.query.span).rounds for kind in case.kinds)
    return len({w.series.rounds[place].id for w in windows for place in w.told})


def happened(case: Case) -> Answer:
    windows = [w for way in case.ways for w in case.windows(recipient=way)]
    notes = case.notes(windows)
    held = [w for w in windows if w.rounds]
    day = case.query.until if case.query.since == case.query.until else None
    if case.silent_only(windows):
        return case.no_data("party_silent", date=day, notes=notes)
    if not held:
        return case.answer(value=0, low=0, high=0, date=day, rounds=0, notes=notes)
    entries = Listing(held)
    if len(entries) == 1:
        return _of_entries(case, entries)
    # What one side received is never added to what the other did.
    added = together([w.last.round.kind for w in held]) and len({way for w in held for way in w.recipients}) == 1
    value = value_of(held) if added else None
    low, high = spread_of(held, value)
    return case.answer(
        value=value,
        low=low,
        high=high,
        date=day or entries[-1].round.date,
        rounds=_rounds(case, held),
        undisclosed=sum(w.undisclosed for w in held),
        rows=rows_of(case, entries),
        sources=sources_of(held),
        notes=notes,
    )


def days_since(case: Case) -> Answer:
    newest = last(case)
    if newest.date is None:
        return newest
    return replace(newest, value=(case.today - newest.date).days, low=None, high=None)
