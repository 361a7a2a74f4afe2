"""The installed program from end to end: Telegram, a feed, an alert, kills and restarts."""

import datetime as dt
import importlib.resources
import json
from pathlib import Path

import pytest

from bot.domain.records import read_records
from tests.acceptance.program import Program, homeward, settings
from tests.feedserver.documents import Post

READER, OTHER = 501, 502
REPORT = (
    "Ukraine has brought home the bodies of 1,017 fallen defenders, the Coordination Headquarters for the Treatment of "
    "Prisoners of War reported today.\n\nThe remains will be identified by experts."
)


@pytest.fixture
def env(database_url, telegram):
    return running(database_url, telegram)


@pytest.fixture
def sqlite_env(tmp_path, telegram):
    return running(f"sqlite+aiosqlite:///{tmp_path}/homeward.db", telegram)


def running(database, telegram):
    return settings(
        database,
        TELEGRAM_TOKEN=telegram.token,
        TELEGRAM_API_URL=telegram.url,
        POLL_SECONDS="1",
        HOST_SPACING_SECONDS="0",
        ALLOW_PRIVATE_HOSTS="true",
        TIMEZONE="UTC",
    )


def post(guid="1", text=REPORT):
    return Post(guid=guid, title="Bodies of 1,017 defenders returned", text=text, published=dt.datetime.now(dt.UTC))


def alerts(telegram, chat=READER):
    return [text for text in telegram.texts(chat) if "1,017" in text]


async def watched(telegram, feeds, env, cwd):
    """A subscriber, and a feed whose first poll is over."""
    url = feeds.feed("wire", Post(guid="0", title="Weather", text="Rain.", published=dt.datetime.now(dt.UTC)))
    status, _, err = await homeward("feeds", "add", url, "--trust", "official", env=env, cwd=cwd)
    assert status == 0, err
    return url


async def test_ask_subscribe_alert_restart(telegram, feeds, env, tmp_path):
    await watched(telegram, feeds, env, tmp_path)
    async with Program(env, tmp_path) as bot:
        answer = await telegram.ask(READER, "How many bodies were returned on 11 June 2025?")
        assert answer.text.startswith("1,212 bodies")
        await telegram.ask(READER, "/subscribe")
        await bot.logged("feed polled")
        feeds.publish("wire", post())
        await telegram.wait_for(lambda: alerts(telegram))
        assert await bot.stop() == 0
    async with Program(env, tmp_path) as bot:
        await bot.logged("feed polled", times=2)
        feeds.publish("wire", post(guid="2", text=REPORT.replace("today", "earlier today")))
        await bot.logged("article read")
        answer = await telegram.ask(READER, "when was the last handover of bodies?")
        assert "1,017" in answer.text
        assert await bot.stop() == 0
    assert len([t for t in alerts(telegram) if not t.startswith(answer.text[:20])]) == 1


async def test_kill_between_commit_and_send_loses_nothing(telegram, feeds, sqlite_env, tmp_path):
    env = sqlite_env
    await watched(telegram, feeds, env, tmp_path)
    async with Program(env, tmp_path) as bot:
        for reader in (READER, OTHER):
            await telegram.ask(reader, "/subscribe")
        await bot.logged("feed polled")
        await telegram.refuse()
        feeds.publish("wire", post())
        read = await bot.logged("article read", times=2)
        assert read["deliveries"] == 2
        await bot.kill()
    await telegram.listen()
    async with Program(env, tmp_path) as bot:
        for reader in (READER, OTHER):
            await telegram.wait_for(lambda reader=reader: alerts(telegram, reader))
        await bot.logged("feed polled")
        assert await bot.stop() == 0
    assert [len(alerts(telegram, reader)) for reader in (READER, OTHER)] == [1, 1]


async def test_stops_while_telegram_is_away(telegram, sqlite_env, tmp_path):
    env = sqlite_env
    async with Program(env, tmp_path) as bot:
        await bot.logged("started")
        await telegram.refuse()
        assert await bot.stop() == 0
    async with Program(env, tmp_path) as bot:
        await bot.logged("Telegram does not answer")
        assert await bot.stop() == 0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("TELEGRAM_TOKEN", "", "@BotFather"),
        ("TELEGRAM_TOKEN", "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "does not know this token"),
        ("TIMEZONE", "Mars/Olympus", "IANA"),
    ],
)
async def test_a_bad_setting_stops_the_start_and_is_named(telegram, tmp_path, name, value, says):
    env = settings(f"sqlite+aiosqlite:///{tmp_path}/x.db", TELEGRAM_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url)
    status, out, err = await homeward("run", env=env | {f"HOMEWARD_{name}": value}, cwd=tmp_path)
    last = err.strip().splitlines()[-1]
    assert (status, out) == (1, "")
    assert f"HOMEWARD_{name}" in last
    assert says in last
    assert "Traceback" not in err
    assert "AAAAAA" not in err


