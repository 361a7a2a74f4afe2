"""Who receives what a figure counts where its clause does not say: by its neighbours, the speaker, the article."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.claims import RECIPIENTS, Recipient
from bot.language.reports.doubts import TOO_MANY
from bot.language.reports.parts import COUNTED, OTHER, Figure, Reading
from bot.language.reports.spans import total_span
from bot.language.reports.speakers import choose_speaker
from bot.language.reports.statements import Statement
from bot.language.reports.story import Story

#: So few may stand beside others of their own side.
_FEW = 3
#: Figures so many times apart are not of one thing.
_UNLIKE = 2
#: "A swap with Putin's Russia": words between.
_WITH = frozenset({"with", "з", "із", "с", "со"})
_WITH_REACH = 3
#: Two sides' figures for one thing differ by no more than this share.
_NEAR = 0.15
#: More than any one exchange has freed.
_MANY = 1200
#: Whose they are is told from where the outlet stands.
_OURS = frozenset({"home", "to.us", "captivity"})
#: Predicates by which a speaker tells of his own side whatever the number.
_SAID_OUT = frozenset({"home", "get", "free"})
#: Predicates that a speaker uses of his own side where he names none.
_OWN_RETURN = frozenset({"home", "swing", "noun", "free", "none", "get"})


def recipients_of(
    story: Story,
    place: int,
    figure: Figure,
    figures: Sequence[Figure],
    *,
    default: Recipient | None,
    order: tuple[Recipient, Recipient] | None,
) -> Sequence[Recipient]:
    """Give who receives: nobody where it is not told, both sides for "95 each".

    Args:
        figures: All stated figures of the sentence.
        default: Whom the article speaks of where it names nobody.
        order: Recipients of the pair of figures before, which another pair follows.
    """
    reading = story.readings[place]
    if figure.both:
        return RECIPIENTS
    if figure.pair is not None:
        bodies = (figure.kind or story.kinds[place]) == "remains"
        return _pair_recipient(reading, figure, order, bodies=bodies)
    named = figure.recipient is not None and not figure.guessed
    we = figure.bare and "we" in reading.segment_tags[figure.segment]
    if (we or not named) and (addressed := _addressed(story, place, figure, figures)) is not None:
        return (addressed,)
    if figure.recipient is not None:
        return (figure.recipient,)
    if reading.tags & {"mediation"} and _both_ways(story, reading, figure):
        return ()
    sort = figure.verb.sort if figure.verb is not None else "none"
    segment = reading.segment_tags[figure.verb.segment] if figure.verb is not None else frozenset[str]()
    mutual = bool(segment & {"sides", "noun.exchange"}) or story.lexicon.language == "en"
    both = any("sides" in tags and "relative" not in tags for tags in reading.segment_tags)
    if (sort == "swap" and mutual) or (both and sort in ("noun", "free")):
        return ()
    parties = [one.party for one in story.speakers[place] if one.party != "other"]
    if "own" in figure.tags and not parties and (principal := _principal(story, place)) is not None:
        return (principal,)
    if "own" in figure.tags and not parties and (given := _given_away(story)) is not None:
        return (OTHER[given],)
    if "own" in figure.tags and parties:
        speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=None)
        return (speaker.party,) if speaker is not None and speaker.party != "other" else ()
    found = _by_context(story, place, figure, figures, sort=sort, default=default)
    bodies = (figure.kind or story.kinds[place]) == "remains" and total_span(reading, figure, story.published) is None
    unsaid = sort not in _SAID_OUT and tuple(found) == ("russia",)
    return ("ukraine",) if bodies and unsaid and figure.count >= TOO_MANY else found


def _both_ways(story: Story, reading: Reading, figure: Figure) -> bool:
    """Whether a total under mediation adds up those of both sides, as mediators count."""
    cumulative = figure.count > _MANY or total_span(reading, figure, story.published) is not None
    return cumulative and not reading.tags & {"nat.ukraine", "nat.russia"}


def restated_for(story: Story, place: int, statements: Sequence[Statement], figure: Figure) -> Sequence[Recipient]:
    """Give the recipient of the figure told before that a restated one is near to; of equals the speaker's own."""
    if not figure.restated or figure.recipient is not None or figure.both or "own" in figure.tags:
        return ()
    sides = [one for one in RECIPIENTS if f"elliptic.{one}" in story.readings[place].segment_tags[figure.segment]]
    if len(sides) == 1 and (figure.kind or story.kinds[place]) != "remains":
        return (sides[0],)
    alike = [one for one in statements if figure.kind in (None, one.kind) and one.measure == "round"]
    if not alike:
        return ()
    reading = story.readings[place]
    for nation in RECIPIENTS:
        if any(
            f"nat.{nation}" in token.tags and reading.tokens[index + 1].tags & COUNTED
            for index, token in reading.in_segment(figure.segment)
            if index < figure.start - 1
        ):
            return (nation,)
    speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=None)
    party = speaker.party if speaker is not None else "other"
    nearest = min(alike, key=lambda one: (abs(one.figure.count - figure.count), one.recipient != party))
    gap = abs(nearest.figure.count - figure.count)
    return (nearest.recipient,) if gap <= _NEAR * max(nearest.figure.count, figure.count) else ()


