"""Language and conversation of chats; all of it is deleted on request."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.domain.queries import query_from_json, query_to_json
from bot.domain.replies import Turn
from bot.ports import ChatSettings
from storage.connections import Connections
from storage.schema import chats, deliveries, dialogs, subscriptions, turns, updates

#: How long a conversation is remembered.
TURN_AGE = dt.timedelta(hours=24)
#: Telegram repeats an update for a day at most.
UPDATE_AGE = dt.timedelta(hours=48)
#: Old updates are forgotten once in so many.
PRUNE_EVERY = 256


class SqlChatStore:
    """`bot.ports.ChatStore` in SQL."""

    def __init__(self, connections: Connections) -> None:
        """Keep the connections."""
        self._connections = connections

    async def settings(self, chat_id: int) -> ChatSettings:
        """Return them; defaults where nothing is stored."""
        async with self._connections.reading() as connection:
            lang = await connection.scalar(sa.select(chats.c.lang).where(chats.c.chat_id == chat_id))
        return ChatSettings(chat_id=chat_id, lang=lang)

    async def save_settings(self, settings: ChatSettings, *, at: dt.datetime) -> None:
        """Store them."""
        values = {"chat_id": settings.chat_id, "lang": settings.lang, "at": at}
        async with self._connections.writing() as connection:
            await connection.execute(self._connections.insert_or(chats, update=["lang", "at"]).values(values))

    async def turn(self, chat_id: int, user_id: int, *, now: dt.datetime | None = None) -> Turn | None:
        """Return the last turn of this person in this chat; None where there is none or, at `now`, it is a day old."""
        async with self._connections.reading() as connection:
            values = await connection.scalar(sa.select(turns.c.turn).where(_of(turns, chat_id, user_id)))
        turn = None if values is None else _turn_from_json(values)
        return None if turn is None or (now is not None and turn.at <= now - TURN_AGE) else turn

    async def save_turn(self, chat_id: int, user_id: int, turn: Turn | None) -> None:
        """Store it; None forgets it."""
        async with self._connections.writing() as connection:
            if turn is None:
                await connection.execute(sa.delete(turns).where(_of(turns, chat_id, user_id)))
                return
            values = {"chat_id": chat_id, "user_id": user_id, "turn": _turn_to_json(turn), "at": turn.at}
            await connection.execute(self._connections.insert_or(turns, update=["turn", "at"]).values(values))

    async def dialog(self, chat_id: int, user_id: int) -> Mapping[str, Any] | None:
        """Return the state of a conversation of several steps (JSON values)."""
        async with self._connections.reading() as connection:
            state: Mapping[str, Any] | None = await connection.scalar(
                sa.select(dialogs.c.state).where(_of(dialogs, chat_id, user_id))
            )
        return state

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

    async def first_time(self, update_id: int, *, at: dt.datetime) -> bool:
        """Remember a Telegram update; False where it was handled before.

        Now and then what is too old to matter is deleted: updates, and conversations that have expired.
        """
        async with self._connections.writing() as connection:
            insert = self._connections.insert_or(updates).values(id=update_id, at=at)
            is_new = bool((await connection.execute(insert)).rowcount)
            if update_id % PRUNE_EVERY == 0:
                await connection.execute(sa.delete(updates).where(updates.c.at < at - UPDATE_AGE))
                await connection.execute(sa.delete(turns).where(turns.c.at < at - TURN_AGE))
            return is_new

    async def forget(self, chat_id: int) -> int:
        """Delete everything kept of a chat, its subscriptions and deliveries included; returns the number of rows.

        A private chat is a person: what they said in groups goes as well.
        """
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


def _turn_to_json(turn: Turn) -> dict[str, Any]:
    return {
        "query": query_to_json(turn.query),
        "lang": turn.lang,
        "at": turn.at.isoformat(),
        "before": [query_to_json(query) for query in turn.before],
        "asked_back": turn.asked_back,
    }


def _turn_from_json(values: Mapping[str, Any]) -> Turn:
    return Turn(
        query=query_from_json(values["query"]),
        lang=values["lang"],
        at=dt.datetime.fromisoformat(values["at"]),
        before=tuple(query_from_json(query) for query in values["before"]),
        asked_back=values["asked_back"],
    )
