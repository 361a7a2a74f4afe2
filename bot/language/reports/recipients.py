"""Who receives what a figure counts, by the strongest sign that its sentence gives."""

from itertools import pairwise

from bot.domain.claims import RECIPIENTS, Recipient
from bot.language.reports.parts import COUNTED, OTHER, Figure, Reading, Verb

_ASIDE = 2
_BEEN = frozenset({"was", "were", "been", "being"})
_PARTICIPLES = ("ed", "given", "taken", "sent", "brought", "let")
_PASSIVE_ENDINGS = ("ано", "ено", "ято", "уто", "ито", "ані", "ені", "уті", "аны", "ены", "яты", "ден", "ана", "ена")
#: "За програмою … повернуто дітей": nobody is named who acts.
_IMPERSONAL = ("ано", "ено", "уто", "ито", "ято")
_SINGULAR_ENDINGS = ("ла", "в", "л", "ет", "ит", "є")
_GIVING = frozenset({"verb.give", "verb.swing"})
_HANDING_OVER = frozenset({"noun.give", "noun.return"})
#: Words between a name and its verb.
_LOCATIVE = frozenset({"in", "на", "в", "у"})
_LOCATIVE_ENDINGS = ("украине", "україні", "россии", "росії", "рф")
_FELL = frozenset({"killed", "slain", "died", "dead", "captured", "fallen", "held", "seized", "missing", "lost"})
_AT = frozenset({"at", "as"})
_PLACED = frozenset({"из", "в", "з", "із", "у", "по", "за", "in", "from", "by", "according"})
#: "Украине передали 1003, нам – 26": who that is, the speaker tells.
_ADDRESSED = frozenset({"to.us", "to.them"})
_NOMINATIVE = ("ие", "ая", "ое", "ий", "і", "а", "е")
_SELF = frozenset({"себе", "собі"})
_BETWEEN = frozenset(
    {"были", "было", "была", "був", "було", "були", "сегодня", "сьогодні", "также", "також", "уже", "вже"}
)


def find_recipient(reading: Reading, figure: Figure, previous: Recipient | None) -> Recipient | None:
    """Tell who receives.

    Args:
        previous: Recipient of the figure before in this sentence, the other side of "in return".
    """
    nation = _one(figure.tags, "nat") or _numbered(reading, figure)
    if nation is not None:
        return nation
    origin = _one(reading.tokens[figure.end].tags, "from") if figure.end < len(reading.tokens) else None
    if origin is not None and figure.start < figure.end:
        return OTHER[origin]
    verb = figure.verb
    if previous is not None and _parallel(reading, figure):
        return OTHER[previous]
    of_kursk = "region.russia" in reading.segment_tags[figure.segment]
    if of_kursk and (figure.kind == "civilians" or (figure.kind is None and verb is not None and verb.sort == "home")):
        return "russia"
    own_tags = reading.segment_tags[figure.segment]
    if previous is not None and _exchanged_for(reading, figure):
        return OTHER[previous]
    segments = [figure.segment]
    lead = reading.tokens[max(0, figure.start - 3) : figure.start]
    if verb is not None and "own" in figure.tags and any("in.return" in token.tags for token in lead):
        return _subject(reading, verb)
    elliptic = _one(own_tags, "party") or _one(own_tags, "elliptic") or not own_tags.isdisjoint(_ADDRESSED)
    if verb is not None and verb.segment != figure.segment and not elliptic:
        segments.append(verb.segment)
    if (opened := _before_aside(reading, figure.segment)) is not None:
        segments.append(opened)
    for segment in segments:
        found = _destination(reading, segment, verb, figure)
        if found is not None:
            return OTHER[found] if _taken_there(reading, figure, found) else found
    found = _by_verb(reading, figure)
    if found is not None:
        return found
    if previous is not None and any("in.return" in reading.segment_tags[segment] for segment in segments):
        return OTHER[previous]
    for segment in segments:
        found = _by_agent(reading, segment, verb)
        if found is not None:
            return found
    return None


