"""A city nominates, confirms by name, replaces and withdraws: within its quota, in time, and nobody else for it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import jobs, states
from creativecities.conference.actions import badges
from creativecities.conference.actions import delegates as people
from creativecities.conference.actions import delegations as acts
from creativecities.conference.models import Badge, Delegate, Delegation, Edition, Seats
from creativecities.conference.tests import kit
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import City, Mandate, Membership
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return kit.edition()


@pytest.fixture
def home() -> City:
    return team.city("Kobe")


@pytest.fixture
def ana(home: City) -> Person:
    return team.member(home, "Ana Exemplo")


def put(edition: Edition, city: City, by: Person, role: str = "expert", name: str = "", **more: Any) -> Delegate:
    values = {"person": None, "bound_to": None, "name": name, **more}
    return acts.nominate(edition, city, role=role, values=values, by=by)


def sent(edition: Edition, city: City) -> Delegation:
    return Delegation.objects.select_related("edition", "city").get(edition=edition, city=city)


def code(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def counted(edition: Edition) -> tuple[int, int, int]:
    """Places as the edition counts them, as its delegations do, and as there are."""
    rows = Delegate.objects.filter(delegation__edition=edition, state__in=states.STANDING)
    taken = Delegation.objects.filter(edition=edition).values_list("taken", flat=True)
    return Seats.objects.get(edition=edition).taken, sum(taken), rows.count()


def test_a_city_nominates_without_names_and_confirms_by_name(edition: Edition, home: City, ana: Person):
    mayor = put(edition, home, ana, "mayor")
    one = sent(edition, home)
    assert (one.state, mayor.state, mayor.number) == (states.NOMINATED, states.NOMINATED, 1)
    assert code(lambda: acts.confirm(one, by=ana)) == "no-name"
    one.refresh_from_db()
    acts.change(mayor, values={"person": None, "bound_to": None, "name": "Berta Exemplo"}, opened=one.version, by=ana)
    acts.confirm(one, by=ana)
    mayor.refresh_from_db()
    assert (sent(edition, home).state, mayor.state) == (states.CONFIRMED, states.CONFIRMED)
    assert Badge.objects.filter(delegate=mayor, revoked_at=None).count() == 1
    assert Mail.objects.filter(kind="conference.delegation.confirmed", to_person_id=ana.pk).count() == 1
    assert "Berta" not in Mail.objects.get().body + Mail.objects.get().subject
    assert code(lambda: acts.confirm(one, by=ana)) == "confirmed"


def test_the_quota_of_a_role_and_the_most_of_a_delegation_hold(edition: Edition, home: City, ana: Person):
    edition.settings = kit.settings(most=3, quotas={"mayor": 1, "expert": 9})
    edition.save()
    put(edition, home, ana, "mayor")
    assert code(lambda: put(edition, home, ana, "mayor")) == "quota-full"
    assert code(lambda: put(edition, home, ana, "observer")) == "no-quota"
    put(edition, home, ana)
    put(edition, home, ana)
    assert code(lambda: put(edition, home, ana)) == "delegation-full"
    assert counted(edition) == (3, 3, 3)


def test_the_seats_of_an_edition_are_those_of_all_cities(edition: Edition, home: City, ana: Person):
    edition.settings = kit.settings(seats=2)
    edition.save()
    first = put(edition, home, ana)
    away = team.city("Nara")
    other = team.member(away)
    put(edition, away, other)
    assert code(lambda: put(edition, away, other)) == "edition-full"
    people.withdraw(first, along=False, by=ana)
    put(edition, away, other)
    assert counted(edition) == (2, 2, 2)


def test_a_place_that_falls_free_is_the_one_that_is_taken_next(edition: Edition, home: City, ana: Person):
    first, second = put(edition, home, ana), put(edition, home, ana)
    people.withdraw(first, along=False, by=ana)
    assert (second.number, put(edition, home, ana).number) == (2, 1)


@pytest.mark.parametrize("who", ["another city", "a visitor's account", "the Secretariat", "the mayor"])
def test_nobody_but_its_team_registers_a_city(edition: Edition, home: City, ana: Person, who: str):
    put(edition, home, ana)
    someone = {
        "another city": lambda: team.member(team.city("Nara")),
        "a visitor's account": lambda: team.member(team.city("Nara"), role="mayor"),
        "the Secretariat": team.officer,
        "the mayor": lambda: team.member(home, role="mayor"),
    }[who]()
    one = sent(edition, home)
    for act in (
        lambda: put(edition, home, someone),
        lambda: acts.confirm(one, by=someone),
        lambda: people.withdraw(one.delegates.get(), along=False, by=someone),
        lambda: acts.decline(edition, home, reason="No.", by=someone),
    ):
        assert code(act) == "not-the-team"


def test_a_city_that_has_left_registers_nobody(edition: Edition, home: City, ana: Person):
    Membership.objects.filter(city=home).update(end="2025-01-01")
    assert code(lambda: put(edition, home, ana)) == "not-a-member"
    assert not Delegation.objects.exists()


def test_after_its_day_nobody_is_nominated_and_the_secretariat_opens_it_for_one_city(
    edition: Edition, home: City, ana: Person
):
    now = timezone.now()
    Edition.objects.update(
        opens_at=now - dt.timedelta(9), nominate_by=now - dt.timedelta(2), confirm_by=now - dt.timedelta(1)
    )
    edition.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        put(edition, home, ana)
    assert refused.value.code == "too-late"
    assert "Secretariat" in str(refused.value.remedy)
    until = now + dt.timedelta(3)
    assert code(lambda: acts.reopen(edition, home, until=until, by=ana)) == "secretariat-only"
    assert code(lambda: acts.reopen(edition, home, until=now + dt.timedelta(99), by=team.officer("Eva"))) == "not-then"
    acts.reopen(edition, home, until=until, by=team.officer())
    assert Mail.objects.filter(kind="conference.delegation.reopened", to_person_id=ana.pk).exists()
    put(edition, home, ana, name="Berta Exemplo")
    acts.confirm(sent(edition, home), by=ana)
    away = team.city("Nara")
    assert code(lambda: put(edition, away, team.member(away))) == "too-late"


def test_before_it_opens_and_in_an_edition_that_rests_nobody_is_nominated(edition: Edition, home: City, ana: Person):
    Edition.objects.update(opens_at=timezone.now() + dt.timedelta(1))
    edition.refresh_from_db()
    assert code(lambda: put(edition, home, ana)) == "not-open"
    for state, why in ((states.POSTPONED, "no-days"), (states.CANCELLED, "cancelled")):
        edition.state = state
        assert code(lambda: put(edition, home, ana)) == why


def test_an_interpreter_is_bound_to_somebody_of_the_same_delegation(edition: Edition, home: City, ana: Person):
    mayor = put(edition, home, ana, "mayor", "Berta Exemplo")
    away = team.city("Nara")
    other = team.member(away)
    assert code(lambda: put(edition, away, other, "interpreter", bound_to=mayor)) == "not-bound"
    assert code(lambda: put(edition, home, ana, "expert", bound_to=mayor)) == "not-bound"
    speaks = put(edition, home, ana, "interpreter", "Ines Exemplo")
    assert code(lambda: put(edition, home, ana, "interpreter", bound_to=speaks)) == "not-bound"
    assert code(lambda: acts.confirm(sent(edition, home), by=ana)) == "unbound"


@pytest.mark.parametrize(("along", "state"), [(False, states.CONFIRMED), (True, states.WITHDRAWN)])
def test_when_a_delegate_withdraws_their_interpreter_is_told_and_unbound_or_goes_along(
    edition: Edition, home: City, ana: Person, along: bool, state: str
):
    mayor = put(edition, home, ana, "mayor", "Berta Exemplo")
    address = "ines@example.org"
    speaks = put(edition, home, ana, "interpreter", "Ines Exemplo", bound_to=mayor, email=address, languages=["fr"])
    acts.confirm(sent(edition, home), by=ana)
    mayor.refresh_from_db()
    people.withdraw(mayor, along=along, by=ana)
    speaks.refresh_from_db()
    assert (speaks.state, speaks.bound_to_id) == (state, None)
    assert Badge.objects.get(delegate=speaks).revoked_at is None or along
    assert Badge.objects.get(delegate=mayor).revoked_at
    letter = Mail.objects.get(to_address=address)
    assert letter.language == "fr"
    assert "Berta" not in letter.subject + letter.body
    assert counted(edition)[0] == counted(edition)[2] == (0 if along else 1)


def test_one_replaces_another_in_the_same_place(edition: Edition, home: City, ana: Person):
    mayor = put(edition, home, ana, "mayor", "Berta Exemplo", email="berta@example.org")
    speaks = put(edition, home, ana, "interpreter", "Ines Exemplo", bound_to=mayor)
    acts.confirm(sent(edition, home), by=ana)
    mayor.refresh_from_db()
    values = {"person": None, "bound_to": None, "name": ""}
    assert code(lambda: people.substitute(mayor, values=values, by=ana)) == "no-name"
    new = people.substitute(mayor, values={**values, "name": "Carla Exemplo"}, by=ana)
    mayor.refresh_from_db()
    speaks.refresh_from_db()
    assert (mayor.state, mayor.number, mayor.name) == (states.WITHDRAWN, None, "Berta Exemplo")
    assert (new.state, new.number, new.replaces, speaks.bound_to) == (states.CONFIRMED, 1, mayor, new)
    assert Badge.objects.get(delegate=mayor).revoked_at
    assert Badge.objects.get(delegate=new).revoked_at is None
    assert Mail.objects.get(to_address="berta@example.org").kind == "conference.delegate.replaced"
    assert counted(edition) == (2, 2, 2)
    assert code(lambda: people.substitute(mayor, values={**values, "name": "Dina"}, by=ana)) == "withdrawn"


def test_a_city_that_does_not_come_says_why_and_can_come_after_all(edition: Edition, home: City, ana: Person):
    put(edition, home, ana, "mayor", "Berta Exemplo")
    acts.confirm(sent(edition, home), by=ana)
    acts.decline(edition, home, reason="Elections.", by=ana)
    one = sent(edition, home)
    assert (one.state, one.reason, counted(edition)) == (states.DECLINED, "Elections.", (0, 0, 0))
    assert not Badge.objects.filter(revoked_at=None).exists()
    assert code(lambda: put(edition, home, ana)) == "declined"
    acts.come_after_all(one, by=ana)
    assert put(edition, home, ana).number == 1
    assert sent(edition, home).state == states.NOMINATED


def test_a_city_that_never_began_can_say_that_it_does_not_come(edition: Edition, home: City, ana: Person):
    acts.decline(edition, home, reason="Elections.", by=ana)
    assert sent(edition, home).state == states.DECLINED


def test_who_comes_as_mayor_with_an_account_holds_that_office_on_the_first_day(
    edition: Edition, home: City, ana: Person
):
    assert code(lambda: put(edition, home, ana, "mayor", person=ana)) == "not-in-office"
    mayor = team.member(home, "Berta Exemplo", role="mayor")
    put(edition, home, ana, "mayor", "Berta Exemplo", person=mayor)
    assert code(lambda: put(edition, home, ana, "expert", person=mayor)) == "there-already"


def test_a_mayor_who_loses_office_stays_and_the_team_is_told_once(edition: Edition, home: City, ana: Person):
    mayor = team.member(home, "Berta Exemplo", role="mayor")
    one = put(edition, home, ana, "mayor", "Berta Exemplo", person=mayor)
    acts.confirm(sent(edition, home), by=ana)
    assert jobs.tell_of_offices() == 0
    Mandate.objects.filter(person=mayor).update(end=edition.starts_on)
    assert (jobs.tell_of_offices(), jobs.tell_of_offices()) == (1, 0)
    one.refresh_from_db()
    assert one.state == states.CONFIRMED
    letter = Mail.objects.get(kind="conference.delegation.office_ends")
    assert letter.to_person_id == ana.pk
    assert "Berta" not in letter.subject + letter.body
    values = {"person": mayor, "bound_to": None, "name": "Berta Exemplo", "office": "Former mayor"}
    acts.change(one, values=values, opened=sent(edition, home).version, by=ana)


def test_of_two_who_change_a_delegation_the_second_is_told(edition: Edition, home: City, ana: Person):
    one = put(edition, home, ana)
    opened = sent(edition, home).version
    values = {"person": None, "bound_to": None, "name": "Berta Exemplo"}
    acts.change(one, values=values, opened=opened, by=ana)
    assert code(lambda: acts.change(one, values={**values, "name": "Carla"}, opened=opened, by=ana)) == "forged-version"
    one.refresh_from_db()
    assert one.name == "Berta Exemplo"


def test_a_lost_badge_is_revoked_and_another_one_issued(edition: Edition, home: City, ana: Person):
    one = kit.delegate(kit.delegation(edition, home))
    officer = team.officer()
    first = badges.replace(one, reason="lost", by=officer)
    second = badges.replace(one, reason="lost", by=officer)
    first.refresh_from_db()
    assert first.revoked_at
    assert second.token != first.token
    assert len(second.token) == 32
    assert code(lambda: badges.replace(one, reason="lost", by=ana)) == "secretariat-only"


def test_events_of_a_delegation_name_nobody_of_it(edition: Edition, home: City, ana: Person):
    mayor = put(edition, home, ana, "mayor", "Berta Exemplo", email="berta@example.org")
    acts.confirm(sent(edition, home), by=ana)
    mayor.refresh_from_db()
    people.withdraw(mayor, along=False, by=ana)
    told = [f"{event.subject_name} {event.facts}" for event in Event.objects.filter(kind__startswith="conference.")]
    assert len(told) > 4
    assert not [each for each in told if "Berta" in each or "berta" in each]
