"""Whether a figure is told of as a completed handover: by its verb, in other words, or again."""

from bot.language.reports.parts import COUNTED, Figure, Reading
from bot.language.reports.story import Story, is_item
from bot.language.reports.timing import days_of

_FRONT = 2
_FEWEST_LISTED = 2
_SHORT = 8
_BRIEF = 12
_COPULAS = frozenset({"are", "is", "were", "was"})
_HANDED = frozenset({"home", "noun.exchange", "noun.handover", "captivity", "captivity.russia", "captivity.ukraine"})


def stated(story: Story, place: int, figure: Figure) -> bool:
    """Whether a figure is told of as a completed handover."""
    reading = story.readings[place]
    if figure.mood == "done":
        return True
    if "retracted" in reading.tags:
        return False
    told = reading.segment_tags[figure.segment] if figure.restated else reading.tags
    if figure.mood != "none" or told & {"plan", "not", "cond", "loss", "court", "paper", "feature", "aftercare"}:
        return False
    if figure.verb is not None and figure.verb.sort != "noun":
        return False
    if figure.pair is not None and (figure.verb is None or story.speakers[place] or _called_out(story, place, figure)):
        return True
    if _listed(story, place) or _of_a_plan(story, place):
        return False
    if (
        _in_others_words(story, place, figure)
        or _elliptic(story, place, figure)
        or _item_of_list(story, place)
        or _of_another_day(story, place, figure)
        or _by_the_same_count(story, place, figure)
    ):
        return True
    if _answers(story, place, figure):
        return True
    return _reported_again(story, place, figure) or _told_in_other_words(story, place, figure)


def _answers(story: Story, place: int, figure: Figure) -> bool:
    """Whether a figure without a verb answers a question: "How many have come home? From 2022 to June – 8,911"."""
    reading = story.readings[place]
    if not place or reading.verbs or figure.subset or not figure.tags & COUNTED:
        return False
    return story.readings[place - 1].asks and any(verb.mood == "done" for verb in story.readings[place - 1].verbs)


def _in_others_words(story: Story, place: int, figure: Figure) -> bool:
    """Whether a sentence gives its figure again in another's words: "… 1003 тіла, за даними Москви – 1000"."""
    quoted = any(
        one.leads and one.index < figure.start and figure.segment - one.segment <= 1 for one in story.speakers[place]
    )
    told = story.readings[place].figures
    return quoted and figure.bare and any(one.start < figure.start and one.mood == "done" for one in told)


def _elliptic(story: Story, place: int, figure: Figure) -> bool:
    """Whether a sentence of a side and a number goes on with the one before: "Нам — 35.", "Росії – 26."."""
    reading = story.readings[place]
    short = len(reading.in_segment(figure.segment)) <= _SHORT
    if reading.verbs or not place or not short or reading.paragraph == 0:
        return False
    if _called_home(story, place, figure):
        return True
    named = any(tag.startswith(("to.", "party.", "elliptic.", "amb.")) for tag in reading.segment_tags[figure.segment])
    return named and any(one.mood == "done" for one in story.readings[place - 1].figures)


def _called_home(story: Story, place: int, figure: Figure) -> bool:
    """Whether a figure is those whom the sentence before tells home: "Наші вдома. 155 українських воїнів."."""
    before = story.readings[place - 1]
    told = before.happened and "home" in before.tags and not before.figures and not story.background[place]
    return told and bool(figure.tags & COUNTED) and len(story.readings[place].figures) == 1


def _of_another_day(story: Story, place: int, figure: Figure) -> bool:
    """Whether a short sentence gives the same of another day: "Вчера было по 200", "Thursday's was 200 each"."""
    reading = story.readings[place]
    if not place or reading.paragraph == 0 or len(reading.tokens) > _BRIEF or len(reading.figures) != 1:
        return False
    if reading.tags & {"total", "age", "front.verb"} or not (figure.bare or figure.tags & COUNTED):
        return False
    before = story.readings[place - 1]
    known = before.paragraph == reading.paragraph and any(one.mood == "done" for one in before.figures)
    return known and bool(days_of(reading) or "day.before" in reading.tags)


def _by_the_same_count(story: Story, place: int, figure: Figure) -> bool:
    """Whether a sentence goes on counting: "Kyiv got back 14,000. Of Russian bodies there were, by that count, 200"."""
    reading = story.readings[place]
    if not place or reading.verbs or "own.count" not in reading.tags or len(reading.figures) != 1:
        return False
    before = story.readings[place - 1]
    known = before.paragraph == reading.paragraph and any(one.mood == "done" for one in before.figures)
    return known and bool(figure.kind or figure.tags & COUNTED)


def _called_out(story: Story, place: int, figure: Figure) -> bool:
    """Whether a few words are the news: "Обмен: 178 на 178." """
    reading = story.readings[place]
    brief = len(reading.tokens) <= _SHORT and reading.paragraph <= 1 and not story.background[place]
    return brief and figure.both and not reading.tags & {"formula", "stage", "agree.noun", "agree.ref"}


def _item_of_list(story: Story, place: int) -> bool:
    """Whether a day and a number stand in a list of handovers: "Попередні обміни: • 6 травня – 205; • 19 квітня"."""
    reading = story.readings[place]
    if reading.verbs or not is_item(reading) or len(reading.figures) != 1 or len(days_of(reading)) != 1:
        return False
    for earlier in reversed(story.readings[:place]):
        if not is_item(earlier):
            return bool(earlier.tags & {"noun.handover"}) and earlier.tokens[-1].text == ":"
        if earlier.happened:
            return True
    return False


def _of_a_plan(story: Story, place: int) -> bool:
    """Whether a sentence without a predicate goes on with a plan: "They are close to a swap. It concerns 175 men"."""
    if not place or story.readings[place].verbs or story.readings[place].paragraph == 0:
        return False
    before = story.readings[place - 1]
    same = before.paragraph == story.readings[place].paragraph
    return same and bool(before.tags & {"plan", "cond"}) and not before.happened


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
    if story.background[place] and not days_of(reading) and not reading.tags & {"then", "said.before"}:
        return False
    if not story.speakers[place] and figure.kind != "civilians" and not (figure.both and days_of(reading)):
        return False
    if figure.restated and not story.background[place] and _front_tells(story, place):
        return True
    if not figure.restated and _acts(reading, figure):
        return False
    kind = figure.kind or story.kinds[place]
    return any(
        (other.kind or story.kinds[earlier]) == kind or kind == "civilians"
        for earlier in range(place)
        for other in story.readings[earlier].figures
        if other.mood == "done"
    )


def _acts(reading: Reading, figure: Figure) -> bool:
    """Whether those counted do something of which the lexicon knows nothing: "two sisters lost their mother"."""
    behind = reading.tokens[figure.end] if figure.end < len(reading.tokens) else None
    if behind is None or behind.is_mark or figure.start == figure.end - 1:
        return False
    return not behind.tags and behind.text not in _COPULAS


def _front_tells(story: Story, place: int) -> bool:
    """Whether the front tells of a handover whose number somebody names only later: "кількості не назвав. Росія …"."""
    return any(
        reading.paragraph <= _FRONT and reading.happened and reading.tags & _HANDED and not story.background[earlier]
        for earlier, reading in enumerate(story.readings[:place])
    )
