"""What the database holds of editions, delegations and sessions, whoever writes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from creativecities.conference import states
from creativecities.conference.models import Badge, Delegate, Delegation, Edition
from creativecities.conference.tests import kit
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


def refused(write: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()  # type: ignore[operator]


def test_a_place_of_the_quota_is_held_once() -> None:
    sent = kit.delegation(kit.edition(), team.city())
    kit.delegate(sent, "mayor")
    refused(lambda: kit.delegate(sent, "mayor", number=1))


def test_who_stands_holds_a_place_and_who_waits_holds_none() -> None:
    sent = kit.delegation(kit.edition(), team.city())
    refused(lambda: kit.delegate(sent, number=None))
    refused(lambda: kit.delegate(sent, state=states.WAITING, number=1))


def test_confirmed_is_by_name() -> None:
    sent = kit.delegation(kit.edition(), team.city())
    refused(lambda: kit.delegate(sent, name=""))


def test_only_interpreters_are_bound_to_somebody() -> None:
    sent = kit.delegation(kit.edition(), team.city())
    mayor = kit.delegate(sent, "mayor")
    kit.delegate(sent, "interpreter", bound_to=mayor)
    refused(lambda: kit.delegate(sent, "expert", bound_to=mayor))


def test_one_badge_holds_at_a_time() -> None:
    someone = kit.delegate(kit.delegation(kit.edition(), team.city()))
    Badge.objects.create(delegate=someone, token="one")
    refused(lambda: Badge.objects.create(delegate=someone, token="two"))


def test_a_delegation_is_seen_by_its_team_its_people_and_the_secretariat() -> None:
    home, away = team.city("Kobe"), team.city("Nara")
    sent = kit.delegation(kit.edition(), home)
    guest, stranger = team.member(away), team.member(away, role="alternative-contact")
    kit.delegate(sent, person=guest)
    for person in (team.member(home), guest, team.officer()):
        assert Delegation.objects.visible_to(person).get() == sent
        assert Delegate.objects.visible_to(person).count() == 1
    for nobody in (stranger, AnonymousUser()):
        assert not Delegation.objects.visible_to(nobody).exists()
        assert not Delegate.objects.visible_to(nobody).exists()


def test_a_draft_of_an_edition_is_the_secretariats() -> None:
    kit.edition(state=states.DRAFT)
    assert not Edition.objects.visible_to(AnonymousUser()).exists()
    assert Edition.objects.visible_to(team.officer()).exists()
