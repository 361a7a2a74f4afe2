"""Articles from files, and what was read or decided about them as JSON (contract, section 4, extract and backfill)."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from bot.domain.articles import Article, Report
from bot.domain.decisions import Decision
from bot.errors import InvalidRecord


def read_articles(text: str, *, now: dt.datetime, timezone: dt.tzinfo) -> Iterator[Article | InvalidRecord]:
    """Read the articles of a file, in its order.

    Args:
        text: JSON Lines, or one plain text, whose first line is taken for its title.
        now: When a plain text counts as published.
        timezone: Of times of publication without an offset.

    Yields:
        An article a line, or what is wrong with that line.
    """
    if not text.lstrip().startswith("{"):
        title, _, rest = text.strip().partition("\n")
        if title:
            body = rest.strip()
            yield Article(
                id="text",
                title=title.strip() if body else "",
                text=body or title.strip(),
                published_at=now,
                publisher="",
                url="",
            )
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield _article(json.loads(line), timezone)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                yield InvalidRecord(_reason(error), line=number)


def _article(record: dict[str, Any], timezone: dt.tzinfo) -> Article:
    published = dt.datetime.fromisoformat(record["published"])
    return Article(
        id=str(record["id"]),
        title=_text(record, "title"),
        text=_text(record, "text"),
        published_at=published if published.tzinfo else published.replace(tzinfo=timezone),
        publisher=_text(record, "publisher"),
        url=_text(record, "url"),
        lang=record.get("lang"),
        trust=record.get("trust") or "trusted",
    )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name) or ""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text, not {value!r}")
    return value


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return f"it is no article: {error}"


def report_document(report: Report) -> dict[str, Any]:
    """Return one line of `extract --json`."""
    return {
        "id": report.article.id,
        "relevant": report.relevant,
        "confidence": round(report.confidence, 2),
        "claims": [
            {
                "kind": claim.kind,
                "recipient": claim.recipient,
                "measure": claim.measure,
                "count": claim.count,
                "qualifier": claim.qualifier,
                "date": claim.date.isoformat() if claim.date else None,
                "since": claim.since.isoformat() if claim.since else None,
                "party": claim.party,
                "claimant": claim.claimant,
                "main": claim.main,
                "quote": claim.quote,
            }
            for claim in report.claims
        ],
        "date": report.date.isoformat() if report.date else None,
        "reasons": list(report.reasons),
    }


def decision_document(article: Article, decision: Decision) -> dict[str, Any]:
    """Return one line of `backfill`."""
    return {
        "id": article.id,
        "decision": decision.kind,
        "round": decision.round,
        "alert": decision.alert,
        "reasons": list(decision.reasons),
    }
