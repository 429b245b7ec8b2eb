"""The desk of the Secretariat, for tests of calls."""

from typing import Any

import pytest

from creativecities.network.tests import team

DESK = "/secretariat/calls/"


@pytest.fixture
def officer() -> Any:
    return team.officer("Olga Exemplo")


@pytest.fixture
def desk(client: Any, officer: Any) -> Any:
    return team.sign_in(client, officer)


def read(client: Any, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())
