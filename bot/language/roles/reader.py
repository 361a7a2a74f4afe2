"""What the parties of a question come to: the side that receives, and the side whose figures they are."""

from collections.abc import Sequence

from bot.domain.claims import Party, Recipient
from bot.language.names import Names
from bot.language.roles.grammar import Grammar
from bot.language.roles.parties import OTHER, PRONOUNS, VERBS, Entity, Role, Roles
from bot.language.roles.voices import is_saying, surely_says
from bot.language.words import Cell

#: Roles that no slot holds.
_STRAY: tuple[Role, ...] = ("predicate", "unclear")


class RoleReader(Grammar):
    """Assigns the roles of one question."""

    def __init__(self, cells: Sequence[Cell], names: Names) -> None:
        super().__init__(cells, names)
        self.said, self.afar = set(), set()

    def read(self) -> Roles:
        """Return the roles; cells that got one are marked as used."""
        roles = Roles(other=self.other_side())
        i = 0
        while i < len(self.cells):
            entity = self.entity(i)
            if entity is None:
                i += 1
                continue
            entity.role = self.role(entity)
            before = roles.entities[-1] if roles.entities else None
            if before is not None and self.are_joined(before, entity):
                if "holder" in {before.role, entity.role}:
                    before.role = entity.role = "holder"
                elif before.role == "claim" or entity.role == "bare":
                    entity.role, entity.verb = before.role, before.verb
                elif before.role == "bare":
                    before.role, before.verb = entity.role, entity.verb
            roles.entities.append(entity)
            i = entity.end
        owner = roles.entities[0] if len(roles.entities) == 1 and self.own_figures(roles.entities[0]) else None
        if owner is not None and owner.role == "bare":
            owner.role = "claim"
        self.settle(roles)
        if owner is not None:
            roles.party = owner.party
        roles.said = self.said
        return roles

    def are_joined(self, first: Entity, second: Entity) -> bool:
        """Tell whether nothing but "and" stands between two parties, which then do the same."""
        between = self.cells[first.end : second.start]
        return bool(between) and all(c.has("and") for c in between)

    def settle(self, roles: Roles) -> None:
        cells = self.cells
        by_role: dict[Role, list[Entity]] = {}
        for e in roles.entities:
            by_role.setdefault(e.role, []).append(e)
        claims = by_role.get("claim", [])
        both = self.settle_party(roles, claims)
        found = self.receivers(by_role)
        places = [e for e in by_role.get("place", []) if e.party == "russia"]
        if places and not found and any(c.has("v:come", "v:get") for c in cells):
            found.append("russia")
        elif places:
            roles.stray = [cells[e.start] for e in places]
        roles.stray += [cells[e.start] for role in _STRAY for e in by_role.get(role, [])]
        held = self.holds_against(roles.entities)
        if held and self.is_said_by_somebody():
            roles.both_parties = True
        elif held or self.asks_both_ways():
            found = ["ukraine", "russia"]
        roles.addressed = bool(by_role.get("to"))
        if both or len(set(found)) > 1:
            roles.recipient = "both"
        elif found:
            roles.recipient = found[0]
        self.settle_speaker(roles, claims)
        self.settle_bare(roles, by_role)
        for e in roles.entities:
            for cell in cells[e.start : e.end]:
                cell.used = True
            if e.role == "with" and e.start and cells[e.start - 1].has("p:between", "p:from"):
                cells[e.start - 1].used = True
        for cell in both:
            cell.used = True

    def settle_party(self, roles: Roles, claims: Sequence[Entity]) -> list[Cell]:
        """Settle whose figures are asked for; returns the cells of "both sides" that state nothing."""
        parties = {e.party for e in claims}
        if len(parties) == 1:
            roles.party = claims[0].party
            roles.claimant = next((e.claimant for e in claims if e.claimant), None)
        elif len(parties) > 1:
            roles.both_parties = True
        both = [c for i, c in enumerate(self.cells) if not c.used and (c.has("bothsides") or self.is_sides(i, roles))]
        stated = [c for c in both if self.states(self.cells.index(c))]
        if stated:
            roles.both_parties = True
            for cell in stated:
                cell.used = True
        return [c for c in both if c not in stated]

    def is_sides(self, i: int, roles: Roles) -> bool:
        """Tell whether "the sides" stand there with nobody's name ("по скільки тіл отримали сторони")."""
        cell = self.cells[i]
        if roles.entities or not cell.has("side") or cell.norm in {"side", "sides'"}:
            return False
        beside = (*self.cells[max(0, i - 2) : i], *self.cells[i + 1 : i + 2])
        handed = any(c.has("v:get", "v:give", "v:bring") for c in beside)
        return handed and not cell.features("side").isdisjoint({"p", "pn"})

    def receivers(self, by_role: dict[Role, list[Entity]]) -> list[Recipient]:
        """Return who receives, by the strongest sign: "to", whose people, from whose captivity, who acts, from whom."""
        found: list[Recipient] = []

        def add(party: Party | None) -> None:
            if party is not None and party != "other":
                found.append(party)

        persons = {e.party for e in by_role.get("nationality", [])}
        for e in by_role.get("to", []):
            add(e.party)
        if not found and len(persons) == 1 and self.sentence_verb() in {"v:return", "v:free", "v:swap", "v:come"}:
            add(next(iter(persons)))
        weaker: tuple[Role, ...] = ("holder", "subject", "from", "by", "nationality")
        for role in weaker:
            if found:
                break
            for e in by_role.get(role, []):
                if role in {"holder", "from"}:
                    add(OTHER.get(e.party))
                else:
                    add(e.party if role == "nationality" else self.of_subject(e))
        return found

    def asks_both_ways(self) -> bool:
        """Tell whether it is asked how many were received and how many were given."""
        asked = [i for i, c in enumerate(self.cells) if c.has("howmany")]
        if len(asked) < 2:
            return False
        verbs = {self.verb_class(c) for c in self.cells}
        if self.cells[asked[1] - 1].norm in {"на", "for"}:
            return "v:swap" in verbs
        return "v:give" in verbs and not verbs.isdisjoint({"v:get", "v:bring", "v:return"})

    def holds_against(self, entities: Sequence[Entity]) -> bool:
        """Tell whether what one side received is held against what the other did ("more than Russia")."""
        sides = {e.party for e in entities if e.role in {"subject", "bare", "to", "with"}}
        return sides >= {"ukraine", "russia"} and any(c.has("more", "compare", "versus") for c in self.cells)

    def settle_speaker(self, roles: Roles, claims: Sequence[Entity]) -> None:
        """Settle the side that receives by what the one who states says of itself."""
        if roles.recipient is not None or len({e.party for e in claims}) != 1:
            return
        speaker = claims[0]
        if verb := self.own_deed(speaker):
            roles.recipient = self.of_subject(Entity(speaker.party, speaker.start, speaker.end, verb=verb))
        if roles.recipient is None and any(c.has("own") and not c.used for c in self.cells) and speaker.party in OTHER:
            roles.recipient = speaker.party  # type: ignore[assignment]

    def settle_bare(self, roles: Roles, by_role: dict[Role, list[Entity]]) -> None:
        """Settle a party that is only named, where the one verb has no other subject."""
        idle = [e for e in by_role.get("subject", []) if roles.recipient is None and self.of_subject(e) is None]
        named = [e for e in (*by_role.get("bare", []), *idle) if not self.cells[e.start].has(*PRONOUNS)]
        if len({e.party for e in named}) == 2:
            roles.both_parties = roles.both_parties or (roles.recipient is None and self.is_said_by_somebody())
            roles.recipient = roles.recipient or (None if roles.both_parties else "both")
        elif named:
            roles.bare = named[0]
            verb = self.sentence_verb()
            leads = all(c.mark or c.has("fill") for c in self.cells[: named[0].start])
            if roles.recipient is None and leads and verb in {"v:get", "v:give"} and not by_role.get("subject"):
                named[0].verb = verb
                roles.recipient = self.of_subject(named[0])

    def is_said_by_somebody(self) -> bool:
        """Tell whether a verb of saying has no subject yet, nor stands in what people say ("who says more, Kyiv …")."""
        unsaid = [k for k, c in enumerate(self.cells) if surely_says(c) and not c.used and k not in self.said]
        self.said.update(unsaid)
        return bool(unsaid)

    def states(self, i: int) -> bool:
        """Tell whether both sides stand there as those who state figures ("the two sides' figures")."""
        around = [*self.cells[i + 1 : i + 3], *self.cells[max(0, i - 2) : i]]
        if any(c.has("data", "conflict", "claim", "accord") or (c.has("say") and not c.has(*VERBS)) for c in around):
            return True
        end = next((k for k in range(i, len(self.cells)) if self.cells[k].mark), len(self.cells))
        return any(is_saying(c) and k not in self.said for k, c in enumerate(self.cells[i + 1 : end], i + 1))

    def of_subject(self, e: Entity) -> Recipient | None:
        """Return who receives where this party does what its verb says."""
        if e.party == "other":
            return None
        own = any(c.has("own") for c in self.cells)
        verb = e.verb or (self.verb_before(e.start) if e.role == "by" else "") or self.sentence_verb()
        other: Recipient = "russia" if e.party == "ukraine" else "ukraine"
        match verb:
            case "v:get" | "v:bring":
                return e.party
            case "v:give":
                return other
            case "v:return" | "v:free":
                return e.party if own or (self.is_slavic(e) and e.party == "ukraine") else other
            case _:
                return None
