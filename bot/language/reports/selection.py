"""Which of an article's statements are its claims: each figure once, news apart from background, no part twice."""

import datetime as dt
from collections.abc import Sequence

from bot.domain.claims import Recipient
from bot.language.reports.parts import Reading
from bot.language.reports.statements import Statement
from bot.language.reports.story import Story

#: A rounded figure this close to an exact one is the same figure.
_ROUNDED = 20
#: "1000 for 1000" may be the name of a deal; "175 for 175" is what was done.
_DEAL = 300
_FRONT = 2
_UNDONE = frozenset({"plan", "not", "refute"})
#: So many civilians may come with the soldiers of a sum.
_FEW = 10
_FREED = frozenset({"prisoners", "civilians"})
_AGREED = frozenset({"agree.ref", "agree.noun", "within", "stage", "plan"})


def select(story: Story, statements: Sequence[Statement]) -> list[Statement]:
    """Choose the claims of an article, in the order of the text."""
    kept = _deduplicate(statements)
    _sum_up(story, kept)
    _align(kept)
    whole = _without_locals(story, kept)
    _tell_whole([one for one in kept if one not in whole], whole)
    kept = _without_deals(story, whole)
    kept = _without_past_titles(_without_unfulfilled(story, kept))
    for drop in (_told_twice, _without_vaguer_totals, _titles_of_totals, _without_parts):
        kept = drop(kept)
    kept = _without_sums(story, _split(story, kept))
    return _mark_main(story, kept)


def _without_locals(story: Story, statements: list[Statement]) -> list[Statement]:
    """Drop those of one region where the whole is told, or where they were part of an exchange."""
    front = [reading.tags for reading in story.readings if reading.paragraph <= _FRONT]
    exchange = any("noun.exchange" in tags for tags in front)
    taken = any("region.russia" in tags or "kursk" in tags for tags in front)
    return [
        one
        for one in statements
        if not one.figure.local
        or one.kind not in _FREED
        or (taken and (one.kind, one.recipient) == ("civilians", "russia"))
        or not (exchange or any(_holds(other, one) for other in statements))
    ]


def _sum_up(story: Story, statements: Sequence[Statement]) -> None:
    """Make "a total of 134" cumulative where the news before it is a smaller figure, and what leans on it."""
    for place, one in enumerate(statements):
        if one.measure != "round" or one.background or one.paragraph == 0:
            continue
        before = [other for other in statements[:place] if other.kind == one.kind and other.place < one.place]
        news = [
            other
            for other in before
            if other.recipient == one.recipient and not other.background and not _rounds(other, one)
        ]
        leans = any(other.place == one.place and other.figure.summed for other in statements[:place])
        larger = bool(news) and all(other.figure.count < one.figure.count for other in news)
        if larger and (one.figure.summed or (leans and one.figure.bare)):
            one.measure, one.since, one.date, one.background = "total", None, story.published, True


def _align(statements: Sequence[Statement]) -> None:
    """Give "300 for 300" the day of the figure that it names again."""
    for one in statements:
        if one.figure.pair is None or not one.figure.both:
            continue
        for other in statements:
            plain = other.figure.pair is None and other.measure == "round" and other.place < one.place
            if plain and (other.kind, other.figure.count) == (one.kind, one.figure.count) and other.date is not None:
                one.date, one.background = other.date, other.background


def _tell_whole(locals_: Sequence[Statement], statements: Sequence[Statement]) -> None:
    """Make what is recalled of the exchange the news where the lead tells of those of one region."""
    for part in locals_:
        if part.background or any(_holds(one, part) and not one.background for one in statements):
            continue
        for one in statements:
            if (
                one.background
                and one.date in (None, part.date)
                and one.measure == "round"
                and one.recipient == part.recipient
                and one.kind in _FREED
            ):
                one.background, one.date = False, part.date


def _holds(whole: Statement, part: Statement) -> bool:
    """Whether a figure may be the whole that another is a part of."""
    same = (whole.recipient, whole.measure) == (part.recipient, part.measure) and whole.kind in _FREED
    return same and not whole.figure.local and whole.figure.count > part.figure.count


def _rounds(title: Statement, one: Statement) -> bool:
    """Whether a title only rounds a figure: "Over 200 back home" of 206."""
    gap = abs(one.figure.count - title.figure.count)
    return title.paragraph == 0 and title.figure.qualifier != "exact" and gap * _ROUNDED <= one.figure.count


