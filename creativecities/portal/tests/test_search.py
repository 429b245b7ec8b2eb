"""One search over cities, fields, countries, regions and pages."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.accounts.tests import people
from creativecities.core import freshness, pagecache
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City, Membership
from creativecities.network.tests.factories import FieldFactory, member, rebuild
from creativecities.search import jobs
from creativecities.search.models import Entry, Index

pytestmark = pytest.mark.django_db


def _index() -> None:
    jobs.bring_up_to_date()
    freshness.forget()


def _json(client, query: str, path: str = "/search.json") -> dict:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


NAMES = {
    "jinju": "jinju", "진주": "jinju", "Kraków": "krakow", "Cracovie": "krakow", "神戸": "kobe", "神戶": "kobe",
    "Łódź": "lodz", "Лион": "lyon", "اسوان": "aswan", "sasayama": "tambasasayama", "Pologne": "PL", "इटली": "IT",
    "イタリア": "IT", "الموسيقى": "music", "film": "film", "how to join": "how-to-join",
    "Singapore": "singapore", "Mexico": "MX",
}  # fmt: skip
MISTYPED = {
    "krakkow": "krakow",
    "Bsuan": "busan",
    "Краковв": "krakow",
    "bolognna": "bologna",
    "Tambasasyama": "tambasasayama",
}


@pytest.mark.usefixtures("reference_data")
def test_the_real_network_is_found_by_its_names_and_texts(client):
    _index()
    firsts = {name: _json(client, f"q={name}")["results"][0]["url"].rstrip("/").rsplit("/", 1)[1] for name in NAMES}
    assert firsts == NAMES
    likely = {name: _json(client, f"q={name}")["results"][0]["url"] for name in MISTYPED}
    assert {name: url.rstrip("/").rsplit("/", 1)[1] for name, url in likely.items()} == MISTYPED
    jazz = _json(client, "q=jazz&field=music&type=city&page_size=50")
    assert jazz["count"] == len(jazz["results"]) > 5
    assert all(row["creative_field"] == "music" and row["type"] == "city" for row in jazz["results"])
    initiatives = _json(client, "q=film+festival&type=initiative")["results"]
    assert {row["type"] for row in initiatives} == {"initiative"}
    assert client.get(initiatives[0]["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert "<mark>" in client.get("/search/?q=jazz").content.decode()
    assert "Did you mean" in client.get("/search/?q=krakkow").content.decode()


def _city() -> None:
    member(name="Vila Nova", portrait="A tram with a reading room. Lamps by the river.")


def test_a_result_says_what_it_is_and_why(client):
    _city()
    _index()
    [row] = _json(client, "q=reading+tram")["results"]
    assert row == {
        "type": "city",
        "title": "Vila Nova",
        "url": "http://127.0.0.1:8000/cities/vila-nova/",
        "city": "Vila Nova",
        "country": "PT",
        "creative_field": "design",
        "language": "en",
        "passage": "A tram with a reading room.",
        "reasons": ["words"],
    }
    [french] = _json(client, "q=reading+tram", "/fr/search.json")["results"]
    assert french["url"] == "http://127.0.0.1:8000/fr/cities/vila-nova/"


def test_the_page_works_without_scripts_in_every_language(client):
    _city()
    _index()
    for prefix in ("", "/fr", "/ar", "/zh"):
        text = client.get(f"{prefix}/search/?q=Vila").content.decode()
        assert f'href="{prefix}/cities/vila-nova/"' in text
    assert "<mark>reading</mark>" in client.get("/search/?q=reading+tram").content.decode()


def test_facets_narrow_and_can_be_let_go(client):
    _city()
    _index()
    assert _json(client, "q=vila&type=field")["count"] == 0
    text = client.get("/search/?q=vila&country=pt").content.decode()
    assert 'href="?q=vila"' in text
    assert "/cities/vila-nova/" in text


STRANGE = {
    **dict.fromkeys(("", "q=", "q=😀", "q=!!!", "q=zeppelinzoo", "q=vila&page=99", "q=<b>&type=x"), 200),
    f"q={'x' * 5_000}": 200,
    f"q={'x' * 10_000}": 414,
    "q=%00": 400,
}


def test_every_question_has_a_clean_answer(client):
    _city()
    _index()
    for query, status in STRANGE.items():
        page, answer = client.get(f"/search/?{query}"), client.get(f"/search.json?{query}")
        assert (query[:40], page.status_code, answer.status_code) == (query[:40], status, status)
        assert status != 200 or json.loads(answer.content)["results"] == [], query[:40]


HOSTILE = (
    "'; DROP TABLE search_entry; --",
    '" OR 1=1 UNION SELECT * FROM accounts_person',
    "names:vila NEAR(tram reading) AND NOT lamps",
    "^vila* - + ( ) {names texts}:",
    '"',
    "vila & tram | !lamps <-> river:*",
    "\u202evila\u200b\u202c",
)


def test_what_a_database_could_take_for_an_order_is_read_as_words(client):
    _city()
    _index()
    for query in HOSTILE:
        assert client.get("/search/", {"q": query}).status_code == 200, query
        held = any(word in query for word in ("vila", "tram"))
        found = {row["city"] for row in json.loads(client.get("/search.json", {"q": query}).content)["results"]}
        assert ("Vila Nova" in found) == held, query


def test_every_facet_is_counted_and_narrows(client):
    _city()
    _index()
    counts = _json(client, "q=vila")["facets"]
    assert {name: counts[name] for name in ("type", "field", "country", "language")} == {
        "type": {"city": 1},
        "field": {"design": 1},
        "country": {"PT": 1},
        "language": {"en": 1},
    }
    for facet in ("type", "field", "region", "country", "year", "language"):
        [value] = counts[facet]
        assert _json(client, f"q=vila&{facet}={value}")["count"] == 1, facet
        assert _json(client, f"q=vila&{facet}=zz")["count"] == 0, facet


def test_what_is_found_while_somebody_types_comes_without_the_page_around_it(client):
    _city()
    _index()
    part = client.get("/search/?q=vil", headers={"HX-Request": "true"}).content.decode()
    assert "/cities/vila-nova/" in part
    assert "<html" not in part


@pytest.mark.parametrize("query", ["vila", "वास्तुकला के शहर " * 15])
def test_the_same_question_again_is_answered_from_memory_until_something_is_written(client, monkeypatch, query):
    monkeypatch.setattr(pagecache.shelf, "most_bytes", 10_000_000)
    city = member(name="Vila Nova", portrait="A tram.")
    _index()
    first = client.get("/search/", {"q": query})
    with CaptureQueriesContext(connection) as statements:
        again = client.get("/search/", {"q": query})
    assert again.content == first.content
    assert not [one for one in statements if "search_" in one["sql"]]
    City.objects.filter(pk=city.pk).update(is_listed=False)
    freshness.raise_generation()
    freshness.forget()
    assert "/cities/vila-nova/" not in client.get("/search/", {"q": query}).content.decode()
    pagecache.shelf.clear()


def test_before_the_first_index_it_says_so(client):
    assert "being prepared" in client.get("/search/?q=vila").content.decode()
    assert _json(client, "q=vila")["count"] == 0


@pytest.mark.parametrize(("query", "status"), [("page=x", 400), ("page_size=x", 400), ("page_size=500", 200)])
def test_page_numbers(client, query, status):
    _index()
    assert client.get(f"/search/?q=a&{query}").status_code == status
    answer = client.get(f"/search.json?q=a&{query}")
    assert status != 200 or json.loads(answer.content)["page_size"] == 50


def test_it_is_for_reading(client):
    assert client.post("/search/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_few_statements(client, number):
    for each in range(number):
        member(name=f"Vila {each}", portrait="A tram with a reading room.")
    _index()
    client.get("/search/?q=vila")
    for query in ("q=vila+tram", "q=tram+zeppelin+vila", "q=villaa"):
        with CaptureQueriesContext(
            connection,
        ) as statements:
            client.get(f"/search/?{query}")
        assert len(statements) <= 5, query


def test_a_signed_in_reader_finds_the_same_public_things(client):
    _city()
    _index()
    client.force_login(people.person())
    assert _json(client, "q=vila")["count"] == 1


def test_a_changed_portrait_is_found_after_the_next_minute(client):
    city = member(name="Vila Nova", portrait="A tram.")
    _index()
    city.portraits.update(text="A zeppelin.")
    rebuild(city, by=people.ROBOT)
    _index()
    assert [row["city"] for row in _json(client, "q=zeppelin")["results"]] == ["Vila Nova"]


def test_what_is_still_to_come_is_found_when_its_day_has_come(client, time_machine_day):
    _city()
    member(name="Vila Futura", year=2999)
    _index()
    assert [row["city"] for row in _json(client, "q=vila")["results"]] == ["Vila Nova"]
    jobs.bring_up_to_date()
    assert not jobs._is_behind()
    time_machine_day("2999-12-31")
    assert jobs._is_behind()
    _index()
    assert {row["city"] for row in _json(client, "q=vila")["results"]} == {"Vila Nova", "Vila Futura"}


def test_a_country_is_found_from_the_day_of_its_first_member(time_machine_day):
    member(country__iso2="NP", year=2999)
    _index()
    assert not Entry.objects.filter(kind__in=("city", "country")).exists()
    time_machine_day("2999-12-31")
    _index()
    assert set(Entry.objects.values_list("key", flat=True)) >= {"NP"}


def test_a_change_of_field_shows_from_its_day(client, time_machine_day):
    city = member(name="Vila Nova")
    city.memberships.update(end="2999-01-01")
    Membership.objects.create(city=city, field=FieldFactory(slug="film"), start="2999-01-01")
    rebuild(city, by=people.ROBOT)
    _index()
    assert [row["creative_field"] for row in _json(client, "q=vila")["results"]] == ["design"]
    time_machine_day("2999-01-01")
    _index()
    assert [row["creative_field"] for row in _json(client, "q=vila")["results"]] == ["film"]


@pytest.mark.parametrize("state", [states.ASKED, states.DECLINED])
def test_a_partner_that_was_only_asked_or_declined_neither_finds_nor_counts(client, state):
    partner = member(name="Vila Parceira", country__iso2="NP")
    initiative("Lamps", partners=(partner,), partner_state=states.NAMED)
    _index()
    asked = "q=parceira&type=initiative"
    assert _json(client, asked)["facets"]["country"] == {"PT": 1, "NP": 1}
    Partner.objects.update(state=state)
    _index()
    assert _json(client, asked)["count"] == 0
    assert _json(client, "q=lamps&type=initiative")["facets"]["country"] == {"PT": 1}


def test_what_was_committed_after_the_index_looked_is_found_by_its_next_look(client):
    city = member(name="Vila Nova", portrait="A tram.")
    _index()
    city.portraits.update(text="A zeppelin.")
    rebuild(city, by=people.ROBOT)
    Index.objects.update(since=timezone.now() + dt.timedelta(seconds=30))
    _index()
    assert _json(client, "q=zeppelin")["count"] == 1


@pytest.mark.parametrize("query", ["q=vila", "q=vila+zeppelin", "q=vilaa+escondida", "q=hidden"])
def test_what_is_withdrawn_is_neither_found_nor_counted_from_that_moment(client, query):
    member(name="Vila Nova")
    _index()
    before = _json(client, query)
    hidden = member(name="Vila Escondida", portrait="A hidden lamp.")
    initiative("Hidden lamps", lead=hidden, summary="Lamps of the vila, hidden.")
    _index()
    assert _json(client, query)["count"] > before["count"]
    City.objects.filter(pk=hidden.pk).update(is_listed=False)
    Initiative.objects.update(state=states.RETIRED)
    freshness.forget()
    assert _json(client, query) == before
