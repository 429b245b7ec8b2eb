"""Needs and offers in public: the list with its filters, the same as data, the page of one, a city's page."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.core import freshness
from creativecities.exchange import states
from creativecities.exchange.tests.factories import need
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory, member

pytestmark = pytest.mark.django_db


def listed(client: Any, query: str = "") -> list[str]:
    return [row["title"] for row in client.get(f"/exchange.json{query}").json()["results"]]


def test_an_empty_list_says_how_it_fills(client: Any):
    text = client.get("/exchange/").content.decode()
    assert "No city has posted anything yet" in text
    assert 'name="topic"' not in text, "filters before there is anything to filter"
    assert client.get("/exchange.json").json() == {"count": 0, "page": 1, "page_size": 20, "results": []}


def test_it_is_narrowed_by_kind_topic_field_and_region(client: Any):
    FieldFactory(slug="film")
    need(title="Bridge", topics="tourism food", fields="film")
    need(title="Ferry", kind="offer", topics="food")
    assert listed(client) == ["Ferry", "Bridge"]
    assert listed(client, "?kind=offer") == ["Ferry"]
    assert listed(client, "?topic=tourism") == ["Bridge"]
    assert listed(client, "?topic=food&kind=need") == ["Bridge"]
    assert listed(client, "?field=film") == ["Bridge"]
    assert listed(client, "?region=europe-and-north-america") == ["Ferry", "Bridge"]
    for nothing in ("?region=africa", "?kind=wish", "?topic=%27%20OR%201", "?field=" + "x" * 500):
        assert listed(client, nothing) == []
        assert "No need or offer matches" in client.get(f"/exchange/{nothing}").content.decode()


def test_what_is_not_open_is_hidden_as_what_is_missing(client: Any, new_client: Any):
    one = need(state=states.CLOSED)
    bodies = []
    for pk in (one.pk, one.pk + 1, 10**30):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/exchange/{pk}/")
        bodies.append((answer.status_code, len(captured), answer.content.decode().replace(f"/{pk}/", "/")))
    assert bodies[0] == bodies[1]
    assert bodies[2][0] == 404
    assert listed(client) == []
    mine = team.sign_in(new_client(), team.member(one.city))
    assert mine.get(f"/exchange/{one.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["/exchange/", "/exchange.json"])
def test_a_page_costs_the_same_with_three_and_with_sixty(client: Any, path: str):
    city = member()
    numbers = []
    for count in (3, 60):
        for number in range(count):
            need(city, title=f"Bridge {count} {number}", topics="tourism food", fields="design")
        cache.clear()
        freshness.forget()
        client.get(path)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 5


def test_a_city_shows_its_own(client: Any):
    one = need(member(name="Vila Nova"))
    text = client.get("/cities/vila-nova/").content.decode()
    assert f'/exchange/{one.pk}/"' in text
    assert (
        "Needs and offers" not in client.get("/cities/vila-nova/?as_of=2020-01-01").content.decode().split("<footer")[0]
    )


@pytest.mark.parametrize("prefix", ["/fr", "/es", "/ar", "/ru", "/zh"])
def test_it_is_there_in_six_languages(client: Any, prefix: str):
    one = need()
    for path in ("/exchange/", f"/exchange/{one.pk}/"):
        answer = client.get(prefix + path)
        assert answer.status_code == 200
        assert 'dir="auto">A bridge for the lamps' in answer.content.decode()
    assert client.get(f"{prefix}/exchange.json").json()["results"][0]["kind_label"] != "Need"


def test_it_is_only_read(client: Any):
    one = need()
    for path in ("/exchange/", "/exchange.json", f"/exchange/{one.pk}/"):
        assert client.post(path).status_code == 405
