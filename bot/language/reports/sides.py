"""Whether what is told is between the two sides of this war.

Another war, a third country's prisons, clubs and shareholders, flights from abroad and floods at home have the same
verbs and numbers; what tells them apart is who gives, who gets, and where they come from.
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.language.reports.lexicon import NO_TAGS
from bot.language.reports.parts import Reading
from bot.language.reports.story import Story

#: Paragraphs in which the news stands.
LEAD = 2
EXCHANGE = frozenset({"noun.exchange", "verb.swap"})
_BESIDE = 1
_MOVES = frozenset({"verb.give", "verb.get", "verb.swing", "verb.free"})
_UKRAINE = frozenset(f"{role}.ukraine" for role in ("party", "to", "from", "by", "of", "adj", "captivity", "nat"))
_RUSSIA = frozenset(f"{role}.russia" for role in ("party", "to", "from", "by", "of", "adj", "captivity", "nat")) | {
    "amb.russia"
}
_CAPTIVE = frozenset(
    {"kind.remains", "kind.prisoners", "kind.children", "captivity", "captivity.russia", "captivity.ukraine"}
)
#: What only happens between two sides.
_CROSSING = frozenset(
    {"noun.exchange", "verb.swap", "captivity", "captivity.russia", "captivity.ukraine", "kind.prisoners", "in.return",
     "sides", "from.russia", "from.ukraine", "deported"}
)  # fmt: skip
#: What tells that children come back, and are not taken away.
_REUNITED = frozenset(
    {"kin", "to.family", "home", "noun.handover", "verb.swap", "verb.swing", "to.ukraine", "from.russia",
     "from.ukraine", "in.return", "mediation", "captivity", "kind.prisoners", "kind.remains"}
)  # fmt: skip
_OURS_AWAY = frozenset({"soldier", "rank", "wounded", "kind.children", "verb.free"})
_CARRIED = frozenset(
    {"noun.handover", "verb.give", "verb.swing", "verb.home", "to.ukraine", "to.russia", "from.russia", "from.ukraine"}
)
#: So many words of sport or business make an exchange one of players or shares.
_TRADE = 2
#: So many for one captive, who is one in a manner of speaking: "a captive of the bench".
_OUTNUMBER = 3
_TRADED = _CAPTIVE | {"sport"}
_SIDES = _UKRAINE | _RUSSIA | {"sides", "official.ukraine", "official.russia"}
_UKRAINIAN = _UKRAINE | {"sides.named", "official.ukraine"}
_FROM = frozenset({"from", "з", "із", "зі", "из", "с"})


def strange_to_the_war(story: Story, front: Sequence[int], events: Sequence[int]) -> tuple[str, ...]:
    """Name what makes the events another matter; empty where they may be between the two sides.

    Args:
        front: Places of the sentences in the title and the first paragraphs.
        events: Places of those that tell a handover as done.
    """
    told = [story.readings[place] for place in events]
    found = {
        "other_war": _elsewhere(story),
        "other_country": _third_country(story, front, events),
        "from_third_country": any(map(_from_third, told)),
        "third_country_acts": any(map(_third_acts, told)),
        "other_trade": _trades(story),
        "from_abroad": _from_abroad(story, front),
        "carried_off": _carried_off(story, front, events),
        "within_one_side": bool(events) and not _between_sides(story, front, events),
    }
    return tuple(name for name, holds in found.items() if holds)


def names_side(tags: frozenset[str]) -> bool:
    return not tags.isdisjoint(_SIDES)


def names_official(story: Story) -> bool:
    """Whether a body or person of either side is named in the front."""
    return any(
        (claimant := story.lexicon.claimants.get(tag)) is not None and claimant.party != "other" and claimant.named
        for reading in story.readings
        if reading.paragraph <= LEAD
        for tag in reading.tags
    )


def _elsewhere(story: Story) -> bool:
    """Whether another war is named in the front at least as often as this one."""
    front = [reading for reading in story.readings if reading.paragraph <= 1]
    if not any("elsewhere" in reading.tags for reading in front):
        return False
    tokens = [token for reading in front for token in reading.tokens]
    foreign = sum("elsewhere" in token.tags for token in tokens)
    ours = sum(bool(token.tags & (_UKRAINE | _RUSSIA | {"sides"})) for token in tokens)
    return foreign > 0 and foreign >= ours


def _third_country(story: Story, front: Sequence[int], events: Sequence[int]) -> bool:
    """Whether the events are with a third country: it is named in them or in the exchange, and Ukraine is not."""
    told = [story.readings[place] for place in events]
    apart = any("third" in one.tags and "mediation" not in one.tags for one in told)
    if apart and not any(one.tags & _UKRAINIAN for one in told):
        return True
    exchanges = [one for one in (story.readings[place] for place in front) if not one.tags.isdisjoint(EXCHANGE)]
    return (
        bool(events)
        and not any(reading.tags & _UKRAINIAN for reading in story.readings)
        and any(
            "third" in tags and not tags.isdisjoint(EXCHANGE)
            for reading in exchanges
            if "mediation" not in reading.tags
            for tags in reading.segment_tags
        )
    )


def _from_third(reading: Reading) -> bool:
    """Whether people come from a third country: "from Turkey", "з Угорщини"."""
    if reading.paragraph <= 1 and "third.gives" in reading.tags:
        return True
    return reading.paragraph <= 1 and any(
        "third" in token.tags and reading.tokens[index - 1].text in _FROM
        for index, token in enumerate(reading.tokens)
        if index
    )


def _third_acts(reading: Reading) -> bool:
    """Whether a third country gives or gets: "Hungary received 11 prisoners from Russia", "передала Венгрии"."""
    if reading.paragraph > 1:
        return False
    for index, token in enumerate(reading.tokens):
        behind = reading.tokens[index + 1].tags if index + 1 < len(reading.tokens) else NO_TAGS
        led = index and "prep" in reading.tokens[index - 1].tags
        if "transit" in token.tags and behind & {"verb.give", "verb.free"} and not led:
            return True
        if "third" not in token.tags:
            continue
        after = [one for one in reading.tokens[index + 1 : index + 1 + _BESIDE] if "prep" not in one.tags][:_BESIDE]
        before = reading.tokens[max(0, index - 1) : index]
        acts = bool(after) and bool(after[0].tags & _MOVES)
        gets = any(one.tags & {"verb.give"} for one in before) and not token.text.isascii()
        if acts or gets:
            return True
    return False


def _trades(story: Story) -> bool:
    """Whether clubs or shareholders exchange, and hardly a captive or body is named: "two defenders for a pick"."""
    tokens = [token.tags for reading in story.readings if reading.tags & _TRADED for token in reading.tokens]
    traded, captive = (sum(not tags.isdisjoint(told) for tags in tokens) for told in ({"sport"}, _CAPTIVE))
    return traded >= max(_TRADE, _OUTNUMBER * captive)


def _from_abroad(story: Story, front: Sequence[int]) -> bool:
    """Whether people come home from travels: "З Еміратів прилетіли ще 340 українців", and nobody from captivity."""
    tags = frozenset[str]().union(*(story.readings[place].tags for place in front))
    ours = _CAPTIVE - ({"kind.children"} if "scene" in tags else NO_TAGS) | EXCHANGE | {"from.russia", "deported"}
    return not tags & ours and _out_of_abroad(story, front)


def _out_of_abroad(story: Story, front: Sequence[int]) -> bool:
    """Whether the front tells of somebody who comes from a country that is in no war with either side."""
    return any(
        "abroad" in token.tags and (token.text.split()[0] in _FROM or before.text in _FROM)
        for place in front
        if "abroad" in story.readings[place].tags
        for before, token in pairwise(story.readings[place].tokens)
    )


def _between_sides(story: Story, front: Sequence[int], events: Sequence[int]) -> bool:
    """Whether anything tells that those of the events come from the other side, and not from a flood or a journey."""
    tags = frozenset[str]().union(*(story.readings[place].tags for place in front))
    if tags & _CROSSING or (_sides(tags, story) == 2):
        return True
    told = frozenset[str]().union(*(story.readings[place].tags for place in events))
    if told & {"soldier", "rank", "wounded"} or {"kind.children", "kin"} <= told:
        return True
    if "kind.remains" in told:
        return bool(told & _CARRIED) or names_official(story)
    elsewhere = "scene" in tags or _out_of_abroad(story, front)
    return not elsewhere and (bool(tags & _OURS_AWAY) or names_official(story))


def _carried_off(story: Story, front: Sequence[int], events: Sequence[int]) -> bool:
    """Whether children are taken to Russia, and nobody tells of kin, of a return or of an exchange."""
    told = frozenset[str]().union(*(story.readings[place].tags for place in events))
    if "kind.children" not in told or told.isdisjoint({"to.russia", "party.russia"}):
        return False
    tags = frozenset[str]().union(*(story.readings[place].tags for place in front))
    return tags.isdisjoint(_REUNITED)


def _sides(tags: frozenset[str], story: Story) -> int:
    """Count the sides that are named, by their own names, their people, regions or officials."""
    officials = {claimant.party for tag in tags if (claimant := story.lexicon.claimants.get(tag)) is not None}
    ukraine = tags & (_UKRAINE | {"region.ukraine"}) or "ukraine" in officials
    return bool(ukraine) + bool(tags & (_RUSSIA | {"region.russia"}) or "russia" in officials)