def _without_vaguer_totals(statements: list[Statement]) -> list[Statement]:
    """Drop a total that is told again with its start or its bound."""
    totals = [one for one in statements if one.measure == "total"]
    return [
        one
        for one in statements
        if one not in totals
        or one.since is not None
        or not any(
            other is not one
            and (other.kind, other.recipient, other.figure.count) == (one.kind, one.recipient, one.figure.count)
            and (other.since is not None or (one.paragraph == 0 and other.paragraph > 0))
            for other in totals
        )
    ]


def _whose(one: Statement) -> int:
    """Order by whose figure it is: the receiving party's, the other's, anybody's."""
    return 0 if one.party == one.recipient else 1 if one.party != "other" else 2


def _worth(one: Statement) -> tuple[bool, bool, bool, int, int]:
    """Order the statements of one figure: the text's before the title's, exact ones, those with a speaker."""
    return one.paragraph == 0, one.figure.qualifier != "exact", not one.attributed, _whose(one), one.place


def _deduplicate(statements: Sequence[Statement]) -> list[Statement]:
    """Keep one statement of a figure, in the words of whom it matters most to; a title's where the text has none."""
    best: dict[tuple[object, ...], Statement] = {}
    for one in statements:
        key = (one.kind, one.recipient, one.measure, one.figure.count, one.date, one.since)
        kept = best.get(key)
        if kept is None:
            best[key] = one
            continue
        chosen = min((kept, one), key=_worth)
        chosen.background = one.background and kept.background
        chosen.figure.extra = one.figure.extra or kept.figure.extra
        best[key] = chosen
    return sorted(best.values(), key=lambda one: (one.place, one.figure.start))


def _told_twice(statements: list[Statement]) -> list[Statement]:
    """Drop the news told again of the day after: "on May 31 … the 75 men reached Moscow today"."""
    news = [one for one in statements if one.measure == "round" and not one.background]
    return [
        one
        for one in statements
        if one not in news
        or not any(
            (other.kind, other.recipient, other.figure.count) == (one.kind, one.recipient, one.figure.count)
            and other.date is not None
            and one.date is not None
            and other.date < one.date
            and other.place != one.place
            for other in news
        )
    ]


def _titles_of_totals(statements: list[Statement]) -> list[Statement]:
    """Drop a title's figure that the text tells to be a total, a round or of another kind where the title does not."""
    body = [one for one in statements if one.paragraph > 0]
    statements = [one for one in statements if one.paragraph > 0 or one.explicit or not _told_otherwise(one, body)]
    statements = [one for one in statements if one.paragraph > 0 or not _of_another_kind(one, body)]
    told = {(one.kind, one.recipient, one.figure.count) for one in body if one.measure == "total"}
    totals = {one.figure.count for one in body if one.measure == "total"}
    rounds = {one.figure.count for one in body if one.measure == "round"}
    undated = [one for one in statements if one.paragraph == 0 and one.measure == "total" and one.since is None]
    statements = [one for one in statements if one not in undated or one.figure.count not in rounds - totals]
    return [
        one
        for one in statements
        if one.measure == "total"
        or (one.paragraph > 0 and (one.kind, one.recipient, one.figure.count) not in told)
        or (one.paragraph == 0 and one.figure.count not in totals - rounds)
    ]


def _of_another_kind(title: Statement, body: Sequence[Statement]) -> bool:
    """Whether the text tells a title's figure, whose own noun names no kind, to be of another kind."""
    if title.figure.tags & {"kind.remains", "kind.prisoners", "kind.civilians", "kind.children"}:
        return False
    same = [one for one in body if one.figure.count == title.figure.count and one.measure == title.measure]
    return bool(same) and all(one.kind != title.kind for one in same)


def _without_deals(story: Story, statements: list[Statement]) -> list[Statement]:
    """Drop "1000 for 1000", "1,000 a side as agreed" where the text tells the part of the deal that was carried out."""
    news = [one for one in statements if one.measure == "round" and not one.background and one.figure.pair is None]
    return [
        one
        for one in statements
        if not one.figure.both
        or (one.background and (one.figure.verb is None or one.figure.verb.sort != "noun"))
        or (one.figure.pair is None and not story.readings[one.place].tags & _AGREED)
        or not (
            plain := [
                other
                for other in news
                if other.kind == one.kind and not other.figure.extra and other.figure.count != one.figure.count
            ]
        )
        or not _names_deal(one, plain)
    ]


