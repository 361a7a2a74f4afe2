"""Who gives, who receives, whose people they are, and whose figures are asked for: the parties of a question.

Roles are decided by grammar: prepositions and word order in English, cases and agreement in Ukrainian and Russian.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.domain.claims import Party, Recipient
from bot.domain.queries import AskedRecipient
from bot.language.names import Names
from bot.language.words import Cell

Role = Literal["to", "from", "by", "subject", "nationality", "claim", "place", "with", "bare", "side"]


@dataclass(slots=True, eq=False, repr=False)
class Entity:
    """A party as it stands in the question."""

    party: Party
    start: int
    end: int
    role: Role = "bare"
    #: Person or body, as `Query.claimant` holds it.
    claimant: str | None = None
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


VERBS = ("v:give", "v:get", "v:return", "v:bring", "v:come", "v:free", "v:swap")
_OTHER: dict[Party, Recipient] = {"ukraine": "russia", "russia": "ukraine"}
_SKIP = ("fill", "aux", "total", "entire", "act:help", "p:since_")


class RoleReader:
    """Assigns the roles of one question."""

    def __init__(self, cells: Sequence[Cell], names: Names) -> None:
        self.cells = cells
        self.names = names

    def read(self) -> Roles:
        """Return the roles; cells that got one are marked as used."""
        roles = Roles()
        i = 0
        while i < len(self.cells):
            entity = self.entity(i)
            if entity is None:
                i += 1
                continue
            entity.role = self.role(entity)
            before = roles.entities[-1] if roles.entities else None
            if before is not None and before.role == "claim" and entity.role != "to":
                between = self.cells[before.end : entity.start]
                if between and all(c.has("and") for c in between):
                    entity.role = "claim"
            roles.entities.append(entity)
            i = entity.end
        self.settle(roles)
        return roles

    # --- entities -------------------------------------------------------------------------------------------------

    def entity(self, i: int) -> Entity | None:
        """Return the party that begins at a cell."""
        cell = self.cells[i]
        if cell.used:
            return None
        found: Entity | None = None
        for party in ("ukraine", "russia", "other"):
            if cell.has(f"who:{party}"):
                found = Entity(party, i, i + 1, claimant=self.claimant(cell))
                break
            if cell.has(f"party:{party}", f"people:{party}", f"capital:{party}"):
                found = Entity(party, i, i + 1, capital=cell.has(f"capital:{party}"))
                break
        if found is None and cell.norm in self.names.claimants:
            known = self.names.claimants[cell.norm]
            found = Entity(known.party, i, i + 1, claimant=known.name)
        if found is None and cell.has("we", "us", "our"):
            found = Entity("ukraine", i, i + 1)
        if found is None and cell.has("they", "them", "their"):
            found = Entity("russia", i, i + 1)
        if found is None:
            return None
        while found.end < len(self.cells) and (
            self.cells[found.end].has("side") or (self.cells[found.end].norm == "'" and self.cells[found.end].mark)
        ):
            found.end += 1
        follower = self.cells[found.end] if found.end < len(self.cells) else None
        if follower is not None and follower.has(f"who:{found.party}") and not found.claimant:
            found.claimant = self.claimant(follower)
            found.end += 1
        return found

    def claimant(self, cell: Cell) -> str | None:
        """Return the ledger's name of a person or body that is named; its own words where the ledger has none."""
        for word in cell.norm.split():
            stem = word[:6]
            for known, claimant in self.names.claimants.items():
                if len(stem) >= 5 and known[:6] == stem:
                    return claimant.name
        return None

    # --- roles ----------------------------------------------------------------------------------------------------

    def role(self, e: Entity) -> Role:
        first = self.cells[e.start]
        slavic = not first.norm.isascii()
        if self.is_claim(e):
            return "claim"
        left = self.left(e.start)
        right = self.right(e.end)
        prep = self.preposition(e.start)
        features = self.features(e)
        pronoun = first.has("we", "us", "our", "they", "them", "their")
        adjective = "A" in features and not self.is_side(e) and not first.has("we", "us", "they", "them")
        if first.has("our", "their") or (first.possessive and not self.is_side(e)):
            if self.is_side(e):
                pass
            elif right is not None and right.has("receipt"):
                return "to"
            else:
                return "nationality"
        if prep:
            role = self.by_preposition(prep, features, e)
            if role:
                return role
        if adjective and right is not None and not self.is_verb(right):
            if right.has("receipt"):
                return "to"
            if self.is_person(right) or right.has("captivity"):
                return "nationality"
            if right.has("handover") and not slavic:
                e.verb = "v:give"
                return "subject"
        if slavic:
            return self.slavic_role(e, features, left, right, pronoun=pronoun)
        return self.english_role(e, left, right)

    def is_side(self, e: Entity) -> bool:
        return e.end - e.start > 1 and self.cells[e.start + 1].has("side")

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
        if cell.has("us"):
            found |= {"pd"}
        if cell.has("them"):
            found |= {"pd"}
        if cell.has("we", "they"):
            found |= {"pn"}
        return frozenset(found)

    def is_person(self, cell: Cell) -> bool:
        return any(s.startswith("kind:") for s in cell.senses) or cell.has("people", "losses", "kin")

    def is_verb(self, cell: Cell) -> bool:
        return cell.has(*VERBS) and not cell.has("handover", "exchange")

    def left(self, i: int) -> Cell | None:
        """Return the nearest word before a cell, without filler; None at a sign or the beginning."""
        for k in range(i - 1, max(-1, i - 5), -1):
            cell = self.cells[k]
            if cell.mark:
                return None
            if not cell.has("fill") or cell.has("p:from", "p:in", "p:to", "accord", *VERBS):
                return cell
        return None

    def right(self, i: int) -> Cell | None:
        """Return the nearest word behind a cell, without filler; None at a sign or the end."""
        for k in range(i, min(len(self.cells), i + 4)):
            cell = self.cells[k]
            if cell.mark and cell.text not in {"-"}:
                return None
            if not cell.has("fill", "aux") or cell.has(*VERBS):
                return cell
        return None

    def preposition(self, i: int) -> str:
        """Return the preposition that governs a cell, articles and adjectives skipped."""
        for k in range(i - 1, max(-1, i - 4), -1):
            cell = self.cells[k]
            if cell.norm in {"the", "of the", "a"} or (cell.has("entire") and cell.norm in {"whole", "всей"}):
                continue
            if cell.norm in PREPOSITIONS or cell.has("p:from"):
                return cell.norm
            if cell.has("v:give") and cell.norm.endswith(" to"):
                return "to"
            return ""
        return ""

    def by_preposition(self, prep: str, features: frozenset[str], e: Entity) -> Role | None:
        if prep in {"to", "into", "unto", "towards", "toward", "for", "до", "к", "для", "onto"}:
            return "to"
        if prep in {"from", "від", "од", "от", "из", "із", "out of"}:
            return "from"
        if prep in {"з", "зі", "с", "со", "із", "with", "против", "проти", "against"}:
            if prep in {"with", "against", "против", "проти"} or (
                features & {"si", "pi"} and not features & {"sg", "pg"}
            ):
                return "with"
            return "from"
        if prep == "by":
            return "by"
        if prep == "of":
            return "nationality"
        if prep in {"у", "в", "во", "in", "на", "inside", "within", "on"}:
            if features & {"sa", "pa"} and not features & {"sl", "pl"}:
                return "to"
            if prep == "у" and features & {"sg", "pg"} and not features & {"sl"}:
                return "from"
            return "place"
        if prep in {"between", "між", "между", "among"}:
            return "with"
        return None

    def english_role(self, e: Entity, left: Cell | None, right: Cell | None) -> Role:
        first = self.cells[e.start]
        if first.has("us"):
            return "to"
        if first.has("them"):
            return "bare"
        verb, passive = self.verb_after(e.end)
        before = self.cells[e.start - 1] if e.start else None
        aux = before is not None and before.norm in {"did", "has", "have", "had", "does", "do", "that", "which"}
        people = first.has(f"people:{e.party}") and not self.is_side(e) and not first.has("we", "they")
        patient = people and not aux and verb in {"v:free", "v:return", "v:come", "v:swap", "v:bring"}
        counted = (
            people and not aux and any(c.has("howmany", "number") for c in self.cells[max(0, e.start - 3) : e.start])
        )
        if patient or counted or (people and left is not None and left.has("kind:prisoners", "captivity")):
            return "nationality"
        if first.has("they") and verb not in {"v:get", "v:give"}:
            return "bare"
        if verb and not passive:
            e.verb = verb
            return "subject"
        if first.has("they") and not verb:
            return "bare"
        if people:
            return "nationality"
        if before is not None and before.has("v:give", "v:return"):
            return "to"
        return "bare"

    def verb_after(self, i: int) -> tuple[str, bool]:
        """Return the class of the verb that follows a noun, and whether it is passive ("were returned")."""
        passive = False
        for k in range(i, min(len(self.cells), i + 5)):
            cell = self.cells[k]
            if cell.mark:
                break
            if cell.norm in {"was", "were", "been", "being", "are", "is", "be"}:
                passive = True
                continue
            for sense in VERBS:
                if cell.has(sense):
                    return sense, passive
            if cell.has(
                "fill", "aux", "total", "entire", "our", "own", "home", "last", "first", "alltime", "say", "claim"
            ):
                continue
            break
        return "", passive

    def slavic_role(
        self, e: Entity, features: frozenset[str], left: Cell | None, right: Cell | None, *, pronoun: bool
    ) -> Role:
        first = self.cells[e.start]
        cases = {f[1] for f in features if len(f) == 2}
        people = first.has(f"people:{e.party}") and not self.is_side(e)
        verb = self.nearest_verb(e)
        if people and cases & {"g", "a"} and "n" not in cases and "d" not in cases:
            return "nationality"
        if not cases:  # "рф", "зсу": told by the verb
            if left is not None and left.has("v:give", "v:return") and "p" in self.verb_form(left):
                return "to"
            if left is not None and self.is_person(left):
                return "nationality"
            if verb is not None:
                e.verb = self.verb_class(verb)
                return "subject"
            return "bare"
        if "i" in cases and not cases & {"n", "g", "d"}:
            return "by"
        if "n" in cases and not (cases & {"d"} and not cases & {"a"}):
            if verb is not None:
                e.verb = self.verb_class(verb)
                return "subject"
            return "bare"
        if "d" in cases:
            if left is not None and self.is_person(left) and verb is None:
                return "nationality"
            return "to"
        if "g" in cases:
            return "nationality"
        return "bare"

    def nearest_verb(self, e: Entity) -> Cell | None:
        """Return the verb of the entity's clause, the nearest one first."""
        best: Cell | None = None
        distance = 99
        for k, cell in enumerate(self.cells):
            if cell.has(*VERBS) and ("V" in self.parts(cell) or cell.has("receipt")):
                away = e.start - k if k < e.start else k - e.end + 1
                if away < distance:
                    best, distance = cell, away
        return best

    def parts(self, cell: Cell) -> set[str]:
        return {m.part for m in cell.meanings if m.sense in VERBS}

    def verb_form(self, cell: Cell) -> frozenset[str]:
        found: set[str] = set()
        for meaning in cell.meanings:
            if meaning.sense in VERBS:
                found |= meaning.features
        return frozenset(found)

    def verb_class(self, cell: Cell) -> str:
        for sense in VERBS:
            if cell.has(sense):
                return sense
        return ""

    def is_claim(self, e: Entity) -> bool:
        """Tell whether the party is spoken of as the one who states figures."""
        first = self.cells[e.start]
        if e.claimant or first.has("who:ukraine", "who:russia", "who:other"):
            prep = self.preposition(e.start)
            return prep not in {"to", "до", "для", "к"}
        if self.preposition(e.start) == "у" and self._figures_only():
            return True
        right = self.right(e.end)
        attribute = "A" in self.features(e) and not self.is_side(e) and right is not None and self.is_person(right)
        for k in range(e.start - 1, max(-1, e.start - 5), -1):
            cell = self.cells[k]
            if attribute and not cell.has("accord"):
                break
            if cell.mark and cell.text not in "'\"«":
                break
            if cell.has("accord") or (cell.has("howmany") and "цифр" in cell.norm):
                return True
            if cell.has("data") and not cell.has("kind:remains"):
                # "данные России", "figures from Moscow", "версия российской стороны"
                between = self.cells[k + 1 : e.start]
                return all(
                    c.has("fill", "p:from", "p:in", "p:by", "p:za", "p:po", "claim") or c.norm == "the" for c in between
                )
            if cell.has("say", "claim") and k >= e.start - 3:
                return True
            if not (cell.has("fill", "p:by", "p:from", "p:za", "p:po", "entire") or cell.norm in {"the", "of"}):
                break
        for k in range(e.end, min(len(self.cells), e.end + 4)):
            cell = self.cells[k]
            if cell.mark:
                break
            if cell.has("say", "claim") and not cell.has(*VERBS):
                return True
            if cell.norm in {"gives", "give", "gave", "дає", "дает"} and any(
                c.has("number", "data", "total") for c in self.cells[: e.start]
            ):
                return True
            if cell.has("data") or (cell.has("number", "total") and (first.possessive or first.has("our", "their"))):
                adjective = "A" in self.features(e) or first.possessive or self.is_side(e) or first.has("our", "their")
                return adjective or first.norm.isascii()
            if not cell.has("fill", "aux", "total", "also", "number", "claim") and cell.norm not in {
                "and",
                "та",
                "и",
                "і",
                "'",
            }:
                if cell.has(*(f"{c}:{p}" for p in ("ukraine", "russia") for c in ("party", "capital", "people"))):
                    continue
                break
        return False

    # --- what they come to ----------------------------------------------------------------------------------------

    def settle(self, roles: Roles) -> None:
        cells = self.cells
        by_role: dict[Role, list[Entity]] = {}
        for e in roles.entities:
            by_role.setdefault(e.role, []).append(e)
        claims = by_role.get("claim", [])
        parties = {e.party for e in claims}
        if len(parties) == 1:
            roles.party = claims[0].party
            roles.claimant = next((e.claimant for e in claims if e.claimant), None)
        elif len(parties) > 1:
            roles.both_parties = True
        both = [c for c in cells if c.has("bothsides") and not c.used]
        stated = [c for c in both if self._states(cells.index(c))]
        if stated:
            roles.both_parties = True
            both = [c for c in both if c not in stated]
            for cell in stated:
                cell.used = True
        found: list[Recipient] = []
        for e in by_role.get("to", []):
            self.add(found, e.party)
        persons = {e.party for e in by_role.get("nationality", [])}
        if not found and len(persons) == 1 and self.sentence_verb() in {"v:return", "v:free", "v:swap", "v:come"}:
            self.add(found, next(iter(persons)))
        if not found:
            for e in by_role.get("subject", []):
                side = self.of_subject(e)
                if side:
                    self.add(found, side)
        if not found:
            for e in by_role.get("from", []):
                if e.party in _OTHER:
                    self.add(found, _OTHER[e.party])
        if not found:
            for e in by_role.get("by", []):
                side = self.of_subject(e)
                if side:
                    self.add(found, side)
        if not found:
            for e in by_role.get("nationality", []):
                self.add(found, e.party)
        if not found and any(e.party == "russia" for e in by_role.get("place", [])):
            if any(c.has("v:come", "v:get") for c in cells):
                found.append("russia")
            else:
                roles.stray = [cells[e.start] for e in by_role["place"] if e.party == "russia"]
        roles.addressed = bool(by_role.get("to"))
        if both or len(set(found)) > 1:
            roles.recipient = "both"
        elif found:
            roles.recipient = found[0]
        if not found and roles.recipient is None and len(parties) == 1 and self.acts_itself():
            side = self.of_subject(Entity(claims[0].party, claims[0].start, claims[0].end))
            roles.recipient = side
        owned = any(c.has("own") and not c.used for c in cells)
        if roles.recipient is None and owned and len(parties) == 1 and claims[0].party in _OTHER:
            roles.recipient = claims[0].party  # type: ignore[assignment]
        bare = by_role.get("bare", [])
        named = [e for e in bare if not cells[e.start].has("we", "they", "them", "us")]
        if len({e.party for e in named}) == 2:
            roles.recipient = roles.recipient or "both"
        elif named:
            roles.bare = named[0]
            verb = self.sentence_verb()
            leads = all(c.mark or c.has("fill") for c in cells[: named[0].start])
            if roles.recipient is None and leads and verb in {"v:get", "v:give"} and not by_role.get("subject"):
                named[0].verb = verb
                roles.recipient = self.of_subject(named[0])
        for e in roles.entities:
            for cell in cells[e.start : e.end]:
                cell.used = True
            if e.role == "with" and e.start and cells[e.start - 1].has("p:between", "p:from"):
                cells[e.start - 1].used = True
        for cell in both:
            cell.used = True

    def _states(self, i: int) -> bool:
        """Tell whether both sides stand there as those who state figures ("the two sides' figures")."""
        around = [*self.cells[i + 1 : i + 3], *self.cells[max(0, i - 2) : i]]
        return any(c.has("data", "conflict", "claim", "accord") or (c.has("say") and not c.has(*VERBS)) for c in around)

    @staticmethod
    def add(found: list[Recipient], party: Party) -> None:
        if party != "other":
            found.append(party)

    def of_subject(self, e: Entity) -> Recipient | None:
        """Return who receives where this party does what its verb says."""
        if e.party == "other":
            return None
        slavic = not self.cells[e.start].norm.isascii()
        own = any(c.has("own") for c in self.cells)
        verb = e.verb or (self.verb_before(e.start) if e.role == "by" else "") or self.sentence_verb()
        match verb:
            case "v:get" | "v:bring":
                return e.party
            case "v:give":
                return _OTHER[e.party]
            case "v:return" | "v:free":
                if own or (slavic and e.party == "ukraine"):
                    return e.party
                return _OTHER[e.party]
            case _:
                return None

    def _figures_only(self) -> bool:
        """Tell whether figures are spoken of and nobody does anything ("какая цифра у Москвы")."""
        figures = any(c.has("data") or "цифр" in c.norm for c in self.cells)
        return figures and not any(c.has(*VERBS) for c in self.cells)

    def acts_itself(self) -> bool:
        """Tell whether the one who states is also the one who receives or gives ("Russia says it received")."""
        return any(
            a.norm in {"it", "вона", "він", "она", "он"}
            and any(b.has("v:get", "v:give") for b in self.cells[k + 1 : k + 3])
            for k, a in enumerate(self.cells)
        )

    def verb_before(self, i: int) -> str:
        """Return the class of the nearest verb before a cell."""
        for cell in reversed(self.cells[:i]):
            for sense in VERBS:
                if cell.has(sense):
                    return sense
        return ""

    def sentence_verb(self) -> str:
        for cell in self.cells:
            for sense in VERBS:
                if cell.has(sense):
                    return sense
            if cell.has("handover", "repatriation"):
                return "v:give"
        return ""


PREPOSITIONS = frozenset(
    [
        "to",
        "into",
        "for",
        "from",
        "by",
        "of",
        "in",
        "on",
        "with",
        "between",
        "against",
        "towards",
        "toward",
        "до",
        "к",
        "для",
        "від",
        "од",
        "от",
        "из",
        "із",
        "з",
        "зі",
        "с",
        "со",
        "у",
        "в",
        "во",
        "на",
        "між",
        "между",
        "против",
        "проти",
        "within",
        "inside",
        "unto",
        "onto",
    ]
)
