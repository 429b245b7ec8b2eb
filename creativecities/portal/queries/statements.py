"""A raw statement on the flat listing, and the names of the vocabularies that go with it."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from creativecities.core import freshness, language

LABELS = {"field": "network_creativefield", "region": "network_region", "country": "network_country"}
KEYS = {"field": "slug", "region": "slug", "country": "iso2"}


def fetch(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of one raw statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def fetch_bytes(statement: str) -> list[tuple[Any, ...]]:
    """The same where most of it is bytes, which PostgreSQL otherwise sends as twice as many hexadecimal digits."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor.format = 1
        cursor.execute(statement, [])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def suffix() -> str:
    """The ending of the columns in the reader's language."""
    return language.short(get_language() or "en")


def names(ending: str = "") -> dict[str, dict[str, str]]:
    """Names of fields, regions and countries in the reader's language or another, by key; kept until the next write."""
    return _names(ending or suffix())


@freshness.kept(maxsize=6)
def _names(suffix: str) -> dict[str, dict[str, str]]:
    statement = " UNION ALL ".join(f"SELECT '{n}', {KEYS[n]}, name_{suffix} FROM {t}" for n, t in LABELS.items())
    found: dict[str, dict[str, str]] = {name: {} for name in LABELS}
    for name, key, label in fetch(statement, []):
        found[name][key] = label
    return found
