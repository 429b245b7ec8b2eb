"""Pages of fields, regions and countries, their lists, and the same as data."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from creativecities.core import days
from creativecities.network.models import NationalCommission
from creativecities.network.tests.factories import FieldFactory, holder, member
from creativecities.portal import formats, queries
from creativecities.portal.compute.filters import Filters
from creativecities.portal.views import atlas

pytestmark = pytest.mark.django_db
PLACES = ["/fields/design/", "/regions/europe-and-north-america/", "/countries/PT/"]
LISTS = ["/fields/", "/regions/", "/countries/"]
DAYS = [("2004-12-31", 1), ("2008-12-31", 16), ("2014-12-01", 69), ("2023-10-31", 350), ("2026-11-20", 405)]


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def statements(client: Any, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len([each for each in captured if "core_generation" not in each["sql"]])


@pytest.mark.parametrize(("path", "count"), [*((path, 3) for path in PLACES), *zip(LISTS, (2, 2, 1), strict=True)])
@pytest.mark.parametrize("members", [1, 3])
def test_statements_do_not_grow(client, path, count, members):
    for number in range(members):
        member(name=f"Vila {number}")
    assert statements(client, path) == count


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize(
    ("path", "count"),
    [("/fields/music/", 3), ("/regions/africa/", 3), ("/countries/CN/", 3), *zip(LISTS, (2, 2, 1), strict=True)],
)
def test_the_real_network_takes_as_many_statements(client, path, count):
    assert statements(client, path) == count


@pytest.mark.parametrize("path", ["/fields/nothing/", "/regions/nowhere/", "/countries/XX/", "/countries/KP/"])
def test_what_is_not_there_is_missing(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/fields/nothing.csv", "/regions/nowhere.json", "/countries/XX.geojson"])
def test_what_is_not_there_has_no_data(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("reference_data")
def test_pages_are_only_read(client):
    for path in ("/fields/film/", "/regions/africa/", "/countries/FR/", *LISTS):
        answer = client.post(path)
        assert (path, answer.status_code, answer.headers["Allow"]) == (path, 405, "GET, HEAD")


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize("prefix", ["", "/fr", "/es", "/ar", "/ru", "/zh"])
def test_every_language_has_the_page(client, prefix):
    for path in ("/fields/film/", "/regions/arab-states/", "/countries/MO/", *LISTS):
        answer = client.get(prefix + path)
        assert answer.status_code == 200, path
        assert f'lang="{prefix[1:] or "en"}"' in answer.content.decode(), path


@pytest.mark.usefixtures("reference_data")
class TestPlace:
    def test_a_field_says_what_it_is_and_how_many(self, client):
        text = client.get("/fields/architecture/").content.decode()
        for words in ("Architecture", "5 member cities", "in 5 countries", "a field since 2025", "Rovaniemi", "Quito"):
            assert words in text

    def test_a_field_names_the_coordinating_city_and_no_person(self, client):
        city = member(name="Vila Nova", field="design")
        person = holder("coordinator", city=city, field=FieldFactory(slug="design"))
        text = client.get("/fields/design/").content.decode()
        assert "Coordinated by" in text
        assert "Vila Nova" in text
        assert person.name not in text

    def test_a_term_that_has_ended_coordinates_no_more(self, client):
        city = member(name="Vila Nova", field="design")
        person = holder("coordinator", city=city, field=FieldFactory(slug="design"))
        person.mandates.update(end="2022-01-01")
        assert "Coordinated by" not in client.get("/fields/design/").content.decode()

    def test_a_description_without_translation_says_its_language(self, client):
        FieldFactory(slug="design").__class__.objects.filter(pk="design").update(description_ar="")
        text = client.get("/ar/fields/design/").content.decode()
        assert '<p class="lead" lang="en" dir="ltr">' in text

    def test_a_country_says_what_the_united_nations_say(self, client):
        text = client.get("/countries/NP/").content.decode()
        for words in ("Nepal", "Least developed country", "Landlocked developing country", "UNCTAD", "Southern Asia"):
            assert words in text

    def test_macao_is_counted_with_china(self, client):
        assert "Counted with" in client.get("/countries/MO/").content.decode()
        assert "Counted with" not in client.get("/countries/CN/").content.decode()

    def test_a_commission_is_named(self, client):
        NationalCommission.objects.create(country_id="FR", name="Commission nationale", website="https://example.org/")
        text = client.get("/countries/FR/").content.decode()
        assert '<a href="https://example.org/" rel="noopener">Commission nationale</a>' in text

    def test_the_least_developed_are_those_of_the_day(self, client, time_machine_day):
        time_machine_day("2026-11-24")
        assert "Least developed country" not in client.get("/countries/NP/").content.decode()
        past = client.get("/countries/NP/?as_of=2026-11-23").content.decode()
        assert "Least developed country" in past
        assert "earlier history of this list is not" in past

    def test_before_its_first_member_a_country_has_a_page_without_members(self, client):
        answer = client.get("/countries/QA/?as_of=2010-01-01")
        assert answer.status_code == 200
        assert "No member city on this day" in answer.content.decode()

    def test_what_came_first_is_what_had_come_first_by_the_day(self, client):
        assert "first designated in" not in client.get("/countries/QA/?as_of=2010-01-01").content.decode()
        today = client.get("/countries/QA/").content.decode()
        assert 'first designated in 2021: <a href="/cities/doha/">Doha</a>' in today

    def test_small_letters_lead_to_capitals_and_keep_the_day(self, client):
        answer = client.get("/fr/countries/fr/?as_of=2010-01-01")
        assert answer.status_code == 301
        assert answer.headers["Location"] == "/fr/countries/FR/?as_of=2010-01-01"
        assert client.get("/countries/fr.json").headers["Location"] == "/countries/FR.json"

    def test_numbers_lead_to_their_rows_on_the_same_day(self, client):
        text = client.get("/fields/media-arts/?as_of=2015-01-01").content.decode()
        assert 'href="/atlas/?field=media-arts&amp;as_of=2015-01-01&amp;region=europe-and-north-america"' in text
        assert 'href="/atlas/?field=media-arts&amp;year=2008&amp;as_of=2015-01-01"' in text
        assert 'href="/atlas/?field=media-arts&amp;as_of=2008-12-31"' in text

    def test_growth_follows_a_change_of_field(self, client):
        first = json.loads(client.get("/fields/literature.json?as_of=2023-10-30&page_size=500").content)
        then = json.loads(client.get("/fields/literature.json?as_of=2023-10-31&page_size=500").content)
        came = {row["slug"] for row in then["results"]} - {row["slug"] for row in first["results"]}
        assert "lyon" in came

    @pytest.mark.parametrize("query", ["page=" + "9" * 21, "page=0", "sort=nonsense", "field=music&q=zzz"])
    def test_what_cannot_be_meant_changes_nothing_bad(self, client, query):
        answer = client.get(f"/fields/film/?{query}")
        assert answer.status_code == 200
        assert "30 member cities" in answer.content.decode()

    @pytest.mark.parametrize("path", ["/fields/film/", "/regions/africa/", "/countries/FR/"])
    def test_what_cannot_be_read_is_refused_in_the_language(self, client, path):
        for query in ("as_of=31/12", "as_of=9999-12-31", "page=two"):
            answer = client.get(f"/es{path}?{query}")
            assert (query, answer.status_code, answer.headers["Content-Language"]) == (query, 400, "es")


@pytest.mark.usefixtures("reference_data")
class TestLists:
    @pytest.mark.parametrize("name", ["fields", "regions", "countries"])
    def test_the_numbers_of_a_day_add_up(self, client, name):
        for day, count in DAYS:
            document = json.loads(client.get(f"/{name}.json?as_of={day}").content)
            assert (day, sum(row["cities"] for row in document["results"])) == (day, count)
            assert document["as_of"] == day

    def test_countries_are_counted_with_macao_in_china(self, client):
        assert "in 108 countries" in client.get("/countries/").content.decode()

    def test_only_countries_with_a_member_until_the_day(self, client):
        text = client.get("/countries/?as_of=2004-12-31").content.decode()
        assert "/countries/GB/" in text
        assert "/countries/FR/" not in text

    def test_lists_keep_the_day_in_their_links(self, client):
        assert "/fields/film/?as_of=2010-01-01" in client.get("/fields/?as_of=2010-01-01").content.decode()


@pytest.mark.usefixtures("reference_data")
class TestAsData:
    @pytest.mark.parametrize(
        ("path", "count"), [("/fields/film", 30), ("/regions/africa", 26), ("/countries/FR", 11), ("/countries/MO", 1)]
    )
    def test_the_same_members_in_three_forms(self, client, path, count):
        assert len(rows_of(client.get(f"{path}.csv"))) == count
        assert json.loads(client.get(f"{path}.json").content)["count"] == count
        assert len(json.loads(client.get(f"{path}.geojson").content)["features"]) == count

    def test_every_column_of_a_download_has_its_meaning(self, client):
        row = queries.rows(Filters(day=days.today()), limit=1)[0]
        assert list(formats.CITY_COLUMNS) == list(atlas.as_record(row))
        assert list(rows_of(client.get("/atlas.csv"))[0]) == list(formats.CITY_COLUMNS)
        assert list(rows_of(client.get("/countries.csv"))[0]) == list(formats.COUNTRY_COLUMNS)
        assert list(rows_of(client.get("/fields.csv"))[0]) == list(formats.PLACE_COLUMNS["field"])
        assert list(rows_of(client.get("/regions.csv"))[0]) == list(formats.PLACE_COLUMNS["region"])

    def test_labels_are_in_the_language_of_the_address(self, client):
        row = json.loads(client.get("/fr/countries.json").content)["results"][0]
        assert row["url"].endswith(f"/fr/countries/{row['country']}/")
        names = [each["creative_field_label"] for each in rows_of(client.get("/fr/fields.csv"))]
        assert "Cinéma" in names

    def test_data_of_a_past_day(self, client):
        rows = rows_of(client.get("/fields/media-arts.csv?as_of=2015-01-01"))
        assert "lyon" in [row["slug"] for row in rows]


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize(
    ("called", "slug"),
    [("food", "gastronomy"), ("Gourmet", "gastronomy"), ("folk-art", "crafts-and-folk-art"), ("电影", "film")],
)
def test_a_field_under_another_name_leads_to_its_page(client, called, slug):
    answer = client.get(f"/ru/fields/{called}/")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/ru/fields/{slug}/"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/", "/atlas/", "/cities/x/", "/fields/", "/statistics/", "/data/", "/about/"])
def test_a_page_that_is_only_read_says_so_even_to_a_stranger(path, method):
    stranger = Client(enforce_csrf_checks=True)
    answer = getattr(stranger, method)(path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