def _numbered(reading: Reading, figure: Figure) -> Recipient | None:
    """Give the nation of what a number alone is the number of: "put the number of Russian bodies sent back at 19"."""
    if not figure.bare or not figure.start:
        return None
    if reading.tokens[figure.start - 1].text not in _AT:
        return _heading_nation(reading) if not reading.verbs and len(reading.figures) == 1 else None
    inside = [token for index, token in reading.in_segment(figure.segment) if index < figure.start]
    for noun, counted in pairwise(inside):
        if counted.tags & COUNTED and (nation := _one(noun.tags, "nat")) is not None:
            return nation
    return None


def _heading_nation(reading: Reading) -> Recipient | None:
    """Give the nation of those with whom a sentence without a verb begins: "Российских тел было около 200"."""
    nation, counted = (reading.tokens[0], reading.tokens[1]) if len(reading.tokens) > 1 else (None, None)
    if nation is None or counted is None or counted.tags.isdisjoint(COUNTED):
        return None
    return _one(nation.tags, "nat")


def _parallel(reading: Reading, figure: Figure) -> bool:
    """Whether a number and "России" repeat another with its receiver: "1003 тела Украине и 26 России"."""
    if not figure.bare or figure.end >= len(reading.tokens) or "amb.russia" not in reading.tokens[figure.end].tags:
        return False
    earlier = [one for one in reading.figures if one.end < figure.start and one.recipient == "ukraine"]
    return bool(earlier) and "to.ukraine" in reading.tokens[earlier[-1].end].tags


def _before_aside(reading: Reading, segment: int) -> int | None:
    """Give the segment that an aside cuts from its clause: "Росіянам, за даними депутата, віддали 29"."""
    if segment < _ASIDE or not reading.segment_tags[segment - 1] & {"aside", "speech"}:
        return None
    told = {one.segment for one in reading.verbs} | {one.segment for one in reading.figures}
    return None if {segment - 1, segment - _ASIDE} & told else segment - _ASIDE


def _exchanged_for(reading: Reading, figure: Figure) -> bool:
    """Whether a figure is what was given for the one before: "38 bodies in exchange for 250", "обратно передали 19"."""
    earlier = [one.start for one in reading.figures if one.start < figure.start]
    if not earlier:
        return False
    inside = [index for index, _ in reading.in_segment(figure.segment)]
    between = reading.tokens[max(earlier[-1] + 1, inside[0]) : figure.start]
    returned = any(token.tags & {"in.return", "exchanged.for"} for token in between)
    return returned and not any(
        tag.startswith(("party.", "to.", "elliptic.", "by.")) for token in between for tag in token.tags
    )


def _one(tags: frozenset[str], role: str) -> Recipient | None:
    """Give the party that stands in a role, where only one does."""
    found = [party for party in RECIPIENTS if f"{role}.{party}" in tags]
    return found[0] if len(found) == 1 else None


def _destination(reading: Reading, segment: int, verb: Verb | None, figure: Figure) -> Recipient | None:
    tags = reading.segment_tags[segment]
    if verb is not None and verb.segment == segment and verb.sort in ("give", "swing"):
        behind = reading.tokens[verb.index + 1].tags if verb.index + 1 < len(reading.tokens) else frozenset[str]()
        if (
            verb.index < figure.start
            and (given := _one(behind, "party")) is not None
            and reading.tokens[verb.index].text.isascii()
        ):
            return given
    if verb is not None and verb.sort == "home" and (arrived := _arrived_in(reading, segment, verb)) is not None:
        return arrived
    later = _first_behind(reading, segment, figure)
    if later is not None and verb is not None and verb.sort == "home" and verb.index < figure.start:
        return later
    anchor = verb.index if verb is not None and verb.segment == segment and verb.sort == "home" else figure.start
    destination = _nearest(reading, segment, "to", anchor) or _nearest(reading, segment, "elliptic", anchor)
    if destination is not None:
        return destination
    if _dative_russia(reading, segment, verb):
        return "russia"
    prison = _one(tags, "captivity")
    return OTHER[prison] if prison is not None else None


