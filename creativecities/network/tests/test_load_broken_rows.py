"""A broken row is refused with file, line, column and reason, and nothing at all is loaded."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from creativecities.core.models import Event
from creativecities.network import formats
from creativecities.network.models import City, Country, Imported
from creativecities.network.tests import small

Case = tuple[Callable[[Path], object], str, int, str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small.write(tmp_path / "data")


def cell(file: str, number: int, column: str, value: str, reason: str, *, told_of: str = "", later: int = 0) -> Case:
    """A value in a row, counted from 0, and what is said of it; `told_of` is another column, `later` a later row."""

    def act(folder: Path) -> None:
        small.change(folder, file, number, **{column: value})

    return act, file, number + later + 2, told_of or column, reason


def city(column: str, value: str, reason: str, *, told_of: str = "") -> Case:
    return cell("member_cities", 1, column, value, reason, told_of=told_of)


def raw(old: bytes, new: bytes, line: int, column: str, reason: str) -> Case:
    """Other bytes in the file of member cities."""

    def act(folder: Path) -> None:
        path = folder / "member_cities.csv"
        assert old in path.read_bytes()
        path.write_bytes(path.read_bytes().replace(old, new, 1))

    return act, "member_cities", line, column, reason


CASES: dict[str, Case] = {
    "country": city("country", "XX", "unknown country “XX”"),
    "field": city("creative_field", "opera", "unknown creative field “opera”"),
    "year": city("designated_year", "2016", "no round was held in 2016"),
    "year in words": city("designated_year", "soon", "“soon” is not a whole number"),
    "year 9999": city("designated_year", "9999", "not between 1900 and 2999"),
    "elsewhere": city("longitude", "2.35", "degrees outside the outline of PT", told_of="latitude"),
    "just outside": city("latitude", "43.36", "0.36 degrees outside the outline of PT"),
    "degrees": city("latitude", "91", "not between -90 and 90"),
    "not a number": city("longitude", "nan", "not between -180 and 180"),
    "comma": city("latitude", "38,5", "“38,5” is not a number"),
    "population": city("population", "-4", "not between 0"),
    "empty": city("city", " ", "nothing is written here"),
    "long": city("local_name", "a" * 101, "longer than 100 characters"),
    "line break": city("local_name", "Pe\ndra", "there is a line break"),
    "confidence": city("confidence", "sure", "none of: verified, single"),
    "geonames twice": city("geonames_id", "1", "the same as line 2"),
    "duplicate": (lambda folder: small.add(folder, "member_cities"), "member_cities", 5, "city", "the same as line 4"),
    "encoding": raw("Pédra".encode(), b"P\xe9dra", 3, "local_name", "this is not UTF-8"),
    "NUL": raw(b"Vila Nova", b"Vila\0Nova", 2, "city", "there is a control character"),
    "column": raw(b"latitude", b"lat", 1, "latitude", "the column is missing"),
    "column twice": raw(b"local_name", b"population", 1, "local_name", "the column is missing"),
    "cells": raw(b",verified", b",verified,more", 2, "", "11 cells instead of 10"),
    "LDC country": cell("ldc_graduations", 0, "country", "ZZ", "unknown country “ZZ”"),
    "counted with": cell("counted_with", 0, "counted_with", "ZZ", "unknown country “ZZ”"),
    "region": cell("countries", 1, "unesco_region", "Oceania", "unknown region “Oceania”"),
    "M49": cell("countries", 1, "un_region", "Southern Europe", "unknown region"),
    "flag": cell("countries", 1, "ldc", "yes", "none of: 0, 1"),
    "day": cell("designation_rounds", 0, "announced_on", "1/12/2014", "is not a day written YYYY-MM-DD"),
    "other year": cell("designation_rounds", 0, "announced_on", "2015-01-01", "is not in the year of the round"),
    "overlap": cell("field_history", 0, "to", "2021-01-01", "overlaps line 2", told_of="from", later=1),
    "backwards": cell("field_history", 0, "to", "2013-01-01", "ends before it begins"),
    "field now": cell("field_history", 1, "creative_field", "design", "is not the field the city holds now"),
    "not its round": cell("field_history", 0, "from", "2014-12-02", "does not begin on the day of the city’s round"),
    "stranger": cell("city_portraits", 0, "city", "Nowhere", "Nowhere (PT) is no member city"),
    "name": cell("city_names", 0, "city", "Petra", "Petra (PT) is no member city"),
    "former name": cell("city_former_names", 0, "former_name", "Vila Nova", "is the present name"),
    "file": (lambda folder: (folder / "sdgs.csv").unlink(), "sdgs", 0, "", "the file is missing"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_a_broken_row_is_refused_and_nothing_is_loaded(case: str, folder: Path):
    act, file, line, column, reason = CASES[case]
    act(folder)
    errors = [error for error in formats.read(folder).errors if error.file == f"{file}.csv"]
    assert (errors[0].line, errors[0].column) == (line, column)
    assert reason in errors[0].reason
    out = io.StringIO()
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load_data", folder=folder, stderr=out, verbosity=0)
    assert f"{file}.csv:{line}" in out.getvalue()
    assert not City.objects.exists()
    assert not Country.objects.exists()
    assert not Imported.objects.exists()
    assert not Event.objects.exists()


def test_every_fault_is_found_not_only_the_first(folder: Path):
    small.change(folder, "member_cities", 0, latitude="x", confidence="y")
    small.change(folder, "member_cities", 1, population="z")
    found = [(error.line, error.column) for error in formats.read(folder).errors]
    assert found == [(2, "latitude"), (2, "confidence"), (3, "population")]


def test_a_row_over_several_lines_is_named_by_its_first(folder: Path):
    small.change(folder, "city_portraits", 0, portrait="One\nline.")
    small.add(folder, "city_portraits", city="Nowhere")
    assert [(error.line, error.column) for error in formats.read(folder).errors] == [(4, "city")]


def test_an_allowance_lets_a_point_outside_pass(folder: Path):
    small.change(folder, "member_cities", 1, longitude="2.35")
    small.save(folder, "outline_allowance", [{"country": "PT", "city": "Pedra"}])
    assert formats.read(folder).errors == []


def test_a_country_without_outline_needs_an_allowance(folder: Path):
    (folder / "outlines.json").write_text('{"PT": [[[-10, 36], [-6, 36], [-6, 43], [-10, 43]]]}', encoding="utf-8")
    assert [(error.line, error.column) for error in formats.read(folder).errors] == [(4, "country")]
    small.save(folder, "outline_allowance", [{"country": "NP", "city": ""}])
    assert formats.read(folder).errors == []


def test_outlines_that_are_no_json_are_refused(folder: Path):
    (folder / "outlines.json").write_text("{", encoding="utf-8")
    assert [str(error) for error in formats.read(folder).errors] == ["outlines.json:0: this is not JSON"]
