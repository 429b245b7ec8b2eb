"""Which database the tests run on: SQLite, or PostgreSQL with `--db=postgres` or TEST_DATABASE_URL."""

import pytest

from creativecities.core import catalogues
from tests import settings as test_settings

DATABASE = {"db", "transactional_db", "django_db_setup"}
"""Without one of these fixtures, or the mark that asks for them, pytest-django lets no test near a database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=["sqlite", "postgres"], default="sqlite", help="the database of the tests")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # once for all processes of this run
        catalogues.compile_stale()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What may not touch a database is changed by none. What is of PostgreSQL alone is left out elsewhere, not skipped:
    a skipped test is a check that was not made.
    """
    for item in items:
        if not item.get_closest_marker("django_db") and not DATABASE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.apart)
    if not test_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def pytest_report_header() -> str:
    return f"database: {test_settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


def pytest_unconfigure(config: pytest.Config) -> None:
    test_settings.tidy()
