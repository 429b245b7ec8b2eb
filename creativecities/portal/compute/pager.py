"""Which page of a list, and which are its neighbours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """Page `number` of `last`, with `size` things each, of `total`."""

    number: int
    last: int
    size: int
    total: int

    @classmethod
    def of(cls, total: int, *, page: int, size: int) -> "Pager":
        """The page asked for, or the last one where that lies beyond it."""
        last = max(1, -(-total // size))
        return cls(min(page, last), last, size, total)

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1