def _arrived_in(reading: Reading, segment: int, verb: Verb) -> Recipient | None:
    """Give the capital where somebody arrived: "117 bodies arrived in Kyiv"."""
    for index, token in reading.in_segment(segment):
        if index > verb.index and reading.tokens[index - 1].text == "in" and (side := _one(token.tags, "party")):
            return side
    return None


def _first_behind(reading: Reading, segment: int, figure: Figure) -> Recipient | None:
    """Give the first destination behind a figure: "nine … in Ukraine and one child with family in Russia"."""
    for index, token in reading.in_segment(segment):
        if index >= figure.end and (found := _one(token.tags, "to")) is not None:
            return found
    return None


def _nearest(reading: Reading, segment: int, role: str, start: int) -> Recipient | None:
    found = [
        (abs(index - start), party)
        for index, token in reading.in_segment(segment)
        for party in RECIPIENTS
        if f"{role}.{party}" in token.tags and not _where_they_fell(reading, index)
    ]
    return min(found)[1] if found else None


def _taken_there(reading: Reading, figure: Figure, place: Recipient) -> bool:
    """Whether a side received from the other what a locative seems to bring there: "Україна забрала у Росії тіла"."""
    verb = figure.verb
    if verb is None or verb.sort != "get" or _undergoes(reading, figure, verb):
        return False
    tags = reading.segment_tags[verb.segment]
    named = [token for _, token in reading.in_segment(verb.segment) if f"to.{place}" in token.tags]
    locative = bool(named) and all(token.text.startswith(("у ", "в ")) for token in named)
    return locative and _one(tags, "party") == OTHER[place]


def _where_they_fell(reading: Reading, index: int) -> bool:
    """Whether a place only says where somebody was: "soldiers killed in Ukraine", "погибших на Украине"."""
    if not index or reading.tokens[index].text.split()[0] not in _LOCATIVE:
        return False
    before = reading.tokens[index - 1]
    return (
        before.text in _FELL
        or bool(before.tags & {"loss", "front.verb", "age"})
        or (
            before.tags & {"kind.remains", "form.participle"} != frozenset()
            and not before.text.isascii()
            and reading.tokens[index].text.endswith(_LOCATIVE_ENDINGS)
        )
    )


def _dative_russia(reading: Reading, segment: int, verb: Verb | None) -> bool:
    """Whether "России", whose case does not show, receives: it opens the segment, or stands by the giving."""
    tokens = reading.tokens
    for index, token in reading.in_segment(segment):
        if "amb.russia" not in token.tags:
            continue
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        before = tokens[index - 1] if index else None
        verbal = (
            tokens[index + 2] if after is not None and after.text in _BETWEEN and index + 2 < len(tokens) else after
        )
        if verbal is not None and verbal.tags & _GIVING:
            return not (token.text == "рф" and verbal.text.endswith(_SINGULAR_ENDINGS))
        if any(one.tags & _GIVING for one in tokens[max(0, index - _ASIDE) : index]):
            return True
        if before is not None and before.tags & _HANDING_OVER and after is not None and after.tags & {"number", "more"}:
            return True
        opens = (
            before is None or reading.segment_of[index - 1] != segment or before.is_mark or "contrast" in before.tags
        )
        if opens and after is not None and (after.tags & {"number", "more"} or after.is_mark):
            return verb is None or verb.sort in ("give", "swing", "swap", "noun")
    return False


def _undergoes(reading: Reading, figure: Figure, verb: Verb) -> bool:
    """Whether the figure is the subject of a passive: "1,200 bodies were handed over", "after 1,200 handed over"."""
    text = reading.tokens[verb.index].text
    if verb.index < figure.end:
        return False
    if text.isascii() and {text.split()[0], reading.tokens[verb.index - 1].text if verb.index else ""} & _BEEN:
        return True
    if verb.segment != figure.segment:
        return False
    if not text.isascii():
        return text.endswith(_PASSIVE_ENDINGS)
    between = [token.text for token in reading.tokens[figure.end : verb.index]]
    auxiliary = any(word in _BEEN for word in between)
    return auxiliary or (
        not between and verb.sort in ("give", "free", "get", "swing") and text.split()[0].endswith(_PARTICIPLES)
    )


