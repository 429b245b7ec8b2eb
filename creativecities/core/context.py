"""What every template has: the site, the page's address in each language, the navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from config import navigation
from creativecities.core import language
from creativecities.core.pages import bare_path

_LANGUAGES = [(code, language.short(code), name) for code, name in settings.LANGUAGES]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Costs no statement."""
    path = bare_path(request)
    code = get_language() or settings.LANGUAGE_CODE
    return {
        "site": settings.SITE,
        "lang": language.short(code),
        "direction": "rtl" if code in language.RIGHT_TO_LEFT else "ltr",
        "path": path,
        "here": language.address(path, code),
        "chrome": navigation.chrome(code),
        "languages": [
            {"code": code, "short": short, "name": name, "address": language.address(path, code)}
            for code, short, name in _LANGUAGES
        ],
    }
