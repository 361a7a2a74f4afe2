"""How a time zone is called: by its city, as CLDR names it."""

from functools import lru_cache

from babel import Locale

from bot.domain.replies import Lang
from bot.rendering.words import LOCALES

#: CLDR keeps the names of cities under the oldest spelling of a zone.
_OLDEST = {"Europe/Kyiv": "Europe/Kiev"}


@lru_cache(maxsize=256)
def city(lang: Lang, zone: str) -> str:
    """Name the city of an IANA zone: "Kyiv", "Київ"; of an unknown one, its last part."""
    named = Locale.parse(LOCALES[lang]).time_zones.get(_OLDEST.get(zone, zone))
    found = named.get("city") if named else None
    return str(found or zone.rpartition("/")[2].replace("_", " "))
