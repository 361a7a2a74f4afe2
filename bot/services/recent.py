"""The newest of what was worked out, so that what many ask on the same day is worked out once."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Recent(Generic[_Value]):
    """A memory bounded by weight, so that long texts cannot make it grow; what was asked for longest ago goes first.

    What is kept must follow from its key alone: then it can be forgotten at any time and nothing changes.
    """

    def __init__(self, *, most: int) -> None:
        """Keep what weighs so much together; weights are bytes, by and large."""
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[_Value, int]] = OrderedDict()
        self._weight = 0

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._kept)

    @property
    def weight(self) -> int:
        """What all that is kept weighs; never more than was allowed."""
        return self._weight

    def get(self, key: Hashable) -> _Value | None:
        """Return what is kept under a key; None where nothing is."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: _Value, *, weight: int) -> None:
        """Keep it, with its key; what is heavier than all that may be kept is not."""
        if key in self._kept:
            self._weight -= self._kept.pop(key)[1]
        self._kept[key] = value, weight
        self._weight += weight
        while self._weight > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self._weight -= gone
