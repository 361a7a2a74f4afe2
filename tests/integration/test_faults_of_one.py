"""A fault of the program in one of many questions or articles stops nothing else, and is not kept quiet."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.language import reader
from bot.language.reports.reader import read_report


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEWARD_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/own.db")


def write(path: Path, lines: list[dict[str, Any]]) -> str:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return str(path)


def test_a_question_that_cannot_be_read_for_a_fault_leaves_the_others_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(question: str, **rest: Any) -> Any:
        return reader.read_question(question, **rest) if "bodies" in question else 1 // 0

    monkeypatch.setattr("bot.services.ask.read_question", faulty)
    asked = [
        {"id": "a", "now": "2025-06-20T12:00:00", "turns": ["bodies on 11 June 2025"]},
        {"id": "b", "now": "2025-06-20T12:00:00", "turns": ["something else"]},
        {"id": "c", "now": "2025-06-20T12:00:00", "turns": ["bodies on 11 June 2025"]},
    ]
    done = CliRunner().invoke(cli, ["ask", "--file", write(tmp_path / "q.jsonl", asked)])

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "c"]
    assert "line 2" in done.stderr
    assert done.exit_code == 1


@pytest.mark.parametrize("command", ["extract", "backfill"])
def test_an_article_that_cannot_be_read_for_a_fault_leaves_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def faulty(article: Any, **rest: Any) -> Any:
        return read_report(article, **rest) if article.id != "b" else 1 // 0

    monkeypatch.setattr("bot.services.ingest.read_report", faulty)
    told = {"title": "", "text": "Nothing happened.", "published": "2025-06-20T12:00:00Z", "publisher": "A", "url": ""}
    articles = [{"id": name, **told, "url": f"https://example.org/{name}"} for name in "abc"]
    call = [command, write(tmp_path / "a.jsonl", articles), *(["--json"] if command == "extract" else [])]
    done = CliRunner().invoke(cli, call)

    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", "c"]
    assert "article b" in done.stderr
