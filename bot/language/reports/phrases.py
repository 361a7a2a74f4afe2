"""The nouns that stand behind a number, or before it, and what they count."""

from bot.domain.claims import RECIPIENTS
from bot.language.reports.lexicon import names_party, verb_of
from bot.language.reports.parts import COUNTED
from bot.language.reports.text import Token

_NP_STOPS = frozenset(
    {
        "prep",
        "conj",
        "contrast",
        "rel",
        "number",
        "in.return",
        "each",
        "speech",
        "plan",
        "subset",
        "day",
        "noun.handover",
        "respectively",
    }
)
_NP_SOFT_STOPS = frozenset({"plus", "home", "since", "background", "total", "same", "happened", "formula"})
_NP_REACH = 8
_UNKNOWN_ADJECTIVES = 3
_PASSED = frozenset({"of", "«", "“", '"', "'", "”", "»"})
_ADJECTIVE_ENDINGS = (
    "их", "ых", "іх", "ні", "ий", "ый", "ой", "ого", "его", "ими", "ыми", "ські", "ие", "ые", "ів", "ную", "ова",
    "ським", "ским",
)  # fmt: skip
_PARTICLES = frozenset({"back", "away"})
#: "1200 листів полоненим": to whom, not what is counted, unless "вдалося 170 цивільним".
_DATIVE = ("ам", "ям", "им", "ым")
#: Words from those who managed to the verb: "п'ятьом дітям удалося", "трьом дітям учора вдалося".
_MANAGED_REACH = 3
_AUXILIARIES = frozenset({"has", "have", "had", "was", "were", "are", "is", "been", "be", "did"})
_OF_THEM = frozenset({"of them", "of these", "of those", "of whom", "of which"})
_LINKS = frozenset({"–", "—", "-", ":"})
#: "Тел россиян было 33".
_COPULAS = frozenset({"было", "стало", "оказалось", "насчитали", "було", "виявилося", "нарахували"})
#: "20 people, all of them civilians".
_ALL = frozenset(
    {"all", "both", "also", "too", "усі", "всі", "обоє", "теж", "також", "все", "оба", "обе", "тоже", "также"}
)
_ARTICLES = frozenset({"of", "a", "the"})
_NOUNS = COUNTED | {"own", "axis", "civilian"}


class Phrase:
    """The nouns behind a number."""

    __slots__ = ("alone", "end", "foreign", "subset", "tags")

    def __init__(self, tokens: list[Token], number: int) -> None:
        found: set[str] = set()
        unknown = 0
        self.foreign = False
        self.subset = False
        index = number + 1
        while index < min(len(tokens), number + _NP_REACH):
            token = tokens[index]
            if (
                token.text in _PASSED
                or "and.more" in token.tags
                or (index == number + 1 and "more" in token.tags and not token.tags & COUNTED)
            ):
                index += 1
                continue
            known = {tag for tag in token.tags if tag in _NOUNS or tag.startswith("nat.")}
            if "noun.handover" in token.tags and not found & COUNTED and index == number + 1 + unknown:
                self.foreign = True
                break
            if token.is_mark or token.tags & _NP_STOPS or token.text in _AUXILIARIES | _PARTICLES:
                break
            dative = token.tags & COUNTED and token.text.endswith(_DATIVE) and not found & COUNTED
            if dative and not any("managed" in one.tags for one in tokens[: index + _MANAGED_REACH]):
                self.foreign = unknown > 0
                break
            if _acts(tokens, index, counted=bool(found & COUNTED)):
                break
            if found & COUNTED and index > number + 1 and (whose := _whose(token)) is not None:
                found.add(whose)
                index += 1
                break
            if "amb.russia" in token.tags and found & COUNTED and index > number + 1 and token.text == "рф":
                known = {"nat.russia"}
            if not known and (token.tags & _NP_SOFT_STOPS or _is_role(token)):
                break
            if not known and found & COUNTED and not token.tags and token.text.isascii():
                break
            if not known and not found & COUNTED:
                unknown += 1
                if unknown > _UNKNOWN_ADJECTIVES or not _like_adjective(token.text):
                    self.foreign = True
                    break
            found |= known
            index += 1
        self.end = index
        if not found & COUNTED:
            self._look_behind(tokens, index, found)
        elif "person" in found and _in_apposition(tokens, index):
            found.add("kind.civilians")
        counted = bool(found & COUNTED)
        self.tags = frozenset(found)
        self.foreign = not counted and (self.foreign or unknown > 0)
        self.alone = not counted and not self.foreign

    def _look_behind(self, tokens: list[Token], index: int, found: set[str]) -> None:
        """Read "four of them civilians", "12 – цивільні", "двое из которых — гражданские"."""
        place = index
        while place < min(len(tokens), index + 4) and (
            tokens[place].text in _LINKS
            or tokens[place].tags & {"subset", "rel"}
            or tokens[place].text in ("are", "were")
        ):
            self.subset = self.subset or "subset" in tokens[place].tags
            place += 1
        if place > index and place < len(tokens) and not tokens[place].is_mark:
            nouns = {tag for tag in tokens[place].tags if tag in _NOUNS}
            if nouns and "number" not in tokens[place].tags:
                found |= nouns
                self.end = place + 1


