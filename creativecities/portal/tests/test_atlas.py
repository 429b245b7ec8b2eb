"""The atlas: map and list together, the same list as data, as of any day."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db


def _results(client, query: str) -> list[str]:
    answer = client.get(f"/atlas.json?page_size=500&{query}")
    assert answer.status_code == 200, answer.content
    return [row["slug"] for row in json.loads(answer.content)["results"]]


@pytest.mark.usefixtures("reference_data")
class TestFindingCities:
    NAMES = {
        "jinju": "jinju", "진주": "jinju", "Kraków": "krakow", "krakow": "krakow", "Cracovie": "krakow",
        "神户": "kobe", "神戸": "kobe", "神戶": "kobe", "LODZ": "lodz", "Łódź": "lodz", "lyon": "lyon",
        "Лион": "lyon", "sasayama": "tambasasayama", "أسوان": "aswan", "اسوان": "aswan",
    }  # fmt: skip

    def test_a_name_is_found_in_every_script_and_spelling(self, client):
        assert [words for words, slug in self.NAMES.items() if slug not in _results(client, f"q={words}")] == []

    def test_a_word_finds_beginnings_of_words_only(self, client):
        assert "krakow" not in _results(client, "q=rakow")

    def test_several_words_must_all_be_there(self, client):
        both = _results(client, "q=santa+fe")
        assert both[0] == "santa-fe"
        assert set(both) == set(_results(client, "q=santa")) & set(_results(client, "q=fe"))

    def test_signs_of_patterns_are_only_signs(self, client):
        assert _results(client, "q=%25") == _results(client, "")
        assert _results(client, "q=_akow") == _results(client, "q=akow")

    def test_a_country_finds_its_cities(self, client):
        assert "krakow" in _results(client, "q=Pologne")

    def test_nothing_found_offers_the_nearest(self, client):
        text = client.get("/atlas/?q=krakkkow").content.decode()
        assert "/cities/krakow/" in text
        assert "No member city matches" in text


@pytest.mark.usefixtures("reference_data")
class TestFilters:
    def test_values_of_one_facet_add_up_and_facets_narrow(self, client):
        both = _results(client, "field=music&field=film&region=africa")
        music, film = _results(client, "field=music&region=africa"), _results(client, "field=film&region=africa")
        assert sorted(both) == sorted(music + film)
        assert both

    @pytest.mark.parametrize(
        ("query", "count"),
        [("", 405), ("year=2025", 55), ("field=architecture", 5), ("country=cn&country=MO", 20), ("field=nothing", 0)],
    )
    def test_counts(self, client, query, count):
        assert json.loads(client.get(f"/atlas.json?{query}").content)["count"] == count

    def test_a_facet_is_counted_without_its_own_choice(self, client):
        text = client.get("/atlas/?field=architecture").content.decode()
        assert ">84</span>" in text, "music stays on offer with all its cities"
        assert "<strong>5 cities</strong>" in text

    def test_the_chosen_value_can_be_let_go(self, client):
        text = client.get("/atlas/?field=music&region=africa").content.decode()
        assert 'href="?region=africa"' in text
        assert 'href="?field=music"' in text

    def test_the_least_developed_countries_are_those_of_the_day(self, client):
        before, after = _results(client, "group=ldc&as_of=2026-11-20"), _results(client, "group=ldc")
        assert before == after, "the three countries leave the list on 24 November 2026, not before"


@pytest.mark.usefixtures("reference_data")
class TestAsOf:
    def test_the_network_of_a_day(self, client):
        days = {"2003-12-31": 0, "2004-12-31": 1, "2008-12-31": 16, "2014-12-01": 69, "2023-10-31": 350}
        assert {day: json.loads(client.get(f"/atlas.json?as_of={day}").content)["count"] for day in days} == days

    def test_lyon_changes_its_field(self, client):
        assert "lyon" in _results(client, "field=media-arts&as_of=2023-10-30")
        assert "lyon" not in _results(client, "field=media-arts&as_of=2023-10-31")
        assert "lyon" in _results(client, "field=literature")

    def test_links_stay_on_the_day(self, client):
        text = client.get("/atlas/?as_of=2018-01-01&q=sasayama").content.decode()
        assert text.count('href="/cities/tambasasayama/?as_of=2018-01-01"') == 2
        assert 'href="/cities/tambasasayama/"' in client.get("/atlas/?q=sasayama").content.decode()

    def test_a_city_bears_the_name_of_the_day(self, client):
        rows = json.loads(client.get("/atlas.json?q=sasayama&as_of=2018-01-01").content)["results"]
        assert [row["city"] for row in rows] == ["Sasayama"]

    def test_a_day_that_cannot_be_is_refused_with_its_reason(self, client):
        for day in ("31/12", "2026-02-30", "9999-01-01", "x" * 200, "2019-1-1"):
            answer = client.get(f"/fr/atlas/?as_of={day}")
            assert (day, answer.status_code, answer.headers["Content-Language"]) == (day, 400, "fr")


@pytest.mark.usefixtures("reference_data")
class TestAsData:
    def test_json_is_paged_and_names_its_day(self, client):
        document = json.loads(client.get("/ar/atlas.json?page_size=7&page=2").content)
        assert document["count"] == 405
        assert len(document["results"]) == 7
        assert document["page"] == 2
        first = document["results"][0]
        assert first["url"].endswith(f"/ar/cities/{first['slug']}/")

    def test_csv_holds_the_whole_list_in_its_columns(self, client):
        answer = client.get("/atlas.csv?field=music")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) == 84
        assert {row["creative_field"] for row in rows} == {"music"}
        assert answer.headers["Content-Disposition"].startswith("attachment")

    def test_geojson_has_a_point_for_each_city(self, client):
        document = json.loads(client.get("/atlas.geojson?country=PL").content)
        assert document["type"] == "FeatureCollection"
        longitude, latitude = next(
            f["geometry"]["coordinates"] for f in document["features"] if f["properties"]["slug"] == "krakow"
        )
        assert 19 < longitude < 21
        assert 49 < latitude < 51

    @pytest.mark.parametrize("query", ["page=0", "page=" + "9" * 21, "page_size=100000", "page=1&page=2"])
    def test_page_numbers_beyond_reason_are_clamped(self, client, query):
        assert client.get(f"/atlas.json?{query}").status_code == 200
        assert client.get(f"/atlas/?{query}").status_code == 200

    @pytest.mark.parametrize("query", ["page=two", "page=-1", "page_size=٣", "page=1e3"])
    def test_what_is_no_number_is_refused(self, client, query):
        assert client.get(f"/atlas.json?{query}").status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_the_atlas_is_two_statements_and_its_map(client, count):
    for number in range(count):
        member(name=f"Vila Inventada {number}")
    client.get("/atlas/")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get("/atlas/").status_code == 200
    assert len(captured) == 2
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/atlas/?field=design").status_code == 200
    assert len(captured) == 2
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/atlas/?q=vila&year=2019").status_code == 200
    assert len(captured) == 3


def test_the_page_can_only_be_read(client):
    assert client.post("/atlas/").status_code == 405


def test_an_empty_network_says_so(client):
    answer = client.get("/atlas/")
    assert "No member city matches" in answer.content.decode()


@pytest.mark.usefixtures("reference_data")
def test_typing_asks_for_the_results_alone(client):
    text = client.get("/atlas/?q=krak", headers={"HX-Request": "true"}).content.decode()
    assert text.lstrip().startswith('<div id="results"')
    assert "Krakow" in text
