"""The one door for writes: atomic, accountable, first come first served."""

import threading

import pytest
from django.db import close_old_connections, connection

from creativecities.core.action import NoEvent, action, move, record
from creativecities.core.actor import Robot
from creativecities.core.models import Event, Generation, Mail
from creativecities.core.refusal import Refusal

CLERK = Robot("Clerk")


def new_mail(**facts) -> Mail:
    return Mail.objects.create(kind="test", key=facts.pop("key", "k"), to_address="a@example.org", subject="S", **facts)


@action
def claim(mail, *, by):
    move(mail, "claim", by=by)


@pytest.mark.django_db
def test_an_action_without_an_event_is_a_fault_and_leaves_nothing():
    @action
    def silent(*, by):
        new_mail()

    with pytest.raises(NoEvent, match="silent"):
        silent(by=CLERK)
    assert not Mail.objects.exists()


@pytest.mark.django_db
def test_an_action_insists_on_who_acts():
    with pytest.raises(TypeError, match="by"):
        claim(new_mail())


@pytest.mark.django_db
def test_an_action_that_fails_late_leaves_neither_row_nor_event():
    @action
    def breaks(*, by):
        record("core.mail.sent", new_mail(), by=by)
        raise Refusal("no")

    with pytest.raises(Refusal):
        breaks(by=CLERK)
    assert (Mail.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_an_action_may_leave_its_event_to_the_action_it_calls():
    @action
    def outer(mail, *, by):
        claim(mail, by=by)

    mail = new_mail()
    outer(mail, by=CLERK)
    assert Event.objects.about(mail).get().kind == "core.mail.claimed"


@pytest.mark.django_db
def test_an_action_raises_the_generation_once_and_a_quiet_one_never():
    @action
    def outer(first, second, *, by):
        claim(first, by=by)
        claim(second, by=by)

    outer(new_mail(key="1"), new_mail(key="2"), by=CLERK)
    assert Generation.objects.get().number == 1

    quiet = action(quiet=True)(lambda mail, *, by: move(mail, "claim", by=by))
    quiet(new_mail(key="3"), by=CLERK)
    assert Generation.objects.get().number == 1


@pytest.mark.django_db
def test_events_are_recorded_only_inside_actions():
    with pytest.raises(RuntimeError, match="inside an action"):
        record("core.mail.sent", new_mail(), by=CLERK)


@pytest.mark.django_db
def test_an_event_keeps_who_what_and_when_and_cannot_be_changed():
    mail = new_mail()
    claim(mail, by=CLERK)
    event = Event.objects.get()
    assert (event.actor_name, event.actor_id, event.subject_name) == ("Clerk", None, "test")
    assert event.facts == {"source": "waiting", "target": "sending"}
    with pytest.raises(TypeError):
        Event.objects.all().update(kind="x")
    with pytest.raises(TypeError):
        Event.objects.all().delete()


@pytest.mark.django_db
def test_a_move_that_comes_too_late_is_refused_and_changes_nothing():
    mail = new_mail()
    claim(mail, by=CLERK)
    stale = Mail.objects.get()
    stale.state = Mail.WAITING
    with pytest.raises(Refusal, match="faster") as caught:
        claim(stale, by=CLERK)
    assert caught.value.status == 409
    assert (Mail.objects.get().state, stale.state, Event.objects.count()) == ("sending", "waiting", 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_move_at_once_exactly_one_succeeds():
    mail, start, outcomes = new_mail(), threading.Barrier(6), []

    def clerk() -> None:
        mine = Mail.objects.get(pk=mail.pk)
        start.wait()
        try:
            claim(mine, by=CLERK)
            outcomes.append("moved")
        except Refusal:
            outcomes.append("refused")
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=clerk) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["moved", *["refused"] * 5]
    assert Event.objects.count() == 1
