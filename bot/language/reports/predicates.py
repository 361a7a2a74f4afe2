"""Which words of a sentence tell of handing over, and in which mood: done, planned or denied."""

from collections.abc import Sequence
from itertools import takewhile

from bot.language.reports.lexicon import verb_of
from bot.language.reports.parts import COUNTED, Mood, Reading, Verb
from bot.language.reports.text import Token

_BEFORE_NOUN = frozenset({"the", "a", "an", "of", "this", "that", "last", "first", "second", "third", "largest"})
_AUXILIARY = frozenset({"has", "have", "had", "he", "she", "they", "it", "who", "which", "each", "both"})
_PERFECT = frozenset({"has", "have", "had", "was", "were", "been"})
_PASSIVE = frozenset({"was", "were", "been", "being"})
_HABITUAL = frozenset({"are", "is", "being", "be"})
_FINITE = frozenset({"has", "have", "had", "was", "were", "is", "are", "will", "may", "can"})
_PARTICIPLES = ("ed", "given", "taken", "sent", "brought")
_HOMEWARD = frozenset({"captivity", "captivity.russia", "captivity.ukraine", "home", "in.return", "kin", "to.family"})
_AWAY = ("вивез", "вивоз", "вывез", "вывоз")
_KIN = frozenset({"kin", "to.family", "home"})
_INTO = frozenset({"to", "into", "до", "к"})
_IN_OR_INTO = frozenset({"в", "у", "на"})
_LOCATIVE_ENDINGS = ("україні", "росії", "украине", "россии", "рф")
_UNDONE = frozenset({"plan", "cond"})
_DENIAL_REACH = 3
_REPORT_REACH = 6
#: "якобы 60 на 60 обмен", "reports of a large prisoner swap": words between.
_ALLEGED_REACH = 4
_TALK_REACH = 5


def find_verbs(reading: Reading) -> list[Verb]:
    """Find the predicates; where no verb tells it, a noun may: "the exchange took place", "140 fallen home"."""
    found: list[Verb] = []
    for index, token in enumerate(reading.tokens):
        if not token.tags or (sort := verb_of(token.tags)) is None:
            continue
        if sort == "move":
            sort = "home" if _goes_home(reading, index) else None
        elif sort == "meet":
            sort = "home" if _meets_freed(reading, index) else None
        if sort in ("get", "give") and "freedom" in reading.segment_tags[reading.segment_of[index]]:
            sort = "home" if sort == "get" else "free"
        if sort == "get" and _carries_off(reading, index):
            continue
        if sort is None or ("noun.handover" in token.tags and _reads_as_noun(reading, index)):
            continue
        found.append(
            Verb(
                index=index,
                segment=reading.segment_of[index],
                sort="get" if sort in ("give", "swing") and _is_given(reading, index) else sort,
                mood=_mood(reading, index),
                weak="form.participle" in token.tags
                or _in_passing(reading, index)
                or _told_apart(reading, index)
                or _describing(reading, index),
            )
        )
    found.extend(_at_home(reading, found))
    strong = [verb for verb in found if not verb.weak]
    aside = "number" not in reading.tags
    if any(verb.mood == "done" and not (aside and "relative" in reading.segment_tags[verb.segment]) for verb in strong):
        return found
    nominal = _nominal(reading) if not strong or "happened" in reading.tags else []
    return found + [verb for verb in nominal if not found or verb.mood == "done"]


def _carries_off(reading: Reading, index: int) -> bool:
    """Whether Russia takes people away: "Росіяни вивезли 40 дітей"; those of Kursk are brought home."""
    if not reading.tokens[index].text.startswith(_AWAY) or "region.russia" in reading.tags:
        return False
    return not reading.segment_tags[reading.segment_of[index]].isdisjoint({"party.russia", "to.russia"})


def _at_home(reading: Reading, found: list[Verb]) -> list[Verb]:
    """Find the clauses of a title that tell without a verb who is home: "Удома 909 загиблих, росіяни забрали 43"."""
    if reading.paragraph or not found:
        return []
    told = {verb.segment for verb in found}
    return [
        Verb(index=index, segment=segment, sort="home", mood="done")
        for index, (token, segment) in enumerate(zip(reading.tokens, reading.segment_of, strict=True))
        if "home" in token.tags and segment not in told and "number" in reading.segment_tags[segment]
        if reading.segment_tags[segment].isdisjoint({"plan", "cond", "not", "loss"})
    ]


def _goes_home(reading: Reading, index: int) -> bool:
    """Whether who moves goes home: "з неволі вийшли", "left Moscow to join relatives", not "left two dead"."""
    if reading.segment_tags[reading.segment_of[index]] & {"loss", "deported"}:
        return False
    for place, token in reading.in_segment(reading.segment_of[index]):
        if token.tags & _HOMEWARD and (place > index or (place < index and "kin" not in token.tags)):
            return True
        if "border" in token.tags and place > index and "prep" not in reading.tokens[place - 1].tags:
            return True
        if token.tags & {"to.ukraine", "to.russia"}:
            words = token.text.split()
            if words[0] in _INTO or (words[0] in _IN_OR_INTO and not token.text.endswith(_LOCATIVE_ENDINGS)):
                return True
    return False


