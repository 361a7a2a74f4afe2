"""What a question names: its slots, filled by grammar, before anything is taken for granted.

A slot that nobody named stays None, so that a follow-up changes only what it names.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.domain.claims import KINDS, Kind
from bot.domain.ledger import Ledger
from bot.domain.queries import AskedRecipient, GroupBy, Measure
from bot.language.dates.periods import Mention
from bot.language.dates.reader import DateReader
from bot.language.names import Names, names_of
from bot.language.roles import VERBS, RoleReader, Roles
from bot.language.words import Cell, Words, read_words


@dataclass(slots=True, eq=False, repr=False)
class Frame:
    """The slots of one question."""

    words: Words
    cells: list[Cell]
    mentions: list[Mention] = field(default_factory=list)
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

    def has(self, *senses: str) -> bool:
        """Tell whether a cell may mean one of these."""
        return any(cell.has(*senses) for cell in self.cells)

    def lives(self, *senses: str) -> bool:
        """Tell whether a cell may mean one of these and no date has taken it ("since the last exchange")."""
        return any(cell.has(*senses) and not cell.used for cell in self.cells)

    def first(self, *senses: str) -> int:
        """Return the index of the first such cell; -1 where there is none."""
        return next((i for i, cell in enumerate(self.cells) if cell.has(*senses)), -1)


_HARMLESS = frozenset(
    [
        "fill",
        "aux",
        "total",
        "alltime",
        "people",
        "home",
        "which",
        "when",
        "datenoun",
        "and",
        "or",
        "by",
        "per",
        "side",
        "data",
        "number",
        "howmany",
        "yesno",
        "now",
        "also",
        "correction",
        "ref:that",
        "accord",
        "say",
        "receipt",
        "entire",
        "own",
        "more",
        "official",
        "onwards",
        "allkinds",
        "exclusive",
        "sameday",
        "insult",
        "pending",
        "where",
        "more",
        "sameperiod",
        "own",
        "equal",
        "whichside",
        "kin",
        "captivity",
        "times",
        "agreementword",
    ]
)


def read_frame(text: str, *, ledger: Ledger, today: dt.date) -> Frame:
    """Fill the slots of a question."""
    names = names_of(ledger)
    words = read_words(text, names=names.words, is_name=names.knows)
    frame = Frame(words, words.cells)
    _dates(frame, ledger, names, today)
    _stories(frame)
    _choose_senses(frame)
    frame.roles = RoleReader(frame.cells, names).read()
    _kinds(frame)
    _group(frame)
    _measure(frame)
    _recipient(frame)
    _leftovers(frame)
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
    comparing = frame.has("compare") and not frame.has("conflict")
    reader = DateReader(frame.cells, frame.words.tokens, today, names, None if asks_days else last_day, comparing)
    frame.mentions = reader.mentions()
    for mention in frame.mentions:
        _governed_afar(frame, mention)
    if frame.has("exclusive"):
        for mention in frame.mentions:
            if mention.relation == "until" and mention.period.until is not None:
                day = replace(mention.period, since=mention.period.until)
                mention.relation, mention.period = "before", day
            elif mention.relation in {"since", "from"}:
                mention.relation = "after"


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
            and not any(c.mark or _kind_in(c) or c.used for c in between)
        ):
            mention.relation = "since"
            for told in (cell, *between):
                told.used = True
            return


_ENDS = frozenset(".!?…;\n")
_BREAKS = frozenset(",:()–—")
_CONTRASTS = frozenset(["but", "але", "но", "проте", "однак", "однако", "а", "and", "so"])
#: Words of which a clause with one may be part of the question.
_SLOTS = (
    "howmany",
    "number",
    "exchange",
    "handover",
    "repatriation",
    "when",
    "list",
    "total",
    "last",
    "first",
    "largest",
    "smallest",
    "average",
    "identified",
    "conflict",
    "compare",
    "accord",
    "data",
    "howlong",
    "share",
    "future",
    "per",
    "kindword",
    "allkinds",
    "bothsides",
    "find",
    "missing",
    "except",
    "bound",
    "asof",
    "alltime",
    "breakdown",
    "own",
)
_COUNTS = (
    "howmany",
    "number",
    "when",
    "list",
    "total",
    "last",
    "largest",
    "smallest",
    "average",
    "yesno",
    "identified",
)
_PARTIES = tuple(
    f"{role}:{party}" for role in ("party", "people", "capital", "who") for party in ("ukraine", "russia", "other")
)
_SELF = frozenset(
    [
        "i",
        "my",
        "we",
        "our",
        "im",
        "i'm",
        "i've",
        "we've",
        "me",
        "я",
        "мы",
        "ми",
        "мой",
        "моя",
        "мої",
        "мій",
        "мене",
        "меня",
        "мне",
        "мені",
        "нас",
        "нам",
        "мы",
    ]
)
#: Who asks is no part of what is asked ("Діти питають, скільки ...").
ASKERS = frozenset(
    [
        "ask",
        "asks",
        "asking",
        "asked",
        "wonder",
        "wonders",
        "want",
        "wants",
        "know",
        "hear",
        "told",
        "tell",
        "says",
        "питають",
        "питає",
        "питали",
        "питала",
        "спитали",
        "спитав",
        "спитала",
        "цікавляться",
        "хочуть",
        "хоче",
        "спрашивают",
        "спрашивает",
        "спрашивали",
        "спросили",
        "спросила",
        "спросил",
        "интересуются",
        "хотят",
        "хочет",
    ]
)


def _stories(frame: Frame) -> None:
    """Account for what stands around the question: sentences, clauses and lead-ins that hold no word of it.

    "My cousin fell near Bakhmut. How many bodies came back?": neither the place nor the day of the story restricts.
    """
    _drop_stories(frame, _segments(frame, _ENDS))
    _drop_stories(frame, _segments(frame, _ENDS | _BREAKS))


def _drop_stories(frame: Frame, segments: Sequence[tuple[int, int, str]]) -> None:
    asking = [n for n, (start, end, _) in enumerate(segments) if _counts(frame.cells[start:end])]
    topical = [c for n in asking for c in frame.cells[segments[n][0] : segments[n][1]]]
    if not any(_kind_in(c) or c.has(*_EVENTS, *VERBS) or c.used for c in topical):
        return
    for n, (start, end, mark) in enumerate(segments):
        cells = frame.cells[start:end]
        if n in asking:
            lead = _lead(cells)
            if lead and _is_free(frame, start, start + lead, "lead", before=True):
                _forget(frame, start, start + lead)
        elif _is_free(frame, start, end, mark, before=n < asking[0]):
            _forget(frame, start, end)


def _segments(frame: Frame, ends: frozenset[str]) -> list[tuple[int, int, str]]:
    """Return the clauses as first cell, the one behind the last, and the sign that ends them."""
    found: list[tuple[int, int, str]] = []
    start = 0
    cells = frame.cells
    for i, cell in enumerate(cells):
        if cell.mark and cell.text in ends:
            if i > start:
                found.append((start, i, cell.text))
            start = i + 1
        elif i > start and cell.norm in _CONTRASTS and any(c.has("howmany", "when") for c in cells[i + 1 : i + 3]):
            found.append((start, i, "but"))
            start = i
    if start < len(cells):
        found.append((start, len(cells), ""))
    return found


def _counts(cells: Sequence[Cell]) -> bool:
    """Tell whether a clause asks for a figure, a date, an event or a list."""
    if any(c.has(*_COUNTS, *_EVENTS) for c in cells):
        return True
    return any(_kind_in(c) for c in cells) and not any(c.norm in ASKERS for c in cells)


def _lead(cells: Sequence[Cell]) -> int:
    """Return how many cells of a clause say who asks ("my mother wants to know if ..."); 0 where nobody is said to."""
    first = next((k for k, c in enumerate(cells) if c.used or c.has(*_COUNTS) or c.has(*_EVENTS)), len(cells))
    asking = [k for k in range(first) if cells[k].norm in ASKERS]
    return asking[-1] + 1 if asking else 0


def _kind_in(cell: Cell) -> bool:
    return any(s.startswith("kind:") for s in cell.senses)


def _is_free(frame: Frame, start: int, end: int, mark: str, *, before: bool) -> bool:
    """Tell whether a stretch of cells says nothing of the question."""
    cells = frame.cells[start:end]
    kin = any(c.has("kin", "formation") and not c.has("fill") for c in cells)
    own = any(c.norm in _SELF for c in cells)
    asks = any(c.norm in ASKERS for c in cells)
    children_ask = asks and all(c.has("kind:children") for c in cells if _kind_in(c))
    if any(c.has(*VERBS, "v:swap") for c in cells) and not (kin or own or asks):
        return False
    if any(s.startswith("group:") for c in cells for s in c.senses):
        return False
    counted = frame.has("howmany", "number")
    slots = [c for c in cells if c.has(*_SLOTS, "oos:inject") and not (kin and before and counted and c.has("missing"))]
    if slots or (any(_kind_in(c) for c in cells) and not children_ask):
        return False
    if any(c.has(*_PARTIES, "they", "them") and not c.has("fill") for c in cells) and not kin:
        return False
    label = mark == ":" and cells[0].norm in {"for", "для", "к", "до", "на"}
    if any(m.start < end and m.end > start for m in frame.mentions) and not (kin or label):
        return False
    content = [c for c in cells if not c.mark]
    blocks = any(not c.known or c.number or c.has("unsup", "losses", "held") for c in content)
    blocks = blocks or any(s.startswith("oos:") for c in content for s in c.senses)
    if not (blocks or kin or own or asks):
        return False
    strange = [c for c in content if not c.known]
    opens_place = content and content[0].has("p:in", "p:from", "p:under", "p:to") and not label
    label = label or (mark == ":" and any(c.norm in _ASKING for c in cells))
    if kin or own or asks or label:
        return not opens_place or own or kin
    if not before or opens_place or any(c.has("unsup") for c in content):
        return False
    if mark == ":":
        return False
    closed = (mark in _ENDS or mark == "but") and len(content) > 2
    foreign = any(s.startswith("oos:") for c in content for s in c.senses)
    return closed or (not foreign and len(strange) < len(content) - len(strange))


def _forget(frame: Frame, start: int, end: int) -> None:
    """Take cells, and the dates in them, out of the question."""
    for cell in frame.cells[start:end]:
        cell.used = True
        cell.senses = frozenset()
    frame.mentions = [m for m in frame.mentions if not (m.start < end and m.end > start)]


def _choose_senses(frame: Frame) -> None:
    """Drop senses that the neighbours rule out."""
    for i, cell in enumerate(frame.cells):
        if cell.has("kind:remains") and cell.norm in {"til", "тел", "тіл"} and cell.has("p:until"):
            cell.senses -= {"p:until"}
        follower = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
        if cell.text == "US" and any(c.text.islower() for c in frame.cells):
            cell.senses = frozenset({"oos:war"})
        if cell.has("superlative") and follower is not None:
            for adjective, sense in (("big", "largest"), ("small", "smallest")):
                if follower.has(adjective):
                    follower.senses |= {sense}
                    cell.used = True
        if cell.norm in {"dead", "killed", "вбитих", "убитых"} and follower is not None and follower.has("losses"):
            cell.senses -= {"kind:remains"}


def _kinds(frame: Frame) -> None:
    cells = frame.cells
    named: list[tuple[int, Kind]] = []
    for i, cell in enumerate(cells):
        if cell.used:
            continue
        if i and cells[i - 1].norm in {"не", "not"} and any(s.startswith("kind:") for s in cell.senses):
            # "prisoners, not bodies"
            cell.used = cells[i - 1].used = True
            continue
        for kind in KINDS:
            if cell.has(f"kind:{kind}"):
                named.append((i, kind))
                cell.used = True
                break
        if cell.has("repatriation") and "remains" not in frame.kinds:
            frame.implied = frame.implied or "remains"
    frame.kinds = _resolve(frame, named)
    exchange = frame.lives("exchange", "v:swap")
    freed = frame.lives("v:free", "captivity")
    if frame.implied is None and (exchange or freed):
        frame.implied = "prisoners"
    frame.event = frame.lives("exchange", "handover", "repatriation", *VERBS)
    if frame.has("kindword", "allkinds") and not frame.kinds:
        frame.all_kinds = True
    happened = frame.has("v:happen") and frame.has("which") and not frame.event
    whom = any(c.norm in {"кого", "who", "whom"} for c in cells[:2]) and frame.event
    if not frame.kinds and frame.implied is None and (frame.lives("handover") or happened or whom):
        frame.all_kinds = True


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


_UNIT_GROUPS: dict[str, GroupBy] = {"unit:day": "day", "unit:week": "week", "unit:month": "month", "unit:year": "year"}
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
            if sense.startswith("group:"):
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
            for sense, group in {**_UNIT_GROUPS, **_WORD_GROUPS}.items():
                if cells[j].has(sense) and not (cell.has("p:under") and sense == "agreementword"):
                    frame.group_by = group
                    cell.used = cells[j].used = True
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


def _measure(frame: Frame) -> None:
    frame.whole = frame.has("alltime")
    for i, cell in enumerate(frame.cells):
        if cell.has("number", "data") and "p" in cell.features("number"):
            follower = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
            if follower is None or follower.norm != "of":
                cell.senses -= {"number"}
    frame.counted = frame.has("howmany", "number")
    frame.measure = _decide(frame)
    for cell in frame.cells:
        if frame.measure and cell.has(*_CUES.get(frame.measure, ())):
            cell.used = True


_CUES: dict[str, tuple[str, ...]] = {
    "share_identified": ("identified",),
    "conflict": ("conflict", "compare", "versus"),
    "compare": ("compare", "versus", "more", "largest"),
    "breakdown": ("breakdown", "list", "largest", "compare", "versus"),
    "days_since": (
        "howlong",
        "last",
        "ago",
        "rel:prev",
        "rel:past",
        "unit:day",
        "unit:week",
        "unit:month",
        "p:since",
        "p:from",
        "p:after",
    ),
    "average": ("average", "per"),
    "claimed_total": ("claim", "say", "total"),
    "largest": ("largest",),
    "smallest": ("smallest",),
    "last": ("last", "rel:past", "rel:prev"),
    "first": ("first",),
    "list": ("list", "breakdown", "per", "by"),
    "rounds": ("times",),
    "happened": ("v:happen",),
}


def _spans(frame: Frame) -> int:
    return len(frame.mentions)


def _decide(frame: Frame) -> Measure | None:
    per_event = _per_event(frame)
    if len(frame.mentions) == 2 and frame.mentions[0].start == frame.mentions[1].start:
        return "compare"
    if frame.has("identified"):
        return "share_identified"
    if frame.has("conflict") or (frame.has("equal") and frame.roles.both_parties):
        return "conflict"
    if frame.has("whichside") and frame.group_by is None:
        stated = frame.lives("say", "claim", "data") and not frame.lives("v:get", "v:give")
        frame.group_by = "party" if stated else "recipient"
    if frame.has("compare", "versus") and (len(frame.mentions) >= 2 or frame.roles.both_parties):
        if len(frame.mentions) >= 2:
            return "compare"
        frame.group_by = "party"
        return "breakdown"
    if frame.has("more") and frame.has("or", "versus") and len(frame.mentions) >= 2:
        return "compare"
    if frame.has("howlong"):
        return "days_since"
    if frame.has("average"):
        return "average"
    if frame.roles.both_parties and frame.group_by is None and not frame.lives("last", "largest", "smallest", "list"):
        frame.group_by = "party"
    if frame.group_by is not None:
        return "breakdown"
    if frame.lives("breakdown") and not frame.has("list") and (frame.kinds or frame.implied):
        frame.group_by = "month"
        return "breakdown"
    claimed = _claimed_total(frame)
    if claimed:
        return "claimed_total"
    unused_last = _last_event(frame)
    if _largest(frame):
        frame.group_by = _asked_unit(frame)
        return "breakdown" if frame.group_by else "largest"
    if any(c.has("smallest") and not c.used for c in frame.cells):
        return "smallest"
    if per_event and frame.counted and frame.has("per") and not _each(frame):
        return "average"
    if per_event and not frame.has("howmany"):
        return "list"
    if frame.has("list") and not frame.has("howmany") and (_plural_event(frame) or frame.has("datenoun")):
        return "list"
    if head_is_event(frame):
        return "rounds"
    if unused_last:
        return "last"
    if any(c.has("first") and not c.used for c in frame.cells):
        return "first"
    if frame.has("list"):
        return "list"
    if frame.counted:
        return "total"
    if frame.has("which") and frame.has("v:happen") and not frame.kinds and not frame.event and frame.mentions:
        return "list"
    if _asks_when(frame):
        return (
            "list"
            if any(m.period.unit not in {"agreement"} or m.relation == "under" for m in frame.mentions)
            else "last"
        )
    if frame.has("which") and _plural_event(frame):
        return "list"
    if _happened(frame):
        return "happened"
    if _yes_no(frame) and frame.mentions and frame.event:
        return "rounds"
    summed = any(c.has("total") and c.norm not in ALL_WORDS for c in frame.cells)
    if _plural_event(frame) and summed and not frame.has("datenoun"):
        return "rounds"
    if _plural_event(frame):
        return "list"
    if frame.has("total"):
        return "total"
    return None


def _last_event(frame: Frame) -> bool:
    """Tell whether one round is asked for as the last; "the previous exchange" is one, "the last month" is not."""
    for i, cell in enumerate(frame.cells):
        if cell.used:
            continue
        if cell.has("last"):
            return True
        if cell.has("rel:prev") and any(
            c.has("exchange", "handover", "repatriation") for c in frame.cells[i + 1 : i + 4]
        ):
            return True
    return False


def _per_event(frame: Frame) -> bool:
    """Tell whether a figure for each event is asked for ("per handover", "за обмін", "по обменам")."""
    for i, cell in enumerate(frame.cells[:-1]):
        if not cell.has("per", "by"):
            continue
        for event in frame.cells[i + 1 : i + 3]:
            # "за обміном 1000 на 1000" names the exchange itself
            if event.has(*_EVENTS) and not event.used and _event_forms(event) != {"si"}:
                return True
    return False


def _each(frame: Frame) -> bool:
    """Tell whether every event is asked for ("in each exchange"), not the mean of them ("per exchange")."""
    return any(c.has("per") and any(w in c.norm for w in ("each", "every", "кож", "кажд")) for c in frame.cells)


def _asked_unit(frame: Frame) -> GroupBy | None:
    """Return the unit of time that is asked for ("which month had the most bodies")."""
    for i, cell in enumerate(frame.cells):
        follower = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
        if cell.has("which") and follower is not None and not follower.used:
            for sense, unit in _UNIT_GROUPS.items():
                if follower.has(sense):
                    follower.used = True
                    return unit if unit != "day" else None
        if cell.has("when") and " " in cell.norm:
            for stem, group in _UNIT_STEMS.items():
                if stem in cell.norm:
                    return group
    return None


_UNIT_STEMS: dict[str, GroupBy] = {
    "month": "month", "week": "week", "year": "year", "місяц": "month", "месяц": "month", "рік": "year", "рок": "year",
    "год": "year", "тиж": "week", "недел": "week",
}  # fmt: skip


def _largest(frame: Frame) -> bool:
    for i, cell in enumerate(frame.cells):
        if cell.has("largest") and not cell.used:
            if cell.norm in {"most", "top", "high"} and i + 1 < len(frame.cells) and frame.cells[i + 1].has("last"):
                continue
            return True
    return False


def _claimed_total(frame: Frame) -> bool:
    roles = frame.roles
    if roles.party is None or roles.both_parties:
        return False
    closed = any(
        m.period.unit not in {"agreement"} and m.relation not in {"since", "from", "after"} for m in frame.mentions
    )
    under = any(m.relation == "under" for m in frame.mentions)
    if closed or under:
        return False
    strong = any(c.has("claim") for c in frame.cells)
    total = any(c.has("total") or (c.has("howmany") and "total" in c.norm) for c in frame.cells)
    total = total or any("загальн" in c.norm or "общ" in c.norm for c in frame.cells if c.has("howmany", "number"))
    if (total and not frame.mentions and _owned_total(frame)) or _stated_total(frame):
        return True
    if strong and (total or not frame.mentions):
        return not frame.has("handover", "exchange") or total
    return total and any(c.has("say") for c in frame.cells) and not frame.has("accord")


def _stated_total(frame: Frame) -> bool:
    """Tell whether a cumulative figure of somebody is named ("its overall figure", "latest number Moscow gives")."""
    for i, cell in enumerate(frame.cells):
        if cell.has("total") and i and frame.cells[i - 1].norm in _POSSESSIVE and " " in cell.norm:
            return True
        if i + 1 == len(frame.cells) or not frame.cells[i + 1].has("data", "number"):
            continue
        if (
            cell.has("total")
            and any(m.part == "A" or m.lang == "en" for m in cell.meanings)
            and cell.norm not in ALL_WORDS
        ):
            return True
        if cell.has("last") and frame.cells[i + 1].has("number", "data"):
            return True
    return False


_POSSESSIVE = frozenset(["his", "her", "its", "their", "его", "ее", "их", "його", "її", "їх", "їхня"])
ALL_WORDS = frozenset(
    ["all", "whole", "всі", "усі", "всіх", "усіх", "все", "весь", "вся", "всю", "всех", "разом", "вместе"]
)


def _owned_total(frame: Frame) -> bool:
    """Tell whether the total is a party's own ("Moscow's total")."""
    for e in frame.roles.entities:
        follower = frame.cells[e.end] if e.end < len(frame.cells) else None
        if e.role == "claim" and frame.cells[e.start].possessive and follower is not None and follower.has("total"):
            return True
    return False


