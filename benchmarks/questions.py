"""How fast questions are read and answered, and how that grows with the ledger.

    python benchmarks/questions.py [--hassil]

Reads and answers the corpus questions on the corpus ledger and on one of 100,000 rounds with all their claims; prints
p50, p95 and p99 in milliseconds of processor time, so that it does not matter what else the machine does, the time to
import, to load and to prepare, and the memory that it took. With `--hassil` (extra "benchmarks") the same sentences go
through `hassil`, which reads sentences by template, with templates for the same questions.
"""

import argparse
import datetime as dt
import json
import resource
import statistics
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
CORPUS = ROOT / "tests" / "corpus"
KYIV = ZoneInfo("Europe/Kyiv")
NOW = dt.datetime(2026, 6, 25, 12, tzinfo=KYIV)
#: The days that the rounds of the large ledger are spread over.
FIRST, DAYS = dt.date(2022, 3, 1), 1500

TEMPLATES = {
    "intents": {
        "Total": {
            "data": [
                {
                    "sentences": [
                        "how many {kind} [were|have been] [returned|handed over|brought back] [to ukraine] [{when}]",
                        "{kind} [returned] {when}",
                        "(скільки|сколько) [всього|всего] {kind} [повернули|вернули|передали] [{when}]",
                        "{kind} {when}",
                    ]
                }
            ]
        },
        "Last": {
            "data": [
                {
                    "sentences": [
                        "when was the last {kind} (exchange|handover)",
                        "(коли|когда) (був|был) (останній|последний) обмін {kind}",
                    ]
                }
            ]
        },
    },
    "lists": {
        "kind": {"values": ["bodies", "prisoners", "civilians", "children", "тіл", "полонених", "тел", "пленных"]},
        "when": {
            "values": [
                "in June", "in June 2025", "in 2025", "since Istanbul", "last month", "у червні 2025", "після Стамбула",
                "в июне 2025", "после Стамбула", "у 2025", "в 2025",
            ]
        },
    },
}  # fmt: skip


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hassil", action="store_true", help="read the same sentences with hassil as well")
    parser.add_argument("--rounds", type=int, default=100_000)
    args = parser.parse_args()

    start = time.process_time()
    from bot.domain.compute import compute
    from bot.domain.replies import Reading
    from bot.language.meanings import lexicon
    from bot.language.reader import read_question

    lexicon()
    print(f"import and load     {1000 * (time.process_time() - start):8.1f} ms, {_rss():.0f} MiB")

    from bot.domain.ledger import Ledger
    from bot.domain.records import read_records

    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    small = Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)
    questions = [turn for lang in ("en", "uk", "ru") for turn in _turns(lang)]
    for name in ("corpus ledger", f"{args.rounds} rounds"):
        start = time.process_time()
        ledger = small if name == "corpus ledger" else _large(records, args.rounds)
        ledger.prepare()
        made = time.process_time() - start
        start = time.process_time()
        read_question("тіла", ledger=ledger, now=NOW, timezone=KYIV, lang=None, previous=None)
        first = 1000 * (time.process_time() - start)
        times = []
        for question in questions:
            start = time.process_time()
            read = read_question(question, ledger=ledger, now=NOW, timezone=KYIV, lang=None, previous=None)
            if isinstance(read, Reading):
                compute(ledger, read.query, now=NOW, timezone=KYIV)
            times.append(1000 * (time.process_time() - start))
        print(
            f"{name:<20}{_percentiles(times)}  largest {max(times):.1f} ms, first {first:.1f} ms, "
            f"{len(times)} questions, made in {made:.2f} s, {len(ledger.claims)} claims, {_rss():.0f} MiB"
        )
    if args.hassil:
        _hassil(questions)


def _turns(lang: str) -> list[str]:
    lines = (CORPUS / f"questions_{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [turn for line in lines for turn in json.loads(line)["turns"]]


def _large(records, count: int):  # type: ignore[no-untyped-def]
    """Return a ledger of many rounds: the corpus ledger's, with their claims, again and again on other days."""
    from collections import defaultdict
    from dataclasses import replace

    from bot.domain.ledger import Ledger

    about = defaultdict(list)
    for claim in records.claims:
        if claim.round and claim.measure == "round":
            about[claim.round].append(claim)
    rounds, claims = [], [c for c in records.claims if c.measure == "total" and c.round is None]
    for i in range(count):
        one = records.rounds[i % len(records.rounds)]
        date = FIRST + dt.timedelta(days=i % DAYS)
        rounds.append(replace(one, id=f"{one.kind}-{date}-{i}", date=date, ordinal=None))
        for claim in about[one.id]:
            claims.append(replace(claim, round=rounds[-1].id, date=date, published=date, id=len(claims) + 1))
    return Ledger(version=1, agreements=records.agreements, rounds=rounds, claims=claims)


def _percentiles(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49]:6.3f}  p95 {cuts[94]:6.3f}  p99 {cuts[98]:6.3f} ms"


def _rss() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _hassil(questions: list[str]) -> None:
    from hassil import Intents, recognize

    intents = Intents.from_dict({"language": "en", **TEMPLATES})
    times, matched = [], 0
    for question in questions:
        start = time.process_time()
        matched += recognize(question, intents) is not None
        times.append(1000 * (time.process_time() - start))
    print(f"{'hassil':<20}{_percentiles(times)}  matched {matched} of {len(questions)}")


if __name__ == "__main__":
    main()
