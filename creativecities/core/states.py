"""The shape of a table of moves: which state may follow which."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Move:
    """One step: from any of `sources` to `target`; `event` is the past participle that names what happened."""

    sources: tuple[str, ...]
    target: str
    event: str
    too_late: str | Promise = _("Somebody was faster: this has changed since you opened the page.")  # noqa: RUF009 - lazy text
