"""Which numbers of a sentence count people or bodies: their nouns, their bounds, their pairs."""

from itertools import pairwise

from bot.domain.claims import RECIPIENTS, Kind, Qualifier
from bot.language.reports.lexicon import verb_of
from bot.language.reports.parts import COUNTED, Figure, Reading, kind_of
from bot.language.reports.phrases import Phrase, noun_before, of_before
from bot.language.reports.text import Token

#: "Three times 1,200 each", "трижды подряд по 1200": several handovers, and of which days nobody says.
_TIMES_REACH = 3
_ONE = frozenset({"a", "an"})
_OF_THEM = frozenset({"of them", "of these", "of those", "of whom", "of which"})
_NAMED = 2
_REGION_REACH = 5
_AT = frozenset({"на", "в", "у", "во", "in", "at", "near", "біля", "під", "под", "возле"})
_TAKEN_FROM = ("kursk", "курськ", "курщ", "курск", "belgorod", "белгородск", "бєлгородськ")
_REGION_ENDINGS = ("щини", "щину", "щина", "щині", "ччини", "ччину", "щины", "щину")
_SPANS = ("weeks ", "days ", "months ", "years ", "week ", "month ", "тижні ", "тижнів ", "недели ", "недель ")
_DEFINITE = frozenset({"the", "these", "those"})
_OUT_OF = frozenset({"из", "із", "з"})
_ASIDE = frozenset({",", "(", ")", "а", "but"})
_LAST_HOUR = 24
#: "Nine in ten" is a share.
_IN_EVERY = frozenset({"in"})
_AT_HOUR = frozenset({"at", "в", "у", "о", "об"})
_BY_HOUR = _AT_HOUR | {
    "by",
    "around",
    "about",
    "until",
    "before",
    "after",
    "к",
    "до",
    "близько",
    "около",
    "з",
    "с",
    "от",
}
_WITH = frozenset({"with", "alongside", "з", "із", "зі", "с", "со"})
#: "Пишут примерно о 65".
_OF_NUMBER = frozenset({"о", "об", "про"})
#: "95 by 95", "95/95".
_EQUAL_LINKS = frozenset({"by", "x", "х", "×", "/", "-", "–", "—", ":"})
_GENITIVE_PLURAL = ("ів", "їв", "ов", "ев", "ей", "ій")
_THE_OTHER = frozenset({"інший", "інша", "другий", "друга", "другой", "другая", "another", "other", "others"})
_ARTICLES = frozenset({"of", "a", "the"})


def find_figures(reading: Reading) -> list[Figure]:
    """Find the figures of a sentence, in its order."""
    figures: list[Figure] = []
    for index, token in enumerate(reading.tokens):
        if "same" in token.tags:
            figures.append(_same_number(reading, index))
        elif token.text in _ONE and _one_child(reading.tokens, index):
            figures.append(_a_child(reading, index))
        elif (
            token.number is not None
            and token.number.value > 0
            and not _is_age(reading, index)
            and (read := _figure(reading, index)) is not None
        ):
            figures.append(read)
    _mark_pairs(reading, figures)
    _mark_each(reading, figures)
    return figures


def _is_age(reading: Reading, index: int) -> bool:
    return "age" in reading.tags and any("age" in one.tags for one in reading.tokens[max(0, index - 5) : index])


def _one_child(tokens: list[Token], index: int) -> bool:
    """Whether an article counts: "a Russian girl has gone home"; only beside children that are counted."""
    counted = any(
        token.number is not None and any("kind.children" in near.tags for near in tokens[place + 1 : place + 4])
        for place, token in enumerate(tokens)
    )
    return counted and any(
        "child.one" in token.tags and not any(one.is_mark for one in tokens[index:place])
        for place, token in enumerate(tokens[index + 1 : index + 3], start=index + 1)
    )


def _a_child(reading: Reading, index: int) -> Figure:
    phrase = Phrase(reading.tokens, index)
    return Figure(
        count=1,
        qualifier="exact",
        low=index,
        start=index,
        end=phrase.end,
        segment=reading.segment_of[index],
        kind="children",
        bare=False,
        tags=phrase.tags,
    )


def _same_number(reading: Reading, index: int) -> Figure:
    phrase = Phrase(reading.tokens, index)
    return Figure(
        count=0,
        qualifier="exact",
        low=index,
        start=index,
        end=phrase.end,
        segment=reading.segment_of[index],
        kind=kind_of(phrase.tags),
        bare=not phrase.tags,
        tags=phrase.tags,
        same=True,
    )


