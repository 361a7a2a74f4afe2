"""Which message of ours answered which of theirs, for a while: so that an edited question edits its answer.

Kept in memory and bounded. After a restart an edited question is simply not answered again.
"""

from collections import OrderedDict
from dataclasses import dataclass

from bot.domain.replies import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One question that was answered."""

    answer_id: int
    #: The turn before it, which the question followed up.
    before: Turn | None
    #: The turn after it.
    after: Turn | None


class Answered:
    """The newest questions with their answers."""

    def __init__(self, *, most: int = 10_000) -> None:
        self._most = most
        self._by_question: OrderedDict[tuple[int, int], Past] = OrderedDict()
        self._by_answer: OrderedDict[tuple[int, int], Past] = OrderedDict()

    def note(self, chat_id: int, question_id: int | None, past: Past) -> None:
        """Remember an answer; `question_id` is None where a button asked."""
        if question_id is not None:
            self._put(self._by_question, (chat_id, question_id), past)
        self._put(self._by_answer, (chat_id, past.answer_id), past)

    def to_question(self, chat_id: int, question_id: int | None) -> Past | None:
        """Return what answered a message of theirs."""
        return self._by_question.get((chat_id, question_id or 0))

    def by_answer(self, chat_id: int, answer_id: int | None) -> Past | None:
        """Return what a message of ours answered."""
        return self._by_answer.get((chat_id, answer_id or 0))

    def forget(self, chat_id: int) -> None:
        """Forget a chat."""
        for pasts in (self._by_question, self._by_answer):
            for key in [key for key in pasts if key[0] == chat_id]:
                del pasts[key]

    def _put(self, pasts: OrderedDict[tuple[int, int], Past], key: tuple[int, int], past: Past) -> None:
        pasts[key] = past
        pasts.move_to_end(key)
        while len(pasts) > self._most:
            pasts.popitem(last=False)
