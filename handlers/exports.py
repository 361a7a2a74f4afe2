"""The data as a file: /export, as a table or in the interchange format, of one answer or of everything."""

import asyncio
import datetime as dt
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from telegram.constants import ChatAction

from bot.domain.claims import Claim
from bot.domain.ledger import Ledger, build_ledger
from bot.domain.queries import Query
from bot.domain.replies import Lang
from bot.rendering.rich import join
from bot.rendering.styled import words
from bot.rendering.tables import COLUMNS, checksum, claims_of_query, csv_lines
from bot.services.interchange import export_lines
from handlers.answers import ACTS, read_pressed
from handlers.call import Call
from handlers.callback import to_data
from handlers.registry import Routes

routes = Routes()

#: Prefixes: a table or lines of an answer; of everything, followed by the format; what the columns mean.
CSV, LINES, EVERYTHING, COLUMN_HELP = ACTS["csv"], "xj", "xa", "xc"
#: By the word after `/export`, and in the names of files.
FORMATS = ("csv", "jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One file in the making."""

    ledger: Ledger
    #: None: everything.
    query: Query | None
    now: dt.datetime
    timezone: dt.tzinfo

    def csv(self) -> bytes:
        """Write a table, a row a claim."""
        # The byte order mark tells spreadsheets which letters these are.
        return BOM_UTF8 + _file(csv_lines(self.ledger, at=self.now, claims=self.claims()))

    def jsonl(self) -> bytes:
        """Write the interchange format: claims, their rounds and the agreements of those."""
        claims = self.claims()
        rounds = {r.id: r for c in claims if c.round and (r := self.ledger.round(c.round))}
        agreements = self.ledger.agreements
        if self.query is not None:
            named = {r.agreement for r in rounds.values()}
            agreements = tuple(a for a in agreements if a.id in named)
        part = build_ledger(version=self.ledger.version, agreements=agreements, rounds=rounds.values(), claims=claims)
        return _file(export_lines(part))

    def claims(self) -> list[Claim]:
        """Return what it holds: what is behind the answer, or all that can be known by now."""
        if self.query is not None:
            return claims_of_query(self.ledger, self.query, now=self.now, timezone=self.timezone)
        today = self.now.astimezone(self.timezone).date()
        return [claim for claim in self.ledger.claims if claim.date <= today]


@routes.command("export")
async def export(call: Call) -> None:
    """Offer the files; a format after the command is everything in that."""
    if call.args.lower() in FORMATS:
        await _send(call, None, call.args.lower(), lang=call.lang)
        return
    offered: list[list[tuple[str, str]]] = []
    if call.turn is not None:
        query, lang = call.turn.query, call.lang
        last = call.word("export-last")
        offered.append(
            [
                (f"{last}: CSV", await to_data(CSV, query, lang=lang, services=call.services)),
                (f"{last}: JSON", await to_data(LINES, query, lang=lang, services=call.services)),
            ]
        )
    everything = call.word("export-everything")
    offered.append([(f"{everything}: CSV", f"{EVERYTHING}:csv"), (f"{everything}: JSON", f"{EVERYTHING}:jsonl")])
    await call.say("export-choose", offered)


@routes.button(CSV, LINES)
async def export_answer(call: Call) -> None:
    """Send what stands behind one answer."""
    pressed = await read_pressed(call)
    if pressed is not None:
        await _send(call, pressed.query, "csv" if call.incoming.name == CSV else "jsonl", lang=pressed.lang)


@routes.button(EVERYTHING)
async def export_everything(call: Call) -> None:
    """Send all of it."""
    if call.args in FORMATS:
        await _send(call, None, call.args, lang=call.lang)
    else:
        await call.toast(call.word("stale-button"), alert=True)


@routes.button(COLUMN_HELP)
async def explain_columns(call: Call) -> None:
    """Say what the columns of a table mean."""
    lines = [f"{column}: {call.word(f'column-{column}')}" for column in COLUMNS]
    parts = (call.word("table-title"), "\n".join(lines), call.word("table-licence"), call.word("table-cite"))
    await call.reply(join((words(part) for part in parts), "\n\n"))


async def _send(call: Call, query: Query | None, form: str, *, lang: Lang) -> None:
    call, services = replace(call, setting=lang), call.services
    await call.toast(call.word("export-preparing"))
    await call.bot.send_chat_action(
        call.chat_id, ChatAction.UPLOAD_DOCUMENT, message_thread_id=call.incoming.thread_id or None
    )
    point = query.as_of if query else None
    made = Export(
        ledger=await (services.ledger.at(point) if point else services.ledger.get()),
        query=query,
        now=services.clock.now(),
        timezone=services.timezone,
    )
    write: Callable[[], bytes] = made.csv if form == "csv" else made.jsonl
    size, content = await asyncio.to_thread(lambda: (len(made.claims()), write()))
    if not size:
        await call.say("export-nothing")
        return
    caption = call.word(
        "export-caption",
        claims=call.word("count-claims", n=size),
        version=made.ledger.version,
        checksum=checksum(content),
    )
    name = f"homeward-{'ledger' if query is None else 'answer'}-{made.ledger.version}.{form}"
    columns = [[(call.word("export-columns"), f"{COLUMN_HELP}:")]] if form == "csv" else []
    await call.document(content, name, words(caption), columns)


def _file(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
