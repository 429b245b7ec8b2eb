"""The cities of a field among themselves: who reads, who writes to all, and that it is sent one time."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts import actions as accounts
from creativecities.core import days, outbox
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange import actions, states
from creativecities.exchange.models import Announcement
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory, holder, member

pytestmark = pytest.mark.django_db
PAGE, WRITE = "/fields/design/cities/", "/fields/design/cities/announce/"
TEXT = {"language": "fr", "subject": "Rencontre de mai", "text": "Nous nous voyons en mai.\n\nÀ bientôt"}


@pytest.fixture
def cities() -> list[City]:
    return [member(name="Vila Um"), member(name="Vila Dois"), member(name="Vila Calada")]


@pytest.fixture
def coordinator(cities: list[City]) -> Any:
    team.member(cities[0], "Ana Exemplo")
    team.member(cities[1], "Bruno Exemplo")
    return holder("coordinator", "Clara Exemplo", city=cities[0], field=FieldFactory())


def letter(**more: Any) -> dict[str, Any]:
    return {**TEXT, "once": str(uuid.uuid4()), **more}


def test_the_coordinator_sees_whom_it_reaches_and_then_sends(client: Any, coordinator: Any):
    team.sign_in(client, coordinator)
    assert WRITE in client.get(PAGE).content.decode()
    assert "It goes to 2 people in the teams of 2 of 3 cities." in client.get(WRITE).content.decode()
    first = letter()
    shown = client.post(WRITE, first).content.decode()
    assert "Send to 2 people" in shown
    assert not Announcement.objects.exists()
    answer = client.post(WRITE, {**first, "sure": "on"}, follow=True).content.decode()
    assert "The announcement is on its way to 2 people." in answer
    assert "Rencontre de mai" in answer
    assert "sent to 2 cities" in answer
    assert Event.objects.get(kind="exchange.announcement.sent").facts == {"field": "design", "cities": 2, "people": 2}


def test_each_person_gets_one_mail_in_their_language_and_no_address_of_others(cities: list[City], coordinator: Any):
    reader = team.member(cities[1], "Dora Exemplo", role="alternative-contact")
    type(reader).objects.filter(pk=reader.pk).update(language="es")
    team.member(cities[0], "", role="mayors-representative").mandates.update(person=reader)
    actions.announce(FieldFactory(), **TEXT, once=uuid.uuid4(), by=coordinator)
    mails = Mail.objects.filter(kind="exchange.announcement.sent")
    assert sorted(mails.values_list("to_person_id", flat=True)) == sorted({m.to_person_id for m in mails})
    mine = mails.get(to_person_id=reader.pk)
    assert mine.language == "es"
    assert TEXT["text"] in mine.body
    assert "Clara Exemplo" in mine.body
    assert "@" not in mine.body
    assert mine.link.endswith(f"{PAGE}#announcement-{Announcement.objects.get().pk}")


def test_the_same_form_sent_from_two_tabs_is_sent_once(client: Any, coordinator: Any):
    team.sign_in(client, coordinator)
    twice = letter(sure="on")
    client.post(WRITE, twice)
    answer = client.post(WRITE, twice)
    assert answer.status_code == 409
    assert "not sent twice" in answer.content.decode()
    assert Announcement.objects.count() == 1
    assert Mail.objects.filter(kind="exchange.announcement.sent").count() == 2


@pytest.mark.parametrize("wrong", [{"subject": ""}, {"text": "x" * 5001}, {"language": "xx"}, {"once": "no"}])
def test_a_faulty_form_loses_nothing_and_sends_nothing(client: Any, coordinator: Any, wrong: dict[str, str]):
    answer = team.sign_in(client, coordinator).post(WRITE, letter(sure="on", **wrong))
    assert answer.status_code == 422
    assert "Rencontre de mai" in answer.content.decode() or "subject" in wrong
    assert not Announcement.objects.exists()


def test_its_words_are_legible_and_its_subject_one_line(coordinator: Any, client: Any):
    hidden = letter(subject="Rencontre\r\nBcc: all@example.org\u202e", text="Nous\u200b nous voyons.\r\n\r\nEn mai.")
    team.sign_in(client, coordinator).post(WRITE, {**hidden, "sure": "on"})
    said = Announcement.objects.get()
    assert (said.subject, said.text) == ("Rencontre Bcc: all@example.org", "Nous nous voyons.\n\nEn mai.")
    outbox.send_due()
    assert "Rencontre Bcc: all@example.org" in mail.outbox[0].subject
    assert set(mail.outbox[0].extra_headers) >= {"Message-ID"}
    assert mail.outbox[0].recipients() == [Mail.objects.filter(kind="exchange.announcement.sent")[0].to_address]


def test_what_nobody_can_read_is_not_sent(coordinator: Any, client: Any):
    answer = team.sign_in(client, coordinator).post(WRITE, letter(sure="on", text="\u200b\u202e …"))
    assert answer.status_code == 422
    assert "Nothing can be read here" in answer.content.decode()
    assert not Announcement.objects.exists()


def test_cities_of_the_field_read_it_and_do_not_write(client: Any, cities: list[City], coordinator: Any):
    actions.announce(FieldFactory(), **TEXT, once=uuid.uuid4(), by=coordinator)
    team.sign_in(client, team.member(cities[2], "Eva Exemplo", role="mayor"))
    text = client.get(PAGE).content.decode()
    assert "Rencontre de mai" in text
    assert "Bruno Exemplo" in text
    assert WRITE not in text
    assert client.get(WRITE).status_code == client.post(WRITE, letter(sure="on")).status_code == 404


def test_for_others_the_page_does_not_exist(client: Any, new_client: Any, coordinator: Any):
    elsewhere = team.member(member(name="Vila Longe", field="film"), "Filipa Exemplo")
    team.sign_in(client, elsewhere)
    assert client.get(PAGE).status_code == client.get("/fields/nothing/cities/").status_code == 404
    assert client.get("/fields/film/cities/").status_code == 200
    assert new_client().get(PAGE).status_code == 302
    assert team.sign_in(new_client(), team.officer()).get(PAGE).status_code == 200


def test_a_city_that_has_left_reads_no_more(client: Any, cities: list[City]):
    former = team.member(cities[2], "Gil Exemplo")
    Membership.objects.filter(city=cities[2]).update(end="2025-01-01")
    assert team.sign_in(client, former).get(PAGE).status_code == 404


def test_a_city_that_will_leave_is_a_member_until_then(client: Any, cities: list[City], coordinator: Any):
    leaving = team.member(cities[2], "Gil Exemplo")
    Membership.objects.filter(city=cities[2]).update(end=days.today() + dt.timedelta(days=30))
    one = initiative(lead=cities[0], partners=(cities[2],))
    assert team.sign_in(client, leaving).get(PAGE).status_code == 200
    actions.confirm(one.parts.get(), by=leaving)
    assert one.parts.get().state == states.CONFIRMED


def test_a_term_that_has_ended_speaks_no_more(cities: list[City]):
    former = holder("coordinator", city=cities[0], field=FieldFactory(), end="2025-01-01")
    with pytest.raises(Refusal) as refused:
        actions.announce(FieldFactory(), **TEXT, once=uuid.uuid4(), by=former)
    assert refused.value.code == "not-coordinator"
    assert not Mail.objects.exists()


def test_a_deleted_account_leaves_no_name(coordinator: Any):
    actions.announce(FieldFactory(), **TEXT, once=uuid.uuid4(), by=coordinator)
    accounts.erase(coordinator, by=coordinator)
    assert Announcement.objects.get().person_name == ""


def test_statements_do_not_grow_with_the_cities(client: Any, coordinator: Any):
    team.sign_in(client, coordinator)
    few = statements(client)
    for number in range(20):
        team.member(member(name=f"Vila {number}"), f"Pessoa {number}")
    assert statements(client) == few


def statements(client: Any) -> int:
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PAGE).status_code == 200
    return len(captured)


def test_the_desk_leads_to_the_cities_of_the_field(client: Any, coordinator: Any):
    assert PAGE in team.sign_in(client, coordinator).get("/desk/").content.decode()
