"""Whose words a sentence gives: the persons and bodies that it names beside a verb of saying."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.domain.claims import RECIPIENTS, Party, Recipient
from bot.language.reports.lexicon import Lexicon, claimants_of
from bot.language.reports.parts import Reading
from bot.language.reports.text import Token

_AUTHORITIES = {"ukraine": "Ukrainian authorities", "russia": "Russian authorities"}
#: Behind these somebody is given or received from, and does not speak.
_NOT_SPEAKING = frozenset({"от", "від", "from", "with", "between", "между", "між"})
_NEAR = 3
_COLON_REACH = 6
_NEAR_MEDIA = 4
#: "… soldiers of the Ukrainian army": words between people and whose they are.
_OF = 2
_BEFORE_OFFICE = 3
#: "Министерство социальной политики Украины": words up to the country.
_NAMED_FOR = 4
#: By so many words who is quoted is nearer to what follows.
_LEAD = 2
_DASHES = frozenset({"–", "—", "-"})
#: Without a word of saying these open what somebody says.
_OPENING = _DASHES | {":"}
#: Behind a dash these open what somebody says.
_SAID = frozenset({"что", "що", "о", "об", "про"})
_THAN = frozenset({"than", "ніж", "чем", "нежели"})
_AS = frozenset({"as", "як", "как"})
_THEM = frozenset({"them", "їх", "их", "it"})
_THESE = frozenset({"це", "это", "вони", "они", "these", "they", "those"})
_ITS = frozenset({"its", "his", "her", "whose"})
_TO_SOMEBODY = frozenset({"to", "from", "between", "от", "від"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody whose words a sentence gives."""

    index: int
    segment: int
    party: Party
    name: str
    named: bool = True
    #: Introduced by "according to": what comes next is in these words.
    leads: bool = False


def find_speakers(reading: Reading, lexicon: Lexicon, last: Sequence[Speaker] = ()) -> list[Speaker]:
    """Find a sentence's speakers; relays and mediators only where nobody else speaks.

    Args:
        last: Who spoke before: "he claims", "the ministry added" is the last of them.
    """
    found = _named_speakers(reading, lexicon, again=bool(last))
    if last and "quoted.again" in reading.tags and all(one.party == "other" for one in found):
        found = []
    if found or not last:
        return found
    again = bool(reading.tags & {"quoted.again", "said.again"})
    if again or _pronoun_speaks(reading) or _office_speaks_again(reading):
        return [one for one in last if one.name not in _AUTHORITIES.values()][-1:] or [last[-1]]
    return found


def _office_speaks_again(reading: Reading) -> bool:
    """Whether an office without a side of its own says so, who is the one named before: "добавил парламентарий"."""
    return any(
        "office" in token.tags
        and _side_of_office(reading, index) is None
        and (_speech_near(reading, index, 1) or _quoted(reading, index))
        and not _spoken_of(reading, index)
        for index, token in enumerate(reading.tokens)
    )


def _pronoun_speaks(reading: Reading) -> bool:
    """Whether a pronoun says so: "Він стверджує", "she said"."""
    pronouns = [index for index, token in enumerate(reading.tokens) if "pronoun" in token.tags]
    return any(_speech_near(reading, index, 1) for index in pronouns)


def _named_speakers(reading: Reading, lexicon: Lexicon, *, again: bool) -> list[Speaker]:
    if "speech" not in reading.tags and not any(one.text in _OPENING for one in reading.tokens[:_COLON_REACH]):
        return []
    officials: list[Speaker] = []
    others: list[Speaker] = []
    for index, token in enumerate(reading.tokens):
        for tag in claimants_of(token.tags) if token.tags else ():
            claimant = lexicon.claimants.get(tag)
            if claimant is None or _side_of_office(reading, index) not in (None, claimant.party):
                continue
            speaker = Speaker(
                index=index,
                segment=reading.segment_of[index],
                party=claimant.party,
                name=claimant.name,
                named=claimant.named,
                leads=_quoted(reading, index) or "speech" in token.tags,
            )
            if again and "said.again" in token.tags and _side_of_office(reading, index) is None:
                continue
            after = reading.tokens[index + 1].text if index + 1 < len(reading.tokens) else ""
            if _leaves_out_speech(reading, index):
                officials.append(speaker)
                continue
            if "speech" not in reading.tags and after != ":":
                continue
            if index and reading.tokens[index - 1].text in _NOT_SPEAKING:
                continue
            if _spoken_of(reading, index) or _says_whose(reading, index) or _only_compares(reading, index):
                continue
            if token.tags & {"party.ukraine", "party.russia"} and after != ":" and not _speech_beside(reading, index):
                continue
            if claimant.party != "other":
                officials.append(speaker)
            elif (_speech_near(reading, index, _NEAR_MEDIA) or _its_office_says(reading, index)) and not _thanked(
                reading, index
            ):
                others.append(speaker)
    if others and all("not" in reading.segment_tags[one.segment] for one in officials):
        officials = []
    countries = _countries(reading) + _offices(reading)
    if len({one.party for one in officials}) > 1:
        officials = [one for one in officials if _says(reading, one)] or officials
    if officials:
        spoken = {speaker.party for speaker in officials}
        return officials + [one for one in countries if one.party not in spoken]
    return countries or others


