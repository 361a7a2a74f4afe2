"""What a report does to the ledger: a new round, more about a known one, background, or something for a person to see.

Pure: a report, the ledger and the clock in, a `Decision` out; a service carries it out. Rules: contract, section 6.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.domain.articles import Report, ReportedClaim
from bot.domain.claims import Claim, Kind
from bot.domain.decisions import Decision, DecisionKind, RoundChange
from bot.domain.ledger import Ledger
from bot.domain.matching import find_background_round, find_exchange_of_civilians, find_round
from bot.domain.plausibility import implausible, in_future, total_mismatch
from bot.domain.rounds import Round
from bot.domain.standing import beside_civilians, corrects, own_exact, replaced, shows, stands

#: What happened longer ago than this is recorded without an alert.
ALERT_WINDOW = dt.timedelta(hours=72)
#: Reasons of a report that the matching asks for.
DATE_ASSUMED = "date_assumed"
FURTHER = "further_figure"
CORRECTION = "correction"

_WEIGHT: tuple[DecisionKind, ...] = ("review", "new_round", "correction", "same_round", "background", "irrelevant")
_NO_PARTS: Mapping[str, int] = MappingProxyType({})


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A decision that grows."""

    changes: list[RoundChange] = field(default_factory=list)
    retracted: list[int] = field(default_factory=list)
    rounds: dict[str, Round] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """A reported claim as it is recorded, with the part of it that the text tells."""

    claim: ReportedClaim
    parts: Mapping[str, int] = field(default_factory=lambda: _NO_PARTS)


def reconcile(report: Report, ledger: Ledger, *, now: dt.datetime, timezone: dt.tzinfo) -> Decision:
    """Decide what a report does to the ledger.

    Args:
        now: The clock; when the past is read in, the instant of publication.
        timezone: What calendar day the clock shows.
    """
    today = now.astimezone(timezone).date()
    draft = _Draft()
    if report.relevant:
        for kind, figures in _news(report).items():
            _take_round(draft, report, ledger, kind=kind, figures=figures, now=now, today=today, timezone=timezone)
    background = [one for one in report.claims if not (one.main and report.relevant)]
    _take_background(draft, report, ledger, background, today=today, timezone=timezone)
    return _decision(draft, report)


def confirms(waiting: Report, report: Report) -> bool:
    """Tell whether a report is a second word for what another waits with: another publisher's, in other words."""
    if not (waiting.relevant and report.relevant):
        return False
    if waiting.article.publisher.casefold() == report.article.publisher.casefold() or _copied(waiting, report):
        return False
    if not set(waiting.kinds) & set(report.kinds):
        return False
    if waiting.date is None or report.date is None or abs(waiting.date - report.date) > dt.timedelta(days=1):
        return False
    theirs = {(one.kind, one.recipient): one.count for one in waiting.claims if one.main}
    ours = {(one.kind, one.recipient): one.count for one in report.claims if one.main}
    shared = theirs.keys() & ours.keys()
    return not shared or any(theirs[key] == ours[key] for key in shared)


def _copied(one: Report, other: Report) -> bool:
    """Tell whether two articles are one text in two places."""
    words = _bare(one.article.text)
    return bool(words) and words == _bare(other.article.text)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def _news(report: Report) -> dict[Kind, list[_Figure]]:
    """Group the news by round, prisoners first: civilians freed with them are a round of their own."""
    mains = [one for one in report.claims if one.main]
    grouped: dict[Kind, list[_Figure]] = {kind: [] for kind in report.kinds}
    within = [one for one in mains if one.kind == "civilians" and one.included]
    for one in mains:
        if one not in within:
            grouped.setdefault(one.kind, []).append(_with_parts(one, within))
    if within and not grouped.get("civilians"):
        grouped.pop("civilians", None)
    return dict(sorted(grouped.items(), key=lambda item: item[0] == "civilians"))


def _with_parts(claim: ReportedClaim, within: Sequence[ReportedClaim]) -> _Figure:
    """Note the civilians that a figure of prisoners counts too."""
    counted = [one.count for one in within if one.recipient == claim.recipient and one.date == claim.date]
    if claim.kind != "prisoners" or not counted or counted[0] is None:
        return _Figure(claim=claim)
    return _Figure(claim=claim, parts=MappingProxyType({"civilians": counted[0]}))


