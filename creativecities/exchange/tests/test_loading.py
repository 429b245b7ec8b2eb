"""Initiatives from the files: every row checked, written once, and never over what a person changed."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from creativecities.core.models import Event
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.tests import small as initiatives
from creativecities.network.actions import loading
from creativecities.network.models import Imported
from creativecities.network.queries import desk
from creativecities.network.tests import small
from creativecities.network.tests.factories import holder

pytestmark = pytest.mark.django_db


def load(folder: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("load_data", folder=folder, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    initiatives.write(small.write(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def loaded(folder: Path) -> Path:
    load(folder)
    return folder


def parts(one: Initiative) -> set[tuple[str, str]]:
    return set(one.parts.values_list("city__slug", "state"))


class TestTheRealFile:
    @pytest.mark.usefixtures("reference_data")
    def test_it_is_all_there(self):
        assert Initiative.objects.visible_to(None).count() == 200
        assert Partner.objects.count() == 465
        assert set(Partner.objects.values_list("state", flat=True)) == {states.NAMED}
        cities = set(Initiative.objects.values_list("lead", flat=True)) | set(
            Partner.objects.values_list("city", flat=True)
        )
        assert len(cities) == 238

    @pytest.mark.usefixtures("reference_data")
    def test_a_second_load_changes_nothing(self):
        assert "Nothing to change" in load(Path("data"))


class TestLoading:
    def test_a_row_becomes_an_initiative_with_its_cities(self, loaded: Path):
        one = Initiative.objects.get(slug="lamps-by-the-river")
        assert (one.kind, one.state, one.lead.slug, one.years) == ("festival", "published", "pedra", "2018–2019")
        assert parts(one) == {("vila-nova", "named"), ("pedra-np", "named")}
        assert [field.slug for field in one.fields.all()] == ["design"]
        assert [goal.number for goal in one.goals.all()] == [1]

    def test_a_network_without_initiatives_loads(self, folder: Path):
        (folder / "initiatives.csv").unlink()
        load(folder)
        assert not Initiative.objects.exists()

    def test_a_dry_run_tells_and_changes_nothing(self, loaded: Path):
        initiatives.write(
            loaded, {"title": "Lamps at night", "partner_cities": "Vila Nova|PT"}, {"id": "b", "sdgs": ""}
        )
        said = load(loaded, dry_run=True)
        assert "exchange.initiative lamps-by-the-river, title: 'Lamps by the river' → 'Lamps at night'" in said
        assert "['pedra-np', 'vila-nova'] → ['vila-nova']" in said
        assert "exchange.initiative: 1 added\n  + b" in said
        assert Initiative.objects.get().title == "Lamps by the river"

    def test_a_dry_run_works_before_the_first_load(self, folder: Path):
        assert "exchange.initiative: 1 added" in load(folder, dry_run=True)
        assert not Initiative.objects.exists()

    def test_a_later_load_changes_sets_and_cities_and_tells_of_it(self, loaded: Path):
        initiatives.write(
            loaded,
            {"title": "Lamps", "lead_city": "Vila Nova", "partner_cities": "Pedra|PT", "fields": "film;design"},
        )
        load(loaded)
        one = Initiative.objects.get()
        assert (one.title, one.lead.slug, one.version, parts(one)) == ("Lamps", "vila-nova", 2, {("pedra", "named")})
        assert {field.slug for field in one.fields.all()} == {"design", "film"}
        assert one.search.startswith(" lamps a night")
        assert Event.objects.filter(kind="exchange.initiative.changed_from_files").count() == 1

    def test_a_row_gone_from_the_file_stays(self, loaded: Path):
        initiatives.write(loaded, {"id": "another", "title": "Another"})
        assert "lamps-by-the-river: no longer in the file; stays" in load(loaded)
        assert Initiative.objects.count() == 2


class TestWhatPeopleChanged:
    def test_their_words_stay_and_the_files_wait(self, loaded: Path):
        Initiative.objects.update(title="Our lamps")
        initiatives.write(loaded, {"title": "Lamps at night", "summary": "Two nights."})
        assert "a person’s 'Our lamps' is kept" in load(loaded)
        one = Initiative.objects.get()
        assert (one.title, one.summary) == ("Our lamps", "Two nights.")
        assert Imported.objects.get(label="exchange.initiative").pending == {"title": "Lamps at night"}

    def test_the_secretariat_can_take_what_waits(self, loaded: Path):
        one = Initiative.objects.get()
        one.fields.set(["film"])
        initiatives.write(loaded, {"fields": ""})
        load(loaded)
        waiting = Imported.objects.get(label="exchange.initiative")
        assert desk.held_values([waiting])[waiting.pk]["fields"] == ["film"]
        loading.take_pending(waiting, ["fields"], by=holder("secretariat"))
        assert not one.fields.exists()

    def test_a_city_that_confirmed_is_not_taken_away(self, loaded: Path):
        Partner.objects.filter(city__slug="vila-nova").update(state=states.CONFIRMED)
        initiatives.write(loaded, {"partner_cities": ""})
        load(loaded)
        assert parts(Initiative.objects.get()) == {("vila-nova", "confirmed")}

    @pytest.mark.parametrize("answer", [states.CONFIRMED, states.DECLINED])
    def test_a_city_that_answered_as_a_partner_can_become_the_lead(self, loaded: Path, answer: str):
        Partner.objects.filter(city__slug="vila-nova").update(state=answer)
        initiatives.write(loaded, {"lead_city": "Vila Nova", "partner_cities": "Pedra|NP"})
        load(loaded)
        one = Initiative.objects.get()
        assert (one.lead.slug, parts(one)) == ("vila-nova", {("pedra-np", "named")})


BROKEN = [
    ({"id": "Lamps by"}, "id", "hyphens"),
    ({"title": ""}, "title", "nothing is written"),
    ({"kind": "party"}, "kind", "is none of"),
    ({"lead_city": "Atlantis"}, "lead_city", "is no member city"),
    ({"partner_cities": "Atlantis|PT"}, "partner_cities", "is no member city"),
    ({"partner_cities": "Pedra"}, "partner_cities", "is no member city"),
    ({"partner_cities": "Pedra|PT"}, "partner_cities", "not its own partner"),
    ({"partner_cities": "Vila Nova|PT;Vila Nova|PT"}, "partner_cities", "named twice"),
    ({"fields": "cooking"}, "fields", "is not known"),
    ({"objectives": "O9"}, "objectives", "is not known"),
    ({"areas_of_action": "A9"}, "areas_of_action", "is not known"),
    ({"sdgs": "18"}, "sdgs", "is not known"),
    ({"start_year": "soon"}, "start_year", "is not a whole number"),
    ({"end_year": "2017"}, "end_year", "ends before it begins"),
    ({"confidence": "sure"}, "confidence", "is none of"),
]


@pytest.mark.parametrize(("cells", "column", "reason"), BROKEN)
def test_a_broken_row_is_named_and_nothing_is_loaded(folder: Path, cells: dict[str, str], column: str, reason: str):
    initiatives.write(folder, {}, {"id": "second", **cells})
    err = io.StringIO()
    with pytest.raises(CommandError, match="1 fault"):
        call_command("load_data", folder=folder, stderr=err)
    assert err.getvalue().startswith(f"initiatives.csv:3, {column}: ")
    assert reason in err.getvalue()
    assert not Initiative.objects.exists()


def test_the_same_address_twice_is_a_fault(folder: Path):
    initiatives.write(folder, {}, {})
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("load_data", folder=folder, stderr=err)
    assert "initiatives.csv:3, id: the same as line 2" in err.getvalue()
