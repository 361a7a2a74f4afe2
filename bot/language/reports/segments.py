"""Where a sentence is cut into segments: at marks, contrasts, relatives, and "and" before another predicate."""

from itertools import pairwise

from bot.language.reports.lexicon import names_party, verb_of
from bot.language.reports.parts import COUNTED
from bot.language.reports.text import Token

_DASHES = frozenset({"—", "–", "-"})
_BREAKS = _DASHES | frozenset({",", ";", ":", "(", ")", "•", "▪", "…", "..."})
#: After a verb of saying these open what is said.
_COMPLEMENT = frozenset({"що", "что", "that"})
_PRONOUNS = frozenset({"it", "they", "he", "she", "we"})
_TELLING = frozenset({"speech", "report"})
_AUXILIARIES = frozenset({"are", "were", "is", "was", "have", "has", "had"})
#: Words of a relative clause, its pronoun one of them, before which it has no end.
_RELATIVE_REACH = 3
_SUBJECTS = frozenset({"party.ukraine", "party.russia", "sides"})
_WHICH = frozenset({"that", "which"})
_WHICH_REACH = 2
_BEING = frozenset({"are", "were", "is", "was", "belong", "to", "as"})
_RELATIVES = frozenset({"who", "which", "whom", "whose"})
#: Words that may begin a segment though the lexicon says nothing of them.
_TURNING = _BREAKS | _PRONOUNS | _AUXILIARIES | _WHICH | {"as"}


def cut(tokens: list[Token]) -> list[int]:
    """Number the segment of each token; a mark belongs to the segment that it ends."""
    numbers: list[int] = []
    current = 0
    relative = len(tokens)
    fresh = True
    for index, token in enumerate(tokens):
        if not token.tags and token.text not in _TURNING:
            numbers.append(current)
            fresh = False
            continue
        behind_break, fresh = fresh, token.text in _BREAKS
        if fresh and not (token.text in _DASHES and _joins(tokens, index)):
            numbers.append(current)
            current += 1
            relative = len(tokens)
            continue
        tags = token.tags
        opens = "rel" in tags and token.text in _RELATIVES
        starts = not behind_break and (
            opens
            or "contrast" in tags
            or ("conj" in tags and _joins_predicates(tokens, index))
            or (not COUNTED.isdisjoint(tokens[index - 1].tags) and (_whose(tokens, index) or _describes(tokens, index)))
            or _claims_of(tokens, index)
            or (token.text == "as" and index + 1 < len(tokens) and names_party(tokens[index + 1].tags))
        )
        if opens:
            relative = index
        elif not starts and _goes_on(tokens, index, relative):
            starts, relative = True, len(tokens)
        current += starts
        numbers.append(current)
    return numbers


def _goes_on(tokens: list[Token], index: int, relative: int) -> bool:
    """Whether an English clause goes on behind its relative: "men who spent years in captivity | are coming home"."""
    if index - relative < _RELATIVE_REACH or tokens[index].text.split()[0] not in _AUXILIARIES:
        return False
    before = tokens[index - 1]
    subject = not before.tags.isdisjoint(_SUBJECTS) or not COUNTED.isdisjoint(before.tags)
    subject = subject or before.text in _PRONOUNS or before.text in _AUXILIARIES
    return not subject and not before.tags & {"speech", "conj"}


def _whose(tokens: list[Token], index: int) -> bool:
    """Whether a side says of the bodies before it whose they are: "1,000 bodies Moscow claims are those of"."""
    if not 0 < index < len(tokens) - 1 or not names_party(tokens[index].tags):
        return False
    return bool(tokens[index - 1].tags & COUNTED) and bool(tokens[index + 1].tags & {"speech", "belong"})


def _claims_of(tokens: list[Token], index: int) -> bool:
    """Whether a side says of those told of whose they are: "took back 1,000 on July 16 | that Moscow claims are"."""
    if tokens[index].text not in _WHICH or index + _WHICH_REACH >= len(tokens):
        return False
    return names_party(tokens[index + 1].tags) and any(
        "speech" in token.tags and following.text in _BEING
        for token, following in pairwise(tokens[index + 2 : index + 2 + _WHICH_REACH])
    )


