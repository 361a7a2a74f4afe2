"""What one sentence says was handed over: its figures, each with kind, recipient, mood and the words around it.

A sentence is cut into segments at marks and conjunctions. A figure is governed by the nearest verb of handing over, in its
own segment or, as in "Kyiv received 1,000, Moscow 24", in the one before. Nothing here knows of other sentences.
"""

from dataclasses import dataclass, field
from typing import Literal

from bot.domain.claims import Kind, Qualifier, Recipient
from bot.language.reports.text import Sentence, Token

Mood = Literal["done", "planned", "denied", "none"]

_KINDS: tuple[Kind, ...] = ("remains", "children", "civilians", "prisoners")
_BREAKS = frozenset({",", ";", ":", "(", ")", "—", "–", "-", "•", "▪", "…"})
_NP_STOPS = frozenset({"prep", "conj", "contrast", "rel", "number", "in.return", "each", "speech", "plan", "subset"})
_OTHER: dict[str, Recipient] = {"ukraine": "russia", "russia": "ukraine"}
_RECIPIENTS: tuple[Recipient, ...] = ("ukraine", "russia")
_ADJECTIVE_ENDINGS = (
    "их",
    "ых",
    "іх",
    "ні",
    "ий",
    "ый",
    "ой",
    "ого",
    "его",
    "ими",
    "ыми",
    "ські",
    "ські",
    "шіх",
    "ив",
    "ed",
)