def _take_round(
    draft: _Draft,
    report: Report,
    ledger: Ledger,
    *,
    kind: Kind,
    figures: Sequence[_Figure],
    now: dt.datetime,
    today: dt.date,
    timezone: dt.tzinfo,
) -> None:
    date = next((one.claim.date for one in figures if one.claim.date is not None), report.date) or today
    claims = [one.claim for one in figures]
    problems = [
        name
        for name, found in (
            ("future_date", date > today),
            ("implausible", any(implausible(one, ledger) for one in claims)),
        )
        if found
    ]
    known = find_round(
        ledger,
        kind=kind,
        date=date,
        claims=claims,
        dated=DATE_ASSUMED not in report.reasons,
        further=FURTHER in report.reasons,
    )
    if known is None and kind == "civilians":
        known = find_exchange_of_civilians(ledger, date=date, claims=claims)
    with_prisoners = next((one for one in draft.changes if (one.round or "").startswith("prisoners-")), None)
    if known is None:
        _take_new(
            draft, report, ledger, kind=kind, date=date, figures=figures, problems=problems, now=now, timezone=timezone
        )
        if kind == "civilians" and (with_prisoners is not None or ledger.rounds_between(date, date, "prisoners")):
            draft.changes[-1] = replace(draft.changes[-1], beside=True)
    else:
        _take_known(draft, report, ledger, known, figures=figures, problems=problems, timezone=timezone)


def _take_new(
    draft: _Draft,
    report: Report,
    ledger: Ledger,
    *,
    kind: Kind,
    date: dt.date,
    figures: Sequence[_Figure],
    problems: Sequence[str],
    now: dt.datetime,
    timezone: dt.tzinfo,
) -> None:
    recent = now.astimezone(timezone) - _start(date, timezone) <= ALERT_WINDOW + dt.timedelta(days=1)
    waits = list(problems)
    if report.article.trust == "unverified" and recent:
        waits.append("unverified")
    draft.reasons.extend(waits)
    round_id = _free_id(ledger, kind, date)
    if waits:
        draft.changes.append(RoundChange(kind="review", round=round_id))
        return
    claims = [one.claim for one in figures]
    draft.rounds[round_id] = Round(
        id=round_id,
        kind=kind,
        date=date,
        agreement=_agreement(claims, ledger),
        ordinal=next((one.ordinal for one in claims if one.ordinal is not None), None),
    )
    draft.claims.extend(
        _record(one, report, round_id=round_id, kind=kind, date=date, timezone=timezone) for one in figures
    )
    if not figures:
        draft.claims.append(_undisclosed(report, round_id=round_id, kind=kind, date=date, timezone=timezone))
    if not recent:
        draft.reasons.append("older_than_72_hours")
    draft.changes.append(RoundChange(kind="new_round", round=round_id, alert=recent))


def _start(date: dt.date, timezone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), tzinfo=timezone)


def _agreement(claims: Sequence[ReportedClaim], ledger: Ledger) -> str | None:
    named = next((one.agreement for one in claims if one.agreement is not None), None)
    return named if named is not None and ledger.agreement(named) is not None else None


