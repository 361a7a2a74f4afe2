"""What one sentence says was handed over: its figures, each with kind, recipient, mood and the words around it.

A figure is governed by the nearest verb of handing over, in its own segment or, as in "Kyiv received 1,000, Moscow 24",
in the one before. Nothing here knows of other sentences.
"""

from itertools import pairwise

from bot.domain.claims import Kind, Recipient
from bot.language.reports.figures import find_figures
from bot.language.reports.landmarks import mark_landmarks
from bot.language.reports.parts import COUNTED, OTHER, Figure, Reading, Verb, kind_of
from bot.language.reports.predicates import find_verbs
from bot.language.reports.recipients import find_recipient
from bot.language.reports.segments import cut, tag_segments
from bot.language.reports.text import Sentence, Token

_COMPANION = frozenset({"with", "з", "із", "с", "со"})
#: Behind these a number is the whole: "двоє – серед 150 військових".
_AMONG = frozenset({"серед", "среди", "в числе", "в составе", "у складі", "у числі", "в числі", "among", "among the"})
_TO = frozenset({"to.ukraine", "to.russia"})
_PLACES = _TO | {"party.ukraine", "party.russia"}
_BRINGING = ("достав", "доправ", "приве", "перев", "везут", "везуть", "brought", "deliver", "took")
#: "заявила про", "spoke of", and words between the saying, its preposition and the number.
_ABOUT = frozenset({"про", "о", "об", "of"})
_SPOKEN_OF = 2
_BOUNDS = frozenset({"more", "about", "at.least", "each", "further"})
_CAPTIVE = frozenset({"captivity", "captivity.ukraine", "captivity.russia"})


def read_clauses(sentence: Sentence, carried: int = 0) -> Reading:
    """Read one sentence.

    Args:
        carried: The last count before it, which "the same number" at its head stands for.
    """
    mark_landmarks(sentence)
    segment_of = cut(sentence.tokens)
    reading = Reading(sentence=sentence, segment_of=segment_of, segment_tags=tag_segments(sentence.tokens, segment_of))
    reading.verbs = find_verbs(reading)
    if not sentence.tags & {"number", "same"}:
        return reading
    reading.figures = find_figures(reading)
    _inherit(reading, carried)
    previous: Recipient | None = None
    for figure in reading.figures:
        figure.verb = None if _restates(reading, figure) else _governing(reading, figure)
        _judge(reading, figure)
        if not figure.both and not (figure.restated and not figure.tags & {"nat.ukraine", "nat.russia", "own"}):
            figure.recipient = find_recipient(reading, figure, previous)
            if figure.same and previous is not None and figure.recipient in (None, previous):
                figure.recipient = OTHER[previous]
        previous = figure.recipient or previous
    _of_the_held(reading)
    _swapped(reading)
    _given_for(reading)
    _parted_by_side(reading)
    return reading


def _parted_by_side(reading: Reading) -> None:
    """Keep the parts of a whole that go to either side: "five of the children to Ukraine and one to Russia"."""
    placed = [one for one in reading.figures if one.recipient is not None and _names_destination(reading, one)]
    if len({one.recipient for one in placed}) == 2:
        for figure in placed:
            figure.subset = False


def _of_the_held(reading: Reading) -> None:
    """Make a bare number a part of those told of before as held: "twelve sat in the cell, seven were freed"."""
    for held, left in pairwise(reading.figures):
        told = held.mood == "none" and held.kind != "children" and "loss" in reading.segment_tags[held.segment]
        told = told and held.segment < left.segment
        if told and left.bare and left.recipient is None and left.count < held.count:
            left.subset = True


def _names_destination(reading: Reading, figure: Figure) -> bool:
    """Whether the words beside a figure, up to the next one, name a destination."""
    later = [one.start for one in reading.figures if one.start > figure.start]
    span = reading.tokens[figure.end : later[0] if later else len(reading.tokens)]
    return any(token.tags & _TO for token in span)


