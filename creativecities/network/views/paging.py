"""Cutting a long list into pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from creativecities.core import pages


@dataclass(frozen=True)
class Pager:
    """Where one is in a list."""

    number: int
    last: int
    count: int

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1


def cut(request: HttpRequest, found: QuerySet[Any], *, size: int = 50) -> tuple[Sequence[Any], Pager]:
    """The rows of the page asked for; a number beyond the end gives the last page. Two statements."""
    count = found.count()
    last = max(1, -(-count // size))
    number = min(pages.page_number(request.GET), last)
    return list(found[(number - 1) * size : number * size]), Pager(number, last, count)