def _by_context(
    story: Story, place: int, figure: Figure, figures: Sequence[Figure], *, sort: str, default: Recipient | None
) -> Sequence[Recipient]:
    """Tell a recipient that the clause does not: by its neighbours, the speaker, the article."""
    reading_tags = story.readings[place].segment_tags[figure.segment]
    if sort in _OWN_RETURN - {"none"} and (own := _own_clause(story, place, figure)) is not None:
        return (own,)
    others = {one.recipient for one in figures if one is not figure and one.recipient is not None}
    if len(others) == 1:
        other = next(iter(others))
        beside = [one for one in figures if one.recipient == other and one.kind == figure.kind]
        if total_span(story.readings[place], figure, story.published) is not None and (
            figure.verb is None or figure.verb.segment != figure.segment
        ):
            return (other,)
        if "in.return" in reading_tags and not figure.extra:
            return (OTHER[other],)
        clash = any(_clash(story, place, one, figure) for one in beside) and sort in (
            "swing",
            "give",
            "get",
            "none",
        )
        return (OTHER[other],) if clash and not figure.extra else (other,)
    if "in.return" in reading_tags and (told := _told_before(story, place, figure)) is not None:
        return (OTHER[told],)
    nations = [party for party in RECIPIENTS if f"nat.{party}" in reading_tags]
    if figure.subset and len(nations) == 1:
        return (nations[0],)
    subjects = [party for party in RECIPIENTS if f"party.{party}" in story.readings[place].segment_tags[figure.segment]]
    if sort == "none" and len(subjects) == 1:
        return (OTHER[subjects[0]] if _gives_too(story, place, subjects[0]) else subjects[0],)
    speaker = choose_speaker(story.speakers[place], segment=figure.segment, index=figure.start, recipient=None)
    speaker = speaker or story.voice
    if speaker is not None and speaker.party == "russia" and _speaks_of_giving(story, place, figure):
        return ("ukraine",)
    if speaker is not None and speaker.party != "other" and sort in _OWN_RETURN:
        return (speaker.party,)
    principal = _principal(story, place)
    known = principal is not None or default is not None
    if known and (figure.kind or story.kinds[place]) == "remains" and figure.count >= TOO_MANY:
        return ("ukraine",)
    if sort == "get" and principal is not None:
        return (principal,)
    if sort == "home" and story.background[place] and (told := _only_teller(story)) is not None:
        return (told,)
    if principal == "russia" and (sort == "give" or (sort == "noun" and _speaks_of_giving(story, place, figure))):
        return ("ukraine",)
    if default is None and sort in ("home", "swing", "free", "get") and reading_tags & _OURS and story.side is not None:
        return (story.side,)
    if default is None and sort in ("home", "free") and (ours := _swapped_with(story.readings[place])) is not None:
        return (OTHER[ours],)
    if default is None and sort in ("home", "free") and "home" in story.readings[place].tags:
        spoken = {
            one.party for earlier in story.speakers[:place] for one in earlier if not one.name.endswith(" authorities")
        }
        return [side for side in RECIPIENTS if spoken == {side}]
    return (default,) if default is not None else ()


