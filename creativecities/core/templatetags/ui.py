"""Small tags every template has."""

import functools
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def glyph(name: str, label: str = "", css: str = "glyph") -> SafeString:
    """A symbol of the sprite at the top of every page; decorative unless it has a label."""
    use = format_html('<use href="#g-{}"></use>', name)
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', css, label, use)
    return format_html('<svg class="{}" aria-hidden="true" focusable="false">{}</svg>', css, use)


@register.simple_tag
@functools.cache
def field_glyph(name: str) -> SafeString:
    """The glyph of a creative field, decorative; put together once."""
    return glyph(name)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The present query string with some keys changed; an empty value takes a key away. Starts with `?`."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return "?" + query.urlencode()


@register.filter
def collapsed(text: str) -> str:
    """Text on one line, whatever was marked safe before it."""
    return mark_safe(" ".join(text.split())) if isinstance(text, SafeString) else " ".join(text.split())


@register.filter
def attributes(field: Any, extra: str = "") -> SafeString:
    """A bound form field as its widget, tied to its help and its errors for those who listen to the page."""
    described = [f"{field.auto_id}_help"] if field.help_text else []
    attrs: dict[str, Any] = {}
    if field.errors:
        described.append(f"{field.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if extra:
        attrs["class"] = extra
    return SafeString(field.as_widget(attrs=attrs))  # the widget escapes
