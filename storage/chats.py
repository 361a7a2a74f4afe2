"""Language and conversation of chats; all of it is deleted on request."""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.domain.queries import Query, query_from_json, query_to_json
from bot.domain.replies import Turn
from bot.ports import Acquaintance, ChatSettings, Talk
from storage.admins import read_roles
from storage.connections import Connections
from storage.engines import Written
from storage.holds import Holds
from storage.schema import chats, deliveries, dialogs, subscriptions, turns, updates

#: How long a conversation is remembered.
TURN_AGE = dt.timedelta(hours=24)
#: Telegram repeats an update for a day at most.
UPDATE_AGE = dt.timedelta(hours=48)
#: Old updates are forgotten once in so many.
PRUNE_EVERY = 256
#: Turns that are kept at hand.
NEWEST = 1000

#: The ids of a chat and of somebody who writes there.
_Person = tuple[int, int]
# What is asked for each message, made once: making a statement costs more than carrying it out.
_LANGS = sa.select(chats.c.chat_id, chats.c.lang).where(chats.c.chat_id.in_(sa.bindparam("ids", expanding=True)))
_TURNS = sa.select(turns.c.chat_id, turns.c.user_id, sa.cast(turns.c.turn, sa.Text)).where(
    sa.tuple_(turns.c.chat_id, turns.c.user_id).in_(sa.bindparam("persons", expanding=True))
)
_HANDLED = sa.select(updates.c.id).where(updates.c.id.in_(sa.bindparam("ids", expanding=True)))


class _Kept(NamedTuple):
    """What stands in the database about a chat and a person."""

    lang: str | None
    #: As it was written; None: none.
    turn: str | None
    role: str | None


class _End(NamedTuple):
    """What is left of an update when it was worked on."""

    #: The update and when that was; None: it is not to be remembered.
    update: tuple[int, dt.datetime] | None = None
    #: None: the conversation stands where it stood.
    person: _Person | None = None
    #: Where it stands, and since when; None forgets it.
    turn: tuple[Written, dt.datetime] | None = None


class SqlChatStore:
    """`bot.ports.ChatStore` in SQL."""

    def __init__(self, connections: Connections, holds: Holds) -> None:
        """Keep the connections, and what tells which updates are being worked on."""
        self._connections = connections
        self._holds = holds
        #: The newest turns as they were written and as they are, so that what stands in the database needs no reading.
        self._newest: OrderedDict[_Person, tuple[str, Turn]] = OrderedDict()
        self._insert_turns = connections.insert_or(turns, update=["turn", "at"])
        self._insert_updates = connections.insert_or(updates)

    async def meet(self, chat_id: int, user_id: int, *, now: dt.datetime) -> Acquaintance:
        """Return what is kept of both, read at one moment."""
        person = chat_id, user_id
        return self._acquaintance(person, await self._connections.reads.ask(_read_kept, person), now)

    def _acquaintance(self, person: _Person, kept: _Kept, now: dt.datetime) -> Acquaintance:
        return Acquaintance(lang=kept.lang, turn=self._standing(person, kept.turn, now), role=kept.role)

    async def settings(self, chat_id: int) -> ChatSettings:
        """Return them; defaults where nothing is stored."""
        kept = await self._connections.reads.ask(_read_kept, (chat_id, chat_id))
        return ChatSettings(chat_id=chat_id, lang=kept.lang)

    async def save_settings(self, settings: ChatSettings, *, at: dt.datetime) -> None:
        """Store them."""
        values = {"chat_id": settings.chat_id, "lang": settings.lang, "at": at}
        async with self._connections.writing() as connection:
            await connection.execute(self._connections.insert_or(chats, update=["lang", "at"]).values(values))

    async def turn(self, chat_id: int, user_id: int, *, now: dt.datetime | None = None) -> Turn | None:
        """Return the last turn of this person in this chat; None where there is none or, at `now`, it is a day old."""
        person = chat_id, user_id
        kept = await self._connections.reads.ask(_read_kept, person)
        return self._standing(person, kept.turn, now)

    def _standing(self, person: _Person, written: str | None, now: dt.datetime | None) -> Turn | None:
        """Return a turn that was kept; None where there is none or, at `now`, it is a day old."""
        if written is None:
            return None
        known = self._newest.get(person)
        turn = known[1] if known is not None and known[0] == written else _turn_from_json(json.loads(written))
        return None if now is not None and turn.at <= now - TURN_AGE else turn

    async def save_turn(self, chat_id: int, user_id: int, turn: Turn | None) -> None:
        """Store it; None forgets it."""
        talk = Talk(chat_id=chat_id, user_id=user_id, turn=turn)
        await self._connections.writes.ask(self._write_ends, self._end(talk))

    def _end(self, talk: Talk | None, update: tuple[int, dt.datetime] | None = None) -> _End:
        """Return what is to be written, and keep a turn at hand."""
        if talk is None:
            return _End(update)
        person, turn = (talk.chat_id, talk.user_id), talk.turn
        if turn is None:
            return _End(update, person)
        written = _written(turn)
        self._newest[person] = written, turn
        self._newest.move_to_end(person)
        if len(self._newest) > NEWEST:
            self._newest.popitem(last=False)
        return _End(update, person, (written, turn.at))

    def _write_ends(self, connection: sa.Connection, ends: Sequence[_End]) -> Sequence[None]:
        # Of two turns of one person the later counts. Sorted, so that two processes never wait for each other.
        stands = sorted({end.person: end.turn for end in ends if end.person}.items(), key=lambda item: item[0])
        if rows := [
            {"chat_id": person[0], "user_id": person[1], "turn": turn[0], "at": turn[1]}
            for person, turn in stands
            if turn is not None
        ]:
            connection.execute(self._insert_turns, rows)
        if gone := [person for person, turn in stands if turn is None]:
            connection.execute(sa.delete(turns).where(sa.tuple_(turns.c.chat_id, turns.c.user_id).in_(gone)))
        handled = dict(end.update for end in ends if end.update)
        if handled:
            connection.execute(self._insert_updates, [{"id": key, "at": at} for key, at in sorted(handled.items())])
        if any(update_id % PRUNE_EVERY == 0 for update_id in handled):
            now = max(handled.values())
            connection.execute(sa.delete(updates).where(updates.c.at < now - UPDATE_AGE))
            connection.execute(sa.delete(turns).where(turns.c.at < now - TURN_AGE))
        return [None] * len(ends)

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
        person = chat_id, user_id
        await self._holds.take(update_id)
        try:
            handled, kept = await self._connections.reads.ask(_read_begun, (update_id, person))
        except BaseException:
            await self._holds.let_go(update_id)
            raise
        if handled:
            await self._holds.let_go(update_id)
            return None
        return self._acquaintance(person, kept, now)

    async def end_update(
        self, update_id: int, *, at: dt.datetime, handled: bool = True, talk: Talk | None = None
    ) -> None:
        """Let go of an update, and remember it where it was handled; with it where the conversation stands now.

        Now and then what is too old to matter is deleted: updates, and conversations that have expired.
        """
        try:
            if handled or talk is not None:
                end = self._end(talk, (update_id, at) if handled else None)
                await self._connections.writes.ask(self._write_ends, end)
        finally:
            await self._holds.let_go(update_id)

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


