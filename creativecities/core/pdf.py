"""Papers as PDF: a template set in type, in any script. Nothing is fetched but our own static files.

Where Pango is missing nothing is set in type: the same template is shown as a page to print, and says so.
"""

import functools
import mimetypes
import re
import threading
import unicodedata
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from creativecities.core import language

ROOT = "https://static.invalid"
"""Where addresses in a template are taken from; nobody can have this name (RFC 2606)."""
_ONE_AT_A_TIME = threading.Lock()
"""Pango and fontconfig are not made for several threads."""

_AUTO = re.compile(r'\bdir="auto"')
_TOKENS = re.compile(r"<[^>]*>|&#?\w+;|[^<&]")
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@functools.cache
def is_possible() -> bool:
    """Whether this machine sets PDFs in type."""
    try:
        import weasyprint  # noqa: F401  # a second, and libraries of the system that may be missing
    except (ImportError, OSError):
        return False
    return True


def as_pdf(template: str, context: Mapping[str, Any], language: str) -> bytes:
    """A PDF in a language, from a template that extends `core/paper.html`. To be called outside of transactions.

    Takes tenths of a second a page. Raises RuntimeError where `is_possible` says no.
    """
    if not is_possible():
        raise RuntimeError("no PDF without Pango")
    import weasyprint

    with override(language):
        text = render_to_string(template, _around(language) | dict(context))
    with _ONE_AT_A_TIME:
        page = weasyprint.HTML(string=directed(text), base_url=f"{ROOT}/", url_fetcher=_fetcher()())
        made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")  # tagged, so that it can be listened to
    return made


def directed(text: str) -> str:
    """HTML in which each `dir="auto"` is what a browser would make of it, from the first letter: typesetting does not.

    >>> directed('<p dir="auto">1. <b>&amp; مدينة</b></p>')
    '<p dir="rtl">1. <b>&amp; مدينة</b></p>'
    """

    def found(mark: re.Match[str]) -> str:
        beyond = text.index(">", mark.end()) + 1
        for token in _TOKENS.finditer(text, beyond):
            if (strong := unicodedata.bidirectional(token[0]) if len(token[0]) == 1 else "") in _STRONG:
                return f'dir="{_STRONG[strong]}"'
        return 'dir="ltr"'

    return _AUTO.sub(found, text)


def made(
    template: str, context: Mapping[str, Any], language: str, request: HttpRequest | None = None
) -> tuple[bytes, str]:
    """The paper and the end of its name: a PDF, or the page to print. To be called outside of transactions."""
    if is_possible():
        return as_pdf(template, context, language), "pdf"
    with override(language):
        text = render_to_string(template, _around(language) | {"is_to_be_printed": True} | dict(context), request)
    return text.encode(), "html"


def offer(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, name: str, language: str = ""
) -> HttpResponse:
    """The paper in a language, else in that of the page, to keep under a name; kept by nobody on the way."""
    raw, kind = made(template, context, language or get_language() or settings.LANGUAGE_CODE, request)
    response = HttpResponse(raw)
    if kind == "pdf":
        response["Content-Type"] = "application/pdf"
        response["Content-Disposition"] = f'attachment; filename="{re.sub(r"[^a-zA-Z0-9-]+", "-", name)}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _around(code: str) -> dict[str, Any]:
    """What a paper has of the frame around pages."""
    direction = "rtl" if code in language.RIGHT_TO_LEFT else "ltr"
    return {"site": settings.SITE, "lang": language.short(code), "direction": direction}


@functools.cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFiles(URLFetcher):  # type: ignore[misc]
        """Gives our static files; whatever else is asked for, on this machine or another, is not there."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            found = static_file(url)
            if found is None:
                raise ValueError(f"not one of our static files: {url}")
            kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, found, {"Content-Type": kind})

    return OurFiles


def static_file(url: str) -> IO[bytes] | None:
    """The static file of an address below ROOT; None for every other address."""
    parts = urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != ROOT or not parts.path.startswith(settings.STATIC_URL):
        return None
    name = unquote(parts.path.removeprefix(settings.STATIC_URL))
    if ".." in name.split("/"):
        return None
    if staticfiles_storage.exists(name):
        kept: IO[bytes] = staticfiles_storage.open(name)
        return kept
    path = finders.find(name)  # not collected yet
    return open(path, "rb") if isinstance(path, str) else None  # who reads it closes it
