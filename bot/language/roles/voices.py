"""Who states figures, and what the one who states them says of itself.

"Moscow's figures", "за версією Києва", "какую цифру дает украинская сторона", "Medinsky claims"; and "says it got",
"claims to have received", "заявляє, що отримала", where the one who states is the one who does.
"""

from bot.language.roles.clause import Clause
from bot.language.roles.parties import PRONOUNS, VERBS, Entity, Slot
from bot.language.words import Cell

#: Pronouns that stand for a party named before them.
_ANAPHORS = frozenset(["it", "he", "she", "they", "він", "вона", "воно", "вони", "он", "она", "оно", "они"])
#: "Its own figures", "за її власними даними".
POSSESSIVES = frozenset(
    [
        "its",
        "his",
        "her",
        "their",
        "own",
        "її",
        "його",
        "їх",
        "їхній",
        "їхні",
        "їхніми",
        "їхніх",
        "ее",
        "его",
        "их",
        "своїми",
        "своїх",
        "власними",
        "своим",
        "собственным",
    ]
)
#: "Give", which a party does with a figure as with the dead.
_GIVES = frozenset(
    [
        "give", "gives", "gave", "given", "giving", "put", "puts", "дає", "дають", "давав", "давала",
        "давали", "дав", "дала", "дали", "подає", "подають", "дает", "дают", "давал", "давала", "дал", "приводит",
    ]
)  # fmt: skip
_SIDES = tuple(f"{c}:{p}" for p in ("ukraine", "russia") for c in ("party", "capital", "people"))
_OTHER = frozenset(
    [
        "other", "opposite", "another", "second", "інша", "іншої", "іншій", "іншою", "іншу", "друга", "другої",
        "другій", "другою", "протилежна", "протилежної", "протилежною", "другая", "другой", "другую",
        "противоположная", "противоположной", "вторая", "второй", "той", "тієї",
    ]
)  # fmt: skip
#: What is spoken about says nothing.
_ABOUT = frozenset(["about", "про", "о", "об", "concerning", "regarding", "щодо", "насчет"])
#: In the present nobody hands over, but states.
_PRESENT = frozenset(["дає", "дають", "дает", "дают"])
_JOINTS = frozenset(["the", "of", "both", "each", "обох", "обоих"])
_PAST = frozenset(["gave", "given", "did", "дав", "дала", "дали", "дал"])
#: "That", behind which the speaker needs no name.
_THAT = frozenset(["що", "что", "ніби", "нібито", "будто", "якобы", "мол", "мовляв", "that"])


def said_forms(cell: Cell) -> set[str]:
    """Return the forms of a verb of saying."""
    return {f for m in cell.meanings if m.sense in {"say", "claim"} and m.part == "V" for f in m.features}


def is_saying(cell: Cell) -> bool:
    """Tell whether a cell is a finite verb of saying; in English, a form that "it" or "they" may stand before."""
    if not cell.has("say", "claim"):
        return False
    return not said_forms(cell).isdisjoint({"b", "s", "d", "g"} if cell.norm.isascii() else {"S", "P", *"mfnp"})


def surely_says(cell: Cell) -> bool:
    """Tell whether a cell can be nothing but what somebody says: "tell" may be an order, "reported" a participle."""
    sure = not cell.norm.isascii() or ("s" in said_forms(cell) and all(m.part != "N" for m in cell.meanings))
    return is_saying(cell) and sure


