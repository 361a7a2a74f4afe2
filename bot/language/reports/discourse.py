"""What an article states: its figures, each set in time, given to a speaker, told news from background."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.claims import RECIPIENTS, ClaimMeasure, Kind, Party, Recipient
from bot.language.reports.attribution import surrounding_speaker
from bot.language.reports.parts import COUNTED, OTHER, Figure, Reading
from bot.language.reports.speakers import Speaker, choose_speaker
from bot.language.reports.story import Story
from bot.language.reports.timing import Span, days_of, figure_day, total_span

_QUOTE = 300
#: No handover of a kind has been larger.
_LARGEST: dict[Kind, int] = {"remains": 3000, "prisoners": 1500, "civilians": 500, "children": 200}
_FRONT = 2
#: So few may stand beside others of their own side.
_FEW = 3
_FEWEST_LISTED = 2
_SHORT = 8
#: Clauses back in which a "when" finds its day.
_RECALLED = 2
#: Figures so many times apart are not of one thing.
_UNLIKE = 2
#: Two sides' figures for one thing differ by no more than this share.
_NEAR = 0.15
_HANDED = frozenset({"home", "noun.exchange", "noun.handover", "captivity", "captivity.russia", "captivity.ukraine"})
#: Predicates that a speaker uses of his own side where he names none.
_OWN_RETURN = frozenset({"home", "swing", "noun", "free", "none", "get"})


@dataclass(slots=True, kw_only=True)
class Statement:
    """A figure of the article with everything that a claim needs."""

    figure: Figure
    #: The clause itself tells who receives.
    explicit: bool
    #: Number of the sentence.
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
    paragraph: int
    main: bool = False
    #: Of civilians: the figure of prisoners counts them too.
    included: bool = False


def collect(story: Story) -> list[Statement]:
    """Collect the statements of completed handovers, in the order of the text."""
    statements: list[Statement] = []
    default = _default_recipient(story)
    order: tuple[Recipient, Recipient] | None = None
    for place, reading in enumerate(story.readings):
        if "elsewhere" in reading.tags and not reading.tags & _OURS:
            continue
        staged = "stage" in reading.tags
        figures = [
            figure for figure in reading.figures if stated(story, place, figure) and _whole(figure, reading.figures)
        ]
        figures = [figure for figure in figures if not (staged and figure.pair is not None and figure.both)]
        figures = [
            figure for figure in figures if not (figure.both and figure.count > _LARGEST[_kind(story, place, figure)])
        ]
        for figure in figures:
            if figure.restated and figure.kind is None:
                figure.kind = next((one.kind for one in statements if one.figure.count == figure.count), None)
            meant = _restated(story, place, statements, figure)
            for recipient in meant or _recipients(story, place, figure, figures, default=default, order=order):
                statements.append(
                    _statement(story, place, figure, recipient, last=_leans_on(statements, place, figure))
                )
        told = [one.recipient for one in statements if one.place == place]
        if len(told) >= 2 and told[0] != told[1]:
            order = (told[0], told[1])
    return statements


_OURS = frozenset(
    f"{role}.{party}" for role in ("party", "to", "from", "by", "captivity", "nat") for party in RECIPIENTS
) | {"sides", "amb.russia"}


def _whole(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a figure is no sub-count; civilians among the freed are told apart, and each side's part of a sum."""
    if figure.pair == 1 and figure.both:
        return False
    if figure.subset and "civilian" not in figure.tags and not _side_of_sum(figure, figures):
        return False
    return "rank" not in figure.tags or bool(figure.tags & {"kind.remains", "kind.prisoners"})


