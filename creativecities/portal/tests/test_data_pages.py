"""The data page, its catalogue, and the page on the quality of the data."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.network.models import Listing, PublishedTotal
from creativecities.portal import formats
from creativecities.portal.tests.test_places import statements

pytestmark = pytest.mark.django_db


class TestData:
    @pytest.mark.parametrize("prefix", ["", "/fr", "/es", "/ar", "/ru", "/zh"])
    def test_the_page_needs_no_statement(self, client, prefix):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"{prefix}/data/")
        assert answer.status_code == 200
        assert len(captured) == 0

    def test_it_gives_licence_credit_and_meanings(self, client):
        text = client.get("/data/").content.decode()
        for words in (
            "creativecommons.org/licenses/by/4.0",
            "GeoNames",
            formats.credit(),
            "<code>designated_year</code>",
        ):
            assert words in text

    @pytest.mark.usefixtures("reference_data")
    def test_every_download_it_names_is_there(self, client):
        files = [address for each in formats.datasets() for _kind, address in each.files]
        assert len(files) > 10
        assert {address: client.get(address).status_code for address in files} == dict.fromkeys(files, 200)

    def test_the_catalogue_says_the_same_to_machines(self, client):
        document = json.loads(client.get("/data.json").content)
        assert document["@type"] == "DataCatalog"
        assert len(document["dataset"]) == len(formats.datasets())
        cities = document["dataset"][0]
        assert [each["name"] for each in cities["variableMeasured"]] == list(formats.CITY_COLUMNS)
        assert cities["distribution"][0]["contentUrl"].endswith("/atlas.csv")

    def test_a_french_catalogue_names_french_downloads(self, client):
        document = json.loads(client.get("/fr/data.json").content)
        assert document["dataset"][0]["distribution"][0]["contentUrl"].endswith("/fr/atlas.csv")

    def test_it_is_only_read(self, client):
        assert client.post("/data/").status_code == 405
        assert client.post("/data/quality/").status_code == 405


@pytest.mark.usefixtures("reference_data")
class TestQuality:
    def test_it_counts_what_is_known_of_what_is_published(self, client):
        text = client.get("/data/quality/").content.decode()
        assert "This site knows 405 of the 408 published member cities by name." in text
        assert text.count("<li>One city in Costa Rica") == 1

    def test_no_number_is_typed(self, client):
        Listing.objects.filter(slug="quito").delete()
        PublishedTotal.objects.filter(year=2025).update(total_cities=410)
        assert "knows 404 of the 410 published" in client.get("/data/quality/").content.decode()

    def test_when_nothing_is_missing_it_says_so(self, client):
        PublishedTotal.objects.filter(year=2025).update(total_cities=405)
        assert "knows all 405 published" in client.get("/data/quality/").content.decode()

    def test_differences_are_explained(self, client):
        text = client.get("/data/quality/").content.decode()
        assert "Why some differ" in text
        assert "405 here, 408 published" in text
        assert "Where publications disagree" in text
        assert "Kisumu" in text

    def test_three_statements(self, client):
        assert statements(client, "/data/quality/") == 3

    @pytest.mark.parametrize("prefix", ["/fr", "/es", "/ar", "/ru", "/zh"])
    def test_every_language_has_the_page(self, client, prefix):
        text = client.get(f"{prefix}/data/quality/").content.decode()
        assert "405" in text
        assert "408" in text

    def test_numbers_lead_to_their_rows(self, client):
        text = client.get("/data/quality/").content.decode()
        assert 'href="/atlas/?year=2025"' in text
        assert 'href="/atlas/?as_of=2014-12-31"' in text
        assert 'href="/countries/?as_of=2014-12-31"' in text

    def test_the_comparison_of_a_past_day_holds_what_was_known_by_then(self, client):
        found = json.loads(client.get("/data/quality.json?as_of=2019-10-29").content)
        assert found["as_of"] == "2019-10-29"
        assert max(row["year"] for row in found["totals"]) < 2019
        assert not [row for row in found["totals"] if row["difference"]]
        assert "Shown as of" in client.get("/data/quality/?as_of=2019-10-29").content.decode()
        assert client.get("/data/quality/?as_of=31/12").status_code == 400

    def test_the_same_as_data(self, client):
        document = json.loads(client.get("/data/quality.json").content)
        assert set(document) == set(formats.QUALITY_COLUMNS)
        (row,) = [row for row in document["totals"] if (row["year"], row["total"]) == (2025, "total_cities")]
        assert (row["here"], row["published"], row["difference"]) == (405, 408, -3)


def test_quality_of_an_empty_network(client):
    answer = client.get("/data/quality/")
    assert answer.status_code == 200
    assert "published member cities by name" not in answer.content.decode()
