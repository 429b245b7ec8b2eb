"""The desk of the Secretariat, a call, who prepares a file and who endorses it, for tests of calls."""

from typing import Any

import pytest

from creativecities.accounts.tests import people
from creativecities.calls.tests import kit
from creativecities.network.tests import factories, team

DESK = "/secretariat/calls/"


@pytest.fixture
def officer() -> Any:
    return team.officer("Olga Exemplo")


@pytest.fixture
def desk(client: Any, officer: Any) -> Any:
    return team.sign_in(client, officer)


@pytest.fixture
def call(officer: Any) -> Any:
    return kit.published(officer)


@pytest.fixture
def rui() -> Any:
    return people.person("Rui Exemplo")


@pytest.fixture
def eva() -> Any:
    return people.person("Eva Exemplo")


@pytest.fixture
def file(call: Any, rui: Any) -> Any:
    """Begun, with nothing in it."""
    return kit.begun(call, rui)


@pytest.fixture
def nadia(call: Any) -> Any:
    return kit.officer_of(kit.country())


def read(client: Any, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


@pytest.fixture
def head(db: Any) -> Any:
    """Of the network."""
    return factories.holder("head-of-the-network", "Hana Exemplo")
