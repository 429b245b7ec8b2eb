"""Pure functions of the portal: filters, markup, the map."""

import datetime as dt

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from creativecities.portal.compute import filters, markup, worldmap
from creativecities.portal.compute.pager import Pager

TODAY = dt.date(2026, 11, 21)


def _read(query: str) -> filters.Filters:
    return filters.read(QueryDict(query), day=None, today=TODAY)


def test_values_are_held_apart_from_the_statement():
    where, params = _read("field=x';drop--&country=fr&year=2019").where()
    assert "drop" not in where
    assert params[2:] == ["x';drop--", "FR", "2019"]


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_address_gives_a_statement_with_a_value_for_each_mark(words, value):
    query = QueryDict(mutable=True)
    query.update({"q": words, "field": value, "year": value, "group": value, "sort": value})
    found = filters.read(query, day=None, today=TODAY)
    where, params = found.where()
    assert where.count("%s") == len(params)
    assert found.order() in filters.SORTS.values()


def test_a_year_is_a_number_however_it_is_written():
    assert _read("year=02019&year=2019&year=٢").values("year") == ("2019",)


def test_toggles_add_and_take_away():
    toggles = markup.Toggles({"field": ["music"], "q": ["a b"], "page": ["3"]}, "field", ("music",))
    assert toggles.address("film") == "?q=a+b&field=music&field=film"
    assert toggles.address("music") == "?q=a+b"


def test_markup_escapes_names():
    text = markup.option("<b>", 1, '?q="><script>', chosen=False)
    assert "<b>" not in text
    assert "<script>" not in text


@given(st.integers(0, 10_000), st.integers(1, 10**30), st.integers(1, 500))
def test_a_pager_stays_within_its_pages(total, page, size):
    pager = Pager.of(total, page=page, size=size)
    assert 1 <= pager.number <= pager.last
    assert pager.offset < max(total, 1)


def _place(name: str, latitude: float, longitude: float) -> worldmap.Place:
    return worldmap.Place(0, "2019-10-30", "9999-12-31", name, name, "XX", "music", 0.0, 0.0, latitude, longitude)


def test_nearest_are_measured_on_the_sphere():
    places = [_place("quito", 0, -78.5), _place("fiji", -17, 179), _place("samoa", -13, -172)]
    known = [(worldmap.point(p.latitude, p.longitude), p) for p in places]
    near = worldmap.nearest(known, -17.0, -179.0, most=2, besides="none")
    assert [place.slug for place, _km in near] == ["fiji", "samoa"]
    assert 205 < near[0][1] < 220


def test_many_places_become_cells():
    places = [_place(f"p{n}", 0, 0) for n in range(worldmap.MOST_DOTS + 1)]
    text = worldmap.dots(places, root="/cities/", countries={}, fields={})
    assert "<a " not in text
    assert str(worldmap.MOST_DOTS + 1) in text
