"""What stands around a party: the words beside it, the preposition that governs it, the verb that it goes with."""

from bot.language.roles.parties import VERBS, Entity, Parties
from bot.language.words import Cell

PREPOSITIONS = frozenset(
    [
        "to", "into", "for", "from", "by", "of", "in", "on", "with", "between", "against", "towards", "toward",
        "within", "inside", "unto", "onto",
        "до", "к", "для", "від", "од", "от", "из", "із", "з", "зі", "с", "со", "у", "в", "во", "на", "між", "между",
        "против", "проти",
    ]
)  # fmt: skip


class Clause(Parties):
    """Looks around the parties of one question."""

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

    def is_person(self, cell: Cell) -> bool:
        return any(s.startswith("kind:") for s in cell.senses) or cell.has("people", "losses", "kin")

    def is_verb(self, cell: Cell) -> bool:
        return cell.has(*VERBS) and not cell.has("handover", "exchange")

    # --- verbs ----------------------------------------------------------------------------------------------------

    def verb_class(self, cell: Cell) -> str:
        return next((sense for sense in VERBS if cell.has(sense)), "")

    def deed(self, cell: Cell) -> str:
        """Return the class of a verb or of "receipt"."""
        return self.verb_class(cell) or ("v:get" if cell.has("receipt") else "")

    def verb_parts(self, cell: Cell) -> set[str]:
        return {m.part for m in cell.meanings if m.sense in VERBS}

    def verb_form(self, cell: Cell) -> frozenset[str]:
        """Return the features of a verb of handing over."""
        return frozenset(f for m in cell.meanings if m.sense in VERBS for f in m.features)

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
            if verb := self.verb_class(cell):
                return verb, passive
            if cell.has(
                "fill", "aux", "total", "entire", "our", "own", "home", "last", "first", "alltime", "say", "claim"
            ):
                continue
            break
        return "", passive

    def nearest_verb(self, e: Entity) -> Cell | None:
        """Return the verb of the entity's clause, the nearest one first."""
        best: Cell | None = None
        distance = 99
        for k, cell in enumerate(self.cells):
            if cell.has(*VERBS) and ("V" in self.verb_parts(cell) or cell.has("receipt")):
                away = e.start - k if k < e.start else k - e.end + 1
                if away < distance:
                    best, distance = cell, away
        return best

    def verb_before(self, i: int) -> str:
        """Return the class of the nearest verb before a cell."""
        return next((verb for cell in reversed(self.cells[:i]) if (verb := self.deed(cell))), "")

    def sentence_verb(self) -> str:
        """Return the class of the first verb or noun of handing over."""
        for cell in self.cells:
            if verb := self.deed(cell):
                return verb
            if cell.has("handover", "repatriation"):
                return "v:give"
        return ""
