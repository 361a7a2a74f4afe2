"""Figures that a question names: a round's own ("how many of the 402 bodies of 11 March were identified"), or doubted.

It restricts nothing where it is that of the one round that is asked for; elsewhere it stays, and blocks the answer.
"""

import datetime as dt

from bot.domain.ledger import Ledger
from bot.language.dates.periods import Mention
from bot.language.frame import Frame, kind_in, kinds_of


def account_stated_figure(frame: Frame) -> None:
    """Account for the figure of which it is asked whether it is so: the answer gives the one that is recorded."""
    asked = frame.told or frame.has("yesno") or frame.measure == "happened"
    if not asked or frame.measure not in {None, "total", "happened", "rounds"} or not frame.mentions:
        return
    if len(frame.unknown) != 1 or frame.has("bound", "more", "around", "neg"):
        return
    cell = frame.unknown[0]
    i = frame.cells.index(cell)
    behind = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
    if cell.norm.isdecimal() and len(cell.norm) > 2 and behind is not None and kind_in(behind):
        frame.unknown.clear()
        cell.used = True
        frame.measure = "happened" if frame.measure == "happened" else "total"


def account_own_figure(frame: Frame, ledger: Ledger, today: dt.date) -> None:
    """Account for the figure of the round that is asked for, behind which "from a day" is on that day."""
    if frame.measure != "share_identified" or len(frame.mentions) != 1 or len(frame.unknown) != 1:
        return
    mention, cell = frame.mentions[0], frame.unknown[0]
    i = frame.cells.index(cell)
    behind = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
    before = frame.cells[i - 1] if i else None
    partial = before is not None and (before.has("p:in", "p:from") or before.norm in {"the", "серед", "среди", "among"})
    if not cell.norm.isdecimal() or not partial or behind is None or not kind_in(behind):
        return
    since, until = _days(mention)
    kinds = kinds_of(frame)
    if len(kinds) != 1 or since is None or until is None:
        return
    rounds = ledger.rounds_between(since, min(until, today), kinds[0])
    stated = [c for r in rounds for c in ledger.claims_of(r.id) if c.measure == "round" and c.recipient == "ukraine"]
    if len({c.round for c in stated}) == 1 and int(cell.norm) in {c.count for c in stated}:
        frame.unknown.clear()
        cell.used = True
        if mention.relation == "from":
            mention.relation = "in"


def _days(mention: Mention) -> tuple[dt.date | None, dt.date | None]:
    """Return the days that the figure is of: the day itself behind "from"."""
    if mention.relation == "from" and mention.period.unit == "day":
        return mention.period.since, mention.period.until
    return mention.span()
