"""Whose figure it is where the sentence does not say: the speaker of the sentences around it."""

from collections.abc import Sequence

from bot.domain.claims import Recipient
from bot.language.reports.parts import Figure, Reading
from bot.language.reports.speakers import Speaker, choose_speaker
from bot.language.reports.story import Story

_BACK = 2
_AHEAD = 3
_FRONT = 3


def surrounding_speaker(
    story: Story, place: int, figure: Figure, recipient: Recipient, *, background: bool
) -> Speaker | None:
    """Find the speaker of an unattributed figure.

    Background is nobody's, but for "then …" after a sentence that has a speaker. News is that of the sentence that says
    "this was announced by …", of the speaker before it, or of the only one in the text.
    """
    if background:
        return _background_speaker(story, place, recipient)
    paragraph = story.readings[place].paragraph
    if figure.both and (own := _own_side(story, place, recipient)) is not None:
        return own
    if paragraph > 0:
        for finder in (_before_in_paragraph, _announced_in_paragraph, _before, _announced_behind):
            found = finder(story, place, figure, recipient)
            if found is not None:
                return found
    return _only_one(story, place, figure, recipient)


def _own_side(story: Story, place: int, recipient: Recipient) -> Speaker | None:
    """Find the receiving party's own word about the news where both directions are told at once."""
    return next(
        (
            one
            for speakers, past, reading in zip(story.speakers, story.background, story.readings, strict=True)
            for one in speakers
            if one.party == recipient and not past and not _of_civilians(reading)
            if reading.paragraph <= story.readings[place].paragraph + _BACK
        ),
        None,
    )


def _of_civilians(reading: Reading) -> bool:
    """Whether a sentence counts civilians alone, which says nothing of the soldiers."""
    told = [one for one in reading.figures if one.mood == "done"]
    return bool(told) and all(one.kind == "civilians" for one in told)


def _background_speaker(story: Story, place: int, recipient: Recipient) -> Speaker | None:
    reading = story.readings[place]
    if not place or story.readings[place - 1].paragraph != reading.paragraph or "then" not in reading.tags:
        return None
    return choose_speaker(story.speakers[place - 1], segment=0, index=0, recipient=recipient)


def _before_in_paragraph(story: Story, place: int, figure: Figure, recipient: Recipient) -> Speaker | None:
    paragraph = story.readings[place].paragraph
    for earlier in range(place - 1, -1, -1):
        if story.readings[earlier].paragraph != paragraph:
            return None
        if story.speakers[earlier] and not story.background[earlier]:
            return choose_speaker(story.speakers[earlier], segment=-1, index=10_000, recipient=recipient)
    return None


def _announced_in_paragraph(story: Story, place: int, figure: Figure, recipient: Recipient) -> Speaker | None:
    return _announced_behind(story, place, figure, recipient, within=story.readings[place].paragraph)


def _announced_behind(
    story: Story, place: int, figure: Figure, recipient: Recipient, *, within: int | None = None
) -> Speaker | None:
    """Find "Про це повідомив …", "the Headquarters reported it": a speaker without figures of his own."""
    kind = figure.kind or story.kinds[place]
    for later in range(place + 1, min(place + 1 + _AHEAD, len(story.readings))):
        reading = story.readings[later]
        if within is not None and reading.paragraph != within:
            return None
        told = [one for one in reading.figures if one.mood == "done" and not one.subset]
        officials = [one for one in story.speakers[later] if one.party != "other"]
        other = [
            one
            for one in told
            if _of_the_other(one, figure, recipient, officials)
            or (one.kind or kind) not in (kind, "civilians")
            or (one.extra and one.count != figure.count)
        ]
        if figure.both and told and not any(one.both or one.count == figure.count for one in told):
            return None
        restated = any(one.restated and one.count != figure.count for one in reading.figures)
        own = any(one.party == recipient for one in officials)
        if story.background[later] or restated or (other and (officials or within is None) and not own):
            return None
        if within is not None and not officials and not told and story.speakers[later]:
            return story.speakers[later][0]
        if officials:
            return choose_speaker(officials, segment=-1, index=0, recipient=recipient)
    return None


def _of_the_other(one: Figure, figure: Figure, recipient: Recipient, officials: Sequence[Speaker]) -> bool:
    """Whether a figure is the other side's: by its receiver, or as another count in that side's own words."""
    if one.recipient is not None:
        return one.recipient != recipient
    return one.count != figure.count and bool(officials) and all(said.party != recipient for said in officials)


def _before(story: Story, place: int, figure: Figure, recipient: Recipient) -> Speaker | None:
    paragraph = story.readings[place].paragraph
    for earlier in range(place - 1, -1, -1):
        reading = story.readings[earlier]
        if reading.paragraph < max(1, paragraph - _BACK):
            return None
        officials = [one for one in story.speakers[earlier] if one.party != "other"]
        if officials and not story.background[earlier] and not _only_own(story, earlier, officials, recipient):
            return choose_speaker(officials, segment=-1, index=10_000, recipient=recipient)
    return None


def _only_own(story: Story, place: int, officials: Sequence[Speaker], recipient: Recipient) -> bool:
    """Whether the one side that speaks in a sentence is named for what it received, and for nothing else."""
    told = [one for one in story.readings[place].figures if one.mood == "done" and not one.both]
    parties = {one.party for one in officials}
    everybody = {one.party for speakers in story.speakers for one in speakers}
    return (
        bool(told)
        and len(everybody) > 1
        and recipient not in parties
        and len(parties) == 1
        and all(one.recipient not in (None, recipient) for one in told)
    )


def _only_one(story: Story, place: int, figure: Figure, recipient: Recipient) -> Speaker | None:
    """Give the text's only official speaker; a title's figure where both speak is the receiving party's."""
    found: list[Speaker] = []
    for later, speakers in enumerate(story.speakers):
        if story.background[later] or later == place:
            continue
        own = [one for one in story.readings[later].figures if one.mood == "done" and not one.subset]
        officials = [one for one in speakers if one.party != "other"]
        others = [
            one
            for one in own
            if (one.count != figure.count or one.recipient is not None)
            and not one.both
            and _of_the_other(one, figure, recipient, officials)
        ]
        receives = any(one.party == recipient for one in speakers)
        if own and len(others) == len(own) and story.readings[place].paragraph > 0 and not receives:
            continue
        if figure.both and _of_civilians(story.readings[later]) and not any(one.both for one in own):
            continue
        if own and not figure.extra and all(one.extra and one.count != figure.count for one in own):
            continue
        found.extend(one for one in speakers if one.party != "other")
    if story.voice is not None:
        return story.voice
    parties = {one.party for one in found}
    if not found and not any(one for speakers in story.speakers for one in speakers):
        return _mentioned(story)
    if len(parties) == 1:
        return found[0]
    if len(parties) == 2 and story.readings[place].paragraph == 0:
        return next((one for one in found if one.party == recipient), None)
    return None


def _mentioned(story: Story) -> Speaker | None:
    """Give the one body named in the front of a text in which nobody speaks: its post is what is retold."""
    named = [
        claimant
        for reading, past in zip(story.readings, story.background, strict=True)
        if not past and reading.paragraph <= _FRONT
        for tag in sorted(reading.tags)
        if (claimant := story.lexicon.claimants.get(tag)) is not None and claimant.party != "other"
    ]
    if len({one.party for one in named}) != 1:
        return None
    return Speaker(index=0, segment=0, party=named[0].party, name=named[0].name)
