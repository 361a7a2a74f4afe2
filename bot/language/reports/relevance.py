"""Whether an article's news is a completed handover between Russia and Ukraine.

The news stands in the title and the first paragraphs: there something must be told as done, of people or bodies, by
these two countries, and not in passing. A plan, a total, a verdict or another war there makes it something else.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.claims import Kind
from bot.language.reports.days import Day
from bot.language.reports.parts import COUNTED, Figure, Reading
from bot.language.reports.sides import EXCHANGE, LEAD, names_official, names_side, strange_to_the_war
from bot.language.reports.spans import total_span
from bot.language.reports.statements import Statement
from bot.language.reports.story import Story, sentence_kind
from bot.language.reports.text import Token
from bot.language.reports.timing import days_of

#: Paragraphs of a live blog in which the event of its title may be told.
_NOTES = 8
_TALK = frozenset({"talk", "alleged"})
#: Words within which a sentence refutes the one before: "This is not true", "Сообщение не соответствует …".
_REFUTED_AT_ONCE = 4
#: News of a day is told so soon after it.
_LATELY = dt.timedelta(days=3)
_TRANSITIVE = frozenset({"give", "get"})
_MOVED = COUNTED | {"noun.handover", "captivity", "captivity.russia", "captivity.ukraine", "same", "home", "batch"}
#: What a sentence dates further back than this is no news.
_STALE = dt.timedelta(days=20)
_TOPIC = frozenset(
    {"kind.remains", "kind.prisoners", "kind.children", "kind.civilians", "person", "captivity", "captivity.russia",
     "captivity.ukraine", "noun.handover", "home"}
)  # fmt: skip
_STRONG = _TOPIC - {"person", "noun.handover", "home"} | {
    "noun.exchange", "verb.swap", "from.russia", "from.ukraine", "in.return",
}  # fmt: skip
_QUOTES = ("'", "“", "‘", "„")
_RETURNING = frozenset({"noun.handover", "noun.return", "verb.swing", "verb.home"})
_SENDING = ("sent", "send", "ship", "отправ", "відправ", "направ", "deliver", "достав", "transport", "dispatch")
_MEANWHILE = frozenset({"as", "while", "amid", "despite", "пока", "поки"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether it is news, how sure, about what, and why."""

    relevant: bool
    confidence: float
    kind: Kind
    reasons: tuple[str, ...]


def judge_relevance(story: Story, statements: Sequence[Statement]) -> Verdict:
    """Judge one article."""
    title = [reading for reading in story.readings if reading.paragraph == 0]
    front = [place for place, reading in enumerate(story.readings) if reading.paragraph <= LEAD]
    events = [place for place in front if _tells_event(story, place, statements)]
    figured = any(one.main and one.paragraph <= LEAD for one in statements)
    in_title = any(story.readings[place].paragraph == 0 and _by_itself(story.readings[place]) for place in events)
    in_first = any(story.readings[place].paragraph == 1 for place in events)
    in_lead = any(story.readings[place].paragraph > 0 for place in events)
    noted = in_title and any(one.main and one.attributed and one.paragraph <= _NOTES for one in statements)
    received = _exchanged(story, front, statements)
    headed = any(_names_handover(reading) for reading in title) and figured
    told = in_lead if in_title or not title or headed else in_first
    told = told or (in_title and all(reading.paragraph == 0 for reading in story.readings))
    named = story.voice is not None or any(names_side(story.readings[place].tags) for place in front)
    own = not named and figured and _own_war(story, front)
    named = named or own
    named = (
        named
        or (figured and story.side is not None)
        or any(one.party != "other" and not one.background for one in statements)
    )
    opens = in_first and any(one.main and one.paragraph == 1 for one in statements)
    opens = opens or any(
        story.readings[place].paragraph == 1 and story.readings[place].sentence.position == 0
        for place in events
        if figured
    )
    dated = any(_dated_news(story, one) for one in statements)
    digest = figured and in_first and any("digest" in reading.tags for reading in title)
    found = [
        name
        for name, holds in (("figure_in_lead", figured), ("event_in_title", in_title), ("event_in_lead", in_lead))
        if holds
    ]
    against = [
        name
        for name, holds in (
            ("parties_not_named", not named),
            ("plan_in_title", not (in_title or opens or dated) and any(_planned(reading) for reading in title)),
            ("feature_in_title", _feature(story, statements)),
            (
                "other_topic",
                not (in_title or digest or opens) and _other_topic(title),
            ),
            (
                "no_kind",
                not (own or received) and not any(_names_kind(story.readings[place], story) for place in front),
            ),
            ("rumour_refuted", any(_refuted_behind(story, place) for place in events)),
            ("nothing_done", not (told or noted or dated or (figured and in_title))),
        )
        if holds
    ]
    against = [*strange_to_the_war(story, front, events), *against]
    relevant = bool(found) and not against
    kind: Kind = story.kinds[events[0]] if events else story.kinds[0] if story.kinds else "prisoners"
    confidence = min(0.99, 0.7 + 0.1 * len(found)) if relevant else 0.95 if against else 0.8
    return Verdict(relevant=relevant, confidence=confidence, kind=kind, reasons=(*found, *against))


