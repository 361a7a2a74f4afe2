"""How the slots of a question are filled: words, dates, parties, kinds, grouping, measure, and what is left over."""

import datetime as dt
from dataclasses import replace

from bot.domain.claims import KINDS, Kind
from bot.domain.ledger import Ledger
from bot.domain.queries import GroupBy
from bot.language.captivity import tell_captivity
from bot.language.contrasts import exclude, exclude_confirmed
from bot.language.dates.periods import Mention
from bot.language.dates.reader import DateReader
from bot.language.figures import account_own_figure, account_stated_figure
from bot.language.frame import EVENTS, UNIT_GROUPS, Frame, kind_in
from bot.language.hearsay import account_doubt, account_messengers
from bot.language.leftovers import account_leftovers
from bot.language.meanings import meanings_of
from bot.language.measures import choose_measure
from bot.language.names import Names, names_of
from bot.language.roles import VERBS, RoleReader
from bot.language.stories import drop_stories
from bot.language.words import Spelled, read_words


def read_frame(spelled: Spelled, *, ledger: Ledger, today: dt.date) -> Frame:
    """Fill the slots of a question."""
    names = names_of(ledger)
    words = read_words(spelled)
    frame = Frame(words, words.cells)
    frame.settle_senses()
    _dates(frame, ledger, names, today)
    _tell_verbs(frame)
    account_messengers(frame)
    account_doubt(frame)
    drop_stories(frame)
    _choose_senses(frame)
    tell_captivity(frame)
    frame.roles = RoleReader(frame.cells, names).read()
    frame.settle_senses()
    _kinds(frame)
    _group(frame)
    choose_measure(frame)
    _recipient(frame)
    account_leftovers(frame)
    account_own_figure(frame, ledger, today)
    account_stated_figure(frame)
    return frame


def _dates(frame: Frame, ledger: Ledger, names: Names, today: dt.date) -> None:
    def last_day(kinds: tuple[str, ...]) -> dt.date | None:
        days = [
            rounds[-1].date
            for kind in KINDS
            if (not kinds or kind in kinds) and (rounds := ledger.rounds_between(None, today, kind))
        ]
        return max(days, default=None)

    asks_days = frame.has("howlong")
    comparing = not frame.has("conflict") and _compares_ends(frame)
    reader = DateReader(frame.cells, frame.words.tokens, today, names, None if asks_days else last_day, comparing)
    frame.mentions = reader.mentions()
    frame.dated = list(frame.mentions)
    exclude(frame)
    exclude_confirmed(frame)
    _count_days(frame)
    _correct_dates(frame)
    _under_that(frame)
    for mention in frame.mentions:
        _governed_afar(frame, mention)
    if frame.has("exclusive"):
        for mention in frame.mentions:
            if mention.relation == "until" and mention.period.until is not None:
                day = replace(mention.period, since=mention.period.until)
                mention.relation, mention.period = "before", day
            elif mention.relation in {"since", "from"}:
                mention.relation = "after"


def _count_days(frame: Frame) -> None:
    """Read "скільки це вже днів" as "how many days": nothing else is counted, and "це днів" is no day."""
    if not frame.has("unit:day") or any(kind_in(c) or c.has(*EVENTS) for c in frame.cells):
        return
    for i, cell in enumerate(frame.cells):
        if not cell.has("howmany"):
            continue
        k = i + 1
        while k < len(frame.cells) and frame.cells[k].has("fill", "rel:this", "also"):
            k += 1
        day = frame.cells[k] if k < len(frame.cells) else None
        if day is not None and "pg" in day.features("unit:day"):
            frame.mentions = [m for m in frame.mentions if not i < m.start <= k]
            frame.dated = list(frame.mentions)
            cell.senses |= {"howlong"}
            frame.settle_senses()
            day.used = True


def _under_that(frame: Frame) -> None:
    """Read "the Istanbul deal: how many bodies under it?" as under that deal."""
    that = next((i for i, c in enumerate(frame.cells) if c.has("underthat") and not c.used), -1)
    deals = [m for m in frame.mentions if m.period.agreement and m.end <= that and m.relation == ""]
    if that >= 0 and len(deals) == 1:
        deals[0].relation = "under"
        frame.cells[that].used = True


