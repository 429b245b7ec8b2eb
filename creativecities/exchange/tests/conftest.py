"""What the tests of invitations share."""

from typing import Any

import pytest

from creativecities.exchange.models import Initiative
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import member


@pytest.fixture
def feast() -> Initiative:
    host = member(name="Vila Festiva", field="gastronomy")
    return initiative("Feast of the river", lead=host, fields="gastronomy")


@pytest.fixture
def guests(feast: Initiative) -> list[City]:
    """Three cities of gastronomy with a team, one without, and one of film."""
    cities = [member(name=f"Vila {name}", field="gastronomy") for name in ("Um", "Dois", "Tres", "Calada")]
    for city in cities[:3]:
        team.member(city, f"Pessoa de {city.name}")
    team.member(member(name="Vila Longe", field="film"), "Filipa Exemplo")
    return cities


@pytest.fixture
def host(new_client: Any, feast: Initiative) -> Any:
    return team.sign_in(new_client(), team.member(feast.lead, "Ana Exemplo"))