def _by_verb(reading: Reading, figure: Figure) -> Recipient | None:
    verb = figure.verb
    if verb is not None and verb.sort == "noun":
        return _by_noun(reading, figure, verb)
    if verb is not None and verb.sort == "swap" and "own" in figure.tags:
        return _subject(reading, verb)
    if verb is None or verb.sort in ("home", "swap"):
        return None
    if "own" not in figure.tags and _undergoes(reading, figure, verb):
        return None
    own = _one(reading.segment_tags[figure.segment], "party")
    subject = own if own is not None else _subject(reading, verb)
    if subject is None:
        return None
    if "own" in figure.tags and _of_the_speaker(reading, verb, subject):
        return OTHER[subject]
    if verb.sort == "get" or "own" in figure.tags or (verb.sort == "swing" and _for_itself(reading, figure, verb)):
        return subject
    if verb.sort == "give":
        return OTHER[subject]
    either = "either.way" in reading.tokens[verb.index].tags
    if subject == "russia" and verb.sort == "swing" and _goes_to_ukraine_beside(reading, figure, either=either):
        return "russia"
    figure.guessed = verb.sort == "swing" and (either or subject == "ukraine")
    if subject == "russia":
        home = verb.sort == "swing" and figure.kind != "remains" and reading.tags & {"captivity", "captivity.ukraine"}
        return "russia" if home else "ukraine"
    returned = verb.sort == "swing" and "in.return" in reading.segment_tags[verb.segment]
    return "russia" if returned else "ukraine"


def _of_the_speaker(reading: Reading, verb: Verb, subject: Recipient) -> bool:
    """Whether "its own" are those of who speaks: "Moscow said Kyiv had released 193 of its soldiers"."""
    if verb.sort not in ("give", "free"):
        return False
    for segment in range(verb.segment + 1):
        inside = [(index, token) for index, token in reading.in_segment(segment) if index < verb.index]
        spoken = [index for index, token in inside if "speech" in token.tags]
        sides = {f"{role}.{OTHER[subject]}" for role in ("party", "official", "adj")}
        if spoken and any(index < spoken[-1] and token.tags & sides for index, token in inside):
            return True
    return False


def _by_noun(reading: Reading, figure: Figure, verb: Verb) -> Recipient | None:
    """Tell who receives by who speaks of it: "Moscow confirmed the receipt", "Россия подтвердила передачу"."""
    tags = reading.tokens[verb.index].tags
    inside = reading.segment_tags[verb.segment] if verb.segment == figure.segment else frozenset[str]()
    subject = _one(inside, "party") or ("russia" if reading.tokens[0].text == "рф" and "amb.russia" in inside else None)
    if subject is None or "sides" in reading.segment_tags[verb.segment]:
        return None
    if "noun.get" in tags or "own" in figure.tags:
        return subject
    return "ukraine" if "noun.give" in tags and subject == "russia" else None


def _for_itself(reading: Reading, figure: Figure, verb: Verb) -> bool:
    """Whether who "returns" gets back: "Россия вернула домой 160", "вернула себе", "вернула 90 в обмен на 90"."""
    home = any("home" in token.tags or token.text in _SELF for _, token in reading.in_segment(verb.segment))
    later = next((one.start for one in reading.figures if one.start > figure.start), None)
    if home or later is None:
        return home
    between = reading.tokens[figure.start : later]
    return verb.index < figure.start and any("exchanged.for" in token.tags for token in between)


def _goes_to_ukraine_beside(reading: Reading, figure: Figure, *, either: bool) -> bool:
    """Whether the other figure of the sentence is Ukraine's: "Россия вернула 43 тела, Украине передали 909"."""
    return any(
        other is not figure
        and other.segment != figure.segment
        and reading.segment_tags[other.segment] & ({"to.ukraine", "party.ukraine"} if either else {"to.ukraine"})
        for other in reading.figures
    )


