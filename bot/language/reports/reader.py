"""Which claims a report states, and whether its news is a completed handover between Russia and Ukraine.

Pure and deterministic: the same article is always read the same. What counts as a claim: contract, section 4,
``extract``.
"""

import datetime as dt
import functools
from collections.abc import Sequence

from bot.domain.articles import Article, Report, ReportedClaim
from bot.domain.claims import Recipient
from bot.domain.rounds import Agreement
from bot.language.reports.clauses import read_clauses
from bot.language.reports.discourse import collect
from bot.language.reports.lexicon import INVASION, LANGUAGES, Lexicon, load_lexicon, tell_language
from bot.language.reports.parts import Reading
from bot.language.reports.relevance import exchanges_prisoners, judge_relevance, undisclosed_kinds
from bot.language.reports.selection import select
from bot.language.reports.speakers import Speaker, find_side, find_voice
from bot.language.reports.statements import Statement
from bot.language.reports.story import Story, tell_story
from bot.language.reports.text import Sentence, read_sentences
from bot.language.reports.ties import find_agreement, find_ordinal

_ENEMY_OF: dict[str | None, str] = {"ukraine": "russia", "russia": "ukraine"}
#: What an article is about whose numbers are none of ours.
_NO_CLAIMS = frozenset(
    {
        "other_war",
        "other_country",
        "no_kind",
        "other_trade",
        "from_abroad",
        "within_one_side",
        "third_country_acts",
        "carried_off",
        "rumour_refuted",
    }
)
#: Sentences, and words of one, in which a post says whence it was forwarded.
_OPENING = 2
#: Publishers whose names are read once.
_MASTHEADS = 1000
#: Who "the enemy" is where the outlet is not known; both sides write in Russian.
_ENEMY_IN = {"en": "russia", "uk": "russia", "ru": ""}


def read_report(article: Article, *, timezone: dt.tzinfo, agreements: Sequence[Agreement] = ()) -> Report:
    """Read one report.

    Args:
        article: Title and text in English, Ukrainian or Russian; either may be empty.
        timezone: What "today" in the text refers to, with the instant of publication.
        agreements: Named reference points that the text may tie the round to.
    """
    language = article.lang if article.lang in LANGUAGES else tell_language(f"{article.title} {article.text}")
    lexicon = load_lexicon(language)
    published = article.published_at.astimezone(timezone).date()
    voice, side = _read_masthead(article.publisher, language)
    stands = side or (voice.party if voice is not None else None)
    enemy = _ENEMY_OF.get(stands, _ENEMY_IN[language])
    sentences = read_sentences(article.title, article.text, lexicon, published, enemy=enemy)
    voice = _forwarded(sentences, lexicon) or voice
    story = tell_story(_read_all(sentences), lexicon, published, voice=voice, side=side)
    statements = select(story, collect(story))
    verdict = judge_relevance(story, statements)
    if _NO_CLAIMS & set(verdict.reasons):
        statements = []
    agreement = find_agreement(story, agreements)
    ordinal = find_ordinal(story)
    claims = tuple(_claim(one, relevant=verdict.relevant, agreement=agreement, ordinal=ordinal) for one in statements)
    told = [one.kind for one in claims if one.main] or ([verdict.kind] if verdict.relevant else [])
    if set(told) == {"civilians"} and exchanges_prisoners(story):
        told.insert(0, "prisoners")
    kinds = tuple(dict.fromkeys([*told, *(undisclosed_kinds(story) if verdict.relevant else ())]))
    return Report(
        article=article,
        relevant=verdict.relevant,
        confidence=verdict.confidence,
        claims=claims,
        kinds=kinds,
        date=story.news_date if verdict.relevant else None,
        reasons=(*verdict.reasons, *_circumstances(story, statements)),
    )


@functools.lru_cache(maxsize=_MASTHEADS)
def _read_masthead(publisher: str, language: str) -> tuple[Speaker | None, Recipient | None]:
    """Give whose channel a publisher is, and for which side it is known."""
    lexicon = load_lexicon(language)
    masthead = [token for one in read_sentences(publisher, "", lexicon, INVASION) for token in one.tokens]
    return find_voice(masthead, lexicon), find_side(masthead)


def _forwarded(sentences: Sequence[Sentence], lexicon: Lexicon) -> Speaker | None:
    """Give whose words a forwarded post is: "Переслано из Владимир Мединский"."""
    for sentence in sentences[:_OPENING]:
        if any("forwarded" in token.tags for token in sentence.tokens[:_OPENING]):
            return find_voice(sentence.tokens, lexicon)
    return None


def _read_all(sentences: Sequence[Sentence]) -> list[Reading]:
    readings: list[Reading] = []
    carried = 0
    for sentence in sentences:
        reading = read_clauses(sentence, carried)
        counted = [one for one in reading.figures if one.kind != "civilians" and not one.subset]
        if counted or any(one.kind is None for one in reading.figures):
            carried = counted[0].count if len(counted) == 1 else 0
        readings.append(reading)
    return readings


def _circumstances(story: Story, statements: Sequence[Statement]) -> tuple[str, ...]:
    """Name what the matching asks for: no day in the text, "another 1,200", "the figure was corrected"."""
    mains = [one for one in statements if one.main]
    named = {
        "date_assumed": not story.dated,
        "further_figure": any(one.figure.further for one in mains),
        "correction": any("correction" in reading.tags for reading in story.readings[:6]),
    }
    return tuple(name for name, holds in named.items() if holds)


def _claim(one: Statement, *, relevant: bool, agreement: str | None, ordinal: int | None) -> ReportedClaim:
    main = one.main and relevant
    return ReportedClaim(
        kind=one.kind,
        recipient=one.recipient,
        measure=one.measure,
        count=one.figure.count,
        qualifier=one.figure.qualifier,
        date=one.date,
        since=one.since,
        party=one.party,
        claimant=one.claimant,
        main=main,
        quote=one.quote,
        ordinal=ordinal if main and one.kind == "prisoners" else None,
        agreement=agreement if main else None,
        included=one.included,
    )
