"""Opportunities: the open calls and residencies of all cities for which one can apply today."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Opening
from creativecities.exchange.queries.catalogue import many_of
from creativecities.exchange.rules.openings import KINDS
from creativecities.network import rules as network

FILTERS = ("field", "audience", "language", "deadline")
WITHIN = (7, 30, 90)
"""Days ahead that one can ask for as a deadline."""
_COLUMNS = ("slug", "title", "summary", "kind", "language", "lead__slug", "lead__name", "lead__country_id")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An initiative for which one can apply, with all that a list shows."""

    fields: tuple[str, ...]
    pk: int
    slug: str
    title: str
    summary: str
    kind: str
    language: str
    city_slug: str
    city: str
    country: str
    audience: str
    apply_by: dt.date
    link: str
    changed_at: dt.datetime

    @property
    def kind_label(self) -> str:
        return str(Initiative.Kind(self.kind).label)

    @property
    def audience_label(self) -> str:
        return str(Opening.Audience(self.audience).label)

    def fits(self, chosen: Mapping[str, str], day: dt.date) -> bool:
        """Whether it is what somebody looks for. What everybody can apply for, artists can too."""
        within = chosen.get("deadline", "")
        return (
            chosen.get("field", "") in ("", *self.fields)
            and chosen.get("language", "") in ("", self.language)
            and (chosen.get("audience", "") in ("", self.audience) or self.audience == Opening.Audience.EVERYBODY)
            and (not within or (within in map(str, WITHIN) and self.apply_by <= day + dt.timedelta(days=int(within))))
        )


def opened(chosen: Mapping[str, str]) -> list[Opportunity]:
    """Those of today that fit, the earliest deadline first. No statement between writes."""
    today = days.today()
    return [each for each in _open(today).values() if each.fits(chosen, today)]


def of(pk: int) -> Opportunity | None:
    """What one can apply for with an initiative today. No statement between writes."""
    return _open(days.today()).get(pk)


def languages() -> Iterable[str]:
    """The languages in which there is one today."""
    return {each.language for each in _open(days.today()).values()}


@freshness.kept()
def _open(day: dt.date) -> dict[int, Opportunity]:
    """Of member cities, published, and not past their last day. Two statements."""
    kinds = {"initiative__kind__in": KINDS, "initiative__state": states.PUBLISHED}
    found = Opening.objects.filter(state=states.OPEN, apply_by__gte=day, **kinds)
    found = found.filter(initiative__lead__in=network.member_cities()).order_by("apply_by", "initiative__title", "pk")
    of = [f"initiative__{name}" for name in _COLUMNS]
    rows = list(found.values_list("initiative_id", *of, "audience", "apply_by", "link", "at"))
    many = many_of(*(row[0] for row in rows)) if rows else {}
    return {row[0]: Opportunity(tuple(many.get(row[0], {}).get("fields", ())), *row) for row in rows}


def opening_of(one: Initiative) -> Opening | None:
    """What a team has said of applications, whether it holds or not. One statement."""
    return Opening.objects.filter(initiative=one).first()


def chosen(query: Any) -> dict[str, str]:
    """What an address asks for; what is endless is cut."""
    return {name: value[:50] for name in FILTERS if (value := query.get(name, "").strip())}
