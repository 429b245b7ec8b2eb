"""Quality of the data, and statistics of a day."""

import datetime as dt
from typing import Any

import pytest

from creativecities.network import queries
from creativecities.network.actions import membership
from creativecities.network.models import PublishedTotal
from creativecities.network.queries.uncertain import UNEXPLAINED
from creativecities.network.tests import factories
from creativecities.network.tests.factories import ROBOT

TODAY = dt.date(2026, 11, 21)


class TestQuality:
    def test_only_known_totals_differ_and_each_is_explained(self, reference_data: None):
        differing = {(row.year, row.total): row for row in queries.quality(TODAY).totals if row.difference}
        assert {key: row.difference for key, row in differing.items()} == {
            (2021, "total_countries"): 2,
            (2023, "total_countries"): -1,
            (2025, "new_cities"): -3,
            (2025, "total_cities"): -3,
            (2025, "round_countries"): 5,
        }
        assert all(row.explanation and row.explanation != UNEXPLAINED for row in differing.values())

    def test_totals_that_agree(self, reference_data: None):
        totals = {(row.year, row.total): row.here for row in queries.quality(TODAY).totals}
        assert totals[2017, "total_countries"] == 72
        assert totals[2014, "round_countries"] == 19
        assert totals[2011, "total_cities"] == 29
        assert totals[2025, "total_cities"] == 405

    def test_what_is_uncertain_is_listed(self, reference_data: None):
        quality = queries.quality(TODAY)
        assert len(quality.missing) == 3
        assert len(quality.single_source) == 24
        assert [slug for slug, _name, _country in quality.low_portraits] == ["batumi", "kisumu"]
        assert [slug for slug, *_rest in quality.without_population] == [
            "chordeleg", "idanha-a-nova", "shunde", "vicente-lopez",
        ]  # fmt: skip
        assert quality.year_only_rounds == [2004, 2005, 2006, *range(2008, 2014)]
        assert {row.city for row in quality.disagreements} >= {"Berlin", "Harbin", "Lyon"}

    def test_it_costs_the_same_at_any_size(self, reference_data: None, django_assert_num_queries: Any):
        with django_assert_num_queries(3):
            queries.quality(TODAY)

    @pytest.mark.django_db
    def test_an_unknown_difference_is_called_unexplained(self):
        factories.member(year=2019)
        PublishedTotal.objects.create(year=2019, new_cities=2, total_cities=1)
        totals = {row.total: row for row in queries.quality(TODAY).totals}
        assert (totals["new_cities"].difference, totals["new_cities"].explanation) == (-1, UNEXPLAINED)
        assert (totals["total_cities"].difference, totals["total_cities"].explanation) == (0, "")
        assert totals["total_countries"].difference is None
        assert queries.quality(dt.date(2018, 1, 1)).totals == []


class TestStatistics:
    def test_the_real_network(self, reference_data: None):
        numbers = queries.statistics(TODAY)
        assert (numbers.cities, numbers.countries) == (405, 108)
        assert [(row.year, row.joined, row.total) for row in numbers.years if row.year in (2004, 2014, 2025)] == [
            (2004, 1, 1), (2014, 28, 69), (2025, 55, 405),
        ]  # fmt: skip
        assert {row.key: row.count for row in numbers.fields}["architecture"] == 5
        for rows in (numbers.fields, numbers.regions, numbers.by_country, numbers.development):
            assert sum(row.count for row in rows) == 405
        assert sum(number for _field, _year, number in numbers.field_years) == 405
        assert {row.key: row.count for row in numbers.groups} == {"ldc": 16, "lldc": 15, "sids": 12}
        assert numbers.first_cities[0].slug == "edinburgh"
        assert len({row.country for row in numbers.first_cities}) == len(numbers.by_country) == 109

    def test_as_of_a_day(self, reference_data: None):
        numbers = queries.statistics(dt.date(2015, 1, 1))
        assert (numbers.cities, numbers.countries, numbers.years[-1].total) == (69, 32, 69)
        assert {row.key: row.count for row in numbers.fields}["media-arts"] == 8

    def test_it_costs_the_same_at_any_size(self, reference_data: None, django_assert_num_queries: Any):
        with django_assert_num_queries(5):
            queries.statistics(TODAY)

    @pytest.mark.django_db
    def test_a_city_that_left_is_no_longer_counted(self):
        factories.member(year=2019)
        gone = factories.member(name="Outra", year=2014)
        membership.change_field(gone, field=factories.FieldFactory(slug="film"), on=dt.date(2016, 1, 1), by=ROBOT)
        membership.end_membership(gone, on=dt.date(2021, 5, 1), reason="asked to leave", by=ROBOT)
        numbers = queries.statistics(TODAY)
        assert [(row.year, row.joined, row.left, row.total) for row in numbers.years] == [
            (2014, 1, 0, 1), (2019, 1, 0, 2), (2021, 0, 1, 1),
        ]  # fmt: skip
        assert (numbers.cities, queries.statistics(dt.date(2020, 1, 1)).cities) == (1, 2)
