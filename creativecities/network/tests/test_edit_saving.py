"""What a city's team saves: every field, every refusal, what was typed comes back, and undo."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts.tests import people
from creativecities.core import events
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import cities
from creativecities.network.models import City, CityName, Listing
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


@pytest.fixture
def kobe() -> City:
    return team.city()


@pytest.fixture
def editor(client: Any, kobe: City) -> Any:
    """The browser of the focal point."""
    return team.sign_in(client, team.member(kobe, "Aiko Mori"))


def contact(**changes: str) -> dict[str, str]:
    return {
        "opened": "1", "office": "Design Office", "office_email": "design@kobe.example",
        "website": "kobe.example", **changes,
    }  # fmt: skip


def test_contact_is_saved_told_and_undone(editor: Any, kobe: City):
    response = editor.post("/cities/kobe/edit/contact/", contact())
    kobe.refresh_from_db()
    assert (kobe.office, kobe.website) == ("Design Office", "https://kobe.example")
    body = editor.get(response["Location"]).content.decode()
    assert "Aiko Mori changed the contact of Kobe" in body
    event = Event.objects.get(kind="network.city.contact_changed")
    assert event.facts["before"]["office"] == ""
    undo = f"/cities/kobe/history/{event.pk}/undo/"
    assert undo in body
    assert editor.post(undo, {"opened": kobe.version}).status_code == 302
    kobe.refresh_from_db()
    assert (kobe.office, kobe.office_email) == ("", "")
    assert Event.objects.filter(kind="network.city.contact_changed").count() == 2


def test_undo_after_somebody_elses_change_is_refused(editor: Any, kobe: City):
    editor.post("/cities/kobe/edit/contact/", contact())
    event = Event.objects.get(kind="network.city.contact_changed")
    editor.post("/cities/kobe/edit/contact/", contact(opened="2", office="Other"))
    response = editor.post(f"/cities/kobe/history/{event.pk}/undo/", {"opened": "2"})
    assert response.status_code == 409
    assert "has saved this part" in response.content.decode()
    assert City.objects.get().office == "Other"
    for forged in ("99", "x", ""):
        assert editor.post(f"/cities/kobe/history/{event.pk}/undo/", {"opened": forged}).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"website": "javascript:alert(1)"}, {"website": "ftp://kobe.example"}, {"office": "a\0b"},
        {"office_email": "nobody"}, {"office": "x" * 121},
    ],
)  # fmt: skip
def test_bad_contact_comes_back_as_typed(editor: Any, kobe: City, change: dict[str, str]):
    response = editor.post("/cities/kobe/edit/contact/", contact(**change))
    assert response.status_code == 422
    assert b"Please look at these again" in response.content
    assert b"Design Office" in response.content or "office" in change
    assert City.objects.get().office == ""
    assert not Event.objects.exists()


@pytest.mark.parametrize("forged", ["999", "-1", "0", "x", "", "1" * 40])
def test_a_forged_version_is_refused_and_what_was_typed_can_be_sent_again(editor: Any, kobe: City, forged: str):
    response = editor.post("/cities/kobe/edit/contact/", contact(opened=forged))
    body = response.content.decode()
    assert response.status_code == 400
    assert "names a version that does not exist" in body
    assert "Design Office" in body
    assert 'name="opened" value="1"' in body
    assert editor.post("/cities/kobe/edit/contact/", contact()).status_code == 302


def test_saving_nothing_new_leaves_no_event(editor: Any, kobe: City):
    editor.post("/cities/kobe/edit/contact/", contact())
    response = editor.post("/cities/kobe/edit/contact/", contact(opened="2"))
    assert response.status_code == 409
    assert "Nothing was changed" in response.content.decode()
    assert Event.objects.count() == 1


def test_another_part_saved_meanwhile_is_no_conflict(editor: Any, kobe: City):
    links = {"opened": "1", "links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "0"}
    editor.post("/cities/kobe/edit/links/", {**links, "links-0-label": "Design", "links-0-url": "https://d.example"})
    assert editor.post("/cities/kobe/edit/contact/", contact()).status_code == 302


def test_two_editors_of_the_contact(editor: Any, new_client: Any, kobe: City):
    editor.post("/cities/kobe/edit/contact/", contact(office="Office for Design"))
    other = team.sign_in(new_client(), team.member(kobe, "Ken Sato", role="alternative-contact"))
    response = other.post("/cities/kobe/edit/contact/", contact(office="Office of Music"))
    body = response.content.decode()
    assert response.status_code == 409
    assert "Aiko Mori saved on" in body
    assert "<del>for</del><ins>of</ins> <del>Design</del><ins>Music</ins>" in body
    assert 'value="Office of Music"' in body
    assert 'name="opened" value="2"' in body
    assert City.objects.get().office == "Office for Design"
    assert other.post("/cities/kobe/edit/contact/", contact(office="Office of Music", opened="2")).status_code == 302
    assert City.objects.get().office == "Office of Music"


def links_form(*rows: tuple[str, str, str], opened: str = "1") -> dict[str, str]:
    form = {"opened": opened, "links-TOTAL_FORMS": str(len(rows)), "links-INITIAL_FORMS": "0"}
    for at, row in enumerate(rows):
        form |= {f"links-{at}-{name}": value for name, value in zip(("label", "url", "position"), row, strict=True)}
    return form


def test_links_are_saved_in_the_order_of_their_places(editor: Any, kobe: City):
    rows = ("Museum", "https://m.example", "2"), ("School", "s.example", "1"), ("", "", "")
    assert editor.post("/cities/kobe/edit/links/", links_form(*rows)).status_code == 302
    assert list(kobe.links.values_list("label", "url")) == [
        ("School", "https://s.example"), ("Museum", "https://m.example"),
    ]  # fmt: skip
    body = editor.get("/cities/kobe/edit/links/").content.decode()
    assert body.index("School") < body.index("Museum")
    event = Event.objects.get(kind="network.city.links_changed")
    editor.post(f"/cities/kobe/history/{event.pk}/undo/", {"opened": "2"})
    assert not kobe.links.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://plain.example", "data:text/html,x", "https://a\0b"])
def test_only_https_links(editor: Any, kobe: City, url: str):
    response = editor.post("/cities/kobe/edit/links/", links_form(("Museum", url, "1")))
    assert response.status_code == 422
    assert b"Museum" in response.content
    assert not kobe.links.exists()


def test_links_need_both_words_and_address(editor: Any, kobe: City):
    for row in (("", "https://m.example", "1"), ("Museum", "", "1")):
        assert editor.post("/cities/kobe/edit/links/", links_form(row)).status_code == 422
    nine = [("a", f"https://a{number}.example", "1") for number in range(9)]
    assert editor.post("/cities/kobe/edit/links/", links_form(*nine)).status_code == 422
    assert editor.post("/cities/kobe/edit/links/", {"opened": "1"}).status_code == 422


def test_two_editors_of_the_links(editor: Any, kobe: City):
    editor.post("/cities/kobe/edit/links/", links_form(("Museum", "https://m.example", "1")))
    response = editor.post("/cities/kobe/edit/links/", links_form(("School", "https://s.example", "1")))
    assert response.status_code == 409
    assert b"<ins>Museum" in response.content
    assert b'value="School"' in response.content


def name_form(**changes: str) -> dict[str, str]:
    return {"name": "Cobe", "language": "pt", "kind": "other", "start": "", "end": "", "source": "", **changes}


def test_a_name_is_added_found_removed_and_put_back(editor: Any, kobe: City):
    editor.post("/cities/kobe/edit/names/", name_form(name="Κόμπε", language="el"))
    added = CityName.objects.get(name="Κόμπε")
    assert (added.script, added.by_hand) == ("Grek", True)
    assert "κομπε" in Listing.objects.get(city=kobe).search
    editor.post(f"/cities/kobe/edit/names/{added.pk}/remove/")
    assert not CityName.objects.filter(name="Κόμπε").exists()
    assert "κομπε" not in Listing.objects.get(city=kobe).search
    event = Event.objects.get(kind="network.city.name_removed")
    editor.post(f"/cities/kobe/history/{event.pk}/undo/", {"opened": "1"})
    assert CityName.objects.filter(name="Κόμπε").exists()
    added_again = Event.objects.filter(kind="network.city.name_added").first()
    assert added_again
    editor.post(f"/cities/kobe/history/{added_again.pk}/undo/", {"opened": "1"})
    assert not CityName.objects.filter(name="Κόμπε").exists()
    assert editor.post(f"/cities/kobe/history/{added_again.pk}/undo/", {"opened": "1"}).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""}, {"name": "a\0"}, {"language": "xx"}, {"kind": "current"}, {"kind": "former"},
        {"kind": "former", "start": "2000-01-01", "end": "1999-01-01"}, {"end": "31/12"}, {"name": "x" * 161},
    ],
)  # fmt: skip
def test_bad_names_come_back(editor: Any, kobe: City, change: dict[str, str]):
    response = editor.post("/cities/kobe/edit/names/", name_form(**change))
    assert response.status_code == 422
    assert CityName.objects.count() == 1


def test_a_name_is_added_once_and_the_present_one_stays(editor: Any, kobe: City):
    editor.post("/cities/kobe/edit/names/", name_form())
    response = editor.post("/cities/kobe/edit/names/", name_form())
    assert response.status_code == 409
    assert b"on the list already" in response.content
    present = CityName.objects.get(kind="current")
    response = editor.post(f"/cities/kobe/edit/names/{present.pk}/remove/")
    assert response.status_code == 409
    assert b"the present English name" in response.content


def test_the_local_name(editor: Any, kobe: City):
    form = {"opened": "1", "local_name": "神戸市", "local_language": "ja"}
    assert editor.post("/cities/kobe/edit/names/local/", form).status_code == 302
    assert Listing.objects.get(city=kobe).local_name == "神戸市"
    wordless = editor.post("/cities/kobe/edit/names/local/", {**form, "opened": "2", "local_language": ""})
    assert wordless.status_code == 422
    assert "神戸市" in wordless.content.decode()
    event = Event.objects.get(kind="network.city.local_name_changed")
    editor.post(f"/cities/kobe/history/{event.pk}/undo/", {"opened": "2"})
    assert City.objects.get().local_name == ""


def test_an_emptied_local_name_is_gone_from_everywhere_until_it_is_put_back(editor: Any, kobe: City):
    def local(opened: str, name: str, language: str = "ja") -> Any:
        form = {"opened": opened, "local_name": name, "local_language": language if name else ""}
        return editor.post("/cities/kobe/edit/names/local/", form)

    local("1", "神戸")
    local("2", "神戸市")
    assert list(kobe.names.filter(kind="local").values_list("name", "script")) == [("神戸市", "Hani")]
    assert local("3", "").status_code == 302
    assert not kobe.names.filter(kind="local").exists()
    assert "神戸" not in Listing.objects.get(city=kobe).search
    assert "神戸" not in editor.get("/cities/kobe/").content.decode()
    emptied = Event.objects.filter(kind="network.city.local_name_changed").latest("pk")
    editor.post(f"/cities/kobe/history/{emptied.pk}/undo/", {"opened": "4"})
    assert kobe.names.get(kind="local").name == "神戸市"


def test_the_english_name_is_the_secretariats(editor: Any, new_client: Any, kobe: City):
    form = {"opened": "1", "name": "Kobe City", "since": "2025-04-01"}
    page = editor.get("/cities/kobe/edit/names/").content.decode()
    assert "The English name is changed by the Secretariat" in page
    refused = editor.post("/cities/kobe/edit/names/english/", form)
    assert refused.status_code == 403
    assert City.objects.get().name == "Kobe"
    officer = team.sign_in(new_client(), team.officer())
    future = (timezone.localdate() + dt.timedelta(days=2)).isoformat()
    assert officer.post("/cities/kobe/edit/names/english/", {**form, "since": future}).status_code == 409
    assert officer.post("/cities/kobe/edit/names/english/", form).status_code == 302
    kobe.refresh_from_db()
    assert (kobe.name, kobe.slug) == ("Kobe City", "kobe")
    former = CityName.objects.get(kind="former")
    assert (former.name, former.end) == ("Kobe", dt.date(2025, 4, 1))
    assert Listing.objects.filter(city=kobe).order_by("start").values_list("name", flat=True)[0] == "Kobe"


def test_a_city_takes_no_name_another_has(kobe: City):
    team.city("Nagoya")
    with pytest.raises(Refusal, match="Another city"):
        cities.rename(kobe, name="Nagoya", since=dt.date(2025, 1, 1), opened=1, by=team.officer())


@pytest.mark.parametrize(
    ("role", "refused"),
    [("focal-point", False), ("alternative-contact", False), ("mayors-representative", False), ("mayor", True)],
)
def test_who_edits(kobe: City, role: str, refused: bool):
    assert bool(rules.edit_city(team.member(kobe, role=role), kobe)) is refused
    assert rules.edit_city(team.member(team.city("Nagoya"), role=role), kobe)
    assert rules.edit_city(people.person(), kobe)
    assert rules.edit_city(team.officer(), kobe) is None


def test_the_action_itself_refuses_strangers(kobe: City):
    stranger = team.member(team.city("Nagoya"))
    with pytest.raises(Refusal, match="Only the team"):
        cities.change_contact(kobe, office="x", office_email="", website="", opened=1, by=stranger)
    with pytest.raises(Refusal, match="Only the team"):
        cities.replace_links(kobe, links=[], opened=1, by=stranger)
    with pytest.raises(Refusal, match="Only the team"):
        cities.add_name(kobe, name="x", language="en", kind="other", by=stranger)
    assert City.objects.get(slug="kobe").version == 1


def test_every_event_has_its_sentence_in_the_history(editor: Any, kobe: City):
    editor.post("/cities/kobe/edit/contact/", contact())
    editor.post("/cities/kobe/edit/names/", name_form())
    editor.post("/cities/kobe/edit/links/", links_form(("Museum", "https://m.example", "1"), opened="2"))
    body = editor.get("/cities/kobe/history/").content.decode()
    for event in Event.objects.all():
        assert event.kind in events.kinds()
        assert event.kind not in body
    assert "Aiko Mori added the name “Cobe” to Kobe" in body
    assert "<ins>design@kobe.example</ins>" in body


def test_history_is_cut_into_pages(editor: Any, kobe: City):
    for number in range(31):
        Event.objects.create(
            kind="network.city.links_changed", subject_label="network.city", subject_id=str(kobe.pk),
            subject_name="Kobe", actor_name=f"Nr {number}",
        )  # fmt: skip
    assert b"Page 1 of 2" in editor.get("/cities/kobe/history/").content
    assert b"Nr 0 changed" in editor.get("/cities/kobe/history/?page=2").content
    assert editor.get("/cities/kobe/history/?page=99999999999999999999").status_code == 200
    assert editor.get("/cities/kobe/history/?page=x").status_code == 400
