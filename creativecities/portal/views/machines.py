"""What machines read: the map of the site, rules for robots, cards of shared links, feeds."""

import datetime as dt
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from creativecities.calls.models import Call
from creativecities.conference.models import Edition
from creativecities.core import atom, days, downloads, language
from creativecities.core.access import page
from creativecities.exchange.queries import found as exchange
from creativecities.network.models import CreativeField, Region
from creativecities.portal import queries
from creativecities.portal.card import Card, png
from creativecities.portal.compute.filters import Filters

MOST_ADDRESSES = 45_000
NEWEST = 30
PAGES = (
    "home", "atlas", "fields", "regions", "countries", "initiatives", "exchange", "opportunities", "statistics",
    "data", "quality",
    "objectives", "how_to_join", "faq", "about", "partners", "contact", "privacy", "terms", "imprint", "accessibility",
)  # fmt: skip
PRIVATE = ("account", "sign-in", "sign-out", "invitations", "desk", "secretariat", "_ui")
CODES = [code for code, _name in settings.LANGUAGES]


def _xml(body: str, kind: str = "application/xml") -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', content_type=f"{kind}; charset=utf-8")


def _public_paths(person: Any) -> list[str]:
    """Every public page without its language. Seven statements."""
    with translation.override(settings.LANGUAGE_CODE):
        paths = [reverse(f"portal:{name}") for name in PAGES]
        paths += [reverse("portal:field", args=[field.pk]) for field in CreativeField.objects.visible_to(person)]
        paths += [reverse("portal:region", args=[region.pk]) for region in Region.objects.visible_to(person)]
        paths += [reverse("portal:country", args=[iso]) for iso, _year, _number in queries.ever("country_id")]
        root, others = (reverse(f"portal:{name}", args=["x"]).removesuffix("x/") for name in ("city", "initiative"))
        paths.append(reverse("calls:calls"))
        paths += [reverse("calls:call", args=[call.slug]) for call in Call.objects.visible_to(person)]
        paths.append(reverse("conference:editions"))
        slugs = Edition.objects.visible_to(person).values_list("slug", flat=True)
        paths += [reverse("conference:edition", args=[slug]) for slug in slugs]
    paths += [f"{root}{slug}/" for slug in queries.all_slugs()]
    return [*paths, *(f"{others}{slug}/" for slug in exchange.slugs())]


@page("public", cache=True)
def sitemap(request: HttpRequest, part: int = 0) -> HttpResponse:
    """Every public page in six languages, each with the others; above 45,000 addresses an index of parts."""
    paths = _public_paths(request.user)
    size = MOST_ADDRESSES // len(CODES)
    parts = -(-len(paths) // size)
    if part > parts or (part and parts == 1):
        raise Http404
    if not part and parts > 1:
        return _xml(_index(parts))
    chosen = paths[(part - 1) * size : part * size] if part else paths
    return _xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "".join(map(_addresses, chosen))
        + "</urlset>\n"
    )


def _index(parts: int) -> str:
    site = settings.SITE["url"]
    rows = "".join(f"<sitemap><loc>{site}/sitemap-{part}.xml</loc></sitemap>\n" for part in range(1, parts + 1))
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</sitemapindex>\n'


def _addresses(path: str) -> str:
    site = escape(settings.SITE["url"])
    versions = [(language.short(code), f"{site}{language.address(path, code)}") for code in CODES]
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in versions)
    return "".join(f"<url><loc>{address}</loc>{links}</url>\n" for _code, address in versions)


@page("public", cache=True)
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: all that is public, but not every mixture of filters; nothing where SITE is not indexed."""
    lines = ["User-agent: *"]
    if settings.SITE["indexed"]:
        prefixes = ["/", *(f"{language.address('/', code)}" for code in CODES if code != settings.LANGUAGE_CODE)]
        lines += [f"Disallow: {prefix}{name}/" for prefix in prefixes for name in PRIVATE]
        lines += ["Disallow: /*?*as_of=", "Disallow: /*?*q=", "Disallow: /*?*sort=", "Disallow: /*?*&"]
        lines += ["", f"Sitemap: {settings.SITE['url']}/sitemap.xml"]
    else:
        lines.append("Disallow: /")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@page("public", cache=True)
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116). Does not exist while the operator has given no address."""
    contact = settings.SITE["contact_email"]
    if not contact:
        raise Http404
    site, month = settings.SITE["url"], days.today().replace(day=1)
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {(month + dt.timedelta(days=180)).isoformat()}T00:00:00Z",
        "Preferred-Languages: en, fr",
        f"Canonical: {site}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@page("public", cache=True)
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and pictures for a phone's home screen."""
    document = {
        "name": settings.SITE["name"],
        "short_name": settings.SITE["name"],
        "start_url": reverse("portal:home"),
        "display": "minimal-ui",
        "background_color": "#FBFAF7",
        "theme_color": "#0B4F5C",
        "icons": [
            {"src": static("core/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("core/apple-touch-icon.png"), "sizes": "180x180", "type": "image/png"},
        ],
    }
    return downloads.as_json(document, content_type="application/manifest+json")


@page("public")
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of a city, in English as link previews are the same for everyone. One statement."""
    today = days.today()
    with translation.override(settings.LANGUAGE_CODE):
        row = queries.row(slug, today)
        if row is None:
            raise Http404
        drawn = Card(
            key=row.slug,
            title=row.name,
            local_title=row.local_name,
            local_language=row.local_language,
            line=f"{row.country} · {row.field} · {row.year}",
            field=row.field_id,
            point=(row.map_x, row.map_y),
            site=settings.SITE["name"],
            dots=_dots(today),
        )
    return _picture(request, drawn)


@page("public")
def site_card(request: HttpRequest) -> HttpResponse:
    """The card of every other page: the network on its map."""
    dots = _dots(days.today())
    with translation.override(settings.LANGUAGE_CODE):
        line = _("%(number)s cities that create, together") % {"number": len(dots)}
    drawn = Card("_network", settings.SITE["name"], "", "", line, "", None, "", dots)
    return _picture(request, drawn)


def _dots(day: dt.date) -> tuple[tuple[float, float], ...]:
    return tuple((place.x, place.y) for place in queries.places(day))


def _picture(request: HttpRequest, drawn: Card) -> HttpResponse:
    etag = f'"{drawn.digest}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(png(drawn), content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600"
    return response


@page("public", cache=True)
def feed(request: HttpRequest) -> HttpResponse:
    """An Atom feed of the newest members, in the language of the address. One statement."""
    rows = queries.rows(Filters(day=days.today(), sort="newest"), limit=NEWEST)
    return atom.as_feed(request, _("Newest members"), reverse("portal:atlas"), map(_member, rows))


def _member(row: queries.Row) -> atom.Entry:
    words = _("%(country)s, creative city of %(field)s since %(year)s") % {
        "country": row.country,
        "field": row.field,
        "year": row.year,
    }
    address = settings.SITE["url"] + reverse("portal:city", args=[row.slug])
    return atom.Entry(address, row.name, words, _midnight(row.joined_on), ((row.field_id, row.field),))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, dt.UTC)
