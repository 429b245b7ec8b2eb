"""Initiatives in public: the list, the same as data, the page of one, and those of a city."""

import csv
import io
import json
import re

import pytest

from creativecities.core import freshness
from creativecities.exchange import states
from creativecities.exchange.tests.factories import initiative, year
from creativecities.network.models import Objective
from creativecities.network.tests.factories import FieldFactory, member
from creativecities.portal.tests.test_places import statements

pytestmark = pytest.mark.django_db
real = pytest.mark.usefixtures("reference_data")


def titles(client, query: str = "") -> list[str]:
    return [row["title"] for row in json.loads(client.get(f"/initiatives.json{query}").content)["results"]]


def some(number: int) -> None:
    FieldFactory(slug="design")
    lead, partner = member(name="Vila Anfitriã"), member(name="Vila Parceira")
    for each in range(number):
        initiative(f"Lamps {each}", lead=lead, partners=(partner,), fields="design", **year(2000 + each))


class TestList:
    @real
    def test_it_shows_all_with_kind_city_and_year(self, client):
        text = client.get("/initiatives/").content.decode()
        assert "<strong>200 initiatives</strong>" in text
        assert "Practice · <bdi>Sydney</bdi> · until 2020" in text
        assert "Page 1 of 10" in text

    @pytest.mark.parametrize("prefix", ["", "/fr", "/es", "/ar", "/ru", "/zh"])
    @real
    def test_every_language_has_it(self, client, prefix):
        assert client.get(f"{prefix}/initiatives/").status_code == 200
        assert client.get(f"{prefix}/initiatives/50-50-by-2020-in-sydney/").status_code == 200

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_statements_do_not_grow(self, client, number):
        some(number)
        assert statements(client, "/initiatives/") == 1
        assert statements(client, "/initiatives/?q=lamps&field=design") == 2
        assert statements(client, "/initiatives.json") == 1
        assert statements(client, "/initiatives.csv") == 1
        assert statements(client, "/initiatives/lamps-0/") == 4
        assert statements(client, "/cities/vila-anfitriã/") == 4

    @real
    @pytest.mark.parametrize(
        ("query", "number"),
        [("", 200), ("?kind=residency", 15), ("?kind=party", 0), ("?region=africa&kind=publication", 0), ("?sdg=99", 0),
         ("?kind=residency&kind=open-call", 19), ("?q=zzz", 0), ("?page=9999", 200), ("?kind=", 200)],
    )  # fmt: skip
    def test_filters_find_what_they_say(self, client, query, number):
        assert json.loads(client.get(f"/initiatives.json{query}").content)["count"] == number
        assert client.get(f"/initiatives/{query}").status_code == 200

    def test_each_facet_narrows(self, client):
        FieldFactory(slug="design")
        Objective.objects.create(code="O1", name_en="Cooperation")
        one = initiative("Lamps", summary="In summer.", fields="design", kind="practice", **year(2018))
        one.objectives.add("O1")
        initiative("Bread", lead=member(country__iso2="NP"), **year(2020))
        for query in ("kind=practice", "field=design", "country=pt", "objective=o1", "year=2018", "q=SÚMMER"):
            assert titles(client, f"?{query}") == ["Lamps"], query

    def test_a_country_finds_what_its_cities_join(self, client):
        guest = member(country__iso2="NP")
        one = initiative("Lamps", partners=(guest,))
        assert titles(client, "?country=NP") == titles(client, f"?city={guest.slug}") == ["Lamps"]
        one.parts.update(state=states.DECLINED)
        freshness.forget()
        assert titles(client, "?country=NP") == []

    def test_the_years_between_are_found(self, client):
        first, last = year(2016)["starts_on"], year(2019)["ends_on"]
        initiative("Lamps", starts_on=first, ends_on=last)
        assert [titles(client, f"?year={number}") for number in (2015, 2016, 2018, 2019, 2020)] == [
            [], ["Lamps"], ["Lamps"], ["Lamps"], [],
        ]  # fmt: skip

    def test_the_order_can_be_chosen_and_unknown_years_come_last(self, client):
        lead = member()
        for title, number in (("B", 2018), ("C", 2020), ("D", 2018)):
            initiative(title, lead=lead, **year(number))
        initiative("A", lead=lead)
        assert titles(client) == ["A", "B", "C", "D"]
        assert titles(client, "?sort=newest") == ["C", "B", "D", "A"]
        assert titles(client, "?sort=oldest") == ["B", "D", "C", "A"]

    @pytest.mark.parametrize("state", [states.DRAFT, states.RETIRED])
    def test_what_is_not_published_is_nowhere(self, client, state):
        one = initiative("Secret lamps", state=state)
        missing = client.get("/initiatives/nowhere/")
        hidden = client.get("/initiatives/secret-lamps/")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert titles(client) == []
        for path in ("/initiatives/", "/initiatives.csv", "/sitemap.xml", f"/cities/{one.lead.slug}/"):
            assert "ecret" not in client.get(path).content.decode(), path

    def test_on_a_day_the_list_says_so_keeps_it_and_lets_it_go(self, client):
        FieldFactory(slug="design")
        initiative("Lamps", kind="practice", fields="design", **year(2018))
        text = client.get("/initiatives/?as_of=2019-10-30&kind=practice").content.decode()
        assert "As of Oct. 30, 2019" in text
        assert '<input type="hidden" name="as_of" value="2019-10-30">' in text
        assert 'href="?kind=practice"' in text
        assert client.get("/initiatives/?as_of=2019-13-01").status_code == 400

    @pytest.mark.parametrize("path", ["/initiatives/", "/initiatives.csv", "/initiatives.json", "/initiatives/x/"])
    def test_it_is_only_read(self, client, path):
        assert client.post(path).status_code == 405

    def test_an_empty_network_says_so(self, client):
        assert "No initiative matches" in client.get("/initiatives/").content.decode()

    @pytest.mark.parametrize("query", ["q=%00", "q=" + "x" * 1000, "sdg=٣", "page=x", "year=-1", "sort='", "q=%25_%27"])
    def test_bad_input_is_answered(self, client, query):
        assert client.get(f"/initiatives/?{query}").status_code in (200, 400)


