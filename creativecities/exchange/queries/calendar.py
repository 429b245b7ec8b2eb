"""The calendar of a field: its festivals and events, last days of opportunities, and invitations to be answered."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.core import days, freshness
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Invitation
from creativecities.exchange.queries import openings

KINDS = (Initiative.Kind.FESTIVAL, Initiative.Kind.EVENT)
MOST = 200


@dataclass(frozen=True, slots=True)
class Date:
    """Something on a day, or from a first to a last day."""

    first: dt.date
    last: dt.date
    what: str | Promise
    title: str
    language: str
    city: str
    url: str


def coming(field: str) -> Sequence[Any]:
    """Festivals and events of a field whose days are known, until they are over. No statement between writes.

    Each knows when it was `changed_at`.
    """
    return _coming(field, days.today())


@freshness.kept(maxsize=16)
def _coming(field: str, day: dt.date) -> Sequence[Any]:
    ahead = Q(ends_on__gte=day) | Q(ends_on=None, starts_on__gte=day)
    found = Initiative.objects.filter(
        ahead, fields=field, kind__in=KINDS, state=states.PUBLISHED, precision="day", starts_on__isnull=False
    ).exclude(course=Initiative.Course.STOPPED)
    found = found.select_related("lead").annotate(changed_at=Max("versions__at"))
    return list(found.order_by("starts_on", "title", "pk")[:MOST])


def shared(field: str, person: Any) -> list[Date]:
    """What the cities of a field see together, and the invitations of this person's cities; the earliest first."""
    return sorted([*_public(field), *_to_answer(person)], key=lambda date: (date.first, date.title))


def _public(field: str) -> Iterator[Date]:
    for one in coming(field):
        last = one.ends_on or one.starts_on
        yield Date(one.starts_on, last, one.get_kind_display(), one.title, one.language, one.lead.name, _page(one.slug))
    for each in openings.opened({"field": field}):
        yield Date(each.apply_by, each.apply_by, _("Apply by"), each.title, each.language, each.city, _page(each.slug))


def _to_answer(person: Any) -> Iterator[Date]:
    """One statement."""
    found = Invitation.objects.visible_to(person).filter(state=states.OPEN, answer_by__gte=days.today())
    for one in found.select_related("initiative", "host")[:MOST]:
        about, url = one.initiative, reverse("exchange:invitation", args=[one.pk])
        yield Date(one.answer_by, one.answer_by, _("Answer by"), about.title, about.language, one.host.name, url)


def _page(slug: str) -> str:
    return reverse("portal:initiative", args=[slug])