_NOUN_SKIP = ("fill", "total", "largest", "smallest", "average", "entire", "also", "which", "and", "first", "last")


def head_is_event(frame: Frame) -> bool:
    """Tell whether what is counted are events, not persons ("how many body handovers", "кількість обмінів")."""
    cells = frame.cells
    if frame.has("times") and any(c.has("times") and c.has("howmany") for c in cells):
        return True
    for i, cell in enumerate(cells):
        if not cell.has("howmany", "number") or cell.used:
            continue
        if cell.norm == "how often":
            return True
        head = _head(frame, i + 1)
        if head is not None:
            return head
        if any(c.has("times") for c in cells[i + 1 : i + 3]):
            return True
    if not frame.counted:
        return any(c.norm == "how often" or c.norm == "on how many occasions" for c in cells)
    if any(c.has("howmany") and _persons_did(cells[i + 1 : i + 3]) for i, c in enumerate(cells)):
        return False
    # "обмінів у червні скільки": nothing countable stands behind the question word
    for cell in cells:
        if cell.has(*_EVENTS) and not _is_verb_form(cell):
            return _is_plural(cell)
        if any(s.startswith("kind:") for s in cell.senses) and cell.norm.isascii() is False:
            return False
    return False


def _persons_did(behind: Sequence[Cell]) -> bool:
    """Tell whether "how many" is followed by what persons do ("скільки повернулося")."""
    first = next((c for c in behind if not c.has("fill", "total") and not c.mark), None)
    return first is not None and first.has("v:come", "v:return", "v:bring", "v:free") and not first.has(*_EVENTS)


