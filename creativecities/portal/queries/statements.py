"""A raw statement, and the language of the names it reads."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from creativecities.core import language


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