def _whose(token: Token) -> str | None:
    """Give the nation of a country in the genitive behind a noun: "84 военных Украины"."""
    if token.text.isascii() or any(tag.startswith(("amb.", "claimant.")) for tag in token.tags):
        return None
    return next((f"nat.{side}" for side in RECIPIENTS if f"of.{side}" in token.tags), None)


def _in_apposition(tokens: list[Token], index: int) -> bool:
    """Whether a dash tells the persons before it to be civilians: "8 граждан России – жителей Курской области"."""
    if index < len(tokens) and (names_party(tokens[index].tags) or tokens[index].tags & {"nat.russia", "nat.ukraine"}):
        index += 1
    if index + 1 >= len(tokens) or tokens[index].text not in _LINKS | {",", "("}:
        return False
    place = index + 1
    while place < len(tokens) and tokens[place].text in _ALL:
        place += 2 if place + 1 < len(tokens) and tokens[place + 1].text in _OF_THEM else 1
    behind = tokens[place : place + 2]
    return any("kind.civilians" in token.tags for token in behind) and not any("number" in one.tags for one in behind)


def _acts(tokens: list[Token], index: int, *, counted: bool) -> bool:
    """Whether an English word is the verb of the phrase before it: "65 freed by Russia", not "174 freed prisoners"."""
    token = tokens[index]
    if not token.text.isascii() or verb_of(token.tags) is None:
        return False
    after = tokens[index + 1].tags if index + 1 < len(tokens) else frozenset[str]()
    return counted or not after & (COUNTED | {"nat.ukraine", "nat.russia"})


def _is_role(token: Token) -> bool:
    return any(tag.startswith(("verb.", "party.", "to.", "by.", "from.", "claimant.", "amb.")) for tag in token.tags)


def _like_adjective(word: str) -> bool:
    return word.endswith(_ADJECTIVE_ENDINGS) or (word.isascii() and not word.endswith("s"))


def of_before(tokens: list[Token], index: int) -> bool:
    """Whether a noun of bodies governs the phrase: "bodies of 150 soldiers", "тіла 1000 захисників"."""
    place = index - 1
    while place >= 0 and (tokens[place].tags & {"more", "about", "at.least", "of"} or tokens[place].text in _ARTICLES):
        place -= 1
    return place >= 0 and "kind.remains" in tokens[place].tags and not tokens[place].is_mark


def noun_before(tokens: list[Token], index: int) -> frozenset[str]:
    """Read the noun in front of a number: "bodies of 150", "тіла 1000", "цивільних – 12"."""
    place = index - 1
    while place >= 0 and (
        tokens[place].tags & {"more", "about", "at.least", "of"}
        or tokens[place].text in _ARTICLES
        or tokens[place].text in _LINKS | _COPULAS
    ):
        place -= 1
    if place < 0:
        return frozenset()
    linked = any(token.text in _LINKS | _COPULAS for token in tokens[place + 1 : index])
    if not linked:
        return tokens[place].tags & {"kind.remains"}
    noun = tokens[place].tags
    if not noun & COUNTED:
        return frozenset()
    if place and tokens[place - 1].tags & COUNTED and not tokens[place].text.isascii():
        noun |= tokens[place - 1].tags
    return frozenset(tag for tag in noun if tag in COUNTED or tag.startswith("nat."))