def _side_of_sum(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a part is one side's: "218 were exchanged, including 108 Ukrainian and 110 Russian women"."""
    place = figures.index(figure)
    swapped = [one for one in figures[:place] if one.verb is not None and one.verb.sort == "swap" and not one.both]
    nations = {tag for one in figures for tag in one.tags & {"nat.ukraine", "nat.russia"}}
    own = bool(figure.tags & {"nat.ukraine", "nat.russia"})
    return own and (len(nations) == len(_NATIONS) or any(one.recipient is None for one in swapped))


_NATIONS = ("nat.ukraine", "nat.russia")


def stated(story: Story, place: int, figure: Figure) -> bool:
    """Whether a figure is told of as a completed handover."""
    reading = story.readings[place]
    if figure.mood == "done":
        return True
    if "retracted" in reading.tags:
        return False
    if figure.mood != "none" or reading.tags & {"plan", "not", "cond", "loss", "court", "paper", "feature"}:
        return False
    if figure.verb is not None and figure.verb.sort != "noun":
        return False
    if figure.pair is not None and (figure.verb is None or story.speakers[place]):
        return True
    if _listed(story, place):
        return False
    if _elliptic(story, place, figure):
        return True
    return _reported_again(story, place, figure) or _told_in_other_words(story, place, figure)


def _elliptic(story: Story, place: int, figure: Figure) -> bool:
    """Whether a sentence of a side and a number goes on with the one before: "Нам — 35.", "Росії – 26."."""
    reading = story.readings[place]
    if reading.verbs or not place or len(reading.tokens) > _SHORT or reading.paragraph == 0:
        return False
    named = any(tag.startswith(("to.", "party.", "elliptic.", "amb.")) for tag in reading.segment_tags[figure.segment])
    return named and any(one.mood == "done" for one in story.readings[place - 1].figures)


def _listed(story: Story, place: int) -> bool:
    """Whether a sentence without a predicate lists those counted before: "14 soldiers, four guardsmen"."""
    reading = story.readings[place]
    if reading.verbs or len(reading.figures) < _FEWEST_LISTED or not place or "kind.civilians" in reading.tags:
        return False
    told = [one.count for one in story.readings[place - 1].figures if one.mood == "done"]
    return bool(told) and sum(one.count for one in reading.figures) <= max(told)


def _told_in_other_words(story: Story, place: int, figure: Figure) -> bool:
    """Whether the lead gives a figure with a verb that the lexicon does not know, and the text tells the handover."""
    reading = story.readings[place]
    if (
        reading.paragraph > 1
        or figure.bare
        or not figure.tags & COUNTED
        or not (story.speakers[place] or figure.recipient or story.voice)
    ):
        return False
    if reading.tags & {"total", "age", "front.verb"} or story.background[place]:
        return False
    return any(
        other.happened and not story.background[later] and other.paragraph <= _FRONT
        for later, other in enumerate(story.readings)
        if later != place and (other.tags & _HANDED or other.figures)
    )


def _reported_again(story: Story, place: int, figure: Figure) -> bool:
    """Whether a sentence only gives the figure of a handover told before: "Kyiv speaks of 1,003 bodies"."""
    reading = story.readings[place]
    if reading.paragraph == 0 or (figure.bare and figure.kind is None and not figure.restated):
        return False
    if story.background[place] and not days_of(reading) and "then" not in reading.tags:
        return False
    if not story.speakers[place] and figure.kind != "civilians" and not (figure.both and days_of(reading)):
        return False
    kind = figure.kind or story.kinds[place]
    return any(
        (other.kind or story.kinds[earlier]) == kind or kind == "civilians"
        for earlier in range(place)
        for other in story.readings[earlier].figures
        if other.mood == "done"
    )


def _recipients(
    story: Story,
    place: int,
    figure: Figure,
    figures: Sequence[Figure],
    *,
    default: Recipient | None,
    order: tuple[Recipient, Recipient] | None,
) -> Sequence[Recipient]:
    reading = story.readings[place]
    if figure.both:
        return RECIPIENTS
    if figure.pair is not None:
        return _pair_recipient(reading, figure, order)
    if "to.us" in reading.segment_tags[figure.segment] and (ours := _us(story, place, order, figures)) is not None:
        return (ours,)
    if figure.recipient is not None:
        return (OTHER[figure.recipient],) if _answers(story, place, figure) else (figure.recipient,)
    sort = figure.verb.sort if figure.verb is not None else "none"
    segment = reading.segment_tags[figure.verb.segment] if figure.verb is not None else frozenset[str]()
    mutual = bool(segment & {"sides", "noun.exchange"}) or story.lexicon.language == "en"
    if (sort == "swap" and mutual) or (reading.tags & {"sides"} and sort in ("noun", "free")):
        return ()
    parties = [one.party for one in story.speakers[place] if one.party != "other"]
    if "own" in figure.tags and not parties and (principal := _principal(story, place)) is not None:
        return (principal,)
    if "own" in figure.tags and parties:
        speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=None)
        return (speaker.party,) if speaker is not None and speaker.party != "other" else ()
    return _by_context(story, place, figure, figures, sort=sort, default=default)


