"""What an article states: its figures, each set in time, given to a speaker, told news from background."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise, takewhile

from bot.domain.claims import RECIPIENTS, Kind, Recipient
from bot.language.reports.attribution import surrounding_speaker
from bot.language.reports.doubts import settle_doubts
from bot.language.reports.lexicon import INVASION
from bot.language.reports.parts import Figure, Reading, Span
from bot.language.reports.receivers import default_recipient, recipients_of, restated_for
from bot.language.reports.spans import total_span
from bot.language.reports.speakers import Speaker, choose_speaker
from bot.language.reports.statements import Statement
from bot.language.reports.story import Story
from bot.language.reports.telling import stated
from bot.language.reports.timing import days_of, figure_day

_QUOTE = 300
#: No handover of a kind has been larger.
_LARGEST: dict[Kind, int] = {"remains": 3000, "prisoners": 1500, "civilians": 500, "children": 200}
_SHORT = 8
#: "He said on Friday that …": words from the saying to its day.
_SAID_ON = 2
#: Clauses back in which a "when" finds its day.
_RECALLED = 2
_OURS = frozenset(
    f"{role}.{party}" for role in ("party", "to", "from", "by", "of", "adj", "captivity", "nat") for party in RECIPIENTS
) | {"sides", "amb.russia"}
_SPANS = frozenset(
    {"total", "since.invasion", "since.year", "since.last_year", "since.agreed", "since", "period", "deported"}
)
_OUTLETS = frozenset({"outlet.ukraine", "outlet.russia"})
#: "300 prisoners freed from both sides": words from those counted to the sides.
_TOGETHER = 2
#: Sentences between a sum of both ways and its halves.
_SUMMED = 3
#: What tells one handover, and no sum.
_OF_A_DAY = frozenset({"day", "noun.handover", "same.day", "background", "then"})
_NATIONS = ("nat.ukraine", "nat.russia")


def collect(story: Story) -> list[Statement]:
    """Collect the statements of completed handovers, in the order of the text."""
    statements: list[Statement] = []
    settle_doubts(story)
    order: tuple[Recipient, Recipient] | None = None
    sums = _sums_of_both(story)
    for place, reading in enumerate(story.readings):
        if "elsewhere" in reading.tags and not reading.tags & _OURS:
            continue
        staged = "stage" in reading.tags
        figures = [
            figure
            for figure in reading.figures
            if stated(story, place, figure) and (_of_the_taken(story, place, figure) or _whole(figure, reading.figures))
        ]
        figures = [
            figure
            for figure in figures
            if not (
                _of_both_together(reading, figure)
                or _of_several_days(reading, figure)
                or _named_with_others(story, place, figure)
            )
        ]
        figures = [figure for figure in figures if figure.count not in sums or figure.recipient is not None]
        figures = [figure for figure in figures if not (staged and figure.pair is not None and figure.both)]
        figures = [
            figure for figure in figures if not (figure.both and figure.count > _LARGEST[_kind(story, place, figure)])
        ]
        for figure in figures:
            if figure.restated and figure.kind is None:
                figure.kind = next((one.kind for one in statements if one.figure.count == figure.count), None)
            meant = restated_for(story, place, statements, figure) or _as_before(story, place, statements, figure)
            for recipient in meant or recipients_of(
                story, place, figure, figures, default=default_recipient(story, place), order=order
            ):
                last = _leans_on(story, statements, place, figure)
                other = _other_way(story, statements, place, figure, recipient)
                statements.append(_statement(story, place, figure, recipient, last=last, other=other))
        told = [one.recipient for one in statements if one.place == place]
        if len(told) >= 2 and told[0] != told[1]:
            order = (told[0], told[1])
    return statements


def _sums_of_both(story: Story) -> set[int]:
    """Give the counts of which a sentence soon behind calls half one nation's: "314 freed. Of them 157 Ukrainians"."""
    return {
        whole.count
        for place, reading in enumerate(story.readings)
        if "subset" in reading.tags
        for before in story.readings[max(0, place - _SUMMED) : place]
        for whole in before.figures
        for half in reading.figures
        if half.count * 2 == whole.count and "civilians" not in (half.kind, whole.kind)
        if not reading.segment_tags[half.segment].isdisjoint(_NATIONS)
    }