@dataclass(slots=True, kw_only=True)
class Figure:
    """One number of the sentence, and what it counts."""

    count: int
    qualifier: Qualifier
    #: Index of the first and behind the last token of the number's phrase.
    start: int
    end: int
    segment: int
    kind: Kind | None
    #: No noun of its own: "Moscow, 24".
    bare: bool
    #: Nouns of its phrase, as tags.
    tags: frozenset[str]
    #: Both directions: "84 for 84", "95 each".
    both: bool = False
    #: Place in an ordered pair such as "1000 for 24": 0, 1, or None.
    pair: int | None = None
    #: Stands for an equal number named before it.
    same: bool = False
    recipient: Recipient | None = None
    mood: Mood = "none"
    verb: "Verb | None" = None
    #: Sub-count by region, rank or front.
    subset: bool = False
    extra: bool = False
    #: "Another 1,200".
    further: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A predicate of handing over."""

    index: int
    segment: int
    #: give, get, swing, home, free, swap; or "noun" for "the exchange took place".
    sort: str
    mood: Mood


@dataclass(slots=True, kw_only=True)
class Reading:
    """What one sentence says."""

    sentence: Sentence
    #: Segment of each token.
    segment_of: list[int]
    #: Tags of each segment.
    segment_tags: list[frozenset[str]]
    verbs: list[Verb] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    @property
    def tags(self) -> frozenset[str]:
        """Tags of the whole sentence."""
        return self.sentence.tags

    @property
    def happened(self) -> bool:
        """Whether a handover is told as done outside a relative clause."""
        return any(verb.mood == "done" and "relative" not in self.segment_tags[verb.segment] for verb in self.verbs)


def _segments(tokens: list[Token]) -> list[int]:
    """Number the segments, cutting at marks, contrasts, and "and" before another predicate or party."""
    numbers: list[int] = []
    current = 0
    for index, token in enumerate(tokens):
        if token.text in _BREAKS:
            numbers.append(current)
            current += 1
            continue
        starts = "contrast" in token.tags and index > 0 and numbers and tokens[index - 1].text not in _BREAKS
        if "conj" in token.tags and not starts:
            starts = _joins_predicates(tokens, index)
        if "rel" in token.tags and index > 0 and tokens[index - 1].text not in _BREAKS:
            starts = starts or _english_relative(tokens, index)
        current += bool(starts)
        numbers.append(current)
    return numbers


def _english_relative(tokens: list[Token], index: int) -> bool:
    return tokens[index].text in ("who", "which", "whom", "whose") and any(
        "number" in token.tags or token.tags & {"person"} or any(tag.startswith("kind.") for tag in token.tags)
        for token in tokens[max(0, index - 2) : index]
    )


def _joins_predicates(tokens: list[Token], index: int) -> bool:
    before, after = _is_predicate_near(tokens, index, -1), _is_predicate_near(tokens, index, 1)
    party = index + 1 < len(tokens) and any(tag.startswith(("party.", "to.")) for tag in tokens[index + 1].tags)
    return before and (after or party)


def _is_predicate_near(tokens: list[Token], index: int, step: int) -> bool:
    position = index + step
    while 0 <= position < len(tokens) and tokens[position].text not in _BREAKS:
        if any(tag.startswith("verb.") for tag in tokens[position].tags):
            return True
        position += step
    return False


def _segment_tags(tokens: list[Token], segment_of: list[int]) -> list[frozenset[str]]:
    tags: list[set[str]] = [set() for _ in range(segment_of[-1] + 2)]
    fresh = True
    for index, token in enumerate(tokens):
        segment = segment_of[index]
        fresh = index == 0 or segment_of[index - 1] != segment
        if (fresh and "rel" in token.tags) or (
            "rel" in token.tags
            and index
            and (segment_of[index - 1] == segment)
            and (index == 1 or segment_of[index - 2] != segment)
            and "prep" in tokens[index - 1].tags
        ):
            tags[segment].add("relative")
        tags[segment] |= token.tags
    return [frozenset(found) for found in tags]


def _mood_of(tokens: list[Token], index: int, segment_of: list[int], segment_tags: list[frozenset[str]]) -> Mood:
    """Tell how a verb is meant: its form, what stands before it, and what governs the segment."""
    segment = segment_of[index]
    tags = segment_tags[segment]
    token = tokens[index]
    before = tokens[max(0, index - 4) : index]
    near = [one for one in before if segment_of[one_index(tokens, one, index)] == segment]
    if any("not" in one.tags for one in near[-3:]):
        return "denied"
    managed = "managed" in tags or (segment > 0 and "managed" in segment_tags[segment - 1])
    if "form.done" not in token.tags:
        return "done" if managed else "planned"
    if "plan" in tags or "cond" in tags:
        governing = [
            position
            for position, one in enumerate(tokens[: index + 1])
            if segment_of[position] == segment and one.tags & {"plan", "cond"}
        ]
        if governing:
            return "planned"
    return "done"


def one_index(tokens: list[Token], token: Token, before: int) -> int:
    """Give the index of a token that stands shortly before another."""
    for position in range(before - 1, -1, -1):
        if tokens[position] is token:
            return position
    return 0


def _verbs(reading: Reading) -> list[Verb]:
    tokens = reading.sentence.tokens
    found: list[Verb] = []
    for index, token in enumerate(tokens):
        sort = next((tag[5:] for tag in token.tags if tag.startswith("verb.")), None)
        if sort is None:
            continue
        if "noun.handover" in token.tags and _reads_as_noun(tokens, index):
            continue
        mood = _mood_of(tokens, index, reading.segment_of, reading.segment_tags)
        found.append(Verb(index=index, segment=reading.segment_of[index], sort=sort, mood=mood))
    if found:
        return found
    return _nominal(reading)


def _reads_as_noun(tokens: list[Token], index: int) -> bool:
    """Tell the English noun "the release" from the verb "releases"."""
    before = tokens[index - 1].text if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before in ("to",):
        return False
    if after is not None and ("number" in after.tags or "person" in after.tags or "more" in after.tags):
        return before in ("the", "a", "of", "prisoner", "in", "for", "on")
    return True


def _nominal(reading: Reading) -> list[Verb]:
    """Read "the exchange took place", "повернення тіл підтвердив", "140 fallen home" where no verb tells it."""
    tokens, tags = reading.sentence.tokens, reading.tags
    blocked = tags & {"plan", "cond"} and "happened" not in tags
    for index, token in enumerate(tokens):
        if not token.tags & {"noun.handover", "home"}:
            continue
        segment = reading.segment_of[index]
        near = [one for one in tokens[max(0, index - 3) : index + 6] if "not" in one.tags]
        if near:
            mood: Mood = "denied"
        elif blocked or reading.segment_tags[segment] & {"plan", "cond"}:
            mood = "planned"
        elif "home" in token.tags or tags & {"happened", "speech", "number"} or reading.sentence.paragraph == 0:
            mood = "done"
        else:
            mood = "none"
        return [Verb(index=index, segment=segment, sort="noun", mood=mood)]
    return []


def _qualifier(tokens: list[Token], index: int) -> Qualifier | None:
    """Read the bound before a number; None for "fewer than"."""
    for token in reversed(tokens[max(0, index - 3) : index]):
        if "at.most" in token.tags:
            return None
        if "at.least" in token.tags:
            return "at_least"
        if "about" in token.tags:
            return "about"
        if "more" not in token.tags and not token.tags & {"prep", "of"}:
            break
    return "exact"


def _noun_phrase(tokens: list[Token], number: int) -> tuple[int, frozenset[str], bool, bool]:
    """Read the nouns behind a number: end, tags, whether it stands alone, whether it counts something else."""
    tags: set[str] = set()
    unknown = 0
    index = number + 1
    while index < len(tokens) and index <= number + 8:
        token = tokens[index]
        if token.text == "of" or token.text in ("«", "“", '"', "'", "”", "»"):
            index += 1
            continue
        if token.is_mark or token.tags & _NP_STOPS or "day" in token.tags:
            break
        known = {
            tag
            for tag in token.tags
            if tag.startswith(("kind.", "nat.")) or tag in ("person", "rank", "wounded", "own", "more", "axis")
        }
        if any(tag.startswith("verb.") for tag in token.tags) and not known:
            break
        if any(tag.startswith(("party.", "to.", "by.", "claimant.")) for tag in token.tags) and not known:
            if token.tags & {"party.ukraine", "party.russia"} or index == number + 1 or tags:
                break
        if token.tags & {"plus", "home", "subset", "since", "background", "total", "same"} and not known:
            break
        if not known:
            unknown += 1
            if not any(tag.startswith("kind.") or tag in ("person", "rank", "wounded") for tag in tags) and (
                unknown > 3 or not _like_adjective(token.text)
            ):
                counted = any(tag.startswith("kind.") or tag == "person" for tag in tags)
                return index, frozenset(tags), False, not counted
        tags |= known
        index += 1
    counted = any(tag.startswith("kind.") or tag in ("person", "rank", "wounded") for tag in tags)
    alone = not counted and unknown == 0
    return index, frozenset(tags), alone, not counted and not alone


def _like_adjective(word: str) -> bool:
    return word.endswith(_ADJECTIVE_ENDINGS) or (word.isascii() and not word.endswith("s"))


def _noun_before(tokens: list[Token], number: int) -> frozenset[str]:
    """Read "bodies of 150", "тіла 1000", "цивільних – 12" in front of a number."""
    index = number - 1
    while index >= 0 and (
        tokens[index].tags & {"more", "about", "at.least"}
        or tokens[index].text in ("of", "a", "—", "–", ":", "-", "the")
    ):
        index -= 1
    if index < 0:
        return frozenset()
    tags = tokens[index].tags
    if "bodies.of" in tags:
        return (
            frozenset({"kind.remains"})
            if "kind.remains" in tags or tokens[index].text[:4] in ("bodi", "body", "rema")
            else frozenset()
        )
    return frozenset(tag for tag in tags if tag.startswith("kind.") or tag in ("rank", "wounded"))


def _kind(tags: frozenset[str]) -> Kind | None:
    return next((kind for kind in _KINDS if f"kind.{kind}" in tags), None)


def _figures(reading: Reading) -> list[Figure]:
    tokens = reading.sentence.tokens
    figures: list[Figure] = []
    for index, token in enumerate(tokens):
        if "same" in token.tags:
            end, tags, _, _ = _noun_phrase(tokens, index)
            figures.append(
                Figure(
                    count=0,
                    qualifier="exact",
                    start=index,
                    end=end,
                    segment=reading.segment_of[index],
                    kind=_kind(tags),
                    bare=not tags,
                    tags=tags,
                    same=True,
                )
            )
            continue
        if token.number is None or token.number.value < 1:
            continue
        if (qualifier := _qualifier(tokens, index)) is None:
            continue
        end, tags, alone, foreign = _noun_phrase(tokens, index)
        before = _noun_before(tokens, index)
        if foreign and not before:
            continue
        if token.number.value == 1 and not tags:
            continue
        if alone and token.number.spelled and token.number.value < 2:
            continue
        figures.append(
            Figure(
                count=token.number.value,
                qualifier=qualifier,
                start=index,
                end=end,
                segment=reading.segment_of[index],
                kind=_kind(tags | before),
                bare=alone and not before,
                tags=tags | before,
            )
        )
    _mark_pairs(reading, figures)
    return figures


def _mark_pairs(reading: Reading, figures: list[Figure]) -> None:
    """Find "84 for 84", "1000 к 24", "45 и 212"; and "95 each", "по 205"."""
    tokens = reading.sentence.tokens
    for first, second in zip(figures, figures[1:], strict=False):
        between = tokens[first.start + 1 : second.start]
        if (
            len(between) == 1
            and ("for" in between[0].tags or "conj" in between[0].tags)
            and (
                ("for" in between[0].tags
                and between[0].text not in ("and", "to"))
                or (first.bare
                and (second.bare or "for" not in between[0].tags))
            )
        ):
            if between[0].text in ("та", "і", "й", "и", "and") and first.kind is None and second.kind is not None:
                continue
            first.pair, second.pair = 0, 1
            if first.count == second.count:
                first.both = True
                first.kind = first.kind or second.kind
    for figure in figures:
        before = tokens[figure.start - 1] if figure.start else None
        if (before is not None and before.text == "по") or (before is not None and "each" in before.tags and before.text != "по") or any("each" in token.tags and token.text != "по" for token in _segment_tokens(reading, figure.segment)):
            figure.both = True


def _segment_tokens(reading: Reading, segment: int) -> list[Token]:
    return [
        token for token, number in zip(reading.sentence.tokens, reading.segment_of, strict=True) if number == segment
    ]


def _governing(reading: Reading, figure: Figure) -> Verb | None:
    own = [verb for verb in reading.verbs if verb.segment == figure.segment]
    if own:
        return min(own, key=lambda verb: abs(verb.index - figure.start))
    before = [verb for verb in reading.verbs if verb.segment < figure.segment]
    after = [verb for verb in reading.verbs if verb.segment > figure.segment]
    if before and "relative" in reading.segment_tags[before[-1].segment] and len(before) > 1:
        before = [verb for verb in before if "relative" not in reading.segment_tags[verb.segment]] or before
    if before and (not after or not _opens_passive(reading, figure, after[0])):
        return before[-1]
    return after[0] if after else None


def _opens_passive(reading: Reading, figure: Figure, verb: Verb) -> bool:
    """Whether a later verb is the figure's own: "757 men, who gave their lives, were returned"."""
    return (
        not figure.bare
        and all("relative" in reading.segment_tags[segment] for segment in range(figure.segment + 1, verb.segment))
        and verb.segment > figure.segment
    )


