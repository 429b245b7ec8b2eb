"""What the mails of the exchange tell to whom: their readers alone, as long as they are of the team."""

import uuid
from typing import Any

import pytest
from django.db.models import Q

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.core import digests
from creativecities.core.models import Mail
from creativecities.exchange.actions import messages as acts
from creativecities.exchange.actions import replies
from creativecities.exchange.models import Initiative
from creativecities.exchange.tests.factories import need, reply
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
SECRET = "A bridge of glass"


@pytest.fixture
def nova() -> City:
    return member(name="Vila Nova")


@pytest.fixture
def ana(nova: City) -> Person:
    return team.member(nova, "Ana Exemplo")


@pytest.fixture
def bruno() -> Person:
    return team.member(member(name="Vila Longe"), "Bruno Exemplo")


@pytest.fixture
def draft(nova: City, ana: Person, bruno: Person) -> Initiative:
    """What two cities own and nobody else may read yet."""
    one = replies.accept(reply(need(nova), bruno.mandates.get().city), by=ana)
    Initiative.objects.update(title=SECRET)
    one.refresh_from_db()
    return one


def say(one: Initiative, by: Person) -> None:
    acts.write(one, by.mandates.get().city, text="A word.", language="en", once=uuid.uuid4(), by=by)


@pytest.mark.parametrize("rhythm", ["at-once", "daily"])
def test_who_watches_the_outbox_does_not_read_the_title_of_a_draft(
    draft: Initiative, ana: Person, bruno: Person, client: Any, rhythm: str
):
    Mail.objects.all().delete()
    Person.objects.filter(pk=bruno.pk).update(rhythm=rhythm)
    say(draft, ana)
    replies.accept(reply(draft.replies.get().need, member(name="Vila Outra")), by=ana)
    Mail.objects.filter(state=Mail.GATHERED).update(due_at="2026-01-01T00:00Z")
    digests.send_due()
    told = Mail.objects.filter(Q(subject__contains=SECRET) | Q(body__contains=SECRET))
    kinds = {"exchange.message.sent", "exchange.partner.confirmed", *(["core.digest"] if rhythm == "daily" else [])}
    assert {mail.kind for mail in told} == kinds
    officer = team.sign_in(client, team.officer())
    for path in ("/secretariat/outbox/", *(f"/secretariat/outbox/{mail.pk}/" for mail in told)):
        assert SECRET not in officer.get(path).content.decode()
    assert "exchange.partner.confirmed" in officer.get("/secretariat/outbox/").content.decode()


def test_what_was_gathered_for_who_is_no_longer_of_a_team_is_told_to_nobody(
    draft: Initiative, ana: Person, bruno: Person
):
    Mail.objects.all().delete()
    Person.objects.filter(pk=bruno.pk).update(rhythm="weekly")
    say(draft, ana)
    bruno.mandates.update(end="2026-01-01")
    Mail.objects.filter(state=Mail.GATHERED).update(due_at="2026-01-01T00:00Z")
    digests.send_due()
    assert not Mail.objects.exists()


def test_who_has_left_is_named_in_no_mail_to_others(draft: Initiative, ana: Person, bruno: Person):
    say(draft, ana)
    say(draft, bruno)
    Mail.objects.filter(to_person_id=ana.pk).update(state=Mail.SENT)
    assert Mail.objects.filter(body__contains=ana.name).exists()
    for person in (ana, bruno):
        name = person.name
        accounts.erase(person, by=person)
        assert not Mail.objects.filter(body__contains=name).exists()


def test_a_message_named_after_who_wrote_it_keeps_its_words(draft: Initiative, ana: Person):
    say(draft, ana)
    accounts.erase(ana, by=ana)
    mail = Mail.objects.get(kind="exchange.message.sent")
    assert mail.body.startswith("(erased), Vila Nova, writes")
    assert "> A word." in mail.body