def _meets_freed(reading: Reading, index: int) -> bool:
    """Whether who is met has come back: "ще 90 захисників зустріли сьогодні", not "двух сестер встретила тетя"."""
    tags = reading.segment_tags[reading.segment_of[index]]
    counted = "number" in tags and bool(tags & {"soldier", "kind.prisoners", "civilian", "kind.civilians"})
    return counted and bool(tags & {"day", "border", "waypoint", "home", "captivity"})


def _mood(reading: Reading, index: int) -> Mood:
    segment = reading.segment_of[index]
    governing = [token for place, token in reading.in_segment(segment) if place < index]
    if "not" in reading.segment_tags[segment] and any("not" in token.tags for token in governing[-_DENIAL_REACH:]):
        return "denied"
    if _refuted(reading, index) or _untrue(reading, index):
        return "denied"
    form = reading.tokens[index].tags
    if form & {"form.infinitive", "form.future"} and not form & {"form.done"}:
        lead = reading.segment_tags[segment] | (reading.segment_tags[segment - 1] if segment else frozenset())
        if "form.infinitive" in form and ("managed" in lead or _headline_present(reading, index)):
            return "done"
        return "planned"
    if reading.segment_tags[segment].isdisjoint(_UNDONE):
        return "done"
    return "planned" if any(token.tags & _UNDONE for token in governing) else "done"


def _refuted(reading: Reading, index: int) -> bool:
    """Whether somebody refutes what a word tells, before it in its clause or in the clause before."""
    if "refute" not in reading.tags:
        return False
    segment = reading.segment_of[index]
    before = any("refute" in token.tags for place, token in reading.in_segment(segment) if place < index)
    return before or (segment > 0 and "refute" in reading.segment_tags[segment - 1])


def _untrue(reading: Reading, index: int) -> bool:
    """Whether an exchange is only talked of: "a purported swap", "сообщения об обмене не соответствуют …"."""
    lead = list(takewhile(_leads, reversed(reading.tokens[max(0, index - _ALLEGED_REACH) : index])))
    if any("alleged" in token.tags for token in lead):
        return True
    if "refute" not in reading.tags or "happened" in reading.segment_tags[reading.segment_of[index]]:
        return False
    talk = any("talk" in token.tags for token in reading.tokens[max(0, index - _TALK_REACH) : index])
    return _refuted(reading, index) or (talk and any("refute" in token.tags for token in reading.tokens[index + 1 :]))


def _leads(token: Token) -> bool:
    """Whether a word may stand between a doubt and what is doubted: not in "нібито українські тіла повернули"."""
    return not token.is_mark and not token.tags & COUNTED


def _is_given(reading: Reading, index: int) -> bool:
    """Whether an English passive has the receiver for its subject: "Russia was handed 38", "Kyiv given 1,000"."""
    tokens = reading.tokens
    if not tokens[index].text.isascii() or not index or not any(one.number for one in tokens[index + 1 : index + 4]):
        return False
    before = tokens[index - 1]
    segment = reading.segment_of[index]
    counted = any(one.number for place, one in reading.in_segment(segment) if place < index)
    if counted:
        return False
    named = before.tags & {"party.ukraine", "party.russia"} and tokens[index].text.startswith("given")
    return before.text in _PASSIVE or (bool(named) and reading.paragraph == 0)


def _headline_present(reading: Reading, index: int) -> bool:
    """Whether a title's English base form is its present tense: "Russia, Ukraine hand back bodies"."""
    governing = [token for place, token in reading.in_segment(reading.segment_of[index]) if place < index]
    return (
        reading.paragraph == 0
        and reading.tokens[index].text.isascii()
        and not reading.tokens[index].text.startswith("to ")
        and not any(token.text == "to" or token.tags & {"plan", "cond"} for token in governing)
    )


def _in_passing(reading: Reading, index: int) -> bool:
    """Whether an English participle only describes: "freed prisoners", "the dead are handed over and exchanged"."""
    token = reading.tokens[index]
    if not token.text.isascii() or not token.text.endswith("ed") or index + 1 >= len(reading.tokens):
        return False
    before = reading.tokens[index - 1] if index else None
    auxiliaries = [
        one.text
        for place, one in reading.in_segment(reading.segment_of[index])
        if place < index and one.text in _HABITUAL | _PERFECT
    ]
    if auxiliaries and auxiliaries[-1] in _HABITUAL:
        return "verb.home" not in token.tags
    after = reading.tokens[index + 1].tags
    describes = bool(after & (COUNTED | {"nat.ukraine", "nat.russia"})) and "number" not in after
    active = any(
        one.tags & {"sides", "party.ukraine", "party.russia"} or one.text in _AUXILIARY
        for place, one in reading.in_segment(reading.segment_of[index])
        if place < index
    )
    active = active or (before is not None and "conj" in before.tags)
    return describes and not active


