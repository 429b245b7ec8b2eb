"""What cities have written, compared in meaning, is a signal of the matching; without meanings the page says so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.core import freshness
from creativecities.exchange.compute.matching import Network
from creativecities.exchange.models import Initiative
from creativecities.exchange.queries import matching
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import member
from creativecities.search import jobs
from creativecities.search.compute import engine
from creativecities.search.queries import meanings, wholes

pytestmark = pytest.mark.django_db
UNKNOWN = "not compared in meaning at present"


@pytest.fixture
def tell(settings: Any, tmp_path: Any) -> Callable[[], Network]:
    """Index, tell meanings with the engine of tests, and match."""
    settings.MEANING_ENGINE = "creativecities.search.tests.engines.Hash"
    settings.MEANINGS_FILE = tmp_path / "none.npz"
    engine._loaded.clear()
    meanings.directions.cache_clear()
    wholes._told.cache_clear()

    def told() -> Network:
        jobs.bring_up_to_date()
        jobs.tell_meanings(seconds=9)
        freshness.forget()
        return matching.network()

    return told


OTHERS = (
    "Bread. Ovens. Millers.",
    "Glass. Sand. Fire.",
    "Wool. Sheep. Looms.",
    "Salt. Ships. Ropes.",
    "Bells. Tin. Towers.",
)


def puppets() -> tuple[City, City, City]:
    """Three cities, of which the first two have written of the same, and others that have not."""
    for number, portrait in enumerate(OTHERS):
        initiative(f"Fair {number}", summary=portrait, lead=member(portrait=portrait))
    return (
        member(name="Vila Nova", is_listed=True, portrait="Puppets are carved here. Strings. Stages. Masks. Wood."),
        member(name="Vila Velha", is_listed=True, portrait="Here puppets are carved. Stages. Wood. Masks. Strings."),
        member(name="Vila Longe", is_listed=True, portrait="Cheese. Rennet. Cellars. Goats. Milk."),
    )


def closeness(network: Network, one: City, other: City) -> float:
    return network.explained(one.pk, [other.pk])[0].parts["meaning"][0]


def test_who_has_written_of_the_same_is_closer(client: Any, tell: Callable[[], Network]):
    one, alike, other = puppets()
    network = tell()
    assert network.knows_meaning
    assert closeness(network, one, alike) > 0.5 > closeness(network, one, other)
    text = team.sign_in(client, team.member(one)).get("/cities/vila-nova/exchange/partners/").content.decode()
    assert "What both write is close in meaning" in text
    assert UNKNOWN not in text


def test_initiatives_count_for_the_cities_that_take_part_as_long_as_they_are_published(tell: Callable[[], Network]):
    one, _alike, other = puppets()
    before = closeness(tell(), one, other)
    initiative("Lamps of paper", summary="Paper lamps float at night.", lead=one)
    initiative("Paper lamps", summary="At night lamps of paper float.", lead=member(), partners=(other,))
    assert closeness(tell(), one, other) > before
    Initiative.objects.update(state="retired")
    freshness.forget()
    assert closeness(matching.network(), one, other) == pytest.approx(before, abs=0.05)


def test_without_meanings_the_signal_is_nothing_and_the_page_says_so(client: Any):
    one, alike, _other = puppets()
    assert not matching.network().knows_meaning
    assert closeness(matching.network(), one, alike) == 0
    text = team.sign_in(client, team.member(one)).get("/cities/vila-nova/exchange/partners/").content.decode()
    assert UNKNOWN in text


def test_without_the_engine_what_was_told_before_still_counts(settings: Any, tell: Callable[[], Network]):
    one, alike, _other = puppets()
    tell()
    settings.MEANING_ENGINE = ""
    freshness.forget()
    assert closeness(matching.network(), one, alike) > 0.5


@pytest.mark.parametrize("more", [0, 20])
def test_the_network_is_read_by_as_many_statements_however_large(tell: Callable[[], Network], more: int):
    puppets()
    for number in range(more):
        initiative(f"Lamps {number}", lead=member(is_listed=True, portrait=f"Lamps and {number} boats."))
    tell()
    freshness.forget()
    with CaptureQueriesContext(connection) as captured:
        matching.network()
    assert len([each for each in captured if "core_generation" not in each["sql"]]) <= 16


@pytest.mark.usefixtures("reference_data")
def test_the_real_cities_are_compared_by_the_meanings_that_come_with_the_data(settings: Any):
    settings.MEANING_ENGINE = "creativecities.search.compute.engine.E5"
    engine._loaded.clear()
    meanings.directions.cache_clear()
    wholes._told.cache_clear()
    jobs.bring_up_to_date()
    jobs.tell_meanings(seconds=9)
    freshness.forget()
    assert all(city.vector is not None for city in matching.network().cities)
    wholes._told.cache_clear()
    meanings.directions.cache_clear()
