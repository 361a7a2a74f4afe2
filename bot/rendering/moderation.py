"""What administrators read: the card of a change, what came of it, roles, feeds and the state.

The chat and the command line show the same words. Nothing is decided here.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.domain.claims import KINDS, Claim
from bot.domain.commands import Add, Edit, Merge, Pin, Retract, Split
from bot.domain.decisions import Waiting
from bot.domain.feed_health import Notice, read_problem
from bot.domain.feeds import Feed
from bot.domain.headline import Headline
from bot.domain.ledger import Ledger
from bot.domain.proposals import Concern, Proposal, Shown
from bot.domain.replies import LANGS, Lang
from bot.domain.rounds import Round
from bot.domain.status import Admins, StatusFacts
from bot.domain.subscriptions import FREQUENCIES
from bot.errors import CommandError
from bot.rendering.evidence import claim_words, told_by
from bot.rendering.reading import agreement_name
from bot.rendering.rich import Rich, Run, join
from bot.rendering.styled import safe_url, strong, styled, words
from bot.rendering.words import instant, listed, message, short_day, wording

#: Characters of a quote on a card.
QUOTE = 300


def error_words(lang: Lang, error: CommandError) -> Rich:
    """Say in one line what is wrong with a command, and show the right form where there is one, to be copied."""
    values: dict[str, Any] = dict(error.values)
    if "kind" in values:
        values["kind"] = message(lang, "kind", kind=values["kind"])
    if "role" in values:
        values["role"] = message(lang, "role-given", role=values["role"])
    form = values.pop("form", "")
    # The number of an entry is no figure, and nothing given is nothing wrong but missing.
    values = {name: str(value) for name, value in values.items()}
    wrong = words(message(lang, "admin-too-few" if values.get("given") == "" else error.key, **values))
    return join((wrong, _form(lang, form)), " ") if form else wrong


def _form(lang: Lang, key: str) -> Rich:
    """Show examples of a command, a line each in its message; one that is the command alone can be tapped instead."""
    examples = message(lang, key).replace("\u00a0", " ").splitlines()
    before, _, after = message(lang, "form", examples="\ue000").partition("\ue000")
    shown = join([(Run(example, code=" " in example),) for example in examples], ", ")
    return join((words(before), shown, words(after)), "")


def claim_title(lang: Lang, claim: Claim) -> str:
    """Name a claim in one line: "C12 1,212 bodies to Ukraine, 11 June 2025"."""
    number = f"C{claim.id}:" if claim.id is not None else ""
    recipient = message(lang, "to-recipient", recipient=claim.recipient)
    values = {"number": number, "figure": claim_words(lang, claim), "recipient": recipient}
    day = short_day(lang, claim.date)
    if claim.measure == "round":
        written = message(lang, "card-claim", day=day, **values)
    elif claim.since is None:
        written = message(lang, "card-claim-total-open", day=day, **values)
    else:
        written = message(lang, "card-claim-total", day=day, since=short_day(lang, claim.since), **values)
    return written.strip() + (f" {message(lang, 'card-pinned')}" if claim.pinned else "")


def claim_source(lang: Lang, claim: Claim) -> Rich:
    """Write whose figure a claim is, who says so and where."""
    return join((words(f"{message(lang, 'according', party=claim.party)}: "), told_by(lang, claim)), "")


def _claim(lang: Lang, claim: Claim) -> Rich:
    said = message(lang, "claim-said", figure=claim_title(lang, claim), party=claim.party)
    return join((words(f"{said} ("), told_by(lang, claim), words(")")), "")


def _with(lang: Lang, key: str, name: str, value: Rich) -> Rich:
    """Write a message of which one value has a style of its own."""
    before, _, after = message(lang, key, **{name: "\ue000"}).partition("\ue000")
    return join((words(before), value, words(after)), "")


def proposal_card(
    lang: Lang, proposal: Proposal, ledger: Ledger, *, subscribers: int | None = None, done: bool = False
) -> Rich:
    """Write what a command would do: what is new, what it replaces, what speaks against it, who is told.

    Args:
        subscribers: How many a new round would be told to; None: not known.
        done: It was saved; nothing is asked any more.
    """
    asked = words(message(lang, "concern-asks")) if proposal.questions and not (proposal.empty or done) else ()
    return join(
        (
            *_heads(lang, proposal, ledger),
            *_rounds(lang, proposal, ledger),
            *(_with(lang, "card-replaces", "what", _claim(lang, c)) for c in _replaced(proposal)),
            *_shown(lang, proposal),
            *(concern_line(lang, c) for c in proposal.concerns),
            words(_told(lang, proposal, subscribers)) if not proposal.empty else (),
            asked,
        )
    )


def _heads(lang: Lang, proposal: Proposal, ledger: Ledger) -> Iterable[Rich]:
    command = proposal.command
    match command:
        case Add():
            for claim in proposal.change.claims:
                yield strong(message(lang, "card-add", what=claim_title(lang, claim)))
                yield claim_source(lang, claim)
                if claim.quote:
                    yield words(message(lang, "card-quote", text=_short(claim.quote)))
        case Edit():
            for claim in proposal.change.claims:
                if claim.id == command.claim:
                    yield strong(message(lang, "card-edit", what=claim_title(lang, claim)))
                    yield claim_source(lang, claim)
        case Retract() | Pin():
            yield strong(correction_words(lang, command, ledger))
            if (found := ledger.claim(command.claim)) is not None:
                yield claim_source(lang, found)
        case Merge() | Split():
            yield strong(correction_words(lang, command, ledger))
    if isinstance(command, Retract):
        yield words(message(lang, "card-reason", reason=command.reason))


def correction_words(lang: Lang, command: Retract | Pin | Merge | Split, ledger: Ledger) -> str:
    """Say in one line what a correction does."""
    match command:
        case Retract():
            return message(lang, "card-retract", what=_named(lang, command.claim, ledger))
        case Pin():
            return message(lang, "card-unpin" if command.off else "card-pin", what=_named(lang, command.claim, ledger))
        case Merge():
            return message(lang, "card-merge", into=command.into, other=command.other)
        case Split():
            claims = ", ".join(f"C{c}" for c in command.claims)
            return message(lang, "card-split", round=claims, of=command.round)


def _named(lang: Lang, claim_id: int, ledger: Ledger) -> str:
    claim = ledger.claim(claim_id)
    return claim_title(lang, claim) if claim else f"C{claim_id}"


def _rounds(lang: Lang, proposal: Proposal, ledger: Ledger) -> Iterable[Rich]:
    made = {r.id for r in proposal.new_rounds}
    for of in proposal.rounds:
        if of.id in made:
            yield words(message(lang, "card-new-round", round=of.id))
        elif of.id in proposal.change.retracted_rounds:
            yield words(message(lang, "card-gone-round", round=of.id))
        elif isinstance(proposal.command, Add | Edit):
            yield words(message(lang, "card-same-round", round=of.id, day=short_day(lang, of.date)))
        if of.agreement and (of.id in made or of in proposal.change.rounds):
            yield words(message(lang, "card-agreement", name=agreement_name(lang, ledger, of.agreement)))


def _replaced(proposal: Proposal) -> Sequence[Claim]:
    """The versions that an added or edited claim takes the place of."""
    if not isinstance(proposal.command, Add | Edit):
        return ()
    return [c for c in proposal.superseded if c.id is not None]


def _shown(lang: Lang, proposal: Proposal) -> Iterable[Rich]:
    if proposal.empty:
        return
    if not proposal.shown:
        yield words(message(lang, "card-shown-same"))
    several = len(proposal.rounds) > 1
    for shown in proposal.shown:
        if shown.round.id in proposal.change.retracted_rounds:
            yield _uncounted_line(lang, shown)
        else:
            yield _shown_line(lang, shown, named=several)


def _shown_line(lang: Lang, shown: Shown, *, named: bool) -> Rich:
    recipient = message(lang, "to-recipient", recipient=shown.recipient)
    before, bold = _headline(lang, shown.before), {"after": _headline(lang, shown.after)}
    if named:
        return styled(lang, "card-shown-of", round=shown.round.id, recipient=recipient, before=before, bold=bold)
    return styled(lang, "card-shown", recipient=recipient, before=before, bold=bold)


def _uncounted_line(lang: Lang, shown: Shown) -> Rich:
    recipient = message(lang, "to-recipient", recipient=shown.recipient)
    bold = {"before": _headline(lang, shown.before)}
    return styled(lang, "card-uncounted", round=shown.round.id, recipient=recipient, bold=bold)


def _headline(lang: Lang, headline: Headline | None) -> str:
    return claim_words(lang, headline.claim) if headline else message(lang, "no-figure")


def concern_line(lang: Lang, concern: Concern) -> Rich:
    """Write one thing to look at before saving."""
    key = f"concern-{concern.kind}"
    if concern.claim is not None and "$claim" in wording(lang).source(key):
        if "$value" in wording(lang).source(key):
            return words(message(lang, key, claim=claim_title(lang, concern.claim), value=concern.value or 0))
        return _with(lang, key, "claim", _claim(lang, concern.claim))
    values: dict[str, Any] = {}
    if concern.value is not None:
        values["value"] = concern.value
    if concern.rounds:
        values["rounds"] = ", ".join(round_title(lang, r) for r in concern.rounds)
    if concern.kind == "future_date" and concern.about is not None:
        values["day"] = short_day(lang, concern.about.date)
    return words(message(lang, key, **values))


def round_title(lang: Lang, of: Round) -> str:
    """Name a round by its id and day."""
    return f"{of.id} ({short_day(lang, of.date)})"


def _told(lang: Lang, proposal: Proposal, subscribers: int | None) -> str:
    told = []
    if proposal.change.alerts:
        known = subscribers is not None
        told.append(message(lang, "card-alert-count", n=subscribers or 0) if known else message(lang, "card-alert"))
    if proposal.change.edits:
        told.append(message(lang, "card-edits"))
    return " ".join(told) or message(lang, "card-silent")


def _short(text: str) -> str:
    return text if len(text) <= QUOTE else text[: QUOTE - 1].rstrip() + "…"


# Reports that wait


def review_head(
    lang: Lang, waiting: Waiting, *, timezone: dt.tzinfo, who: Callable[[str], str], quoting: bool = True
) -> Rich:
    """Write what waits: since when, from where, why, and who has accepted it already.

    Args:
        quoting: With the words that a figure was read from, where a card below does not show them.
    """
    article = waiting.report.article
    at = instant(lang, waiting.since.astimezone(timezone))
    source = (Run(f"{article.publisher}: {article.title}".strip(": ") or article.id, url=safe_url(article.url)),)
    quote = next((c.quote for c in waiting.report.claims if c.quote), "") if quoting else ""
    return join(
        (
            strong(message(lang, "review-head", n=str(waiting.id), at=at)),
            source,
            words(message(lang, "card-quote", text=_short(quote))) if quote else (),
            words(message(lang, "review-why", reasons=reasons_words(lang, waiting.reasons))) if waiting.reasons else (),
            words(message(lang, "review-seconded-by", who=who(waiting.seconded_by))) if waiting.seconded_by else (),
        )
    )


def reasons_words(lang: Lang, reasons: Sequence[str]) -> str:
    """Say why a report waits."""
    return listed(lang, [message(lang, "review-reason", reason=r, name=r.replace("_", " ")) for r in reasons])


# Roles, counts, state


def admins_lines(lang: Lang, admins: Admins) -> Rich:
    """List owners and editors."""
    fixed = [
        f"{message(lang, 'admins-line', id=str(owner), role=message(lang, 'role-given', role='owner'))}"
        f" ({message(lang, 'admins-settings')})"
        for owner in admins.owners
    ]
    given = [
        message(lang, "admins-line", id=str(user_id), role=message(lang, "role-given", role=role))
        for user_id, role in admins.appointed.items()
    ]
    return join((strong(message(lang, "admins-head")), *(words(line) for line in [*fixed, *given])))


def subscribers_lines(lang: Lang, counts: Mapping[str, int]) -> Rich:
    """Say how many there are, by kind, language and frequency; never who."""
    kinds = [(message(lang, "kind", kind=k), counts.get(f"kind:{k}", 0)) for k in KINDS]
    langs = [(code, counts.get(f"lang:{code}", 0)) for code in LANGS]
    often = [(message(lang, "frequency", frequency=f), counts.get(f"frequency:{f}", 0)) for f in FREQUENCIES]
    total = counts.get("all", 0)
    lines = [message(lang, "subscribers-all", n=total)]
    if total:
        lines += [
            message(lang, "subscribers-kinds", list=_counted(lang, kinds)),
            message(lang, "subscribers-langs", list=_counted(lang, langs)),
            message(lang, "subscribers-frequencies", list=_counted(lang, often)),
        ]
    return join(tuple(words(line) for line in lines))


def _counted(lang: Lang, pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(message(lang, "count-of", what=what, n=n) for what, n in pairs)


def status_lines(lang: Lang, facts: StatusFacts, *, timezone: dt.tzinfo) -> Rich:
    """Say how the program is doing."""

    def at(when: dt.datetime) -> str:
        return instant(lang, when.astimezone(timezone))

    oldest = at(facts.oldest_review) if facts.oldest_review else ""
    states = [(message(lang, "delivery", state=s), n) for s, n in facts.deliveries.items()]
    health = [(message(lang, "feed-health", health=h), n) for h, n in facts.feeds.items()]
    lines = [
        message(lang, "status-ledger", version=str(facts.version), rounds=facts.rounds, claims=facts.claims),
        message(lang, "status-reviews", n=facts.reviews, at=oldest),
        message(lang, "status-outbox", list=_counted(lang, states) or "0"),
    ]
    if facts.unknown:
        lines.append(message(lang, "status-outbox-unknown", n=facts.unknown))
    if facts.delivery_lag is not None:
        lines.append(message(lang, "status-outbox-oldest", seconds=int(facts.delivery_lag.total_seconds())))
    lines.append(
        message(lang, "status-feeds", list=_counted(lang, health)) if health else message(lang, "status-feeds-none")
    )
    backup = facts.last_backup
    lines.append(message(lang, "status-backup", at=at(backup)) if backup else message(lang, "status-backup-none"))
    lines.append(message(lang, "status-process", megabytes=facts.memory_megabytes, at=at(facts.started_at)))
    return join(tuple(words(line) for line in lines))


def feeds_lines(lang: Lang, feeds: Sequence[Feed], *, timezone: dt.tzinfo) -> tuple[Rich, ...]:
    """List the feeds with their health in words."""
    return tuple(_feed(lang, f, timezone=timezone) for f in feeds) or (words(message(lang, "feeds-none")),)


def _feed(lang: Lang, feed: Feed, *, timezone: dt.tzinfo) -> Rich:
    health = message(lang, "feed-health", health=feed.health if feed.enabled else "paused")
    line = message(
        lang, "feeds-line", health=health, trust=message(lang, "trust", trust=feed.trust), name=feed.name or feed.url
    )
    polled = feed.polled_at
    read = (
        message(lang, "feeds-polled", at=instant(lang, polled.astimezone(timezone)))
        if polled
        else message(lang, "feeds-never")
    )
    problem = problem_words(lang, feed.problem)
    return join(
        (words(line), (Run(feed.url, url=safe_url(feed.url)),), words("; ".join(filter(None, (read, problem)))))
    )


def notice_words(lang: Lang, notice: Notice) -> Rich:
    """Say what changed in a feed's health."""
    problem = message(lang, notice.problem.key, **notice.problem.values) if notice.problem else ""
    addresses = {"url": notice.url, **notice.values}
    links = {name: (address, address) for name, address in addresses.items()}
    return styled(lang, notice.key, name=notice.name, problem=problem, links=links)


def problem_words(lang: Lang, problem: str) -> str:
    """Say what a feed suffers from; empty where it is well."""
    found = read_problem(problem)
    return message(lang, found[0], **found[1]) if found else ""