def _figure(reading: Reading, index: int) -> Figure | None:
    number = reading.tokens[index].number
    qualifier = _qualifier(reading.tokens, index)
    if number is not None and (_is_hour(reading.tokens, index) or (number.value == 1 and qualifier != "exact")):
        return None
    if _time_after_time(reading, index):
        return None
    if _rejected(reading.tokens, index) or _no_count(reading.tokens, index) or _whole_named(reading.tokens, index):
        return None
    if "times" in reading.tags and any(
        "times" in token.tags for token in reading.tokens[max(0, index - _TIMES_REACH) : index]
    ):
        return None
    phrase = Phrase(reading.tokens, _behind_rejected(reading.tokens, index))
    if _companions(reading.tokens, index, phrase.end) or (phrase.alone and _of_another_noun(reading.tokens, index)):
        return None
    governed = of_before(reading.tokens, index)
    if number is None or qualifier is None:
        return None
    if phrase.foreign and not (governed and phrase.tags) and not _behind_link(reading.tokens, index):
        return None
    before = (
        noun_before(reading.tokens, index)
        if not phrase.tags & COUNTED or of_before(reading.tokens, index)
        else frozenset()
    )
    tags = phrase.tags | before
    if number.value == 1 and not tags & COUNTED and not _one_elsewhere(reading.tokens, index):
        return None
    lead = reading.tokens[max(0, index - 2) : index]
    return Figure(
        count=number.value,
        qualifier=qualifier,
        low=index - 1 if of_before(reading.tokens, index) else index,
        start=index,
        end=phrase.end,
        segment=reading.segment_of[index],
        kind=kind_of(tags),
        bare=phrase.alone and not before,
        tags=tags,
        subset=phrase.subset or _partitive(reading.tokens, index),
        further=any("further" in token.tags for token in lead),
        summed=any("summed" in token.tags for token in lead),
        local=_of_one_region(reading.tokens, index, phrase.end),
    )


def _time_after_time(reading: Reading, index: int) -> bool:
    """Whether one side alone received so many each time: "в январе и феврале Киев получал по 757"."""
    if not index or reading.tokens[index - 1].text != "по":
        return False
    segment = reading.segment_of[index]
    tags = reading.segment_tags[segment]
    alone = sum(f"party.{side}" in tags for side in RECIPIENTS) == 1 and "sides" not in tags
    return alone and any(verb.sort == "get" and verb.segment == segment for verb in reading.verbs)


def _of_one_region(tokens: list[Token], index: int, end: int) -> bool:
    """Whether a phrase counts the people of one region of Ukraine or Russia, other than those taken from Kursk."""
    foreign = False
    for place in range(index + 1, min(len(tokens), end + _REGION_REACH)):
        token = tokens[place]
        if place >= end and (token.is_mark or token.tags & {"number", "conj"} or token.text in _AT or _is_verb(token)):
            break
        foreign = foreign or bool(token.tags & {"region.russia"}) or any(one in token.text for one in _TAKEN_FROM)
        if "local" in token.tags or token.text.endswith(_REGION_ENDINGS):
            return not foreign
    return False


def _is_verb(token: Token) -> bool:
    return verb_of(token.tags) is not None


def _one_elsewhere(tokens: list[Token], index: int) -> bool:
    """Whether "one" is one more of those counted before, who went elsewhere: "five … to Ukraine and one to Russia"."""
    counted = any(
        token.number is not None and any(near.tags & COUNTED for near in tokens[place + 1 : place + 5])
        for place, token in enumerate(tokens[:index])
    )
    behind = tokens[index + 1 : index + 4]
    return counted and any(token.tags & {"to.ukraine", "to.russia"} for token in behind)


def _rejected(tokens: list[Token], index: int) -> bool:
    """Whether a number is the one that is wrong: "eight, not 18", "35, а не 53"."""
    place = index - 1
    while place >= 0 and tokens[place].text in _ARTICLES:
        place -= 1
    return place >= 0 and "instead" in tokens[place].tags


