"""The frame of every page: brand, menus, footer. The same for everyone, so it is put together once per language."""

import functools
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from creativecities.core import language


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chrome:
    """What surrounds a page, in one language."""

    home: str
    atlas: str
    desk: str
    account: str
    sign_in: str
    city_root: str
    field_root: str
    country_root: str
    region_root: str
    initiative_root: str
    data_root: str
    language: str
    main: tuple[Item, ...]
    secretariat: tuple[Item, ...]
    footer: tuple[Column, ...]
    disclaimer: str


def _portal(label: str, name: str) -> Item:
    return Item(label, reverse(f"portal:{name}"))


def _root(name: str, example: str) -> str:
    """The address above the pages of one kind: lists put a slug behind it instead of asking for each address anew."""
    return reverse(name, args=[example]).removesuffix(f"{example}/")


def _footer() -> tuple[Column, ...]:
    return (
        Column(
            _("The network"),
            (
                _portal(_("Atlas"), "atlas"),
                _portal(_("Search"), "search"),
                _portal(_("Initiatives"), "initiatives"),
                _portal(_("Needs and offers"), "exchange"),
                _portal(_("Opportunities"), "opportunities"),
                _portal(_("Statistics"), "statistics"),
                _portal(_("Who works with whom"), "network"),
                _portal(_("Objectives"), "objectives"),
                _portal(_("How to join"), "how_to_join"),
                Item(_("Calls for applications"), reverse("calls:calls")),
                Item(_("Annual conference"), reverse("conference:editions")),
            ),
        ),
        Column(
            _("The data"),
            (
                _portal(_("Data"), "data"),
                _portal(_("Data quality"), "quality"),
                _portal(_("Questions and answers"), "faq"),
            ),
        ),
        Column(
            _("This site"),
            (
                _portal(_("About"), "about"),
                _portal(_("Partners"), "partners"),
                _portal(_("Contact"), "contact"),
                _portal(_("Imprint"), "imprint"),
            ),
        ),
        Column(
            _("Your rights"),
            (
                _portal(_("Privacy"), "privacy"),
                _portal(_("Terms"), "terms"),
                _portal(_("Accessibility"), "accessibility"),
            ),
        ),
    )


def _secretariat() -> tuple[Item, ...]:
    """The desks of the Secretariat, whatever slice they are of."""
    return (
        Item(_("Today"), reverse("network:secretariat")),
        Item(_("Cities"), reverse("network:secretariat_cities")),
        Item(_("People"), reverse("network:secretariat_people")),
        Item(_("National Commissions"), reverse("network:secretariat_commissions")),
        Item(_("Sub-networks"), reverse("network:secretariat_fields")),
        Item(_("Calls"), reverse("calls:all")),
        Item(_("Annual conference"), reverse("conference:desk")),
        Item(_("Reference data"), reverse("network:secretariat_data")),
        Item(_("Outbox"), reverse("network:secretariat_outbox")),
        Item(_("Events"), reverse("network:secretariat_events")),
    )


@functools.lru_cache(maxsize=16)
def chrome(code: str) -> Chrome:
    """The frame in the active language, whose code is `code`."""
    return Chrome(
        home=reverse("portal:home"),
        atlas=reverse("portal:atlas"),
        desk=reverse("portal:desk"),
        account=reverse("accounts:profile"),
        sign_in=reverse("account_request_login_code"),
        city_root=_root("portal:city", "x"),
        field_root=_root("portal:field", "x"),
        country_root=_root("portal:country", "XX"),
        region_root=_root("portal:region", "x"),
        initiative_root=reverse("portal:initiatives"),
        data_root=reverse("portal:atlas").rstrip("/"),
        language=dict(settings.LANGUAGES)[code],
        main=(
            _portal(_("Atlas"), "atlas"),
            _portal(_("Initiatives"), "initiatives"),
            _portal(_("Statistics"), "statistics"),
            _portal(_("Objectives"), "objectives"),
            _portal(_("How to join"), "how_to_join"),
            _portal(_("Data"), "data"),
            _portal(_("About"), "about"),
        ),
        secretariat=_secretariat(),
        footer=_footer(),
        disclaimer=_(
            "Independent software, not published or endorsed by UNESCO. Place data: GeoNames, CC BY 4.0. "
            "Land: Natural Earth. The map shows no borders and implies no opinion on any."
        ),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The three parts of a page around its content, ready to send."""

    head: SafeString
    top: SafeString
    foot: SafeString


_HERE = "/__here__/"


def frame(code: str, path: str, here: str, *, signed_in: bool) -> Frame:
    """The frame of the page at `path`. Everything but the page's own address is the same for all, so it is kept."""
    known = here if here in _current(code) else ""
    parts = _parts(code, known, signed_in)
    written = escape(path)
    return Frame(
        mark_safe(parts.head.replace(_HERE, written)),
        mark_safe(parts.top.replace(_HERE, written)),
        parts.foot,
    )


@functools.cache
def _current(code: str) -> frozenset[str]:
    """The addresses that the menu marks as the present one."""
    whole = chrome(code)
    return frozenset({whole.desk, *(item.url for item in whole.main)})


@functools.lru_cache(maxsize=200)
def _parts(code: str, here: str, signed_in: bool) -> Frame:
    context = {
        "site": settings.SITE,
        "lang": language.short(code),
        "path": _HERE,
        "here": here,
        "signed_in": signed_in,
        "chrome": chrome(code),
        "languages": [
            {"short": language.short(each), "name": name, "address": language.address(_HERE, each)}
            for each, name in settings.LANGUAGES
        ],
    }
    return Frame(*(SafeString(render_to_string(f"core/_{part}.html", context)) for part in ("head", "top", "foot")))