def _of_both_sides(reading: Reading, figure: Figure) -> bool:
    """Whether a figure adds up two destinations: "six children reunited with families in Russia and Ukraine"."""
    places = [index for index, token in enumerate(reading.tokens) if index >= figure.end and token.tags & _PLACES]
    for first, second in pairwise(places):
        between = reading.tokens[first + 1 : second]
        joined = len(between) == 1 and (between[0].text == "," or "conj" in between[0].tags)
        closes = second + 1 == len(reading.tokens) or reading.tokens[second].tags & _TO
        apart = any(figure.start < one.start < second for one in reading.figures)
        one, other = ({tag[-6:] for tag in reading.tokens[place].tags & _PLACES} for place in (first, second))
        if joined and closes and not apart and reading.tokens[first].tags & _TO and one != other:
            return True
    return False


def _given_for(reading: Reading) -> None:
    """Give the other side what something was given for: "in return for 217 bodies, Ukraine handed over 41"."""
    for first, second in pairwise(reading.figures):
        lead = reading.tokens[first.low - 1].tags if first.low else frozenset[str]()
        parted = any(first.end <= one.index < second.start for one in reading.verbs) or first.segment < second.segment
        if "exchanged.for" in lead and second.recipient is not None and parted:
            first.recipient = OTHER[second.recipient]
        between = reading.tokens[first.end : second.low]
        if first.recipient is None and second.recipient is not None and not first.both:
            given = any("exchanged.for" in one.tags or one.text == "in exchange for" for one in between)
            first.recipient = OTHER[second.recipient] if given else None


def _swapped(reading: Reading) -> None:
    """Give what was swapped for another: "115 человек обменяли на 115 украинских военных"."""
    for first, second in pairwise(reading.figures):
        verb = second.verb
        if verb is None or verb.sort != "swap" or first.verb is not verb or first.recipient is not None:
            continue
        between = reading.tokens[verb.index + 1 : second.start]
        if second.recipient is not None and first.start < verb.index and any("for" in one.tags for one in between):
            first.recipient = OTHER[second.recipient]


def _inherit(reading: Reading, count: int) -> None:
    """Give figures without a telling noun the kind of their segment or of the one before, "the same" its count."""
    kind: Kind | None = None
    for figure in reading.figures:
        if figure.same:
            figure.count = count
        if figure.kind is None:
            figure.kind = _segment_kind(reading, figure) or (kind if kind != "civilians" or figure.bare else None)
        if figure.kind is None:
            figure.kind = _kind_before(reading, figure)
        kind = figure.kind or kind
        if "subset" not in reading.segment_tags[figure.segment] and not (count and figure.kind == "civilians"):
            count = figure.count or count
    reading.figures = [figure for figure in reading.figures if figure.count]


def _segment_kind(reading: Reading, figure: Figure) -> Kind | None:
    """Tell bodies from captives by the figure's own segment."""
    tags = frozenset().union(
        *(
            token.tags
            for index, token in reading.in_segment(figure.segment)
            if not (figure.start <= index < figure.end) and not _counted_elsewhere(reading, figure, index)
        )
    )
    if "kind.remains" in tags:
        return "remains"
    if tags & _CAPTIVE or "kind.prisoners" in tags:
        return "prisoners"
    return None


def _counted_elsewhere(reading: Reading, figure: Figure, index: int) -> bool:
    return any(other.low <= index < other.end and other is not figure for other in reading.figures)


def _kind_before(reading: Reading, figure: Figure) -> Kind | None:
    for index in range(figure.start - 1, -1, -1):
        kind = kind_of(reading.tokens[index].tags & COUNTED)
        if kind not in (None, "civilians") and not _counted_elsewhere(reading, figure, index):
            return kind
    return None