def _compares_ends(frame: Frame) -> bool:
    """Tell whether "between" stands behind what differs ("difference in bodies between June and July").

    Elsewhere its two ends are those of one span ("how many more bodies than prisoners between 1 and 30 June").
    """
    for i, cell in enumerate(frame.cells if frame.has("p:between") else ()):
        if not cell.has("p:between"):
            continue
        k = i - 1
        while k > 0 and (kind_in(frame.cells[k]) or frame.cells[k].has("fill", "people", "p:in", "p:by", "p:po")):
            k -= 1
        comparing, follower = frame.cells[max(k, 0)], frame.cells[i + 1] if i + 1 < len(frame.cells) else None
        days = follower is not None and follower.number and len(follower.norm) < 3
        noun = any(m.sense == "compare" and m.part == "N" for m in comparing.meanings)
        if comparing.has("compare") and comparing.norm.isalpha() and comparing.norm != "vs" and (noun or not days):
            return True
    return False


def _tell_verbs(frame: Frame) -> None:
    """Drop the noun of a word that is an infinitive behind "if" ("якщо брати 2025")."""
    for i, cell in enumerate(frame.cells[1:], 1):
        if cell.norm in _INFINITIVES and frame.cells[i - 1].norm in {"якщо", "коли", "як", "если", "а якщо"}:
            cell.senses = frozenset({"fill"})
            cell.meanings = ()


#: Infinitives that are nouns as well.
_INFINITIVES = frozenset(["брати", "мати", "знати"])


def _correct_dates(frame: Frame) -> None:
    """Forget a date that is taken back at once ("за останній тиждень... ні, за останні 10 днів")."""
    for i, cell in enumerate(frame.cells):
        if cell.used or not cell.has("correction"):
            continue
        earlier = [m for m in frame.mentions if m.end <= i]
        later = [m for m in frame.mentions if m.start > i]
        if not earlier or not later:
            continue
        beside = frame.cells[earlier[-1].end : i] + frame.cells[i + 1 : later[0].start]
        if all(c.mark or c.has("fill", "correction") for c in beside):
            frame.mentions.remove(earlier[-1])
            cell.used = True


def _governed_afar(frame: Frame, mention: Mention) -> None:
    """Read "since my mother's birthday on 1 March" as since that day: the words between only say what it was."""
    if mention.period.unit != "day" or mention.relation not in {"", "in"}:
        return
    for i in range(max(0, mention.start - 5), mention.start):
        cell, between = frame.cells[i], frame.cells[i + 1 : mention.start]
        if (
            not cell.used
            and cell.has("p:since")
            and between
            and not any(c.mark or kind_in(c) or c.used for c in between)
        ):
            mention.relation = "since"
            for told in (cell, *between):
                told.used = True
            return


def _lasts(frame: Frame, i: int) -> bool:
    """Tell whether a word is the verb of "how long did it last"."""
    cell = frame.cells[i]
    ends = all(c.mark or c.used for c in frame.cells[i + 1 :])
    lasting = (
        cell.norm in {"last", "lasted", "take"} and i > 0 and frame.cells[i - 1].has("exchange", "handover") and ends
    )
    return lasting or cell.norm.startswith(("длил", "длит", "трива", "продолжал", "тягн"))


#: Hearts break too; what is broken down is so by or into something.
_BREAKS = frozenset(["break", "breaks", "broke", "broken", "breaking"])


