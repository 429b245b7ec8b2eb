"""The gate: a mayor in office on that day with their interpreter, cities of a field, cities designated last."""

import datetime as dt
from typing import Any

import pytest

from creativecities.accounts.tests import people
from creativecities.conference.models import Delegate, Edition, Session
from creativecities.conference.queries import gate
from creativecities.conference.rules.gate import Facts, come_in
from creativecities.conference.tests import kit
from creativecities.network.models import Mandate, Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2031, 5, 4)


@pytest.fixture
def one() -> Edition:
    return kit.edition(starts_on=DAY, last_day=DAY + dt.timedelta(days=3))


def comes_in(session: Session, delegate: Delegate) -> bool:
    found = gate.coming(session.edition)
    return gate.verdicts(session, [each for each in found if each.pk == delegate.pk])[delegate.pk] is None


def forum(of: Edition, **facts: Any) -> Session:
    return kit.session(of, "forum", kind="mayors-forum", admits="mayors", **facts)


def test_the_forum_is_for_mayors_in_office_and_their_interpreter(one: Edition):
    session, sent = forum(one), kit.delegation(one, team.city())
    mayor = kit.mayor(sent, person=people.person())
    bound = kit.delegate(sent, "interpreter", bound_to=mayor)
    unbound, director = kit.delegate(sent, "interpreter"), kit.delegate(sent)
    assert [comes_in(session, each) for each in (mayor, bound, unbound, director)] == [True, True, False, False]


def test_a_mayor_who_loses_office_before_the_day_stays_outside_with_their_interpreter(one: Edition):
    session, sent = forum(one), kit.delegation(one, team.city())
    mayor = kit.mayor(sent, person=people.person(), until=DAY)
    bound = kit.delegate(sent, "interpreter", bound_to=mayor)
    assert not comes_in(session, mayor)
    assert not comes_in(session, bound)
    Mandate.objects.update(end=DAY + dt.timedelta(days=1))
    assert comes_in(session, mayor)


def test_the_day_is_that_of_the_place(one: Edition):
    Edition.objects.update(zone="Asia/Tokyo")
    sent = kit.delegation(one, team.city())
    late = forum(one, hour=20)  # in Tokyo it is the next day
    late.refresh_from_db()
    mayor = kit.mayor(sent, person=people.person(), until=DAY + dt.timedelta(days=1))
    assert not comes_in(late, mayor)


def test_called_mayor_in_the_delegation_is_not_enough_and_another_citys_mandate_neither(one: Edition):
    session, sent = forum(one), kit.delegation(one, team.city())
    away = team.member(team.city("Nara"), role="mayor")
    assert not comes_in(session, kit.delegate(sent, "mayor", person=away))


def test_a_deputy_mayor_comes_in(one: Edition):
    session, sent = forum(one), kit.delegation(one, team.city())
    deputy = kit.delegate(sent, "deputy-mayor", person=team.member(sent.city, role="deputy-mayor"))
    assert comes_in(session, deputy)


def test_a_meeting_of_a_field_is_for_cities_that_are_members_in_it_on_that_day(one: Edition):
    session = kit.session(one, "design", admits="field", field=FieldFactory(slug="design"))
    sent = kit.delegation(one, team.city())
    someone = kit.delegate(sent)
    assert comes_in(session, someone)
    Membership.objects.update(end=DAY)
    assert not comes_in(session, someone)  # the city has left the network
    Membership.objects.create(city=sent.city, field=FieldFactory(slug="music"), start=DAY)
    assert not comes_in(session, someone)


def test_the_integration_session_is_for_the_cities_of_the_last_round(one: Edition):
    from creativecities.network.tests.factories import member

    session = kit.session(one, "first-steps", kind="integration", admits="newcomers")
    old = kit.delegate(kit.delegation(one, member(year=2019)))
    new = kit.delegate(kit.delegation(one, member(year=2023)))
    assert comes_in(session, new)
    assert not comes_in(session, old)


@pytest.mark.parametrize("number", [1, 3])
def test_the_gate_asks_the_same_of_one_and_of_many(one: Edition, number: int, django_assert_num_queries: Any):
    session = forum(one)
    for at in range(number):
        kit.delegate(kit.delegation(one, team.city(f"Kobe {at}")))
    with django_assert_num_queries(6):
        assert len(gate.verdicts(session, gate.coming(one))) == number


@pytest.mark.apart
def test_who_stays_outside_reads_why():
    closed = come_in("mayors", "", Facts(fields=frozenset({"music"})))
    assert closed
    assert "mayor or deputy mayor on its day" in str(closed)
    assert closed.status == 403
    assert come_in("everybody", "", Facts()) is None