def _governing(reading: Reading, figure: Figure) -> Verb | None:
    verbs = [verb for verb in reading.verbs if not figure.start < verb.index < figure.end]
    verbs = [
        verb
        for verb in verbs
        if not (_behind_semicolon(reading, figure, verb) or _spoken_between(reading, figure, verb))
    ]
    own = [verb for verb in verbs if verb.segment == figure.segment]
    if own:
        return min(own, key=lambda verb: abs(verb.index - figure.start))
    before = [verb for verb in verbs if verb.segment < figure.segment]
    after = [verb for verb in verbs if verb.segment > figure.segment]
    main = [verb for verb in before if "relative" not in reading.segment_tags[verb.segment]]
    before = main or before
    if before and not (after and _opens(reading, figure, after)):
        return before[-1]
    if after:
        plain = [verb for verb in after if "relative" not in reading.segment_tags[verb.segment]]
        return (plain or after)[0]
    return None


def _spoken_between(reading: Reading, figure: Figure, verb: Verb) -> bool:
    """Whether who was freed only speaks of others: "a marine freed on Friday says twelve men were in his cell"."""
    if verb.segment != figure.segment or not reading.tokens[verb.index].text.isascii():
        return False
    return any(
        "speech" in token.tags and "restate" not in token.tags for token in reading.tokens[verb.index + 1 : figure.low]
    )


def _behind_semicolon(reading: Reading, figure: Figure, verb: Verb) -> bool:
    """Whether a verb belongs to the next statement: "saw 200 prisoners; 12 of them have been exchanged"."""
    return any(token.text == ";" for token in reading.tokens[figure.end : max(figure.end, verb.index)])


def _restates(reading: Reading, figure: Figure) -> bool:
    """Whether somebody only names a number: "Moscow insisted on 1,000", "the ministry spoke of 1,248 bodies"."""
    places = [
        index
        for index, token in reading.in_segment(figure.segment)
        if "restate" in token.tags or _speaks_of(reading, index)
    ]
    own = [
        verb
        for verb in reading.verbs
        if verb.segment == figure.segment
        or (verb.segment == figure.segment + 1 and (verb.weak or _opens_clause(reading, verb)))
    ]
    figure.restated = bool(places) and min(places) < figure.start and not own
    return figure.restated


def _speaks_of(reading: Reading, index: int) -> bool:
    """Whether somebody only speaks of a number: "заявило про 146", "had spoken of exactly 900"."""
    tokens = reading.tokens
    if "speech" not in tokens[index].tags or "according" in tokens[index].tags:
        return False
    for place in range(index + 1, min(len(tokens), index + 1 + _SPOKEN_OF)):
        if tokens[place].text in _ABOUT:
            place += 1
            while place < len(tokens) and tokens[place].tags & _BOUNDS:
                place += 1
            return place < len(tokens) and tokens[place].number is not None
        if not tokens[place].tags & _BOUNDS:
            return False
    return False


def _opens_clause(reading: Reading, verb: Verb) -> bool:
    """Whether a participle describes what stands before its comma: "про 34 тіла, одержані Росією"."""
    passive = reading.tokens[verb.index].text.endswith(("ні", "ті", "ные", "тые"))
    return passive and reading.segment_of[verb.index - 1] != verb.segment


def _opens(reading: Reading, figure: Figure, after: list[Verb]) -> bool:
    """Whether a later verb is the figure's own: "757 men, who gave their lives, were returned"."""
    opening = reading.in_segment(after[0].segment)[:1]
    if any("contrast" in token.tags for _, token in opening) and after[0].segment != figure.segment:
        return False
    return not figure.bare and all(
        "relative" in reading.segment_tags[segment] for segment in range(figure.segment + 1, after[0].segment)
    )


