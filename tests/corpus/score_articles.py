"""How well reports are read: the reader against articles with labelled claims, by language.

python -m tests.corpus.score_articles tests/corpus/articles_*.jsonl [--verbose]
"""

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.articles import Article, Report, ReportedClaim
from bot.language.reports.reader import read_report

KYIV = ZoneInfo("Europe/Kyiv")
_KEY = ("kind", "recipient", "measure", "count")


@dataclass(slots=True)
class Score:
    """Counts of right, wrong and missed."""

    articles: int = 0
    relevant: Counter[str] = field(default_factory=Counter)
    news: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)


def f1(counts: Mapping[str, int]) -> float:
    """Give the harmonic mean of precision and recall; 1 where there is nothing to find."""
    right, wrong, missed = counts.get("right", 0), counts.get("wrong", 0), counts.get("missed", 0)
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0


def load(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Load labelled articles."""
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def to_article(row: Mapping[str, Any]) -> Article:
    """Make the article of a corpus line."""
    return Article(
        id=row["id"],
        title=row.get("title", ""),
        text=row["text"],
        published_at=dt.datetime.fromisoformat(row["published"]),
        publisher=row.get("publisher", ""),
        url=row.get("url") or row.get("source_url") or "",
        lang=row.get("lang"),
    )


def as_dict(claim: ReportedClaim) -> dict[str, Any]:
    """Give a claim in the shape of the labels."""
    return {
        "kind": claim.kind,
        "recipient": claim.recipient,
        "measure": claim.measure,
        "count": claim.count,
        "qualifier": claim.qualifier,
        "date": claim.date.isoformat() if claim.date else None,
        "since": claim.since.isoformat() if claim.since else None,
        "party": claim.party,
        "main": claim.main,
    }


def _key(claim: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(claim[name] for name in _KEY)


def _count(
    score: Counter[str], gold: list[dict[str, Any]], optional: list[dict[str, Any]], read: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Match claims by key; give the matched pairs, those with the same date and party first."""
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    left = list(gold)
    rest: list[dict[str, Any]] = []
    for exact in (True, False):
        for claim in read if exact else list(rest):
            same = [
                one
                for one in left
                if _key(one) == _key(claim)
                and (not exact or (one["date"], one["party"]) == (claim["date"], claim["party"]))
            ]
            if same:
                left.remove(same[0])
                pairs.append((same[0], claim))
                if not exact:
                    rest.remove(claim)
            elif exact:
                rest.append(claim)
    free = {_key(one) for one in optional} | {_key(one) for one in gold}
    score["right"] += len(pairs)
    score["wrong"] += sum(_key(claim) not in free for claim in rest)
    score["missed"] += len(left)
    return pairs


def score_article(score: Score, gold: Mapping[str, Any], report: Report) -> list[str]:
    """Add one article to a score; give what was read wrong, in words."""
    read = [as_dict(claim) for claim in report.claims]
    optional = gold.get("optional", [])
    errors: list[str] = []
    score.articles += 1
    outcome = {(True, True): "right", (False, True): "wrong", (True, False): "missed", (False, False): "rejected"}
    verdict = outcome[gold["relevant"], report.relevant]
    score.relevant[verdict] += 1
    if verdict in ("wrong", "missed"):
        errors.append(f"relevant should be {gold['relevant']}: {report.reasons}")
    main = [one for one in gold["claims"] if one["main"]]
    before = score.news["wrong"] + score.news["missed"] + score.claims["wrong"] + score.claims["missed"]
    _count(score.news, main, [*optional], [one for one in read if one["main"]])
    pairs = _count(score.claims, gold["claims"], optional, read)
    if score.news["wrong"] + score.news["missed"] + score.claims["wrong"] + score.claims["missed"] != before:
        errors.append("claims differ")
    for expected, claim in pairs:
        for name in ("date", "party", "since", "qualifier", "main"):
            right = expected[name] == claim[name] or (
                name == "party" and any(_key(one) == _key(claim) and one["party"] == claim["party"] for one in optional)
            )
            score.fields[name] += right
            if not right:
                errors.append(f"{name} of {claim['kind']} {claim['count']}: {claim[name]}, not {expected[name]}")
        score.fields["all"] += 1
    return errors


def describe(score: Score) -> str:
    """Give one line of figures."""
    irrelevant = score.relevant["wrong"] + score.relevant["rejected"]
    every = max(1, score.fields["all"])
    return (
        f"articles {score.articles}  relevance F1 {f1(score.relevant):.3f} "
        f"(false news {score.relevant['wrong']}/{irrelevant})  "
        f"news F1 {f1(score.news):.3f}  claims F1 {f1(score.claims):.3f}  "
        + "  ".join(
            f"{name} {score.fields[name] / every:.3f}" for name in ("date", "party", "since", "qualifier", "main")
        )
    )


def main() -> None:
    """Score files of labelled articles and print a line a language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    scores: dict[str, Score] = {}
    for row in load(options.files):
        report = read_report(to_article(row), timezone=KYIV)
        errors = score_article(scores.setdefault(row["lang"], Score()), row["gold"], report)
        score_article(scores.setdefault("all", Score()), row["gold"], report)
        if errors and options.verbose:
            print(f"== {row['id']} published {row['published']}: {'; '.join(errors)}")
            print(f"# {row['title']}\n{row['text']}")
            for claim in row["gold"]["claims"]:
                print("   gold", list(claim.values()))
            for read in report.claims:
                print("   read", list(as_dict(read).values()), "|", read.quote)
    for language in sorted(scores):
        print(f"{language:4}{describe(scores[language])}")


if __name__ == "__main__":
    main()