def sqlite(folder: Path) -> dict[str, str]:
    return settings(f"sqlite+aiosqlite:///{folder}/var/homeward.db")


async def test_terminal_answers_each_line_and_ends(tmp_path):
    typed = "How many bodies were returned on 11 June 2025?\nа пленных?\n"
    status, out, _ = await homeward("start", env=sqlite(tmp_path), cwd=tmp_path, typed=typed)
    assert status == 0
    assert out.startswith("1,212 bodies")


async def test_start_without_a_token_says_how_to_get_one(tmp_path):
    status, out, err = await homeward("start", env=sqlite(tmp_path), cwd=tmp_path)
    assert (status, out) == (0, "")
    assert "@BotFather" in err


async def test_ledger_leaves_as_it_came(tmp_path):
    bundled = (importlib.resources.files("bot") / "data" / "ledger.jsonl").read_text(encoding="utf-8")
    env = sqlite(tmp_path)
    status, out, _ = await homeward("export", env=env, cwd=tmp_path)
    assert (status, out == bundled) == (0, True)
    (tmp_path / "ledger.jsonl").write_text(bundled, encoding="utf-8")
    status, _, err = await homeward("import", "ledger.jsonl", env=env, cwd=tmp_path)
    assert (status, "nothing was new" in err) == (0, True)


async def test_a_file_with_a_bad_line_changes_nothing(tmp_path):
    env = sqlite(tmp_path) | {"HOMEWARD_BUNDLED_LEDGER": "false"}
    bundled = (importlib.resources.files("bot") / "data" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "bad.jsonl").write_text("\n".join([*bundled, '{"type":"claim"}']), encoding="utf-8")
    status, out, err = await homeward("import", "bad.jsonl", env=env, cwd=tmp_path)
    assert (status, out) == (1, "")
    assert f"line {len(bundled) + 1}" in err
    assert (await homeward("export", env=env, cwd=tmp_path))[1] == ""


async def test_csv_has_a_row_a_claim(tmp_path):
    _, out, _ = await homeward("export", "--format", "csv", env=sqlite(tmp_path), cwd=tmp_path)
    with (importlib.resources.files("bot") / "data" / "ledger.jsonl").open(encoding="utf-8") as lines:
        claims = read_records(lines).claims
    assert sum("http" in line for line in out.splitlines()) >= len(claims)


async def test_backup_restores(tmp_path):
    env = sqlite(tmp_path)
    _, before, _ = await homeward("export", env=env, cwd=tmp_path)
    assert (await homeward("backup", "kept.db", env=env, cwd=tmp_path))[0] == 0
    more = {
        "type": "claim",
        "round": "remains-2025-06-11",
        "kind": "remains",
        "recipient": "ukraine",
        "count": 1,
        "date": "2025-06-11",
        "party": "other",
        "claimant": "x",
        "publisher": "y",
    }
    assert (await homeward("import", "-", env=env, cwd=tmp_path, typed=json.dumps(more)))[0] == 0
    assert (await homeward("export", env=env, cwd=tmp_path))[1] != before
    assert (await homeward("restore", "kept.db", "--yes", env=env, cwd=tmp_path))[0] == 0
    assert (await homeward("export", env=env, cwd=tmp_path))[1] == before


async def test_a_wrong_call_ends_with_2(tmp_path):
    for call in (["ask"], ["ask", "x", "--file", "y"], ["ask", "x", "--now", "soon"], ["nonsense"]):
        status, out, err = await homeward(*call, env=sqlite(tmp_path), cwd=tmp_path)
        assert (status, out) == (2, ""), err


async def test_same_question_and_clock_give_the_same_document(tmp_path):
    call = ("ask", "total bodies since Istanbul?", "--json", "--now", "2025-06-20T12:00:00")
    first, second = [json.loads((await homeward(*call, env=sqlite(tmp_path), cwd=tmp_path))[1]) for _ in range(2)]
    assert (first["status"], first["answer"]["value"], first["query"]["since"]) == ("answered", 6057, "2025-06-02")
    assert {k: v for k, v in first.items() if k != "ms"} == {k: v for k, v in second.items() if k != "ms"}
