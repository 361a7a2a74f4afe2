"""A subscription in words: of what a chat is told, and when."""

from bot.domain.claims import KINDS
from bot.domain.replies import Lang
from bot.domain.subscriptions import Subscription
from bot.rendering.reading import kind_class, kinds_named
from bot.rendering.texts import text
from bot.rendering.zones import city


def told_what(lang: Lang, subscription: Subscription) -> str:
    """Name kinds and direction: "remains, handed over to Ukraine"."""
    kinds = subscription.kinds
    if kinds is None and subscription.recipient is None:
        return text(lang, "subscription-all")
    named = kinds_named(lang, kinds) if kinds else text(lang, "subscription-all")
    way = text(lang, "way", of=kind_class(kinds or KINDS), recipient=subscription.recipient or "both")
    return text(lang, "subscription-kinds", kinds=named, way=way)


def told_when(lang: Lang, subscription: Subscription) -> str:
    """Say how often, which hours are held back, and whether it makes no sound."""
    parts = [text(lang, "subscription-when", frequency=subscription.frequency, hour=str(subscription.digest_hour))]
    if subscription.quiet:
        hours = dict(zip(("from", "to"), map(str, subscription.quiet), strict=True))
        parts.append(text(lang, "subscription-quiet", **hours))
    if subscription.timezone and (subscription.quiet or subscription.frequency != "at_once"):
        parts.append(text(lang, "subscription-zone", city=city(lang, subscription.timezone)))
    if subscription.silent:
        parts.append(text(lang, "subscription-silent"))
    return ", ".join(parts)
