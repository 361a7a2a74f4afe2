"""The pages behind commands: help, start, privacy, method, why, sources, conflicts, rounds, an earlier answer."""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from bot.domain.answers import Answer, Row
from bot.domain.claims import RECIPIENTS, Claim
from bot.domain.compute import compute
from bot.domain.explain import Change, ClaimUse, changes, explain_shown
from bot.domain.headline import choose_headline, find_conflict, rank
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang, Refusal, Reply
from bot.domain.rounds import Round
from bot.rendering.alerts import render_alert
from bot.rendering.buttons import after_round, as_questions
from bot.rendering.evidence import beside, claim_line, claim_words, told_by, total_words
from bot.rendering.figures import Page, headline, kind_way, listed_rows, row_lines
from bot.rendering.firewall import Allowed
from bot.rendering.reading import reading_line
from bot.rendering.rendered import Button, Rendered
from bot.rendering.rich import Rich, join, plain
from bot.rendering.styled import strong, styled, words
from bot.rendering.words import capital, day, instant, message, short_day

logger = logging.getLogger(__name__)

#: Raised whenever a rule of choosing or summing figures changes.
METHOD_VERSION = 1

#: The agreement that totals are usually counted from.
ISTANBUL = "istanbul-2025-06-02"

ROUNDS_A_PAGE = 10
#: Rounds with both sides' claims on one page.
CONFLICTS_A_PAGE = 8
#: Rounds with all their claims on one page.
EXPLAINED_A_PAGE = 4
#: Claims on one page of one round.
CLAIMS_A_PAGE = 12
#: Claims of one round among several; the rest are counted.
CLAIMS_A_ROUND = 8
#: Changes told of one by one; the rest are counted.
CHANGES_TOLD = 8

#: What there is beside questions and the commands as they stand.
_HELP = ("help-told", "help-pictures", "help-data", "help-again")

_METHOD = (
    "method-claims",
    "method-headline",
    "method-sums",
    "method-conflict",
    "method-undisclosed",
    "method-partial",
    "method-identity",
    "method-missing",
    "method-corrections",
    "method-persons",
)


