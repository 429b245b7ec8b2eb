"""A city's page: a view of what is recorded about it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config import navigation
from creativecities.conference.queries import hosts
from creativecities.core import days, pages
from creativecities.core.access import page
from creativecities.core.templatetags.ui import field_glyph
from creativecities.exchange.queries import found as exchange
from creativecities.exchange.queries import needs
from creativecities.exchange.queries.wanted import looking
from creativecities.network.models.listing import FOREVER
from creativecities.portal import queries
from creativecities.portal.compute import lines
from creativecities.portal.queries import profile, search

MOST_INITIATIVES = 6


@page("public", cache=True)
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """One city as it is, or as it was on a day. Five statements."""
    today = days.today()
    day = pages.as_of(request.GET, today=today) or today
    row = queries.row(slug, day)
    if row is None:
        return _moved(request, slug)
    chrome = navigation.chrome(get_language() or settings.LANGUAGE_CODE)
    context = profile.context(row, root=chrome.city_root, day=day, is_today=day == today, person=request.user)
    begun = FOREVER if day == today else day  # what is planned is shown, but not as a part of an earlier day
    found = exchange.of_city(row.city_id, day=begun, most=MOST_INITIATIVES + 1)
    shown = lines.initiatives(
        found[:MOST_INITIATIVES],
        root=chrome.initiative_root,
        of=row.slug,
        field=row.field_id,
        glyph=field_glyph(row.field_id),
        notes=dict.fromkeys(looking(), _("Looking for partners")) if day == today else {},
    )
    more = {
        "initiatives": SafeString(shown),
        "has_more_initiatives": len(found) > MOST_INITIATIVES,
        "needs": needs.open_of(row.city_id, day=day) if day == today else [],
        "hosted": hosts.hosted_by(row.city_id, day),
        "similar": SafeString(lines.similar(search.similar("city", row.slug))) if day == today else "",
    }
    return render(request, "portal/city.html", context | more)


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    """An address under a former or other name leads to the city's own."""
    present = queries.slug_of_name(slug)
    if present is None or present == slug:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse("portal:city", args=[present]) + (f"?{query}" if query else ""))