def _swapped_with(reading: Reading) -> Recipient | None:
    """Give the side with which the tellers' own had an exchange: "in a huge swap with Vladimir Putin's Russia"."""
    for index, token in enumerate(reading.tokens):
        if "noun.exchange" not in token.tags:
            continue
        behind = reading.tokens[index + 1 : index + 2 + _WITH_REACH]
        if behind and behind[0].text in _WITH:
            named = [side for one in behind for side in RECIPIENTS if one.tags & {f"party.{side}", f"by.{side}"}]
            return named[0] if named else None
    return None


def _own_clause(story: Story, place: int, figure: Figure) -> Recipient | None:
    """Give the side that alone speaks in a figure's clause, where another side speaks beside it."""
    speakers = [one for one in story.speakers[place] if one.party != "other"]
    own = {one.party for one in speakers if one.segment == figure.segment}
    if len(own) != 1 or {one.party for one in speakers} == own:
        return None
    return next((party for party in RECIPIENTS if party in own), None)


def _speaks_of_giving(story: Story, place: int, figure: Figure) -> bool:
    """Whether a noun tells of giving: "Мединский говорил о передаче 1248"."""
    verb = figure.verb
    return verb is not None and verb.sort == "noun" and "noun.give" in story.readings[place].tokens[verb.index].tags


def _gives_too(story: Story, place: int, side: Recipient) -> bool:
    """Whether a side named with a number alone gives as the one before it did: "Россия передала 217. Украина — 41"."""
    before = story.readings[place - 1] if place else None
    told = [one for one in before.figures if one.mood == "done"] if before is not None else []
    last = told[-1] if told else None
    return last is not None and last.verb is not None and last.verb.sort == "give" and last.recipient == side


def _clash(story: Story, place: int, one: Figure, other: Figure) -> bool:
    """Whether two figures cannot be of one side: of bodies, those of two rounds are alike."""
    fewer, more = sorted((one.count, other.count))
    alike = (other.kind or story.kinds[place]) == "remains" and fewer * _UNLIKE >= more
    return fewer != more and fewer > _FEW and not alike


def _told_before(story: Story, place: int, figure: Figure) -> Recipient | None:
    """Give the receiver of the figure told last, which "in return" answers; the default where nobody was named."""
    for earlier in reversed(story.readings[:place]):
        for one in reversed(earlier.figures):
            if one.mood == "done" and not one.subset and not one.both and figure.kind in (None, one.kind):
                voice = story.voice.party if story.voice is not None else None
                return (
                    one.recipient
                    or next((own for own in RECIPIENTS if own == voice), None)
                    or default_recipient(story, place)
                )
    return None


def _addressed(story: Story, place: int, figure: Figure, figures: Sequence[Figure]) -> Recipient | None:
    """Tell whom "to us" and "to them" mean: "нам отдали 512, им — 18 тысяч"."""
    tags = story.readings[place].segment_tags
    own = tags[figure.segment] | (tags[figure.segment - 1] if figure.segment and figure.bare else frozenset())
    gives = "to.us" not in own and _we_give(story.readings[place], figure)
    elliptic = figure.bare and (figure.verb is None or figure.verb.segment != figure.segment)
    gets = elliptic and not gives and "we" in tags[figure.segment]
    if not own & {"to.us", "to.them"} and not gives and not gets:
        return None
    ours = _us(story, place, figures)
    if gets:
        return ours
    if gives and ours is not None:
        return OTHER[ours]
    if ours is None or "to.us" in tags[figure.segment]:
        return ours
    reported = bool(story.speakers[place]) and not story.readings[place].tags & {"we", "to.us"}
    return OTHER[ours] if "to.them" in own and not reported else ours


