"""The ledger as a table for spreadsheets: one row a claim, and the page that explains its columns.

The table itself is plain CSV with one header line, so that every program reads it, and JSON Lines are the interchange
format; version, checksum and licence are in `export_caption`, the dictionary is the `columns_page`.
"""

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from bot.domain.claims import Claim
from bot.domain.explain import explain
from bot.domain.headline import choose_headline
from bot.domain.ledger import Ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.rich import Rich, join
from bot.rendering.styled import styled, words
from bot.rendering.words import message

#: In this order; each has a line in the dictionary.
COLUMNS = (
    "claim",
    "round",
    "kind",
    "recipient",
    "measure",
    "count",
    "qualifier",
    "date",
    "since",
    "party",
    "claimant",
    "publisher",
    "url",
    "published",
    "partial",
    "headline",
    "breakdown",
    "lang",
    "agreement",
    "ledger_version",
)

#: Keys of JSON Lines beside those that a column has too.
FIELDS = ("type", "id", "names", "place", "summary", "terms", "ordinal", "category", "mediator", "note", "partial")
#: Columns that JSON Lines have not, or have with other values.
_NOT_FIELDS = frozenset({"claim", "partial", "headline", "ledger_version"})
_TITLES = {"csv": "table", "jsonl": "fields"}

#: What a spreadsheet may take for a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_lines(ledger: Ledger, *, at: dt.datetime, claims: Iterable[Claim] | None = None) -> Iterator[str]:
    """Yield the lines of the table without line ends: the header, then a row a claim.

    Args:
        at: Claims dated after its day (UTC) are left out, as nobody can know them yet.
        claims: Only these; None: every standing claim, by date.
    """
    yield _line(COLUMNS)
    headlines: dict[tuple[str, str], Claim | None] = {}
    for claim in ledger.claims if claims is None else claims:
        if claim.date <= at.date() + dt.timedelta(days=1):
            yield _line(_row(ledger, claim, headlines))


def claims_of_query(ledger: Ledger, query: Query, *, now: dt.datetime, timezone: dt.tzinfo) -> list[Claim]:
    """Return every claim that an answer counted or left out, oldest round first."""
    return [use.claim for use in explain(ledger, query, now=now, timezone=timezone)]


def columns_page(lang: Lang, form: Literal["csv", "jsonl"] = "csv") -> Rich:
    """Say what the columns of a table, or the keys of JSON Lines, mean."""
    keys = [(name, f"column-{name}") for name in COLUMNS]
    if form == "jsonl":
        keys = [*((name, f"jsonl-{name}") for name in FIELDS), *((n, key) for n, key in keys if n not in _NOT_FIELDS)]
    lines = "\n".join(f"{name}: {message(lang, key)}" for name, key in keys)
    title, licence, cite = (message(lang, key) for key in (f"{_TITLES[form]}-title", "table-licence", "table-cite"))
    return join((words(part) for part in (title, lines, licence, cite)), "\n\n")


def export_caption(lang: Lang, content: bytes, *, claims: int, version: int) -> Rich:
    """Say what an exported file holds: how many claims, of which ledger, with its checksum and licence."""
    counted = message(lang, "count-claims", n=claims)
    said = styled(lang, "export-caption", claims=counted, version=version, code={"checksum": checksum(content)})
    return join((said, words(message(lang, "table-licence"))))


def checksum(content: bytes) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _row(ledger: Ledger, claim: Claim, headlines: dict[tuple[str, str], Claim | None]) -> Sequence[str]:
    found = ledger.round(claim.round) if claim.round else None
    return (
        f"C{claim.id}" if claim.id is not None else "",
        claim.round or "",
        claim.kind,
        claim.recipient,
        claim.measure,
        "" if claim.count is None else str(claim.count),
        claim.qualifier,
        claim.date.isoformat(),
        claim.since.isoformat() if claim.since else "",
        claim.party,
        claim.claimant,
        claim.publisher,
        claim.url,
        claim.published.isoformat() if claim.published else "",
        _yes(claim.partial),
        _yes(_is_headline(ledger, claim, headlines)),
        "; ".join(f"{name}: {count}" for name, count in claim.breakdown.items()),
        claim.lang,
        (found.agreement if found else None) or "",
        str(ledger.version),
    )


def _is_headline(ledger: Ledger, claim: Claim, headlines: dict[tuple[str, str], Claim | None]) -> bool:
    if claim.round is None or claim.measure != "round":
        return False
    key = (claim.round, claim.recipient)
    if key not in headlines:
        chosen = choose_headline(ledger.claims_of(claim.round), recipient=claim.recipient)
        headlines[key] = chosen.claim if chosen else None
    return headlines[key] is claim


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()


def safe_cell(text: str) -> str:
    """Return the text as one line that no spreadsheet takes for a formula: an apostrophe before what could be one."""
    line = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return f"'{line}" if line.lstrip().startswith(_FORMULA) or line.startswith(_FORMULA) else line
