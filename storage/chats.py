"""Language and conversation of chats; all of it is deleted on request."""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.domain.queries import Query, query_from_json, query_to_json
from bot.domain.replies import Turn
from bot.ports import Acquaintance, ChatSettings, Talk
from storage.admins import read_roles
from storage.connections import Connections
from storage.engines import Written
from storage.holds import Holds
from storage.schema import chats, deliveries, dialogs, subscriptions, turns, updates
from storage.together import Sort

#: How long a conversation is remembered.
TURN_AGE = dt.timedelta(hours=24)
#: Telegram repeats an update for a day at most.
UPDATE_AGE = dt.timedelta(hours=48)
#: Old updates are forgotten once in so many.
PRUNE_EVERY = 256
#: Turns that are kept at hand.
NEWEST = 1000


class SqlChatStore:
    """`bot.ports.ChatStore` in SQL."""

    def __init__(self, connections: Connections, holds: Holds) -> None:
        """Keep the connections, and what tells which updates are being worked on."""
        self._connections = connections
        self._holds = holds
        #: The newest turns as they were written and as they are, so that what stands in the database needs no reading.
        self._newest: OrderedDict[tuple[int, int], tuple[str, Turn]] = OrderedDict()

    async def meet(self, chat_id: int, user_id: int, *, now: dt.datetime) -> Acquaintance:
        """Return what is kept of both, read at one moment."""
        found = await self._connections.reads.ask_all(*self._kept_of(chat_id, user_id))
        return self._acquaintance(found, (chat_id, user_id), now)

    def _kept_of(self, chat_id: int, user_id: int) -> tuple[tuple[Sort[Any, Any], Any], ...]:
        return (self._read_langs, chat_id), (self._read_turns, (chat_id, user_id)), (read_roles, None)

    def _acquaintance(self, found: Sequence[Any], key: tuple[int, int], now: dt.datetime) -> Acquaintance:
        lang, values, roles = found
        return Acquaintance(lang=lang, turn=self._standing(key, values, now), role=roles.get(key[1]))

    async def settings(self, chat_id: int) -> ChatSettings:
        """Return them; defaults where nothing is stored."""
        return ChatSettings(chat_id=chat_id, lang=await self._connections.reads.ask(self._read_langs, chat_id))

    def _read_langs(self, connection: sa.Connection, chat_ids: Sequence[int]) -> Sequence[str | None]:
        statement = sa.select(chats.c.chat_id, chats.c.lang).where(chats.c.chat_id.in_(set(chat_ids)))
        langs = {row.chat_id: row.lang for row in connection.execute(statement)}
        return [langs.get(chat_id) for chat_id in chat_ids]

    async def save_settings(self, settings: ChatSettings, *, at: dt.datetime) -> None:
        """Store them."""
        values = {"chat_id": settings.chat_id, "lang": settings.lang, "at": at}
        async with self._connections.writing() as connection:
            await connection.execute(self._connections.insert_or(chats, update=["lang", "at"]).values(values))

    async def turn(self, chat_id: int, user_id: int, *, now: dt.datetime | None = None) -> Turn | None:
        """Return the last turn of this person in this chat; None where there is none or, at `now`, it is a day old."""
        values = await self._connections.reads.ask(self._read_turns, (chat_id, user_id))
        return self._standing((chat_id, user_id), values, now)

    def _standing(self, key: tuple[int, int], written: str | None, now: dt.datetime | None) -> Turn | None:
        """Return a turn that was kept; None where there is none or, at `now`, it is a day old."""
        if written is None:
            return None
        known = self._newest.get(key)
        turn = known[1] if known is not None and known[0] == written else _turn_from_json(json.loads(written))
        return None if now is not None and turn.at <= now - TURN_AGE else turn

    def _read_turns(self, connection: sa.Connection, keys: Sequence[tuple[int, int]]) -> Sequence[str | None]:
        key, turn = sa.tuple_(turns.c.chat_id, turns.c.user_id), sa.cast(turns.c.turn, sa.Text).label("turn")
        statement = sa.select(turns.c.chat_id, turns.c.user_id, turn).where(key.in_(set(keys)))
        found = {(row.chat_id, row.user_id): row.turn for row in connection.execute(statement)}
        return [found.get(key) for key in keys]

    async def save_turn(self, chat_id: int, user_id: int, turn: Turn | None) -> None:
        """Store it; None forgets it."""
        await self._connections.writes.ask(*self._to_write(Talk(chat_id=chat_id, user_id=user_id, turn=turn)))

    def _to_write(self, talk: Talk) -> tuple[Sort[Any, None], Any]:
        key, turn = (talk.chat_id, talk.user_id), talk.turn
        if turn is None:
            return self._write_turns, (key, None)
        written = _written(turn)
        self._newest[key] = written, turn
        self._newest.move_to_end(key)
        if len(self._newest) > NEWEST:
            self._newest.popitem(last=False)
        return self._write_turns, (key, {"turn": written, "at": turn.at})

    def _write_turns(
        self, connection: sa.Connection, asked: Sequence[tuple[tuple[int, int], dict[str, Any] | None]]
    ) -> Sequence[None]:
        last = dict(asked)  # of two for one person the later counts
        # Sorted, so that two processes never wait for each other.
        rows = [{"chat_id": k[0], "user_id": k[1], **values} for k, values in sorted(last.items(), key=_key) if values]
        gone = [key for key, values in last.items() if values is None]
        if rows:
            connection.execute(self._connections.insert_or(turns, update=["turn", "at"]), rows)
        if gone:
            connection.execute(sa.delete(turns).where(sa.tuple_(turns.c.chat_id, turns.c.user_id).in_(gone)))
        return [None] * len(asked)

    async def dialog(self, chat_id: int, user_id: int) -> Mapping[str, Any] | None:
        """Return the state of a conversation of several steps (JSON values)."""
        return await self._connections.reads.ask(self._read_dialogs, (chat_id, user_id))

    def _read_dialogs(
        self, connection: sa.Connection, keys: Sequence[tuple[int, int]]
    ) -> Sequence[Mapping[str, Any] | None]:
        key = sa.tuple_(dialogs.c.chat_id, dialogs.c.user_id)
        statement = sa.select(dialogs.c.chat_id, dialogs.c.user_id, dialogs.c.state).where(key.in_(set(keys)))
        found = {(row.chat_id, row.user_id): row.state for row in connection.execute(statement)}
        return [found.get(key) for key in keys]

    async def save_dialog(
        self, chat_id: int, user_id: int, state: Mapping[str, Any] | None, *, at: dt.datetime
    ) -> None:
        """Store it; None ends it."""
        async with self._connections.writing() as connection:
            if state is None:
                await connection.execute(sa.delete(dialogs).where(_of(dialogs, chat_id, user_id)))
                return
            values = {"chat_id": chat_id, "user_id": user_id, "state": dict(state), "at": at}
            await connection.execute(self._connections.insert_or(dialogs, update=["state", "at"]).values(values))

    async def begin_update(
        self, update_id: int, chat_id: int, user_id: int, *, now: dt.datetime
    ) -> Acquaintance | None:
        """Take on a Telegram update, once nobody else works on it; None where it was handled before."""
        await self._holds.take(update_id)
        try:
            handled, *found = await self._connections.reads.ask_all(
                (self._read_updates, update_id), *self._kept_of(chat_id, user_id)
            )
        except BaseException:
            await self._holds.let_go(update_id)
            raise
        if handled:
            await self._holds.let_go(update_id)
            return None
        return self._acquaintance(found, (chat_id, user_id), now)

    def _read_updates(self, connection: sa.Connection, update_ids: Sequence[int]) -> Sequence[bool]:
        known = set(connection.scalars(sa.select(updates.c.id).where(updates.c.id.in_(set(update_ids)))))
        return [update_id in known for update_id in update_ids]

    async def end_update(
        self, update_id: int, *, at: dt.datetime, handled: bool = True, talk: Talk | None = None
    ) -> None:
        """Let go of an update, and remember it where it was handled; with it where the conversation stands now.

        Now and then what is too old to matter is deleted: updates, and conversations that have expired.
        """
        written: list[tuple[Sort[Any, None], Any]] = [self._to_write(talk)] if talk is not None else []
        if handled:
            written.append((self._write_updates, (update_id, at)))
        try:
            if written:
                await self._connections.writes.ask_all(*written)
        finally:
            await self._holds.let_go(update_id)

    def _write_updates(self, connection: sa.Connection, asked: Sequence[tuple[int, dt.datetime]]) -> Sequence[None]:
        rows = [{"id": update_id, "at": at} for update_id, at in sorted(dict(asked).items())]
        connection.execute(self._connections.insert_or(updates), rows)
        if any(update_id % PRUNE_EVERY == 0 for update_id, _ in asked):
            now = max(at for _, at in asked)
            connection.execute(sa.delete(updates).where(updates.c.at < now - UPDATE_AGE))
            connection.execute(sa.delete(turns).where(turns.c.at < now - TURN_AGE))
        return [None] * len(asked)

    async def forget(self, chat_id: int) -> int:
        """Delete everything kept of a chat, its subscriptions and deliveries included; returns the number of rows.

        A private chat is a person: what they said in groups goes as well.
        """
        for key in [key for key in self._newest if chat_id in key]:
            del self._newest[key]
        async with self._connections.writing() as connection:
            number = 0
            for table in (subscriptions, deliveries, chats, turns, dialogs):
                theirs = table.c.chat_id == chat_id
                if "user_id" in table.c:
                    theirs |= table.c.user_id == chat_id
                number += int((await connection.execute(sa.delete(table).where(theirs))).rowcount)
            return number


def _of(table: sa.Table, chat_id: int, user_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.chat_id == chat_id, table.c.user_id == user_id)


def _key(item: tuple[tuple[int, int], object]) -> tuple[int, int]:
    return item[0]


def _written(turn: Turn) -> Written:
    """Write a turn; its queries stand in others' as well and are written once."""
    before = ",".join(map(_query_text, turn.before))
    rest = json.dumps({"lang": turn.lang, "at": turn.at.isoformat(), "asked_back": turn.asked_back})
    return Written(f'{{"query": {_query_text(turn.query)}, "before": [{before}], {rest[1:]}')


@lru_cache(maxsize=2048)
def _query_text(query: Query) -> str:
    return json.dumps(query_to_json(query))


def _turn_from_json(values: Mapping[str, Any]) -> Turn:
    return Turn(
        query=query_from_json(values["query"]),
        lang=values["lang"],
        at=dt.datetime.fromisoformat(values["at"]),
        before=tuple(query_from_json(query) for query in values["before"]),
        asked_back=values["asked_back"],
    )