def _given_away(story: Story) -> Recipient | None:
    """Give the one side that others are told given to, where nobody speaks: "33 наших. Украине отгрузили тысячу"."""
    sides = {
        one.recipient
        for reading in story.readings
        for one in reading.figures
        if one.recipient is not None and one.verb is not None and one.verb.sort == "give" and one.mood == "done"
    }
    return next(iter(sides)) if len(sides) == 1 else None


def _we_give(reading: Reading, figure: Figure) -> bool:
    """Whether the speaker's own side gives: "мы отдали тысячу"."""
    verb = figure.verb
    if verb is None or verb.sort != "give":
        return False
    return any("we" in token.tags for index, token in reading.in_segment(verb.segment) if index < verb.index)


def _us(story: Story, place: int, figures: Sequence[Figure]) -> Recipient | None:
    """Tell whose side "we" are: that of the channel, of the speaker, of the outlet; else the one not told before."""
    if story.voice is not None and story.voice.party != "other":
        return story.voice.party
    parties = {one.party for one in story.speakers[place] if one.party != "other"}
    for own in RECIPIENTS:
        if parties == {own}:
            return own
    if story.side is not None:
        return story.side
    told = [one.recipient for earlier in story.readings[:place] for one in earlier.figures if one.recipient is not None]
    told += [one.recipient for one in figures if one.recipient is not None]
    return OTHER[told[-1]] if told else None


def _principal(story: Story, place: int) -> Recipient | None:
    """Give the side that tells the story: that of the next official who speaks, from a sentence on."""
    for speakers in (*story.speakers[place:], *story.speakers):
        for one in speakers:
            if one.party != "other":
                return one.party
    return None


def _only_teller(story: Story) -> Recipient | None:
    """Give the side that alone speaks in a text, whose own come home."""
    parties = {one.party for speakers in story.speakers for one in speakers if one.party != "other"}
    return next((side for side in RECIPIENTS if parties == {side}), None)


def _pair_recipient(
    reading: Reading, figure: Figure, order: tuple[Recipient, Recipient] | None, *, bodies: bool
) -> Sequence[Recipient]:
    """Give the recipient of one number of "1000 for 24": in the order of the parties named, or of the pair before.

    Of bodies the greater number goes to Ukraine where it is more than Russia ever received.
    """
    other = next((one for one in reading.figures if one is not figure and one.pair is not None), None)
    if (
        bodies
        and other is not None
        and max(figure.count, other.count) >= max(TOO_MANY, _UNLIKE * min(figure.count, other.count))
    ):
        return ("ukraine",) if figure.count > other.count else ("russia",)
    named = [
        party for token in reading.tokens for party in RECIPIENTS if token.tags & {f"party.{party}", f"to.{party}"}
    ]
    if len(named) == 2 and named[0] != named[1]:
        order = (named[0], named[1])
    if order is not None:
        return (order[figure.pair or 0],)
    return ()


def default_recipient(story: Story, place: int) -> Recipient | None:
    """Give the recipient that the article has spoken of up to a sentence where it names none."""
    for reading in story.readings[: place + 1]:
        for figure in reading.figures:
            if figure.recipient is not None and figure.mood == "done" and not figure.subset:
                return figure.recipient
    for reading in story.readings[: place + 1]:
        prisons = [one for one in RECIPIENTS if f"captivity.{one}" in reading.tags]
        if reading.happened and len(prisons) == 1:
            return OTHER[prisons[0]]
    parties = Counter(speaker.party for speakers in story.speakers for speaker in speakers if speaker.party != "other")
    if len(parties) == 1:
        return next(iter(parties))
    return "ukraine" if story.lexicon.language == "uk" else None
