"""Connections to PostgreSQL that are kept between requests."""

import datetime as dt

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def kept():
    """A connection of its own, as a thread of a web worker keeps it."""
    other = connection.copy()
    other.ensure_connection()
    yield other
    other.close()


def _last(of: BaseDatabaseWrapper) -> dt.datetime:
    """When the last statement of this connection began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [of.connection.info.backend_pid])
        began: dt.datetime = cursor.fetchone()[0]
        return began


def test_an_open_connection_is_known_to_be_open_without_a_statement(kept):
    before = _last(kept)
    assert kept.is_usable()
    assert _last(kept) == before


def test_a_connection_the_server_has_ended_is_opened_anew(kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 1000)", [kept.connection.info.backend_pid])
    kept.health_check_enabled, kept.close_at = True, None
    kept.close_if_unusable_or_obsolete()  # as at the start of a request
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_after_an_error_the_server_is_asked(kept):
    before = _last(kept)
    kept.errors_occurred = True
    assert kept.is_usable()
    assert _last(kept) != before


def test_a_statement_asked_again_and_again_is_planned_once(kept):
    with kept.cursor() as cursor:
        for number in range(4):
            cursor.execute("SELECT name FROM network_city WHERE slug = %s", [f"city-{number}"])
        cursor.execute("SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE '%%FROM network_city%%'", [])
        assert cursor.fetchone() == (1,)