class TestData:
    @real
    def test_the_rows_of_csv_and_json_are_the_same(self, client):
        rows = list(csv.DictReader(io.StringIO(client.get("/initiatives.csv").content.decode("utf-8-sig"))))
        assert len(rows) == 200
        found = json.loads(client.get("/initiatives.json?page_size=500").content)["results"]
        assert [row["slug"] for row in rows] == [row["slug"] for row in found]
        row = next(row for row in found if row["slug"] == "50-50-by-2020-in-sydney")
        assert row["city"] == "Sydney"
        assert row["country"] == "AU"
        assert row["sdgs"] == [5, 8, 10]
        assert row["url"].endswith("/initiatives/50-50-by-2020-in-sydney/")

    def test_partners_say_whether_they_confirmed(self, client):
        initiative(partners=(member(name="Vila Parceira"),))
        row = json.loads(client.get("/initiatives.json").content)["results"][0]
        assert row["partner_cities"] == [{"city": "Vila Parceira", "country": "PT", "state": "named"}]
        assert "Vila Parceira|PT" in client.get("/initiatives.csv").content.decode()


class TestOne:
    def test_it_shows_the_cities_and_who_confirmed(self, client):
        guests = member(name="Vila Parceira"), member(name="Vila Muda")
        one = initiative(lead=member(name="Vila Anfitriã"), partners=guests, **year(2018))
        one.parts.filter(city=guests[0]).update(state=states.CONFIRMED)
        text = client.get(f"/initiatives/{one.slug}/").content.decode()
        assert "Vila Anfitriã" in text
        assert re.search(r"Vila Parceira</bdi></a> <span[^>]*>Portugal · confirmed by the city", text)
        assert re.search(r"Vila Muda</bdi></a> <span[^>]*>Portugal · named by the source, not confirmed", text)

    def test_sources_are_links_and_words(self, client):
        one = initiative(source="read in a copy; see https://example.org/a?b=1 https://www.example.com/c; and a book")
        text = client.get(f"/initiatives/{one.slug}/").content.decode()
        assert '<a href="https://example.org/a?b=1" rel="noopener nofollow">example.org</a>' in text
        assert '<a href="https://www.example.com/c" rel="noopener nofollow">example.com</a>' in text
        assert "<li>read in a copy; see</li>" in text
        assert "<li>and a book</li>" in text

    def test_markup_in_a_text_stays_text(self, client):
        one = initiative(summary="</script><b>lamps</b>", slug="x", source="https://example.org/\"onclick='1'")
        text = client.get(f"/initiatives/{one.slug}/").content.decode()
        assert "<b>lamps" not in text
        assert "\"onclick='1'" not in text.replace('\\"', "")

    def test_machines_read_the_same(self, client):
        one = initiative(partners=(member(name="Vila Parceira"),), **year(2018))
        text = client.get(f"/initiatives/{one.slug}/").content.decode()
        document = json.loads(re.search(r'application/ld\+json">(.*?)</script>', text)[1])
        assert document["name"] == one.title
        assert document["contributor"][0]["name"] == "Vila Parceira"
        assert document["temporalCoverage"] == "2018-01-01/2018-12-31"

    @pytest.mark.parametrize("slug", ["nowhere", "x" * 300, "..%2fetc", "%00"])
    def test_an_unknown_one_is_not_found(self, client, slug):
        assert client.get(f"/initiatives/{slug}/").status_code in (400, 404)


class TestOfACity:
    def test_what_it_leads_and_joins_is_on_its_page(self, client):
        lead, guest = member(name="Vila Anfitria"), member(name="Vila Parceira")
        initiative("Lamps", lead=lead, partners=(guest,))
        for city in (lead, guest):
            assert "Lamps" in client.get(f"/cities/{city.slug}/").content.decode()
        assert "Lamps" not in client.get(f"/cities/{member().slug}/").content.decode()

    def test_many_lead_to_all_of_them(self, client):
        lead = member(name="Vila Anfitria")
        for number in range(8):
            initiative(f"Lamps {number}", lead=lead, **year(2000 + number))
        text = client.get("/cities/vila-anfitria/").content.decode()
        assert text.count('<a href="/initiatives/lamps') == 6
        assert "Lamps 7" in text
        assert '<a href="/initiatives/?city=vila-anfitria">' in text
        assert len(titles(client, "?city=vila-anfitria")) == 8

    def test_a_day_knows_nothing_of_what_came_after(self, client):
        lead = member(name="Vila Anfitria")
        initiative("Lamps", lead=lead, **year(2024))
        assert "Lamps" not in client.get("/cities/vila-anfitria/?as_of=2022-01-01").content.decode()


@real
def test_the_sitemap_names_them(client):
    text = client.get("/sitemap.xml").content.decode()
    assert "http://127.0.0.1:8000/ar/initiatives/50-50-by-2020-in-sydney/</loc>" in text
    assert text.count("/initiatives/</loc>") == 6