def _describing(reading: Reading, index: int) -> bool:
    """Whether an English participle behind its noun only describes: "they have named bodies returned in June"."""
    tokens = reading.tokens
    if reading.paragraph == 0 or not index or not tokens[index].text.isascii():
        return False
    sort = {tag[5:] for tag in tokens[index].tags if tag.startswith("verb.")}
    if not sort & {"give", "get", "free", "swing"} or not tokens[index].text.split()[0].endswith(_PARTICIPLES):
        return False
    others = any(
        token.text in _FINITE or (place < index and (token.text == "to" or "loss" in token.tags))
        for place, token in reading.in_segment(reading.segment_of[index])
    )
    return bool(tokens[index - 1].tags & COUNTED) and others


def _told_apart(reading: Reading, index: int) -> bool:
    """Whether a participle tells some bodies from others: "20 of the dead received in recent days turned out"."""
    tokens = reading.tokens
    if not tokens[index].text.isascii() or not 1 < index < len(tokens) - 1 or "prep" not in tokens[index + 1].tags:
        return False
    if not tokens[index - 1].tags & COUNTED:
        return False
    definite = tokens[index - 1].text.startswith("the ") or tokens[index - 2].text in ("the", "these", "those")
    return definite and any(token.text in ("turned", "proved", "were", "are") for token in tokens[index + 1 :])


def _reads_as_noun(reading: Reading, index: int) -> bool:
    """Tell the English noun "the release" from the verb in "Russia, Ukraine exchange prisoners"."""
    if index == 0:
        return True
    before = reading.tokens[index - 1]
    if before.text in _BEFORE_NOUN or before.is_mark or (before.number is not None and reading.tokens[index].plural):
        return True
    subject = before.tags & (COUNTED | {"sides", "party.ukraine", "party.russia", "conj", "number", "plan", "rel"})
    return not subject and before.text.split()[-1] != "to"


def _nominal(reading: Reading) -> list[Verb]:
    tags = reading.tags
    nouns = [
        index
        for index, token in enumerate(reading.tokens)
        if token.tags & {"noun.handover", "home"} or ("noun.get" in token.tags and _counts(reading, index))
    ]
    if nouns:
        index = min(nouns, key=lambda place: ("home" not in reading.tokens[place].tags, place))
        segment = reading.segment_of[index]
        return [Verb(index=index, segment=segment, sort="noun", mood=_nominal_mood(reading, index, segment))]
    parted = "kind.children" in tags and not tags.isdisjoint(_KIN) and "deported" not in tags
    placed = ("kind.remains" in tags or parted) and "to.ukraine" in tags and "number" in tags
    if placed and not tags & {"loss", "plan", "cond", "not"}:
        index = next(place for place, token in enumerate(reading.tokens) if "to.ukraine" in token.tags)
        return [Verb(index=index, segment=reading.segment_of[index], sort="noun", mood="done")]
    return []


def _results(reading: Reading, index: int, segment: int) -> bool:
    """Whether a relative clause tells the outcome: "a mediation which resulted in the exchange of 180 captives"."""
    return any("happened" in token.tags for place, token in reading.in_segment(segment) if place < index)


def _counts(reading: Reading, index: int) -> bool:
    """Whether a noun goes with a number: "receipt of 522 bodies"."""
    return any(token.number is not None for token in reading.tokens[index + 1 : index + 1 + _DENIAL_REACH])


def _denied(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word stands right behind its denial: "не відбувся", "did not take place"."""
    return any("not" in token.tags for token in tokens[max(0, index - 2) : index])


def _nominal_mood(reading: Reading, index: int, segment: int) -> Mood:
    tags, tokens = reading.tags, reading.tokens
    if any("happened" in token.tags and _denied(tokens, place) for place, token in enumerate(tokens)):
        return "denied"
    if _untrue(reading, index):
        return "denied"
    near = range(max(0, index - 3), min(len(tokens), index + 6))
    if any("not" in tokens[place].tags and reading.segment_of[place] == segment for place in near):
        return "denied"
    if reading.segment_tags[segment] & {"plan", "cond"} or (tags & {"plan", "cond"} and "happened" not in tags):
        return "planned"
    if "loss" in reading.segment_tags[segment] and "happened" not in tags and reading.paragraph > 0:
        return "none"
    carried_out = {"happened", "within"} <= reading.segment_tags[segment]
    aside = "relative" in reading.segment_tags[segment] and not _results(reading, index, segment)
    if (reading.segment_tags[segment] & {"agree.noun"} and not carried_out) or aside:
        return "none"
    told = any("report" in token.tags for token in tokens[max(0, index - _REPORT_REACH) : index + _REPORT_REACH])
    told = told or ("report" in tags and "number" in tags and not tags & {"plan", "not", "cond", "agree.ref"})
    past = "background" in tags and "number" in tags
    if "home" in tokens[index].tags or "happened" in tags or told or past or reading.paragraph == 0:
        return "done"
    return "done" if tags & {"to.ukraine", "to.russia"} and "number" in tags else "none"