def _subject(reading: Reading, verb: Verb, figure: Figure) -> Recipient | None:
    """Find the party that acts: nominative near the verb, in its segment or one before it."""
    tokens = reading.sentence.tokens
    for segment in range(verb.segment, -1, -1):
        best: tuple[int, Recipient] | None = None
        for index, token in enumerate(tokens):
            if reading.segment_of[index] != segment:
                continue
            party = next((one for one in _RECIPIENTS if f"party.{one}" in token.tags), None)
            if party is None and "amb.russia" in token.tags and token.text == "рф":
                party = "russia"
            if party is None or "sides" in token.tags:
                continue
            distance = abs(index - verb.index)
            if best is None or distance < best[0]:
                best = (distance, party)
        if best is not None:
            return best[1]
        if segment and "relative" in reading.segment_tags[segment]:
            for index, token in enumerate(tokens):
                if reading.segment_of[index] < segment:
                    party = next(
                        (one for one in _RECIPIENTS if f"to.{one}" in token.tags or f"party.{one}" in token.tags), None
                    )
                    if party is not None:
                        best = (0, party)
            if best is not None:
                return best[1]
    return None


def _party_tag(tags: frozenset[str], prefix: str) -> Recipient | None:
    found = [party for party in _RECIPIENTS if f"{prefix}.{party}" in tags]
    return found[0] if len(found) == 1 else None