def _restated(story: Story, place: int, statements: Sequence[Statement], figure: Figure) -> Sequence[Recipient]:
    """Give the recipient of the figure told before that a restated one is near to; of equals the speaker's own."""
    if not figure.restated or figure.recipient is not None or figure.both or "own" in figure.tags:
        return ()
    sides = [one for one in RECIPIENTS if f"elliptic.{one}" in story.readings[place].segment_tags[figure.segment]]
    if len(sides) == 1 and (figure.kind or story.kinds[place]) != "remains":
        return (sides[0],)
    alike = [one for one in statements if figure.kind in (None, one.kind) and one.measure == "round"]
    if not alike:
        return ()
    reading = story.readings[place]
    for nation in RECIPIENTS:
        if any(
            f"nat.{nation}" in token.tags and reading.tokens[index + 1].tags & COUNTED
            for index, token in reading.in_segment(figure.segment)
            if index < figure.start - 1
        ):
            return (nation,)
    speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=None)
    party = speaker.party if speaker is not None else "other"
    nearest = min(alike, key=lambda one: (abs(one.figure.count - figure.count), one.recipient != party))
    gap = abs(nearest.figure.count - figure.count)
    return (nearest.recipient,) if gap <= _NEAR * max(nearest.figure.count, figure.count) else ()


def _answers(story: Story, place: int, figure: Figure) -> bool:
    """Whether a side returns bodies to the one that gave it others: "Россия передала 1000. Украина вернула 33"."""
    verb = figure.verb
    if verb is None or verb.sort != "swing" or figure.kind not in (None, "remains") or figure.further or not place:
        return False
    reading, before = story.readings[place], story.readings[place - 1]
    if f"party.{figure.recipient}" not in reading.segment_tags[verb.segment] or reading.paragraph != before.paragraph:
        return False
    if not before.paragraph or story.background[place]:
        return False
    return any(
        one.verb is not None
        and one.verb.sort == "give"
        and one.mood == "done"
        and one.recipient == figure.recipient
        and min(one.count, figure.count) * _UNLIKE < max(one.count, figure.count)
        for one in before.figures
    )


def _by_context(
    story: Story, place: int, figure: Figure, figures: Sequence[Figure], *, sort: str, default: Recipient | None
) -> Sequence[Recipient]:
    """Tell a recipient that the clause does not: by its neighbours, the speaker, the article."""
    reading_tags = story.readings[place].segment_tags[figure.segment]
    others = {one.recipient for one in figures if one is not figure and one.recipient is not None}
    if len(others) == 1:
        other = next(iter(others))
        beside = [one for one in figures if one.recipient == other and one.kind == figure.kind]
        if total_span(story.readings[place], figure, story.published) is not None and (
            figure.verb is None or figure.verb.segment != figure.segment
        ):
            return (other,)
        if "in.return" in reading_tags and not figure.extra:
            return (OTHER[other],)
        clash = any(one.count != figure.count and min(one.count, figure.count) > _FEW for one in beside) and sort in (
            "swing",
            "give",
            "get",
            "none",
        )
        return (OTHER[other],) if clash and not figure.extra else (other,)
    subjects = [party for party in RECIPIENTS if f"party.{party}" in story.readings[place].segment_tags[figure.segment]]
    if sort == "none" and len(subjects) == 1:
        return (subjects[0],)
    speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=None)
    if speaker is not None and speaker.party != "other" and sort in _OWN_RETURN:
        return (speaker.party,)
    principal = _principal(story, place)
    if sort == "get" and principal is not None:
        return (principal,)
    if sort == "give" and principal == "russia":
        return ("ukraine",)
    return (default,) if default is not None else ()


def _us(
    story: Story, place: int, order: tuple[Recipient, Recipient] | None, figures: Sequence[Figure]
) -> Recipient | None:
    """Tell whose side "to us" is: that of the channel, of the speaker, or not the one that was told before."""
    if story.voice is not None and story.voice.party != "other":
        return story.voice.party
    parties = {one.party for one in story.speakers[place] if one.party != "other"}
    for own in RECIPIENTS:
        if parties == {own}:
            return own
    told = [one.recipient for earlier in story.readings[:place] for one in earlier.figures if one.recipient is not None]
    told += [one.recipient for one in figures if one.recipient is not None]
    return OTHER[told[-1]] if told else None


def _principal(story: Story, place: int) -> Recipient | None:
    """Give the side that tells the story: that of the next official who speaks, from a sentence on."""
    for speakers in (*story.speakers[place:], *story.speakers):
        for one in speakers:
            if one.party != "other":
                return one.party
    return None