def _refuted_behind(story: Story, place: int) -> bool:
    """Whether what a sentence gives as talk is refuted by the next: "пишуть, нібито відбувся обмін. Це неправда"."""
    talk = not story.readings[place].tags.isdisjoint(_TALK)
    if not talk or place + 1 >= len(story.readings):
        return False
    behind = story.readings[place + 1]
    at_once = any("refute" in token.tags for token in behind.tokens[:_REFUTED_AT_ONCE])
    return at_once and not behind.figures and behind.paragraph - story.readings[place].paragraph <= 1


def _dated_news(story: Story, one: Statement) -> bool:
    """Whether a figure in the front is somebody's, of a day that its own sentence names and that was just now."""
    if not one.main or one.party == "other" or one.paragraph > LEAD or one.date is None:
        return False
    reading = story.readings[one.place]
    if not reading.happened or not (one.attributed or one.explicit):
        return False
    named = any(token.day is not None and token.day.date == one.date for _, token in days_of(reading))
    return named and dt.timedelta(0) <= story.published - one.date <= _LATELY


def _tells_event(story: Story, place: int, statements: Sequence[Statement]) -> bool:
    """Whether a sentence tells a handover as done, not in passing, and not only a total."""
    reading = story.readings[place]
    stated = [one for one in statements if one.place == place]
    if reading.asks or "habitual" in reading.tags or story.background[place]:
        return False
    formula = any(one.figure.pair is not None and one.figure.both for one in stated)
    part = bool(stated) and any(figure.local or figure.among for figure in reading.figures)
    news = reading.paragraph == 1 and any(one.main and one.explicit for one in stated)
    if not (reading.happened or part or news or (formula and reading.paragraph > 0)):
        return False
    stands = any(figure.mood == "done" for figure in reading.figures)
    if reading.tags & {"waypoint", "scene"} and not stands:
        return False
    totals = {one.figure.count for one in statements if one.measure == "total"}
    if _sums_up(reading) or (reading.paragraph == 0 and {figure.count for figure in reading.figures} & totals):
        return False
    if stated:
        return any(one.measure == "round" and not one.background for one in stated)
    return _moves_people(reading) and _tells_unfigured(story, reading)


def _tells_unfigured(story: Story, reading: Reading) -> bool:
    """Whether a sentence of which no figure is a claim tells a handover of captives, bodies, a side's people."""
    swapped = "verb.swap" in reading.tags and "sides" in reading.tags
    if not (reading.tags & _TOPIC or swapped) or reading.tags & {"to.family", "paper", "court"}:
        return False
    if not reading.figures and _long_ago(reading, story.published):
        return False
    if any(total_span(reading, figure, story.published) is not None for figure in reading.figures):
        return False
    if reading.paragraph > 0 and any(figure.subset and "rank" not in figure.tags for figure in reading.figures):
        return False
    if reading.paragraph == 0 and {figure.count for figure in reading.figures} & _totals(story):
        return False
    return bool(reading.tags & {"superlative", "first.time"}) or not reading.tags & {"since.invasion", "since.year"}


