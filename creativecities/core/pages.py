"""Reading addresses: page numbers, sizes, dates. Bad input is clamped or refused with a reason, never a fault."""

import datetime as dt
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from creativecities.core.refusal import Refusal

LAST_PAGE = 100_000


def bare_path(request: HttpRequest) -> str:
    """The path without its language prefix."""
    return getattr(request, "bare_path", request.path_info)


def page_number(query: Mapping[str, str]) -> int:
    """`?page=`, from 1 to LAST_PAGE. Raises Refusal (400) for anything that is not a number."""
    return min(_number(query, "page", 1), LAST_PAGE)


def page_size(query: Mapping[str, str], *, default: int = 20, most: int = 500) -> int:
    """`?page_size=`, from 1 to `most`. Raises Refusal (400) for anything that is not a number."""
    return min(_number(query, "page_size", default), most)


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 1000):
        raise Refusal(_("“%(name)s” must be a whole number.") % {"name": name}, code="bad-number", status=400)
    return max(1, int(text[:20]))


def as_of(query: Mapping[str, str], *, today: dt.date) -> dt.date | None:
    """`?as_of=YYYY-MM-DD`; None when absent. Raises Refusal (400) if unreadable or later than today."""
    text = query.get("as_of", "").strip()
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise Refusal(
            _("“%(text)s” is not a date this page can read.") % {"text": text[:40]},
            remedy=_("Write the date as year-month-day, for example 2019-10-30."),
            code="bad-date",
            status=400,
        )
    if day > today:
        raise Refusal(
            _("%(text)s is in the future; the network of that day is not known yet.") % {"text": text},
            remedy=_("Choose today or an earlier day."),
            code="future-date",
            status=400,
        )
    return day