def _judge(reading: Reading, figure: Figure) -> None:
    """Settle the mood of a figure, and whether it is a part of another."""
    own_tags = reading.segment_tags[figure.segment]
    own_verb = figure.verb is not None and figure.verb.segment == figure.segment and figure.verb.sort != "noun"
    figure.mood = figure.verb.mood if figure.verb is not None else "none"
    if own_verb and figure.verb is not None and figure.verb.sort == "free" and "kind.remains" not in figure.tags:
        figure.kind = "prisoners" if figure.kind == "remains" else figure.kind
    if _told_of(reading, figure):
        figure.mood = "done"
    if "habitual" in own_tags:
        figure.mood = "none"
    lost = "loss" in own_tags and any(
        "loss" in token.tags for index, token in reading.in_segment(figure.segment) if index < figure.start
    )
    behind = figure.verb is not None and figure.verb.index > figure.start
    if (own_tags & {"loss", "front.verb"} and not own_verb) or (lost and behind) or "court" in own_tags:
        figure.mood = "none"
    elif own_tags & {"plan", "cond"} and figure.mood == "done" and not own_verb:
        figure.mood = "planned"
    before = reading.tokens[figure.start - 1] if figure.start else None
    led = figure.verb is not None and figure.verb.index < figure.start
    if before is not None and before.text in _COMPANION and own_verb and led and figure.kind == "remains":
        figure.mood = "none"
    governed = own_tags | (reading.segment_tags[figure.verb.segment] if figure.verb is not None else own_tags)
    elsewhere = "scene" in governed and not _names_side(governed)
    if elsewhere or _on_the_way(reading, figure, governed) or ("paper" in governed and figure.kind != "remains"):
        figure.mood = "none"
    if _to_a_family(reading, figure) or ("retracted" in reading.tags and "instead" not in reading.tags):
        figure.mood = "none"
    if "feature" in reading.tags and _told_in_passing(reading, figure):
        figure.mood = "none"
    if not figure.both and _of_both_sides(reading, figure):
        figure.mood = "none"
    if _stands_between(reading, figure):
        figure.mood = "planned"
    if (
        figure.subset
        and "rank" not in figure.tags
        and _beside_civilians(reading, figure)
        and figure.kind != "civilians"
    ):
        figure.subset = False
    acting = own_verb and figure.verb is not None and not figure.verb.weak and figure.verb.sort != "home"
    acted = acting and figure.kind != "civilians"
    figure.subset = (figure.subset and not acted) or _is_part(reading, figure, own_verb=own_verb)
    figure.among = figure.mood == "done" and not figure.subset and _stands_among(reading, figure)
    lead = reading.tokens[max(0, figure.start - 4) : figure.start]
    opening = reading.in_segment(figure.segment)[:3]
    beside = figure.further and any(
        other.start < figure.start and other.segment == figure.segment for other in reading.figures
    )
    figure.extra = beside or (
        "wounded" in figure.tags
        or any("plus" in token.tags for token in lead)
        or any("plus" in token.tags for _, token in opening)
    )


def _names_side(tags: frozenset[str]) -> bool:
    return any(tag.startswith(("to.", "from.", "by.", "party.", "amb.", "captivity")) for tag in tags)


def _on_the_way(reading: Reading, figure: Figure, governed: frozenset[str]) -> bool:
    """Whether people or bodies only came to the border: they are not handed over, though others are at the border."""
    verb = figure.verb
    if "waypoint" not in governed or verb is None:
        return "waypoint" in governed
    return verb.sort in ("home", "free", "noun") or reading.tokens[verb.index].text.startswith(_BRINGING)


def _told_of(reading: Reading, figure: Figure) -> bool:
    """Whether the phrase itself says so: "the 116 freed prisoners", "серед 175 звільнених у четвер воїнів"."""
    before = reading.tokens[figure.start - 1] if figure.start else None
    if before is None or not (before.text == "the" or _among(before)) or reading.paragraph == 0:
        return False
    freed = {"verb.free"} if before.text == "the" else {"verb.free", "verb.swing"}
    return any(token.tags & freed for token in reading.tokens[figure.start + 1 : figure.end])


def _among(token: Token) -> bool:
    return token.text in _AMONG


