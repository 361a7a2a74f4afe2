"""What a claimant is called in the reader's language; the ledger keeps claimants in English."""

from functools import cache
from pathlib import Path

from bot.domain.replies import Lang


def claimant_name(lang: Lang, name: str) -> str:
    """Return the name for a reader; one that nobody translated as the ledger has it."""
    if lang == "en":
        return name
    known = _names()
    if name in known:
        return known[name][lang]
    who, comma, office = name.partition(", ")
    if comma and who in known and office in known:
        return f"{known[who][lang]}, {known[office][lang]}"
    return name


@cache
def _names() -> dict[str, dict[str, str]]:
    import tomllib  # only readers of Ukrainian and Russian pay for it

    text = Path(__file__).with_name("names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
