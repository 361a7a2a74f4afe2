"""What holds of the reading of any text."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.articles import Article, Report
from bot.language.reports.lexicon import load_lexicon, normal
from bot.language.reports.numbers import read_number
from bot.language.reports.reader import read_report

KYIV = ZoneInfo("Europe/Kyiv")
_PIECES = {
    "en": ["Russia", "Ukraine", "handed over", "received", "1,212", "84", "bodies", "prisoners", "to Ukraine", "said",
           "the Coordination Headquarters", "on Friday", "June 11", "each", "for", ",", ".", "and", "in total", "will",
           "not", "among them", "two", "thousand", "\n", "earlier", "civilians", "in exchange", "its own", "Medinsky"],
    "uk": ["Росія", "Україна", "передала", "отримала", "1212", "84", "тіл", "полонених", "Україні", "повідомив",
           "Координаційний штаб", "у п'ятницю", "11 червня", "по", "на", ",", ".", "та", "загалом", "готова", "не",
           "серед них", "двоє", "тисяч", "\n", "раніше", "цивільних", "натомість", "своїх", "Мединський", "–"],
    "ru": ["Россия", "Украина", "передала", "получила", "1212", "84", "тел", "пленных", "Украине", "сообщил",
           "Координационный штаб", "в пятницу", "11 июня", "по", "на", ",", ".", "и", "всего", "готова", "не",
           "из них", "двое", "тысяч", "\n", "ранее", "гражданских", "взамен", "своих", "Мединский", "—"],
}  # fmt: skip
languages = st.sampled_from(sorted(_PIECES))


def read(text: str, *, title: str = "", lang: str | None = None) -> Report:
    article = Article(
        id="a",
        title=title,
        text=text,
        published_at=dt.datetime(2025, 6, 14, 12, tzinfo=dt.UTC),
        publisher="Wire",
        url="",
        lang=lang,
    )
    return read_report(article, timezone=KYIV)


_WORD = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0,.]\d{3})+(?!\d)|\d+|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")


def numbers_of(text: str, lang: str) -> set[int]:
    """Give every number that stands in a line of a text, by digits or words, in any grouping."""
    found: set[int] = set()
    lexicon = load_lexicon(lang)
    for line in text.splitlines():
        words = _WORD.findall(normal(line))
        found |= {int(re.sub(r"\D", "", word)) for word in words if word[0].isdigit()}
        numbers = (read_number(words, position, lexicon) for position in range(len(words)))
        found |= {number.value for number in numbers if number is not None}
    return found


@given(st.text(max_size=400), st.text(max_size=80), st.sampled_from(["en", "uk", "ru", None, "pl"]))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_reader(text: str, title: str, lang: str | None) -> None:
    report = read(text, title=title, lang=lang)
    assert 0.0 <= report.confidence <= 1.0


@given(languages.flatmap(lambda lang: st.tuples(st.just(lang), st.lists(st.sampled_from(_PIECES[lang]), max_size=40))))
@settings(max_examples=250, deadline=None)
def test_no_figure_is_invented(drawn: tuple[str, list[str]]) -> None:
    lang, pieces = drawn
    text = " ".join(pieces)
    standing = {number for line in text.splitlines() for number in numbers_of(line, lang)}
    assert {one.count for one in read(text, lang=lang).claims} <= standing


@given(languages.flatmap(lambda lang: st.tuples(st.just(lang), st.lists(st.sampled_from(_PIECES[lang]), max_size=40))))
@settings(max_examples=100, deadline=None)
def test_quotes_stand_in_the_text_and_reading_twice_changes_nothing(drawn: tuple[str, list[str]]) -> None:
    lang, pieces = drawn
    text = " ".join(pieces)
    report = read(text, lang=lang)
    assert report == read(text, lang=lang)
    assert all(one.quote and one.quote in text for one in report.claims)
    assert all(one.main is False for one in report.claims) or report.relevant


_NEUTRAL = [
    "The weather near the border was cold and wet.",
    "The Red Cross has worked in the region for years.",
    "Families had gathered with flags and flowers.",
    "Music played while the buses passed.",
]


@given(st.permutations(_NEUTRAL))
@settings(max_examples=24, deadline=None)
def test_order_of_paragraphs_without_figures_does_not_matter(neutral: list[str]) -> None:
    lead = "Ukraine received the bodies of 1,212 soldiers on Wednesday, the Coordination Headquarters said."
    report = read("\n\n".join([lead, *neutral]), lang="en")
    plain = read("\n\n".join([lead, *_NEUTRAL]), lang="en")
    assert (report.relevant, report.claims) == (plain.relevant, plain.claims)