def _stands_among(reading: Reading, figure: Figure) -> bool:
    return figure.low > 0 and "subset" in reading.tokens[figure.low - 1].tags


def _to_a_family(reading: Reading, figure: Figure) -> bool:
    """Whether a body is given to relatives, and no side is named: that is a funeral."""
    if figure.kind != "remains" or "to.family" not in reading.tags:
        return False
    return not any(tag.startswith(("to.", "party.", "from.")) and tag != "to.family" for tag in reading.tags)


def _told_in_passing(reading: Reading, figure: Figure) -> bool:
    """Whether only a relative clause tells of the handover: "three men whose bodies came back were buried"."""
    verb = figure.verb
    return verb is not None and verb.segment != figure.segment and "relative" in reading.segment_tags[verb.segment]


def _stands_between(reading: Reading, figure: Figure) -> bool:
    """Whether a plan stands between the verb and the figure: "freed the first of a group that is to reach 500"."""
    verb = figure.verb
    if verb is None or verb.segment != figure.segment or verb.index > figure.start:
        return False
    return any(token.tags & {"plan", "cond"} for token in reading.tokens[verb.index + 1 : figure.start])


def _behind_day(reading: Reading, index: int) -> bool:
    """Whether "in particular" picks out a day, and no part of a figure: "7 листопада, зокрема, вдалося забрати 53"."""
    return any(token.day is not None for token in reading.tokens[max(0, index - 2) : index])


def _beside_civilians(reading: Reading, figure: Figure, mark: int = 0) -> bool:
    """Whether soldiers and civilians are told apart: "33 soldiers and 51 civilians among them".

    Args:
        mark: Place of the "among them"; who is counted before it is the whole.
    """
    place = reading.figures.index(figure)
    return figure.kind == "civilians" or any(
        "civilian" in other.tags and abs(other.segment - figure.segment) <= 2 and other.start >= mark
        for other in (*reading.figures[place + 1 : place + 2], *reading.figures[max(0, place - 1) : place])
    )


def _counts_whole(reading: Reading, figure: Figure, mark: int) -> bool:
    """Whether "among" opens the whole that a figure is a part of: "десятеро оказались в числе двадцати"."""
    if not _among(reading.tokens[mark]) or reading.segment_of[mark] != figure.segment:
        return False
    return any(one.start == mark + 1 and one.count > figure.count for one in reading.figures)


def _is_part(reading: Reading, figure: Figure, *, own_verb: bool) -> bool:
    """Whether a figure counts some of those counted before: by front, by rank, "among them"."""
    marks = (
        [index for index, token in enumerate(reading.tokens) if "subset" in token.tags]
        if "subset" in reading.tags
        else []
    )
    for index in marks:
        if index and "number" in reading.tokens[index - 1].tags:
            continue
        if own_verb and "aside.among" in reading.tokens[index].tags and _behind_day(reading, index):
            continue
        if any("in.return" in token.tags for token in reading.tokens[index : figure.start]):
            continue
        told = (figure.verb is not None and figure.verb.mood == "done") or _told_of(reading, figure)
        if index == figure.start - 1 and reading.tokens[index].text in _AMONG and told:
            return False
        if figure.start < index and _counts_whole(reading, figure, index):
            return True
        segment = reading.segment_of[index]
        if index < figure.start and (figure.segment - segment in (0, 1) or index < 3):
            return figure.kind == "civilians" or "rank" in figure.tags or not _beside_civilians(reading, figure, index)
        if segment == figure.segment and figure.start < index <= figure.end + 6 and not own_verb:
            return not _beside_civilians(reading, figure)
    own_tags = reading.segment_tags[figure.segment]
    if "morgue" in own_tags:
        return True
    ranks = "rank" in figure.tags and not figure.tags & {"kind.remains", "kind.prisoners"}
    return (
        ranks
        or ("axis" in own_tags and not (own_verb and not figure.bare))
        or ("axis" in own_tags and len(reading.figures) > 1)
    )