def _head(frame: Frame, i: int) -> bool | None:
    """Tell whether the noun (or compound) that begins at a cell is an event; None where no noun begins there."""
    cells = frame.cells
    event: bool | None = None
    english = False
    steps = 0
    while i < len(cells) and steps < 8:
        cell = cells[i]
        steps += 1
        if cell.mark and cell.text not in {"-", "‑"}:
            break
        verb_only = (
            cell.has(*VERBS) and not cell.has("handover", "exchange") and not any(m.part == "A" for m in cell.meanings)
        )
        if cell.has("times"):
            return True
        noun = any(m.sense in _EVENTS and m.part in {"N", "X"} for m in cell.meanings)
        if noun and not verb_only and not _is_verb_form(cell):
            if event is None or english:
                event = True
            english = cell.norm.isascii()
        elif any(s.startswith("kind:") for s in cell.senses) or cell.has("people"):
            if event is None:
                event = False
                english = cell.norm.isascii()
            elif not english:
                break
        elif event is None and (
            cell.has(*_NOUN_SKIP, "party:ukraine", "party:russia", "our", "their", "monthadj:1")
            or cell.norm in {"of", "the"}
            or any(m.part == "A" for m in cell.meanings)
            or cell.used
        ):
            pass
        else:
            break
        i += 1
    return event