def _subject(reading: Reading, verb: Verb) -> Recipient | None:
    """Find the party that acts: nominative near the verb, in its segment or one before it."""
    for segment in range(verb.segment, -1, -1):
        if segment != verb.segment and "landmark" in reading.segment_tags[segment]:
            continue
        if segment != verb.segment and "relative" in reading.segment_tags[segment]:
            if segment == verb.segment - 1 and "speech" in reading.segment_tags[segment]:
                return _antecedent(reading, segment)
            continue
        found: list[tuple[bool, int, Recipient]] = []
        for index, token in reading.in_segment(segment):
            given = index and token.text.isascii() and "verb.give" in reading.tokens[index - 1].tags
            if "sides" in token.tags or given:
                continue
            party = _one(token.tags, "party")
            if party is None and token.text == "рф" and "amb.russia" in token.tags:
                party = "russia"
            if party is not None:
                behind = token.text.isascii() and index > _predicate_of(reading, segment, verb)
                found.append((behind, abs(index - verb.index), party))
        if found:
            return min(found)[2]
        if segment == verb.segment and (official := _official_subject(reading, verb)) is not None:
            return official
        if "relative" in reading.segment_tags[segment]:
            return _antecedent(reading, segment)
    return None


def _official_subject(reading: Reading, verb: Verb) -> Recipient | None:
    """Find the body, person or people of a side that act in a verb's clause: "ГУР вернуло", "Russian troops gave"."""
    tokens = reading.tokens
    inside = [index for index, _ in reading.in_segment(verb.segment) if index < verb.index]
    if any("speech" in tokens[index].tags for index in inside) or tokens[verb.index].text.endswith(_IMPERSONAL):
        return None
    counted = {place for one in reading.figures for place in range(one.low, one.end)}
    for index in reversed(inside):
        before = tokens[index - 1] if index else None
        if index in counted or (before is not None and "prep" in before.tags):
            continue
        if tokens[index].text.split()[0] in _PLACED:
            continue
        official = _one(tokens[index].tags, "official")
        if official is not None:
            return official
        army = (
            _one(tokens[index].tags, "nat") if index + 1 == verb.index and "person" not in tokens[index].tags else None
        )
        if army is not None and not (before is not None and before.tags & COUNTED):
            return army
        side = _one(before.tags, "adj") if before is not None and index - 1 in inside else None
        people = bool(tokens[index].tags & {"person", "soldier", "office"})
        acts = before is not None and (before.text.isascii() or before.text.endswith(_NOMINATIVE))
        if side is not None and people and acts:
            return side
    return None


def _predicate_of(reading: Reading, segment: int, verb: Verb) -> int:
    """Give the place of a segment's own predicate, before which an English subject stands."""
    own = [one.index for one in reading.verbs if one.segment == segment]
    return verb.index if verb.index in own or not own else min(own)


def _antecedent(reading: Reading, segment: int) -> Recipient | None:
    """Give the party that a relative clause is about: the last one named before it."""
    for index in range(len(reading.tokens) - 1, -1, -1):
        if reading.segment_of[index] < segment:
            tags = reading.tokens[index].tags
            named = _one(tags, "party") or _one(tags, "to") or _one(tags, "by") or _one(tags, "from")
            if named is not None:
                return named
    return None


def _official_agent(reading: Reading, segment: int) -> Recipient | None:
    """Find the body or person of a side by whom an English passive was done: "handed over by the Kremlin's envoy"."""
    for index, token in reading.in_segment(segment):
        before = reading.tokens[index - 1].text if index else ""
        before = reading.tokens[index - 2].text if index > 1 and before == "the" else before
        if before == "by" and (official := _one(token.tags, "official")) is not None:
            return official
    return None


def _by_agent(reading: Reading, segment: int, verb: Verb | None) -> Recipient | None:
    tags = reading.segment_tags[segment]
    if "sides" in tags:
        return None
    agent = _one(tags, "by") or _official_agent(reading, segment)
    if agent is not None:
        return OTHER[agent] if verb is not None and verb.sort in ("give", "free", "swing") else agent
    origin = _one(tags, "from")
    return OTHER[origin] if origin is not None else None
