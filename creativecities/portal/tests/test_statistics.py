"""The network in numbers: right on every day, each number a link, the same as data."""

import csv
import datetime as dt
import io
import itertools
import json
import re

import pytest

from creativecities.core import freshness
from creativecities.core.templatetags.charts import bar_chart
from creativecities.exchange import states
from creativecities.exchange.tests.factories import initiative, year
from creativecities.network import queries as network
from creativecities.network.tests.factories import FieldFactory, member
from creativecities.portal import formats
from creativecities.portal.compute import charts
from creativecities.portal.queries import Change
from creativecities.portal.tests.test_places import DAYS, statements

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("members", [0, 1, 3])
def test_one_statement_whatever_the_size(client, members):
    for number in range(members):
        member(name=f"Vila {number}")
    assert statements(client, "/statistics/") == 1


@pytest.mark.usefixtures("reference_data")
def test_one_statement_for_the_real_network(client):
    assert statements(client, "/statistics/") == 1


def test_the_page_is_only_read(client):
    assert client.post("/statistics/").status_code == 405


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize("prefix", ["/fr", "/es", "/ar", "/ru", "/zh"])
def test_every_language_has_the_page(client, prefix):
    text = client.get(f"{prefix}/statistics/").content.decode()
    assert not re.search(r'(?:width|height|x|y)="\d+,\d', text), "a comma in a drawing"


@pytest.mark.usefixtures("reference_data")
@pytest.mark.parametrize(("day", "count"), DAYS)
class TestOnADay:
    def test_every_table_adds_up(self, client, day, count):
        document = json.loads(client.get(f"/statistics.json?as_of={day}").content)
        assert document["cities"] == count
        for table in ("field", "region", "country", "development", "size"):
            assert sum(row["total"] for row in document["tables"][table]) == count, table
        assert document["tables"]["year"][-1]["total"] == count

    def test_another_way_of_counting_agrees(self, client, day, count):
        document = json.loads(client.get(f"/statistics.json?as_of={day}").content)
        other = network.statistics(dt.date.fromisoformat(day))
        assert (document["cities"], document["countries"]) == (other.cities, other.countries)
        tables = document["tables"]
        for table, rows in (("field", other.fields), ("region", other.regions), ("country", other.by_country)):
            assert {row["value"]: row["total"] for row in tables[table]} == {row.key: row.count for row in rows}
        new = {row["value"]: row["new"] for row in tables["year"] if row["new"]}
        assert new == {str(row.year): row.joined for row in other.years if row.joined}
        firsts = {(row["value"], row["label"]) for row in tables["first_city"]}
        assert firsts == {(first.country, first.name) for first in other.first_cities}

    def test_the_page_shows_them(self, client, day, count):
        text = client.get(f"/statistics/?as_of={day}").content.decode()
        assert f"<strong>{count}</strong>" in text
        assert f"as_of={day}&amp;country=GB" in text


@pytest.mark.usefixtures("reference_data")
class TestPage:
    def test_numbers_lead_to_their_rows(self, client):
        text = client.get("/statistics/").content.decode()
        for address in ("/atlas/?year=2019", "/atlas/?as_of=2014-12-31", "/atlas/?group=ldc", "/atlas/?field=film"):
            assert f'href="{address}"' in text

    def test_what_the_numbers_promise_is_found_there(self, client):
        rows = json.loads(client.get("/statistics.json").content)["tables"]["development"]
        for row in rows:
            path = row["url"].split("?", 1)[1]
            assert json.loads(client.get(f"/atlas.json?{path}").content)["count"] == row["total"]

    def test_the_chart_says_in_words_what_it_shows(self, client):
        text = client.get("/statistics/").content.decode()
        assert 'role="img" aria-label="Members at the end of each year, from 2004 to 2026: 405 at the end."' in text

    def test_the_largest_countries_are_drawn_and_all_are_listed(self, client):
        text = client.get("/statistics/?as_of=2014-12-01").content.decode()
        chart = re.search(r"<caption>Countries with the most member cities</caption>.*?</table>", text, re.DOTALL)[0]
        drawn = [int(number) for number in re.findall(r"country=[A-Z]{2}\">(\d+)<", chart)]
        assert len(drawn) == 12
        assert drawn == sorted(drawn, reverse=True)
        listed = re.search(r"All 32 countries and territories</summary>.*?</details>", text, re.DOTALL)[0]
        assert listed.count('<a class="number"') == 32

    def test_edinburgh_was_first(self, client):
        row = json.loads(client.get("/statistics.json").content)["tables"]["first_city"][0]
        assert (row["value"], row["label"]) == ("GB", "Edinburgh")

    def test_csv_has_the_columns_that_are_explained(self, client):
        rows = list(csv.DictReader(io.StringIO(client.get("/statistics.csv").content.decode("utf-8-sig"))))
        assert list(rows[0]) == list(formats.STATISTICS_COLUMNS)
        assert {"total", "countries", "year", "field", "first_city"} <= {row["table"] for row in rows}

    @pytest.mark.parametrize("path", ["/statistics/", "/statistics.json", "/statistics.csv"])
    def test_a_day_that_cannot_be_is_refused(self, client, path):
        for day in ("31/12", "9999-12-31", "2019-13-01"):
            assert client.get(f"/zh{path}?as_of={day}").status_code == 400, day

    def test_the_slider_has_its_words(self, client):
        form = re.search(r"<form[^>]*data-as-of[^>]*>", client.get("/statistics/").content.decode())
        for name in ("data-first", "data-year", "data-play", "data-stop"):
            assert name in form[0]


