"""The data as a file: what stands behind one answer, or everything, as a table or in the interchange format."""

import datetime as dt
from codecs import BOM_UTF8
from collections.abc import Iterator
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

    def content(self) -> bytes:
        """Write the file; takes its time where it holds everything."""
        return self._csv() if self.form == "csv" else self._jsonl()

    def _csv(self) -> bytes:
        """Write a table, a row a claim."""
        # The byte order mark tells spreadsheets which letters these are.
        return BOM_UTF8 + _file(csv_lines(self.ledger, at=self.now, claims=self.claims()))

    def _jsonl(self) -> bytes:
        """Write the interchange format: claims, their rounds and the agreements of those."""
        claims = self.claims()
        rounds = {r.id: r for c in claims if c.round and (r := self.ledger.round(c.round))}
        agreements = self.ledger.agreements
        if self.query is not None:
            named = {r.agreement for r in rounds.values()}
            agreements = tuple(a for a in agreements if a.id in named)
        part = build_ledger(version=self.ledger.version, agreements=agreements, rounds=rounds.values(), claims=claims)
        return _file(export_lines(part))


def _file(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
