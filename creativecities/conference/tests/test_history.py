"""The history of editions: from the file, with its gaps, and never over what a person wrote."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from creativecities.conference import states
from creativecities.conference.formats.history import COLUMNS
from creativecities.conference.models import Edition
from creativecities.conference.tests import kit
from creativecities.core.models import Event
from creativecities.network.models import Imported
from creativecities.network.tests import small, team

pytestmark = pytest.mark.django_db
ROW: dict[str, Any] = {
    "edition": "7", "year": "2021", "host_city": "Pedra", "country": "PT", "start_date": "2021-05-03",
    "end_date": "2021-05-06", "theme": "Lamps", "attendance_note": "", "source": "an invented source",
}  # fmt: skip


def write(folder: Path, *rows: dict[str, Any]) -> None:
    with (folder / "annual_conferences.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**ROW, **row} for row in (rows or ({},)))


def load(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_data", folder=folder, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(small.write(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.usefixtures("reference_data")
class TestTheRealHistory:
    def test_every_edition_of_the_file_is_there_with_its_source(self):
        assert sorted(Edition.objects.values_list("number", flat=True)) == list(range(1, 19))
        assert not Edition.objects.filter(source="").exists()

    def test_what_no_source_tells_stays_empty_and_is_marked(self):
        first, fifteenth = (Edition.objects.get(number=number) for number in (1, 15))
        assert (first.slug, first.starts_on, first.is_inferred) == ("2008-paris", None, True)
        assert (fifteenth.is_confirmed, fifteenth.starts_on) == (False, None)
        assert Edition.objects.filter(is_confirmed=False).count() == 1

    def test_hosts_that_are_members_are_linked_under_any_spelling_and_others_named(self):
        two = Edition.objects.get(slug="2018-krakow-katowice")
        assert [(host.name, host.city and host.city.slug) for host in two.hosts.all()] == [
            ("Kraków", "krakow"),
            ("Katowice", "katowice"),
        ]
        paris = Edition.objects.get(number=1).hosts.get()
        assert (paris.name, paris.country_id, paris.city) == ("Paris", "FR", None)

    def test_the_page_shows_them_with_the_years_that_have_none(self, client: Any, django_assert_max_num_queries: Any):
        with django_assert_max_num_queries(3):
            text = client.get("/conference/").content.decode()
        assert "2020: no edition is recorded" in text
        assert "2021: no edition is recorded" in text
        assert "no source that it was held" in text
        assert "Bringing Youth to the Table" in text
        assert 'href="/cities/braga/"' in text

    def test_one_edition_has_a_page(self, client: Any, django_assert_max_num_queries: Any):
        with django_assert_max_num_queries(3):
            text = client.get("/conference/2008-paris/").content.decode()
        assert "inferred from the order of a list" in text
        assert "Not known" in text

    def test_the_list_is_data_too(self, client: Any):
        rows = client.get("/conference.json?page_size=50").json()
        assert rows["count"] == 18
        braga = next(row for row in rows["results"] if row["slug"] == "2024-braga")
        assert (braga["starts_on"], braga["hosts"][0]["country"]) == ("2024-07-01", "PT")
        lines = client.get("/conference.csv").content.decode("utf-8-sig").splitlines()
        assert len(lines) == 19
        assert "Kraków;Katowice" in "".join(lines)
        assert client.get("/conference.ics").content.count(b"BEGIN:VEVENT") == 8

    def test_the_sitemap_names_them(self, client: Any):
        assert "/ar/conference/2024-braga/</loc>" in client.get("/sitemap.xml").content.decode()


def test_a_second_load_changes_nothing(folder: Path):
    load(folder)
    assert Edition.objects.get().slug == "2021-pedra"
    assert "Nothing to change" in load(folder)


def test_a_changed_file_changes_the_edition_and_says_so(folder: Path):
    load(folder)
    write(folder, {"host_city": "Pedra and Vila Nova", "theme": "Light"}, {"edition": "8", "year": "2022"})
    load(folder)
    edition = Edition.objects.get(number=7)
    assert edition.settings["about"]["theme"] == {"en": "Light"}
    assert [host.city.slug for host in edition.hosts.all() if host.city] == ["pedra", "vila-nova"]
    kinds = Event.objects.filter(kind__startswith="conference.").values_list("kind", "subject_name")
    assert set(kinds) == {
        ("conference.edition.changed_from_files", "2021-pedra"),
        ("conference.edition.added_from_files", "2022-pedra"),
    }


def test_what_a_person_changed_is_kept_and_the_difference_waits(folder: Path):
    load(folder)
    edition = Edition.objects.get()
    edition.settings["about"]["theme"]["en"] = "Our own words"
    edition.save()
    write(folder, {"theme": "Light", "source": "a better source"})
    load(folder)
    edition.refresh_from_db()
    assert edition.settings["about"]["theme"]["en"] == "Our own words"
    assert edition.source == "a better source"
    assert Imported.objects.get(label="conference.edition").pending == {"theme": "Light"}


def test_an_edition_the_secretariat_has_drafted_is_recognised_by_its_number(folder: Path):
    mine = kit.edition("2021", number=7, state=states.DRAFT)
    load(folder)
    assert Edition.objects.get() == mine
    assert "starts_on" in Imported.objects.get(label="conference.edition").pending


@pytest.mark.parametrize(
    "rows", [({}, {}), ({"country": "XX"},), ({"end_date": ""},), ({"end_date": "2021-05-01"},), ({"edition": "no"},)]
)
def test_a_broken_file_is_refused_whole(folder: Path, rows: tuple[dict[str, Any], ...]):
    write(folder, *rows)
    with pytest.raises(CommandError):
        load(folder)
    assert not Edition.objects.exists()


def test_the_next_edition_stands_on_top_and_a_draft_nowhere(client: Any):
    assert "No edition is recorded yet" in client.get("/conference/").content.decode()
    kit.edition("2031")
    kit.edition("2032", number=32, starts_in=400, state=states.DRAFT)
    page = client.get("/conference/").content.decode()
    assert page.index("The next edition") < page.index("Conference of the lamps")
    assert "2032" not in page
    assert client.get("/conference/2032/").status_code == client.get("/conference/none/").status_code == 404


def test_the_secretariat_sees_drafts_on_its_desk(client: Any):
    kit.edition("2032", state=states.DRAFT)
    team.sign_in(client, team.officer())
    assert "/secretariat/conference/2032/" in client.get("/secretariat/conference/").content.decode()
    assert client.get("/secretariat/conference/2032/").status_code == 200
    assert client.get("/conference/2032/").status_code == 200


def test_others_do_not_see_the_desk(client: Any):
    kit.edition("2031")
    team.sign_in(client, team.member(team.city()))
    assert client.get("/secretariat/conference/2031/").status_code == 404