def _is_verb_form(cell: Cell) -> bool:
    """Tell whether an English word is a verb here only ("exchanged"), as its form shows."""
    return any(m.part == "V" for m in cell.meanings if m.sense in {"exchange", "handover", "repatriation"}) and not any(
        m.part == "N" for m in cell.meanings
    )


_EVENTS = ("exchange", "handover", "repatriation")
#: Phrases, whose number the lexicon does not tell.
_PLURAL_PHRASES = frozenset({"handovers", "hand overs", "exchanges", "swaps"})


def _event_forms(cell: Cell) -> frozenset[str]:
    """Return the number and case features of an event noun; of a verb or adjective none."""
    return frozenset(f for m in cell.meanings if m.sense in _EVENTS and m.part in {"N", "X"} for f in m.features)


def _is_plural(cell: Cell) -> bool:
    """Tell whether an event noun is surely in the plural, or counted ("обмінів")."""
    forms = _event_forms(cell)
    plural = "p" in forms or any(len(f) == 2 and f[0] == "p" for f in forms)
    singular = any(len(f) == 2 and f[0] == "s" for f in forms)
    return (plural and (not singular or "pg" in forms)) or cell.norm in _PLURAL_PHRASES


def _plural_event(frame: Frame) -> bool:
    """Tell whether events in the plural are asked for; a form that may be singular counts unless figures govern it."""
    for i, cell in enumerate(frame.cells):
        if cell.used or not cell.has(*_EVENTS):
            continue
        if i and frame.cells[i - 1].has("data") and not _is_plural(cell):
            continue
        forms = _event_forms(cell)
        if "p" in forms or any(len(f) == 2 and f[0] == "p" for f in forms) or cell.norm in _PLURAL_PHRASES:
            return True
    return False


