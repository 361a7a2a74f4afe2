"""The conversation in a terminal: the same questions, commands and words as in Telegram.

A number chooses what Telegram has buttons for; pictures and data become files. The conversation is kept in memory and
gone with the session.
"""

import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TextIO

import click

from bot.app import Core
from bot.cli.downloads import Downloads, format_of, split_path
from bot.cli.lines import Lines, history_path
from bot.cli.offers import Choice, Offers, Step
from bot.cli.screen import Screen
from bot.domain.queries import Query
from bot.domain.replies import LANGS, Act, Instruction, Lang, Reading, Refusal, Turn
from bot.errors import HomewardError
from bot.language.wishes import wants_picture
from bot.rendering import pages
from bot.rendering.answers import render_reply
from bot.rendering.rendered import Rendered
from bot.rendering.rich import Rich, join
from bot.rendering.styled import strong, words
from bot.rendering.texts import text
from bot.rendering.words import Value
from bot.services import shortcuts
from bot.services.ask import Asked
from bot.services.export import FORMATS, Format

#: What is done in Telegram alone.
_ELSEWHERE = ("subscribe", "unsubscribe", "settings")
_ENDINGS = ("quit", "exit")


class Terminal:
    """One conversation."""

    def __init__(self, core: Core, *, lang: Lang | None, typed: TextIO, shown: TextIO) -> None:
        self._core = core
        #: None: the language of each question.
        self._setting = lang
        self._interactive = typed.isatty() and shown.isatty()
        self._screen = Screen(shown)
        self._offers = Offers(self._screen, interactive=self._interactive)
        self._downloads = Downloads(core, self._screen, self._offers)
        self._turn: Turn | None = None
        #: What is being answered is about a person.
        self._personal = False
        self._ended = False
        self._commands: dict[str, Callable[[str], Awaitable[None]]] = {
            "help": self._help,
            "start": self._start,
            "ask": self._ask,
            "last": lambda typed: self._ask_about(shortcuts.LAST, typed),
            "rounds": self._rounds,
            "round": self._round,
            "chart": self._chart,
            "sources": lambda _: self._act("sources"),
            "conflicts": self._conflicts,
            "why": lambda _: self._act("why"),
            "ref": self._ref,
            "language": self._language,
            "export": self._export,
            "method": self._method,
            "privacy": self._privacy,
            "new": self._new,
            "quit": self._quit,
        }
        slashed = [f"/{name}" for name in self._commands]
        self._lines = Lines(typed, interactive=self._interactive, complete=slashed, again=self._say_again)

    async def talk(self) -> None:
        """Answer each line until the input ends, or somebody says `/quit`."""
        if self._interactive:
            self._say("terminal-welcome")
        with self._lines as lines:
            while not self._ended and (line := lines.read()) is not None:
                if line:
                    await lines.attempt(self._answer(line))

    @property
    def _lang(self) -> Lang:
        """The language to write in: the one set, the last question's, that of the machine, English."""
        return self._tie or "en"

    @property
    def _tie(self) -> Lang | None:
        """The language that breaks ties between those of a question; None where nothing tells."""
        return self._setting or (self._turn.lang if self._turn else _spoken())

    async def _answer(self, line: str) -> None:
        """Do what a line says; a failure is told, and the end only where nobody can type something else."""
        self._personal = False
        try:
            if step := self._offers.take(line):
                await step()
                return
            if line.startswith("/"):
                await self._command(line)
            elif line.lower() in _ENDINGS:
                self._ended = True
            else:
                await self._ask(line)
        except HomewardError as error:
            if not self._interactive:
                raise
            click.echo(str(error), err=True)
        # Nothing of a question about a person is kept.
        if not self._personal:
            self._lines.remember(line)

    async def _command(self, line: str) -> None:
        word, _, typed = line[1:].partition(" ")
        name = "quit" if word.lower() in _ENDINGS else word.lower()
        if len(line) > shortcuts.MOST_LETTERS:
            self._say("too-long")
        elif name in _ELSEWHERE:
            self._say("terminal-only-telegram", name=f"/{name}")
        elif name in self._commands:
            await self._commands[name](typed.strip())
        else:
            unknown = text(self._lang, "terminal-unknown", name=f"/{word}")
            self._screen.show(join((words(unknown), *self._described())))

    # Questions

    async def _ask(self, line: str) -> None:
        """Answer a question in plain words, or do what they say."""
        if not line:
            self._say("ask-usage")
            return
        if len(line) > shortcuts.MOST_LETTERS:
            self._say("too-long")
            return
        question, path = split_path(line)
        asked = await self._core.asker.ask(question, lang=self._tie, previous=self._turn)
        told = asked.reply.understanding
        if isinstance(told, Instruction) and told.act in ("why", "sources", "chart", "csv", "help"):
            await self._act(told.act, lang=self._setting or told.lang, path=path)
        elif isinstance(told, Reading) and wants_picture(question):
            await self._draw(told.query, lang=told.lang, path=path)
        else:
            await self._show_answer(asked)

    async def _ask_about(self, query: Query, typed: str) -> None:
        asked = await shortcuts.ask_about(
            self._core.asker,
            query,
            typed,
            lang=self._lang,
            tie=self._tie,
            previous=self._turn,
            now=self._core.clock.now(),
        )
        await self._show_answer(asked)

    async def _choose(self, query: Query, lang: Lang) -> None:
        await self._show_answer(await self._core.asker.choose(query, lang=lang, previous=self._turn))

    async def _show_answer(self, asked: Asked, page: int = 0) -> None:
        now, timezone = self._core.clock.now(), self._core.timezone
        rendered = render_reply(asked.reply, asked.ledger, now=now, timezone=timezone, page=page)
        rendered = pages.with_examples(
            rendered, asked.reply, asked.ledger, now=now, timezone=timezone, listed=not self._interactive
        )
        understood = asked.reply.understanding
        self._personal = isinstance(understood, Refusal) and understood.reason == "personal"
        self._turn = asked.turn
        self._show(rendered, asked.reply.lang, turning=lambda other: self._show_answer(asked, other))

    # What stands behind an answer

    async def _act(self, act: Act, *, lang: Lang | None = None, path: str = "") -> None:
        """Do something with the last answer."""
        lang = lang or self._lang
        if act == "help":
            await self._help(lang=lang)
        elif act == "chart":
            await self._chart(path, lang=lang)
        elif act == "csv":
            await self._export_answer(format_of(path), path, lang=lang)
        elif self._turn is None:
            self._say("nothing-asked", lang=lang)
        else:
            await self._behind(act, self._turn.query, lang)

    async def _behind(self, act: Act, query: Query, lang: Lang, page: int = 0) -> None:
        about = pages.why_page if act == "why" else pages.sources_page
        core = self._core
        ledger = await (core.ledger.at(query.as_of) if query.as_of else core.ledger.get())
        made = about(lang, query, ledger, now=core.clock.now(), timezone=core.timezone, page=page)
        self._show(made, lang, turning=lambda other: self._behind(act, query, lang, other))

    async def _ref(self, typed: str) -> None:
        if not typed:
            self._say("ref-usage", ref="7K3QX2")
            return
        recalled = await self._core.asker.recall(typed)
        if recalled is None:
            self._say("ref-unknown", ref=typed[:20])
            return
        page = pages.ref_page(
            self._lang,
            ref=recalled.ref,
            then=recalled.answer,
            ledger_then=recalled.ledger,
            today=recalled.today,
            ledger_today=await self._core.ledger.get(),
            at=recalled.at,
            timezone=self._core.timezone,
        )
        self._show(page, self._lang)

    # The record

    async def _rounds(self, typed: str) -> None:
        if typed:
            await self._ask_about(shortcuts.EVERY_ROUND, typed)
        else:
            await self._listing(pages.rounds_page, self._lang)

    async def _conflicts(self, typed: str) -> None:
        if typed:
            await self._ask_about(shortcuts.CONFLICTS, typed)
        else:
            await self._listing(pages.conflicts_page, self._lang)

    async def _listing(self, listing: Callable[..., Rendered], lang: Lang, page: int = 0) -> None:
        core = self._core
        made = listing(lang, await core.ledger.get(), now=core.clock.now(), timezone=core.timezone, page=page)
        self._show(made, lang, turning=lambda other: self._listing(listing, lang, other))

    async def _round(self, typed: str) -> None:
        core, now = self._core, self._core.clock.now()
        ledger = await core.ledger.get()
        found = shortcuts.rounds_named(typed, ledger, today=now.astimezone(core.timezone).date())
        page = pages.round_page(self._lang, found[0], ledger, now=now, timezone=core.timezone) if found else None
        if page is not None and len(found) == 1:
            self._show(page, self._lang)
        elif found or not shortcuts.is_round_id(typed):
            await self._ask_about(shortcuts.ONE_ROUND, typed)
        else:
            self._say("round-unknown", id=typed[:60])

    # Pages

    async def _help(self, _: str = "", *, lang: Lang | None = None) -> None:
        core, lang = self._core, lang or self._lang
        page = pages.help_page(lang, await core.ledger.get(), now=core.clock.now(), timezone=core.timezone)
        commands = join((strong(text(lang, "terminal-commands")), *self._described(lang)))
        files = words(text(lang, "terminal-files"))
        self._show(replace(page, text=join((page.text, commands, files), "\n\n")), lang)

    async def _start(self, _: str) -> None:
        core = self._core
        ledger, now = await core.ledger.get(), core.clock.now()
        page = pages.start_page(self._lang, ledger, now=now, timezone=core.timezone, subscribing=False)
        self._show(page, self._lang)

    async def _method(self, _: str) -> None:
        self._screen.show(pages.method_page(self._lang, await self._core.ledger.get()))

    async def _privacy(self, _: str) -> None:
        here = text(self._lang, "terminal-privacy", path=str(history_path()))
        self._screen.show(join((pages.privacy_page(self._lang), words(here)), "\n\n"))

    # Files

    async def _chart(self, typed: str, *, lang: Lang | None = None) -> None:
        """Draw what the words ask for, into the file that is named last."""
        question, path = split_path(typed)
        asked = await shortcuts.ask_picture(
            self._core.asker,
            question,
            await self._core.ledger.get(),
            lang=lang or self._lang,
            tie=self._tie,
            previous=self._turn,
            now=self._core.clock.now(),
        )
        understood = asked.reply.understanding
        if isinstance(understood, Reading):
            await self._draw(understood.query, lang=understood.lang, path=path)
        else:
            await self._show_answer(asked)

    async def _draw(self, query: Query, *, lang: Lang, path: str = "") -> None:
        core = self._core
        asked = await core.asker.choose(query, lang=lang, previous=self._turn)
        self._turn = asked.turn
        if caption := await self._downloads.picture(asked, query, path, lang):
            answer = render_reply(asked.reply, asked.ledger, now=core.clock.now(), timezone=core.timezone)
            others = tuple(button for button in answer.buttons if button.action != "chart")
            self._show(Rendered(text=caption, buttons=others), lang)

    async def _export(self, typed: str) -> None:
        """Write everything in the format or into the file that the words name; alone, the last answer."""
        word, _, rest = typed.partition(" ")
        form = next((form for form in FORMATS if form == word.lower()), None)
        if form is not None:
            await self._downloads.data(None, form, rest.strip(), self._lang)
        elif not typed:
            await self._export_answer("csv", "", lang=self._lang)
        elif split_path(typed)[1]:
            await self._downloads.data(None, format_of(typed), typed, self._lang)
        else:
            self._say("terminal-export-usage")

    async def _export_answer(self, form: Format, path: str, *, lang: Lang) -> None:
        query = self._turn.query if self._turn else None
        await self._downloads.data(query, form, path, lang)
        self._offers.offer(self._downloads.others(query, form, lang), lang)

    # The conversation itself

    async def _language(self, typed: str) -> None:
        wanted = typed.lower()
        named = next((lang for lang in LANGS if wanted in (lang, text(lang, "language-name").lower())), None)
        if named or wanted == "auto":
            self._set_language(named)
            return
        self._say("language-choose")
        codes: tuple[Lang | None, ...] = (*LANGS, None)
        self._offers.offer([self._language_choice(code) for code in codes], self._lang)
        if not self._interactive:
            self._screen.show(words("\n".join(f"/language {code or 'auto'}" for code in codes)))

    def _language_choice(self, lang: Lang | None) -> Choice:
        async def chosen() -> None:
            self._set_language(lang)

        return text(lang, "language-name") if lang else text(self._lang, "language-auto"), chosen

    def _set_language(self, lang: Lang | None) -> None:
        self._setting = lang
        self._say("language-set" if lang else "language-set-auto")

    async def _new(self, _: str) -> None:
        lang, self._turn = self._lang, None
        self._say("new-done", lang=lang)

    async def _quit(self, _: str) -> None:
        self._ended = True

    # The screen

    def _show(self, rendered: Rendered, lang: Lang, *, turning: Callable[[int], Awaitable[None]] | None = None) -> None:
        """Show a text with its buttons as choices; `turning` shows another page of it."""
        choices = [(button.label, self._step(button.action, lang)) for button in rendered.buttons]
        self._offers.show(rendered, lang, choices, turning=turning)

    def _step(self, action: Query | Act, lang: Lang) -> Step:
        if isinstance(action, Query):
            return lambda: self._choose(action, lang)
        return lambda: self._act(action, lang=lang)

    def _described(self, lang: Lang | None = None) -> Sequence[Rich]:
        """Return a line a command: its name and what it does."""
        lang, widest = lang or self._lang, max(map(len, self._commands))
        own = {name: f"terminal-menu-{name}" for name in ("new", "quit")}
        menu = {name: text(lang, own.get(name, f"menu-{name}")) for name in self._commands}
        return [words(f"/{name:{widest}}  {told}") for name, told in menu.items()]

    def _say(self, key: str, *, lang: Lang | None = None, **values: Value) -> None:
        self._offers.say(lang or self._lang, key, **values)

    def _say_again(self) -> None:
        self._screen.line(words(text(self._lang, "terminal-interrupted")))


def _spoken() -> Lang | None:
    """Return the language that the machine is set to, where we speak it."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return next((lang for lang in LANGS if locale.lower().startswith(lang)), None)