def _moves_people(reading: Reading) -> bool:
    """Whether what is given or got in a sentence without a figure is people or bodies: no award is received."""
    for verb in reading.verbs:
        if verb.mood != "done" or verb.weak or "relative" in reading.segment_tags[verb.segment]:
            continue
        if "counted.only" in reading.tokens[verb.index].tags:
            continue
        if verb.sort not in _TRANSITIVE or reading.paragraph == 0 or reading.segment_tags[verb.segment] & _MOVED:
            return True
    return False


def _long_ago(reading: Reading, published: dt.date) -> bool:
    """Whether all days of a sentence lie far back: "the bodies were returned in October 2022"."""
    days = [token.day for token in reading.tokens if token.day is not None]
    return bool(days) and all(_begins(day, published) < published - _STALE for day in days)


def _begins(day: Day, published: dt.date) -> dt.date:
    """Give a day, or the last of its month or year."""
    if day.date is not None:
        return day.date
    if day.month is not None:
        year = day.year or published.year - (day.month > published.month)
        return dt.date(year + day.month // 12, day.month % 12 + 1, 1)
    return dt.date(day.year + 1, 1, 1) if day.year is not None else published


def _sums_up(reading: Reading) -> bool:
    """Whether a sentence tells of many handovers at once: "how many bodies in a year", "13 exchanges since 2025"."""
    if reading.of_many or (reading.paragraph == 0 and not reading.figures and "total" in reading.tags):
        return True
    return not reading.figures and any(
        token.day is not None and token.day.form == "year" and "since.start" in before.tags
        for before, token in pairwise(reading.tokens)
    )


def _own_war(story: Story, front: Sequence[int]) -> bool:
    """Whether a text in Ukrainian or Russian tells of an exchange of soldiers, and of no other country's."""
    tags = frozenset[str]().union(*(story.readings[place].tags for place in front))
    at_home = story.lexicon.language != "en" and not tags & {"elsewhere", "third", "feature"}
    return at_home and "noun.exchange" in tags and "soldier" in tags


def _exchanged(story: Story, front: Sequence[int], statements: Sequence[Statement]) -> bool:
    """Whether the front tells of an exchange, and of somebody who received so many."""
    exchange = any("noun.exchange" in story.readings[place].tags for place in front)
    return exchange and any(one.main and one.explicit and one.paragraph <= LEAD for one in statements)


def _names_handover(reading: Reading) -> bool:
    """Whether a title names a handover of bodies or captives, though not what happened: "Prisoner exchange"."""
    kinds = reading.tags & {"kind.remains", "kind.prisoners", "captivity"}
    return bool(kinds) and "noun.handover" in reading.tags and not _planned(reading) and "not" not in reading.tags


def _names_kind(reading: Reading, story: Story) -> bool:
    """Whether a sentence tells of bodies, captives or exchanges, or of a side's own people who are home."""
    tags = reading.tags
    if tags & (_STRONG - EXCHANGE):
        return True
    if tags & EXCHANGE:
        return bool(tags & {"person", "wounded"}) or names_side(tags) or names_official(story)
    if "verb.free" in tags and tags & {"nat.ukraine", "nat.russia"}:
        return True
    if "sides" in tags and "soldier" in tags and tags & {"verb.free", "verb.give"}:
        return True
    if "soldier" in tags and tags & {"to.ukraine", "to.russia"} and any(_hands_over(token) for token in reading.tokens):
        return True
    ours = {"nat.ukraine", "nat.russia"} | ({"own"} if story.side is not None or story.voice is not None else set())
    counted = any(figure.tags & ours for figure in reading.figures)
    if "noun.handover" in tags and counted:
        return True
    ours_tell = story.side is not None or story.voice is not None
    if ours_tell and "soldier" in tags and tags & _RETURNING and reading.figures:
        return True
    own = any("own" in figure.tags for figure in reading.figures)
    if "soldier" in tags and reading.figures and names_side(tags) and (own or "noun.return" in tags):
        return True
    if ({"home", "soldier"} <= tags and names_official(story)) or ("wounded" in tags and names_side(tags)):
        return True
    return "home" in tags and (counted or ("verb.home" in tags and bool(tags & {"nat.ukraine", "nat.russia"})))


def _hands_over(token: Token) -> bool:
    """Whether a verb tells of handing people over, and not of sending soldiers somewhere."""
    return bool(token.tags & {"verb.give", "verb.swing"}) and not token.text.startswith(_SENDING)


def _feature(story: Story, statements: Sequence[Statement]) -> bool:
    """Whether the headline, or the first sentence where there is none, is of a trial, a funeral, somebody's story."""
    if not story.readings:
        return False
    head = [place for place, reading in enumerate(story.readings) if reading.paragraph == 0] or [0]
    told = {one.count for place in head for one in story.readings[place].figures if one.mood == "done"}
    known = {one.count for place in head for one in story.readings[place].figures if _done(one)}
    rounds = [one for one in statements if one.measure == "round"]
    if any(one.place in head or one.figure.count in told for one in rounds):
        return False
    if any(one.main and one.explicit and one.paragraph == 1 and one.figure.count in known for one in rounds):
        return False
    quoted = story.readings[0].paragraph == 0 and story.readings[0].sentence.raw[:1] in _QUOTES
    quoted = quoted and not any(
        "noun.handover" in story.readings[place].tags and names_side(story.readings[place].tags) for place in head
    )
    return quoted or any(token.tags & {"feature", "court"} for place in head for token in _main_clause(story, place))


def _done(figure: Figure) -> bool:
    """Whether anything tells of a figure as handed over, if only in passing: "five children who came home"."""
    return figure.verb is not None and figure.verb.mood == "done"


def _main_clause(story: Story, place: int) -> Sequence[Token]:
    """Give a headline without what happened meanwhile: "Biggest swap wraps up | as drones hit Kyiv"."""
    tokens = story.readings[place].tokens
    handed = [index for index, token in enumerate(tokens) if "noun.handover" in token.tags]
    meanwhile = [index for index, token in enumerate(tokens) if token.text in _MEANWHILE]
    if handed and meanwhile and handed[0] < meanwhile[0]:
        return tokens[: meanwhile[0]]
    return tokens


def _totals(story: Story) -> set[int]:
    """Give the counts that the text tells to be cumulative."""
    return {
        figure.count
        for reading in story.readings
        if reading.paragraph > 0
        for figure in reading.figures
        if total_span(reading, figure, story.published) is not None
    }


def _by_itself(reading: Reading) -> bool:
    """Whether a title tells an event by more than naming an exchange."""
    if "waypoint" in reading.tags:
        return False
    return bool(reading.figures) or "happened" in reading.tags or any(verb.sort != "noun" for verb in reading.verbs)


def _planned(reading: Reading) -> bool:
    moods = {verb.mood for verb in reading.verbs}
    return bool(reading.tags & {"plan", "cond"}) or moods == {"planned"}


def _other_topic(title: Sequence[Reading]) -> bool:
    if sum(token.text.isalpha() for reading in title for token in reading.tokens) < 2:
        return False
    return not any(reading.tags & (_TOPIC | {"mediation"}) or reading.verbs or reading.figures for reading in title)


def exchanges_prisoners(story: Story) -> bool:
    """Whether the front tells of an exchange of prisoners, though it may count only the civilians who came with it."""
    return any(
        reading.happened and "kind.prisoners" in reading.tags and not reading.tags & {"kind.civilians", "civilian"}
        for reading, past in zip(story.readings, story.background, strict=True)
        if reading.paragraph <= 1 and not past and reading.tags & (EXCHANGE | {"noun.handover"})
    )


def undisclosed_kinds(story: Story) -> tuple[Kind, ...]:
    """Give the kinds that the text tells handed over on the same day, without a figure."""
    found: list[Kind] = []
    for place, reading in enumerate(story.readings):
        if reading.figures or story.background[place] or not reading.happened or reading.paragraph == 0:
            continue
        kind = sentence_kind(reading)
        if kind is not None and "same.day" in reading.tags and not reading.tags & {"plan", "not", "cond", "agree.noun"}:
            found.append(kind)
    return tuple(found)
