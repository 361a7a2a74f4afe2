"""What is too much for a screen and becomes a file: the picture of an answer, and the data behind it."""

import asyncio
import os
from collections.abc import Sequence

from bot.app import Core
from bot.cli.files import place_for, write_file
from bot.cli.offers import Choice, Offers
from bot.cli.screen import Screen
from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.rich import Rich
from bot.rendering.styled import strong
from bot.rendering.tables import columns_page, export_caption
from bot.rendering.texts import text
from bot.services.ask import Asked
from bot.services.export import FORMATS, Export, Format

#: How the names of files end that a line may name last.
_FILES = (".png", ".csv", ".jsonl")


class Downloads:
    """Writes files and says where they are."""

    def __init__(self, core: Core, screen: Screen, offers: Offers) -> None:
        self._core = core
        self._screen = screen
        self._offers = offers

    async def picture(self, asked: Asked, query: Query, path: str, lang: Lang) -> Rich:
        """Draw an answer; returns the words for who cannot see it, or why it is not shown; nothing without a file."""
        from handlers.drawn import Pictures  # only those who ask for a picture wait for it

        core = self._core
        made = await Pictures().get(lang, query, asked.ledger, now=core.clock.now(), timezone=core.timezone)
        if made is None:
            self._offers.say(lang, "chart-nothing")
            return ()
        if not made.content:
            return made.caption
        written = self._write(path, f"homeward-{asked.reply.ref}.png", made.content, "terminal-chart", lang)
        return made.caption if written else ()

    async def data(self, query: Query | None, form: Format, path: str, lang: Lang) -> None:
        """Write the claims behind an answer, or all of them."""
        core = self._core
        point = query.as_of if query else None
        made = Export(
            ledger=await (core.ledger.at(point) if point else core.ledger.get()),
            query=query,
            form=form,
            now=core.clock.now(),
            timezone=core.timezone,
        )
        claims = await asyncio.to_thread(made.claims)
        if not claims:
            self._offers.say(lang, "export-nothing")
            return
        content = await asyncio.to_thread(made.content, claims)
        if self._write(path, made.name, content, "terminal-export", lang):
            self._screen.show(export_caption(lang, content, claims=len(claims), version=made.ledger.version))

    def others(self, query: Query | None, written: Format, lang: Lang) -> Sequence[Choice]:
        """Return what else can be written after an export, and what the columns mean."""

        def write(asked: Query | None, form: Format) -> Choice:
            what = text(lang, "export-last" if asked else "export-everything")

            async def chosen() -> None:
                await self.data(asked, form, "", lang)

            return f"{what}: {form.upper()}", chosen

        async def columns() -> None:
            self._screen.show(columns_page(lang, written))

        label = "export-columns" if written == "csv" else "export-fields"
        answer = [write(query, form) for form in FORMATS if query and form != written]
        everything = [write(None, form) for form in FORMATS if query or form != written]
        return (*answer, *everything, (text(lang, label), columns))

    def _write(self, path: str, name: str, content: bytes, key: str, lang: Lang) -> bool:
        """Write a file and say where; returns whether it could be."""
        try:
            place = place_for(path, name, content)
            write_file(place, content)
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._offers.say(lang, "terminal-not-written", path=path or name, reason=reason)
            return False
        self._screen.line(strong(text(lang, key, path=str(place))))
        return True


def split_path(line: str) -> tuple[str, str]:
    """Part a line from the file or folder that it names last; "" where it names none."""
    before, _, last = line.rpartition(" ")
    is_file = last.lower().endswith(_FILES) or (os.sep in last and os.path.isdir(os.path.expanduser(last)))
    return (before.strip(), last) if is_file else (line, "")


def format_of(path: str) -> Format:
    """Return the format that the name of a file asks for; a table where it asks for none."""
    return "jsonl" if path.lower().endswith(".jsonl") else "csv"
