"""Who does not come, was not confirmed in time or is not admitted any more: what they had passes to who waits."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.conference import jobs, states
from creativecities.conference.actions import delegates, delegations
from creativecities.conference.actions import signups as seats
from creativecities.conference.models import Delegate, Delegation, Edition, Seats, Session
from creativecities.conference.queries import reminders
from creativecities.conference.tests import kit
from creativecities.core import days
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import City, Mandate, Membership
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
NOBODY: dict[str, Any] = {"person": None, "bound_to": None}


@pytest.fixture
def edition() -> Edition:
    return kit.edition()


@pytest.fixture
def home() -> City:
    return team.city("Kobe")


@pytest.fixture
def ana(home: City) -> Person:
    return team.member(home, "Ana Exemplo")


@pytest.fixture
def sent(edition: Edition, home: City) -> Delegation:
    return kit.delegation(edition, home)


def someone(of: Edition, name: str) -> Delegate:
    return kit.delegate(kit.delegation(of, team.city(f"City of {name}")), name=name, person=people.person(name))


def sits(session: Session, *delegates: Delegate) -> None:
    for each in delegates:
        seats.sign_up(session, each, by=each.person or team.member(each.delegation.city, role="alternative-contact"))


def numbers(session: Session) -> dict[str, int | None]:
    return dict(session.signups.values_list("delegate__name", "number"))


LEAVING = {
    "withdrawn": lambda one, by: delegates.withdraw(one, along=False, by=by),
    "replaced": lambda one, by: delegates.substitute(one, values={**NOBODY, "name": "Dora Exemplo"}, by=by),
    "declined": lambda one, by: delegations.decline(one.delegation.edition, one.delegation.city, reason="", by=by),
}


@pytest.mark.parametrize("how", LEAVING)
def test_the_seats_of_who_does_not_come_pass_to_who_waits(sent: Delegation, ana: Person, how: str):
    session, other = (kit.session(sent.edition, slug, seats=1) for slug in ("opening", "closing"))
    leaving, waits = kit.delegate(sent, name="Berta Exemplo"), someone(sent.edition, "Carla Exemplo")
    sits(session, leaving, waits)
    sits(other, leaving)
    LEAVING[how](Delegate.objects.select_related("delegation").get(pk=leaving.pk), ana)
    assert numbers(session) == {"Carla Exemplo": 1}
    assert not numbers(other)
    assert Mail.objects.filter(kind="conference.session.moved_up", to_person_id=waits.person_id).exists()


def test_an_interpreter_who_goes_along_leaves_their_seat_as_well(sent: Delegation, ana: Person):
    session, berta = kit.session(sent.edition, seats=2), kit.delegate(sent, name="Berta Exemplo")
    sits(session, berta, kit.delegate(sent, "interpreter", "Dora Exemplo", bound_to=berta))
    delegates.withdraw(berta, along=True, by=ana)
    assert not numbers(session)


def test_who_has_just_been_withdrawn_signs_up_no_more(sent: Delegation, ana: Person):
    session, berta = kit.session(sent.edition, seats=2), kit.delegate(sent, name="Berta Exemplo")
    stale = Delegate.objects.select_related("delegation__city").get(pk=berta.pk)
    delegates.withdraw(berta, along=False, by=ana)
    with pytest.raises(Refusal) as refused:
        seats.sign_up(session, stale, by=ana)
    assert refused.value.code == "not-coming"


def test_who_is_mayor_no_more_gives_the_seat_in_the_forum_back_and_the_team_is_told_why(sent: Delegation, ana: Person):
    forum = kit.session(sent.edition, "forum", kind="mayors-forum", admits="mayors", seats=2)
    plenary = kit.session(sent.edition, seats=5)
    berta = kit.mayor(sent, person=people.person("Berta Exemplo"))
    bound = kit.delegate(sent, "interpreter", "Dora Exemplo", bound_to=berta)
    next_in_line = kit.mayor(
        kit.delegation(sent.edition, team.city("Nara")), "Carla Exemplo", person=people.person("Carla Exemplo")
    )
    kit.release(sent.edition, by=team.officer("Bruno Exemplo"))
    sits(forum, berta, bound, next_in_line)
    sits(plenary, berta)
    assert jobs.turn_away() == 0
    Mandate.objects.filter(person=berta.person).update(end=days.today() + dt.timedelta(days=3))
    assert (jobs.turn_away(), jobs.turn_away()) == (1, 0)
    assert numbers(forum) == {"Carla Exemplo": 1}
    assert numbers(plenary) == {"Berta Exemplo": 1}
    told = Mail.objects.filter(kind="conference.delegation.turned_away", to_person_id=ana.pk)
    assert [each.link.rpartition("/kobe/")[2] for each in told] == [f"{each.code}/" for each in (berta, bound)]
    assert all("mayor or deputy mayor on its day" in each.body for each in told)
    assert not any("Exemplo" in each.subject + each.body for each in Mail.objects.all())
    assert Mail.objects.get(to_person_id=berta.person_id).kind == "conference.session.turned_away"


def test_a_city_that_has_left_has_no_seat_in_the_meeting_of_its_field(sent: Delegation, ana: Person):
    field = Membership.objects.get(city=sent.city).field
    session = kit.session(sent.edition, "field", kind="sub-network", admits="field", field=field, seats=2)
    sits(session, kit.delegate(sent))
    kit.release(sent.edition, by=team.officer("Bruno Exemplo"))
    assert jobs.turn_away() == 0
    Membership.objects.filter(city=sent.city).update(end=days.today())
    assert jobs.turn_away() == 1
    assert not numbers(session)


@pytest.fixture
def nominated(edition: Edition, home: City, ana: Person) -> list[Delegate]:
    """A mayor and her interpreter, nominated for the only two places there are; somebody of Nara waits for one."""
    Edition.objects.update(settings=kit.settings(seats=2))
    edition.refresh_from_db()
    mayor = put(edition, home, "mayor", by=ana)
    return [mayor, put(edition, home, "interpreter", by=ana, bound_to=mayor)]


def put(edition: Edition, city: City, role: str, *, by: Person, **more: Any) -> Delegate:
    values = {**NOBODY, "name": "", **more}
    return delegations.nominate(edition, city, role=role, values=values, waits=bool(values["name"]), by=by)


def over() -> None:
    now = timezone.now()
    Edition.objects.update(nominate_by=now - dt.timedelta(hours=2), confirm_by=now - dt.timedelta(hours=1))


def test_places_that_are_not_confirmed_in_time_pass_to_who_waits(
    nominated: list[Delegate], edition: Edition, ana: Person
):
    nara = team.city("Nara")
    waits = put(edition, nara, "expert", by=team.member(nara), name="Carla Exemplo")
    assert (waits.state, jobs.let_places_expire()) == (states.WAITING, 0)
    over()
    assert (jobs.let_places_expire(), jobs.let_places_expire()) == (1, 0)
    assert {each.state for each in Delegate.objects.filter(delegation__city__name="Kobe")} == {states.WITHDRAWN}
    assert Seats.objects.get().taken == Delegation.objects.get(city__name="Kobe").taken == 0
    assert jobs.offer_places() == 1
    waits.refresh_from_db()
    assert waits.state == states.OFFERED
    letter = Mail.objects.get(kind="conference.delegation.expired")
    assert letter.to_person_id == ana.pk
    assert Event.objects.filter(kind="conference.delegate.expired").count() == 2


def test_who_is_confirmed_keeps_the_place_and_so_does_a_city_for_which_it_was_opened_again(
    nominated: list[Delegate], edition: Edition, ana: Person
):
    Delegation.objects.update(open_until=timezone.now() + dt.timedelta(days=1))
    over()
    assert jobs.let_places_expire() == 0
    Delegate.objects.update(name="Berta Exemplo")
    delegations.confirm(Delegation.objects.get(), by=ana)
    Delegation.objects.update(open_until=None)
    assert jobs.let_places_expire() == 0
    assert {each.state for each in Delegate.objects.all()} == {states.CONFIRMED}


def test_a_confirmed_interpreter_of_who_was_not_confirmed_in_time_stays_without_anybody(
    nominated: list[Delegate], edition: Edition
):
    _mayor, interpreter = nominated
    Delegate.objects.filter(pk=interpreter.pk).update(
        state=states.CONFIRMED, name="Dora Exemplo", email="dora@example.org"
    )
    over()
    assert jobs.let_places_expire() == 1
    interpreter.refresh_from_db()
    assert (interpreter.state, interpreter.bound_to) == (states.CONFIRMED, None)
    assert Mail.objects.get(kind="conference.delegate.unbound").to_address == "dora@example.org"


def test_a_team_is_reminded_of_one_more_who_is_not_confirmed_yet(sent: Delegation, edition: Edition):
    kit.delegate(sent)
    assert not reminders.cities(edition, reminders.CONFIRM)
    kit.delegate(sent, "observer", "", state=states.NOMINATED)
    assert list(reminders.cities(edition, reminders.CONFIRM)) == [sent.city]
