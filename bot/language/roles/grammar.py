"""Which role a party has, by grammar: prepositions and word order in English, cases in Ukrainian and Russian."""

from bot.language.roles.parties import PRONOUNS, THEIRS, VERBS, Entity, Role
from bot.language.roles.voices import Voices
from bot.language.words import Cell

#: Where somebody is held.
_INSIDE = frozenset(["in", "inside", "within", "of", "by", "у", "в", "во", "на"])
_HYPHENS = frozenset("-‑–")


class Grammar(Voices):
    """Tells the role of each party."""

    def role(self, e: Entity) -> Role:
        first = self.cells[e.start]
        if self.is_claim(e):
            return "claim"
        if first.norm in THEIRS:
            return "bare"
        if self.is_predicate(e):
            return "predicate"
        features = self.features(e)
        if self.is_holder(e):
            return "unclear" if self.may_be_given(e, features) else "holder"
        left = self.left(e.start)
        right = self.right(e.end)
        if (first.has("our", "their") or first.possessive) and not self.is_side(e):
            if right is not None and right.has("handover") and first.possessive:
                e.verb = "v:give"
                return "subject"
            return "to" if right is not None and right.has("receipt") else "nationality"
        prep = self.preposition(e.start)
        if prep and (role := self.by_preposition(prep, features)):
            return role
        adjective = "A" in features and not self.is_side(e) and not first.has(*PRONOUNS)
        if adjective and right is not None and not self.is_verb(right):
            if right.has("receipt"):
                return "to"
            if self.is_person(right) or right.has("captivity"):
                return "nationality"
            if right.has("handover") and not self.is_slavic(e):
                e.verb = "v:give"
                return "subject"
        if self.is_slavic(e):
            return self.slavic_role(e, features, left)
        return self.english_role(e, left)

    def is_holder(self, e: Entity) -> bool:
        """Tell whether a party held people ("Russian captivity", "тюрем России", "held by Ukraine")."""
        first, features = self.cells[e.start], self.features(e)
        behind = e.end
        while behind < len(self.cells) and self.cells[behind].mark and self.cells[behind].text in _HYPHENS:
            behind += 1
        owner = "A" in features or self.is_possessive(e) or first.has(f"people:{e.party}", "our", "their")
        if owner and behind < len(self.cells) and self.cells[behind].has("holding", "prison"):
            return True
        cases = {f[1] for f in features if len(f) == 2}
        before = e.start - 1
        inside = before > 0 and self.cells[before].norm in _INSIDE
        held = self.cells[before - 1 if inside else before] if e.start else None
        if held is None or not held.has("holding", "prison"):
            return False
        if not self.is_slavic(e):
            return inside or held.norm.endswith(" by")
        if not any(m.part == "N" for m in held.meanings) and not inside:
            return "n" in cases or "i" in cases  # "яких утримувала росія", "удерживаемых Россией"
        if first.has(f"people:{e.party}"):
            return False
        governed = {"l", "g"} if self.cells[before].norm == "у" else {"l"} if inside else {"g"}
        return not cases or not cases.isdisjoint(governed)

    def may_be_given(self, e: Entity, features: frozenset[str]) -> bool:
        """Tell whether a case is that of who held and of who gets back ("вернули из плена России")."""
        if not self.is_slavic(e) or "A" in features or self.preposition(e.start) or not features >= {"sg", "sd"}:
            return False
        verb = self.nearest_verb(e)
        return self.cells[e.start - 1].has("holding") and verb is not None and verb.has("v:return", "v:give")

    def is_predicate(self, e: Entity) -> bool:
        """Tell whether somebody is said to be of a side ("turned out to be Russian", "оказались российскими")."""
        k = e.start - 1
        while k >= 0 and self.cells[k].norm in {"the", "all", "of", "indeed", "actually"}:
            k -= 1
        if k < 1:
            return False
        before, right = self.cells[k], self.right(e.end)
        names_people = self.cells[e.start].has(f"people:{e.party}") or "A" in self.features(e)
        if not names_people or self.is_side(e) or (right is not None and right.has(*VERBS) and not self.is_slavic(e)):
            return False
        if before.norm in {"as", "як", "как"}:
            return not any(c.has("say", "claim") for c in self.cells[e.end : e.end + 2])
        if not self.is_slavic(e):
            return before.norm in {"was", "were", "be", "been", "are", "is"}
        cases = {f[1] for f in self.features(e) if len(f) == 2}
        alone = "A" in self.features(e) and (right is None or not self.is_person(right))
        became = before.has("v:come", "v:happen", "aux") or (before.has("fill") and alone)
        return "i" in cases and not cases & {"n", "g"} and became

    def by_preposition(self, prep: str, features: frozenset[str]) -> Role | None:
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
            if features >= {"pa", "pg"} and (prep == "у" or "pl" not in features):
                # people: "забрали у росіян", "полонені у росіян"
                return "from" if any(c.has(*VERBS) for c in self.cells) else "place"
            if features & {"sa", "pa"} and not features & {"sl", "pl"}:
                return "to"
            if prep == "у" and features & {"sg", "pg"} and not features & {"sl"}:
                return "from"
            return "place"
        if prep in {"between", "між", "между", "among"}:
            return "with"
        return None

    def english_role(self, e: Entity, left: Cell | None) -> Role:
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
        if verb == "v:give" and (passive or self.is_inverted_passive(e)):
            return "to"  # "how many bodies was Russia given"
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

    def is_inverted_passive(self, e: Entity) -> bool:
        """Tell whether "was" or "were" stands before a party, or before those joined with it."""
        k = e.start - 1
        while k > 0 and (self.cells[k].has("and") or self.named(k) is not None):
            k -= 1
        return k >= 0 and self.cells[k].norm in {"was", "were", "been"}

    def slavic_role(self, e: Entity, features: frozenset[str], left: Cell | None) -> Role:
        first = self.cells[e.start]
        cases = {f[1] for f in features if len(f) == 2}
        people = first.has(f"people:{e.party}") and not self.is_side(e)
        verb = self.nearest_verb(e)
        if people and cases & {"g", "a"} and "n" not in cases and "d" not in cases:
            return "nationality"
        if not cases or len(cases) > 4:  # "рф", "зсу": told by the verb
            if left is not None and left.has("v:give", "v:return") and "p" in self.verb_form(left):
                return "to"
            acts = verb is not None and not self.verb_form(verb).isdisjoint({"m", "f", "n", "S"})
            if left is not None and self.is_person(left) and not acts:
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
