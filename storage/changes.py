"""What a change does to the standing objects: which are closed, which recorded.

Planning reads, writing writes; both within the transaction that holds the counters.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.claims import Claim
from bot.domain.decisions import ChangeSet
from bot.domain.rounds import Agreement, Round
from bot.errors import InvalidChange, VersionConflict
from storage.connections import CHUNK, chunks, refresh_statistics
from storage.invariants import check_invariants
from storage.objects import AGREEMENTS, CLAIMS, ROUNDS, SHELVES, Shelf, content
from storage.rows import Object
from storage.schema import counters


@dataclass(kw_only=True)
class Change:
    """What is recorded and what is closed. An object that is superseded is in both."""

    agreements: list[Agreement] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    #: In the order of the change set, each with its number.
    claims: list[Claim] = field(default_factory=list)
    closed_agreements: list[str] = field(default_factory=list)
    closed_rounds: list[str] = field(default_factory=list)
    closed_claims: list[int] = field(default_factory=list)
    #: Rounds that vanish, or lose a claim: what was told of them is told otherwise now.
    withdrawn_rounds: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return any((*self.recorded(), *self.closed()))

    def recorded(self) -> tuple[list[Agreement], list[Round], list[Claim]]:
        return self.agreements, self.rounds, self.claims

    def closed(self) -> tuple[list[str], list[str], list[int]]:
        return self.closed_agreements, self.closed_rounds, self.closed_claims

    @property
    def touched_rounds(self) -> tuple[str, ...]:
        """Ids of the rounds that read otherwise after it, sorted."""
        of_claims = {claim.round for claim in self.claims if claim.round is not None}
        return tuple(sorted({*self.closed_rounds, *(r.id for r in self.rounds), *of_claims, *self.withdrawn_rounds}))


async def plan_change(connection: AsyncConnection, change: ChangeSet, *, last_claim: int) -> Change:
    """Find out what a change set changes.

    Args:
        last_claim: The highest claim number given so far.

    Raises:
        VersionConflict: a claim or round to be changed or retracted does not stand.
    """
    planned = Change()
    await _plan_agreements(connection, change, planned)
    await _plan_rounds(connection, change, planned)
    await _plan_claims(connection, change, planned, last_claim=last_claim)
    return planned


async def _plan_agreements(connection: AsyncConnection, change: ChangeSet, planned: Change) -> None:
    wanted = {agreement.id: agreement for agreement in change.agreements}
    standing = await _standing(connection, AGREEMENTS, wanted)
    planned.agreements = [a for a in wanted.values() if standing.get(a.id) != a]
    planned.closed_agreements = [a.id for a in planned.agreements if a.id in standing]


async def _plan_rounds(connection: AsyncConnection, change: ChangeSet, planned: Change) -> None:
    wanted = {this_round.id: this_round for this_round in change.rounds}
    retracted = set(change.retracted_rounds)
    if both := wanted.keys() & retracted:
        raise InvalidChange(f"round {min(both)} is recorded and retracted at once")
    standing = await _standing(connection, ROUNDS, {*wanted, *retracted})
    if missing := retracted - standing.keys():
        raise VersionConflict(f"round {min(missing)} does not stand")
    planned.rounds = [r for r in wanted.values() if standing.get(r.id) != r]
    planned.closed_rounds = [*(r.id for r in planned.rounds if r.id in standing), *sorted(retracted)]
    planned.withdrawn_rounds |= retracted


async def _plan_claims(connection: AsyncConnection, change: ChangeSet, planned: Change, *, last_claim: int) -> None:
    wanted = {claim.id: claim for claim in change.claims if claim.id is not None}
    retracted = set(change.retracted_claims)
    if both := wanted.keys() & retracted:
        raise InvalidChange(f"claim C{min(both)} is recorded and retracted at once")
    standing = await _standing(connection, CLAIMS, {*wanted, *retracted})
    if missing := {*wanted, *retracted} - standing.keys():
        raise VersionConflict(f"claim C{min(missing)} does not stand")

    superseded = {number: claim for number, claim in wanted.items() if standing[number] != claim}
    twins = await _twins(connection, change.claims, without={*superseded, *retracted})
    planned.closed_claims = sorted({*superseded, *retracted})
    for number in planned.closed_claims:
        _withdraw(planned, standing[number], superseded.get(number))
    for claim in change.claims:
        if claim.id is not None and claim.id not in superseded:
            continue
        key = content(claim)
        if (twin := twins.get(key)) is not None:
            _keep_pin(planned, claim, twin)
            continue
        if claim.id is None:
            last_claim += 1
            claim = replace(claim, id=last_claim)
        twins[key] = claim
        planned.claims.append(claim)


def _withdraw(planned: Change, before: Claim, after: Claim | None) -> None:
    if before.round is not None and (after is None or after.round != before.round):
        planned.withdrawn_rounds.add(before.round)


def _keep_pin(planned: Change, claim: Claim, twin: Claim) -> None:
    """Where two claims become one, as when rounds are merged, the one that stays is pinned if either was."""
    if claim.id is None or twin.id is None or not claim.pinned or twin.pinned or twin in planned.claims:
        return
    planned.closed_claims.append(twin.id)
    planned.claims.append(replace(twin, pinned=True))


async def plan_undo(connection: AsyncConnection, entry: int) -> Change:
    """Find out what brings back the state before an entry of the audit log.

    Raises:
        VersionConflict: an object of it was changed since.
        InvalidChange: it changed nothing in the ledger.
    """
    planned = Change()
    planned.agreements, planned.closed_agreements = await _taken_back(connection, AGREEMENTS, entry)
    planned.rounds, planned.closed_rounds = await _taken_back(connection, ROUNDS, entry)
    restored, planned.closed_claims = await _taken_back(connection, CLAIMS, entry)
    twins = await _twins(connection, restored, without=set(planned.closed_claims))
    planned.claims = [claim for claim in restored if content(claim) not in twins]
    if not planned:
        raise InvalidChange(f"entry {entry} changed nothing in the ledger")
    now = await _standing(connection, CLAIMS, planned.closed_claims)
    planned.withdrawn_rounds = {*planned.closed_rounds, *(c.round for c in now.values() if c.round is not None)}
    return planned


async def _taken_back(connection: AsyncConnection, shelf: Shelf[Object], entry: int) -> tuple[list[Object], list[Any]]:
    """Return the objects to bring back, and the ids to close."""
    c = shelf.table.c
    made: list[Object] = shelf.read(await connection.execute(sa.select(*shelf.columns).where(c.recorded_by == entry)))
    closed: list[Object] = shelf.read(await connection.execute(sa.select(*shelf.columns).where(c.closed_by == entry)))
    recorded: dict[Any, Object] = {new.id: new for new in made}
    standing = await _standing(connection, shelf, {*recorded, *(old.id for old in closed)})
    # What was changed since and changed back stands as that entry left it.
    changed = {object_id for object_id, new in recorded.items() if standing.get(object_id) != new}
    changed |= standing.keys() - recorded.keys()
    if changed:
        raise VersionConflict(f"{shelf.name} {', '.join(sorted(map(str, changed)))[:200]}: changed again since")
    return closed, sorted(recorded)


async def write_change(
    connection: AsyncConnection, planned: Change, *, version: int, entry: int, at: dt.datetime
) -> None:
    """Close and record, and see that the ledger is still true.

    Raises:
        InvalidChange: it would not be.
    """
    closed: Sequence[Any]
    recorded: Sequence[Any]
    for number, shelf in enumerate(SHELVES):
        closed, recorded = planned.closed()[number], planned.recorded()[number]
        c = shelf.table.c
        if closed:
            await connection.execute(
                sa.update(shelf.table)
                .where(c.id == sa.bindparam("closed_id"), c.until_version.is_(None))
                .values(until_version=version, recorded_until=at, closed_by=entry),
                [{"closed_id": object_id} for object_id in closed],
            )
        if recorded:
            mark = {"from_version": version, "recorded_from": at, "recorded_by": entry}
            await connection.execute(shelf.table.insert(), [shelf.values(made) | mark for made in recorded])
        if len(recorded) > CHUNK:
            await refresh_statistics(connection, shelf.table)
    last_claim = max((claim.id or 0 for claim in planned.claims), default=0)
    highest = sa.case((counters.c.claim < last_claim, last_claim), else_=counters.c.claim)
    await connection.execute(sa.update(counters).values(version=version, claim=highest))
    await check_invariants(
        connection,
        rounds=planned.touched_rounds,
        agreements=[*planned.closed_agreements, *(r.agreement for r in planned.rounds if r.agreement)],
    )


async def _standing(connection: AsyncConnection, shelf: Shelf[Object], ids: Collection[Any]) -> dict[Any, Object]:
    """Return those of the objects that stand, by id."""
    found: list[Object] = []
    c = shelf.table.c
    for some in chunks(list(ids)):
        rows = await connection.execute(sa.select(*shelf.columns).where(c.until_version.is_(None), c.id.in_(some)))
        found += shelf.read(rows)
    return {standing.id: standing for standing in found}


async def _twins(
    connection: AsyncConnection, claims: Sequence[Claim], *, without: Collection[int]
) -> dict[tuple[Any, ...], Claim]:
    """Return the standing claims that one of these could be the same as, by content."""
    if not claims:
        return {}
    days = {claim.date for claim in claims}
    condition = _any_of(CLAIMS.table.c.date, days)
    rows = await connection.execute(sa.select(*CLAIMS.columns).where(CLAIMS.table.c.until_version.is_(None), condition))
    return {content(claim): claim for claim in CLAIMS.read(rows) if claim.id not in without}


def _any_of(column: sa.Column[Any], values: Iterable[Any]) -> sa.ColumnElement[bool]:
    """Narrow to a few values; with many it is quicker to take all."""
    few = list(values)
    return column.in_(few) if len(few) <= CHUNK else sa.true()
