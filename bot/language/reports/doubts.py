"""Whom the rest of an article tells to receive, where one sentence leaves it in doubt.

"Россия вернула 47 тел" may say either; "тела 47 военных возвращены в РФ" says which. Of bodies alone: as many prisoners
go one way as the other, so that a count there tells nothing of a side.
"""

from bot.domain.claims import Recipient
from bot.language.reports.parts import Figure
from bot.language.reports.story import Story

#: Figures so many times apart are not of one side's bodies.
_UNLIKE = 2


def settle_doubts(story: Story) -> None:
    """Give doubtful figures of bodies the receiver of the same count elsewhere, or of what it cannot be a part of."""
    told = [
        (place, figure)
        for place, reading in enumerate(story.readings)
        for figure in reading.figures
        if _counts_bodies(story, place, figure)
    ]
    sure = [(place, figure) for place, figure in told if figure.recipient is not None and not figure.doubtful]
    for place, figure in told:
        if figure.recipient is not None and not figure.doubtful:
            continue
        same = {one.recipient for _, one in sure if one.count == figure.count}
        if len(same) == 1:
            figure.recipient = next(iter(same))
        elif not same and figure.recipient is None and _outnumbers(story, place, figure, sure):
            figure.recipient = "ukraine"


def _counts_bodies(story: Story, place: int, figure: Figure) -> bool:
    kind = figure.kind or story.kinds[place]
    return kind == "remains" and figure.mood == "done" and not (figure.subset or figure.both or figure.pair is not None)


def _outnumbers(story: Story, place: int, figure: Figure, sure: list[tuple[int, Figure]]) -> bool:
    """Whether bodies are too many for the side that is told to have received the others of the same news."""
    if story.background[place]:
        return False
    others: list[Figure] = [one for earlier, one in sure if not story.background[earlier]]
    sides: set[Recipient | None] = {one.recipient for one in others}
    return sides == {"russia"} and figure.count >= _UNLIKE * max(one.count for one in others)
