"""Calls as data, as a feed and as dates for calendars."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from creativecities.calls.compute import reading
from creativecities.calls.compute.definition import in_language
from creativecities.calls.compute.instants import instants
from creativecities.calls.queries.calls import Shown
from creativecities.core import language
from creativecities.core.calendars import Entry


def as_data(shown: Shown) -> dict[str, Any]:
    """A call as JSON: instants with their offset, and the published definition whole."""
    return {
        "slug": shown.call.slug,
        "title": str(shown.title),
        "url": _address(shown),
        "state": shown.call.state,
        "phase": shown.phase,
        "version": shown.number,
        "deadline": shown.deadline,
        "dates": instants(shown.definition),
        "extensions": [
            {"country": each.country_id, "closes_at": each.closes_at, "reason": each.reason}
            for each in shown.extensions
        ],
        "definition": shown.definition,
    }  # fmt: skip


def entries(shown: Shown) -> Iterable[Entry]:
    """The dates of a call; its deadline is the extended one."""
    for step in reading.steps(shown.definition, shown.now):
        at = shown.deadline if step.name == "closes_at" and shown.deadline else step.at
        uid = f"call-{shown.call.slug}-{step.name}"
        yield Entry(uid, f"{shown.title}: {step.label}", at, url=_address(shown))


def atom(rows: Iterable[Shown]) -> str:
    """An Atom feed (RFC 4287), in the language of the address."""
    site, rows = settings.SITE["url"], list(rows)
    own = site + reverse("calls:feed")
    lang = language.short(translation.get_language() or "en")
    updated = max((_updated(each) for each in rows), default=dt.datetime(2004, 10, 1, tzinfo=dt.UTC))
    name = f"{settings.SITE['name']} · {_('Calls for applications')}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}"><id>{escape(own)}</id>'
        f"<title>{escape(name)}</title><updated>{updated.isoformat()}</updated>"
        f"<author><name>{escape(settings.SITE['name'])}</name></author>"
        f'<link rel="self" href={quoteattr(own)}/><link href={quoteattr(site + reverse("calls:calls"))}/>\n'
        f"{''.join(map(_entry, rows))}</feed>\n"
    )


def _entry(shown: Shown) -> str:
    address = _address(shown)
    summary, _code = in_language(
        shown.definition["about"]["summary"], translation.get_language() or "en", shown.definition["rules"]["languages"]
    )
    news = shown.extensions[-1].reason if shown.extensions else ""
    words = " · ".join(filter(None, (shown.call.reason, news, summary)))
    return (
        f"<entry><id>{escape(address)}</id><title>{escape(str(shown.title))}</title><link href={quoteattr(address)}/>"
        f"<updated>{_updated(shown).isoformat()}</updated><summary>{escape(words)}</summary></entry>\n"
    )


def _updated(shown: Shown) -> dt.datetime:
    """When it was last changed or extended."""
    told: list[dt.datetime] = [each.at for each in shown.call.versions.all()]
    return max([*told, *(each.at for each in shown.extensions)])


def _address(shown: Shown) -> str:
    return f"{settings.SITE['url']}{reverse('calls:call', args=[shown.call.slug])}"
