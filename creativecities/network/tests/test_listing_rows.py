"""Rows of lists: cut where something changes, without overlap or gap."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creativecities.network.compute import listing, size, slug
from creativecities.network.compute.listing import FOREVER, Facts, FormerName, Spell

DAYS = st.dates(dt.date(2004, 1, 1), dt.date(2035, 12, 31))


def facts(**given: object) -> Facts:
    columns = {
        "name": "Nova", "columns": {}, "latitude": 38.5, "longitude": -8.5, "population": 40_000, "year": 2019,
        "year_only": False, "spells": [Spell("design", dt.date(2019, 10, 30), None)],
    }  # fmt: skip
    return Facts(**{**columns, **given})


@st.composite
def histories(draw: st.DrawFn) -> Facts:
    cuts = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
    spells = [Spell("design", start, end) for start, end in pairwise(cuts)]
    if draw(st.booleans()) or not spells:
        spells.append(Spell("film", cuts[-1], None))
    names = [FormerName(f"Old {at}", None, day) for at, day in enumerate(draw(st.lists(DAYS, max_size=3)))]
    periods = [(None, draw(st.none() | DAYS))] if draw(st.booleans()) else []
    return facts(spells=spells, former_names=names, least_developed=periods)


@given(histories())
def test_rows_cover_each_membership_without_overlap_or_gap(history: Facts):
    rows = list(listing.rows(history))
    assert all(row["start"] < row["end"] for row in rows)
    assert rows[0]["start"] == history.spells[0].start
    assert rows[-1]["end"] == (history.spells[-1].end or FOREVER)
    assert all(earlier["end"] == later["start"] for earlier, later in pairwise(rows))


@given(histories(), DAYS)
def test_the_row_of_a_day_says_what_was_true_that_day(history: Facts, day: dt.date):
    held = [row for row in listing.rows(history) if row["start"] <= day < row["end"]]
    spells = [spell for spell in history.spells if spell.start <= day < (spell.end or FOREVER)]
    assert [row["field_id"] for row in held] == [spell.field for spell in spells]
    for row in held:
        assert row["name"] == listing.name_on(history, day)
        assert row["is_ldc"] == any(end is None or day < end for _start, end in history.least_developed)


def test_a_city_without_membership_has_no_row():
    assert list(listing.rows(facts(spells=[]))) == []


def test_a_renamed_city_bears_its_name_of_the_time():
    rows = list(listing.rows(facts(former_names=[FormerName("Velha", None, dt.date(2021, 5, 1))])))
    assert [(row["name"], row["start"], row["sort"]) for row in rows] == [
        ("Velha", dt.date(2019, 10, 30), "velha"),
        ("Nova", dt.date(2021, 5, 1), "nova"),
    ]


def test_a_name_of_two_spells_holds_between_its_days():
    former = [
        FormerName("First", None, dt.date(2020, 1, 1)),
        FormerName("Second", dt.date(2020, 1, 1), dt.date(2021, 1, 1)),
    ]
    assert [row["name"] for row in listing.rows(facts(former_names=former))] == ["First", "Second", "Nova"]


def test_joined_on_is_the_first_day_even_after_a_change_of_field():
    spells = [Spell("design", dt.date(2014, 1, 1), dt.date(2020, 1, 1)), Spell("film", dt.date(2020, 1, 1), None)]
    assert {row["joined_on"] for row in listing.rows(facts(spells=spells))} == {dt.date(2014, 1, 1)}


def test_search_holds_each_folded_name_once_after_a_blank():
    assert listing.searchable(["Kraków", "Krakow", "神戶", "神户", ""]) == " krakow 神户"


@pytest.mark.parametrize(
    ("population", "band"),
    [
        (None, "unknown"), (0, "unknown"), (99_999, "under-100k"), (100_000, "100k-500k"), (500_000, "500k-1m"),
        (1_000_000, "1m-5m"), (5_000_000, "over-5m"),
    ],
)  # fmt: skip
def test_size_is_a_band(population: int | None, band: str):
    assert size.band(population) == band


def test_excerpt_ends_with_a_sentence_or_between_words():
    assert listing.excerpt("Short.") == "Short."
    sentences = "A first sentence about looms and the people who keep them going. " + "Second one " * 30
    assert listing.excerpt(sentences) == "A first sentence about looms and the people who keep them going."
    cut = listing.excerpt("word " * 60)
    assert cut.endswith("word…")
    assert len(cut) <= 160


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Łódź", "lodz"), ("Kırşehir", "kirsehir"), ("Wrocław", "wroclaw"), ("Şanlıurfa", "sanliurfa"),
        ("Huai'an", "huaian"), ("Tel Aviv-Yafo", "tel-aviv-yafo"), ("São Paulo", "sao-paulo"), ("…", "city-pt"),
    ],
)  # fmt: skip
def test_slug_is_the_name_in_plain_letters(name: str, expected: str):
    assert slug.city_slug(name, "PT", set()) == expected


@given(st.lists(st.text(max_size=120), max_size=12))
def test_slugs_are_plain_and_never_twice(names: list[str]):
    taken: set[str] = set()
    for name in names:
        made = slug.city_slug(name, "NI", taken)
        assert made not in taken
        assert 0 < len(made) <= 80
        assert all(character.isascii() and (character.isalnum() or character in "-_") for character in made)
        taken.add(made)


def test_a_later_city_of_the_same_name_adds_its_country():
    assert slug.city_slug("Granada", "NI", {"granada"}) == "granada-ni"
    assert slug.city_slug("Granada", "NI", {"granada", "granada-ni"}) == "granada-ni-2"
