"""Why no figure is given, in words: a typed reason each, with a next step. Never a number."""

from bot.domain.answers import Answer
from bot.domain.replies import Lang, Refusal
from bot.rendering.rich import Rich, Run, join
from bot.rendering.styled import words
from bot.rendering.words import listed, message

#: Where to turn with a question about a person: text key and address.
PERSONAL_HELP = (
    ("refusal-personal-coordination", "https://koordshtab.gov.ua"),
    ("refusal-personal-red-cross", "https://familylinks.icrc.org"),
)


def no_data_words(lang: Lang, answer: Answer) -> str:
    """Say why a question that was understood has no figure."""
    match answer.reason:
        case "future":
            return message(lang, "refusal-future")
        case "party_silent":
            silent = next((n.text for n in answer.notes if n.kind == "party_silent" and n.text), "other")
            return message(lang, "refusal-party-silent", party=answer.query.party or silent)
        case _:
            return message(lang, "refusal-not-recorded")


def refusal_text(lang: Lang, refusal: Refusal, *, suggestions: bool) -> Rich:
    """Write a refusal; `suggestions`: questions stand below it as buttons."""
    if refusal.reason == "personal":
        return _personal(lang)
    text = _reason(lang, refusal)
    if suggestions and refusal.reason is not None:
        return join((words(text), words(message(lang, "refusal-try"))), "\n\n")
    return words(text)


def _reason(lang: Lang, refusal: Refusal) -> str:
    match refusal.reason:
        case "future":
            return message(lang, "refusal-future")
        case "not_recorded":
            return message(lang, "refusal-not-kept" if refusal.status == "out_of_scope" else "refusal-not-recorded")
        case "party_silent":
            return message(lang, "refusal-party-silent", party="other")
        case "unknown_word":
            return _unknown(lang, refusal.words)
        case "unsupported":
            return message(lang, "refusal-unsupported")
        case "other_topic":
            return message(lang, "refusal-other-topic")
        case _:
            return message(lang, "refusal-noise")


def _unknown(lang: Lang, written: tuple[str, ...]) -> str:
    """Name the words, as written; one that holds a digit is not repeated, so that no number stands in a refusal."""
    shown = [message(lang, "quoted", text=word[:40]) for word in written if not any(c.isdigit() for c in word)]
    if not shown:
        return message(lang, "refusal-unknown")
    return message(lang, "refusal-unknown-word", words=listed(lang, shown[:3]))


def _personal(lang: Lang) -> Rich:
    parts: list[Rich] = [words(message(lang, "refusal-personal"))]
    for key, url in PERSONAL_HELP:
        what = Run(f": {message(lang, f'{key}-what')}, ")
        parts.append((Run(message(lang, key), url=url), what, Run(url, url=url)))
    return join(parts, "\n\n")
