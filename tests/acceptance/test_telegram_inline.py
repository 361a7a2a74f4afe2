"""Inline mode: answers offered to any chat."""

from typing import Any

from tests.acceptance.homeward import Homeward
from tests.botapi import BotApiServer


async def offered(homeward: Homeward, text: str, **how: Any) -> list[dict[str, Any]]:
    query = homeward.telegram.inline(text, **how)
    await homeward.telegram.wait_for(lambda: query.answer is not None or None)
    await homeward.settled()
    assert query.answer == {"cache_time": 60, "is_personal": True}
    return query.results


async def test_the_figure_stands_in_the_title_and_the_source_in_the_card(homeward: Homeward) -> None:
    results = await offered(homeward, "total since Istanbul", user=5, lang="en")

    assert 1 <= len(results) <= 5
    assert "6,057" in results[0]["title"]
    assert "2 June 2025" in results[0]["description"]
    content = results[0]["input_message_content"]
    assert any(entity["type"] == "text_link" for entity in content["entities"])


async def test_an_answer_of_rows_has_its_first_figures_in_the_title(homeward: Homeward) -> None:
    first, *_ = await offered(homeward, "bodies in June 2025 by day", user=5, lang="en")
    assert first["title"] == "11 June 2025: 1,212 bodies; 13 June 2025: 1,200 bodies; 14 June 2025: 1,200 bodies"
    first, *_ = await offered(homeward, "bodies both sides in June 2025", user=5, lang="en")
    assert first["title"].startswith("To Ukraine: 6,057 bodies")
    assert "To Russia: 78 bodies" in first["title"]


async def test_a_card_leads_to_the_same_figures(homeward: Homeward) -> None:
    results = await offered(homeward, "total since Istanbul", user=5, lang="en")
    link = results[0]["reply_markup"]["inline_keyboard"][0][0]["url"]
    answer = await homeward.telegram.ask(5, f"/start {link.partition('start=')[2]}")

    assert "6,057" in answer.text


async def test_nothing_typed_offers_the_usual_questions(homeward: Homeward) -> None:
    assert len(await offered(homeward, "", user=5, lang="uk")) == 5


async def test_what_is_not_understood_offers_no_number(homeward: Homeward) -> None:
    assert await offered(homeward, "zzz", user=5) == []


async def test_what_is_typed_inline_is_no_part_of_the_conversation(homeward: Homeward, telegram: BotApiServer) -> None:
    await telegram.ask(5, "total since Istanbul", lang="en")
    await offered(homeward, "list the rounds", user=5)
    answer = await telegram.ask(5, "and prisoners?")

    assert "2 June 2025" in answer.text


async def test_the_language_is_the_persons_own(homeward: Homeward) -> None:
    await homeward.telegram.ask(5, "/language ru", lang="en")
    results = await offered(homeward, "", user=5, lang="en")

    assert any("Скільки" not in result["title"] and "тел" in result["title"] for result in results)