def _choose_senses(frame: Frame) -> None:
    """Drop senses that the neighbours rule out."""
    lasting, superlative = frame.has("howlong"), frame.has("superlative")
    for i, cell in enumerate(frame.cells):
        if cell.norm in {"til", "тел", "тіл"} and cell.has("kind:remains") and cell.has("p:until"):
            cell.senses -= {"p:until"}
        follower = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
        before = frame.cells[i - 1] if i else None
        if (
            cell.norm == "return"
            and before is not None
            and before.has("we", "they", "aux", "party:ukraine", "party:russia")
        ):
            cell.senses -= {"handover"}
            cell.meanings = tuple(m for m in cell.meanings if m.sense != "handover")
        if cell.text == "US" and any(c.text.islower() for c in frame.cells):
            cell.senses = frozenset({"oos:war"})
        if cell.text == "СК" and any(c.text.islower() for c in frame.cells):
            cell.senses, cell.meanings, cell.known = frozenset(), (), False  # a body of Russia, no short "сколько"
        promised = cell.norm in {"agree", "agreed", "agrees"} and follower is not None and follower.has("p:to")
        if promised or (lasting and _lasts(frame, i)):
            cell.senses, cell.meanings, cell.known = frozenset(), (), False
        if cell.norm.startswith("give ") and before is not None and before.has("we", "they", "party:russia"):
            cell.senses, cell.meanings = frozenset({"v:give"}), ()
        if cell.norm.endswith(" held") and cell.has("held") and _took_place(frame, i):
            cell.senses, cell.meanings = frozenset({"v:happen"}), ()
        if cell.norm == "held" and before is not None and kind_in(before):
            cell.senses = frozenset({"held"})
        if cell.norm in _BREAKS and not any(c.has("by", "per", "p:in", "p:under") for c in frame.cells[i + 1 : i + 5]):
            cell.senses = (cell.senses - {"breakdown"}) | {"fill"}
        if cell.norm.endswith(" taken") and follower is not None and follower.norm == "together":
            taken = meanings_of(cell.norm.removesuffix(" taken"))
            cell.meanings, cell.senses = taken, frozenset(m.sense for m in taken)
        if superlative and cell.has("superlative") and follower is not None:
            for adjective, sense in (("big", "largest"), ("small", "smallest")):
                if follower.has(adjective):
                    follower.senses |= {sense}
                    cell.used = True
        if cell.norm in {"dead", "killed", "вбитих", "убитых"} and follower is not None and follower.has("losses"):
            cell.senses -= {"kind:remains"}


def _took_place(frame: Frame, i: int) -> bool:
    """Tell whether an event was held, not persons ("exchanges that were held", "prisoners who were held")."""
    before = i - 1
    if before > 0 and frame.cells[before].norm in {"that", "which"}:
        before -= 1
        if kind_in(frame.cells[before]):
            return False
    start = next((k + 1 for k in range(before, -1, -1) if frame.cells[k].mark), 0)
    return frame.cells[before].norm != "who" and any(c.has(*EVENTS) for c in frame.cells[start : before + 1])


def _kinds(frame: Frame) -> None:
    cells = frame.cells
    named: list[tuple[int, Kind]] = []
    for i, cell in enumerate(cells):
        if cell.used:
            continue
        if i and cells[i - 1].norm in {"не", "not"} and kind_in(cell):
            # "prisoners, not bodies"
            cell.used = cells[i - 1].used = True
            continue
        if kind_in(cell):
            named.append((i, next(k for k in KINDS if f"kind:{k}" in cell.senses)))
            cell.used = True
        if cell.has("repatriation") and "remains" not in frame.kinds:
            frame.implied = frame.implied or "remains"
    frame.kinds = _resolve(frame, named)
    exchange = frame.lives("exchange", "v:swap")
    freed = frame.lives("v:free", "captivity")
    if frame.implied is None and (exchange or freed):
        frame.implied = "prisoners"
    frame.event = frame.lives("exchange", "handover", "repatriation", *VERBS)
    if frame.kinds == ["civilians"] and _beside_soldiers(frame, named[0][0]):
        frame.kinds = ["prisoners", "civilians"]
    if frame.has("kindword", "allkinds") and not frame.kinds:
        frame.all_kinds = True
    happened = frame.has("v:happen") and frame.has("which") and not frame.event
    whom = any(c.norm in {"кого", "who", "whom"} for c in cells[:2]) and frame.event
    if not frame.kinds and frame.implied is None and (frame.lives("handover") or happened or whom):
        frame.all_kinds = True


def _beside_soldiers(frame: Frame, i: int) -> bool:
    """Tell whether soldiers are named beside civilians ("how many military and civilians were freed")."""
    return any(
        frame.cells[k].has("people") and all(c.has("and") for c in frame.cells[min(k, i) + 1 : max(k, i)])
        for k in (i - 2, i + 2)
        if 0 <= k < len(frame.cells) and frame.cells[min(k, i) + 1].has("and")
    )