def _asks_when(frame: Frame) -> bool:
    return frame.has("when") and (frame.event or bool(frame.kinds))


def _yes_no(frame: Frame) -> bool:
    if frame.has("yesno"):
        return True
    first = next((c for c in frame.cells if not c.mark and not (c.has("fill") and not c.has("aux"))), None)
    if first is not None and first.norm in {"was", "were", "did", "is", "has", "have", "had"}:
        return True
    return any(
        c.has("v:happen")
        and not c.norm.isascii()
        and c.norm in {"був", "была", "был", "була", "было", "було", "были", "були"}
        for c in frame.cells
    )


def _happened(frame: Frame) -> bool:
    if (
        len(frame.mentions) != 1
        or frame.mentions[0].period.unit != "day"
        or frame.mentions[0].relation not in {"", "in"}
    ):
        return False
    if not frame.event and not frame.kinds:
        return False
    if _yes_no(frame):
        return True
    question = any(c.mark and c.text == "?" for c in frame.cells)
    finite = any(
        m.part == "V" and not m.features & {"0", "i", "!"} and m.lang != "en"
        for c in frame.cells
        if c.has(*VERBS, "v:happen")
        for m in c.meanings
    )
    return question and finite and not frame.has("which", "total")


def _recipient(frame: Frame) -> None:
    frame.recipient = frame.roles.recipient
    if frame.measure == "conflict" and not frame.roles.addressed:
        frame.recipient = None
    mutual = any(c.has("bothsides") and c.norm.startswith(("between", "між", "между")) for c in frame.cells)
    if mutual and frame.measure in {"rounds", "last", "first", "list", "happened", "days_since", "largest", "smallest"}:
        frame.recipient = None
    frame.homeward = frame.has("home", "v:return", "v:bring", "v:come")


