"""Lists of cities, as tags for the templates."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from creativecities.core.templatetags.ui import field_glyph
from creativecities.portal.compute import markup
from creativecities.portal.queries import Row

register = template.Library()


@register.simple_tag(takes_context=True)
def city_list(context: template.Context, cities: Iterable[Row], compact: Any = False) -> SafeString:
    """Member cities as the items of a list."""
    root = context["chrome"].city_root
    return mark_safe(markup.city_list(cities, root=root, glyph=field_glyph, compact=bool(compact)))


@register.simple_tag(takes_context=True)
def city_cards(context: template.Context, cities: Iterable[Mapping[str, Any]]) -> SafeString:
    """Other cities as cards."""
    return mark_safe(markup.cards(cities, root=context["chrome"].city_root, glyph=field_glyph))
