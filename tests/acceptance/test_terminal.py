"""The conversation in the terminal, through the installed program: piped, and at a terminal of its own."""

import asyncio
import contextlib
import csv
import hashlib
import json
import os
import pty
import re
import shutil
import sys
from codecs import BOM_UTF8
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from tests.acceptance.homeward import Homeward
from tests.acceptance.program import PATIENCE, homeward, settings

NOW = ("--now", "2025-06-20T12:00:00+00:00")
#: The address after a link.
ADDRESS = re.compile(r" \(https?://\S+?\)(?=[\s,;)]|$)")
#: Makes the terminal on standard input its own, as a shell does, so that Ctrl-C reaches it.
AT_A_TERMINAL = (
    "import fcntl, runpy, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "sys.argv[:1] = ['homeward']; runpy.run_module('bot', run_name='__main__')"
)


@pytest.fixture
def env(bundled_database: Path, tmp_path: Path) -> Mapping[str, str]:
    """Return the environment of somebody whose database holds the bundled ledger."""
    shutil.copyfile(bundled_database, tmp_path / "own.db")
    mine = {"HOME": str(tmp_path / "home"), "TERM": "xterm-256color", "LANG": "en_GB.UTF-8", "PYTHONPATH": os.getcwd()}
    found = settings(f"sqlite+aiosqlite:///{tmp_path}/own.db") | mine
    return {key: value for key, value in found.items() if key not in ("NO_COLOR", "LC_ALL", "XDG_STATE_HOME")}


async def piped(lines: list[str], *, env: Mapping[str, str], cwd: Path) -> str:
    """Type lines into a pipe and return what was answered."""
    status, out, err = await homeward("chat", *NOW, env=env, cwd=cwd, typed="".join(f"{line}\n" for line in lines))
    assert (status, err) == (0, "")
    return out


async def test_commands_and_words_are_answered_as_in_telegram(
    homeward: Homeward, env: Mapping[str, str], tmp_path: Path
) -> None:
    said = [
        "/last prisoners", "/rounds", "/round 2025-06-16", "/conflicts", "/conflicts since June", "/method",
        "тела с 2 июня по месяцам", "/why", "источники", "а пленных?", "/new", "назад", "/rounds червень 2025",
    ]  # fmt: skip
    shown = ADDRESS.sub("", await piped(said, env=env, cwd=tmp_path))
    for words in said:
        if words == "/new":
            await homeward.telegram.ask(5, "new")
        else:
            answer = await homeward.telegram.ask(5, words, lang="en")
            assert answer.text in shown, words


async def test_a_pipe_is_answered_to_its_end_whatever_comes_out_of_it(env: Mapping[str, str], tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "chat", *NOW),
        env=dict(env),
        cwd=tmp_path,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    typed = (
        b"\n   \n\xff\xfe\x00\n"
        + b"a" * 300_000
        + b"\n/frobnicate\n\x1b[31m/last\nbodies on 11 June 2025\n/quit\n/last\n"
    )
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate(typed)
    shown = out.decode()

    assert (process.returncode, err) == (0, b"")
    assert shown.count("too long") == 1
    assert "There is no command /frobnicate" in shown
    assert "/sources" in shown
    assert "\x1b" not in shown
    assert shown.rindex("1,212 bodies") > shown.index("/frobnicate")
    assert "Last round" not in shown


async def test_long_lists_go_on_with_a_word(env: Mapping[str, str], tmp_path: Path) -> None:
    shown = await piped(["/rounds", "more", "далі", "/language uk", "more", "/rounds"], env=env, cwd=tmp_path)
    pages = re.findall(r"^(\d+) to (\d+) of", shown, re.MULTILINE)

    assert pages == [("1", "10"), ("11", "20"), ("21", "30")]
    assert "введіть «далі»" in shown