def _without_unfulfilled(story: Story, statements: list[Statement]) -> list[Statement]:
    """Drop a title's figure that the text tells of only as planned, put off or denied."""
    stated = {one.figure.count for one in statements if one.paragraph > 0}
    undone = {
        figure.count
        for reading in story.readings
        for figure in reading.figures
        if reading.paragraph > 0 and (figure.mood in ("planned", "denied") or reading.tags & _UNDONE)
    }
    return [one for one in statements if one.paragraph > 0 or one.figure.count not in undone - stated]


def _without_past_titles(statements: list[Statement]) -> list[Statement]:
    """Drop a title's figure that the first paragraph dates further back: "among 757 sets returned in February"."""
    past = {
        (one.kind, one.recipient, one.figure.count)
        for one in statements
        if one.paragraph == 1 and one.background and one.measure == "round"
    }
    past -= {(one.kind, one.recipient, one.figure.count) for one in statements if one.paragraph and not one.background}
    return [
        one
        for one in statements
        if one.paragraph > 0
        or ((one.kind, one.recipient, one.figure.count) not in past and not _rounds_another(one, statements))
    ]


def _rounds_another(title: Statement, statements: Sequence[Statement]) -> bool:
    """Whether a title only rounds an exact figure of the text: "over 600 bodies" of 612."""
    if title.figure.qualifier == "exact":
        return False
    return any(
        one.figure.qualifier == "exact"
        and (one.kind, one.recipient, one.measure) == (title.kind, title.recipient, title.measure)
        and abs(one.figure.count - title.figure.count) * _ROUNDED <= one.figure.count
        for one in statements
        if one.paragraph > 0 and not one.background
    )


def _told_otherwise(title: Statement, body: Sequence[Statement]) -> bool:
    """Whether the text gives a title's figure to the other side."""
    if title.kind != "remains" and any(one.party == title.recipient for one in body):
        return False
    same = [one for one in body if (one.kind, one.figure.count) == (title.kind, title.figure.count)]
    return bool(same) and all(one.recipient != title.recipient for one in same)


def _without_parts(statements: list[Statement]) -> list[Statement]:
    """Drop the parts of a figure told one by one: neighbours of one sentence that add up to another."""
    by_place: dict[int, list[Statement]] = {}
    for one in statements:
        if one.measure == "round" and not one.figure.both and one.kind != "civilians":
            by_place.setdefault(one.place, []).append(one)
    wholes = {one.figure.count for one in statements}
    rounds: dict[tuple[Recipient, object], int] = {}
    for one in statements:
        if one.measure == "round":
            rounds[_key(one)] = rounds.get(_key(one), 0) + one.figure.count
    dropped: list[Statement] = [
        one
        for one in statements
        if one.measure == "total" and one.since is None and rounds.get(_key(one)) == one.figure.count
    ]
    for place, parts in by_place.items():
        sums = [one for one in statements if (one.place, one.measure, one.since) == (place, "total", None)]
        dropped.extend(_spread_over_days(parts))
        dropped.extend(one for one in sums if _spread_over_days([one, *parts]))
        parts = [one for one in parts if not any(one is other for other in dropped)]
        for size in range(len(parts), 1, -1):
            for start in range(len(parts) - size + 1):
                piece = parts[start : start + size]
                alike = len({(one.kind, one.recipient, one.date) for one in piece}) == 1
                if alike and sum(one.figure.count for one in piece) in wholes:
                    dropped.extend(piece)
    return [one for one in statements if not any(one is other for other in dropped)]


def _spread_over_days(parts: Sequence[Statement]) -> list[Statement]:
    """Find the sum of several days told day by day: "502 людини: вчора 200, а сьогодні ще 300"."""
    whole, *rest = parts
    days = {one.date for one in rest}
    close = 0 <= whole.figure.count - sum(one.figure.count for one in rest) <= _FEW
    return [whole] if len(days) > 1 and close and len({one.recipient for one in parts}) == 1 else []


def _key(one: Statement) -> tuple[Recipient, object]:
    return one.recipient, one.date


