"""Six questions to each page of a city's desk: works, teammate, other city, signed out, bad id, wrong method."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from creativecities.core import files
from creativecities.core.models import Presence
from creativecities.network.actions import pictures, portraits
from creativecities.network.models import City, Mandate, Picture
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
READ = ["edit_city", "edit_portrait", "edit_names", "edit_contact", "edit_links", "pictures", "team", "history"]
SEND_ONLY = ["local_name", "rename"]
OF_A_PICTURE = ["place_picture", "withdraw_picture", "show_picture", "take_down_picture"]


@pytest.fixture
def kobe() -> City:
    kobe = team.city()
    team.portrait(kobe)
    return kobe


def addresses(kobe: City) -> list[str]:
    """Every page of the desk that can be read, with the data it needs."""
    anyone = team.member(kobe, role="alternative-contact")
    words = {"alt": "The harbour", "credit": "A. Mori", "licence": "CC0-1.0"}
    pictures.add_picture(kobe, picture=files.prepare(team.photograph()), **words, holds_rights=True, by=anyone)
    values = {"text": f"{team.WORDS} More.", "keywords": [], "challenges": [], "source": "", "is_original": True}
    portraits.save_portrait(kobe, language="en", values=values, opened=1, by=anyone)
    picture = Picture.objects.get()
    return [
        *(reverse(f"network:{name}", args=[kobe.slug]) for name in READ),
        reverse("network:picture", args=[kobe.slug, picture.pk]),
        reverse("network:portrait_version", args=[kobe.slug, "en", 2]),
    ]


@pytest.mark.parametrize("role", ["focal-point", "alternative-contact", "mayors-representative"])
def test_works_for_each_role_of_the_team(client: Any, kobe: City, role: str):
    team.sign_in(client, team.member(kobe, role=role))
    for address in addresses(kobe):
        assert client.get(address).status_code == 200, address
        assert client.get(f"/ar{address}").headers["Content-Language"] == "ar"


def test_works_for_the_secretariat(client: Any, kobe: City):
    team.sign_in(client, team.officer())
    for address in addresses(kobe):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", ["mayor", "deputy-mayor"])
def test_mayors_do_not_edit(client: Any, kobe: City, role: str):
    team.sign_in(client, team.member(kobe, role=role))
    for address in addresses(kobe):
        assert client.get(address).status_code == 404, address


def test_another_citys_desk_is_the_same_as_a_missing_one(client: Any, kobe: City):
    team.sign_in(client, team.member(team.city("Nagoya")))
    for address in addresses(kobe):
        client.get(address)  # the first visit of the day is noted with the session
        with CaptureQueriesContext(connection) as statements:
            hidden = client.get(address)
        with CaptureQueriesContext(connection) as statements_of_missing:
            missing = client.get(address.replace("kobe", "nowhere"))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content.replace(b"nowhere", b"kobe")
        assert len(statements) == len(statements_of_missing)


def test_a_mandate_that_has_ended_opens_nothing(client: Any, kobe: City):
    left = team.member(kobe, end=timezone.localdate())
    team.sign_in(client, left)
    assert client.get(reverse("network:edit_city", args=["kobe"])).status_code == 404


def test_signed_out_leads_to_sign_in_and_back(client: Any, kobe: City):
    for address in addresses(kobe):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].endswith(f"?next={address}")


def test_bad_ids(client: Any, kobe: City):
    team.sign_in(client, team.member(kobe))
    addresses(kobe)
    for path in (
        "edit/pictures/999999999999999999999999/", "edit/pictures/0/", "history/portrait/en/99/",
        "history/portrait/xx/1/", "edit/portrait/?language=xx",
    ):  # fmt: skip
        assert client.get(f"/cities/kobe/{path}").status_code == 404, path
    for path in ("edit/names/99/remove/", "history/99999999999999999999999/undo/", "edit/pictures/99/withdraw/"):
        assert client.post(f"/cities/kobe/{path}").status_code == 404, path


def test_a_saved_mark_that_means_nothing_is_ignored(client: Any, kobe: City):
    team.sign_in(client, team.member(kobe))
    for mark in ("x", "1" * 30, "-1", "999999"):
        assert client.get(f"/cities/kobe/edit/?saved={mark}").status_code == 200


def test_wrong_methods(client: Any, kobe: City):
    team.sign_in(client, team.member(kobe))
    for name in SEND_ONLY:
        assert client.get(reverse(f"network:{name}", args=["kobe"])).status_code == 405
    for name in OF_A_PICTURE:
        assert client.get(reverse(f"network:{name}", args=["kobe", 1])).status_code == 405
    assert client.get("/cities/kobe/edit/names/1/remove/").status_code == 405
    assert client.get("/cities/kobe/history/1/undo/").status_code == 405
    assert client.post("/cities/kobe/edit/").status_code == 405
    assert client.put("/cities/kobe/edit/contact/").status_code == 405


def test_the_desk_says_what_is_next(client: Any, kobe: City):
    team.sign_in(client, team.member(kobe))
    assert "in the city’s own words" in client.get("/cities/kobe/edit/").content.decode()
    addresses(kobe)
    assert b"Say to which office one can write." in client.get("/cities/kobe/edit/").content


def test_a_city_not_yet_listed_is_edited_by_the_secretariat(client: Any, kobe: City):
    City.objects.update(is_listed=False)
    team.sign_in(client, team.officer())
    assert client.get("/cities/kobe/edit/").status_code == 200


@pytest.mark.parametrize("name", ["edit_portrait", "edit_names", "edit_contact", "edit_links"])
def test_two_who_open_the_same_form_hear_of_each_other(client: Any, new_client: Any, kobe: City, name: str):
    aiko = team.sign_in(client, team.member(kobe, "Aiko Mori"))
    ken = team.sign_in(new_client(), team.member(kobe, "Ken Sato", role="alternative-contact"))
    address = reverse(f"network:{name}", args=["kobe"])
    assert "Aiko Mori" not in come(aiko, address)
    assert "Aiko Mori opened this form 1 minute ago." in come(ken, address)
    assert "Ken Sato opened this form" in come(aiko, address)
    elsewhere = team.sign_in(new_client(), team.officer())
    assert "opened this form" not in come(elsewhere, reverse("network:edit_portrait", args=["kobe"]) + "?language=ja")


def test_who_is_no_longer_of_the_team_does_not_hear_who_has_its_forms_open(client: Any, kobe: City):
    ken = team.member(kobe, "Ken Sato")
    browser, address = team.sign_in(client, ken), reverse("network:edit_contact", args=["kobe"])
    ticket = ticket_of(browser.get(address).text)
    assert browser.post("/same-form/", {"ticket": ticket}).status_code == 200
    Presence.objects.all().delete()
    Mandate.objects.filter(person=ken).update(end=timezone.localdate())
    assert browser.post("/same-form/", {"ticket": ticket}).status_code == 404
    assert not Presence.objects.exists()


def come(browser: Any, address: str) -> str:
    """What the form's page gets when it comes back with its ticket."""
    text: str = browser.post("/same-form/", {"ticket": ticket_of(browser.get(address).text)}).text
    return text


def ticket_of(page: str) -> str:
    found = re.search(r'hx-post="/same-form/".*?name="ticket" value="([^"]+)"', page)
    assert found
    return found[1]