_ASKING = frozenset(
    [
        "know",
        "ask",
        "asks",
        "asked",
        "tell",
        "wonder",
        "query",
        "question",
        "request",
        "need",
        "needs",
        "want",
        "wants",
        "interested",
        "briefing",
        "note",
        "memo",
        "знати",
        "дізнатися",
        "питають",
        "питає",
        "запит",
        "прошу",
        "цікавить",
        "цікавляться",
        "хочу",
        "хочуть",
        "хоче",
        "потрібно",
        "потрібна",
        "скажіть",
        "знать",
        "узнать",
        "спрашивают",
        "вопрос",
        "запрос",
        "интересует",
        "хотят",
        "хочет",
        "нужно",
        "нужна",
        "скажите",
    ]
)


def _leads_in(frame: Frame, unknown: Cell) -> bool:
    """Tell whether an unknown word only leads in to the question: "For the yearbook: ...", "My pupils ask ..."."""
    i = frame.cells.index(unknown)
    if unknown.number or (unknown.text[:1].isupper() and i > 0 and not frame.cells[i - 1].mark):
        return False
    start = max((k + 1 for k in range(i) if frame.cells[k].mark and frame.cells[k].text in ".!?;:,"), default=0)
    end = next((k for k in range(i, len(frame.cells)) if _ends_lead(frame.cells[k])), None)
    if end is None:
        return False
    lead = frame.cells[start:end]
    meaning = any(_kind_in(c) or c.has(*_EVENTS, "people", "bound", "except", "neg", "unsup") for c in lead)
    dated = any(m.start < end and m.end > start for m in frame.mentions)
    placed = any(e.start < end and e.end > start for e in frame.roles.entities if e.role != "nationality")
    if meaning or dated or placed:
        return False
    return frame.cells[end].text == ":" or any(c.norm in _ASKING for c in lead)


