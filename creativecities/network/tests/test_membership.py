"""Admitting a city, changing its field, ending its membership."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from creativecities.accounts.tests import people
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.actions import membership
from creativecities.network.models import City, Listing, Mandate, Membership
from creativecities.network.tests import factories
from creativecities.network.tests.factories import ROBOT

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 6, 1)


def admit(**given: Any) -> City:
    values = {
        "name": "Vila Inventada", "country": factories.CountryFactory(), "latitude": 38.5, "longitude": -8.5,
        "field": factories.FieldFactory(), "round": factories.RoundFactory(), "by": ROBOT,
    }  # fmt: skip
    return membership.admit(**{**values, **given})


def test_admit_writes_the_city_down_and_lists_it():
    city = admit(local_name="Víla", population=250_000, source="announcement")
    assert (city.slug, city.local_language, city.is_listed) == ("vila-inventada", "pt", True)
    assert set(city.names.values_list("name", "kind", "by_hand")) == {
        ("Vila Inventada", "current", True),
        ("Víla", "local", True),
    }
    row = Listing.objects.get(city=city)
    assert (row.start, row.year, row.size) == (dt.date(2019, 10, 30), 2019, "100k-500k")
    assert city.designation.round_id == 2019
    event = Event.objects.get(kind="network.city.admitted")
    assert event.facts == {"field": "design", "year": 2019, "start": "2019-10-30"}


def test_a_city_can_join_later_in_the_year_of_its_round():
    city = admit(start=DAY)
    assert Membership.objects.get(city=city).start == DAY
    assert Event.objects.get(kind="network.city.admitted").facts["start"] == "2023-06-01"


def test_a_city_known_by_its_geonames_id_is_not_written_down_twice():
    known = factories.CityFactory(geonames_id=4711)
    assert admit(name="Another spelling", geonames_id=4711) == known
    assert City.objects.count() == 1


def test_a_later_city_of_the_same_name_gets_its_country():
    admit()
    assert admit(country=factories.CountryFactory(iso2="NP")).slug == "vila-inventada-np"


def test_a_member_is_not_admitted_again():
    admit()
    with pytest.raises(Refusal, match="is a member already"):
        admit(round=factories.RoundFactory(year=2021))
    assert Membership.objects.count() == 1


def test_a_former_member_can_come_back_but_not_into_its_own_past():
    city = admit()
    membership.end_membership(city, on=DAY, reason="asked to leave", by=ROBOT)
    with pytest.raises(Refusal, match="is a member already"):
        admit(round=factories.RoundFactory(year=2021))
    admit(round=factories.RoundFactory(year=2025))
    assert Listing.objects.on(dt.date(2024, 1, 1)).count() == 0
    assert Listing.objects.on(dt.date(2026, 1, 1)).get().joined_on == dt.date(2019, 10, 30)
    assert city.designation.round_id == 2019


@pytest.mark.parametrize("role", ["secretariat", "head-of-the-network"])
def test_the_head_of_the_network_and_the_secretariat_admit(role: str):
    assert admit(by=factories.holder(role)).is_listed


def test_nobody_else_admits():
    with pytest.raises(Refusal, match="Only the head of the network"):
        admit(by=people.person())
    assert not City.objects.exists()


def test_a_visitor_is_not_taken_for_a_robot():
    with pytest.raises(Refusal, match="Only the head of the network"):
        admit(by=AnonymousUser())


def test_change_of_field_ends_one_spell_and_starts_the_next():
    city = factories.member()
    membership.change_field(city, field=factories.FieldFactory(slug="film"), on=DAY, source="decision", by=ROBOT)
    assert list(city.memberships.values_list("field_id", "start", "end")) == [
        ("design", dt.date(2019, 10, 30), DAY),
        ("film", DAY, None),
    ]
    assert Listing.objects.on(DAY - dt.timedelta(days=1)).get().field_id == "design"
    assert Listing.objects.on(DAY).get().field_id == "film"
    event = Event.objects.get(kind="network.city.field_changed")
    assert (event.facts["old"], event.facts["new"]) == ("design", "film")


def test_change_of_field_ends_the_coordination_of_the_old_one():
    city = factories.member()
    person = factories.holder("coordinator", city=city, field=factories.FieldFactory())
    membership.change_field(city, field=factories.FieldFactory(slug="film"), on=DAY, by=ROBOT)
    assert Mandate.objects.get(person=person).end == DAY


@pytest.mark.parametrize(
    ("field", "on", "reason"),
    [
        ("design", DAY, "holds this field already"),
        ("film", dt.date(2019, 10, 30), "cannot end before"),
        ("film", dt.date(2018, 1, 1), "cannot end before"),
    ],
)
def test_a_change_of_field_that_makes_no_sense_is_refused(field: str, on: dt.date, reason: str):
    city = factories.member()
    with pytest.raises(Refusal, match=reason):
        membership.change_field(city, field=factories.FieldFactory(slug=field), on=on, by=ROBOT)
    assert city.memberships.count() == 1


def test_end_of_membership_needs_a_reason_and_a_member():
    city = factories.member()
    with pytest.raises(Refusal, match="only with a reason"):
        membership.end_membership(city, on=DAY, reason=" ", by=ROBOT)
    membership.end_membership(city, on=DAY, reason="asked to leave", by=ROBOT)
    with pytest.raises(Refusal, match="not a member now"):
        membership.end_membership(city, on=DAY, reason="again", by=ROBOT)
    with pytest.raises(Refusal, match="not a member now"):
        membership.change_field(city, field=factories.FieldFactory(slug="film"), on=DAY, by=ROBOT)
    assert Listing.objects.get(city=city).end == DAY
    city.refresh_from_db()
    assert city.is_listed


def test_a_citys_team_does_not_decide_on_membership():
    city = factories.member()
    team = factories.holder("focal-point", city=city)
    with pytest.raises(Refusal, match="Only the Secretariat"):
        membership.end_membership(city, on=DAY, reason="no", by=team)
    with pytest.raises(Refusal, match="Only the head of the network and the Secretariat"):
        membership.change_field(city, field=factories.FieldFactory(slug="film"), on=DAY, by=team)


def test_somebody_faster_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch):
    city = factories.member()
    seen = Membership.objects.get(city=city)
    Membership.objects.filter(city=city).update(end=dt.date(2022, 1, 1))
    monkeypatch.setattr("creativecities.network.rules.open_membership", lambda _city: seen)
    with pytest.raises(Refusal, match="Somebody was faster"):
        membership.change_field(city, field=factories.FieldFactory(slug="film"), on=DAY, by=ROBOT)
    assert city.memberships.count() == 1
