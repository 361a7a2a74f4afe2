"""What a question names: its slots, filled by grammar, before anything is taken for granted.

A slot that nobody named stays None, so that a follow-up changes only what it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.claims import KINDS, Kind
from bot.domain.queries import AskedRecipient, GroupBy, Measure
from bot.language.dates.periods import Mention
from bot.language.roles import Entity, Roles
from bot.language.words import Cell, Words


@dataclass(slots=True, eq=False, repr=False)
class Frame:
    """The slots of one question."""

    words: Words
    cells: list[Cell]
    mentions: list[Mention] = field(default_factory=list)
    #: Every period as it was first read, those of stories included.
    dated: list[Mention] = field(default_factory=list)
    roles: Roles = field(default_factory=Roles)
    #: Kinds that are named by a noun of their own.
    kinds: list[Kind] = field(default_factory=list)
    #: Prisoners, because of "freed", "exchanged", "from captivity" or a bare "exchange".
    implied: Kind | None = None
    #: "of every kind", or an event without a kind.
    all_kinds: bool = False
    measure: Measure | None = None
    group_by: GroupBy | None = None
    recipient: AskedRecipient | None = None
    #: The wording is about returns to Ukraine, though it names nobody.
    homeward: bool = False
    #: A verb or noun of handing over stands in it.
    event: bool = False
    #: Content that nothing accounts for, and figures or restrictions that no query can hold.
    unknown: list[Cell] = field(default_factory=list)
    unsupported: list[Cell] = field(default_factory=list)
    counted: bool = False
    #: "in total", "ever": the whole record.
    whole: bool = False
    #: Somebody's word is passed on, and whether it is so is asked.
    told: bool = False
    #: All senses of the cells, and perhaps some that a cell has lost since.
    senses: frozenset[str] = frozenset()

    def settle_senses(self) -> None:
        """Gather the senses there are, anew where some were added; most that are asked for are none of them."""
        self.senses = frozenset().union(*[cell.senses for cell in self.cells])

    def has(self, *senses: str) -> bool:
        """Tell whether a cell may mean one of these."""
        if self.senses.isdisjoint(senses):
            return False
        for cell in self.cells:  # noqa: SIM110 - asked a hundred times a question, twice as quick
            if not cell.senses.isdisjoint(senses):
                return True
        return False

    def lives(self, *senses: str) -> bool:
        """Tell whether a cell may mean one of these and no date has taken it ("since the last exchange")."""
        if self.senses.isdisjoint(senses):
            return False
        return any(not cell.used and not cell.senses.isdisjoint(senses) for cell in self.cells)

    def text_of(self, entity: Entity | None) -> str:
        """Return a party as it was written; "" for none."""
        return " ".join(c.text for c in self.cells[entity.start : entity.end]) if entity else ""

    def first(self, *senses: str) -> int:
        """Return the index of the first such cell; -1 where there is none."""
        return next((i for i, cell in enumerate(self.cells) if cell.has(*senses)), -1)


_KIND_SENSES = frozenset(f"kind:{kind}" for kind in KINDS)


def kind_in(cell: Cell) -> bool:
    """Tell whether a cell names a kind."""
    return not cell.senses.isdisjoint(_KIND_SENSES)


UNIT_GROUPS: dict[str, GroupBy] = {"unit:day": "day", "unit:week": "week", "unit:month": "month", "unit:year": "year"}
EVENTS = ("exchange", "handover", "repatriation")


#: Phrases, whose number the lexicon does not tell.
_PLURAL_PHRASES = frozenset({"handovers", "hand overs", "exchanges", "swaps"})


def event_forms(cell: Cell) -> frozenset[str]:
    """Return the number and case features of an event noun; of a verb or adjective none."""
    return frozenset(f for m in cell.meanings if m.sense in EVENTS and m.part in {"N", "X"} for f in m.features)


def is_plural(cell: Cell) -> bool:
    """Tell whether an event noun is surely in the plural, or counted ("обмінів")."""
    forms = event_forms(cell)
    plural = "p" in forms or any(len(f) == 2 and f[0] == "p" for f in forms)
    singular = any(len(f) == 2 and f[0] == "s" for f in forms)
    return (plural and (not singular or "pg" in forms)) or cell.norm in _PLURAL_PHRASES


def plural_event(frame: Frame) -> bool:
    """Tell whether events in the plural are asked for; a form that may be singular counts unless figures govern it."""
    for i, cell in enumerate(frame.cells):
        if cell.used or not cell.has(*EVENTS):
            continue
        if i and frame.cells[i - 1].has("data") and not is_plural(cell):
            continue
        forms = event_forms(cell)
        if "p" in forms or any(len(f) == 2 and f[0] == "p" for f in forms) or cell.norm in _PLURAL_PHRASES:
            return True
    return False


def kinds_of(frame: Frame) -> Sequence[Kind]:
    """Return the kinds that were named or are implied."""
    if frame.kinds:
        return frame.kinds
    return [frame.implied] if frame.implied else []
