"""Whom the rest of an article tells to receive, where one sentence leaves it in doubt.

"Россия вернула 47 тел" may say either; "тела 47 военных возвращены в РФ" says which. Of bodies and children alone: as
many prisoners go one way as the other, so that a count there tells nothing of a side.
"""

from bot.domain.claims import RECIPIENTS, Recipient
from bot.language.reports.parts import OTHER, Figure
from bot.language.reports.story import Story

#: Figures so many times apart are not of one side's bodies.
_UNLIKE = 2
#: Two sides' figures for one thing differ by no more than this share.
_ALIKE = 0.15
#: Russia has never received so many bodies at once.
TOO_MANY = 150
#: As many prisoners go one way as the other; of these not.
_COUNTED_APART = frozenset({"remains", "children"})
_NATIONS = frozenset({"nat.ukraine", "nat.russia"})
_PLACES = frozenset({"to.ukraine", "to.russia", "from.ukraine", "from.russia"})
#: In these languages who "returns" something to nobody named does so to Ukraine, or is Ukraine.
_RETURNS_TO_UKRAINE = frozenset({"uk", "en"})


def settle_doubts(story: Story) -> None:
    """Settle guessed and unknown receivers by the same count elsewhere; take back a guess that nothing bears out."""
    bodies = [
        (place, figure)
        for place, reading in enumerate(story.readings)
        for figure in reading.figures
        if figure.mood == "done" and not figure.subset and figure.pair is None and not figure.both
        if (figure.kind or story.kinds[place]) in _COUNTED_APART
    ]
    sure = [(place, figure) for place, figure in bodies if _is_sure(story, place, figure)]
    for place, figure in bodies:
        if not _is_sure(story, place, figure):
            _settle(story, place, figure, sure)
    for place, reading in enumerate(story.readings):
        stands = story.lexicon.language in _RETURNS_TO_UKRAINE and not _told_by_russia(story, place)
        for figure in reading.figures:
            if (giver := _answers(story, place, figure)) is not None:
                figure.recipient, figure.guessed = OTHER[giver], False
            if figure.guessed and not stands and not (figure.count >= TOO_MANY and figure.kind == "remains"):
                figure.recipient = None


def _told_by_russia(story: Story, place: int) -> bool:
    """Whether Russia alone speaks, to whom what "Ukraine returned" came."""
    speakers = story.speakers[place] or ([story.voice] if story.voice is not None else [])
    return {one.party for one in speakers} == {"russia"}


def _is_sure(story: Story, place: int, figure: Figure) -> bool:
    """Whether a sentence itself tells the receiver; of children, who are sent to a mother, by a place or a nation."""
    if figure.recipient is None or figure.guessed:
        return False
    placed = story.readings[place].tags & _PLACES or figure.tags & _NATIONS
    return (figure.kind or story.kinds[place]) != "children" or bool(placed)


def _settle(story: Story, place: int, figure: Figure, sure: list[tuple[int, Figure]]) -> None:
    same = {one.recipient for _, one in sure if one.count == figure.count}
    if len(same) == 1:
        figure.recipient, figure.guessed = next(iter(same)), False
    elif not same and figure.recipient is None and len(near := _near(story, place, figure, sure)) == 1:
        figure.recipient = next(iter(near))
    elif not same and figure.recipient is None and _outnumbers(story, place, figure, sure):
        figure.recipient = "ukraine"
    elif not same and figure.guessed and figure.recipient == "ukraine" and _answered(story, place, figure, sure):
        figure.recipient = "russia"


def _near(story: Story, place: int, figure: Figure, sure: list[tuple[int, Figure]]) -> set[Recipient | None]:
    """Give who receives the like number of the same paragraph: two sides' counts of one thing."""
    return {
        one.recipient
        for earlier, one in sure
        if earlier <= place
        and story.readings[earlier].paragraph == story.readings[place].paragraph
        and abs(one.count - figure.count) <= _ALIKE * one.count
    }


def _outnumbers(story: Story, place: int, figure: Figure, sure: list[tuple[int, Figure]]) -> bool:
    """Whether bodies are too many for the side that is told to have received the others of the same news."""
    if story.background[place]:
        return False
    others: list[Figure] = [one for earlier, one in sure if not story.background[earlier]]
    sides: set[Recipient | None] = {one.recipient for one in others}
    return sides == {"russia"} and figure.count >= _UNLIKE * max(one.count for one in others)


def _answered(story: Story, place: int, figure: Figure, sure: list[tuple[int, Figure]]) -> bool:
    """Whether Ukraine is told to have received others in the same news: what "Ukraine returned" is what it gave."""
    others = [one for earlier, one in sure if not story.background[earlier]]
    apart = all(_UNLIKE * min(one.count, figure.count) <= max(one.count, figure.count) for one in others)
    return bool(others) and {one.recipient for one in others} == {"ukraine"} and apart and not story.background[place]


def _answers(story: Story, place: int, figure: Figure) -> Recipient | None:
    """Give the side that returns bodies to the one that gave it others: "Россия передала 1000. Украина вернула 33"."""
    verb = figure.verb
    if verb is None or verb.sort != "swing" or figure.kind not in (None, "remains") or figure.further or not place:
        return None
    reading, before = story.readings[place], story.readings[place - 1]
    acting: list[Recipient] = [one for one in RECIPIENTS if f"party.{one}" in reading.segment_tags[verb.segment]]
    if len(acting) != 1 or reading.paragraph != before.paragraph or not before.paragraph or story.background[place]:
        return None
    given = any(
        one.verb is not None
        and one.verb.sort == "give"
        and one.mood == "done"
        and one.recipient == acting[0]
        and min(one.count, figure.count) * _UNLIKE < max(one.count, figure.count)
        for one in before.figures
    )
    return acting[0] if given else None