def _says_whose(reading: Reading, index: int) -> bool:
    """Whether a side only says of the bodies whose they are: "522 bodies, which the Russian side says are of …"."""
    named = reading.tokens[index].tags & {"party.ukraine", "party.russia"}
    segment = reading.segment_of[index]
    if _identifies(reading, index):
        return True
    if segment and "relative" in reading.segment_tags[segment - 1] and len(reading.in_segment(segment - 1)) <= _OF:
        return True
    return bool(named) and "relative" in reading.segment_tags[reading.segment_of[index]]


def _identifies(reading: Reading, index: int) -> bool:
    """Whether somebody says behind the count who these are: "1003 тіла – російська сторона стверджує, що це наші"."""
    tokens = reading.tokens
    said = next(
        (place for place in range(index + 1, min(len(tokens), index + _NEAR)) if "speech" in tokens[place].tags), 0
    )
    if not said or not any(figure.end <= index for figure in reading.figures):
        return False
    behind = [
        token
        for token in tokens[said + 1 : said + 2 + _NEAR]
        if not token.is_mark and token.text not in _SAID | {"that"}
    ]
    return bool(behind) and behind[0].text.split()[0] in _THESE and not any(one.start > said for one in reading.figures)


def _only_compares(reading: Reading, index: int) -> bool:
    """Whether somebody is named beside a figure: "two more than Russia says", "полеглих, як їх називає Росія"."""
    inside = [token.text for place, token in reading.in_segment(reading.segment_of[index]) if place < index]
    if not inside:
        return False
    return inside[-1].split()[-1] in _THAN or (inside[0] in _AS and any(word in _THEM for word in inside[:_OF]))


def _its_office_says(reading: Reading, index: int) -> bool:
    """Whether somebody's own office speaks: "mediation by the UAE, its foreign ministry announced"."""
    behind = reading.tokens[index + 1 : index + 2 + _NEAR_MEDIA]
    if len(behind) < _NEAR or behind[0].text != "," or behind[1].text not in _ITS:
        return False
    return any("office" in token.tags for token in behind) and any("speech" in token.tags for token in behind)


def _thanked(reading: Reading, index: int) -> bool:
    """Whether a mediator is only thanked: "Зеленский поблагодарил ОАЭ и США"."""
    inside = [token for place, token in reading.in_segment(reading.segment_of[index]) if place < index]
    return any("thanks" in token.tags for token in inside)


def _says(reading: Reading, speaker: Speaker) -> bool:
    """Whether somebody has a saying of his own: not "Putin" in "Putin let them go, Lubinets said"."""
    own, behind = reading.segment_tags[speaker.segment : speaker.segment + 2]
    return "speech" in own or {"relative", "speech"} <= behind or _leaves_out_speech(reading, speaker.index)


def _leaves_out_speech(reading: Reading, index: int) -> bool:
    """Whether a dash stands for the saying: "Москалькова — что и Россия забрала троих"."""
    if index > 1 and reading.tokens[index - 1].text == ":" and "source.label" in reading.tokens[index - 2].tags:
        return True
    behind = [token.text for token in reading.tokens[index + 1 : index + 3]]
    return len(behind) == 2 and behind[0] in _DASHES and behind[1] in _SAID


def _spoken_of(reading: Reading, index: int) -> bool:
    """Whether a body is given to, or only says whose the people are: "1,000 bodies of Ukrainian army soldiers"."""
    token = reading.tokens[index]
    if token.tags & {"to.ukraine", "to.russia"} and not _speech_near(reading, index, 1):
        return True
    return any(
        figure.start < index < figure.end + _OF and figure.segment == reading.segment_of[index]
        for figure in reading.figures
        if not any(one.is_mark or "speech" in one.tags for one in reading.tokens[figure.start : index])
        and not _speech_near(reading, index, 1)
    )