class TestInitiatives:
    @pytest.mark.parametrize("number", [0, 1, 3])
    def test_they_add_no_statement(self, client, number):
        for each in range(number):
            initiative(f"Lamps {each}")
        assert statements(client, "/statistics/") == 1

    @pytest.mark.usefixtures("reference_data")
    @pytest.mark.parametrize("query", ["", "?as_of=2019-06-30"])
    def test_each_number_is_found_behind_its_link(self, client, query):
        document = json.loads(client.get(f"/statistics.json{query}").content)
        page = client.get(f"/statistics/{query}").content.decode()
        everything = json.loads(client.get(f"/initiatives.json{query}").content)["count"]
        assert document["initiatives"] == everything > 50
        for name in ("field", "kind", "region", "year"):
            rows = document["tables"][f"initiative_{name}"]
            assert rows, name
            for row in rows:
                path = row["url"].partition("/initiatives/")[2]
                assert json.loads(client.get(f"/initiatives.json{path}").content)["count"] == row["total"], row
                assert f'/initiatives/{path.replace("&", "&amp;")}">{row["total"]}</a>' in page
        assert sum(row["total"] for row in document["tables"]["initiative_kind"]) == everything

    def test_one_counts_in_all_its_fields_and_in_the_regions_of_all_its_cities(self, client):
        FieldFactory(slug="design")
        FieldFactory(slug="music")
        guest = member(country__iso2="NP", country__region__slug="asia-and-the-pacific")
        initiative("Lamps", partners=(guest,), fields="design music", **year(2018))
        tables = json.loads(client.get("/statistics.json").content)["tables"]
        found = {name: [row["value"] for row in tables[f"initiative_{name}"]] for name in ("field", "region", "year")}
        assert sorted(found["field"]) == ["design", "music"]
        assert len(found["region"]) == 2
        assert found["year"] == ["2018"]

    def test_on_earlier_days_only_what_had_begun_counts(self, client):
        lead = member()
        initiative("Lamps", lead=lead, starts_on=dt.date(2018, 5, 1), ends_on=dt.date(2020, 5, 1))
        initiative("Bread", lead=lead, **year(2020))
        initiative("Of no known year", lead=lead)

        def asked(path: str) -> dict:
            return json.loads(client.get(path).content)

        assert asked("/statistics.json")["initiatives"] == 3
        for day, number in (("2018-04-30", 0), ("2018-05-01", 1), ("2020-01-01", 2)):
            assert asked(f"/statistics.json?as_of={day}")["initiatives"] == number, day
            assert asked(f"/initiatives.json?as_of={day}")["count"] == number, day
        years = asked("/statistics.json?as_of=2019-01-01")["tables"]["initiative_year"]
        assert [(row["value"], row["total"]) for row in years] == [("2019", 1), ("2018", 1)]

    def test_what_is_no_longer_public_is_not_counted(self, client):
        one = initiative("Lamps")
        assert "1</strong>initiatives" in client.get("/statistics/").content.decode()
        one.state = states.RETIRED
        one.save()
        freshness.forget()
        assert "0</strong>initiatives" in client.get("/statistics/").content.decode()


class TestCharts:
    def test_ticks_are_round_and_reach_above(self):
        for most in (0, 1, 4, 9, 16, 69, 405, 999, 10_000):
            ticks = charts.round_ticks(most)
            assert ticks[0] >= most
            assert ticks[-1] == 0
            assert 2 <= len(ticks) <= 6
            assert len({before - after for before, after in itertools.pairwise(ticks)}) == 1

    def test_years_without_news_keep_their_members(self):
        drawn = charts.growth(
            [Change(2005, 3, 3), Change(2007, -1, 0)], first_year=2004, day=dt.date(2008, 5, 1), as_of="2008-05-01"
        )
        assert [(column.year, column.total, column.new) for column in drawn.columns] == [
            (2004, 0, 0), (2005, 3, 3), (2006, 3, 0), (2007, 2, 0), (2008, 2, 0),
        ]  # fmt: skip
        assert drawn.columns[1].new_url == "?year=2005&as_of=2008-05-01"
        assert drawn.columns[1].total_url == "?as_of=2005-12-31"
        assert drawn.columns[-1].total_url == "?as_of=2008-05-01"
        assert drawn.first == drawn.columns[1]

    def test_a_day_before_the_first_year_draws_nothing(self):
        drawn = charts.growth([], first_year=2004, day=dt.date(2003, 1, 1))
        assert drawn.columns == ()
        assert drawn.last is None

    def test_the_longest_bar_is_whole(self):
        drawn = bar_chart([charts.Bar("a", 3), charts.Bar("<b>", 12), charts.Bar("c", 0)], "<i>", "n")
        assert re.findall(r'rect width="([^"]*)"', drawn) == ["25.0", "100.0", "0.0"]
        assert "<b>" not in drawn
        assert "<i>" not in drawn

    def test_without_rows_there_is_no_chart(self):
        assert bar_chart([], "Size", "Cities") == ""
