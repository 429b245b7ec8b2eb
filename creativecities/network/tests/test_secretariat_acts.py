"""What the Secretariat does at its desk: mandates, commissions, terms, decisions on data, releasing mail."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts.models import Invitation, Person
from creativecities.core.actor import Robot
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.actions import appointments, listing
from creativecities.network.models import City, Imported, Mandate, NationalCommission
from creativecities.network.tests import factories, team

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def kobe() -> City:
    kobe = team.city()
    team.portrait(kobe)
    return kobe


@pytest.fixture
def desk(client: Any, kobe: City) -> Any:
    """The browser of an officer."""
    return team.sign_in(client, team.officer())


def who(**changes: str) -> dict[str, str]:
    return {"email": "ken@kobe.example", "name": "Ken Sato", "language": "fr", **changes}


def test_a_mandate_is_opened_for_somebody_new(desk: Any, kobe: City):
    sent = who(role="mayor", start=TODAY.isoformat(), end="")
    assert desk.post("/secretariat/cities/kobe/", sent).status_code == 302
    mandate = Mandate.objects.get(city=kobe)
    assert (mandate.role, mandate.person.name, mandate.person.language) == ("mayor", "Ken Sato", "fr")
    assert "Ken Sato" in desk.get("/secretariat/cities/kobe/").content.decode()
    taken = desk.post("/secretariat/cities/kobe/", who(email="b@kobe.example", role="mayor", start=TODAY.isoformat()))
    assert taken.status_code == 409
    assert "Somebody holds this mandate" in taken.content.decode()
    assert not Person.objects.filter(email="b@kobe.example").exists(), "a refusal opens no account"


@pytest.mark.parametrize(
    "change", [{"end": "2001-01-01"}, {"start": "31/12"}, {"role": "secretariat"}, {"email": "x"}, {"name": "a\0"}]
)
def test_a_bad_mandate_comes_back(desk: Any, kobe: City, change: dict[str, str]):
    sent = {**who(role="mayor", start="2020-01-01", end=""), **change}
    assert desk.post("/secretariat/cities/kobe/", sent).status_code == 422
    assert not Mandate.objects.filter(city=kobe).exists()


def test_a_focal_point_is_invited_and_the_invitation_withdrawn(desk: Any, kobe: City):
    assert desk.post("/secretariat/cities/kobe/invite/", who(role="focal-point")).status_code == 302
    invitation = Invitation.objects.get()
    assert invitation.payload["city_id"] == kobe.pk
    assert "ken@kobe.example" in desk.get("/secretariat/cities/kobe/").content.decode()
    assert desk.post(f"/secretariat/invitations/{invitation.pk}/revoke/").status_code == 302
    assert "Invitations not yet accepted" not in desk.get("/secretariat/cities/kobe/").content.decode()
    assert desk.post(f"/secretariat/invitations/{invitation.pk}/revoke/").status_code == 409
    assert desk.post("/secretariat/cities/kobe/invite/", who(role="mayor")).status_code == 422


def test_an_invitation_to_a_taken_seat_names_whom_it_succeeds(desk: Any, kobe: City):
    team.member(kobe)
    desk.post("/secretariat/cities/kobe/invite/", who(role="focal-point"))
    assert Invitation.objects.get().payload["succeeds_id"] == Mandate.objects.get(city=kobe).pk


def test_closing_says_what_it_does_first(desk: Any, kobe: City):
    team.member(kobe, "Aiko Mori")
    team.member(kobe, role="alternative-contact")
    mandate = Mandate.objects.get(role="focal-point")
    address = f"/secretariat/mandates/{mandate.pk}/close/"
    body = desk.get(address).content.decode()
    assert "1 other person keeps a role that can do the same work." in body
    assert "1 mail is sent." in body
    assert desk.post(address, {"on": "31/12"}).status_code == 422
    assert desk.post(address, {"on": "1999-01-01"}).status_code == 409
    assert desk.post(address, {"on": TODAY.isoformat()}).status_code == 302
    mandate.refresh_from_db()
    assert mandate.end == TODAY
    assert desk.post(address, {"on": TODAY.isoformat()}).status_code == 409


def test_handing_over(desk: Any, kobe: City):
    team.member(kobe, "Aiko Mori")
    old = Mandate.objects.get(role="focal-point")
    address = f"/secretariat/mandates/{old.pk}/hand-over/"
    assert "2 mails are sent." in desk.get(address).content.decode()
    assert desk.post(address, who(on=TODAY.isoformat())).status_code == 302
    assert Mandate.objects.on(TODAY).get(role="focal-point").person.name == "Ken Sato"
    own = Mandate.objects.on(TODAY).get(role="focal-point")
    same = desk.post(f"/secretariat/mandates/{own.pk}/hand-over/", who(on=(TODAY + dt.timedelta(days=1)).isoformat()))
    assert same.status_code == 409


def test_the_last_officer_stays(desk: Any, kobe: City):
    mandate = Mandate.objects.get(role="secretariat")
    response = desk.post(f"/secretariat/mandates/{mandate.pk}/close/", {"on": TODAY.isoformat()})
    assert response.status_code == 409
    assert "the only officer" in response.content.decode()


def test_a_commission_and_its_officer(desk: Any, kobe: City):
    sent = {"name": "Japanese Commission", "website": "https://c.example", "email": "c@c.example"}
    assert desk.post("/secretariat/commissions/JP/officer/", who(start=TODAY.isoformat())).status_code == 404
    assert desk.post("/secretariat/commissions/JP/", sent).status_code == 302
    assert desk.post("/secretariat/commissions/JP/", sent).status_code == 409
    assert desk.post("/secretariat/commissions/JP/", {**sent, "website": "javascript:x"}).status_code == 422
    assert desk.post("/secretariat/commissions/JP/officer/", who(start=TODAY.isoformat())).status_code == 302
    assert Mandate.objects.get(role="commission-officer").commission == NationalCommission.objects.get()
    assert "Ken Sato" in desk.get("/secretariat/commissions/").content.decode()
    assert desk.post("/secretariat/commissions/JP/officer/", who(start="x")).status_code == 422


def test_a_term_lasts_two_years(desk: Any, kobe: City):
    sent = who(role="coordinator", city="kobe", start="2025-01-01", end="")
    assert desk.post("/secretariat/fields/design/", sent).status_code == 302
    assert Mandate.objects.get(role="coordinator").end == dt.date(2027, 1, 1)
    assert "Ken Sato" in desk.get("/secretariat/fields/").content.decode()
    other = team.city("Nagoya")
    other.memberships.update(field=factories.FieldFactory(slug="music"))
    assert desk.post("/secretariat/fields/design/", {**sent, "city": "nagoya"}).status_code == 422
    assert desk.post("/secretariat/fields/design/", {**sent, "email": "b@b.example"}).status_code == 409


@pytest.mark.parametrize(("decision", "name"), [("take", "神戸"), ("keep", "")])
def test_a_difference_of_the_files_is_decided(desk: Any, kobe: City, decision: str, name: str):
    imported = Imported.objects.create(label="network.city", key="kobe", values={}, pending={"local_name": "神戸"})
    assert "<ins>神戸</ins>" in desk.get("/secretariat/data/").content.decode()
    address, sent = f"/secretariat/data/{imported.pk}/", {"decision": decision, "column": "local_name"}
    assert desk.post(address, {**sent, "column": "slug"}).status_code == 409
    assert desk.post(address, {**sent, "decision": "both"}).status_code == 404
    assert desk.post(address, sent).status_code == 302
    kobe.refresh_from_db()
    assert kobe.local_name == name
    assert "No difference waits" in desk.get("/secretariat/data/").content.decode()
    assert desk.post(address, sent).status_code == 409


def test_differences_of_a_portrait_are_shown_word_by_word(desk: Any, kobe: City):
    text = team.WORDS.replace("lamps", "lanterns")
    Imported.objects.create(
        label="network.portrait", key="kobe/en", values={}, pending={"text": text, "keywords": ["a"]}
    )
    assert "<del>lamps</del><ins>lanterns</ins>" in desk.get("/secretariat/data/").content.decode()
    for label, key in (
        ("network.designation", "kobe"),
        ("network.membership", "kobe/2008-10-16"),
        ("network.country", "JP"),
    ):
        Imported.objects.create(label=label, key=key, values={}, pending={"pk": "x"})
    assert desk.get("/secretariat/data/").status_code == 200


def test_a_batch_is_read_and_released(desk: Any, kobe: City):
    for number in range(4):
        Mail.objects.create(
            key=str(number), kind="calls.opened", batch="call-2027", state=Mail.HELD, to_address=f"c{number}@e.example",
            subject="The call is open", body="Dear city",
        )  # fmt: skip
    assert "4 mails" in desk.get("/secretariat/outbox/").content.decode()
    body = desk.get("/secretariat/outbox/release/?batch=call-2027").content.decode()
    assert "4 mails leave at once and cannot be called back." in body
    assert "Dear city" in body
    assert desk.post("/secretariat/outbox/release/", {"batch": "call-2027"}).status_code == 302
    assert not Mail.objects.filter(state=Mail.HELD).exists()
    assert desk.post("/secretariat/outbox/release/", {"batch": "call-2027"}).status_code == 404
    assert desk.post("/secretariat/outbox/release/", {"batch": "a\0"}).status_code == 404


def test_mails_that_let_their_reader_sign_in_are_for_that_reader_alone(desk: Any, kobe: City):
    mail = Mail.objects.create(
        key="c", kind="accounts.login_code", to_address="a@a.example", subject="Code", body="123456"
    )
    assert "123456" not in desk.get(f"/secretariat/outbox/{mail.pk}/").content.decode()


def test_cities_are_found_by_any_name_and_by_what_they_lack(desk: Any, kobe: City):
    nagoya = team.city("Nagoya", office_email="n@n.example")
    team.member(nagoya)
    listing.rebuild_all(by=Robot("Test"))
    assert rows(desk, "") == ["kobe", "nagoya"]
    assert rows(desk, "?q=KOB%C3%89") == ["kobe"]
    assert rows(desk, "?lacks=focal-point") == ["kobe"]
    assert rows(desk, "?lacks=contact&field=design") == ["kobe"]
    assert rows(desk, "?q=%00") is None
    assert "kobe" in desk.get("/secretariat/cities/?q=kobe").content.decode()


def rows(desk: Any, query: str) -> list[str] | None:
    response = desk.get(f"/secretariat/cities.csv{query}")
    if response.status_code != 200:
        return None
    return [row["slug"] for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))]


def test_people_are_found(desk: Any, kobe: City):
    team.member(kobe, "Aiko Mori")
    found = desk.get("/secretariat/people.json?q=aiko").json()
    assert [(row["name"], row["role"], row["body"]) for row in found["results"]] == [
        ("Aiko Mori", "focal-point", "Kobe")
    ]
    assert desk.get("/secretariat/people.json?role=mayor").json()["count"] == 0


def test_the_trail_is_filtered(desk: Any, kobe: City):
    commission = {"name": "Japanese Commission", "website": "", "email": ""}
    desk.post("/secretariat/commissions/JP/", commission)
    kind = "network.nationalcommission.saved"
    assert desk.get(f"/secretariat/events.json?kind={kind}&actor=olga").json()["count"] == 1
    assert desk.get(f"/secretariat/events.json?kind={kind}&until=2020-01-01").json()["count"] == 0
    assert desk.get(f"/secretariat/events.json?subject=japan&since={TODAY}&until={TODAY}").json()["count"] == 1
    assert (
        "Olga Petrova wrote down the National Commission Japanese Commission"
        in desk.get("/secretariat/events/").content.decode()
    )


def test_the_actions_themselves_refuse_others(kobe: City):
    focal_point = team.member(kobe)
    mandate = Mandate.objects.get(person=focal_point)
    with pytest.raises(Refusal, match="Only the Secretariat"):
        appointments.appoint(**who(), role="mayor", start=TODAY, city=kobe, by=focal_point)
    with pytest.raises(Refusal, match="Only the Secretariat"):
        appointments.appoint_successor(mandate, **who(), on=TODAY, by=focal_point)
    with pytest.raises(Refusal, match="Only the Secretariat"):
        appointments.save_commission(kobe.country, values={"name": "x"}, by=focal_point)
    assert not Event.objects.exists()