def _whole_named(tokens: list[Token], index: int) -> bool:
    """Whether a number only names the whole that another counts a part of: "eight of the 43", "восемь из 43"."""
    place = index - 1
    while place >= 0 and (tokens[place].text in _ARTICLES - {"of"} or tokens[place].tags & {"more", "at.least"}):
        place -= 1
    if place < 1 or tokens[place].text not in _OUT_OF | {"of"}:
        return False
    part = tokens[place - 1].number
    return part is not None and part.value > 1


def _behind_link(tokens: list[Token], index: int) -> bool:
    """Whether a number is the second of a pair, so that what follows need not be its noun: "тисяча на тисячу"."""
    return index > 1 and "for" in tokens[index - 1].tags - {"conj"} and "number" in tokens[index - 2].tags


def _no_count(tokens: list[Token], index: int) -> bool:
    """Whether a number is a percentage, or an age told behind a name: "Daria, 15, crossed"."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and (after.text.startswith(_SPANS) or after.tags & {"day.word", "half"}):
        return True
    if _is_share(tokens, index):
        return True
    if after is None or "percent" in after.tags or after.text == "%":
        return after is not None
    if index < _NAMED or after.text != "," or tokens[index - 1].text != ",":
        return False
    name = tokens[index - _NAMED]
    return name.text.isalpha() and not any(tag.startswith(("to.", "from.", "party.")) for tag in name.tags)


def _is_share(tokens: list[Token], index: int) -> bool:
    """Whether a number is of a share: "nine in ten", "one in five"."""
    for place in (index - 1, index + 1):
        if 0 < place < len(tokens) - 1 and tokens[place].text in _IN_EVERY:
            part, whole = tokens[place - 1].number, tokens[place + 1].number
            if part is not None and whole is not None and part.value < whole.value and whole.spelled:
                return True
    return False


def _is_hour(tokens: list[Token], index: int) -> bool:
    """Whether a number tells the time: "at nine", "в 9 вечера", "о п'ятій", "by 5 p.m."."""
    number = tokens[index].number
    if number is None or number.value > _LAST_HOUR or not index:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and "hour" in after.tags:
        return tokens[index - 1].text in _BY_HOUR
    stated = any("speech" in token.tags for token in tokens[:index])
    return tokens[index - 1].text in _AT_HOUR and (after is None or after.is_mark) and not stated


def _behind_rejected(tokens: list[Token], index: int) -> int:
    """Give the place from which a number's nouns are read: "eight, not 18, Kursk civilians"."""
    place = index + 1
    while place < len(tokens) and (tokens[place].text in _ASIDE or "instead" in tokens[place].tags):
        place += 1
    if place > index + 1 and place < len(tokens) and "number" in tokens[place].tags and _rejected(tokens, place):
        return place + 1 if place + 1 < len(tokens) and tokens[place + 1].text in _ASIDE else place
    return index


def _companions(tokens: list[Token], index: int, end: int) -> bool:
    """Whether a number counts those that somebody came with: "together with 145 others"."""
    if not any("others" in token.tags for token in tokens[max(0, index - 1) : min(end + 1, len(tokens))]):
        return False
    return any(token.text in _WITH for token in tokens[max(0, index - 2) : index])


def _qualifier(tokens: list[Token], index: int) -> Qualifier | None:
    """Read the bound before a number; None for "fewer than"."""
    if tokens[index].text.endswith(("-odd", "-plus")):
        return "at_least"
    if index + 1 < len(tokens) and "and.more" in tokens[index + 1].tags:
        return "at_least"
    for token in reversed(tokens[max(0, index - 3) : index]):
        if "at.most" in token.tags:
            return None
        if "at.least" in token.tags:
            return "at_least"
        if "about" in token.tags:
            return "about"
        if not token.tags & {"more", "of", "each"} and token.text not in _ARTICLES | _OF_NUMBER:
            break
    return "exact"


def _of_another_noun(tokens: list[Token], index: int) -> bool:
    """Whether a number without a noun counts what is neither people nor bodies: "on 12 and 14 years"."""
    behind = tokens[index + 1 : index + 3]
    if len(behind) == 2 and "conj" in behind[0].tags and behind[1].number is not None:
        return Phrase(tokens, index + 2).foreign
    return _fronted(tokens, index) or _in_parallel(tokens, index)