def _as_before(story: Story, place: int, statements: Sequence[Statement], figure: Figure) -> Sequence[Recipient]:
    """Give who received "the same number" of another time: "757 on 14 February; the January round brought the same"."""
    tags = story.readings[place].segment_tags[figure.segment]
    if not figure.same or "in.return" in tags or tags.isdisjoint({"day", "background"}):
        return ()
    return [one.recipient for one in statements if one.place == place and one.figure.count == figure.count][-1:]


def _named_with_others(story: Story, place: int, figure: Figure) -> bool:
    """Whether a few are named among all who came home: "додому їдуть журналіст із Мелітополя, двоє священників"."""
    verb = figure.verb
    if verb is None or verb.sort != "home" or verb.segment >= figure.segment or verb.index > figure.start:
        return False
    reading = story.readings[place]
    counted = any(one.segment <= verb.segment for one in reading.figures)
    told = [one.count for earlier in story.readings[:place] for one in earlier.figures if one.mood == "done"]
    return not counted and not figure.bare and any(count > figure.count for count in told) and not figure.further


def _of_the_taken(story: Story, place: int, figure: Figure) -> bool:
    """Whether a figure counts all who are back of those taken: "19,500 deported. Of these, 2,126 are back so far"."""
    if figure.mood != "done" or not place or figure.start != min(one.start for one in story.readings[place].figures):
        return False
    before = story.readings[place - 1]
    taken = before.tags & {"deported"} and before.paragraph == story.readings[place].paragraph
    kind = figure.kind or story.kinds[place]
    whole = [one.count for one in before.figures if one.mood != "done" and one.kind in (None, kind)]
    return bool(taken) and kind == "children" and any(count > figure.count for count in whole)