def _split(story: Story, statements: list[Statement]) -> list[Statement]:
    """Tell soldiers from civilians: a headline figure that adds up both goes; civilians within a figure are marked."""
    rounds = [one for one in statements if one.measure == "round"]
    dropped: list[Statement] = []
    for civilians in [one for one in rounds if one.kind == "civilians"]:
        freed = [one for one in rounds if one.kind == "prisoners" and _key(one) == _key(civilians)]
        counts = {one.figure.count for one in freed}
        wholes = [one for one in freed if one.figure.count - civilians.figure.count in counts]
        dropped.extend(wholes)
        within = civilians.figure.subset or any(_enumerated(story, one, civilians) for one in freed)
        civilians.included = within and not wholes
    return [one for one in statements if not any(one is other for other in dropped)]


def _enumerated(story: Story, whole: Statement, part: Statement) -> bool:
    """Whether civilians are named among those counted: "189 people: soldiers, guards, and two civilians"."""
    if whole.place != part.place or whole.figure.start > part.figure.start:
        return False
    between = story.readings[whole.place].tokens[whole.figure.start : part.figure.start]
    return any(token.text == ":" or "subset" in token.tags for token in between)


def _without_sums(story: Story, statements: list[Statement]) -> list[Statement]:
    """Drop a figure that adds up both directions."""
    rounds = [one for one in statements if one.measure == "round"]
    sums = {("children", told) for told in map(_sent_either_way, story.readings) if told}
    for one in rounds:
        for other in rounds:
            if (one.kind, one.date) == (other.kind, other.date) and (one.recipient, other.recipient) == (
                "ukraine",
                "russia",
            ):
                sums.add((one.kind, one.figure.count + other.figure.count))
    return [
        one
        for one in statements
        if one.explicit
        or one.measure == "total"
        or (one.attributed and one.party == one.recipient and one.paragraph > 0)
        or (one.kind, one.figure.count) not in sums
    ]


def _sent_either_way(reading: Reading) -> int:
    """Add up the children of a sentence that sends some to either side; 0 where it does not."""
    either = {"kind.children", "to.ukraine", "to.russia"} <= reading.tags and len(reading.figures) > 1
    return sum(one.count for one in reading.figures) if either else 0


def _mark_main(story: Story, statements: list[Statement]) -> list[Statement]:
    """Mark the news: at most one figure a kind and recipient; drop its sub-counts and its roundings."""
    groups: dict[tuple[str, Recipient], list[Statement]] = {}
    for one in statements:
        if one.measure == "round" and not one.background and one.date is not None and one.date >= story.news_date:
            groups.setdefault((one.kind, one.recipient), []).append(one)
    dropped: list[Statement] = []
    for group in groups.values():
        plain = [one for one in group if one.figure.pair is None and not one.figure.extra]
        if plain:
            dropped.extend(one for one in group if one.figure.pair is not None and _names_deal(one, plain))
            group = [one for one in group if one not in dropped]
        whole = [one for one in group if not one.figure.extra] or group
        chosen = min(whole, key=_lead)
        chosen = max((one for one in whole if one.place == chosen.place), key=lambda one: _day(one, chosen))
        chosen.main = True
        dropped.extend(one for one in group if one is not chosen and _repeats(one, chosen))
    return [one for one in statements if not any(one is other for other in dropped)]


def _day(one: Statement, chosen: Statement) -> tuple[dt.date, bool]:
    """Order the figures of one sentence by their day, the chosen one first on its own: "300 on Thursday, 300 today"."""
    return one.date or dt.date.min, one is chosen


def _names_deal(pair: Statement, plain: Sequence[Statement]) -> bool:
    """Whether "1000 for 1000" only names a deal of which the text tells a part."""
    round_number = pair.figure.count >= _DEAL and pair.figure.count % 100 == 0
    return round_number and all(one.figure.count < pair.figure.count for one in plain)


def _lead(one: Statement) -> tuple[bool, int, bool, bool, int]:
    """Order the candidates for the news: figures with a speaker of their own before "246 each" of nobody."""
    return (
        one.figure.both and not one.attributed,
        _whose(one),
        one.figure.qualifier != "exact",
        one.paragraph == 0,
        one.place,
    )


def _repeats(one: Statement, chosen: Statement) -> bool:
    """Whether a figure only rounds the chosen one, or is a part of it."""
    gap = abs(one.figure.count - chosen.figure.count)
    if one.figure.qualifier != "exact" and gap * _ROUNDED <= chosen.figure.count:
        return True
    return one.figure.count < chosen.figure.count and one.party in (chosen.party, "other") and not one.figure.extra
