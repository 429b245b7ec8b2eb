"""What every template has: the site, the page's address in each language, the frame around it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from config import navigation
from creativecities.core import language, theme
from creativecities.core.pages import bare_path


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Costs no statement for a visitor without a session."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES and hasattr(request, "user")
    return around(
        request,
        signed_in=has_session and request.user.is_authenticated,
        may_have_messages=has_session or "messages" in request.COOKIES,
    )


def around(request: HttpRequest, *, signed_in: bool, may_have_messages: bool) -> dict[str, Any]:
    """What surrounds a page; needs neither database nor session."""
    path = bare_path(request)
    code = get_language() or settings.LANGUAGE_CODE
    here = language.address(path, code)
    return {
        "site": settings.SITE,
        "lang": language.short(code),
        "direction": "rtl" if code in language.RIGHT_TO_LEFT else "ltr",
        "path": path,
        "here": here,
        "theme": theme.chosen(request),
        "signed_in": signed_in,
        "may_have_messages": may_have_messages,
        "chrome": navigation.chrome(code),
        "frame": navigation.frame(code, path, here, signed_in=signed_in),
    }
