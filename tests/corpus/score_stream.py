"""How well a stream of reports becomes rounds: one alert a round, whatever the outlet, language and day.

    python -m tests.corpus.score_stream tests/corpus/stream_*.jsonl [--verbose]

A line holds an article and `gold`, in which `rounds` (or `round`) names the rounds that its news is about; an article
without one must start nothing.
"""

import argparse
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.domain.decisions import Decision
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.reconcile import reconcile
from bot.domain.rounds import Agreement
from bot.language.reports.reader import read_report
from tests.corpus.score_articles import KYIV, load, to_article


@dataclass(slots=True)
class Stream:
    """What came of a stream, article by article."""

    ledger: Ledger
    decisions: list[Decision] = field(default_factory=list)
    alerts: Counter[str] = field(default_factory=Counter)


def take(ledger: Ledger, decision: Decision) -> Ledger:
    """Carry out a decision in memory, as the store does."""
    rounds = {one.id: one for one in ledger.rounds} | {one.id: one for one in decision.rounds}
    highest = max((claim.id or 0 for claim in ledger.claims), default=0)
    fresh = [replace(claim, id=highest + place) for place, claim in enumerate(decision.claims, start=1)]
    return build_ledger(
        version=ledger.version + 1,
        agreements=ledger.agreements,
        rounds=tuple(rounds.values()),
        claims=(*(one for one in ledger.claims if one.id not in decision.retracted), *fresh),
    )


def play(rows: Sequence[Mapping[str, Any]], *, agreements: Iterable[Agreement] = ()) -> Stream:
    """Take articles through reading and deciding, in the order given, each at its time of publication."""
    stream = Stream(build_ledger(version=0, agreements=tuple(agreements), rounds=(), claims=()))
    for row in rows:
        article = to_article(row)
        article = replace(article, trust=row.get("trust", article.trust))
        report = read_report(article, timezone=KYIV, agreements=stream.ledger.agreements)
        decision = reconcile(report, stream.ledger, now=article.published_at, timezone=KYIV)
        stream.decisions.append(decision)
        posts = [change for change in decision.changes if change.alert and not change.beside]
        stream.alerts.update(change.round for change in posts if change.round)
        stream.ledger = take(stream.ledger, decision)
    return stream


def gold_rounds(row: Mapping[str, Any]) -> list[str]:
    """Give the rounds that an article's news is about."""
    gold = row["gold"]
    one = gold.get("round")
    return list(gold.get("rounds") or ([one] if one else []))


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> float:
    """Give the B-cubed F1 of two clusterings of the same things."""
    of_gold: defaultdict[str, set[int]] = defaultdict(set)
    of_found: defaultdict[str, set[int]] = defaultdict(set)
    for place, (one, other) in enumerate(zip(gold, found, strict=True)):
        of_gold[one].add(place)
        of_found[other].add(place)
    precision = recall = 0.0
    for one, other in zip(gold, found, strict=True):
        common = len(of_gold[one] & of_found[other])
        precision += common / len(of_found[other])
        recall += common / len(of_gold[one])
    if not gold:
        return 1.0
    precision, recall = precision / len(gold), recall / len(gold)
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    """Play files as one stream and print how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    rows = sorted(load(options.files), key=lambda row: dt.datetime.fromisoformat(row["published"]))
    stream = play(rows)
    wanted = {name for row in rows for name in gold_rounds(row)}
    gold = [(gold_rounds(row) or [f"none-{row['id']}"])[0] for row in rows]
    found = [
        next(
            (change.round for change in decision.changes if change.round == first and change.kind != "background"), None
        )
        or decision.round
        or f"none-{row['id']}"
        for row, decision, first in zip(rows, stream.decisions, gold, strict=True)
    ]
    known = {one.id for one in stream.ledger.rounds}
    twice = {name: times for name, times in stream.alerts.items() if times > 1}
    false = [name for name in stream.alerts if name not in wanted]
    print(
        f"articles {len(rows)}  rounds {len(wanted)}  found {len(wanted & known) / max(1, len(wanted)):.3f}  "
        f"alerts {sum(stream.alerts.values())} (twice {len(twice)}, for no round {len(false)})  "
        f"B3 {b_cubed(gold, found):.3f}"
    )
    if options.verbose:
        for row, decision, one, other in zip(rows, stream.decisions, gold, found, strict=True):
            mark = " " if one == other else "!"
            print(mark, row["published"][:10], row["id"], one, other, decision.kind, decision.alert, decision.reasons)
        print("missed", sorted(wanted - known), "false", false, "twice", twice)


if __name__ == "__main__":
    main()