def _fronted(tokens: list[Token], index: int) -> bool:
    """Whether a noun opens the sentence that a later number counts: "Дозволів на пошуки Україна видала п'ять"."""
    first, second = tokens[0], tokens[1] if len(tokens) > 1 else tokens[0]
    led = bool(second.tags & {"prep", "party.ukraine", "party.russia"}) and not first.tags
    counted = any(token.tags & COUNTED for token in tokens[:index])
    return led and not counted and not first.text.isascii() and first.text.endswith(_GENITIVE_PLURAL)


def _in_parallel(tokens: list[Token], index: int) -> bool:
    """Whether a number repeats a clause about other things: "хтось пробув у полоні два роки, хтось три"."""
    subject = tokens[index - 1] if index else tokens[index]
    earlier = [place for place, token in enumerate(tokens[:index]) if token.number is not None]
    if not earlier or not subject.text.isalpha() or subject.tags:
        return False
    repeated = any(token.text == subject.text for token in tokens[: earlier[-1]])
    return (repeated or subject.text in _THE_OTHER) and Phrase(tokens, earlier[-1]).foreign


def _partitive(tokens: list[Token], index: int) -> bool:
    """Whether a number counts some of those told of: "20 of the dead", "3 из полученных тел"."""
    after = tokens[index + 1 : index + 3]
    if after and after[0].text in _OF_THEM:
        return True
    if len(after) < 2:
        return False
    if after[0].text in _OUT_OF | {"of"} and any("number" in token.tags for token in tokens[index + 2 : index + 5]):
        return True
    if after[0].text == "of":
        return after[1].text in _DEFINITE or bool(after[1].tags & {"kind.remains"} and after[1].text.startswith("the "))
    return after[0].text in _OUT_OF and bool(after[1].tags & {"form.participle", "subset"})


def _mark_pairs(reading: Reading, figures: list[Figure]) -> None:
    """Find "84 for 84", "1000 к 24", and in a formula or title "45 и 212"."""
    for first, second in pairwise(figures):
        between = reading.tokens[first.start + 1 : second.start]
        if len(between) != 1 or first.same or second.same:
            continue
        link = between[0]
        equal = first.count == second.count and link.text in _EQUAL_LINKS
        ratio = link.text == "to" and "formula" in reading.tags
        formula = equal or ratio or ("for" in link.tags and "conj" not in link.tags and link.text != "to")
        listed = "conj" in link.tags and first.end == first.start + 1 and second.end == second.start + 1
        if not (formula or listed):
            continue
        first.pair, second.pair = 0, 1
        kind: Kind | None = first.kind or second.kind
        first.kind = second.kind = kind
        first.bare = second.bare = kind is None
        first.both = second.both = first.count == second.count
        second.qualifier = first.qualifier


def _shares_each(reading: Reading, first: Figure, second: Figure) -> bool:
    """Whether "each" holds for a second figure too: "по 270 военных и 120 гражданских"."""
    if not first.both or first.pair is not None or first.segment != second.segment:
        return False
    between = reading.tokens[first.end : second.start]
    return len(between) == 1 and "conj" in between[0].tags


def _adds_up(reading: Reading, figures: list[Figure], place: int) -> bool:
    """Whether a figure is of the parts behind a colon of what "each" received: "390 each: 270 soldiers and 120 …"."""
    for whole, first in enumerate(figures[:place]):
        colon = figures[whole].end < len(reading.tokens) and reading.tokens[figures[whole].end].text == ":"
        parts = figures[whole + 1 :]
        if first.both and first.pair is None and colon and sum(one.count for one in parts) == first.count:
            return True
    return False


def _mark_each(reading: Reading, figures: list[Figure]) -> None:
    """Find "95 each", "по 205 осіб", "each side handed over 90", and the parts of such a figure."""
    for place, figure in enumerate(figures):
        if figure.tags & {"nat.ukraine", "nat.russia"}:
            continue
        before = reading.tokens[figure.start - 1] if figure.start else None
        if before is not None and before.text == "по" and sum("day" in token.tags for token in reading.tokens) > 2:
            continue
        if (
            (before is not None and "each" in before.tags)
            or (place and figures[0].both and figure.end == figure.start + 1 and figure.segment > figures[0].segment)
            or (
                figure.pair is None
                and any("each" in token.tags and token.text != "по" for _, token in reading.in_segment(figure.segment))
            )
        ) or (place and (_shares_each(reading, figures[place - 1], figure) or _adds_up(reading, figures, place))):
            figure.both = True
