"""Stopping notices from the mail itself: one click of a mail program, or two of a person."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from creativecities.accounts import queries
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.core import digests, outbox
from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.core.models import Event, Mail

pytestmark = pytest.mark.django_db


@action(quiet=True)
def tell(person: Person, *, by: Actor) -> None:
    digests.notify(person, kind="test", key=f"test-{person.pk}", subject="News", body="Text", link="https://a.test/")
    record("core.test", person, by=by)


def link(person: Person) -> str:
    return queries.stop_link(person.pk)


def test_a_notice_says_how_to_stop_and_one_click_does_it():
    person = people.person("Ana Exemplo")
    tell(person, by=people.ROBOT)
    outbox.send_due()
    sent = mail.outbox[0]
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in sent.body
    one_click = Client(enforce_csrf_checks=True)
    path = "/" + address.split("/", 3)[3]
    answer = one_click.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    person.refresh_from_db()
    assert person.rhythm == "never"
    assert Event.objects.filter(kind="accounts.person.stopped_notices").exists()


def test_what_needs_an_answer_has_no_such_line():
    outbox.queue(kind="test", key="code", to="ana@example.org", person_id=people.person().pk, subject="Code", body="1")
    outbox.send_due()
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_opening_the_page_changes_nothing_and_the_button_does(client: Any):
    person = people.person("Ana Exemplo")
    assert "Stop the notices" in client.get(link(person)).content.decode()
    person.refresh_from_db()
    assert person.rhythm == "at-once"
    assert "No more notices" in client.post(link(person)).content.decode()
    person.refresh_from_db()
    assert person.rhythm == "never"


def test_what_was_gathered_is_not_told_any_more(client: Any):
    person = people.person("Ana Exemplo")
    Person.objects.filter(pk=person.pk).update(rhythm="daily")
    person.refresh_from_db()
    tell(person, by=people.ROBOT)
    client.post(link(person))
    assert not Mail.objects.filter(to_person_id=person.pk).exists()


@pytest.mark.parametrize("spoil", [lambda token: token + "x", lambda token: "1:" + token, lambda token: "nobody"])
def test_a_forged_link_is_nothing(client: Any, spoil: Any):
    token = link(people.person()).rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"/account/notices/stop/{spoil(token)}/").status_code == 404


def test_the_link_of_a_deleted_account_is_nothing(client: Any):
    person = people.person()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(link(person)).status_code == 404