def _participial(token: Token) -> bool:
    """Whether a clause opens with an oblique participle: "двоє дітей, вивезених до Росії, …"."""
    return "form.participle" in token.tags and not token.text.isascii()


def _describes(tokens: list[Token], index: int) -> bool:
    """Whether "that" goes with the noun before it: "the bodies that Russia passed on"."""
    if not index or not tokens[index - 1].tags & COUNTED:
        return False
    pronoun = tokens[index].text in _PRONOUNS and index > 1
    return tokens[index].text == "that" or (pronoun and "number" in tokens[index - 2].tags)


def _joins(tokens: list[Token], index: int) -> bool:
    """Whether a dash stands for a verb: "Москва – 24", "31 – Россия", "57 – із Запорізького"."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1].tags, tokens[index + 1].tags
    speaks = index + 2 < len(tokens) and "speech" in tokens[index + 2].tags
    if "number" in before or (names_party(after) and not speaks):
        return True
    if before & COUNTED and _destination_behind(tokens, index):
        return True
    if not after & {"number", "about", "at.least", "more", "home"}:
        return False
    if _destination_before(tokens, index):
        return True
    return names_party(before) or bool(
        before
        & (
            COUNTED
            | {"we", "to.us", "to.them", "axis", "home", "in.return", "restate", "since.last_year", "since.year"}
        )
    )


def _destination_before(tokens: list[Token], index: int) -> bool:
    """Whether a dash and its number tell how many went somewhere: "в Киев и в третьи страны — 128"."""
    for token in reversed(tokens[:index]):
        if token.text in _BREAKS or "number" in token.tags or verb_of(token.tags) is not None:
            return False
        if token.tags & {"to.ukraine", "to.russia"}:
            return True
    return False


def _destination_behind(tokens: list[Token], index: int) -> bool:
    """Whether a dash stands for going somewhere: "двое ребят — к маме в Россию"."""
    for token in tokens[index + 1 : index + 4]:
        if token.is_mark or "number" in token.tags:
            return False
        if token.tags & {"to.ukraine", "to.russia"}:
            return True
    return False


def _joins_predicates(tokens: list[Token], index: int) -> bool:
    if not _predicate_near(tokens, index, -1):
        return False
    return _predicate_near(tokens, index, 1) or names_party(tokens[min(index + 1, len(tokens) - 1)].tags)


def _predicate_near(tokens: list[Token], index: int, step: int) -> bool:
    position = index + step
    while 0 <= position < len(tokens) and tokens[position].text not in _BREAKS:
        if verb_of(tokens[position].tags) is not None:
            return True
        position += step
    return False


def tag_segments(tokens: list[Token], segment_of: list[int]) -> list[frozenset[str]]:
    """Gather the tags of each segment; one that opens with a relative pronoun is marked "relative"."""
    tags: list[set[str]] = [set() for _ in range(segment_of[-1] + 2)]
    place, told = 0, False
    for index, token in enumerate(tokens):
        segment = segment_of[index]
        place = place + 1 if index and segment_of[index - 1] == segment else 0
        if place > 1 and not token.tags and "modal" not in tags[segment]:
            continue
        if not place and index:
            told = told or not _TELLING.isdisjoint(tags[segment_of[index - 1]])
        noun = index > 1 and token.text == "що" and bool(tokens[index - 2].tags & (COUNTED | {"noun.handover"}))
        complement = token.text in _COMPLEMENT and segment and told and not noun
        if "rel" in token.tags and place <= 1 and not complement:
            tags[segment].add("relative")
        whose = segment and not place and (_whose(tokens, index) or _claims_of(tokens, index))
        if whose or (segment and not place and (_describes(tokens, index) or _participial(token))):
            tags[segment].add("relative")
        tags[segment] |= token.tags
        if "modal" in tags[segment] and (
            token.tags & {"form.infinitive"} or token.text.endswith(("ти", "тися", "тись", "ть", "ться"))
        ):
            tags[segment].add("plan")
    return [frozenset(found) for found in tags]
