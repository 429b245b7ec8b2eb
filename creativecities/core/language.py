"""The language is the first part of the path: `/fr/atlas/`; English has none. Nothing else decides it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

PREFIXES = {"fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh": "zh-hans"}
_PREFIX_OF = {code: prefix for prefix, code in PREFIXES.items()}
RIGHT_TO_LEFT = frozenset({"ar"})


def split(path: str) -> tuple[str, str]:
    """`/fr/atlas/` → ("fr", "/atlas/"); `/atlas/` → ("en", "/atlas/")."""
    first, slash, rest = path[1:].partition("/")
    if slash and first in PREFIXES:
        return PREFIXES[first], "/" + rest.lstrip("/\\")
    return settings.LANGUAGE_CODE, "/" + path.lstrip("/\\")


def address(path: str, code: str) -> str:
    """The address of an unprefixed path in a language."""
    prefix = _PREFIX_OF.get(code)
    return f"/{prefix}{path}" if prefix else path


def short(code: str) -> str:
    """`zh-hans` → `zh`: the suffix of name columns and the part of the path."""
    return code[:2]


def by_path(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: speak the language of the address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code, bare = split(request.path_info)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        request.bare_path = bare  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


class _Prefix(LocalePrefixPattern):
    @property
    def language_prefix(self) -> str:
        prefix = _PREFIX_OF.get(translation.get_language() or settings.LANGUAGE_CODE)
        return f"{prefix}/" if prefix else ""


def in_six_languages(*patterns: Any) -> list[URLResolver]:
    """Wrap URL patterns so that each has an address in every language."""
    return [URLResolver(_Prefix(prefix_default_language=False), list(patterns))]
