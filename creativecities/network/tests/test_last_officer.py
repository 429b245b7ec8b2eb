"""The network is never left without a Secretariat: not by two who leave at once, nor by ends set for later."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts import rules as account_rules
from creativecities.accounts.models import Person
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import mandates
from creativecities.network.models import Mandate
from creativecities.network.tests import factories

Leave = Callable[[Person], object]


def mandate_of(officer: Person) -> Mandate:
    return Mandate.objects.get(person=officer)


def close(officer: Person) -> None:
    mandates.close_mandate(mandate_of(officer), on=timezone.localdate(), by=factories.ROBOT)


def erase(officer: Person) -> None:
    accounts.erase(officer, by=officer)


def slowly(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whoever has asked the rule waits before going on, as on a busy machine."""
    asked = getattr(rules, name)

    def ask(*arguments: Any) -> Any:
        answer = asked(*arguments)
        time.sleep(0.3)
        return answer

    monkeypatch.setattr(rules, name, ask)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("leave", [(close, close), (erase, erase), (close, erase)])
def test_of_two_officers_who_leave_at_once_one_stays(leave: tuple[Leave, Leave], monkeypatch: pytest.MonkeyPatch):
    officers = factories.holder("secretariat"), factories.holder("secretariat")
    slowly(monkeypatch, "close_mandate")
    slowly(monkeypatch, "leave")
    monkeypatch.setattr(account_rules, "_erasure_rules", [rules.leave])
    start, outcomes = threading.Barrier(2), []

    def act(number: int) -> None:
        start.wait()
        try:
            leave[number](officers[number])
            outcomes.append("left")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[number]) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["last-officer", "left"]
    assert Mandate.objects.on(timezone.localdate()).filter(role="secretariat").count() == 1


@pytest.mark.django_db
def test_an_officer_whose_end_is_set_is_not_the_one_who_stays():
    first, second, today = factories.holder("secretariat"), factories.holder("secretariat"), timezone.localdate()
    mandates.close_mandate(mandate_of(first), on=today + dt.timedelta(days=5), by=second)
    with pytest.raises(Refusal, match="only officer"):
        mandates.close_mandate(mandate_of(second), on=today, by=first)
    with pytest.raises(Refusal, match="only officer"):
        accounts.erase(second, by=second)
    mandates.close_mandate(mandate_of(first), on=today, by=second)


@pytest.mark.django_db
def test_a_restore_forgets_even_an_officer_who_was_alone_in_the_backup():
    officer = factories.holder("secretariat")
    accounts.erase_again(officer, by=Robot("Restore"))
    assert not Mandate.objects.on(timezone.localdate()).exists()
