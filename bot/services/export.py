"""The data as a file: what stands behind one answer, or everything, as a table or in the interchange format."""

import datetime as dt
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.claims import Claim
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.queries import Query
from bot.rendering.tables import claims_of_query, csv_lines
from bot.services.interchange import export_lines

Format = Literal["csv", "jsonl"]
#: By the word after `/export`, and in the names of files.
FORMATS: tuple[Format, ...] = ("csv", "jsonl")
#: Lines between two words on how far a file is written.
TOLD_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file in the making."""

    ledger: Ledger
    #: None: everything.
    query: Query | None
    form: Format
    now: dt.datetime
    timezone: dt.tzinfo

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"homeward-{'ledger' if self.query is None else 'answer'}-{self.ledger.version}.{self.form}"

    def claims(self) -> list[Claim]:
        """Return what it holds: what is behind the answer, or all that can be known by now."""
        if self.query is not None:
            return claims_of_query(self.ledger, self.query, now=self.now, timezone=self.timezone)
        today = self.now.astimezone(self.timezone).date()
        return [claim for claim in self.ledger.claims if claim.date <= today]

    def content(self, claims: Sequence[Claim], written: Callable[[float], None] = lambda share: None) -> bytes:
        """Write the file; takes its time where it holds everything.

        Args:
            claims: What it holds, as `claims` returned it.
            written: Told now and then which share of the file is written, from 0 to 1.
        """
        expected, lines = self._lines(claims)
        # The byte order mark tells spreadsheets which letters these are.
        file = bytearray(BOM_UTF8 if self.form == "csv" else b"")
        for number, line in enumerate(lines):
            file += f"{line}\n".encode()
            if number % TOLD_EVERY == 0:
                written(min(1.0, number / expected))
        return bytes(file)

    def _lines(self, claims: Sequence[Claim]) -> tuple[int, Iterator[str]]:
        """Return the lines and how many: a table, a row a claim; or claims, their rounds, the agreements of those."""
        if self.form == "csv":
            return len(claims) + 1, csv_lines(self.ledger, at=self.now, claims=claims)
        rounds = {r.id: r for c in claims if c.round and (r := self.ledger.round(c.round))}
        agreements = self.ledger.agreements
        if self.query is not None:
            named = {r.agreement for r in rounds.values()}
            agreements = tuple(a for a in agreements if a.id in named)
        part = build_ledger(version=self.ledger.version, agreements=agreements, rounds=rounds.values(), claims=claims)
        return len(claims) + len(rounds) + len(agreements), export_lines(part)