def _whole(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a figure is no sub-count; civilians among the freed are told apart, and each side's part of a sum."""
    if figure.pair == 1 and figure.both:
        return False
    if figure.subset and "civilian" not in figure.tags and not _side_of_sum(figure, figures):
        return False
    return "rank" not in figure.tags or bool(figure.tags & {"kind.remains", "kind.prisoners"})


def _of_several_days(reading: Reading, figure: Figure) -> bool:
    """Whether a figure is that of an exchange of several days: "finished a three-day exchange of 1,000 each"."""
    lead = [token for index, token in reading.in_segment(figure.segment) if index < figure.start]
    while lead and (lead[-1].text in ("of", "a") or "about" in lead[-1].tags):
        lead.pop()
    named = bool(lead) and "noun.handover" in lead[-1].tags
    return figure.both and named and any("lasting" in token.tags for token in lead)


def _of_both_together(reading: Reading, figure: Figure) -> bool:
    """Whether a figure counts those of both sides together: "314 prisoners from both sides", not "по 157 с обеих"."""
    behind = takewhile(lambda token: not token.is_mark, reading.tokens[figure.end : figure.end + _TOGETHER])
    if "both.together" not in reading.tags or not any("both.together" in token.tags for token in behind):
        return False
    return figure.pair is None and not (figure.start and "each" in reading.tokens[figure.start - 1].tags)


def _side_of_sum(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a part is one side's: "218 were exchanged, including 108 Ukrainian and 110 Russian women"."""
    place = figures.index(figure)
    swapped = [one for one in figures[:place] if one.verb is not None and one.verb.sort == "swap" and not one.both]
    nations = {tag for one in figures for tag in one.tags & {"nat.ukraine", "nat.russia"}}
    own = bool(figure.tags & {"nat.ukraine", "nat.russia"})
    return own and (len(nations) == len(_NATIONS) or any(one.recipient is None for one in swapped))


def _leans_on(story: Story, statements: Sequence[Statement], place: int, figure: Figure) -> Span | None:
    """Give what a figure may lean on: the total before it in its sentence, or totals that are all that was told."""
    before = statements[-1] if statements else None
    if before is not None and (before.place, before.measure) == (place, "total") and before.figure is not figure:
        reading = story.readings[place]
        returned = "in.return" in reading.segment_tags[figure.segment] and not _dated(reading)
        return Span(since=before.since, as_of=before.date) if figure.bare or returned else None
    return _only_totals([one for one in statements if one.place != place])


def _other_way(
    story: Story, statements: Sequence[Statement], place: int, figure: Figure, recipient: Recipient
) -> Span | None:
    """Give the total of the sentence before that a figure answers: "Over the year Kyiv got 12,000. Russia got 201"."""
    before = next((one for one in reversed(statements) if one.place < place), None)
    if before is None or before.measure != "total" or before.place != place - 1 or before.recipient == recipient:
        return None
    reading = story.readings[place]
    kind = _kind(story, place, figure)
    if before.paragraph != reading.paragraph or before.kind != kind or figure.further or reading.tags & _OF_A_DAY:
        return None
    rounds = [one for one in statements if (one.kind, one.measure) == (kind, "round")]
    told = any(one.figure.count == figure.count for one in rounds) or {one.recipient for one in rounds} == {
        before.recipient
    }
    return None if told else Span(since=before.since, as_of=before.date)


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
    opening = [token for token in reading.tokens if not token.is_mark][:3]
    return any(token.tags & {"plus", "in.return", "total", "also"} for token in opening) and not figure.further


def _statement(
    story: Story, place: int, figure: Figure, recipient: Recipient, *, last: Span | None, other: Span | None
) -> Statement:
    reading = story.readings[place]
    span = _covered(story, place, figure, last) or other
    same_sentence = last is not None and figure is not reading.figures[0]
    date, background = _when(story, place, figure)
    if span is not None and span.since is None and (start := _told_start(story, place)) is not None:
        ended = story.published.year > start.year
        span = Span(since=start, as_of=dt.date(start.year, 12, 31) if ended else span.as_of)
    if span is None and last is not None and not _dated(reading):
        span = last if same_sentence or _goes_on(reading, figure) else None
    if span is not None:
        date, background = span.as_of, True
    speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=recipient)
    attributed = speaker is not None
    if speaker is None and (source := _stranger(reading)):
        speaker = Speaker(index=0, segment=0, party="other", name=source, named=False)
    if speaker is None and not _counted_by_outlet(story, place):
        past = background and (span is None or story.background[place])
        speaker = surrounding_speaker(story, place, figure, recipient, background=past)
    return Statement(
        figure=figure,
        explicit=figure.both or (figure.recipient is not None and not figure.guessed),
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


def _of_the_day(story: Story) -> bool:
    """Whether the text tells a day of the news, or one exchange that took place."""
    return story.dated or any(
        {"noun.exchange", "happened"} <= reading.tags and not reading.of_many and reading.happened
        for reading, past in zip(story.readings, story.background, strict=True)
        if not past
    )


def _of_many_told(story: Story, place: int, figure: Figure) -> bool:
    """Whether the sentence before counts handovers, of which this gives the sum: "70 exchanges took place. In them"."""
    if not place or not story.readings[place - 1].of_many or figure.further:
        return False
    reading, before = story.readings[place], story.readings[place - 1]
    follows = before.paragraph == reading.paragraph or (before.paragraph == 0 and reading.sentence.position == 0)
    return follows and not reading.tags & {"day", "noun.exchange", "batch"}


def _covered(story: Story, place: int, figure: Figure, last: Span | None) -> Span | None:
    """Give what a cumulative figure covers, by its own sentence and the one before it."""
    reading = story.readings[place]
    if figure.verb is not None and _recalled(reading, figure.verb.segment):
        return None
    span = total_span(reading, figure, story.published)
    if (span is None or span.loose) and _of_many_told(story, place, figure):
        since = INVASION if "since.invasion" in story.readings[place - 1].tags else None
        return Span(since=since, as_of=story.published)
    if span is None and _beyond_one_round(reading, figure, _kind(story, place, figure)):
        span = last if last is not None and _goes_on(reading, figure) else Span(since=None, as_of=story.published)
    if span is not None and ((span.loose and _of_the_day(story)) or _of_one_told(story, place, figure, span)):
        span = None
    if span is None and _of_the_taken(story, place, figure):
        span = Span(since=None, as_of=story.published)
    return span


def _of_one_told(story: Story, place: int, figure: Figure, span: Span) -> bool:
    """Whether "in all" sums up the one exchange of the sentence before: "дома после вчерашнего обмена. Всего 205"."""
    reading = story.readings[place]
    before = story.readings[place - 1] if place else None
    if before is None or before.paragraph != reading.paragraph or span.since is not None or before.figures:
        return False
    marks = {tag for token in reading.tokens for tag in token.tags & _SPANS}
    dated = any(token.day is not None and token.day.date is not None for token in before.tokens)
    told = before.happened and "noun.exchange" in before.tags and dated and not story.background[place - 1]
    return (
        told
        and marks <= {"total"}
        and "summed" in reading.tags
        and figure.count <= _LARGEST[_kind(story, place, figure)]
    )


def _counted_by_outlet(story: Story, place: int) -> bool:
    """Whether the outlet counted itself, in a sentence or the one before: "за підрахунками редакції … Загалом …"."""
    if "own.count" in story.readings[place].tags:
        return True
    before = story.readings[place - 1] if place else None
    if before is None or before.paragraph != story.readings[place].paragraph or story.speakers[place - 1]:
        return False
    return "own.count" in before.tags


def _stranger(reading: Reading) -> str:
    """Give the outlet that a sentence quotes, where the lexicon does not know it: "за даними РБК"."""
    for index, token in enumerate(reading.tokens[:-1]):
        following = reading.tokens[index + 1]
        if "according" in token.tags and following.tags <= _OUTLETS and following.text[0].isalpha():
            if not reading.sentence.raw[following.start].isupper() and index + 2 < len(reading.tokens):
                following = reading.tokens[index + 2]
            if not following.tags <= _OUTLETS or not reading.sentence.raw[following.start].isupper():
                continue
            return reading.sentence.raw[following.start : following.end]
    return ""


def _beyond_one_round(reading: Reading, figure: Figure, kind: Kind) -> bool:
    """Whether a figure is too large for one handover and the sentence names no day: then it is cumulative."""
    return figure.count > _LARGEST[kind] and not _dated(reading) and figure.pair is None and not figure.both


def _dated(reading: Reading) -> bool:
    """Whether a sentence names a day that is not only that of its saying: "he said on Friday that …"."""
    return any(
        token.day is not None
        and token.day.form != "month"
        and not any("speech" in near.tags for near in reading.tokens[max(0, index - _SAID_ON) : index])
        for index, token in enumerate(reading.tokens)
    )


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
        day = _recalled_day(reading, figure.verb.segment)
        segment = figure.verb.segment
        named = any("noun.handover" in tags for tags in reading.segment_tags[max(0, segment - _RECALLED) : segment])
        return day, not (named and day == story.news_date)
    if _left_behind(reading, figure):
        return None, True
    if (before := _days_before(reading, figure)) is not None:
        heads = figure.segment == 0 and figure.start <= _SHORT
        return (story.published if heads else story.news_date) - dt.timedelta(days=before), True
    heading = reading.segment_tags[0] | reading.segment_tags[figure.segment]
    if "day.before" in (heading if len(reading.figures) > 1 else reading.tags):
        return story.news_date - dt.timedelta(days=1), True
    day, told = figure_day(reading, figure)
    if day is None and reading.tags & {"same.day", "day.after"}:
        day = _day_before(story, place)
        if day is not None and "day.after" in reading.tags:
            day += dt.timedelta(days=1)
    if day is not None:
        return day, background or day < story.news_date
    if told and not any(token.day is not None and token.day.date == story.news_date for token in reading.tokens):
        return None, True
    if not background or (figure.restated and "said.before" in reading.tags):
        return story.news_date, background
    for earlier in range(place - 1, -1, -1):
        if story.readings[earlier].paragraph != reading.paragraph or not story.background[earlier]:
            break
        days = [token.day for _, token in days_of(story.readings[earlier]) if token.day is not None]
        if days:
            return days[-1].date, True
    return None, True


def _left_behind(reading: Reading, figure: Figure) -> bool:
    """Whether a figure is that of a batch before this one: "вслед за первой партией в 1212 тел … получила еще 1200"."""
    lead = [(index, token) for index, token in reading.in_segment(figure.segment) if index < figure.start]
    behind = [index for index, token in lead if "behind" in token.tags]
    if not behind or figure.verb is None or figure.verb.index < figure.start:
        return False
    batch = any(token.tags & {"noun.handover", "batch"} for index, token in lead if index > behind[-1])
    other = any(one.start > figure.start and one.verb is figure.verb for one in reading.figures)
    return batch and other


def _days_before(reading: Reading, figure: Figure) -> int | None:
    """Read "a day after 390 were freed", "two days after a transfer of 1,212": how long before the news."""
    inside = [token for index, token in reading.in_segment(figure.segment) if index < figure.start]
    for place, token in enumerate(inside[:-1]):
        if "day.word" in token.tags and "after" in inside[place + 1].tags:
            number = inside[place - 1].number if place else None
            return number.value if number is not None else 1
    return None


def _day_before(story: Story, place: int) -> dt.date | None:
    """Give the day that the sentence before tells, to which "the same day" and "a day later" refer."""
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