def _resolve(frame: Frame, named: list[tuple[int, Kind]]) -> list[Kind]:
    """Return the kinds asked for; a kind that only restricts another ("bodies of children") is unsupported."""
    kinds: list[Kind] = []
    previous: tuple[int, Kind] | None = None
    for i, kind in named:
        if previous is not None and kind != previous[1]:
            between = frame.cells[previous[0] + 1 : i]
            joined = any(c.mark or c.has("and", "or", "versus", *VERBS) for c in between)
            if not joined and len(between) <= 2 and not any(c.has("exchange", "handover") for c in between):
                pair = {kind, previous[1]}
                if pair == {"prisoners", "civilians"}:
                    kinds = [k for k in kinds if k not in pair] + ["civilians"]
                    previous = (i, "civilians")
                    continue
                if "remains" in pair or "children" in pair:
                    frame.unsupported.append(frame.cells[i])
        if kind not in kinds:
            kinds.append(kind)
        previous = (i, kind)
    return kinds


_WORD_GROUPS: dict[str, GroupBy] = {
    "kindword": "kind",
    "recipientword": "recipient",
    "partyword": "party",
    "agreementword": "agreement",
}


def _group(frame: Frame) -> None:
    cells = frame.cells
    for i, cell in enumerate(cells):
        if cell.used:
            continue
        follower = cells[i + 1] if i + 1 < len(cells) else None
        for sense in cell.senses:
            if sense == "group:year" and follower is not None and follower.number:
                cell.used = True
                continue
            if sense.startswith("group:") and frame.group_by not in {None, sense[6:]}:
                frame.unsupported.append(cell)
            if sense == "quarterly":
                frame.unsupported.append(cell)
                frame.group_by = "month"
                cell.used = True
            elif sense.startswith("group:"):
                frame.group_by = sense[6:]  # type: ignore[assignment]
                cell.used = True
        if cell.has("recipientword", "partyword") and " " in cell.norm:
            frame.group_by = "recipient" if cell.has("recipientword") else "party"
            cell.used = True
        if cell.has("by", "per", "breakdown", "p:za", "p:po") or (cell.has("p:under") and " " in cell.norm):
            if frame.group_by is not None:
                continue
            if cell.has("p:under") and any(w in cell.norm for w in _AGREEMENT_PLURALS):
                frame.group_by = "agreement"
                cell.used = True
                continue
            j = i + 1
            while j < len(cells) and (
                (cells[j].mark and cells[j].text == "-")
                or (
                    cells[j].has("fill", "by", "per", "entire", "p:in", "breakdown", "p:po", "p:za", "which")
                    and not cells[j].has("kindword")
                )
            ):
                j += 1
            if j >= len(cells) or cells[j].used:
                continue
            for sense, group in {**UNIT_GROUPS, **_WORD_GROUPS}.items():
                if cells[j].has(sense) and not (cell.has("p:under") and sense == "agreementword"):
                    frame.group_by = group
                    cell.used = cells[j].used = True
                    # "по видам" sounds like "видам", we shall give out
                    cells[j].meanings = tuple(m for m in cells[j].meanings if m.sense == sense)
                    cells[j].senses = frozenset({sense})
            if cells[j].has("unit:quarter", "unit:half", "unit:decade") and cell.has("by", "per", "breakdown"):
                behind = [c for c in cells[j + 1 :] if not c.mark][:2]
                beside = [*behind, *cells[max(0, i - 1) : i]]
                refused = any(c.has("neg", "correction") or c.norm.startswith(("не ", "not ")) for c in beside)
                if refused:
                    for unwanted in (*cells[i : j + 1], *(c for c in beside if c.has("neg", "correction"))):
                        unwanted.used = True
                else:
                    frame.unsupported.append(cells[j])
                    frame.group_by = "month"
                cells[j].used = True
            if cells[j].has("side") and frame.group_by is None and cell.has("by", "per", "breakdown"):
                frame.group_by = "recipient"
                cells[j].used = True


_AGREEMENT_PLURALS = (
    "угодах",
    "угодами",
    "угодам",
    "домовленостях",
    "домовленостями",
    "домовленостям",
    "соглашениям",
    "договоренностям",
)


def _recipient(frame: Frame) -> None:
    frame.recipient = frame.roles.recipient
    if frame.measure == "conflict" and not frame.roles.addressed:
        frame.recipient = None
    mutual = any(c.has("bothsides") and c.norm.startswith(("between", "між", "между")) for c in frame.cells)
    if mutual and frame.measure in {"rounds", "last", "first", "list", "happened", "days_since", "largest", "smallest"}:
        frame.recipient = None
    frame.homeward = frame.has("home", "v:return", "v:bring", "v:come")
