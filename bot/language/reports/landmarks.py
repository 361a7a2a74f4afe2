"""Since what a count runs where an event is told, and no date: "since Russia invaded", "від дня, як почалася війна"."""

from bot.language.reports.text import Sentence, Token

#: Words from what opens a start to what began then.
_REACH = 8
#: Behind these somebody is held since then, and not counted.
_HELD_REACH = 3
_HELD = frozenset({"held", "captured", "imprisoned", "detained", "jailed", "missing"})
_OPENS = frozenset({"start", "start.after", "since.start"})
_QUOTES = frozenset({"«", "»", '"', "“", "”", "'", "„"})


def mark_landmarks(sentence: Sentence) -> None:
    """Mark what counts from the invasion, and where the invasion is told, which is no handover's side."""
    if "war" not in sentence.tags:
        return
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        if token.tags.isdisjoint(_OPENS) or _of_the_held(tokens, index):
            continue
        told = _told_behind(tokens, index)
        wars = [one for one in told if "war" in one.tags]
        begun = any(one.tags & {"begun", "war.begun"} for one in told)
        if not wars or ("start.after" in token.tags and not begun):
            continue
        token.tags |= {"since.invasion"}
        for one in told:
            one.tags |= {"landmark"}
        sentence.tags |= {"since.invasion", "landmark"}


def _told_behind(tokens: list[Token], index: int) -> list[Token]:
    """Give the words that tell what began: to the end of the clause that a start opens, "із моменту, коли …"."""
    told: list[Token] = []
    for place in range(index + 1, min(len(tokens), index + 1 + _REACH)):
        token = tokens[place]
        if token.text in _QUOTES or (token.text == "," and place == index + 1):
            continue
        if token.is_mark or "number" in token.tags:
            break
        told.append(token)
        if "war" in token.tags and not any(one.tags & {"begun", "war.begun"} for one in tokens[place + 1 : place + 2]):
            break
    return told


def _of_the_held(tokens: list[Token], index: int) -> bool:
    """Whether a start only tells since when somebody is held: "captured since the invasion"."""
    before = tokens[max(0, index - _HELD_REACH) : index]
    return any("loss" in token.tags or token.text in _HELD for token in before)
