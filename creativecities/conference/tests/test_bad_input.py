"""Between a yes and the day: offices end, people withdraw, votes close. All is told, nothing is lost."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts.tests import people
from creativecities.conference import states
from creativecities.conference.actions import delegates as acts
from creativecities.conference.actions import signups
from creativecities.conference.models import Ballot, Delegate, Edition, Session, Vote
from creativecities.conference.queries import door_list
from creativecities.conference.tests import kit
from creativecities.conference.tests.test_vote import PAGE as VOTE
from creativecities.conference.tests.test_vote import called, voter
from creativecities.network.models import Mandate
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
FORUM = "/conference/2031/programme/forum/"
WHY = "mayor or deputy mayor on its day"


@pytest.fixture
def forum() -> Session:
    made = kit.edition()
    kit.session(made, "forum", kind="mayors-forum", admits="mayors", seats=10)
    kit.release(made, by=team.officer())
    return made.sessions.get()


@pytest.fixture
def pair(forum: Session) -> tuple[Delegate, Delegate]:
    """A mayor and the interpreter bound to her: both have a seat."""
    sent = kit.delegation(forum.edition, team.city("Kobe"))
    mayor = kit.mayor(sent, person=people.person("Berta Exemplo"))
    bound = kit.delegate(sent, "interpreter", "Ines Exemplo", bound_to=mayor, person=people.person("Ines Exemplo"))
    for each in (mayor, bound):
        signups.sign_up(forum, each, by=each.person)
    return mayor, bound


def kept_out(forum: Session) -> dict[str, str]:
    """Whom the door of the Forum does not let in, and why."""
    return {
        one.name: str(one.reason) for one in door_list.listed(kit.door(forum.edition, "Forum", forum)) if one.reason
    }


def test_a_mayor_who_loses_office_before_the_day_reads_why_and_can_give_the_seat_to_others(
    client: Any, forum: Session, pair: tuple[Delegate, Delegate]
):
    mayor, _bound = pair
    assert forum.edition.starts_on
    Mandate.objects.filter(person=mayor.person).update(end=forum.edition.starts_on - dt.timedelta(days=3))
    team.sign_in(client, mayor.person)
    page = client.get(FORUM).content.decode()
    assert WHY in page
    assert "Give back" in page
    assert set(kept_out(forum)) == {"Berta Exemplo", "Ines Exemplo"}
    assert client.post(f"{FORUM}give-back/", {"delegate": mayor.code}).status_code == 302
    assert client.post(f"{FORUM}sign-up/", {"delegate": mayor.code}).status_code == 403
    mayor.refresh_from_db()
    assert mayor.state == states.CONFIRMED


def test_an_interpreter_whose_mayor_withdraws_stays_in_the_delegation_and_outside_the_forum(
    client: Any, forum: Session, pair: tuple[Delegate, Delegate]
):
    mayor, bound = pair
    acts.withdraw(mayor, along=False, by=team.member(mayor.delegation.city, "Clara Exemplo"))
    bound.refresh_from_db()
    assert (bound.state, bound.bound_to) == (states.CONFIRMED, None)
    assert list(kept_out(forum)) == ["Ines Exemplo"]
    team.sign_in(client, bound.person)
    assert WHY in client.get(FORUM).content.decode()
    assert list(forum.signups.values_list("delegate__name", flat=True)) == ["Ines Exemplo"]


def test_a_ballot_that_comes_after_the_vote_has_closed_is_told_and_counts_nowhere(client: Any):
    vote = called()
    city, focal = voter("Uji")
    team.sign_in(client, focal)
    Vote.objects.update(opens_at=timezone.now() - dt.timedelta(hours=2), closes_at=timezone.now())
    answer = client.post(f"{VOTE}cast/{city.slug}/", {"sure": "on", "choice": vote.options[0]})
    assert answer.status_code == 409
    assert "This vote is closed." in answer.content.decode()
    assert not Ballot.objects.exists()
    assert Edition.objects.get().votes.get().voted == 0
