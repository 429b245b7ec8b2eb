"""The client, the files and the jobs of tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as property_tests

from tests.harness import reference
from tests.strict import StrictClient

# A machine that is busy with something else is no fault of what is tested.
property_tests.register_profile("patient", suppress_health_check=[HealthCheck.too_slow], deadline=None)
property_tests.load_profile("patient")


@pytest.fixture
def client() -> Client:
    """A visitor's browser that complains about every page that is not right."""
    return StrictClient()


@pytest.fixture
def new_client() -> type[StrictClient]:
    """For tests with several visitors: call it for each."""
    return StrictClient


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Files handed in during a test stay in its own folder."""
    settings.MEDIA_ROOT, settings.EXPORTS_ROOT = tmp_path / "files", tmp_path / "exports"
    return tmp_path / "files"


@pytest.fixture
def database_jobs(db: None) -> Iterator[None]:
    """Jobs are kept in the database until a worker takes them, as in production."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}):
        yield


@pytest.fixture(scope="session")
def real_network(django_db_setup: None, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A database that holds the reference data; loaded once in a run."""
    with django_db_blocker.unblock():
        network = reference.load()
        yield network
        reference.drop(network)


@pytest.fixture
def reference_data(db: None, real_network: BaseDatabaseWrapper) -> Iterator[None]:
    """The real network, with its 405 known members, is the database of this test."""
    with reference.lent(real_network):
        yield