def _dative_russia(reading: Reading, segment: int, verb: Verb | None) -> bool:
    """Whether "России / Росії / РФ" receives: it opens the segment, or stands by the verb of giving."""
    tokens = reading.sentence.tokens
    for index, token in enumerate(tokens):
        if reading.segment_of[index] != segment or "amb.russia" not in token.tags:
            continue
        opens = index == 0 or reading.segment_of[index - 1] != segment
        after = tokens[index + 1].tags if index + 1 < len(tokens) else frozenset()
        before = tokens[index - 1].tags if index else frozenset()
        giving = "verb.give" in after or "verb.give" in before or "verb.swing" in before
        if giving and not (
            token.text == "рф" and "verb.give" in after and verb is not None and _active(tokens[index + 1].text)
        ):
            return True
        if opens and ("number" in after or "more" in after):
            return True
    return False


def _active(word: str) -> bool:
    return word.endswith(("ла", "ли", "в", "л", "ет", "ит", "є"))


def _find_recipient(reading: Reading, figure: Figure, previous: Recipient | None) -> Recipient | None:
    """Tell who receives, by the strongest sign there is."""
    verb = figure.verb
    segments = [figure.segment] + ([verb.segment] if verb is not None and verb.segment != figure.segment else [])
    if (nation := _party_tag(figure.tags, "nat")) is not None:
        return nation
    own_tags = reading.segment_tags[figure.segment]
    for segment in segments:
        tags = reading.segment_tags[segment]
        gapped = segment != figure.segment and _party_tag(own_tags, "party") is not None
        if gapped:
            break
        if (destination := _party_tag(tags, "to")) is not None:
            return destination
        if _dative_russia(reading, segment, verb):
            return "russia"
        if (prison := _party_tag(tags, "captivity")) is not None:
            return _OTHER[prison]
    acted = _by_verb(reading, figure)
    if acted is not None:
        return acted
    if previous is not None and any("in.return" in reading.segment_tags[segment] for segment in segments):
        return _OTHER[previous]
    for segment in segments:
        tags = reading.segment_tags[segment]
        if (giver := _party_tag(tags, "by")) is not None:
            return _OTHER[giver] if verb is not None and verb.sort in ("give", "free", "swing") else giver
        if (origin := _party_tag(tags, "from")) is not None:
            return _OTHER[origin]
    return None


