"""What a question is about that the ledger does not hold: persons, losses, the future, other topics."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from bot.domain.answers import Reason
from bot.language.frame import EVENTS, Frame
from bot.language.roles import VERBS
from bot.language.words import Cell

Outcome = tuple[Literal["no_data", "not_understood", "out_of_scope"], Reason | None]

_OTHER = ("oos:weather", "oos:war", "oos:gear", "oos:politics", "oos:other")
_DOMAIN = ("exchange", "handover", "repatriation", "identified", "conflict")


def judge(frame: Frame) -> Outcome | None:
    """Return why no figure is given; None where the question may be answered."""
    cells = [c for c in frame.cells if not c.used]
    live = frozenset[str]().union(*[c.senses for c in cells])
    if "oos:inject" in live:
        return "out_of_scope", "other_topic"
    if frame.has("insult") and not (frame.counted or frame.kinds or frame.event):
        return "not_understood", None
    asked = frame.counted or frame.measure not in {None, "total", "list"}
    topic = bool(frame.kinds or frame.implied or frame.all_kinds or frame.event)
    personal = "missing" in live or ("find" in live and "kin" in live)
    if personal and not (asked and topic and "find" not in live):
        return "out_of_scope", "personal"
    if "contact" in live and not (frame.counted or frame.kinds or frame.event):
        return "out_of_scope", "personal"
    own = "kin" in live and (
        any(c.has("kin") and not c.has("fill", "people", "home") for c in cells) or _own_man(cells)
    )
    asked_by = frame.has("asker")
    if (
        own
        and not asked_by
        and not frame.counted
        and (frame.event or frame.kinds or frame.implied or frame.has("home"))
    ):
        return "out_of_scope", "personal"
    someone = any(_is_handed(frame, i) for i, c in enumerate(frame.cells) if c.norm in _SOMEONE)
    if (
        someone
        and not frame.counted
        and frame.measure in {None, "total", "happened", "last"}
        and (frame.event or frame.implied)
    ):
        return "out_of_scope", "personal"
    if "missing" in live and "kin" not in live:
        return "out_of_scope", "unsupported"
    if not live.isdisjoint(_OTHER):
        return "out_of_scope", "other_topic"
    if _own_man(cells) and not (asked or topic):
        return "out_of_scope", "personal"
    if "losses" in live and _losses(frame, cells):
        return "out_of_scope", "other_topic"
    if "held" in live:
        return "out_of_scope", "unsupported"
    if "future" in live or ("tomorrow" in live and topic) or _is_to_come(frame):
        return (
            ("out_of_scope", "other_topic")
            if any(not c.has("future") for c in frame.unknown) and not topic
            else ("no_data", "future")
        )
    shares = frame.measure == "share_identified"
    unsupported = "unsup" in live and any(c.has("unsup") and not (shares and _is_share(c)) for c in cells)
    if unsupported or frame.unsupported:
        return "out_of_scope", "unsupported"
    if any(c.has("find") for c in frame.unknown) and not asked:
        return "out_of_scope", "personal"
    if _unanswerable(frame) or _only_taken(frame) or _asks_all(frame):
        return "out_of_scope", "unsupported"
    return None


def _is_to_come(frame: Frame) -> bool:
    """Tell whether the verb of handing over stands in the future ("коли звільнять", "сколько приедет")."""
    verbs = [{f for m in c.meanings if m.part == "V" for f in m.features} for c in frame.cells if c.has(*VERBS)]
    told = any(forms & {"m", "f", "n", "p", "S", "P", "0"} for forms in verbs)
    asks_when = frame.has("when") and not any(_PAST.search(c.norm) for c in frame.cells if not c.has(*VERBS))
    return not told and any("F" in forms and ("i" not in forms or asks_when) for forms in verbs)


#: Impersonal verbs of the past, which govern an infinitive ("вдалося повернути").
_PAST = re.compile("[а-яіїє]{3,}л(?:[оаи]|[ои]с[ья])$")
#: What was done to children before anybody could return them, in the phrases that name them by it.
_TAKEN = (
    *("deport", "transferred", "депорт", "викрад", "вивез", "похищ", "вывез"),
    *("взят", "захвач", "захопл", "попавш", "потрап"),
)


def _only_taken(frame: Frame) -> bool:
    """Tell whether those who were taken away are asked for, and not those of them who came back."""
    kinds = ("kind:children", "kind:prisoners")
    if frame.event or not frame.has(*kinds) or frame.has(*VERBS, "home"):
        return False
    return any(c.has(*kinds) and any(stem in c.norm for stem in _TAKEN) for c in frame.cells)


def _asks_all(frame: Frame) -> bool:
    """Tell whether it is asked if all of them came back, of whom nobody knows how many there are."""
    if frame.counted or frame.told or frame.measure not in {None, "total", "rounds", "happened"}:
        return False
    cells = [c for c in frame.cells if not c.mark]
    every = next((i for i, c in enumerate(cells) if c.norm.split()[0] in _EVERY), None)
    if every is None or not (frame.has(*VERBS, "home") or frame.event):
        return False
    opening = next((c for c in cells if c.norm not in {"а", "and", "but", "so", "і", "и", "та"}), cells[0])
    if opening.norm in _AUXILIARY and cells[1].norm != "you":
        return True
    behind = next((c for c in cells[every + 1 :] if not c.has("fill")), None)
    named = behind is not None and behind.has(*_PERSONS, *EVENTS)
    if not named and cells[every].norm.split()[0] not in _EVERYBODY:
        return False
    asked = any(c.norm in _WHETHER for c in cells)
    return asked or (cells[every] is opening and frame.cells[-1].text == "?" and not cells[every].norm.isascii())


#: "All", of persons and things; the second are everybody even without a noun.
_EVERY = frozenset(
    [
        *("all", "every", "everyone", "everybody", "всі", "усі", "всіх", "усіх", "кожного", "все", "всех", "каждого"),
    ]
)
_EVERYBODY = frozenset(["everyone", "everybody", "всі", "усі", "всіх", "усіх", "всех", "кожного", "каждого"])
_WHETHER = frozenset(["чи", "ли", "хіба", "невже", "разве", "неужели"])
_AUXILIARY = frozenset(["have", "has", "had", "are", "were", "was", "did", "is", "do", "does", "been"])
_PERSONS = ("kind:remains", "kind:prisoners", "kind:civilians", "kind:children", "people", "our", "us", "them", "their")


#: One person, who is asked for.
_SOMEONE = frozenset(
    ["he", "him", "she", "його", "її", "нього", "неї", "его", "ее", "него", "нее", "він", "вона", "он", "она"]
)


def _own_man(cells: Sequence[Cell]) -> bool:
    """Tell whether a word that means a man and a relative stands with "my"."""
    return any(a.norm in _MY and b.has("kin") for a, b in pairwise(cells))


_MY = frozenset(
    [
        "my",
        "our",
        "мій",
        "мого",
        "моєму",
        "моїм",
        "моя",
        "мою",
        "моєї",
        "мой",
        "моего",
        "моему",
        "моим",
        "моей",
        "моем",
        "моём",
        "наш",
        "нашої",
        "нашей",
        "нашого",
        "нашего",
    ]
)


def _is_handed(frame: Frame, i: int) -> bool:
    """Tell whether a pronoun stands beside what is done to persons ("його обміняли", "was he exchanged")."""
    behind = frame.cells[i + 1 : i + 5]
    if any(c.has("asker") for c in behind[:2]):
        return False
    return any(c.has(*VERBS) for c in (*frame.cells[max(0, i - 2) : i], *behind[:2])) or any(
        c.has("exchange", "handover", "repatriation") for c in behind
    )


def _unanswerable(frame: Frame) -> bool:
    """Tell whether it asks for what no measure holds, in words that are all known."""
    if frame.measure == "average" and frame.group_by in {"day", "week", "month", "year"}:
        return True
    if frame.measure == "share_identified" and frame.has("pending", "now") and frame.has("pending"):
        return True
    if frame.has("times") and frame.has("more"):
        return True
    if (
        frame.measure in {None, "total"}
        and not frame.counted
        and frame.has("yesno")
        and frame.kinds
        and not frame.event
        and not frame.mentions
    ):
        return not frame.has("v:happen")
    if frame.has("compare") and frame.measure in {"total", None} and not frame.mentions and not len(frame.kinds) > 1:
        return not frame.roles.entities and frame.counted
    opening = [c for c in frame.cells if not c.mark][:2]
    if any(c.has("where") for c in opening) and frame.measure in {"list", "last", "happened", "rounds", None}:
        return True
    living = any(kind in frame.kinds for kind in ("prisoners", "civilians", "children"))
    owned = bool(frame.roles.entities) and any(c.norm in _HAVE and not c.used for c in frame.cells)
    handed = frame.event or frame.has("v:free", "captivity", "home", "v:happen", "exchange", "handover")
    return (
        living
        and not handed
        and not frame.mentions
        and (owned or any(c.has("now") and not c.has("also") for c in frame.cells))
        and frame.measure in {"total", None}
    )


_HAVE = frozenset(["have", "has", "hold", "holds", "got", "має", "мають", "имеет", "имеют"])


def _is_share(cell: Cell) -> bool:
    """Tell whether a word asks for a share, which the answer gives as the number and what it is a part of."""
    return any(
        stem in cell.norm
        for stem in ("share", "percent", "proportion", "част", "доля", "долю", "відсот", "процент", "%")
    )


def _losses(frame: Frame, cells: Sequence[Cell]) -> bool:
    """Tell whether the dead are asked for as losses, not as those who were handed over."""
    lost = [c for c in cells if c.has("losses") and not c.has("fill")]
    return bool(lost)


def unread(frame: Frame, words: Sequence[Cell]) -> Outcome:
    """Return what a question with unknown words came to."""
    topic = bool(
        frame.kinds or frame.implied or frame.all_kinds or frame.event or frame.measure or frame.roles.entities
    )
    names = [c for c in words if c.text[:1].isupper() and not c.known and frame.cells.index(c) > 0]
    if names and frame.has("kin"):
        return "out_of_scope", "personal"
    if any(b.start == a.end for a, b in pairwise(names)):
        return "out_of_scope", "personal"
    if topic:
        return "not_understood", "unknown_word"
    known = [c for c in frame.cells if c.known and not c.mark and not c.number and len(c.norm) > 1]
    if len(known) >= 2 and len(known) >= len(words):
        return "out_of_scope", "other_topic"
    if frame.mentions and known:
        return "out_of_scope", "other_topic"
    return "not_understood", None
