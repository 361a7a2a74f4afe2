"""Reports read a second, on one core; beside it a spaCy blank pipeline with a rule matcher, where spaCy is installed.

    python -m benchmarks.reports [FILE ...] [--seconds 3]

The peer does less: it splits a text into tokens and marks numbers before nouns of people and bodies. It tells neither
recipient, date, speaker, mood nor relevance.
"""

import argparse
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.articles import Article
from bot.language.reports.reader import read_report
from bot.memory import settle_memory
from tests.corpus.score_articles import load, to_article

_KYIV = ZoneInfo("Europe/Kyiv")
_CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
_NOUNS = {
    "en": ["bodies", "soldiers", "prisoners", "people", "servicemen", "defenders", "children", "civilians"],
    "uk": ["тіл", "тіла", "полеглих", "захисників", "військових", "полонених", "дітей", "цивільних"],
    "ru": ["тел", "тела", "погибших", "военнослужащих", "военных", "пленных", "детей", "гражданских"],
}


def rate(read: Callable[[Article], object], articles: Sequence[Article], *, seconds: float) -> dict[str, float]:
    """Read articles over and over for a while; give articles a second of one core, and milliseconds an article."""
    for article in articles:
        read(article)
    settle_memory()  # as the bot does when it has started
    spent: list[float] = []
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for article in articles:
            start = time.process_time()
            read(article)
            spent.append(time.process_time() - start)
    spent.sort()
    return {
        "articles_per_second": round(len(spent) / sum(spent), 1),
        "median_ms": round(statistics.median(spent) * 1000, 3),
        "p95_ms": round(spent[int(len(spent) * 0.95)] * 1000, 3),
    }


def peer() -> Callable[[Article], object] | None:
    """Make the named peer; None where spaCy is not installed."""
    try:
        spacy: Any = importlib.import_module("spacy")
        matching: Any = importlib.import_module("spacy.matcher")
    except ImportError:
        return None
    pipelines: dict[str, tuple[Any, Any]] = {}
    for language, nouns in _NOUNS.items():
        pipeline = spacy.blank(language)
        pipeline.add_pipe("sentencizer")
        matcher = matching.Matcher(pipeline.vocab)
        matcher.add("figure", [[{"LIKE_NUM": True}, {"OP": "?"}, {"OP": "?"}, {"LOWER": {"IN": nouns}}]])
        pipelines[language] = (pipeline, matcher)

    def read(article: Article) -> object:
        pipeline, matcher = pipelines[article.lang or "en"]
        return matcher(pipeline(f"{article.title}. {article.text}"))

    return read


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(_CORPUS.glob("articles_*.jsonl")))
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    articles = [to_article(row) for row in load(options.files)]
    words = sum(len(article.text.split()) for article in articles)
    result: dict[str, object] = {
        "python": sys.version.split()[0],
        "articles": len(articles),
        "words_per_article": round(words / len(articles)),
        "reader": rate(lambda article: read_report(article, timezone=_KYIV), articles, seconds=options.seconds),
    }
    other = peer()
    result["spacy_blank_matcher"] = (
        rate(other, articles, seconds=options.seconds) if other is not None else "spaCy is not installed"
    )
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
