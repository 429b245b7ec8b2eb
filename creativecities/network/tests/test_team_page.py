"""A city's team decides on its alternative contacts: invited, taken up, ended; for nobody else, in no other way."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.accounts.models import Invitation, Person
from creativecities.core.models import Event, Mail
from creativecities.network.actions import mandates
from creativecities.network.models import City, Mandate
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAGE = "/cities/kobe/edit/team/"
WHO = {"email": "ken@kobe.example", "name": "Ken Sato", "language": "fr"}


@pytest.fixture
def kobe() -> City:
    return team.city()


@pytest.fixture
def aiko(kobe: City) -> Person:
    return team.member(kobe, "Aiko Mori")


@pytest.fixture
def desk(client: Any, aiko: Person) -> Any:
    """The browser of the focal point."""
    return team.sign_in(client, aiko)


@pytest.fixture
def ken(kobe: City) -> Mandate:
    """The mandate of an alternative contact."""
    return Mandate.objects.get(person=team.member(kobe, "Ken Sato", role="alternative-contact"))


def test_an_alternative_contact_is_invited_takes_up_the_mandate_and_edits(desk: Any, new_client: Any, kobe: City):
    assert f'href="{PAGE}"' in desk.get("/cities/kobe/edit/").text
    sent = desk.post(PAGE, WHO, follow=True)
    assert "on its way to ken@kobe.example" in sent.text
    assert "Invitations not yet accepted" in sent.text
    assert Event.objects.filter(kind="network.city.team_invited").count() == 1
    link = Mail.objects.get(to_address="ken@kobe.example").link
    stranger = new_client()
    assert stranger.post("/" + link.split("/", 3)[3]).status_code == 302
    mandate = Mandate.objects.get(person__email="ken@kobe.example")
    assert (mandate.role, mandate.city, mandate.start) == ("alternative-contact", kobe, TODAY)
    assert stranger.get("/cities/kobe/edit/portrait/").status_code == 200
    page = desk.get(PAGE).text
    assert "Ken Sato" in page
    assert "Invitations not yet accepted" not in page


def test_the_team_sees_who_works_for_the_city_and_no_address(desk: Any, kobe: City, ken: Mandate):
    team.member(kobe, "Mari Abe", role="mayors-representative")
    page = desk.get(PAGE).text
    for name in ("Aiko Mori", "Ken Sato", "Mari Abe"):
        assert name in page
    assert ken.person.email not in page
    assert page.count("/close/") == 1


@pytest.mark.parametrize("change", [{"email": "x"}, {"name": ""}, {"name": "a\0"}, {"language": "xx"}])
def test_bad_words_come_back(desk: Any, change: dict[str, str]):
    assert desk.post(PAGE, {**WHO, **change}).status_code == 422
    assert not Invitation.objects.exists()


def test_no_other_role_can_be_slipped_in(desk: Any):
    desk.post(PAGE, {**WHO, "role": "focal-point", "succeeds": "1"})
    assert Invitation.objects.get().payload["role"] == "alternative-contact"


@pytest.mark.parametrize("is_teammate", [False, True])
def test_an_invitation_is_withdrawn_by_who_may_invite(desk: Any, new_client: Any, ken: Mandate, is_teammate: bool):
    desk.post(PAGE, WHO)
    address = f"{PAGE}invitations/{Invitation.objects.get().pk}/revoke/"
    browser = team.sign_in(new_client(), ken.person) if is_teammate else desk
    assert f'action="{address}"' in browser.get(PAGE).text
    assert browser.post(address).status_code == 302
    assert Invitation.objects.get().state == "revoked"
    assert browser.post(address).status_code == 404


def test_an_invitation_to_another_role_is_the_secretariats(desk: Any, kobe: City, ken: Mandate):
    invitation = mandates.invite_focal_point(kobe, **WHO, role="mayor", by=team.officer())
    assert "Invitations not yet accepted" not in desk.get(PAGE).text
    assert desk.post(f"{PAGE}invitations/{invitation.pk}/revoke/").status_code == 404


def test_an_invitation_ends_with_the_mandate_of_who_sent_it(desk: Any, new_client: Any, aiko: Person):
    desk.post(PAGE, WHO)
    Mandate.objects.filter(person=aiko).update(end=TODAY)
    link = "/" + Mail.objects.get(to_address="ken@kobe.example").link.split("/", 3)[3]
    for answer in (new_client().get(link), new_client().post(link)):
        assert answer.status_code == 410
    assert not Person.objects.filter(email="ken@kobe.example").exists()


@pytest.mark.parametrize("role", ["alternative-contact", "focal-point"])
def test_what_the_secretariat_has_sent_stands_when_its_officer_has_left(new_client: Any, kobe: City, role: str):
    officer = team.officer()
    mandates.invite_focal_point(kobe, **WHO, role=role, by=officer)
    Mandate.objects.filter(person=officer).update(end=TODAY)
    link = "/" + Mail.objects.get(to_address="ken@kobe.example").link.split("/", 3)[3]
    assert new_client().post(link).status_code == 302
    assert Mandate.objects.get(person__email="ken@kobe.example").role == role


def test_ending_says_what_it_does_first(desk: Any, ken: Mandate):
    address = f"{PAGE}{ken.pk}/close/"
    page = desk.get(address).text
    assert "Ken Sato loses this role" in page
    assert "1 other person keeps a role that can do the same work." in page
    assert f'href="{PAGE}"' in page
    assert desk.post(address, {"on": "31/12"}).status_code == 422
    assert desk.post(address, {"on": "1999-01-01"}).status_code == 409
    answer = desk.post(address, {"on": TODAY.isoformat()})
    assert (answer.status_code, answer.url) == (302, PAGE)
    ken.refresh_from_db()
    assert ken.end == TODAY
    assert desk.post(address, {"on": TODAY.isoformat()}).status_code == 404


def test_a_teammate_works_here_too_and_may_leave(client: Any, aiko: Person, ken: Mandate):
    own = team.sign_in(client, ken.person)
    assert own.get(PAGE).status_code == 200
    answer = own.post(f"{PAGE}{ken.pk}/close/", {"on": TODAY.isoformat()})
    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert own.get(PAGE).status_code == 404


def test_the_mandate_of_a_focal_point_is_not_ended_here(client: Any, aiko: Person, ken: Mandate):
    own = team.sign_in(client, ken.person)
    assert own.post(f"{PAGE}{Mandate.objects.get(person=aiko).pk}/close/", {"on": TODAY.isoformat()}).status_code == 404


def addresses(desk: Any, ken: Mandate) -> list[str]:
    desk.post(PAGE, WHO)
    return [PAGE, f"{PAGE}{ken.pk}/close/", f"{PAGE}invitations/{Invitation.objects.get().pk}/revoke/"]


@pytest.mark.parametrize("role", ["focal-point", "mayor"])
def test_another_city_and_a_mayor_find_nothing(desk: Any, new_client: Any, kobe: City, ken: Mandate, role: str):
    of = team.city("Nagoya") if role == "focal-point" else kobe
    other = team.sign_in(new_client(), team.member(of, role=role))
    for address in addresses(desk, ken):
        other.get("/desk/")  # the first visit of the day is noted with the session
        with CaptureQueriesContext(connection) as statements:
            hidden = other.post(address, {"on": TODAY.isoformat(), **WHO})
        with CaptureQueriesContext(connection) as statements_of_missing:
            missing = other.post(address.replace("kobe", "nowhere"), {"on": TODAY.isoformat(), **WHO})
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content.replace(b"nowhere", b"kobe")
        assert len(statements) == len(statements_of_missing)
    assert Invitation.objects.get().state == "sent"
    assert Mandate.objects.get(pk=ken.pk).end is None


def test_an_invitation_of_another_city_is_not_withdrawn_here(client: Any, kobe: City, aiko: Person):
    nagoya = team.city("Nagoya")
    Mandate.objects.create(person=aiko, city=nagoya, role="alternative-contact", start=TODAY)
    both = team.sign_in(client, aiko)
    both.post("/cities/nagoya/edit/team/", WHO)
    assert both.post(f"{PAGE}invitations/{Invitation.objects.get().pk}/revoke/").status_code == 404


def test_signed_out_leads_to_sign_in(desk: Any, new_client: Any, ken: Mandate):
    for address in addresses(desk, ken):
        assert new_client().get(address)["Location"].endswith(f"?next={address}")


def test_bad_ids_and_wrong_methods(desk: Any, ken: Mandate):
    for address in (f"{PAGE}0/close/", f"{PAGE}{'9' * 30}/close/"):
        assert desk.get(address).status_code == 404
    for number in ("0", "9" * 30):
        assert desk.post(f"{PAGE}invitations/{number}/revoke/").status_code == 404
    for address in (PAGE, f"{PAGE}{ken.pk}/close/"):
        assert desk.put(address).status_code == 405
    assert desk.get(f"{PAGE}invitations/1/revoke/").status_code == 405


def test_the_secretariat_sees_the_page_too(client: Any, kobe: City, ken: Mandate):
    assert "Ken Sato" in team.sign_in(client, team.officer()).get(PAGE).text