def _read_kept(connection: sa.Connection, persons: Sequence[_Person]) -> Sequence[_Kept]:
    asked = {"ids": list({chat_id for chat_id, _ in persons}), "persons": list(set(persons))}
    langs = dict(connection.execute(_LANGS, asked).all())
    stand = {(chat_id, user_id): turn for chat_id, user_id, turn in connection.execute(_TURNS, asked)}
    [roles] = read_roles(connection, [None])
    return [_Kept(langs.get(person[0]), stand.get(person), roles.get(person[1])) for person in persons]


def _read_begun(connection: sa.Connection, begun: Sequence[tuple[int, _Person]]) -> Sequence[tuple[bool, _Kept]]:
    """Return of each update whether it was handled before, and what is kept of its chat and person."""
    handled = set(connection.scalars(_HANDLED, {"ids": list({update_id for update_id, _ in begun})}))
    kept = _read_kept(connection, [person for _, person in begun])
    return [(update_id in handled, found) for (update_id, _), found in zip(begun, kept, strict=True)]


def _written(turn: Turn) -> Written:
    """Write a turn; its queries stand in others' as well and are written once."""
    before = ",".join(map(_query_text, turn.before))
    rest = json.dumps({"lang": turn.lang, "at": turn.at.isoformat(), "asked_back": turn.asked_back})
    return Written(f'{{"query": {_query_text(turn.query)}, "before": [{before}], {rest[1:]}')


@lru_cache(maxsize=2048)
def _query_text(query: Query) -> str:
    return json.dumps(query_to_json(query))


@lru_cache(maxsize=2048)
def _shared(query: Query) -> Query:
    """Return one object for all that are equal: thousands of conversations hold the same questions."""
    return query


def _turn_from_json(values: Mapping[str, Any]) -> Turn:
    return Turn(
        query=_shared(query_from_json(values["query"])),
        lang=values["lang"],
        at=dt.datetime.fromisoformat(values["at"]),
        before=tuple(_shared(query_from_json(query)) for query in values["before"]),
        asked_back=values["asked_back"],
    )