class Voices(Clause):
    """Tells who states figures."""

    #: Verbs of saying that have their subject, and the parties that are so at a distance, by their first cells.
    said: set[int]
    afar: set[int]

    def is_claim(self, e: Entity) -> bool:
        """Tell whether the party is spoken of as the one who states figures."""
        prep = self.preposition(e.start)
        if e.speaker:
            self.take_speech(e)
            self.gives_figure(e)
            return prep not in {"to", "до", "для", "к"}
        if prep == "у" and self.figures_only():
            return True
        beside = self.by_adjective(e) or self.stated_before(e) or self.states_behind(e) or self.gives_figure(e)
        return beside or self.states_afar(e)

    def by_adjective(self, e: Entity) -> bool:
        """Tell whether "версия" or "данные" is left out behind an adjective ("а по украинской?", "за російською?")."""
        right, before = self.right(e.end), self.cells[e.start - 1] if e.start else None
        adjective = "A" in self.features(e) and not self.is_side(e) and not self.cells[e.start].has(*PRONOUNS)
        return adjective and right is None and before is not None and before.has("p:po", "p:za", "accord")

    def stated_before(self, e: Entity) -> bool:
        """Tell whether the words before a party make it the one who states ("according to", "дані", "says ...")."""
        right = self.right(e.end)
        attribute = "A" in self.features(e) and not self.is_side(e) and right is not None and self.is_person(right)
        for k in range(e.start - 1, max(-1, e.start - 5), -1):
            cell = self.cells[k]
            if attribute and not cell.has("accord"):
                return False
            if cell.mark and cell.text not in "'\"«":
                return False
            if cell.has("accord") or (cell.has("howmany") and "цифр" in cell.norm):
                return True
            if cell.has("data") and not cell.has("kind:remains"):
                # "данные России", "figures from Moscow", "версия российской стороны"
                between = self.cells[k + 1 : e.start]
                return all(
                    c.has("fill", "p:from", "p:in", "p:by", "p:za", "p:po", "claim") or c.norm == "the" for c in between
                )
            if cell.norm in _ABOUT:
                return False
            if cell.has("say", "claim") and k >= e.start - 3 and k not in self.said and self.may_say(e, k):
                self.said.add(k)
                return True
            if not (
                cell.has("fill", "p:by", "p:from", "p:za", "p:po", "entire", "and", "yesno") or cell.norm in _JOINTS
            ):
                return False
        return False

    def states_behind(self, e: Entity) -> bool:
        """Tell whether the words behind a party make it the one who states ("says", "'s figures", "сторони дані")."""
        first = self.cells[e.start]
        owner = self.is_possessive(e) or first.has("our", "their")
        for k in range(e.end, min(len(self.cells), e.end + 5)):
            cell = self.cells[k]
            if cell.mark:
                return False
            if cell.has("say", "claim") and not cell.has(*VERBS) and k not in self.said and self.may_say(e, k):
                self.said.add(k)
                return True
            if cell.has("data") or (cell.has("number", "total") and owner):
                return owner or "A" in self.features(e) or self.is_side(e) or first.norm.isascii()
            joint = cell.norm in {"and", "та", "и", "і", "'", "each", "both"} or cell.has(*_SIDES)
            if not joint and not cell.has("fill", "aux", "total", "also", "number", "claim", "own"):
                return False
        return False

    def states_afar(self, e: Entity) -> bool:
        """Tell whether a finite verb of saying in the clause has no nearer subject ("росіяни скільки тіл кажуть")."""
        if self.preposition(e.start) or self.is_possessive(e) or not self.is_nominative(e):
            return False
        for k in range(e.end, len(self.cells)):
            cell = self.cells[k]
            before = k - 2 if self.cells[k - 1].norm in _JOINTS else k - 1
            anaphor = self.cells[before].norm.rpartition(" ")[2] in _ANAPHORS
            if cell.mark and not (cell.text == "," and self.opens_clause(e)):
                return False
            if is_saying(cell) and k not in self.said:
                if self.speaks_itself(e, k) or not self.may_say(e, k) or not (self.is_slavic(e) or anaphor):
                    return False
                if anaphor:
                    self.cells[before].used = True
                self.said.add(k)
                self.afar.add(e.start)
                return True
        return False

    def is_nominative(self, e: Entity) -> bool:
        """Tell whether a party may be a subject, by its case."""
        cases = {f[1] for f in self.features(e) if len(f) == 2}
        return (not self.is_slavic(e) or not cases or "n" in cases) and not self.cells[e.start].has("our", "us", "them")

    def opens_clause(self, e: Entity) -> bool:
        """Tell whether nothing but a conjunction or filler stands before a party ("and Russia, how many …")."""
        i = e.start
        while i and (self.cells[i - 1].has("and", "also", "contrast") or self.cells[i - 1].norm == "the"):
            i -= 1
        return i == 0 or self.cells[i - 1].mark

    def speaks_itself(self, e: Entity, k: int) -> bool:
        """Tell whether another party stands beside a verb of saying, and is not the one who does what is said."""
        for other in (self.named(k - 1), self.named(k + 1) if k + 1 < len(self.cells) else None):
            if other is None or other.start == e.start or self.cells[other.start].norm in _ANAPHORS:
                continue
            deed = self.cells[k + 2] if k + 2 < len(self.cells) else None
            if other.start < k or deed is None or not self.is_verb(deed):
                return True
        return False

    def may_say(self, e: Entity, k: int) -> bool:
        """Tell whether a party agrees in number with a verb of saying; "кажуть Росія отримала" is what people say."""
        forms = said_forms(self.cells[k])
        numbers = {f[0] for f in self.features(e) if len(f) == 2 and f[1] == "n"}
        if not self.is_slavic(e) or not numbers or forms.isdisjoint({"S", "P", "m", "f", "n", "p"}):
            return True
        joined = any(0 <= i < len(self.cells) and self.cells[i].has("and") for i in (e.start - 1, e.end))
        plural, single = bool(forms & {"P", "p"}), bool(forms & {"S", "m", "f", "n"})
        return (plural and ("p" in numbers or joined)) or (single and "s" in numbers)

    def take_speech(self, e: Entity) -> None:
        """Mark the verb of saying beside a speaker as having its subject."""
        beside = [*range(e.end, min(len(self.cells), e.end + 3)), *range(e.start - 1, max(-1, e.start - 3), -1)]
        taken = (k for k in beside if self.cells[k].has("say", "claim") and k not in self.said)
        if (k := next(taken, None)) is not None:
            self.said.add(k)

    def gives_figure(self, e: Entity) -> bool:
        """Tell whether what a party gives is a figure; the verb is one of saying then, and of nothing else."""
        beside = [*range(e.start - 1, max(-1, e.start - 3), -1), *range(e.end, min(len(self.cells), e.end + 3))]
        verb = next((k for k in beside if self.cells[k].norm in _GIVES), None)
        if (
            verb is None
            or self.preposition(e.start)
            or any(c.mark for c in self.cells[min(verb, e.end) : max(verb, e.start)])
        ):
            return False
        present = self.cells[verb].norm in _PRESENT
        if not present and not self.figure_asked(
            past=any(self.cells[k].norm in _PAST for k in beside), speaker=e.speaker
        ):
            return False
        cell = self.cells[verb]
        cell.senses = (cell.senses - {*VERBS}) | {"say"}
        self.said.add(verb)
        return True

    def figure_asked(self, *, past: bool, speaker: bool) -> bool:
        """Tell whether a figure is the thing that is asked for, not bodies or people by their number."""
        for cell in self.cells:
            if cell.has("data") or (cell.has("howmany") and any(w in cell.norm for w in ("цифр", "figure"))):
                return True
            numbers = cell.has("number", "total") or (cell.has("howmany") and " " in cell.norm)
            if numbers and not cell.has("fill") and (speaker or not past):
                return True
        return False

    def figures_only(self) -> bool:
        """Tell whether figures are spoken of and nobody does anything ("какая цифра у Москвы")."""
        figures = any(c.has("data") or "цифр" in c.norm for c in self.cells)
        return figures and not any(c.has(*VERBS) for c in self.cells)

    def own_figures(self, e: Entity) -> bool:
        """Tell whether a party's own figures are named behind it ("Ukraine: bodies by its own count")."""
        for k in range(e.end, len(self.cells)):
            if self.cells[k].norm in POSSESSIVES or self.cells[k].has("own"):
                for cell in self.cells[k + 1 : k + 4]:
                    if cell.has("data", "number", "accord") and not cell.has(*VERBS):
                        for owned in self.cells[k : k + 3]:
                            owned.used = owned.used or owned.has("own")
                        return True
                    if not cell.has("own", "fill"):
                        break
        return False

    def other_side(self) -> Slot:
        """Return what "the other side" does, and mark its cells as used; "" where nobody is called so."""
        for i, cell in enumerate(self.cells):
            if cell.norm not in _OTHER and not cell.has("swapdir"):
                continue
            follower = self.cells[i + 1] if i + 1 < len(self.cells) else None
            phrase = cell.has("swapdir") and any(w in cell.norm for w in ("other side", "сторон"))
            direction = phrase and cell.norm.startswith(("в ", "у "))
            if direction or not (phrase or (cell.norm in _OTHER and follower is not None and follower.has("side"))):
                continue
            end = i + 1 if phrase else i + 2
            around = [*self.cells[max(0, i - 3) : i], *self.cells[end : end + 3]]
            for other in self.cells[i:end]:
                other.used, other.senses = True, other.senses - {"swapdir"}
            states = any(c.has("data", "say", "claim", "accord") or c.norm in _GIVES for c in around)
            return "party" if states else "recipient"
        return ""

    # --- what they say of themselves ------------------------------------------------------------------------------

    def own_deed(self, e: Entity) -> str:
        """Return the class of the verb of what the one who states says to have done itself; "" for nothing."""
        for k, cell in enumerate(self.cells):
            if cell.used or e.start <= k < e.end:
                continue
            if (verb := self.verb_class(cell)) and self.is_own(e, k):
                return verb
            if cell.has("receipt") and self.behind_speech(k):
                return "v:get"
        return ""

    def is_own(self, e: Entity, k: int) -> bool:
        """Tell whether the subject of a verb is the one who states."""
        cell = self.cells[k]
        form = self.verb_form(cell)
        if self.is_slavic(e) and not form.isdisjoint({"m", "f"}) and form.isdisjoint({"p", "n"}):
            return True  # one hands over or gets, and nobody else is named
        # nobody but the one who states may be its subject
        takes = e.start in self.afar or self.verb_class(cell) == "v:get"
        if takes and self.is_slavic(e) and k > e.start and self.agrees(e, cell):
            return True
        i = k - 1
        while i >= 0 and self.cells[i].has("fill", "aux", "total", "also", "p:to", "yesno") and not self.cells[i].mark:
            if self.cells[i].norm.rpartition(" ")[2] in _ANAPHORS:
                return True
            if self.cells[i].norm in _THAT:
                return self.agrees(e, cell) and self.is_said(i)
            i -= 1
        infinitive = any(c.has("p:to") or c.norm == "having" for c in self.cells[i + 1 : k])
        gerund = cell.norm.isascii() and cell.norm.partition(" ")[0].endswith("ing")
        return i in self.said and (infinitive or gerund)

    def is_said(self, i: int) -> bool:
        """Tell whether a verb of saying stands before a cell, or nothing does but signs and filler."""
        while i > 0 and (self.cells[i - 1].mark or self.cells[i - 1].has("fill")) and i - 1 not in self.said:
            i -= 1
        return i - 1 in self.said or self.cells[i - 1].has("say", "claim")

    def behind_speech(self, k: int) -> bool:
        """Tell whether a noun is what somebody says ("відзвітувала про отримання")."""
        return any(i in self.said for i in range(max(0, k - 3), k))

    def agrees(self, e: Entity, verb: Cell) -> bool:
        """Tell whether a finite verb has the number of the party that may be its subject."""
        form = self.verb_form(verb)
        plural = any(len(f) == 2 and f == "pn" for f in self.features(e)) and not self.is_side(e)
        return not form.isdisjoint({"p", "P"} if plural else {"m", "f", "n", "S"}) or verb.norm.isascii()
