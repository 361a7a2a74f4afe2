"""How fast questions are read and answered, and how that grows with the ledger.

    python benchmarks/questions.py [--hassil]

Reads the corpus questions on the corpus ledger and on one of 100,000 rounds; prints p50, p95 and p99 in milliseconds,
the time to import and load, and the memory that it took. With `--hassil` (extra "benchmarks") the same sentences go
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

    start = time.perf_counter()
    from bot.domain.compute import compute
    from bot.domain.replies import Reading
    from bot.language.reader import read_question
    from bot.language.words import lexicon

    lexicon()
    print(f"import and load     {1000 * (time.perf_counter() - start):8.1f} ms, {_rss():.0f} MiB")

    from bot.domain.ledger import Ledger
    from bot.domain.records import read_records

    records = read_records((CORPUS / "questions_ledger.jsonl").read_text(encoding="utf-8").splitlines())
    small = Ledger(version=1, agreements=records.agreements, rounds=records.rounds, claims=records.claims)
    questions = [turn for lang in ("en", "uk", "ru") for turn in _turns(lang)]
    for name, ledger in (("corpus ledger", small), (f"{args.rounds} rounds", _large(records, args.rounds))):
        start = time.perf_counter()
        read_question("тіла", ledger=ledger, now=NOW, timezone=KYIV, lang=None, previous=None)
        first = 1000 * (time.perf_counter() - start)
        times = []
        for question in questions:
            start = time.perf_counter()
            read = read_question(question, ledger=ledger, now=NOW, timezone=KYIV, lang=None, previous=None)
            if isinstance(read, Reading):
                compute(ledger, read.query, now=NOW, timezone=KYIV)
            times.append(1000 * (time.perf_counter() - start))
        print(f"{name:<20}{_percentiles(times)}  first {first:.1f} ms, {len(times)} questions, {_rss():.0f} MiB")
    if args.hassil:
        _hassil(questions)


def _turns(lang: str) -> list[str]:
    lines = (CORPUS / f"questions_{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    return [turn for line in lines for turn in json.loads(line)["turns"]]


def _large(records, count: int):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    from bot.domain.ledger import Ledger

    day = dt.date(2024, 1, 1)
    rounds, claims = [], []
    template = next(c for c in records.claims if c.round)
    for i in range(count):
        date = day + dt.timedelta(days=i % 900)
        one = replace(records.rounds[0], id=f"remains-{i}", date=date, agreement=None, ordinal=i)
        rounds.append(one)
        claims.append(replace(template, round=one.id, date=date, id=i))
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
        start = time.perf_counter()
        matched += recognize(question, intents) is not None
        times.append(1000 * (time.perf_counter() - start))
    print(f"{'hassil':<20}{_percentiles(times)}  matched {matched} of {len(questions)}")


if __name__ == "__main__":
    main()
