"""Sets of rows of lists, and the words of names: drawn up with every change, in step with the rows."""

import datetime as dt
import importlib
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from creativecities.network.actions import cities, listing, membership
from creativecities.network.compute import listing as compute
from creativecities.network.compute import rowsets
from creativecities.network.models import City, CityName, Listing, RowSet, Word
from creativecities.network.tests import factories
from creativecities.network.tests.factories import ROBOT, member
from creativecities.network.tests.test_listing_rows import facts

DAYS = st.sampled_from([dt.date(year, 1, 1) for year in range(2004, 2012)])
DAY = dt.date(2023, 6, 1)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Any, ...]:
    start, end = sorted(draw(st.lists(DAYS, min_size=2, max_size=2, unique=True)))
    end = end if draw(st.booleans()) else rowsets.FOREVER
    facets = [draw(st.sampled_from("abc")) for _facet in rowsets.FACETS]
    return (start, end, start, draw(st.integers(1, 2**32 - 1)), *facets, *draw(st.tuples(*[st.booleans()] * 3)))


def sets_of(kept: dict[tuple[str, str], bytes]) -> dict[str, dict[str, int]]:
    sets: dict[str, dict[str, int]] = {}
    for (facet, value), bits in kept.items():
        sets.setdefault(facet, {})[value] = rowsets.read(bits)
    return sets


@given(st.lists(rows(), max_size=40), DAYS)
def test_sets_say_what_each_row_says(rows: list[tuple[Any, ...]], day: dt.date):
    kept = rowsets.of_rows(rows)
    sets, numbers = sets_of(kept), range(len(rows))
    assert list(rowsets.cities(kept["city", ""])) == [row[3] for row in rows]
    assert list(rowsets.pick(rowsets.during(sets, day), numbers)) == [
        n for n in numbers if rows[n][0] <= day < rows[n][1]
    ]
    for place, facet in enumerate(rowsets.FACETS, start=4):
        either = rowsets.any_of(sets.get(facet, {}), ["a", "b", "unknown"])
        assert list(rowsets.pick(either, numbers)) == [n for n in numbers if rows[n][place] in "ab"]
    ldc = sets.get("group", {}).get("ldc", 0)
    assert list(rowsets.pick(ldc, numbers)) == [n for n in numbers if rows[n][-3]]


@given(st.lists(st.integers(0, 9), max_size=40), st.sets(st.integers(0, 9)))
def test_rows_are_found_by_what_stands_for_them(things: list[int], wanted: set[int]):
    found = rowsets.where_among(things, wanted)
    assert list(rowsets.pick(found, things)) == [thing for thing in things if thing in wanted]


def test_words_are_those_of_all_names_and_tell_which_of_them_begin_the_name():
    former = compute.FormerName("São Velho", None, dt.date(2021, 5, 1))
    found = compute.words(facts(name="Nova Vila", former_names=[former], words=["Nova Vila", "São Velho", "新城"]))
    assert found == {b"nova": True, b"vila": False, b"sao": True, b"velho": False, "新城".encode(): False}


def kept() -> list[Any]:
    """All that is derived from the rows of lists, without keys."""
    return [
        sorted((one.facet, one.value, bytes(one.bits)) for one in RowSet.objects.all()),
        sorted((bytes(one.word), one.city_id or 0, one.country_id or "", one.begins) for one in Word.objects.all()),
    ]


def _rename(city: City) -> None:
    cities.rename(city, name="Abrantes Nova", since=DAY, opened=city.version, by=ROBOT)


def _add_name(city: City) -> None:
    cities.add_name(city, name="Ville Inventée", language="fr", kind=CityName.OTHER, by=ROBOT)


def _change_field(city: City) -> None:
    membership.change_field(city, field=factories.FieldFactory(slug="film"), on=DAY, by=ROBOT)


def _end(city: City) -> None:
    membership.end_membership(city, on=DAY, reason="asked to leave", by=ROBOT)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [_rename, _add_name, _change_field, _end])
def test_after_each_change_they_are_what_a_rebuilding_of_all_gives(change: Callable[[City], None]):
    for number in range(3):
        member(name=f"Vila {number}", year=2019 + 2 * number)
    before = kept()
    change(City.objects.get(name="Vila 1"))
    after = kept()
    assert after != before
    listing.rebuild_all(by=ROBOT)
    assert kept() == after


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_the_same_time_are_both_counted(monkeypatch: pytest.MonkeyPatch):
    made, start = [member(name=f"Vila {number}") for number in range(2)], threading.Barrier(2)
    drawn = rowsets.of_rows

    def slowly(rows: Any) -> Any:
        time.sleep(0.3)
        return drawn(rows)

    monkeypatch.setattr(rowsets, "of_rows", slowly)

    def act(city: City) -> None:
        start.wait()
        _end(city)
        connection.close()

    threads = [threading.Thread(target=act, args=[city]) for city in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    after = kept()
    assert Listing.objects.on(DAY).count() == 0
    listing.rebuild_all(by=ROBOT)
    assert kept() == after


@pytest.mark.django_db
def test_an_upgrade_draws_them_up_from_the_rows_there_are():
    member(name="Vila Nova")
    sets, words = kept()
    RowSet.objects.all().delete()
    Word.objects.all().delete()
    importlib.import_module("creativecities.network.migrations.0002_row_sets").draw_up(apps, None)
    drawn, found = kept()
    assert drawn == sets
    assert {word for word, *_rest in found} == {word for word, *_rest in words}
    assert (b"vila", City.objects.get().pk, "", True) in found
