"""Whatever the order in which a team, a commission, the Secretariat and the clock act on a file, it stays whole."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import jobs, states
from creativecities.calls.actions import applications, checking, endorsements
from creativecities.calls.compute import files
from creativecities.calls.models import Answer, Application, Call, Completion, Submission
from creativecities.calls.queries import applications as queries
from creativecities.calls.tests import kit
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal

pytestmark = pytest.mark.django_db
ROLES = ("owner", "commission", "secretariat", "stranger")
MOVES = {(start, move.target) for move in states.APPLICATION.values() for start in move.sources}
Act = Callable[["World", Person], None]


class World:
    """One file, who acts on it, and the last text that was kept."""

    def __init__(self, file: Application, cast: dict[str, Person]) -> None:
        self.file, self.cast, self.typed, self.kept = file, cast, 0, ""

    def write(self, by: Person) -> None:
        self.typed += 1
        there = Answer.objects.filter(application=self.file, question="history", row=0).first()
        said, opened = f"Lamps {self.typed}", {("history", 0): there.version if there else 0}
        applications.save_answers(self.file, {("history", 0): said}, opened=opened, by=by)
        self.kept = said

    def present(self, by: Person) -> None:
        applications.present(self.file, by=by)

    def endorse(self, by: Person) -> None:
        read = files.fingerprint(queries.content_of(self.file))
        endorsements.endorse(self.file, fingerprint=read, letter=endorsements.Letter(b"%PDF-1.4 lamps"), by=by)

    def decline(self, by: Person) -> None:
        endorsements.decline(self.file, reason="Not this year", by=by)

    def withdraw(self, by: Person) -> None:
        endorsements.withdraw(self.file, reason="An error", by=by)

    def submit(self, by: Person) -> None:
        applications.submit(self.file, by=by)

    def take_back(self, by: Person) -> None:
        applications.take_back(self.file, by=by)

    def give_up(self, by: Person) -> None:
        applications.give_up(self.file, by=by)

    def send_back(self, by: Person) -> None:
        until = timezone.now() + dt.timedelta(days=5)
        checking.return_for_completion(
            self.file, places=["questions/history"], until=until, reason="More", opened=self.file.version, by=by
        )

    def admit(self, by: Person) -> None:
        checking.admit(self.file, opened=self.file.version, by=by)

    def reject(self, by: Person) -> None:
        checking.reject(self.file, reason="No lamps", opened=self.file.version, by=by)

    def check_again(self, by: Person) -> None:
        checking.check_again(self.file, opened=self.file.version, by=by)

    def time_passes(self, by: Person) -> None:
        """The deadline of the call, then that of a completion."""
        if Call.objects.get(pk=self.file.call_id).closes_at > timezone.now():
            kit.closed(self.file.call)
        else:
            Completion.objects.filter(application=self.file).update(until=timezone.now() - dt.timedelta(seconds=1))
            jobs.let_completions_lapse()


MAY = {
    "owner": ("write", "present", "submit", "take_back", "give_up"),
    "commission": ("endorse", "decline", "withdraw"),
    "secretariat": ("send_back", "admit", "reject", "check_again"),
}
OWN = {act: role for role, acts in MAY.items() for act in acts}
ACTS = st.sampled_from((*OWN, "write", "submit", "time_passes"))


def seen(file: Application) -> tuple[Any, ...]:
    """All that a refusal leaves as it was."""
    file.refresh_from_db()
    facts = tuple(getattr(file, each.attname) for each in Application._meta.concrete_fields)
    return (*facts, *Answer.objects.filter(application=file).order_by("pk").values_list("value", "version"),
            *Submission.objects.filter(application=file).order_by("pk").values_list("fingerprint", "taken_back_at"),
            Event.objects.count())  # fmt: skip


def whole(world: World, before: str, frozen: dict[int, str]) -> None:
    """What holds after everything that anybody does."""
    world.file.refresh_from_db()
    assert world.file.state == before or (before, world.file.state) in MOVES
    if world.kept:
        assert Answer.objects.get(application=world.file, question="history", row=0).value == world.kept
    for each in Submission.objects.filter(application=world.file):
        assert files.fingerprint(each.content) == each.fingerprint == frozen.setdefault(each.pk, each.fingerprint)
    assert frozen.keys() == set(Submission.objects.filter(application=world.file).values_list("pk", flat=True))


def play(world: World, told: list[tuple[str, str]]) -> set[str]:
    """Each act by somebody; returns the states the file came through."""
    reached, frozen = {world.file.state}, {}
    for name, who in told:
        before, state = seen(world.file), world.file.state
        by = world.cast[OWN.get(name, "owner") if who == "who may" else who]
        try:
            getattr(world, name)(by)
        except Refusal:
            assert seen(world.file) == before, (name, who)
        else:
            assert name == "time_passes" or who in ("who may", OWN[name]), f"{who} did: {name}"
        whole(world, state, frozen)
        reached.add(world.file.state)
    return reached


@pytest.fixture
def world(call: Call, rui: Person, officer: Person) -> World:
    """Filled, presented and endorsed: ready to be handed in."""
    file = kit.endorsed(kit.filled(kit.begun(call, rui), rui))
    cast = {"owner": rui, "commission": kit.officer_of(kit.country()), "secretariat": officer}
    return World(file, {**cast, "stranger": people.person("Sami Exemplo")})


def test_no_order_of_acts_loses_an_answer_or_leaves_a_state_that_is_none(world: World):
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(ACTS, st.sampled_from(("who may", "who may", "who may", *ROLES))), max_size=14))
    def any_order(told: list[tuple[str, str]]) -> None:
        with transaction.atomic():
            file = Application.objects.select_related("call").get(pk=world.file.pk)
            play(World(file, world.cast), told)
            transaction.set_rollback(True)

    any_order()


def test_the_acts_lead_through_every_state_before_the_decision(world: World):
    told = "take_back write submit endorse submit time_passes send_back write submit reject check_again send_back"
    told += " time_passes admit give_up"
    reached = play(world, [("submit", "who may"), *((act, "who may") for act in told.split())])
    assert reached >= {states.DRAFT, states.SUBMITTED, states.RETURNED, states.INELIGIBLE, states.WITHDRAWN}