def _by_verb(reading: Reading, figure: Figure) -> Recipient | None:
    verb = figure.verb
    if verb is None or verb.sort in ("noun", "home", "swap"):
        return None
    own = _party_tag(reading.segment_tags[figure.segment], "party")
    subject = own if own is not None else _subject(reading, verb, figure)
    if subject is None:
        return None
    if verb.sort == "get":
        return subject
    if verb.sort == "give":
        return _OTHER[subject]
    if verb.sort == "free":
        return (
            subject
            if subject == "ukraine" and "own" not in figure.tags
            else _OTHER[subject]
            if "own" not in figure.tags
            else subject
        )
    if "own" in figure.tags:
        return subject
    returned = "in.return" in reading.segment_tags[verb.segment]
    if subject == "ukraine":
        return "russia" if returned else "ukraine"
    return (
        "russia"
        if figure.kind in ("prisoners", None) and reading.tags & {"captivity", "captivity.ukraine"}
        else "ukraine"
    )


def _judge(reading: Reading, figure: Figure) -> None:
    tokens = reading.sentence.tokens
    own_tags = reading.segment_tags[figure.segment]
    figure.mood = figure.verb.mood if figure.verb is not None else "none"
    lead = tokens[max(0, figure.start - 4) : figure.start]
    marked = any(
        "subset" in token.tags
        for index, token in enumerate(tokens[: figure.start])
        if reading.segment_of[index] in (figure.segment, figure.segment - 1) or index < 3
    )
    behind = tokens[figure.start + 1 : figure.start + 3]
    marked = marked or any(
        token.text in ("of them", "of these", "of those", "of whom", "з них", "із них", "из них") for token in behind
    )
    figure.subset = (marked or "rank" in figure.tags or "axis" in own_tags) and not (
        figure.verb is not None
        and figure.verb.segment == figure.segment
        and figure.verb.sort != "noun"
        and not marked
        and "axis" not in own_tags
    )
    figure.further = any("further" in token.tags for token in lead[-2:])
    figure.extra = "wounded" in figure.tags or any("plus" in token.tags for token in lead)
    own_verb = figure.verb is not None and figure.verb.segment == figure.segment
    if "loss" in own_tags and not own_verb:
        figure.mood = "none"
    elif own_tags & {"plan", "cond"} and figure.mood == "done" and not own_verb:
        figure.mood = "planned"


def _inherit(reading: Reading) -> None:
    """Give gapped figures the kind before them, and "the same number" its count."""
    kind: Kind | None = None
    count = 0
    for figure in reading.figures:
        if figure.same:
            figure.count = count
        if figure.kind is None and (figure.bare or figure.tags & {"wounded"} or figure.same):
            figure.kind = kind
        kind = figure.kind or kind
        count = figure.count or count
    reading.figures = [figure for figure in reading.figures if figure.count]


def read_clauses(sentence: Sentence) -> Reading:
    """Read one sentence."""
    segment_of = _segments(sentence.tokens)
    reading = Reading(sentence=sentence, segment_of=segment_of, segment_tags=_segment_tags(sentence.tokens, segment_of))
    reading.verbs = _verbs(reading)
    reading.figures = _figures(reading)
    _inherit(reading)
    previous: Recipient | None = None
    for figure in reading.figures:
        figure.verb = _governing(reading, figure)
        _judge(reading, figure)
        if not figure.both:
            figure.recipient = _find_recipient(reading, figure, previous)
            if figure.same and previous is not None and figure.recipient in (None, previous):
                figure.recipient = _OTHER[previous]
        previous = figure.recipient or previous
    return reading
