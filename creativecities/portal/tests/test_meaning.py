"""Meanings of the real texts come with the data; cities and initiatives lead to those like them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.core import freshness
from creativecities.exchange import states
from creativecities.exchange.models import Initiative
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City
from creativecities.network.tests.factories import member
from creativecities.search import jobs
from creativecities.search.compute import engine
from creativecities.search.models import Entry, Passage
from creativecities.search.queries import meanings

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(settings, tmp_path):
    """Index, and tell meanings with the engine of tests."""
    settings.MEANING_ENGINE = "creativecities.search.tests.engines.Hash"
    settings.MEANINGS_FILE = tmp_path / "none.npz"
    engine._loaded.clear()
    meanings.directions.cache_clear()

    def tell() -> None:
        jobs.bring_up_to_date()
        jobs.tell_meanings(seconds=9)
        freshness.forget()

    return tell


@pytest.mark.usefixtures("reference_data")
def test_the_shipped_meanings_are_those_of_the_texts(settings):
    """If this fails after a change to portraits or initiatives: `manage.py ship_meanings` writes the file anew."""
    settings.MEANING_ENGINE = "creativecities.search.compute.engine.E5"
    meanings.directions.cache_clear()
    jobs.bring_up_to_date()
    shipped = meanings.shipped()
    assert len(meanings.directions()) > 0
    for kind in ("city", "initiative"):
        asked = set(Entry.objects.filter(kind=kind).values_list("meaning", flat=True))
        asked |= set(Passage.objects.filter(entry__kind=kind).values_list("meaning", flat=True)) - {""}
        assert len(asked) > 400
        assert asked <= set(shipped), kind
    meanings.directions.cache_clear()


def test_a_city_leads_to_those_like_it_and_says_why(client, told):
    member(name="Vila Nova", portrait="Puppets are carved here. Bread too.")
    member(name="Vila Velha", portrait="Old puppets are carved by the river. Cheese.")
    told()
    page = client.get("/cities/vila-nova/").content.decode()
    assert "Similar cities" in page
    assert "Old puppets are carved by the river." in page
    assert 'href="/fr/cities/vila-velha/"' in client.get("/fr/cities/vila-nova/").content.decode()
    City.objects.filter(name="Vila Velha").update(is_listed=False)
    freshness.forget()
    assert "Old puppets" not in client.get("/cities/vila-nova/").content.decode()


def test_an_initiative_leads_to_those_like_it(client, told):
    city = member(name="Vila Nova")
    initiative("Lamps", lead=city, summary="Lamps for the night.")
    initiative("Lanterns", lead=city, summary="Lanterns for the night.")
    told()
    assert "Lanterns for the night." in client.get("/initiatives/lamps/").content.decode()
    Initiative.objects.filter(title="Lanterns").update(state=states.RETIRED)
    freshness.forget()
    assert "Lanterns" not in client.get("/initiatives/lamps/").content.decode()


def test_without_meanings_nothing_is_said_of_likeness(client):
    member(name="Vila Nova", portrait="Puppets.")
    jobs.bring_up_to_date()
    assert "Similar cities" not in client.get("/cities/vila-nova/").content.decode()
    assert "Words alone are compared" in client.get("/search/?q=puppets").content.decode()


@pytest.mark.parametrize("number", [2, 5])
def test_it_costs_one_statement_more(client, told, number):
    for each in range(number):
        member(name=f"Vila {each}", portrait="Puppets are carved here.")
    told()
    client.get("/cities/vila-0/")
    with CaptureQueriesContext(connection) as captured:
        assert "Similar cities" in client.get("/cities/vila-0/").content.decode()
    assert len(captured) == 4


def test_search_says_that_meaning_found_it(client, told):
    member(name="Vila Nova", portrait="A tram with a reading room.")
    told()
    page = client.get("/search/?q=straßenbahn+reading").content.decode()
    assert "A tram with a" in page
    assert "Words alone are compared" not in page
