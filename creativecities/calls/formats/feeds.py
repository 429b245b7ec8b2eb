"""Calls as data, as a feed and as dates for calendars."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute.definition import languages
from creativecities.calls.compute.instants import instants
from creativecities.calls.queries.calls import Shown
from creativecities.core import atom
from creativecities.core.calendars import Entry
from creativecities.core.words import in_language


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
            {"country": each.country.pk if each.country else None, "closes_at": each.closes_at, "reason": each.reason}
            for each in shown.extensions
        ],
        "definition": shown.definition,
    }  # fmt: skip


COLUMNS = ("slug", "title", "url", "state", "phase", "version", "opens_at", "deadline", "zone")


def as_row(shown: Shown) -> dict[str, Any]:
    """A call as one line of a table."""
    return as_data(shown) | {"opens_at": shown.call.opens_at, "zone": shown.definition["dates"]["zone"]}


def entries(shown: Shown) -> Iterable[Entry]:
    """The dates of a call; its deadline is the extended one, and countries with more time have their own."""
    address, is_off = _address(shown), shown.call.state == states.WITHDRAWN
    uid = f"call-{shown.call.slug}"
    for step in shown.steps:
        yield Entry(f"{uid}-{step.name}", f"{shown.title}: {step.label}", step.at, url=address, is_off=is_off)
    for each in shown.extensions:
        if each.country:
            title = _("%(call)s: deadline for cities of %(country)s") % {
                "call": shown.title, "country": each.country.name,
            }  # fmt: skip
            yield Entry(f"{uid}-closes_at-{each.country.pk}", title, each.closes_at, url=address, is_off=is_off)


def news(shown: Shown) -> Iterable[atom.Entry]:
    """What there is to tell of a call: that it is published, each change and extension, and that it is withdrawn."""
    said, address, title = shown.definition, _address(shown), str(shown.title)
    summary, code = in_language(said["about"]["summary"], translation.get_language() or "en", languages(said))
    for version in shown.call.history:
        part = f"#version-{version.number}" if version.number > 1 else ""
        yield atom.Entry(address, title, version.reason or summary, version.at, language=code, part=part)
    for each in shown.extensions:
        whom = each.country.name if each.country else _("every country")
        words = f"{whom}: {each.day.isoformat()} {each.hour} ({shown.zone}). {each.reason}"
        yield atom.Entry(address, title, words, each.at, part=f"#extended-{each.at:%Y%m%d%H%M%S}")
    if (announced := shown.announcement) and announced.announced_at:
        said_title, code = in_language(announced.title, translation.get_language() or "en", languages(said))
        words, _code = in_language(announced.text, code, languages(said))
        page = f"{settings.SITE['url']}{reverse('calls:announcement', args=[shown.call.slug])}"
        yield atom.Entry(page, said_title, words, announced.announced_at, language=code)
    if shown.call.withdrawn_at:
        words = f"{_('This call was withdrawn.')} {shown.call.reason}"
        yield atom.Entry(address, title, words, shown.call.withdrawn_at, part="#withdrawn")


def _address(shown: Shown) -> str:
    return f"{settings.SITE['url']}{reverse('calls:call', args=[shown.call.slug])}"
