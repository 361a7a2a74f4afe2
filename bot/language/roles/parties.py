"""The parties of a question: who stands where, by name, adjective, people, capital, person or pronoun."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.domain.claims import Party
from bot.domain.queries import AskedRecipient
from bot.language.names import Names
from bot.language.words import Cell

Role = Literal[
    "to", "from", "by", "subject", "nationality", "claim", "place", "with", "bare", "predicate", "holder", "unclear"
]  # fmt: skip
#: What a party comes to: the side that receives, the side whose figures they are, or neither.
Slot = Literal["", "recipient", "party"]


@dataclass(slots=True, eq=False, repr=False)
class Entity:
    """A party as it stands in the question."""

    party: Party
    start: int
    end: int
    role: Role = "bare"
    #: Person or body, as `Query.claimant` holds it.
    claimant: str | None = None
    #: A person or a body speaks, who hands nothing over.
    speaker: bool = False
    capital: bool = False
    #: Class of the verb that it is the subject of.
    verb: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Roles:
    """What the parties of a question come to."""

    recipient: AskedRecipient | None = None
    party: Party | None = None
    claimant: str | None = None
    #: Both parties' figures are spoken of.
    both_parties: bool = False
    entities: list[Entity] = field(default_factory=list)
    #: A party stands where it has no meaning for us ("prisoners in Russia").
    stray: list[Cell] = field(default_factory=list)
    #: The recipient is named by "to".
    addressed: bool = False
    #: A party named without any role, as in "and Russia?".
    bare: Entity | None = None
    #: Cells of the verbs of saying that have their subject.
    said: set[int] = field(default_factory=set)
    #: "The other side", which only the question before it names: it states or receives.
    other: Slot = ""


VERBS = ("v:give", "v:get", "v:return", "v:bring", "v:come", "v:free", "v:swap")
OTHER: dict[Party, Party] = {"ukraine": "russia", "russia": "ukraine"}
#: "Их тела" are theirs, or those of whoever was spoken of.
THEIRS = frozenset(["их", "їх"])
_OWNERS = ("'s", "’s", "'", "’")
_NAMING = frozenset(
    f"{role}:{party}" for role in ("who", "party", "people", "capital") for party in ("ukraine", "russia", "other")
)
PRONOUNS = ("we", "us", "our", "they", "them", "their")


class Parties:
    """Finds the parties among the cells of one question."""

    def __init__(self, cells: Sequence[Cell], names: Names) -> None:
        self.cells = cells
        self.names = names

    def entity(self, i: int) -> Entity | None:
        """Return the party that begins at a cell."""
        if self.cells[i].used or (found := self.named(i)) is None:
            return None
        while found.end < len(self.cells) and (
            self.cells[found.end].has("side") or (self.cells[found.end].norm == "'" and self.cells[found.end].mark)
        ):
            found.end += 1
        follower = self.cells[found.end] if found.end < len(self.cells) else None
        if follower is not None and follower.has(f"who:{found.party}") and not found.claimant:
            found.claimant = self.claimant(follower)
            found.speaker = True
            found.end += 1
        return found

    def named(self, i: int) -> Entity | None:
        """Return the party that one cell names."""
        cell = self.cells[i]
        parties: tuple[Party, ...] = () if cell.senses.isdisjoint(_NAMING) else ("ukraine", "russia", "other")
        for party in parties:
            if cell.has(f"who:{party}"):
                return Entity(party, i, i + 1, claimant=self.claimant(cell), speaker=True)
            if cell.has(f"party:{party}", f"people:{party}", f"capital:{party}"):
                return Entity(party, i, i + 1, capital=cell.has(f"capital:{party}"))
        if cell.norm in self.names.claimants:
            known = self.names.claimants[cell.norm]
            return Entity(known.party, i, i + 1, claimant=known.name, speaker=True)
        if cell.has("we", "us", "our"):
            return Entity("ukraine", i, i + 1)
        follower = self.cells[i + 1] if i + 1 < len(self.cells) else None
        theirs = cell.norm in THEIRS and follower is not None and any(s.startswith("kind:") for s in follower.senses)
        if cell.has("they", "them", "their") or theirs:
            return Entity("russia", i, i + 1)
        return None

    def claimant(self, cell: Cell) -> str | None:
        """Return the ledger's name of a person or body that is named; its own words where the ledger has none."""
        for word in cell.norm.split():
            stem = word[:6]
            for known, claimant in self.names.claimants.items():
                if len(stem) >= 5 and known[:6] == stem:
                    return claimant.name
        return None

    def is_side(self, e: Entity) -> bool:
        return e.end - e.start > 1 and self.cells[e.start + 1].has("side")

    def is_slavic(self, e: Entity) -> bool:
        return not self.cells[e.start].norm.isascii()

    def is_possessive(self, e: Entity) -> bool:
        """Tell whether an English possessive stands there ("Moscow's", "the Russian side's", "the headquarters'")."""
        return any(c.possessive or c.text.endswith(_OWNERS) for c in self.cells[e.start : e.end])

    def features(self, e: Entity) -> frozenset[str]:
        """Return case features: those of "сторона" where the party is "российская сторона"."""
        cell = self.cells[e.start + 1] if self.is_side(e) else self.cells[e.start]
        senses = (
            ("side",)
            if self.is_side(e)
            else (f"party:{e.party}", f"people:{e.party}", f"capital:{e.party}", f"who:{e.party}", "our", "their")
        )
        found: set[str] = set()
        for sense in senses:
            found |= cell.features(sense)
        if cell.has("us", "them"):
            found |= {"pd"}
        if cell.has("we", "they"):
            found |= {"pn"}
        return frozenset(found)
