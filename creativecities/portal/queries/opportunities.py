"""Opportunities in the reader's language: what one chooses by, and each as data, in a feed and in a calendar."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from creativecities.core import atom, calendars
from creativecities.exchange.queries import openings
from creativecities.exchange.queries.openings import Opportunity
from creativecities.network.compute.languages import language_name
from creativecities.portal.queries.known import names

COLUMNS: dict[str, str | Promise] = {
    "slug": gettext_lazy("The initiative’s part of its address here. It never changes."),
    "title": gettext_lazy("In the language of “language”."),
    "kind": gettext_lazy("open-call or residency."),
    "kind_label": gettext_lazy("The kind in the language of the address."),
    "summary": gettext_lazy("In the language of “language”."),
    "language": gettext_lazy("The language it was written in."),
    "city": gettext_lazy("The lead city: host or initiator, by its English name."),
    "country": gettext_lazy("ISO 3166-1 alpha-2."),
    "country_label": gettext_lazy("Name as the United Nations write it, in the language of the address."),
    "creative_fields": gettext_lazy("Fields it belongs to, by slug."),
    "audience": gettext_lazy("Who can apply: everybody, artists, young, organisations or cities."),
    "audience_label": gettext_lazy("The same in the language of the address."),
    "apply_by": gettext_lazy("The last day on which one can apply."),
    "apply_at": gettext_lazy("The address where one applies."),
    "url": gettext_lazy("The page here."),
}


def choices() -> dict[str, dict[str, str]]:
    """What the filters offer, besides those that are always the same."""
    spoken = {code: _language(code) for code in openings.languages()}
    words = [(n, ngettext("within %(n)s day", "within %(n)s days", n) % {"n": n}) for n in openings.WITHIN]
    return {
        "field": names()["field"],
        "language": dict(sorted(spoken.items(), key=lambda pair: pair[1])),
        "deadline": {str(number): label for number, label in words},
    }


def row(each: Opportunity) -> dict[str, Any]:
    """What a list shows of one besides itself."""
    return {
        "each": each,
        "country": names()["country"].get(each.country, ""),
        "language": _language(each.language),
        "fields": _fields(each),
    }


def record(each: Opportunity) -> dict[str, Any]:
    """The same as it is written in JSON and CSV."""
    plain = ("slug", "kind", "kind_label", "title", "summary", "language", "city", "country", "audience")
    return {
        **{column: getattr(each, column) for column in plain},
        "country_label": names()["country"].get(each.country, ""),
        "creative_fields": list(each.fields),
        "audience_label": each.audience_label,
        "apply_by": each.apply_by.isoformat(),
        "apply_at": each.link,
        "url": _address(each),
    }


def entry(each: Opportunity) -> atom.Entry:
    """The same in a feed."""
    return atom.Entry(
        address=_address(each),
        title=f"{each.title} ({each.city})",
        text=f"{_until(each)} {each.summary}",
        changed_at=each.changed_at,
        terms=tuple(_fields(each)),
        language=each.language,
    )


def deadline(each: Opportunity) -> calendars.Entry:
    """The last day, in a calendar."""
    return calendars.Entry(
        uid=f"opportunity-{each.pk}",
        title=_("Apply by today: %(title)s (%(city)s)") % {"title": each.title, "city": each.city},
        start=each.apply_by,
        end=each.apply_by + dt.timedelta(days=1),
        url=_address(each),
        text=f"{each.audience_label}\n{each.link}\n\n{each.summary}",
        changed_at=each.changed_at,
    )


def festival(one: Any) -> calendars.Entry:
    """A festival or event, in a calendar; `end` is the day after its last one."""
    return calendars.Entry(
        uid=f"initiative-{one.pk}",
        title=f"{one.title} ({one.lead.name})",
        start=one.starts_on,
        end=(one.ends_on or one.starts_on) + dt.timedelta(days=1),
        url=_address(one),
        text=one.summary,
        changed_at=one.changed_at,
    )


def _until(each: Opportunity) -> str:
    words = {"day": each.apply_by.isoformat(), "audience": each.audience_label}
    return _("Apply by %(day)s. Who can apply: %(audience)s.") % words


def _address(each: Any) -> str:
    return str(settings.SITE["url"] + reverse("portal:initiative", args=[each.slug]))


def _fields(each: Opportunity) -> list[tuple[str, str]]:
    return [(slug, names()["field"].get(slug, slug)) for slug in each.fields]


def _language(code: str) -> str:
    return language_name(code, get_language() or "en")
