"""Lists of cities, as tags for the templates."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from creativecities.core.templatetags.ui import field_glyph
from creativecities.portal.compute import markup
from creativecities.portal.compute.worldmap import Place
from creativecities.portal.queries import Count, First, Row, names

register = template.Library()


@register.simple_tag(takes_context=True)
def city_list(context: template.Context, cities: Iterable[Row], compact: bool = False) -> SafeString:
    """Member cities as a list; `compact` leaves the portraits out and sets them in columns."""
    filters = context.get("filters")
    query = filters.as_of if filters else ""
    root = context["chrome"].city_root
    items = markup.city_list(cities, root=root, glyph=field_glyph, compact=compact, query=query)
    return mark_safe(f'<ul class="cities{" compact" if compact else ""}">{items}</ul>')


@register.simple_tag(takes_context=True)
def city_cards(context: template.Context, cities: Iterable[Place]) -> SafeString:
    """Other cities as cards."""
    root, countries = context["chrome"].city_root, names()["country"]
    return mark_safe(markup.cards(cities, root=root, glyph=field_glyph, countries=countries))


@register.simple_tag(takes_context=True)
def first_rows(context: template.Context, firsts: Iterable[First], rows: str) -> SafeString:
    """The first city of each country by year; `rows` begins the address of a year's cities."""
    chrome = context["chrome"]
    return mark_safe(markup.first_rows(firsts, rows=rows, countries=chrome.country_root, cities=chrome.city_root))


@register.simple_tag(takes_context=True)
def country_numbers(context: template.Context, counts: Iterable[Count], rows: str) -> SafeString:
    """Countries with their numbers as the items of a list; `rows` begins the address of a country's cities."""
    return mark_safe(markup.country_numbers(counts, rows=rows, countries=context["chrome"].country_root))