class _Pager:
    """Where a long list is cut."""

    def __init__(self, total: int, page: int, size: int) -> None:
        self.total = total
        self.pages = max(1, -(-total // size))
        self.page = min(max(page, 0), self.pages - 1)
        self.start = self.page * size
        self.stop = min(self.start + size, total)

    def where(self, lang: Lang) -> Rich:
        if self.pages == 1:
            return ()
        return words(message(lang, "rows-page", first=self.start + 1, last=self.stop, all=self.total))

    def allow(self, allowed: Allowed) -> None:
        allowed.numbers(self.start + 1, self.stop, self.total)


def help_page(
    lang: Lang, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, commands: Sequence[str] = (), bot: str = ""
) -> Rendered:
    """Say what can be asked: five real questions, each a button too.

    Args:
        commands: Those of the chat, told with what each does, and what else there is.
        bot: How the bot is called in a chat, such as "@homeward_bot".
    """
    today = now.astimezone(timezone).date()
    year = dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)
    since = found.date if (found := ledger.agreement(ISTANBUL)) else None
    queries = (
        Query(since=since),
        Query(measure="last", kinds=("prisoners",), recipient=None),
        Query(measure="breakdown", group_by="month", since=year[0], until=year[1]),
        Query(measure="conflict", recipient=None),
        Query(measure="claimed_total", party="russia"),
    )
    buttons = as_questions(lang, queries, ledger, now=now, timezone=timezone)
    text = join(
        (
            strong(message(lang, "help-title")),
            words(message(lang, "help-intro")),
            join(words(f"• {button.label}") for button in buttons),
            join(words(f"/{name} — {message(lang, f'menu-{name}')}") for name in commands),
            join(words(message(lang, key)) for key in _HELP) if commands else (),
            styled(lang, "help-elsewhere", code={"bot": bot}) if commands else (),
            words(message(lang, "help-more")),
        ),
        "\n\n",
    )
    return Rendered(text=text, buttons=buttons)


def with_examples(
    rendered: Rendered,
    reply: Reply,
    ledger: Ledger,
    *,
    now: dt.datetime,
    timezone: dt.tzinfo,
    listed: bool = False,
) -> Rendered:
    """Offer what can be asked to who was refused and is offered nothing; never to who looks for a person.

    Args:
        listed: In the text too, for where no buttons are shown.
    """
    understood = reply.understanding
    if not isinstance(understood, Refusal) or understood.reason == "personal" or rendered.buttons:
        return rendered
    buttons = help_page(reply.lang, ledger, now=now, timezone=timezone).buttons
    if not listed:
        return replace(rendered, buttons=buttons)
    # Noise is answered with words that end before the examples.
    ask = words(message(reply.lang, "refusal-try")) if understood.reason else ()
    text = join((rendered.text, join((ask, *(words(f"• {button.label}") for button in buttons)))), "\n\n")
    return replace(rendered, text=text, buttons=buttons)


def start_page(
    lang: Lang, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, subscribing: bool = True
) -> Rendered:
    """Greet with the newest round and the total since Istanbul, and offer three next steps.

    Args:
        subscribing: Say how to be told of new rounds, where one can be.
    """
    allowed = Allowed(lang, today=now.astimezone(timezone).date())
    parts: list[Rich] = [words(message(lang, "start-greeting"))]
    queries = [Query(measure="last"), Query(measure="last", kinds=("prisoners",))]
    last = compute(ledger, Query(measure="last", kinds=None, recipient=None), now=now, timezone=timezone)
    for row in last.rows[:1]:
        if row.round:
            newest = render_alert(row.round, ledger, lang, revised=False, now=now, timezone=timezone)
            parts.append(join((strong(message(lang, "start-newest")), newest)))
            allowed.answer(last, ledger)
            allowed.claims(ledger.claims_of(row.round))
            this_round = ledger.round(row.round)
            allowed.agreement(this_round.agreement if this_round else None, ledger)
    istanbul = ledger.agreement(ISTANBUL)
    if istanbul is not None:
        total = Query(since=istanbul.date)
        queries.insert(0, total)
        answer = compute(ledger, total, now=now, timezone=timezone)
        allowed.answer(answer, ledger)
        title = message(lang, "start-total", day=day(lang, istanbul.date))
        parts.append(join((strong(title), *_figure_and_reading(lang, answer, ledger, now=now, timezone=timezone))))
    asking = [message(lang, key) for key in ("start-ask", *(["start-told"] if subscribing else []))]
    parts.append(words(" ".join(asking)))
    buttons = as_questions(lang, queries, ledger, now=now, timezone=timezone)
    help_button = Button(label=message(lang, "button-help"), action="help")
    page = _page(lang, join(parts, "\n\n"), allowed, _Pager(1, 0, 1))
    return replace(page, buttons=(*buttons[:2], help_button))


def _figure_and_reading(
    lang: Lang, answer: Answer, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo
) -> tuple[Rich, ...]:
    """Write an answer in short: figure, reading, and rows where it has no one figure."""
    view = Page(lang, answer, ledger, now.astimezone(timezone).date())
    line = reading_line(lang, answer.query, ledger, now=now, timezone=timezone)
    rows = row_lines(view, listed_rows(view)[:ROUNDS_A_PAGE]) if answer.value is None else ()
    figure = headline(view) if answer.status == "answered" else words(message(lang, "no-figure"))
    other = beside(lang, answer, ledger, now=now, timezone=timezone)
    return tuple(part for part in (figure, words(line), *rows, *other) if part)


def privacy_page(lang: Lang) -> Rich:
    """Say what is kept and what is not."""
    title, kept, never = (message(lang, key) for key in ("privacy-title", "privacy-kept", "privacy-not"))
    return join((strong(title), words(kept), words(never)), "\n\n")


def method_page(lang: Lang, ledger: Ledger) -> Rich:
    """Say how figures are chosen and what is missing."""
    version = message(lang, "method-version", version=METHOD_VERSION, ledger=ledger.version)
    parts = (words(message(lang, key)) for key in _METHOD)
    return join((strong(message(lang, "method-title")), *parts, words(version)), "\n\n")


def why_page(
    lang: Lang, query: Query, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, page: int = 0
) -> Rendered:
    """List each claim about what the answer shows, the newest first, as counted or left out, and why."""
    uses = explain_shown(ledger, query, now=now, timezone=timezone)
    by_round = [list(group) for _, group in groupby(uses, key=_what_about)][::-1]
    line = reading_line(lang, query, ledger, now=now, timezone=timezone)
    if not by_round:
        return Rendered(text=words(message(lang, "why-nothing")), reading=line)
    pager = _Pager(len(by_round), page, EXPLAINED_A_PAGE)
    shown = by_round[pager.start : pager.stop]
    parts = [_explained(lang, group) for group in shown]
    head = join((strong(message(lang, "why-title")), words(line)))
    allowed = Allowed(lang, today=now.astimezone(timezone).date())
    allowed.query(query, ledger)
    for group in shown:
        allowed.claims(use.claim for use in group)
        allowed.numbers(max(len(group) - CLAIMS_A_ROUND, 0))
    return _page(lang, join((head, *parts, pager.where(lang)), "\n\n"), allowed, pager, reading=line)


def _what_about(use: ClaimUse) -> str:
    """Tell what is explained together: the claims about one round, or the totals of one day."""
    return use.round.id if use.round and use.claim.measure == "round" else use.claim.date.isoformat()


def _explained(lang: Lang, uses: Sequence[ClaimUse]) -> Rich:
    this_round = uses[0].round
    if this_round is None or uses[0].claim.measure == "total":
        title = short_day(lang, uses[0].claim.date)
    else:
        title = f"{_event(lang, uses)}, {short_day(lang, this_round.date)}"
    lines: list[Rich] = [strong(title)]
    for use in sorted(uses, key=lambda u: (RECIPIENTS.index(u.claim.recipient), not u.counted))[:CLAIMS_A_ROUND]:
        way = capital(message(lang, "to-recipient", recipient=use.claim.recipient))
        # That it is a part is said as the reason.
        claim = replace(use.claim, partial=False) if use.use == "partial" else use.claim
        figure = f"{way}, {(total_words if claim.measure == 'total' else claim_words)(lang, claim)}"
        said = words(message(lang, "why-line", figure=figure, reason=message(lang, "why-use", use=use.use)))
        lines.append(join((said, words(" ("), told_by(lang, use.claim), words(")")), ""))
    if len(uses) > CLAIMS_A_ROUND:
        lines.append(words(message(lang, "rows-more", n=len(uses) - CLAIMS_A_ROUND)))
    return join(lines)


def _event(lang: Lang, uses: Sequence[ClaimUse]) -> str:
    both = len({use.claim.recipient for use in uses}) > 1
    return message(lang, "event", kind=uses[0].claim.kind, ways="both" if both else "one")


def sources_page(
    lang: Lang, query: Query, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, page: int = 0
) -> Rendered:
    """List the claims that the answer's figure is made of, newest first; where the sides disagree, both sides'."""
    if query.measure == "conflict":
        rows = compute(ledger, query, now=now, timezone=timezone).rows
        claims: Sequence[Claim] = [claim for row in reversed(rows) for claim in _both_sides(ledger, row)]
    else:
        uses = explain_shown(ledger, query, now=now, timezone=timezone)
        told = [use for use in uses if use.counted or use.use == "undisclosed"]
        by_round = [[use.claim for use in of_round] for _, of_round in groupby(told, key=_what_about)]
        claims = [claim for of_round in reversed(by_round) for claim in of_round]
    line = reading_line(lang, query, ledger, now=now, timezone=timezone)
    if not claims:
        return Rendered(text=words(message(lang, "sources-none")), reading=line)
    pager = _Pager(len(claims), page, ROUNDS_A_PAGE)
    shown = claims[pager.start : pager.stop]
    lines = [_source(lang, claim) for claim in shown]
    head = join((strong(message(lang, "sources-title")), words(line)))
    allowed = Allowed(lang, today=now.astimezone(timezone).date())
    allowed.query(query, ledger)
    allowed.claims(shown)
    return _page(lang, join((head, join(lines), pager.where(lang)), "\n\n"), allowed, pager, reading=line)


def _source(lang: Lang, claim: Claim) -> Rich:
    what = kind_way(lang, claim.kind, claim.recipient)
    figure = {"figure": claim_words(lang, claim)}
    row = styled(lang, "row-round-way", day=short_day(lang, claim.date), way=what, bold=figure)
    return join((row, words(" ("), told_by(lang, claim), words(")")), "")


def conflicts_page(lang: Lang, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, page: int = 0) -> Rendered:
    """List the rounds for which the two sides' figures cannot both hold, the widest gap first."""
    query = Query(measure="conflict", kinds=None, recipient=None)
    answer = compute(ledger, query, now=now, timezone=timezone)
    rows = sorted(answer.rows, key=lambda row: -abs((row.ukraine or 0) - (row.russia or 0)))
    if not rows:
        return Rendered(text=words(message(lang, "conflicts-none")))
    pager = _Pager(len(rows), page, CONFLICTS_A_PAGE)
    view = Page(lang, answer, ledger, now.astimezone(timezone).date())
    allowed = Allowed(lang, today=view.today)
    allowed.answer(answer, ledger)
    parts: list[Rich] = []
    for row in rows[pager.start : pager.stop]:
        both = _both_sides(ledger, row)
        allowed.claims(both)
        title = f"{short_day(lang, both[0].date)}, {kind_way(lang, both[0].kind, both[0].recipient)}"
        parts.append(join((strong(title), *(claim_line(view, claim) for claim in both))))
    text = join((strong(message(lang, "conflicts-title")), *parts, pager.where(lang)), "\n\n")
    return _page(lang, text, allowed, pager)


def _both_sides(ledger: Ledger, row: Row) -> list[Claim]:
    """Return both sides' own figures for the round of a conflict, Ukraine's first."""
    way = next(way for way in RECIPIENTS if way == row.recipient)
    both = find_conflict(ledger.claims_of(row.round or ""), recipient=way)
    return [both.ukraine, both.russia] if both else []


def rounds_page(lang: Lang, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, page: int = 0) -> Rendered:
    """List every round on record, newest first, with its id for /round."""
    today = now.astimezone(timezone).date()
    rounds = ledger.rounds_between(None, today)
    if not rounds:
        return Rendered(text=words(message(lang, "no-round")))
    pager = _Pager(len(rounds), page, ROUNDS_A_PAGE)
    shown = [rounds[len(rounds) - 1 - i] for i in range(pager.start, pager.stop)]
    allowed = Allowed(lang, today=today)
    for this_round in shown:
        allowed.date(this_round.date)
        allowed.phrases(this_round.id)
        allowed.claims(ledger.claims_of(this_round.id))
    lines = [_round_line(lang, this_round, ledger) for this_round in shown]
    text = join((strong(message(lang, "rounds-title")), join(lines), pager.where(lang)), "\n\n")
    return _page(lang, text, allowed, pager)


def _round_line(lang: Lang, this_round: Round, ledger: Ledger) -> Rich:
    claims = ledger.claims_of(this_round.id)
    ways: list[str] = []
    for way in RECIPIENTS:
        if any(claim.recipient == way for claim in claims):
            found = choose_headline(claims, recipient=way)
            figure = claim_words(lang, found.claim) if found else message(lang, "not-disclosed")
            ways.append(f"{message(lang, 'to-recipient', recipient=way)} {figure}")
    label = f"{short_day(lang, this_round.date)}, {message(lang, 'kind', kind=this_round.kind)}"
    row = styled(lang, "row", label=label, bold={"figure": ", ".join(ways)})
    return join((row, words(f" ({this_round.id})")), "")


def round_page(
    lang: Lang, round_id: str, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo, page: int = 0
) -> Rendered | None:
    """Show one round with every claim about it, in both directions; None where the ledger does not hold it."""
    this_round = ledger.round(round_id)
    today = now.astimezone(timezone).date()
    if this_round is None or this_round.date > today:
        return None
    claims = ledger.claims_of(round_id)
    totals = [claim for claim in ledger.totals if claim.round == round_id]
    every = [claim for way in RECIPIENTS for claim in rank(claims, recipient=way)]
    pager = _Pager(len(every), page, CLAIMS_A_PAGE)
    parts = [render_alert(round_id, ledger, lang, revised=False, now=now, timezone=timezone)]
    if this_round.ordinal is not None:
        parts.append(words(message(lang, "round-ordinal", n=this_round.ordinal)))
    shown = every[pager.start : pager.stop]
    parts.append(join((strong(message(lang, "round-claims")), *(_numbered(lang, claim) for claim in shown))))
    if totals:
        parts.append(join((strong(message(lang, "round-total")), *(_numbered(lang, claim) for claim in totals))))
    allowed = Allowed(lang, today=today)
    allowed.date(this_round.date)
    allowed.agreement(this_round.agreement, ledger)
    allowed.claims((*claims, *totals))
    allowed.numbers(this_round.ordinal)
    made = _page(lang, join((*parts, pager.where(lang)), "\n\n"), allowed, pager)
    return replace(made, buttons=after_round(lang, this_round))


def _numbered(lang: Lang, claim: Claim) -> Rich:
    """Write a claim with its number in the ledger, by which administrators correct it."""
    label = f"C{claim.id}" if claim.id is not None else "•"
    way = capital(message(lang, "to-recipient", recipient=claim.recipient))
    figure = f"{label} {way}: {(total_words if claim.measure == 'total' else claim_words)(lang, claim)}"
    said = styled(lang, "claim-said", figure=figure, party=claim.party)
    return join((said, words(" ("), told_by(lang, claim), words(")")), "")


def ref_page(
    lang: Lang,
    *,
    ref: str,
    then: Answer,
    ledger_then: Ledger,
    today: Answer,
    ledger_today: Ledger,
    at: dt.datetime,
    timezone: dt.tzinfo,
) -> Rendered:
    """Show an earlier answer with the same figures again, and what has changed since.

    Args:
        then: The answer on the ledger of then; `today` on the ledger of now; both with the clock of then.
        at: When it was asked.
    """
    first = _figure_and_reading(lang, then, ledger_then, now=at, timezone=timezone)
    parts = [
        words(message(lang, "ref-asked", ref=ref, at=instant(lang, at.astimezone(timezone)))),
        join((*first, *_rows_of(lang, then, ledger_then, at.astimezone(timezone).date()))),
    ]
    changed: list[Change] = []
    if _figures(then) != _figures(today):
        second = _figure_and_reading(lang, today, ledger_today, now=at, timezone=timezone)
        rows = _rows_of(lang, today, ledger_today, at.astimezone(timezone).date())
        changed = list(changes(ledger_then, ledger_today, then.query, now=at, timezone=timezone))
        parts += [words(message(lang, "ref-changed")), join((*second, *rows)), _changed(lang, changed)]
    else:
        behind = (*then.sources, *then.claims)
        stand = all(claim.id is not None and ledger_today.claim(claim.id) == claim for claim in behind)
        same = stand and len(then.claims) == len(today.claims)
        parts.append(words(message(lang, "ref-same" if same else "ref-superseded")))
    allowed = Allowed(lang, today=at.astimezone(timezone).date())
    allowed.phrases(ref, instant(lang, at.astimezone(timezone)))
    allowed.answer(then, ledger_then)
    allowed.answer(today, ledger_today)
    allowed.claims(claim for change in changed for claim in (change.before, change.after) if claim is not None)
    allowed.numbers(max(len(changed) - CHANGES_TOLD, 0))
    reading = reading_line(lang, then.query, ledger_then, now=at, timezone=timezone)
    return _page(lang, join(parts, "\n\n"), allowed, _Pager(1, 0, 1), reading=reading)


def _changed(lang: Lang, changed: Sequence[Change]) -> Rich:
    """Write which rounds are new, gone or have another figure."""
    if not changed:
        return ()
    lines = [words(message(lang, "ref-changes"))]
    for change in changed[:CHANGES_TOLD]:
        what = f"{short_day(lang, change.round.date)}, {kind_way(lang, change.round.kind, change.recipient)}"
        before, after = (claim_words(lang, claim) if claim else "" for claim in (change.before, change.after))
        sort = "new" if change.before is None else "gone" if change.after is None else "other"
        lines.append(words(message(lang, "ref-change", sort=sort, what=what, before=before, after=after)))
    if len(changed) > CHANGES_TOLD:
        lines.append(words(message(lang, "rows-more", n=len(changed) - CHANGES_TOLD)))
    return join(lines)


def _rows_of(lang: Lang, answer: Answer, ledger: Ledger, today: dt.date) -> Iterable[Rich]:
    """Write the rows of an answer that has one figure besides; others stand in its short form already."""
    if answer.value is None:
        return ()
    view = Page(lang, answer, ledger, today)
    return row_lines(view, listed_rows(view)[:ROUNDS_A_PAGE])


def _figures(answer: Answer) -> tuple[object, ...]:
    own = (answer.status, answer.value, answer.low, answer.high, answer.date, answer.rounds, answer.rows)
    return (*own, *_figures(answer.beside)) if answer.beside else own


def _page(lang: Lang, text: Rich, allowed: Allowed, pager: _Pager, *, reading: str = "") -> Rendered:
    pager.allow(allowed)
    stray = allowed.stray(plain(text))
    if stray:
        logger.error("number held back", extra={"numbers": len(stray)})
        return Rendered(text=words(message(lang, "blocked")))
    return Rendered(text=text, reading=reading, page=pager.page, pages=pager.pages)