def find_voice(publisher: Sequence[Token], lexicon: Lexicon) -> Speaker | None:
    """Tell whose channel it is, where the publisher's own name is that of a claimant."""
    for token in publisher:
        for tag in sorted(token.tags):
            claimant = lexicon.claimants.get(tag)
            if claimant is not None and claimant.party != "other":
                return Speaker(index=0, segment=0, party=claimant.party, name=claimant.name)
    return None


def find_side(publisher: Sequence[Token]) -> Recipient | None:
    """Tell for which side an outlet is known, by its name."""
    tags = frozenset[str]().union(*(token.tags for token in publisher))
    found = [side for side in RECIPIENTS if f"outlet.{side}" in tags]
    return found[0] if len(found) == 1 else None


def _speech_near(reading: Reading, index: int, reach: int) -> bool:
    return any("speech" in token.tags for token in reading.tokens[max(0, index - reach) : index + reach + 1])


def _countries(reading: Reading) -> list[Speaker]:
    """Find countries that speak: "Kyiv says", "the two countries said"."""
    found: list[Speaker] = []
    for index, token in enumerate(reading.tokens):
        if not token.tags:
            continue
        sides: Sequence[Recipient] = ()
        if "sides" in token.tags:
            sides = ("ukraine", "russia")
        elif "party.ukraine" in token.tags:
            sides = ("ukraine",)
        elif "party.russia" in token.tags:
            sides = ("russia",)
        if not sides and index and "speech" in reading.tokens[index - 1].tags:
            sides = tuple(side for side in RECIPIENTS if f"by.{side}" in token.tags)
        if not sides and index and "according" in reading.tokens[index - 1].tags:
            sides = tuple(side for side in RECIPIENTS if token.tags & {f"of.{side}", f"amb.{side}"})
        relative = _which_says(reading, index) if "rel" in token.tags else None
        sides = (relative,) if relative is not None else sides
        if not sides or _acts_in_speech(reading, index) or _only_compares(reading, index):
            continue
        quoted = relative is not None or _quoted(reading, index)
        if index == 0 and len(reading.tokens) > 1 and reading.tokens[1].text == ":":
            quoted = True
        said = any("speech" in one.tags for one in reading.tokens[index + 1 : index + 1 + _NEAR])
        said = said or (not token.text.isascii() and index > 0 and "speech" in reading.tokens[index - 1].tags)
        if len(sides) == 2 and not (said or quoted):
            continue
        if (relative is not None or not _about_belonging(reading, index)) and (
            quoted or _speech_beside(reading, index)
        ):
            found.extend(
                Speaker(
                    index=index,
                    segment=reading.segment_of[index],
                    party=side,
                    name=_AUTHORITIES[side],
                    leads=_quoted(reading, index),
                )
                for side in sides
            )
    return found


def _which_says(reading: Reading, index: int) -> Recipient | None:
    """Tell the country before "which said" that speaks of a figure: "from Russia, which said it had received 300"."""
    tokens = reading.tokens
    said = any("speech" in token.tags for token in tokens[index + 1 : index + 1 + _NEAR])
    counted = any(token.number is not None for token in takewhile(lambda one: not one.is_mark, tokens[index + 1 :]))
    if not said or not counted:
        return None
    for token in reversed(tokens[max(0, index - _OF) : index]):
        for side in RECIPIENTS:
            if token.tags & {f"party.{side}", f"from.{side}", f"to.{side}", f"by.{side}"}:
                return side
    return None


def _quoted(reading: Reading, index: int) -> bool:
    """Whether "according to" stands before somebody, and no comma between."""
    for token in reversed(reading.tokens[max(0, index - _NEAR) : index]):
        if token.is_mark or "according" in token.tags:
            return "according" in token.tags
    return False


def _offices(reading: Reading) -> list[Speaker]:
    """Find offices that speak and are told by their side alone: "a Ukrainian official said", "ведомство РФ"."""
    found: list[Speaker] = []
    for index, token in enumerate(reading.tokens):
        if "office" not in token.tags:
            continue
        side = _side_of_office(reading, index)
        heads = index <= _NEAR_MEDIA and index + 1 < len(reading.tokens) and reading.tokens[index + 1].text == ":"
        speaks = heads or _speech_near(reading, index, _NEAR_MEDIA)
        if side is not None and speaks and not _spoken_of(reading, index):
            found.append(
                Speaker(
                    index=index, segment=reading.segment_of[index], party=side, name=_AUTHORITIES[side], named=False
                )
            )
    return found


