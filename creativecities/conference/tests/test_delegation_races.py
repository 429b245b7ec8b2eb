"""Places that two want in the same moment: none is given twice, on either database."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from creativecities.conference import states
from creativecities.conference.actions import delegates as people
from creativecities.conference.actions import delegations as acts
from creativecities.conference.models import Badge, Delegate, Delegation, Edition, Seats
from creativecities.conference.tests import kit
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY: dict[str, Any] = {"person": None, "bound_to": None, "name": "Ana Exemplo"}


def at_once(*doings: Callable[[], Any]) -> list[str]:
    """Run each in a thread, all in the same moment; what came of them, as "done" or the code of a refusal."""
    start, outcomes = threading.Barrier(len(doings)), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def test_two_of_a_team_who_want_the_last_place_of_a_quota():
    edition, home = kit.edition(), team.city("Kobe")
    ana, rui = team.member(home, "Ana Exemplo"), team.member(home, "Rui Exemplo", role="alternative-contact")

    def nominate(by: Any) -> Any:
        return lambda: acts.nominate(Edition.objects.get(), home, role="mayor", values=dict(NOBODY), by=by)

    assert at_once(nominate(ana), nominate(rui)) == ["done", "quota-full"]
    assert (Delegate.objects.count(), Delegation.objects.get().taken, Seats.objects.get().taken) == (1, 1, 1)
    assert edition.delegations.get().delegates.get().number == 1


def test_cities_that_want_the_last_seats_of_an_edition():
    kit.edition(settings=kit.settings(seats=2))
    cities = [team.city(name) for name in ("Kobe", "Nara", "Gifu", "Tsu")]
    speakers = [(city, team.member(city)) for city in cities]

    def nominate(city: Any, by: Any) -> Any:
        return lambda: acts.nominate(Edition.objects.get(), city, role="expert", values=dict(NOBODY), by=by)

    outcomes = at_once(*(nominate(*each) for each in speakers))
    assert outcomes == ["done", "done", "edition-full", "edition-full"]
    assert (Delegate.objects.count(), Seats.objects.get().taken) == (2, 2)


def test_one_withdraws_somebody_while_another_confirms():
    edition, home = kit.edition(), team.city("Kobe")
    ana, rui = team.member(home, "Ana Exemplo"), team.member(home, "Rui Exemplo", role="alternative-contact")
    one = acts.nominate(edition, home, role="mayor", values=dict(NOBODY), by=ana)

    def withdraw() -> Any:
        return people.withdraw(Delegate.objects.get(), along=False, by=ana)

    outcomes = at_once(withdraw, lambda: acts.confirm(Delegation.objects.get(), by=rui))
    assert outcomes in (["done", "done"], ["done", "nobody"])
    one.refresh_from_db()
    assert (one.state, one.number) == (states.WITHDRAWN, None)
    assert not Badge.objects.filter(revoked_at=None).exists()
    assert (Delegation.objects.get().taken, Seats.objects.get().taken) == (0, 0)


def test_two_clicks_on_withdraw_free_one_place():
    edition, home = kit.edition(), team.city("Kobe")
    ana = team.member(home, "Ana Exemplo")
    for _each in range(2):
        acts.nominate(edition, home, role="expert", values=dict(NOBODY), by=ana)
    first = Delegate.objects.order_by("pk")[0].pk

    def withdraw() -> Any:
        return people.withdraw(Delegate.objects.get(pk=first), along=False, by=ana)

    assert at_once(withdraw, withdraw) == ["done", "withdrawn"]
    assert (Delegation.objects.get().taken, Seats.objects.get().taken) == (1, 1)