def _pair_recipient(reading: Reading, figure: Figure, order: tuple[Recipient, Recipient] | None) -> Sequence[Recipient]:
    """Give the recipient of one number of "1000 for 24": in the order of the parties named, or of the pair before."""
    named = [
        party for token in reading.tokens for party in RECIPIENTS if token.tags & {f"party.{party}", f"to.{party}"}
    ]
    if len(named) == 2 and named[0] != named[1]:
        order = (named[0], named[1])
    if order is not None:
        return (order[figure.pair or 0],)
    return ()


def _default_recipient(story: Story) -> Recipient | None:
    """Give the recipient that the article speaks of where it names none."""
    for reading in story.readings:
        for figure in reading.figures:
            if figure.recipient is not None and figure.mood == "done" and not figure.subset:
                return figure.recipient
    parties = Counter(speaker.party for speakers in story.speakers for speaker in speakers if speaker.party != "other")
    if len(parties) == 1:
        return next(iter(parties))
    return "ukraine" if story.lexicon.language == "uk" else None


def _leans_on(statements: Sequence[Statement], place: int, figure: Figure) -> Span | None:
    """Give what a figure may lean on: the total before it in its sentence, or totals that are all that was told."""
    before = statements[-1] if statements else None
    if before is not None and (before.place, before.measure) == (place, "total") and before.figure is not figure:
        return Span(since=before.since, as_of=before.date) if figure.bare else None
    return _only_totals([one for one in statements if one.place != place])


def _told_start(story: Story, place: int) -> dt.date | None:
    """Give the start that the sentence before tells: "since the start of 2025 there were 13 exchanges. Kyiv got …"."""
    if not place or story.readings[place - 1].paragraph != story.readings[place].paragraph:
        return None
    before = story.readings[place - 1]
    if any(figure.mood == "done" and not figure.bare for figure in before.figures):
        return None
    if "since.year" in before.tags:
        return dt.date(story.published.year, 1, 1)
    years = [
        token.day.year
        for earlier, token in pairwise(before.tokens)
        if token.day is not None and token.day.form == "year" and "since.start" in earlier.tags
    ]
    return dt.date(years[0], 1, 1) if years and years[0] is not None else None


def _only_totals(statements: Sequence[Statement]) -> Span | None:
    """Give what the last figure covers where the text has told of nothing but totals."""
    body = [one for one in statements if one.paragraph > 0]
    if not body or any(one.measure == "round" for one in body) or body[-1].date is None:
        return None
    return Span(since=body[-1].since, as_of=body[-1].date)


def _goes_on(reading: Reading, figure: Figure) -> bool:
    """Whether a sentence goes on with what the one before began: "besides, …", "in return …"."""
    opening = reading.tokens[:3]
    return any(token.tags & {"plus", "in.return", "total"} for token in opening) and not figure.further


def _statement(story: Story, place: int, figure: Figure, recipient: Recipient, *, last: Span | None) -> Statement:
    reading = story.readings[place]
    span = total_span(reading, figure, story.published)
    if span is None and _beyond_one_round(reading, figure, _kind(story, place, figure)):
        span = Span(since=None, as_of=story.published)
    if figure.verb is not None and _recalled(reading, figure.verb.segment):
        span = None
    same_sentence = last is not None and figure is not reading.figures[0]
    date, background = _when(story, place, figure)
    if span is not None and span.since is None:
        span = Span(since=_told_start(story, place), as_of=span.as_of)
    if span is None and last is not None and not days_of(reading):
        span = last if same_sentence or _goes_on(reading, figure) else None
    if span is not None:
        date, background = span.as_of, True
    speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=recipient)
    attributed = speaker is not None
    if speaker is None and (source := _stranger(reading)):
        speaker = Speaker(index=0, segment=0, party="other", name=source, named=False)
    if speaker is None and "own.count" not in reading.tags:
        past = background and (span is None or story.background[place])
        speaker = surrounding_speaker(story, place, figure, recipient, background=past)
    return Statement(
        figure=figure,
        explicit=figure.both or figure.recipient is not None,
        place=place,
        quote=_quote(reading, figure),
        kind=_kind(story, place, figure),
        recipient=recipient,
        measure="total" if span is not None else "round",
        date=date,
        since=span.since if span is not None else None,
        background=background,
        party=speaker.party if speaker is not None else "other",
        claimant=speaker.name if speaker is not None and speaker.named else "",
        attributed=attributed,
        paragraph=reading.paragraph,
    )


