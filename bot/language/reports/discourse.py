"""What an article states: the figures of its sentences, set in time, given to a speaker, told news from background."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.claims import RECIPIENTS, ClaimMeasure, Kind, Party, Recipient
from bot.language.reports.clauses import Figure, Reading
from bot.language.reports.lexicon import INVASION, Lexicon
from bot.language.reports.speakers import Speaker, choose_speaker, find_speakers
from bot.language.reports.text import Token

_FRONT = 3
#: A day in the lead further back than this is not the day of the news.
_STALE = dt.timedelta(days=20)
_REFERENCE = frozenset(
    {
        "since",
        "until",
        "від",
        "з",
        "із",
        "с",
        "от",
        "со",
        "of",
        "to",
        "before",
        "до",
        "after",
        "після",
        "после",
        "between",
        "from",
    }
)


@dataclass(slots=True, kw_only=True)
class Statement:
    """A figure of the article with everything that a claim needs."""

    figure: Figure
    place: int
    quote: str
    kind: Kind
    recipient: Recipient
    measure: ClaimMeasure
    date: dt.date | None
    since: dt.date | None
    background: bool
    party: Party
    claimant: str
    #: The sentence itself names who says so.
    attributed: bool
    extra: bool
    paragraph: int
    within: bool = False
    main: bool = False


@dataclass(slots=True, kw_only=True)
class Story:
    """All sentences of an article, read, with what they have in common."""

    readings: list[Reading]
    lexicon: Lexicon
    published: dt.date
    speakers: list[list[Speaker]] = field(default_factory=list)
    background: list[bool] = field(default_factory=list)
    days: list[dt.date | None] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    news_date: dt.date = dt.date.min
    #: The news date stands in the text.
    dated: bool = False


def _is_reference(reading: Reading, index: int) -> bool:
    """Whether a day is one that things are counted from, not one on which they happen."""
    tokens = reading.sentence.tokens
    before = tokens[index - 1] if index else None
    if before is not None and ("since" in before.tags or before.text in _REFERENCE):
        return True
    segment = reading.segment_of[index]
    tags = reading.segment_tags[segment]
    return "agree.ref" in tags and not any(verb.segment == segment for verb in reading.verbs)


def _days(reading: Reading) -> list[tuple[int, Token]]:
    return [
        (index, token)
        for index, token in enumerate(reading.sentence.tokens)
        if token.day is not None and not _is_reference(reading, index)
    ]


def _sentence_kind(reading: Reading) -> Kind | None:
    tags = reading.tags
    if "kind.children" in tags and "kind.remains" not in tags:
        return "children"
    if "kind.remains" in tags:
        return "remains"
    if tags & {"kind.prisoners", "captivity", "captivity.russia", "captivity.ukraine"}:
        return "prisoners"
    if "kind.civilians" in tags:
        return "civilians"
    return "prisoners" if "noun.exchange" in tags or "verb.swap" in tags else None


def _story_kinds(readings: Sequence[Reading]) -> list[Kind]:
    """Give the kind that each sentence is about where it does not say: that of the paragraph, of the title."""
    topic: Kind = next((kind for reading in readings if (kind := _sentence_kind(reading)) is not None), "prisoners")
    kinds: list[Kind] = []
    paragraph, current = -1, topic
    for reading in readings:
        if reading.sentence.paragraph != paragraph:
            paragraph, current = reading.sentence.paragraph, topic
        current = _sentence_kind(reading) or current
        kinds.append(current)
    return kinds


def _news_date(story: Story) -> tuple[dt.date, bool]:
    candidates: list[tuple[int, dt.date]] = []
    for place, reading in enumerate(story.readings):
        if reading.sentence.paragraph > _FRONT or story.background[place]:
            continue
        handing = reading.happened or ("happened" in reading.tags and not candidates)
        if not handing:
            continue
        for _, token in _days(reading):
            if token.day is None or token.day.date is None:
                continue
            if story.published - token.day.date <= _STALE:
                candidates.append((0 if token.day.form in ("day", "today") else 1, token.day.date))
        if any(rank == 0 for rank, _ in candidates):
            break
    if candidates:
        return min(candidates, key=lambda one: one[0])[1], True
    return story.published, False


def _backgrounds(readings: Sequence[Reading]) -> list[bool]:
    """Mark the sentences that tell of the past: "recall", "earlier", "the last exchange"."""
    marks: list[bool] = []
    paragraph, strong = -1, False
    for reading in readings:
        if reading.sentence.paragraph != paragraph:
            paragraph, strong = reading.sentence.paragraph, False
        opening = reading.sentence.tokens[:3]
        if reading.sentence.paragraph > 0 and any("background.strong" in token.tags for token in opening):
            strong = True
        marks.append(strong or ("background" in reading.tags and reading.sentence.paragraph > 0 and not _fresh(reading)))
    return marks


def _fresh(reading: Reading) -> bool:
    return any(token.day is not None and token.day.form == "today" for token in reading.sentence.tokens)


def tell_story(readings: list[Reading], lexicon: Lexicon, published: dt.date) -> Story:
    """Work out what the sentences have in common."""
    story = Story(readings=readings, lexicon=lexicon, published=published)
    story.background = _backgrounds(readings)
    story.kinds = _story_kinds(readings)
    story.speakers = [find_speakers(reading, lexicon) for reading in readings]
    story.news_date, story.dated = _news_date(story)
    return story


def _figure_day(story: Story, place: int, figure: Figure) -> tuple[dt.date | None, bool]:
    """Find the day of a figure: in its segment, its sentence, or the sentence before it. The second: whether one is told."""
    reading = story.readings[place]
    days = _days(reading)
    if days:
        own = [one for one in days if reading.segment_of[one[0]] == figure.segment]
        precise = [one for one in own or days if one[1].day is not None and one[1].day.form != "weekday"]
        before = [one for one in precise or own or days if one[0] < figure.start]
        pool = (own and precise) or before or precise or days
        chosen = min(
            pool, key=lambda one: (abs(reading.segment_of[one[0]] - figure.segment), abs(one[0] - figure.start))
        )
        assert chosen[1].day is not None
        return chosen[1].day.date, True
    same_paragraph = place > 0 and story.readings[place - 1].sentence.paragraph == reading.sentence.paragraph
    if same_paragraph and (story.background[place - 1] or "then" in reading.tags):
        earlier = _days(story.readings[place - 1])
        if earlier and earlier[-1][1].day is not None and earlier[-1][1].day.date is not None:
            return earlier[-1][1].day.date, True
        if "then" in reading.tags or story.background[place - 1]:
            return (None, True) if story.background[place - 1] else (None, False)
    return None, False


def _total(story: Story, reading: Reading, figure: Figure) -> tuple[bool, dt.date | None, dt.date | None]:
    """Tell whether a figure is cumulative, counted since when, and as of when."""
    tokens = reading.sentence.tokens
    near = {figure.segment, figure.segment - 1, figure.segment + 1}
    tags: set[str] = set()
    for segment in near:
        if 0 <= segment < len(reading.segment_tags):
            tags |= reading.segment_tags[segment]
    whole = reading.tags
    since: dt.date | None = None
    as_of: dt.date | None = story.published
    total = False
    if "since.invasion" in tags or ("since.invasion" in whole and len(reading.figures) <= 3):
        total, since = True, INVASION
    elif (
        "since.last_year" in tags
        and tags & {"total", "since.year"}
        and "since.last_year" in reading.segment_tags[figure.segment]
    ):
        year = story.published.year - 1
        return True, dt.date(year, 1, 1), dt.date(year, 12, 31)
    elif "since.year" in whole or "total" in whole:
        year_day = next((token.day for token in tokens if token.day is not None and token.day.form == "year"), None)
        yearly = any(token.text in _THIS_YEAR for token in tokens) or year_day is not None
        if "since.year" in whole and yearly:
            total = True
            since = dt.date(year_day.year if year_day is not None and year_day.year else story.published.year, 1, 1)
            if any("earlier" in token.text for token in tokens):
                total, since = False, None
        elif "total" in tags and not whole & {"background.strong"}:
            total = True
    else:
        for index, token in enumerate(tokens):
            if (
                token.day is not None
                and token.day.form == "year"
                and index
                and tokens[index - 1].text in ("за", "in", "у", "в", "during", "during")
            ):
                total = token.day.year is not None
                since = dt.date(token.day.year or 1, 1, 1) if total else None
                if token.day.year != story.published.year and total:
                    as_of = dt.date(token.day.year or 1, 12, 31)
    for index, token in enumerate(tokens):
        if (
            token.day is not None
            and token.day.date is not None
            and index
            and "since" in tokens[index - 1].tags
            and "captivity" not in reading.segment_tags[reading.segment_of[index]]
            and (reading.segment_of[index] in near)
            and tokens[index - 1].text not in ("від", "от")
        ):
            total, since = True, token.day.date
        if token.day is not None and index and "as.of" in tokens[index - 1].tags and token.day.date is not None:
            as_of = token.day.date
        if (
            token.day is not None
            and token.day.form == "month"
            and total
            and since != INVASION
            and token.day.year is None
        ):
            as_of = None
    return total, since, as_of


_THIS_YEAR = frozenset(
    {
        "this year",
        "so far this year",
        "since the start of the year",
        "since the beginning of the year",
        "since the start of this year",
        "цього року",
        "цьогоріч",
        "з початку року",
        "від початку року",
        "із початку року",
        "з початку цього року",
        "від початку цього року",
        "з початку поточного року",
        "у цьому році",
        "поточного року",
        "за цей рік",
        "с начала года",
        "с начала этого года",
        "с начала текущего года",
        "в этом году",
        "за этот год",
        "в текущем году",
        "этого года",
        "year to date",
        "since january",
        "with the start of the year",
    }
)


def _recipients(story: Story, place: int, figure: Figure, default: Recipient | None) -> Sequence[Recipient]:
    if figure.both:
        return RECIPIENTS
    if figure.recipient is not None:
        return (figure.recipient,)
    reading = story.readings[place]
    if figure.pair is not None:
        return ()
    if reading.tags & {"sides", "noun.exchange"} and (
        figure.verb is None or figure.verb.sort in ("swap", "noun", "free")
    ):
        return ()
    speakers = story.speakers[place]
    parties = [speaker.party for speaker in speakers if speaker.party != "other"]
    if "own" in figure.tags and parties:
        return (parties[0],)
    if default is not None:
        return (default,)
    return (parties[0],) if parties else ()


def _default_recipient(story: Story) -> Recipient | None:
    """Give the recipient that the article speaks of where it names none: that of its first figure, or of its speaker."""
    for reading in story.readings:
        for figure in reading.figures:
            if figure.recipient is not None and figure.mood == "done" and not figure.subset:
                return figure.recipient
    parties = Counter(speaker.party for speakers in story.speakers for speaker in speakers if speaker.party != "other")
    if len(parties) == 1:
        return next(iter(parties))
    return "ukraine" if story.lexicon.language == "uk" else None


def collect(story: Story) -> list[Statement]:
    """Collect the statements of completed handovers, in the order of the text."""
    statements: list[Statement] = []
    default = _default_recipient(story)
    order: tuple[Recipient, Recipient] | None = None
    for place, reading in enumerate(story.readings):
        figures = [figure for figure in reading.figures if _stated(reading, figure)]
        pairs = [figure for figure in reading.figures if figure.pair is not None and not figure.both]
        for figure in figures:
            if any(tag in figure.tags for tag in ("rank", "axis")):
                continue
            if figure.subset and figure.kind not in ("civilians",):
                continue
            if figure.pair is not None and not figure.both:
                recipients: Sequence[Recipient] = (
                    (figure.recipient,)
                    if figure.recipient and figure.recipient != _pair_mate(pairs, figure)
                    else _pair_recipient(reading, figure, order)
                )
            elif figure.pair == 1 and figure.both:
                continue
            else:
                recipients = _recipients(story, place, figure, default)
            statements.extend(_statement(story, place, figure, recipient) for recipient in recipients)
        if pairs or len(figures) >= 2:
            told = [one.recipient for one in statements if one.place == place]
            if len(told) >= 2 and told[0] != told[1]:
                order = (told[0], told[1])
    return statements


def _pair_mate(pairs: Sequence[Figure], figure: Figure) -> Recipient | None:
    for other in pairs:
        if other is not figure and other.pair is not None and other.pair != figure.pair:
            return other.recipient
    return None


def _pair_recipient(reading: Reading, figure: Figure, order: tuple[Recipient, Recipient] | None) -> Sequence[Recipient]:
    """Give the recipient of one number of "1000 for 24": as the sentence names the parties, or as the pair before it."""
    named = [
        party
        for token in reading.sentence.tokens
        for party in RECIPIENTS
        if token.tags & {f"party.{party}", f"to.{party}"}
    ]
    if len(named) == 2 and named[0] != named[1]:
        order = (named[0], named[1])
    return (order[figure.pair or 0],) if order is not None else ()


def _stated(reading: Reading, figure: Figure) -> bool:
    if figure.mood == "done":
        return True
    if figure.mood == "none" and figure.verb is None:
        titled = (
            reading.sentence.paragraph == 0
            and "loss" not in reading.tags
            and not reading.tags & {"plan", "not", "cond"}
        )
        return (titled and figure.kind is not None) or (figure.pair is not None and not reading.tags & {"plan", "cond"})
    return False


def _statement(story: Story, place: int, figure: Figure, recipient: Recipient) -> Statement:
    reading = story.readings[place]
    total, since, as_of = _total(story, reading, figure)
    day, told = _figure_day(story, place, figure)
    background = story.background[place]
    if not total and told and day is None and not _news_day_told(story, reading):
        background = True
    date: dt.date | None
    if total:
        date = as_of
        background = True
    elif day is not None:
        date = day
        background = background or day < story.news_date
    elif background:
        date = None
    else:
        date = story.news_date
    speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=recipient)
    if speaker is None:
        speaker = _discourse_speaker(
            story, place, background=background and not total, recipient=recipient, figure=figure
        )
        attributed = False
    else:
        attributed = True
    return Statement(
        figure=figure,
        place=place,
        quote=_quote(reading, figure),
        kind=figure.kind or story.kinds[place],
        recipient=recipient,
        measure="total" if total else "round",
        date=date,
        since=since if total else None,
        background=background,
        party=speaker.party if speaker is not None else "other",
        claimant=speaker.name if speaker is not None and speaker.named else "",
        attributed=attributed,
        extra=figure.extra,
        paragraph=reading.sentence.paragraph,
        within="within" in reading.tags,
    )


def _news_day_told(story: Story, reading: Reading) -> bool:
    return any(token.day is not None and token.day.date == story.news_date for token in reading.sentence.tokens)


def _discourse_speaker(
    story: Story, place: int, *, background: bool, recipient: Recipient, figure: Figure
) -> Speaker | None:
    """Give an unattributed figure to the speaker of the sentences around it, where there is only one."""
    paragraph = story.readings[place].sentence.paragraph
    if background:
        if (
            place
            and story.readings[place - 1].sentence.paragraph == paragraph
            and story.background[place - 1]
            and ("then" in story.readings[place].tags)
        ):
            return choose_speaker(story.speakers[place - 1], segment=0, index=0, recipient=recipient)
        return None
    if paragraph > 0:
        for earlier in range(place - 1, -1, -1):
            if story.readings[earlier].sentence.paragraph < paragraph - 2:
                break
            found = [one for one in story.speakers[earlier] if not story.background[earlier]]
            if (
                found
                and story.readings[earlier].sentence.paragraph > 0
                and (story.readings[earlier].verbs or story.readings[earlier].figures)
            ):
                if {one.party for one in found} == {"other"} and story.readings[
                    earlier
                ].sentence.paragraph != paragraph:
                    continue
                return choose_speaker(found, segment=-1, index=10_000, recipient=recipient)
    later: list[Speaker] = []
    for place_after in range(place + 1, len(story.readings)):
        if story.background[place_after]:
            continue
        after = story.readings[place_after]
        figures = [one for one in after.figures if _stated(after, one) and not one.subset]
        if figures and all(one.count != figure.count for one in figures) and paragraph > 0:
            continue
        later.extend(story.speakers[place_after])
    parties = {one.party for one in later if one.party != "other"}
    if len(parties) == 1:
        return next(one for one in later if one.party != "other")
    if len(parties) == 2 and paragraph == 0:
        return next((one for one in later if one.party == recipient), None)
    return None


def _quote(reading: Reading, figure: Figure) -> str:
    """Cut the words that the figure was read from: its segment, with the verb's where they are neighbours."""
    tokens = reading.sentence.tokens
    segments = {figure.segment}
    if figure.verb is not None:
        segments |= set(range(min(figure.segment, figure.verb.segment), max(figure.segment, figure.verb.segment) + 1))
    inside = [token for token, segment in zip(tokens, reading.segment_of, strict=True) if segment in segments]
    return reading.sentence.raw[inside[0].start : inside[-1].end].strip(" ,;:–—-")[:300]
