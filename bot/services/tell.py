"""What a delivery shows: written anew at each attempt, from the ledger as it is then."""

import datetime as dt
from collections.abc import Callable, Sequence

from bot.domain.ledger import Ledger
from bot.domain.subscriptions import Delivery
from bot.ports import Clock, OutgoingMessage
from bot.rendering.alerts import render_alert, render_digest
from bot.rendering.rich import Rich, join
from bot.rendering.texts import text
from bot.rendering.words import known_lang
from bot.services.current import CurrentLedger


class Teller:
    """Writes alerts and digests in the language of whoever gets them."""

    def __init__(
        self,
        ledger: CurrentLedger,
        *,
        clock: Clock,
        timezone: dt.tzinfo,
        username: Callable[[], str] = lambda: "",
    ) -> None:
        """Remember what is needed.

        Args:
            username: The bot's own at Telegram, without "@"; empty where it is not known.
        """
        self._ledger = ledger
        self._clock = clock
        self._timezone = timezone
        self._username = username

    async def message(self, delivery: Delivery) -> OutgoingMessage | None:
        """Return the message; None where there is nothing left to tell: a round withdrawn before anybody was told."""
        # The delivery was written with the ledger's change, so the ledger must be at least that new.
        ledger = await self._ledger.refresh()
        rounds = delivery.rounds
        if delivery.message_id is None:
            rounds = tuple(r for r in rounds if ledger.round(r) is not None)
        if not rounds and not delivery.changed:
            return None
        write = self._digest if delivery.kind == "digest" else self._alert
        return OutgoingMessage(
            chat_id=delivery.chat_id,
            thread_id=delivery.thread_id,
            silent=delivery.silent,
            text=write(delivery, rounds, ledger),
            buttons=self._buttons(delivery),
        )

    def _buttons(self, delivery: Delivery) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Lead from a channel, where nobody can ask, to the bot (contract, section 5)."""
        username = self._username()
        if delivery.chat_type != "channel" or not username:
            return ()
        return (((text(known_lang(delivery.lang), "button-bot"), f"https://t.me/{username}"),),)

    def _alert(self, delivery: Delivery, rounds: Sequence[str], ledger: Ledger) -> Rich:
        revised = delivery.message_id is not None
        now = self._clock.now()
        parts = [
            render_alert(r, ledger, delivery.lang, revised=revised, now=now, timezone=self._timezone) for r in rounds
        ]
        return join(parts, "\n\n")

    def _digest(self, delivery: Delivery, rounds: Sequence[str], ledger: Ledger) -> Rich:
        now = self._clock.now()
        today = now.astimezone(self._timezone).date()
        told = (*rounds, *delivery.changed)
        days = [found.date for r in told if (found := ledger.round(r)) is not None]
        return render_digest(
            told,
            ledger,
            delivery.lang,
            since=min(days, default=today),
            until=today,
            revised=delivery.changed,
            now=now,
            timezone=self._timezone,
        )