def _free_id(ledger: Ledger, kind: Kind, date: dt.date) -> str:
    """Name a new round by kind and day, with a letter where the day has one already."""
    plain = f"{kind}-{date.isoformat()}"
    if ledger.round(plain) is None:
        return plain
    letters = (f"{plain}-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    return next(name for name in letters if ledger.round(name) is None)


def _take_known(
    draft: _Draft,
    report: Report,
    ledger: Ledger,
    known: Round,
    *,
    figures: Sequence[_Figure],
    problems: Sequence[str],
    timezone: dt.tzinfo,
) -> None:
    standing = ledger.claims_of(known.id)
    kind: DecisionKind = "same_round"
    fresh: list[Claim] = []
    corrected: list[Claim] = []
    waits = list(problems)
    for figure in figures:
        claim = _record(figure, report, round_id=known.id, kind=known.kind, date=known.date, timezone=timezone)
        if stands(claim, standing):
            continue
        claim = beside_civilians(claim, standing, _civilians(report, ledger, claim))
        if any(one.count != claim.count and one.breakdown.get("soldiers") == claim.count for one in standing):
            claim = replace(claim, partial=True)
        against = own_exact(claim, standing)
        if against is not None:
            if not corrects(claim, against, said=CORRECTION in report.reasons):
                waits.append("conflict_same_party")
                continue
            kind = "correction"
            corrected.extend(one for one in standing if replaced(one, by=claim))
        fresh.append(claim)
    completed = _completed(known, [one.claim for one in figures], ledger)
    left = [one for one in standing if one not in corrected]
    edit = kind == "correction" or shows(standing) != shows([*left, *fresh])
    if edit and report.article.trust == "unverified":
        # What readers are shown changes by nobody's word alone.
        waits.append("unverified")
    if waits:
        draft.reasons.extend(dict.fromkeys(waits))
        draft.changes.append(RoundChange(kind="review", round=known.id))
        return
    draft.claims.extend(fresh)
    draft.retracted.extend(one.id for one in corrected if one.id is not None)
    if completed is not None:
        draft.rounds[known.id] = completed
    draft.changes.append(RoundChange(kind=kind, round=known.id, edit=edit))


def _civilians(report: Report, ledger: Ledger, claim: Claim) -> list[int]:
    """Give the counts of civilians who came the way of a claim on its day: those of the report and of the ledger."""
    rounds = ledger.rounds_between(claim.date, claim.date, "civilians") if claim.date is not None else ()
    counts = [
        (one.recipient, one.count)
        for one in report.claims
        if one.kind == "civilians" and one.measure == "round" and one.main
    ]
    counts += [(one.recipient, one.count) for this in rounds for one in ledger.claims_of(this.id)]
    return [count for recipient, count in counts if recipient == claim.recipient and count is not None]


def _completed(known: Round, claims: Sequence[ReportedClaim], ledger: Ledger) -> Round | None:
    """Add what the report knows of a round beside its figures."""
    agreement = known.agreement or _agreement(claims, ledger)
    ordinal = known.ordinal or next((one.ordinal for one in claims if one.ordinal is not None), None)
    if (agreement, ordinal) == (known.agreement, known.ordinal):
        return None
    return replace(known, agreement=agreement, ordinal=ordinal)


def _take_background(
    draft: _Draft,
    report: Report,
    ledger: Ledger,
    claims: Sequence[ReportedClaim],
    *,
    today: dt.date,
    timezone: dt.tzinfo,
) -> None:
    """Record totals, and earlier rounds' figures that corroborate or complete what stands."""
    recorded = False
    within = [one for one in claims if one.kind == "civilians" and one.measure == "round" and one.included]
    for claim in claims:
        if claim.date is None or in_future(claim, today):
            continue
        if claim.measure == "total":
            recorded |= _take_total(draft, report, ledger, claim, timezone=timezone)
            continue
        if claim not in within:
            recorded |= _take_earlier(draft, report, ledger, _with_parts(claim, within), timezone=timezone)
    if recorded and not draft.changes:
        draft.changes.append(RoundChange(kind="background", round=None))


def _take_total(draft: _Draft, report: Report, ledger: Ledger, claim: ReportedClaim, *, timezone: dt.tzinfo) -> bool:
    assert claim.date is not None
    record = _record(_Figure(claim=claim), report, round_id=None, kind=claim.kind, date=claim.date, timezone=timezone)
    if stands(record, [one for one in ledger.totals if one.kind == claim.kind and one.since == claim.since]):
        return False
    if total_mismatch(claim, ledger):
        draft.reasons.append("total_mismatch")
        if not report.relevant:
            draft.changes.append(RoundChange(kind="review", round=None))
        return False
    draft.claims.append(record)
    return True


def _take_earlier(draft: _Draft, report: Report, ledger: Ledger, figure: _Figure, *, timezone: dt.tzinfo) -> bool:
    known = find_background_round(ledger, figure.claim)
    if known is None:
        return False
    record = _record(figure, report, round_id=known.id, kind=known.kind, date=known.date, timezone=timezone)
    if stands(record, [*ledger.claims_of(known.id), *draft.claims]):
        return False
    draft.claims.append(record)
    return True


def _record(
    figure: _Figure, report: Report, *, round_id: str | None, kind: Kind, date: dt.date, timezone: dt.tzinfo
) -> Claim:
    claim, article = figure.claim, report.article
    return Claim(
        round=round_id,
        kind=kind,
        recipient=claim.recipient,
        measure=claim.measure,
        count=claim.count,
        qualifier=claim.qualifier,
        date=date,
        since=claim.since,
        party=claim.party,
        claimant=claim.claimant or article.publisher,
        publisher=article.publisher,
        url=article.url,
        published=article.published_at.astimezone(timezone).date(),
        breakdown=figure.parts,
        lang=article.lang or "en",
        partial=claim.kind == "civilians" and kind == "prisoners",
        quote=claim.quote,
    )


def _undisclosed(report: Report, *, round_id: str, kind: Kind, date: dt.date, timezone: dt.tzinfo) -> Claim:
    """Record that a round happened and nobody gave a figure."""
    article = report.article
    return Claim(
        round=round_id,
        kind=kind,
        recipient="ukraine",
        count=None,
        qualifier="undisclosed",
        date=date,
        party="other",
        claimant=article.publisher,
        publisher=article.publisher,
        url=article.url,
        published=article.published_at.astimezone(timezone).date(),
        lang=article.lang or "en",
        quote=article.title[:300],
    )


def _decision(draft: _Draft, report: Report) -> Decision:
    if not draft.changes:
        return Decision(kind="irrelevant", reasons=tuple(dict.fromkeys(draft.reasons)))
    own = [one for one in draft.changes if not one.beside]
    first = min(own or draft.changes, key=lambda one: _WEIGHT.index(one.kind))
    return Decision(
        kind=first.kind,
        round=first.round,
        alert=any(change.alert for change in own),
        changes=tuple(draft.changes),
        rounds=tuple(draft.rounds.values()),
        claims=tuple(draft.claims),
        retracted=tuple(dict.fromkeys(draft.retracted)),
        reasons=tuple(dict.fromkeys(draft.reasons)),
    )
