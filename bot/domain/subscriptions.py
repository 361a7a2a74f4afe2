"""Who is told what, when: subscriptions, alerts and deliveries."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.claims import Kind, Recipient

Frequency = Literal["at_once", "daily", "weekly"]
FREQUENCIES: tuple[Frequency, ...] = ("at_once", "daily", "weekly")
DeliveryState = Literal["pending", "leased", "sent", "dead"]
DeliveryKind = Literal["alert", "digest"]
ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one chat, or one topic of a forum, wants to be told."""

    chat_id: int
    #: Topic of a forum; 0 for the chat itself.
    thread_id: int = 0
    chat_type: ChatType = "private"
    #: "en", "uk" or "ru".
    lang: str = "en"
    #: None: every kind.
    kinds: tuple[Kind, ...] | None = None
    #: None: both.
    recipient: Recipient | None = None
    frequency: Frequency = "at_once"
    #: Hour of the digest in the chat's time zone.
    digest_hour: int = 9
    #: Hours held back, from and to, in the chat's time zone; None: never. Equal numbers mean never.
    quiet: tuple[int, int] | None = None
    #: IANA name; None: the program's.
    timezone: str | None = None
    #: Without a sound.
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message that a chat is to get: a new alert, or an edit of one that it got."""

    id: int
    #: 0 for a digest.
    alert_id: int
    #: The round of the alert; empty for a digest.
    round: str
    #: Raised with each change of the round; what is sent must be this revision or newer.
    revision: int
    chat_id: int
    thread_id: int
    chat_type: ChatType
    lang: str
    silent: bool
    #: Attempts so far, this one included.
    attempt: int
    #: Telegram's id of the message to edit; None: nothing was sent yet.
    message_id: int | None
    #: An earlier attempt ended without an answer: it may have arrived, and this is the one repeat.
    uncertain: bool
    #: A digest is told in one message and never edited; the next one names what changed.
    kind: DeliveryKind = "alert"
    #: Every round of the message, `round` first: several for a digest and for what quiet hours held back.
    rounds: tuple[str, ...] = ()
    #: Of a digest: rounds told in an earlier one that read otherwise now.
    changed: tuple[str, ...] = ()
