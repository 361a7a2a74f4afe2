"""Whether a cumulative figure of somebody is asked for: "what total does Moscow claim", "its overall figure"."""

from bot.language.frame import Frame
from bot.language.words import Cell

#: Stems of "total" in phrases of counting ("яку загальну кількість", "какой итог").
_SUMMED = ("загальн", "общ", "підсум", "итог", "total", "overall")


def is_claimed_total(frame: Frame) -> bool:
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
    total = asks_sum(frame)
    figure = total and not frame.mentions and any(_names_figure(c) for c in frame.cells)
    if figure and not frame.has("accord"):
        return True
    alone = total and not (frame.kinds or frame.event or frame.mentions or frame.counted)
    if alone or (total and not frame.mentions and _owned_total(frame)) or _stated_total(frame):
        return True
    if strong and (total or not frame.mentions):
        return not frame.has("handover", "exchange") or total
    return total and any(c.has("say") for c in frame.cells) and not frame.has("accord")


def asks_sum(frame: Frame) -> bool:
    """Tell whether "total" is said, by itself or in a phrase of counting."""
    counting = (c.norm for c in frame.cells if c.has("howmany", "number"))
    return frame.has("total") or any(stem in norm for norm in counting for stem in _SUMMED)


def _names_figure(cell: Cell) -> bool:
    """Tell whether a word of counting names a figure that somebody gives ("cumulative figure", "яку цифру")."""
    return ("цифр" in cell.norm and cell.has("howmany")) or (
        cell.has("total") and (cell.norm.endswith(" figure") or "цифр" in cell.norm)
    )


def _stated_total(frame: Frame) -> bool:
    """Tell whether a cumulative figure of somebody is named ("its overall figure", "latest number Moscow gives")."""
    for i, cell in enumerate(frame.cells):
        if cell.has("total") and i and frame.cells[i - 1].norm in _POSSESSIVE and " " in cell.norm:
            return True
        behind = frame.cells[i + 1] if i + 1 < len(frame.cells) else None
        if behind is None or not (behind.has("data", "number") or (cell.has("last") and behind.has("total"))):
            continue
        if (
            cell.has("total")
            and any(m.part == "A" or m.lang == "en" for m in cell.meanings)
            and cell.norm not in ALL_WORDS
        ):
            return True
        if cell.has("last"):
            return True
    return False


_POSSESSIVE = frozenset(["his", "her", "its", "their", "его", "ее", "их", "його", "її", "їх", "їхня"])


ALL_WORDS = frozenset(
    ["all", "whole", "всі", "усі", "всіх", "усіх", "все", "весь", "вся", "всю", "всех", "разом", "вместе"]
)


_OWNERS = ("'s", "’s", "'", "’")


def _owned_total(frame: Frame) -> bool:
    """Tell whether the total is a party's own ("Moscow's total")."""
    for e in frame.roles.entities:
        follower = frame.cells[e.end] if e.end < len(frame.cells) else None
        owner = any(c.possessive or c.text.endswith(_OWNERS) for c in frame.cells[e.start : e.end])
        if e.role == "claim" and owner and follower is not None and follower.has("total"):
            return True
    return False
