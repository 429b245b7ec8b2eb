"""What can never be false about an initiative is held by the database."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.tests.factories import initiative
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Initiative:
    return initiative(partners=(member(name="Vila Parceira"),))


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


def test_the_lead_city_is_not_its_own_partner(one):
    assert refused(lambda: Partner.objects.create(initiative=one, city=one.lead, lead=one.lead))


def test_a_city_is_partner_once(one):
    again = one.parts.get().city
    assert refused(lambda: Partner.objects.create(initiative=one, city=again, lead=one.lead))


def test_it_does_not_end_before_it_begins(one):
    days = {"starts_on": dt.date(2020, 1, 2), "ends_on": dt.date(2020, 1, 1)}
    assert refused(lambda: Initiative.objects.update(**days))
    assert not refused(lambda: Initiative.objects.update(starts_on=days["ends_on"], ends_on=days["ends_on"]))


def test_only_known_states_are_kept(one):
    assert refused(lambda: Initiative.objects.update(state="gone"))
    assert refused(lambda: Partner.objects.update(state="perhaps"))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, ""),
        (2018, None, "from 2018"),
        (None, 2020, "until 2020"),
        (2018, 2018, "2018"),
        (2018, 2020, "2018–2020"),
    ],
)
def test_years_are_said_as_far_as_they_are_known(start, end, words):
    days = {"starts_on": start and dt.date(start, 1, 1), "ends_on": end and dt.date(end, 12, 31)}
    assert Initiative(**days).years == words
