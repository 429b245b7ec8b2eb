"""Who works with whom in public: the page, each number with its rows, the same as data, on any day."""

import csv
import io
import json
import re
from html import unescape

import pytest

from creativecities.exchange.tests.factories import initiative, year
from creativecities.network.tests.factories import member
from creativecities.portal import formats
from creativecities.portal.tests.test_places import statements

pytestmark = pytest.mark.django_db
real = pytest.mark.usefixtures("reference_data")


def data(client, query: str = ""):
    return json.loads(client.get(f"/network.json{query}").content)


@pytest.mark.parametrize("number", [1, 3, 100])
def test_statements_do_not_grow(client, number):
    lead = member(name="Vila Anfitriã")
    for each in range(number):
        initiative(f"Lamps {each}", lead=lead, partners=(member(),), **year(2000 + each % 20))
    assert statements(client, "/network/") == statements(client, "/network/?as_of=2020-01-01") == 0
    assert statements(client, "/network.json") == statements(client, "/network.csv") == 0


@real
class TestPage:
    @pytest.mark.parametrize("prefix", ["", "/fr", "/es", "/ar", "/ru", "/zh"])
    def test_every_language_has_it(self, client, prefix):
        text = client.get(f"{prefix}/network/").content.decode()
        assert not re.search(r'(?:cx|cy|d|r)="[^"]*\d,\d', text), "a comma in a drawing"

    def test_every_number_leads_to_as_many_ties(self, client):
        text = client.get("/network/").content.decode()
        found = re.findall(r'<a href="/network/(\?[^"#]*)">(\d+)</a>', text)
        assert len(found) > 30
        for query, number in found:
            if not re.search(r"=(\w|-)+$|city=", query) or "~" in query:
                assert data(client, unescape(query))["count"] == int(number), query

    def test_who_stands_alone_can_be_read_of_each_group(self, client):
        found = re.findall(r'<a href="(/network/\?[^"]*)#isolated">(\d+)</a>', client.get("/network/").content.decode())
        assert len(found) > 5
        for path, number in found:
            section = (
                client.get(unescape(path)).content.decode().partition('id="isolated"')[2].partition("</section>")[0]
            )
            assert section.count("<li>") == int(number), path

    def test_a_bridge_leads_to_its_ties(self, client):
        section = client.get("/network/").content.decode().partition('id="bridges"')[2].partition("</section>")[0]
        ends = re.findall(r'<a href="/network/(\?city=[^"]*)"><bdi>([^<]+)</bdi>', section)
        assert len(ends) > 5
        for query, name in ends[:3]:
            row = data(client, query)["results"][0]
            assert unescape(name) in (row["city"], row["partner_city"])

    def test_figures_fit_together(self, client):
        found = data(client)
        assert found["cities"] == found["tied"] + len(found["isolated"]) == 405
        assert sum(row["ties"] for row in found["between_regions"]) == found["ties"] == found["count"]
        assert sum(row["ties"] for row in found["between_developments"]) == found["ties"]
        assert sum(found["groups"]) == found["tied"]
        assert found["confirmed"] == 0

    def test_an_earlier_day_has_fewer(self, client):
        numbers = [data(client, f"?as_of={day}")["ties"] for day in ("2006-01-01", "2015-01-01", "2022-01-01")]
        assert numbers == sorted(set(numbers))

    def test_the_page_says_what_it_cannot_know(self, client):
        assert "What this cannot know" in client.get("/network/").content.decode()

    def test_rows_of_csv_and_json_are_the_same(self, client):
        rows = list(csv.DictReader(io.StringIO(client.get("/network.csv?state=named").content.decode("utf-8-sig"))))
        assert list(rows[0]) == list(formats.TIE_COLUMNS)
        assert [row["city"] for row in rows] == [row["city"] for row in data(client, "?page_size=500")["results"]]

    def test_the_statistics_and_the_foot_lead_here(self, client):
        assert client.get("/statistics/?as_of=2019-01-01").content.decode().count('href="/network/') == 2


class TestOne:
    def test_a_tie_shows_cities_and_initiatives(self, client):
        guest = member(name="Vila Parceira", country__iso2="NP")
        initiative(
            "Lamps", lead=member(name="Vila Anfitriã"), partners=(guest,), partner_state="confirmed", **year(2021)
        )
        text = client.get("/network/?city=vila-parceira").content.decode()
        for words in (
            "Vila Anfitriã",
            "Nepal",
            'href="/initiatives/lamps/"',
            "2021 · confirmed by the city",
            "Remove Vila",
        ):
            assert words in text
        assert "Every member city has one." in text

    def test_the_share_between_fields_is_said(self, client):
        lead = member(name="Vila Anfitriã")
        for number, field in enumerate(("design", "music", "film")):
            initiative(f"Lamps {number}", lead=lead, partners=(member(field=field),), **year(2021))
        assert "ties between two fields, 67 % of all" in client.get("/network/").content.decode()

    def test_an_earlier_day_says_that_later_answers_are_not_counted(self, client):
        member(name="Vila Só")
        assert "answered after this day" in client.get("/network/?as_of=2024-01-01").content.decode()
        assert "answered after this day" not in client.get("/network/").content.decode()

    def test_nothing_yet_is_said(self, client):
        member(name="Vila Só")
        text = client.get("/network/").content.decode()
        assert "No tie is known on this day" in text
        assert "Vila Só" in text

    def test_an_empty_network_is_answered(self, client):
        assert client.get("/network/").status_code == 200

    @pytest.mark.parametrize("query", ["region=" + "~" * 500, "city=<b>", "year=٣", "page=99999", "fields='"])
    def test_bad_input_finds_nothing(self, client, query):
        assert client.get(f"/network/?{query}").status_code == 200

    @pytest.mark.parametrize("query", ["as_of=9999-12-31", "as_of=x", "page=x"])
    def test_what_cannot_be_read_is_refused(self, client, query):
        assert client.get(f"/network/?{query}").status_code == 400

    @pytest.mark.parametrize("path", ["/network/", "/network.csv", "/network.json"])
    def test_it_is_only_read(self, client, path):
        assert client.post(path).status_code == 405