def _side_of_office(reading: Reading, index: int) -> Recipient | None:
    """Tell an office's side by the adjective before it or the country behind it."""
    tokens = reading.tokens
    if "office" not in tokens[index].tags:
        return None
    for place in range(index - 1, max(-1, index - 1 - _BEFORE_OFFICE), -1):
        if tokens[place].is_mark or tokens[place].tags & {"speech", "number"}:
            break
        if "there" in tokens[place].tags:
            named = [side for one in tokens[:place] for side in RECIPIENTS if f"party.{side}" in one.tags]
            return named[-1] if named else None
        for side in RECIPIENTS:
            if f"adj.{side}" in tokens[place].tags:
                before = tokens[place - 1].text if place else ""
                return None if before in _TO_SOMEBODY else side
    place = index + 1
    while place < min(len(tokens) - 1, index + _NAMED_FOR) and not (tokens[place].tags or tokens[place].is_mark):
        place += 1
    after = tokens[place].tags if place < len(tokens) else frozenset[str]()
    if "amb.russia" in after:
        return "russia"
    return next((side for side in RECIPIENTS if after & {f"of.{side}"}), None)


def _acts_in_speech(reading: Reading, index: int) -> bool:
    """Whether an English country behind "say" is what is told of: "officials say Russia has handed back"."""
    if not index or not reading.tokens[index].text.isascii() or "speech" not in reading.tokens[index - 1].tags:
        return False
    if "according" in reading.tokens[index - 1].tags or index + 1 >= len(reading.tokens):
        return False
    after = reading.tokens[index + 1]
    return not after.is_mark and "speech" not in after.tags


def _speech_beside(reading: Reading, index: int) -> bool:
    """Whether the next words of the same segment say so: "Kyiv says", "сообщили в Москве"."""
    segment = reading.segment_of[index]
    beside = any(
        "speech" in reading.tokens[place].tags and reading.segment_of[place] == segment
        for place in range(max(0, index - _NEAR + 1), min(len(reading.tokens), index + _NEAR + 1))
    )
    return beside or _speaks_behind_aside(reading, index)


def _speaks_behind_aside(reading: Reading, index: int) -> bool:
    """Whether only an aside stands before the saying: "Kyiv, for its part, announced"."""
    tokens = reading.tokens
    if index + 1 >= len(tokens) or tokens[index + 1].text != ",":
        return False
    aside = reading.segment_of[index] + 1
    if aside + 1 >= len(reading.segment_tags):
        return False
    brief = len(reading.in_segment(aside)) <= _NEAR and not reading.segment_tags[aside] & {
        "number",
        "relative",
        "speech",
    }
    if "in.return" not in reading.segment_tags[aside] and not brief:
        return False
    opening = reading.in_segment(aside + 1)[:1]
    return any("speech" in token.tags for _, token in opening)


def _about_belonging(reading: Reading, index: int) -> bool:
    """Whether a country says whose the bodies are, which is not to say how many: "which Moscow said were …"."""
    segment = reading.segment_of[index]
    if segment and "relative" in reading.segment_tags[segment - 1] | reading.segment_tags[segment]:
        return True
    if _identifies(reading, index):
        return True
    if "belong" not in reading.tags:
        return False
    counts = any(figure.segment == segment and figure.start > index for figure in reading.figures)
    if counts and "belong" not in reading.segment_tags[segment]:
        return False
    near = reading.segment_tags[segment] | reading.segment_tags[min(segment + 1, len(reading.segment_tags) - 1)]
    return bool(near & {"belong", "relative"}) or segment > 0


def choose_speaker(
    speakers: Sequence[Speaker], *, segment: int, index: int, recipient: Recipient | None
) -> Speaker | None:
    """Choose whose figure it is: the receiving party's where both speak together, else the nearest in its clause."""
    if not speakers:
        return None
    if len({speaker.party for speaker in speakers}) > 1:
        together = len({speaker.segment for speaker in speakers}) == 1
        same = [speaker for speaker in speakers if speaker.party == recipient]
        if together and same:
            return same[0]
        own = [speaker for speaker in speakers if speaker.segment == segment]
        return min(own or speakers, key=lambda speaker: (_distance(speaker, index), speaker.index < index))
    named = [speaker for speaker in speakers if speaker.named]
    return (named or list(speakers))[0]


def _distance(speaker: Speaker, index: int) -> int:
    """Count the words between a speaker and a figure, fewer where "according to" opens what the figure stands in."""
    return abs(speaker.index - index) - (_LEAD if speaker.leads and speaker.index < index else 0)
