"""Which of an article's statements are its claims: each figure once, the news apart from the background, no part twice."""

from collections.abc import Sequence

from bot.domain.claims import Recipient
from bot.language.reports.discourse import Statement, Story


def _rank(one: Statement) -> tuple[int, int, int, int]:
    """Order by whose figure it is: the receiving party's, the other's, anybody's; then exact ones, then as in the text."""
    whose = 0 if one.party == one.recipient else 1 if one.party != "other" else 2
    return whose, one.figure.qualifier != "exact", not one.attributed, one.place


def _deduplicate(statements: Sequence[Statement]) -> list[Statement]:
    """Keep one statement of a figure, in the words of whom it matters most to."""
    best: dict[tuple[object, ...], Statement] = {}
    for one in statements:
        key = (one.kind, one.recipient, one.measure, one.figure.count, one.date, one.since)
        kept = best.get(key)
        if kept is None or _rank(one) < _rank(kept):
            if kept is not None:
                one.background = one.background and kept.background
            best[key] = one
    return sorted(best.values(), key=lambda one: (one.place, one.figure.start))


def _without_parts(statements: list[Statement]) -> list[Statement]:
    """Drop the parts of a figure told one by one, and a sum of both directions."""
    kept = list(statements)
    by_place: dict[int, list[Statement]] = {}
    for one in statements:
        if one.measure == "round" and not one.figure.both:
            by_place.setdefault(one.place, []).append(one)
    wholes = {one.figure.count for one in statements}
    for group in by_place.values():
        figures = {one.figure.start: one for one in group if one.kind not in ("civilians",)}
        parts = list(figures.values())
        for size in range(len(parts), 1, -1):
            for start in range(len(parts) - size + 1):
                piece = parts[start : start + size]
                same = len({(one.kind, one.recipient) for one in piece}) == 1
                if same and sum(one.figure.count for one in piece) in wholes:
                    kept = [one for one in kept if one not in piece]
    return kept


def _without_sums(statements: list[Statement]) -> list[Statement]:
    """Drop a figure that adds up both directions, or soldiers and civilians that are told apart."""
    rounds = [one for one in statements if one.measure == "round"]
    counts: dict[tuple[str, Recipient, object], list[Statement]] = {}
    for one in rounds:
        counts.setdefault((one.kind, one.recipient, one.date), []).append(one)
    sums: set[int] = set()
    for (kind, recipient, date), group in counts.items():
        if recipient == "ukraine":
            for other in counts.get((kind, "russia", date), []):
                sums |= {one.figure.count + other.figure.count for one in group}
        if kind == "civilians":
            for other in counts.get(("prisoners", recipient, date), []):
                sums |= {one.figure.count + other.figure.count for one in group}
    return [one for one in statements if one.measure == "total" or one.figure.count not in sums or one.figure.both]


def _mark_main(story: Story, statements: list[Statement]) -> list[Statement]:
    """Mark the news: at most one figure a kind and recipient; drop its sub-counts and its roundings."""
    groups: dict[tuple[str, Recipient], list[Statement]] = {}
    for one in statements:
        if one.measure == "round" and not one.background and one.date is not None and one.date >= story.news_date:
            groups.setdefault((one.kind, one.recipient), []).append(one)
    dropped: list[Statement] = []
    for group in groups.values():
        whole = [one for one in group if not one.extra] or group
        chosen = min(whole, key=_rank)
        chosen.main = True
        for one in group:
            if one is chosen:
                continue
            rounded = (
                one.figure.qualifier != "exact"
                and abs(one.figure.count - chosen.figure.count) * 20 <= chosen.figure.count
            )
            part = one.figure.count < chosen.figure.count and one.party in (chosen.party, "other") and not one.extra
            if rounded or part:
                dropped.append(one)
    return [one for one in statements if one not in dropped]


def select(story: Story, statements: Sequence[Statement]) -> list[Statement]:
    """Choose the claims of an article, in the order of the text."""
    return _mark_main(story, _without_sums(_without_parts(_deduplicate(statements))))
