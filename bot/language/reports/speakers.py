"""Whose words a sentence gives: the persons and bodies that it names beside a verb of saying."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.claims import Party, Recipient
from bot.language.reports.clauses import Reading
from bot.language.reports.lexicon import Claimant, Lexicon

_AUTHORITIES = {"ukraine": "Ukrainian authorities", "russia": "Russian authorities"}
_NEAR = 3
_NEAR_MEDIA = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody whose words a sentence gives."""

    index: int
    segment: int
    party: Party
    name: str
    named: bool = True


def _speech_near(reading: Reading, index: int, reach: int) -> bool:
    tokens = reading.sentence.tokens
    return any("speech" in token.tags for token in tokens[max(0, index - reach) : index + reach + 1])


def find_speakers(reading: Reading, lexicon: Lexicon) -> list[Speaker]:
    """Find a sentence's speakers; relays and mediators only where nobody else speaks."""
    if "speech" not in reading.tags:
        return []
    officials: list[Speaker] = []
    others: list[Speaker] = []
    for index, token in enumerate(reading.sentence.tokens):
        segment = reading.segment_of[index]
        for tag in token.tags:
            claimant: Claimant | None = lexicon.claimants.get(tag)
            if claimant is None:
                continue
            speaker = Speaker(
                index=index, segment=segment, party=claimant.party, name=claimant.name, named=claimant.named
            )
            if claimant.party != "other":
                officials.append(speaker)
            elif _speech_near(reading, index, _NEAR_MEDIA):
                others.append(speaker)
    if not officials:
        officials = _countries(reading)
    return officials or others


def _countries(reading: Reading) -> list[Speaker]:
    """Find countries that speak: "Kyiv says", "the two countries said"."""
    found: list[Speaker] = []
    if "belong" in reading.tags:
        return found
    for index, token in enumerate(reading.sentence.tokens):
        sides: Sequence[Recipient] = ()
        if "sides" in token.tags:
            sides = ("ukraine", "russia")
        elif "party.ukraine" in token.tags:
            sides = ("ukraine",)
        elif "party.russia" in token.tags:
            sides = ("russia",)
        if sides and _speech_near(reading, index, _NEAR):
            found.extend(
                Speaker(index=index, segment=reading.segment_of[index], party=side, name=_AUTHORITIES[side])
                for side in sides
            )
    return found


def choose_speaker(
    speakers: Sequence[Speaker], *, segment: int, index: int, recipient: Recipient | None
) -> Speaker | None:
    """Choose whose figure it is: the receiving party's where both speak side by side, else the nearest in its clause."""
    if not speakers:
        return None
    parties = {speaker.party for speaker in speakers}
    if len(parties) > 1:
        own = [speaker for speaker in speakers if speaker.segment == segment]
        same = [speaker for speaker in own or speakers if speaker.party == recipient]
        if same:
            return same[0]
        if own:
            return own[0]
        return min(speakers, key=lambda speaker: abs(speaker.index - index))
    named = [speaker for speaker in speakers if speaker.named]
    return (named or list(speakers))[0]
