"""Loading: the real network with its totals, idempotent, and never over what a person changed."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from creativecities.accounts.tests import people
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import formats
from creativecities.network.actions import cities, loading
from creativecities.network.models import (
    City,
    CityName,
    Country,
    Designation,
    DesignationRound,
    Imported,
    Listing,
    Membership,
    Portrait,
)
from creativecities.network.queries import reference
from creativecities.network.tests import factories, small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small.write(tmp_path / "data")


@pytest.fixture
def loaded(db: None, folder: Path) -> Path:
    load(folder)
    return folder


def load(folder: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("load_data", folder=folder, stdout=out, **options)
    return out.getvalue()


def pedra() -> City:
    return City.objects.get(slug="pedra")


class TestTheRealNetwork:
    @pytest.mark.parametrize(
        ("day", "cities", "countries"),
        [
            (dt.date(2008, 12, 31), 16, 13), (dt.date(2014, 12, 31), 69, 32), (dt.date(2017, 12, 31), 180, 72),
            (dt.date(2021, 12, 31), 295, 92), (dt.date(2023, 12, 31), 350, 105), (dt.date(2026, 11, 21), 405, 108),
        ],
    )  # fmt: skip
    def test_totals_of_a_day(self, reference_data: None, day: dt.date, cities: int, countries: int):
        rows = Listing.objects.on(day)
        assert rows.count() == cities
        assert rows.values("counted_country").distinct().count() == countries

    def test_lyon_changed_its_field(self, reference_data: None):
        fields = {
            day: Listing.objects.on(day).get(slug="lyon").field_id
            for day in (dt.date(2008, 12, 31), dt.date(2023, 10, 30), dt.date(2023, 10, 31))
        }
        assert list(fields.values()) == ["media-arts", "media-arts", "literature"]
        assert Designation.objects.get(city__slug="lyon").field_id == "media-arts"

    def test_former_names_slugs_and_local_names(self, reference_data: None):
        assert Listing.objects.on(dt.date(2018, 1, 1)).get(slug="tambasasayama").name == "Sasayama"
        assert Listing.objects.on(dt.date(2019, 5, 1)).get(slug="tambasasayama").name == "Tambasasayama"
        assert City.objects.get(slug="granada").country_id == "ES"
        assert City.objects.get(slug="granada-ni").country_id == "NI"
        assert set(City.objects.filter(slug__in="lodz kirsehir wroclaw sanliurfa".split())) != set()
        languages = dict(City.objects.values_list("slug", "local_language"))
        assert [languages[slug] for slug in ("jinju", "kobe", "macao", "leeuwarden", "lviv")] == [
            "ko", "ja", "zh-Hant", "fy", "uk",
        ]  # fmt: skip

    def test_three_countries_leave_the_list_of_least_developed_ones(self, reference_data: None):
        before, after = (
            set(Listing.objects.on(day).filter(is_ldc=True).values_list("country_id", flat=True))
            for day in (dt.date(2026, 11, 23), dt.date(2026, 11, 24))
        )
        assert before - after == {"NP", "BD"} & before
        assert "NP" in before

    def test_search_text_finds_names_in_every_script(self, reference_data: None):
        for typed in ("jinju", "진주", "krakow", "cracovie", "神户"):
            assert Listing.objects.filter(search__contains=f" {typed}").exists(), typed

    def test_no_name_of_ours_is_missing_from_the_files(self, reference_data: None):
        assert City.objects.count() == City.objects.filter(is_listed=True).count() == 405
        assert Portrait.objects.filter(is_current=True, language="en", number=1).count() == 405
        assert CityName.objects.filter(kind=CityName.OTHER).count() > 12_000
        assert Event.objects.filter(kind="network.reference.loaded").count() == 1


class TestLoading:
    def test_a_first_load_leaves_one_event(self, loaded: Path):
        event = Event.objects.get()
        assert (event.kind, event.actor_name, event.actor_id) == ("network.reference.loaded", "Reference data", None)
        assert event.facts["changed"] == event.facts["kept"] == event.facts["removed"] == 0
        assert {city.slug for city in City.objects.filter(is_listed=True)} == {"vila-nova", "pedra", "pedra-np"}

    def test_a_second_load_changes_nothing_and_leaves_no_event(self, loaded: Path):
        stamps = list(Imported.objects.values_list("pk", "at"))
        rows = list(Listing.objects.values_list("pk", flat=True))
        assert load(loaded) == "Nothing to change.\n"
        assert Event.objects.count() == 1
        assert list(Imported.objects.values_list("pk", "at")) == stamps
        assert list(Listing.objects.values_list("pk", flat=True)) == rows

    def test_a_dry_run_tells_and_changes_nothing(self, loaded: Path):
        small.change(loaded, "member_cities", 1, population="50000")
        small.drop(loaded, "city_names", 0)
        text = load(loaded, dry_run=True)
        assert "city pedra, population: 40000 → 50000" in text
        assert "cityname pedra/other//Петра: no longer in the file; stays" in text
        assert text.endswith("A dry run: nothing was changed.\n")
        assert pedra().population == 40_000
        assert Event.objects.count() == 1

    def test_a_later_load_changes_and_tells_of_the_city(self, loaded: Path):
        small.change(loaded, "member_cities", 1, population="150000", local_name="Pedrá")
        load(loaded)
        city = pedra()
        assert (city.population, city.local_name, city.version) == (150_000, "Pedrá", 2)
        assert Listing.objects.get(slug="pedra").size == "100k-500k"
        event = Event.objects.get(kind="network.city.changed_from_files")
        assert event.subject_id == str(city.pk)
        assert ["population", 40_000, 150_000] in event.facts["parts"]["city"]

    def test_a_form_opened_before_the_load_is_shown_the_difference(self, loaded: Path):
        city, officer = pedra(), factories.holder("secretariat")
        small.change(loaded, "member_cities", 1, local_name="Pedrá")
        load(loaded)
        typed = {"local_name": "Pedra Alta", "local_language": city.local_language}
        with pytest.raises(cities.Conflict, match="Reference data has saved") as caught:
            cities.change_local_name(city, **typed, opened=1, by=officer)
        language = {"local_language": city.local_language}
        assert caught.value.opened == {"local_name": "Pédra", **language}
        assert caught.value.theirs == {"local_name": "Pedrá", **language}
        assert pedra().local_name == "Pedrá"
        cities.change_contact(city, office="Town hall", office_email="", website="", opened=1, by=officer)
        cities.change_local_name(city, **typed, opened=3, by=officer)
        assert pedra().local_name == "Pedra Alta"

    def test_each_form_a_load_touches_is_held(self, loaded: Path):
        for file in ("member_cities", "city_names", "city_portraits"):
            for number, row in enumerate(small.read(loaded, file)):
                if (row["city"], row["country"]) == ("Pedra", "PT"):
                    small.change(loaded, file, number, city="Pedras")
        small.change(loaded, "member_cities", 1, local_name="Pedrá")
        load(loaded)
        events = Event.objects.filter(kind="network.city.changed_from_files").order_by("pk")
        assert [event.facts["part"] for event in events] == ["local-name", "english-name"]
        since, officer = dt.date(2020, 1, 1), factories.holder("secretariat")
        with pytest.raises(cities.Conflict):
            cities.rename(pedra(), name="Petra", since=since, opened=1, by=officer)

    def test_a_new_city_is_added_and_told_of(self, loaded: Path):
        small.add(loaded, "member_cities", city="Serra", country="PT", latitude="40", longitude="-8", geonames_id="9")
        load(loaded)
        assert Event.objects.get(kind="network.city.added_from_files").subject_name == "Serra"
        assert Listing.objects.get(slug="serra").year == 2019

    def test_a_row_gone_from_the_files_is_told_of_and_stays(self, loaded: Path):
        small.drop(loaded, "member_cities", 2)
        assert "city pedra-np: no longer in the file; stays" in load(loaded)
        assert City.objects.filter(slug="pedra-np", is_listed=True).exists()

    def test_a_city_renamed_in_the_files_is_known_by_its_geonames_id(self, loaded: Path):
        for file in ("member_cities", "city_names", "city_portraits"):
            for number, row in enumerate(small.read(loaded, file)):
                if (row["city"], row["country"]) == ("Pedra", "PT"):
                    small.change(loaded, file, number, city="Pedras")
        load(loaded)
        assert (pedra().name, City.objects.count()) == ("Pedras", 3)
        kinds = dict(pedra().names.filter(language="en").values_list("name", "kind"))
        assert kinds == {"Pedras": "current", "Pedra": "other"}
        assert load(loaded).endswith("Nothing to change.\n")

    def test_a_moved_round_moves_the_rows_of_lists(self, loaded: Path):
        small.change(loaded, "designation_rounds", 1, precision="day")
        load(loaded)
        assert Listing.objects.get(slug="pedra-np", start=dt.date(2019, 12, 31)).year_only is False

    def test_countries_are_counted_as_the_files_say(self, loaded: Path):
        assert Country.objects.get(pk="NP").counted_with_id == "PT"
        assert set(Listing.objects.values_list("counted_country", flat=True)) == {"PT"}

    def test_a_new_portrait_follows_the_old_one(self, loaded: Path):
        small.change(loaded, "city_portraits", 0, portrait="New words.", confidence="sourced")
        load(loaded)
        versions = pedra().portraits.order_by("number").values_list("number", "text", "confidence", "is_current")
        assert list(versions) == [(1, "Stone masons and lamps.", "known", False), (2, "New words.", "sourced", True)]
        assert Listing.objects.get(slug="pedra").excerpt == "New words."

    def test_lists_are_rebuilt_on_demand(self, loaded: Path):
        Listing.objects.all().delete()
        assert "rows of lists written anew" in load(loaded, rebuild_lists=True)
        assert Listing.objects.filter(slug="pedra-np").count() == 2

    def test_files_that_contradict_the_database_change_nothing(self, loaded: Path):
        factories.CityFactory(name="Other", slug="other", geonames_id=9, country_id="PT")
        small.change(loaded, "member_cities", 0, geonames_id="9")
        with pytest.raises(CommandError, match="nothing was loaded"):
            load(loaded)
        assert Event.objects.count() == 1

    def test_a_plan_with_errors_is_never_compared(self, loaded: Path):
        small.change(loaded, "member_cities", 0, latitude="x")
        with pytest.raises(ValueError, match="a plan with errors"):
            reference.difference(formats.read(loaded))


class TestWhatAPersonChanged:
    def test_a_persons_value_stays_and_the_files_new_one_waits(self, loaded: Path):
        City.objects.filter(slug="pedra").update(population=41_000)
        small.change(loaded, "member_cities", 1, population="50000", latitude="38.6")
        text = load(loaded)
        assert "city pedra population: a person’s 41000 is kept, the file says 50000" in text
        assert (pedra().population, pedra().latitude) == (41_000, 38.6)
        assert Imported.objects.get(label="network.city", key="pedra").pending == {"population": 50_000}
        load(loaded)
        assert Imported.objects.get(label="network.city", key="pedra").pending == {"population": 50_000}

    def test_a_persons_value_does_not_wait_while_the_file_says_the_same(self, loaded: Path):
        City.objects.filter(slug="pedra").update(population=41_000)
        assert "is kept" in load(loaded)
        assert Imported.objects.exclude(pending={}).count() == 0
        assert Event.objects.count() == 1

    def test_what_waits_is_settled_when_the_file_agrees(self, loaded: Path):
        City.objects.filter(slug="pedra").update(population=41_000)
        small.change(loaded, "member_cities", 1, population="50000")
        load(loaded)
        small.change(loaded, "member_cities", 1, population="41000")
        load(loaded)
        assert Imported.objects.exclude(pending={}).count() == 0

    @pytest.mark.parametrize("verb", ["take_pending", "keep_mine"])
    def test_the_secretariat_decides(self, loaded: Path, verb: str):
        City.objects.filter(slug="pedra").update(population=41_000)
        small.change(loaded, "member_cities", 1, population="150000")
        load(loaded)
        waiting = Imported.objects.get(label="network.city", key="pedra")
        officer = factories.holder("secretariat")
        getattr(loading, verb)(waiting, ["population"], by=officer)
        taken = verb == "take_pending"
        assert pedra().population == (150_000 if taken else 41_000)
        assert Listing.objects.get(slug="pedra").size == ("100k-500k" if taken else "under-100k")
        waiting.refresh_from_db()
        assert waiting.pending == {}
        with pytest.raises(Refusal, match="no longer waits"):
            getattr(loading, verb)(waiting, ["population"], by=officer)
        load(loaded)
        assert pedra().population == (150_000 if taken else 41_000)

    def test_a_form_opened_before_the_decision_is_shown_the_difference(self, loaded: Path):
        City.objects.filter(slug="pedra").update(local_name="Our Pedra")
        small.change(loaded, "member_cities", 1, local_name="Pedrá")
        load(loaded)
        city, officer = pedra(), factories.holder("secretariat")
        waiting = Imported.objects.get(label="network.city", key="pedra")
        loading.take_pending(waiting, ["local_name"], by=officer)
        with pytest.raises(cities.Conflict) as caught:
            cities.change_local_name(city, local_name="Mine", local_language="", opened=city.version, by=officer)
        assert (caught.value.by_name, caught.value.opened["local_name"]) == (officer.name, "Our Pedra")
        assert caught.value.theirs["local_name"] == pedra().local_name == "Pedrá"

    def test_nobody_else_decides(self, loaded: Path):
        waiting = Imported.objects.get(label="network.city", key="pedra")
        with pytest.raises(Refusal, match="Only the Secretariat"):
            loading.take_pending(waiting, ["population"], by=people.person())

    def test_a_portrait_of_the_city_is_never_replaced(self, loaded: Path):
        Portrait.objects.filter(city=pedra()).update(text="Our own words.", by_hand=True, confidence="city")
        small.change(loaded, "city_portraits", 0, portrait="New words.", keywords="other")
        load(loaded)
        portrait = Portrait.objects.get(city=pedra(), is_current=True)
        assert (portrait.text, portrait.keywords, portrait.number) == ("Our own words.", ["stone", "lamps"], 1)
        waiting = Imported.objects.get(label="network.portrait", key="pedra/en")
        assert waiting.pending == {"text": "New words.", "keywords": ["other"]}
        loading.take_pending(waiting, ["text", "keywords"], by=factories.holder("secretariat"))
        taken = Portrait.objects.get(city=pedra(), is_current=True)
        assert (taken.text, taken.number, taken.by_hand) == ("New words.", 2, False)

    def test_a_restored_portrait_with_the_files_words_is_a_persons_too(self, loaded: Path):
        Portrait.objects.filter(city=pedra()).update(by_hand=True)
        small.change(loaded, "city_portraits", 0, portrait="New words.")
        load(loaded)
        assert Portrait.objects.get(city=pedra(), is_current=True).text == "Stone masons and lamps."

    def test_names_a_person_wrote_or_removed_are_left_alone(self, loaded: Path):
        CityName.objects.filter(city=pedra(), name="Piedra").update(source="the city", by_hand=True)
        CityName.objects.filter(city=pedra(), name="Петра").delete()
        CityName.objects.create(city=pedra(), name="Steen", language="nl", by_hand=True)
        small.change(loaded, "city_names", 1, source="elsewhere")
        load(loaded)
        assert set(pedra().names.values_list("name", "source")) == {
            ("Pedra", "UNESCO"), ("Pédra", "UNESCO"), ("Piedra", "the city"), ("Steen", ""),
        }  # fmt: skip

    def test_a_local_name_a_person_emptied_stays_away(self, loaded: Path):
        city, officer = pedra(), factories.holder("secretariat")
        cities.change_local_name(city, local_name="", local_language="", opened=city.version, by=officer)
        small.change(loaded, "city_names", 1, source="elsewhere")
        load(loaded)
        assert (pedra().local_name, pedra().names.filter(name="Pédra").exists()) == ("", False)

    def test_a_change_of_field_by_a_person_is_not_overwritten(self, loaded: Path):
        start = dt.date(2014, 12, 1)
        Membership.objects.filter(city=pedra()).update(end=dt.date(2020, 1, 1))
        Membership.objects.create(city=pedra(), field_id="film", start=dt.date(2020, 1, 1))
        assert "membership pedra/2014-12-01 end: a person’s '2020-01-01' is kept" in load(loaded)
        small.add(
            loaded, "field_history", city="Pedra", country="PT", creative_field="design", to="2021-01-01",
            **{"from": start.isoformat()},
        )  # fmt: skip
        small.add(loaded, "field_history", city="Pedra", creative_field="design", to="", **{"from": "2021-01-01"})
        load(loaded)
        spells = list(Membership.objects.filter(city=pedra()).values_list("start", "end", "field_id"))
        assert spells == [(start, dt.date(2020, 1, 1), "design"), (dt.date(2020, 1, 1), None, "film")]

    def test_a_city_admitted_here_first_is_recognised(self, loaded: Path):
        serra = factories.CityFactory(name="Serra", slug="serra", country_id="PT", latitude=40, longitude=-8)
        Designation.objects.create(city=serra, field_id="design", round=DesignationRound.objects.get(pk=2019))
        small.add(loaded, "member_cities", city="Serra", country="PT", latitude="40", longitude="-8", geonames_id="9")
        load(loaded)
        assert City.objects.filter(name="Serra").count() == 1
        waiting = Imported.objects.get(label="network.city", key="serra").pending
        assert waiting["geonames_id"] == 9