def _stranger(reading: Reading) -> str:
    """Give the outlet that a sentence quotes, where the lexicon does not know it: "за даними РБК"."""
    for index, token in enumerate(reading.tokens[:-1]):
        following = reading.tokens[index + 1]
        if "according" in token.tags and not following.tags and following.text[0].isalpha():
            if not reading.sentence.raw[following.start].isupper() and index + 2 < len(reading.tokens):
                following = reading.tokens[index + 2]
            if following.tags or not reading.sentence.raw[following.start].isupper():
                continue
            return reading.sentence.raw[following.start : following.end]
    return ""


def _beyond_one_round(reading: Reading, figure: Figure, kind: Kind) -> bool:
    """Whether a figure is too large for one handover and the sentence names no day: then it is cumulative."""
    dated = any(token.day is not None and token.day.form != "month" for token in reading.tokens)
    return figure.count > _LARGEST[kind] and not dated and figure.pair is None and not figure.both


def _kind(story: Story, place: int, figure: Figure) -> Kind:
    """Give the kind of a figure; who is freed is no body, whatever else the sentence tells."""
    kind = figure.kind or story.kinds[place]
    freed = figure.verb is not None and figure.verb.sort == "free"
    return "prisoners" if freed and figure.kind is None and kind == "remains" else kind


def _when(story: Story, place: int, figure: Figure) -> tuple[dt.date | None, bool]:
    """Give the day of a round's figure, and whether that makes it background."""
    reading = story.readings[place]
    background = story.background[place]
    if figure.verb is not None and _recalled(reading, figure.verb.segment):
        return _recalled_day(reading, figure.verb.segment), True
    if (before := _days_before(reading, figure)) is not None:
        heads = figure.segment == 0 and figure.start <= _SHORT
        return (story.published if heads else story.news_date) - dt.timedelta(days=before), True
    day, told = figure_day(reading, figure)
    if day is None and "same.day" in reading.tags:
        day = _day_before(story, place)
    if day is not None:
        return day, background or day < story.news_date
    if told and not any(token.day is not None and token.day.date == story.news_date for token in reading.tokens):
        return None, True
    if not background:
        return story.news_date, False
    for earlier in range(place - 1, -1, -1):
        if story.readings[earlier].paragraph != reading.paragraph or not story.background[earlier]:
            break
        days = [token.day for _, token in days_of(story.readings[earlier]) if token.day is not None]
        if days:
            return days[-1].date, True
    return None, True


def _days_before(reading: Reading, figure: Figure) -> int | None:
    """Read "a day after 390 were freed", "two days after a transfer of 1,212": how long before the news."""
    inside = [token for index, token in reading.in_segment(figure.segment) if index < figure.start]
    for place, token in enumerate(inside[:-1]):
        if "day.word" in token.tags and "after" in inside[place + 1].tags:
            number = inside[place - 1].number if place else None
            return number.value if number is not None else 1
    return None


def _day_before(story: Story, place: int) -> dt.date | None:
    """Give the day that the sentence before tells, to which "the same day" refers."""
    if not place or story.readings[place - 1].paragraph != story.readings[place].paragraph:
        return None
    days = [token.day for _, token in days_of(story.readings[place - 1]) if token.day is not None]
    return days[-1].date if days else None


def _recalled(reading: Reading, segment: int) -> bool:
    """Whether a clause only dates another thing: "since August 7, when 22 came home"."""
    opening = reading.in_segment(segment)[:2]
    return segment > 0 and any("rel.when" in token.tags for _, token in opening)


def _recalled_day(reading: Reading, segment: int) -> dt.date | None:
    days = [
        token.day
        for index, token in enumerate(reading.tokens)
        if token.day is not None and 0 <= segment - reading.segment_of[index] <= _RECALLED
    ]
    return days[-1].date if days else None


def _quote(reading: Reading, figure: Figure) -> str:
    """Cut the words that a figure was read from: its segment and its verb's."""
    segments = {figure.segment}
    if figure.verb is not None:
        low, high = sorted((figure.segment, figure.verb.segment))
        segments = set(range(low, high + 1))
    inside = [token for token, segment in zip(reading.tokens, reading.segment_of, strict=True) if segment in segments]
    return reading.sentence.raw[inside[0].start : inside[-1].end].strip(" ,;:–—-")[:_QUOTE]