def _taken_back(frame: Frame, unknown: Cell) -> bool:
    """Tell whether a word is corrected or declined at once ("предпоследнюю не надо")."""
    i = frame.cells.index(unknown)
    behind = next((c for c in frame.cells[i + 1 :] if not c.mark), None)
    return behind is not None and (behind.has("correction") or behind.norm in {"не надо", "не треба", "не нужно"})


def _ends_lead(cell: Cell) -> bool:
    return (cell.mark and cell.text in ".!?;:") or cell.has("howmany", "number", "when", "list", "which", "average")


def _story(frame: Frame) -> None:
    """Account for "my brother served with the 93rd brigade"; a unit without a story restricts, and is unsupported."""
    told = frame.has("kin") or any(c.norm in _SERVED for c in frame.cells)
    for i, cell in enumerate(frame.cells):
        if not cell.has("formation"):
            continue
        if not told:
            frame.unsupported.append(cell)
            continue
        cell.used = True
        for j in (i - 1, i - 2, i - 3, i + 1, i + 2):
            if 0 <= j < len(frame.cells) and (frame.cells[j].number or frame.cells[j].norm in _ORDINAL_ENDS):
                frame.cells[j].used = True


_SERVED = frozenset(
    [
        "served",
        "serving",
        "serves",
        "serve",
        "служив",
        "служить",
        "служила",
        "служили",
        "служил",
        "служит",
        "fought",
        "воював",
        "воює",
        "воевал",
        "воюет",
    ]
)
_ORDINAL_ENDS = frozenset(["st", "nd", "rd", "th", "й", "я", "го", "ій", "та", "ї", "тій", "ої", "ой"])


