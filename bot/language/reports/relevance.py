"""Whether an article's news is a completed handover between Russia and Ukraine.

The news stands in the title and the first paragraphs: there something must be told as done, of people or bodies, between
these two countries, and not in passing. A plan, a total, a verdict or another war there makes it something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.claims import Kind
from bot.language.reports.clauses import Reading
from bot.language.reports.discourse import Statement, Story

_LEAD = 2
_KIND_TAGS = frozenset(
    {
        "kind.remains",
        "kind.prisoners",
        "kind.children",
        "kind.civilians",
        "person",
        "captivity",
        "captivity.russia",
        "captivity.ukraine",
    }
)
_PARTY_TAGS = frozenset(
    f"{role}.{party}" for role in ("party", "to", "from", "by", "captivity", "nat") for party in ("ukraine", "russia")
) | {"sides", "amb.russia"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether it is news, how sure, about what, and why."""

    relevant: bool
    confidence: float
    kind: Kind
    reasons: tuple[str, ...]


def _tells_event(reading: Reading) -> bool:
    """Whether a sentence tells a handover as done, in a clause of its own."""
    tags = reading.tags
    if not tags & _KIND_TAGS and "noun.exchange" not in tags and "verb.swap" not in tags:
        return False
    return reading.happened


def _elsewhere(story: Story) -> bool:
    front = [reading for reading in story.readings if reading.sentence.paragraph <= 1]
    foreign = sum("elsewhere" in token.tags for reading in front for token in reading.sentence.tokens)
    ours = sum(bool(token.tags & _PARTY_TAGS) for reading in front for token in reading.sentence.tokens)
    return foreign > 0 and foreign >= ours


def judge_relevance(story: Story, statements: Sequence[Statement]) -> Verdict:
    """Judge one article."""
    title = [reading for reading in story.readings if reading.sentence.paragraph == 0]
    lead = [reading for reading in story.readings if 1 <= reading.sentence.paragraph <= _LEAD]
    kind: Kind = story.kinds[0] if story.kinds else "prisoners"
    reasons: list[str] = []
    mains = [one for one in statements if one.main]
    early = [one for one in mains if one.paragraph <= _LEAD]
    told = [
        reading
        for place, reading in enumerate(story.readings)
        if 1 <= reading.sentence.paragraph <= _LEAD and _tells_event(reading) and not story.background[place]
    ]
    title_event = any(_tells_event(reading) for reading in title)
    title_plan = any(reading.tags & {"plan", "not", "cond"} for reading in title)
    title_topic = any(reading.tags & (_KIND_TAGS | {"noun.handover", "home"}) or reading.verbs for reading in title)
    title_feature = any("feature" in reading.tags for reading in title)
    ours = any(reading.tags & _PARTY_TAGS for reading in [*title, *lead])
    if early:
        reasons.append("figure_in_lead")
    if title_event:
        reasons.append("event_in_title")
    if told:
        reasons.append("event_in_lead")
    against: list[str] = []
    if _elsewhere(story):
        against.append("other_war")
    if not ours:
        against.append("parties_not_named")
    if title_plan and not early:
        against.append("plan_in_title")
    if title_feature and not early:
        against.append("feature")
    if title and not title_topic and not early:
        against.append("other_topic")
    if not told and not early:
        against.append("nothing_done")
    relevant = bool(early or told) and not against
    confidence = 0.95 if relevant and early and title_event else 0.8 if relevant else 0.9 if against else 0.6
    return Verdict(relevant=relevant, confidence=confidence, kind=kind, reasons=tuple([*reasons, *against]))
