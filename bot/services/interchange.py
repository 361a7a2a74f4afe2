"""The ledger in and out of files: JSON Lines both ways."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.decisions import ChangeSet
from bot.domain.ledger import Ledger
from bot.domain.reasons import reason
from bot.domain.records import Records, read_records, write_records
from bot.ports import LedgerStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to."""

    version: int
    agreements: int
    rounds: int
    claims: int
    #: Nothing of it was new.
    unchanged: bool


async def import_lines(
    store: LedgerStore, lines: Iterable[str], *, at: dt.datetime, author: str = "import"
) -> Imported:
    """Take a file into the ledger, whole or not at all.

    Raises:
        InvalidRecord: the first line that does not fit; then nothing was imported.
    """
    ledger = await store.load()
    records = read_records(
        lines,
        known_agreements=(a.id for a in ledger.agreements),
        known_rounds=ledger.rounds,
    )
    change = ChangeSet(
        author=author,
        reason=reason("import"),
        at=at,
        agreements=records.agreements,
        rounds=records.rounds,
        claims=records.claims,
    )
    applied = await store.apply(change)
    return Imported(
        version=applied.version,
        agreements=len(records.agreements),
        rounds=len(records.rounds),
        claims=len(records.claims),
        unchanged=applied.audit is None,
    )


def export_lines(ledger: Ledger) -> Iterator[str]:
    """Write the ledger in the interchange format, a line at a time, without line ends."""
    return write_records(Records(agreements=ledger.agreements, rounds=ledger.rounds, claims=ledger.claims))