def _leftovers(frame: Frame) -> None:
    _story(frame)
    for i, cell in enumerate(frame.cells):
        if cell.used or cell.mark or (cell.has("correction", "also") and _opens(frame, i)):
            continue
        if cell.has("except", "bound", "neg") and not cell.has("fill"):
            if cell.has("neg") and not cell.has("except", "bound"):
                frame.unknown.append(cell)
            else:
                frame.unsupported.append(cell)
            continue
        if cell.has(*_STRICT) and not cell.has(*_LOOSE) and frame.measure != "days_since" and _dangles(frame, i):
            frame.unknown.append(cell)
            continue
        if cell.has("beforethat", "afterthat") and frame.mentions:
            frame.unknown.append(cell)
            continue
        if cell.has(
            "exchange",
            "handover",
            "repatriation",
            "v:happen",
            "kindword",
            "recipientword",
            "swapdir",
            "beforethat",
            "afterthat",
            *VERBS,
        ):
            continue
        if cell.has(*_HARMLESS):
            continue
        if any(s.startswith(("p:", "act:")) for s in cell.senses):
            continue
        if cell.has("unsup") and frame.measure == "share_identified":
            continue
        if cell.has("per") and frame.measure in {None, "total", "rounds", "happened"} and not cell.has("fill"):
            frame.unsupported.append(cell)
            continue
        if cell.has("edge:start", "edge:mid", "edge:end") and _bounds_date(frame, i):
            frame.unsupported.append(cell)
            continue
        if cell.has("list", "breakdown", "claim", "identified", "compare", "versus") or cell.has(
            "asof", "war", "edge:start"
        ):
            continue
        if cell.has("last", "first", "largest", "smallest", "average") and frame.measure is not None:
            continue
        if cell.has("rel:this", "bothsides", "us", "them"):
            continue
        if cell.number or not cell.known or not cell.senses:
            if _is_one(cell):
                continue
            frame.unknown.append(cell)
            continue
        frame.unknown.append(cell)
    frame.unknown = [c for c in frame.unknown if not (_leads_in(frame, c) or _taken_back(frame, c))]
    frame.unknown.extend(c for c in frame.roles.stray if c not in frame.unknown)


#: Prepositions of time that say nothing without what they govern; those with another use are none of them.
_STRICT = ("p:since", "p:after", "p:before", "p:between")
_LOOSE = (
    "fill",
    "p:in",
    "p:to",
    "p:from",
    "p:by",
    "also",
    "correction",
    "bothsides",
    "beforethat",
    "afterthat",
    "last",
)


def _dangles(frame: Frame, i: int) -> bool:
    """Tell whether a preposition of time governs nothing that was read as time ("since Zelensky came to power")."""
    behind = frame.cells[i + 1 : i + 4]
    if any(m.period.unit == "agreement" and m.relation == "" and i < m.start <= i + 3 for m in frame.mentions):
        return False
    return not any(c.has("edge:start", "alltime", "now", "ref:that", "war") for c in behind) and not (
        frame.has("compare", "conflict", "versus") and frame.cells[i].has("p:between")
    )


def _opens(frame: Frame, i: int) -> bool:
    """Tell whether a cell stands at the beginning, corrections and filler aside ("oh no, ...", "ой нет, ...")."""
    return all(c.mark or c.has("correction", "also", "fill", "and") for c in frame.cells[:i])


def _bounds_date(frame: Frame, i: int) -> bool:
    """Tell whether a vague word ("early") stands before a date, of which it would take an unknown part."""
    j = i + 1
    while j < len(frame.cells) and not frame.cells[j].used and frame.cells[j].has("p:in", "p:from", "fill"):
        j += 1
    return any(m.start <= j < m.end or m.start == i + 1 for m in frame.mentions)


def _is_one(cell: Cell) -> bool:
    return cell.norm in {
        "один",
        "одна",
        "одне",
        "одно",
        "одного",
        "одной",
        "одній",
        "одним",
        "one",
        "1",
        "both",
        "обидва",
    }


def kinds_of(frame: Frame) -> Sequence[Kind]:
    """Return the kinds that were named or are implied."""
    if frame.kinds:
        return frame.kinds
    return [frame.implied] if frame.implied else []