async def test_pictures_and_data_become_files_that_are_named(env: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    said = [
        "bodies since 2 June by month",
        "chart of 2025 by month june.png",
        "csv",
        "/export jsonl there/",
        "/export csv no/x.csv",
    ]
    shown = await piped(said, env=env, cwd=tmp_path)
    named = [Path(path) for path in re.findall(r"is in (\S+)", shown)]
    picture, table, lines = (path.read_bytes() for path in named)

    assert [path.parent for path in named] == [tmp_path, tmp_path, tmp_path / "there"]
    assert named[0].name == "june.png"
    assert picture.startswith(b"\x89PNG")
    assert "The largest: June 2025, 6,057 bodies." in shown
    assert len(list(csv.DictReader(table.removeprefix(BOM_UTF8).decode().splitlines()))) > 5
    assert {json.loads(line)["type"] for line in lines.splitlines()} == {"agreement", "round", "claim"}
    assert re.findall(r"SHA-256 of the file: (\w+)", shown) == [hashlib.sha256(c).hexdigest() for c in (table, lines)]
    assert "no/x.csv could not be written: No such file or directory" in shown


async def test_an_answer_in_a_pipe_names_the_address_of_each_source(env: Mapping[str, str], tmp_path: Path) -> None:
    question = "How many bodies on 11 June 2025?"
    _, shown, _ = await homeward("ask", question, *NOW, env=env, cwd=tmp_path)
    _, told, _ = await homeward("ask", question, "--json", *NOW, env=env, cwd=tmp_path)
    document = json.loads(told)

    assert document["sources"]
    assert all(f"{source['publisher']} ({source['url']})" in shown for source in document["sources"])
    assert ADDRESS.sub("", shown) == document["text"] + "\n"


async def test_a_broken_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_text("no database\n" * 100)
    broken = settings(f"sqlite+aiosqlite:///{tmp_path}/bad.db")
    status, out, err = await homeward("chat", env=broken, cwd=tmp_path, typed="/last\n")

    assert (status, out, err.count("\n")) == (1, "", 1)


class Typist:
    """Somebody at a terminal, who types when asked to."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._shown = b""
        self._changed = asyncio.Event()
        self._ended = False
        asyncio.get_running_loop().add_reader(terminal, self._read)

    def press(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    async def prompted(self) -> str:
        """Return what is shown until the next prompt, or the end."""
        async with asyncio.timeout(PATIENCE):
            while not (self._ended or self._shown.endswith(b"> ")):
                self._changed.clear()
                await self._changed.wait()
        shown, self._shown = self._shown.decode(errors="replace"), b""
        return re.sub(r"\r|\x1b\[\?2004[hl]", "", shown)

    async def ask(self, line: str) -> str:
        self.press(f"{line}\r")
        return await self.prompted()

    async def interrupt(self) -> str:
        """Press Ctrl-C until it is noticed: the library that edits lines misses one that comes with its prompt."""
        while True:
            self.press("\x03")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    return await self.prompted()

    async def interrupt_until_ended(self, process: asyncio.subprocess.Process) -> int:
        """Press Ctrl-C until the program ends; return its status."""
        while True:
            self.press("\x03")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    return await process.wait()

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._terminal)

    def _read(self) -> None:
        try:
            part = os.read(self._terminal, 65536)
        except OSError:
            part = b""
        if not part:
            self._ended = True
            self.close()
        self._shown += part
        self._changed.set()


@contextlib.asynccontextmanager
async def at_terminal(
    env: Mapping[str, str], cwd: Path, *call: str
) -> AsyncIterator[tuple[Typist, asyncio.subprocess.Process]]:
    """Start a command at a terminal of its own; without one, the conversation."""
    outer, inner = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", AT_A_TERMINAL, *(call or ("chat", *NOW))),
        env=dict(env),
        cwd=cwd,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
    )
    os.close(inner)
    typist = Typist(outer)
    try:
        async with asyncio.timeout(3 * PATIENCE):
            yield typist, process
    finally:
        typist.close()
        if process.returncode is None:
            process.kill()
        await process.wait()
        os.close(outer)


async def test_at_a_terminal_numbers_choose_and_links_lead(env: Mapping[str, str], tmp_path: Path) -> None:
    async with at_terminal(env | {"LANG": "uk_UA.UTF-8"}, tmp_path) as (typist, process):
        welcome = await typist.prompted()
        answer = await typist.ask("bodies on 11 June 2025")
        chosen = await typist.ask(re.findall(r"(\d)\. To Russia", answer)[0])
        missed = await typist.ask("99")
        typist.press("/quit\r")
        await typist.prompted()
        assert await process.wait() == 0

    assert "своїми словами" in welcome
    assert "\x1b[1m1,212 bodies\x1b[0m" in answer
    assert re.search(r"\x1b\]8;;https://\S+\x1b\\[^\x1b]+\x1b\]8;;\x1b\\", answer)
    assert "handed over to Russia, 11 June 2025" in chosen
    assert "There is no 99 in the list" in missed


async def test_interrupts_end_a_line_and_then_the_program_and_people_are_not_kept(
    env: Mapping[str, str], tmp_path: Path
) -> None:
    async with at_terminal(env | {"NO_COLOR": "1"}, tmp_path) as (typist, process):
        await typist.prompted()
        answer = await typist.ask("bodies on 11 June 2025")
        person = await typist.ask("де мій брат Іван Петренко")
        typist.press("half a line")
        interrupted = await typist.interrupt()
        again = await typist.ask("/last")
        assert await typist.interrupt_until_ended(process) == 0

    assert "\x1b[" not in answer
    assert "1,212 bodies" in answer
    assert "https://koordshtab.gov.ua" in person
    assert "Once more, or Ctrl-D" in interrupted
    assert "Last round" in again
    history = tmp_path / "home" / ".local" / "state" / "homeward" / "history"
    assert history.read_text().splitlines() == ["bodies on 11 June 2025", "/last"]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
async def test_an_export_to_a_file_shows_at_a_terminal_how_far_it_is(
    env: Mapping[str, str], tmp_path: Path, form: str
) -> None:
    call = ("export", "--format", form, *NOW)
    _, piped_out, unseen = await homeward(*call, env=env, cwd=tmp_path)
    async with at_terminal(env, tmp_path, *call, "kept") as (typist, process):
        shown = await typist.prompted()
        assert await process.wait() == 0

    assert re.findall(r"(\d+)%", shown)[-1] == "100"
    assert "%" not in unseen
    assert (tmp_path / "kept").read_text(encoding="utf-8") == piped_out


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
async def test_help_tells_how_files_are_named_and_start_of_nothing_that_a_terminal_cannot_do(
    env: Mapping[str, str], tmp_path: Path, lang: str
) -> None:
    call = ("chat", "--lang", lang, *NOW)
    _, told, _ = await homeward(*call, env=env, cwd=tmp_path, typed="/help\n")
    _, greeting, _ = await homeward(*call, env=env, cwd=tmp_path, typed="/start\n")

    assert re.search(r"/chart \w+\.png", told)
    assert re.search(r"/export csv \w+\.csv", told)
    assert "/subscribe" not in greeting
