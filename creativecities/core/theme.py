"""Light or dark: as the reader's system is, until she chooses. A choice is a cookie: pages come in its colours."""

from django.http import HttpRequest

COOKIE = "theme"
_CHOICES = frozenset({"light", "dark"})


def chosen(request: HttpRequest) -> str:
    """`light` or `dark`; empty for readers who follow their system."""
    choice = request.COOKIES.get(COOKIE, "")
    return choice if choice in _CHOICES else ""
