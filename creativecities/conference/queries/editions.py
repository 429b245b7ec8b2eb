"""What pages show of editions: of what is known, and plainly what is not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.compute.labels import LABELS, NAMES
from creativecities.conference.models import Edition, EditionHost
from creativecities.core import days
from creativecities.core.words import Words, in_language


@dataclass(frozen=True)
class Shown:
    """An edition as a reader sees it on a day."""

    edition: Edition
    today: dt.date

    @cached_property
    def hosts(self) -> list[EditionHost]:
        """Its hosts, the first named first."""
        return list(self.edition.hosts.all())

    @cached_property
    def places(self) -> str:
        """The names of its hosts on one line."""
        return ", ".join(host.name for host in self.hosts)

    @cached_property
    def title(self) -> Words:
        """What it is called; one that has no title, by its year and hosts."""
        if said := self.words("title"):
            return said
        if self.hosts:
            given = _("Annual conference %(year)d: %(hosts)s") % {"year": self.edition.year, "hosts": self.places}
        else:
            given = _("Annual conference %(year)d") % {"year": self.edition.year}
        return Words(given, get_language() or "en")

    @cached_property
    def theme(self) -> Words:
        """What it is about; empty where no source tells it."""
        return self.words("theme")

    def words(self, name: str) -> Words:
        """One of its texts, in the reader's language if it is written in it."""
        said = self.edition.settings
        return Words(*in_language(said["about"][name], get_language() or "en", said["languages"]))

    @property
    def state(self) -> Any:
        """Its state in words, where it is not simply announced."""
        return "" if self.edition.state == states.ANNOUNCED else Edition.STATES[self.edition.state]

    @property
    def lacks(self) -> list[Any]:
        """What a reader would look for and not find."""
        edition = self.edition
        wanted = (
            (self.words("title"), LABELS["title"]), (edition.starts_on, NAMES["when"]), (self.hosts, _("Host city")),
            (edition.opens_at, LABELS["opens_at"]),
        )  # fmt: skip
        return [label for there, label in wanted if not there]

    @property
    def is_on(self) -> bool:
        """Whether it is held today."""
        first, last = self.edition.starts_on, self.edition.last_day
        return first is not None and last is not None and first <= self.today <= last

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come: from then on delegations write their trip reports."""
        return self.edition.starts_on is not None and self.edition.starts_on <= self.today

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to be held, or being held. One whose days are not known is, until its year is over."""
        if self.edition.last_day is not None:
            return self.edition.last_day >= self.today
        return self.edition.year >= self.today.year

    @property
    def begins(self) -> dt.date:
        """When it begins, for comparing: of one whose days are not known the end of the year."""
        return self.edition.starts_on or dt.date(self.edition.year, 12, 31)


@dataclass(frozen=True)
class Gap:
    """A year for which no edition is recorded."""

    year: int


def shown(edition: Edition) -> Shown:
    """An edition as of today."""
    return Shown(edition, days.today())


def of_all(person: Any) -> list[Shown]:
    """Every edition a person may see, the newest first. Two statements."""
    found = Edition.objects.visible_to(person).prefetch_related("hosts__city")
    return sorted(map(shown, found), key=lambda one: (one.begins, one.edition.number or 0), reverse=True)


def next_of(found: Sequence[Shown]) -> Shown | None:
    """The edition that comes next or is being held."""
    ahead = [one for one in found if one.is_ahead and one.edition.state in (states.ANNOUNCED, states.POSTPONED)]
    return min(ahead, key=lambda one: one.begins, default=None)


def with_gaps(found: Sequence[Shown]) -> list[Shown | Gap]:
    """The same list with the years in between for which there is none."""
    rows: list[Shown | Gap] = []
    last = None
    for one in found:
        rows += [Gap(year) for year in range((last or one.edition.year) - 1, one.edition.year, -1)]
        rows.append(one)
        last = one.edition.year
    return rows
