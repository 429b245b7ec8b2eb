"""The minute's duties: each by itself, each minute once, nothing lost."""

import datetime as dt

import pytest
from django.utils import timezone

from creativecities.core import jobs, scheduler
from creativecities.core.models import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """Two duties, the first of which fails; what they did."""
    calls: list[str] = []

    def breaks() -> None:
        calls.append("breaks")
        raise ValueError("out of ink")

    monkeypatch.setattr(jobs, "_duties", {"a.breaks": breaks, "b.works": lambda: calls.append("works")})
    return calls


def test_a_duty_that_fails_does_not_stop_the_next_and_is_logged(done, caplog):
    assert scheduler.tick() == 1
    assert done == ["breaks", "works"]
    assert "duty failed" in caplog.text


def test_a_second_scheduler_does_nothing_in_the_same_minute(done):
    scheduler.tick()
    assert scheduler.tick() is None
    assert len(done) == 2


def test_a_missed_minute_is_caught_up_by_the_next_tick(done):
    Clock.objects.create(pk=1, minute=timezone.now() - dt.timedelta(hours=3))
    assert scheduler.tick() == 1


def test_a_tick_that_takes_long_keeps_others_away_until_it_is_given_up(done):
    minute = timezone.now() - dt.timedelta(minutes=5)
    Clock.objects.create(pk=1, minute=minute, busy_until=timezone.now() + dt.timedelta(minutes=5))
    assert scheduler.tick() is None
    Clock.objects.update(busy_until=timezone.now() - dt.timedelta(seconds=1))
    assert scheduler.tick() == 1
    assert Clock.objects.get().busy_until is None


@pytest.mark.parametrize("skew", [dt.timedelta(days=1), dt.timedelta(days=-1)])
def test_the_wrong_clock_of_a_machine_does_not_matter(done, monkeypatch, skew):
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + skew)
    assert scheduler.tick() == 1
    assert abs(Clock.objects.get().minute - real()) < dt.timedelta(minutes=2)
    assert scheduler.tick() is None


def test_a_row_left_by_a_wrong_clock_is_taken_back(done):
    ahead = timezone.now() + dt.timedelta(days=1)
    Clock.objects.create(pk=1, minute=ahead, busy_until=ahead + dt.timedelta(minutes=10))
    assert scheduler.tick() == 1
    assert Clock.objects.get().minute < ahead


def test_the_kernel_has_its_own_duties():
    assert {"creativecities.core.jobs.carry_mail", "creativecities.core.jobs.forget"} <= set(jobs.duties())
