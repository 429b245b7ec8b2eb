"""A commission that has not decided on a file is reminded before its deadline, and reads it among its duties."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls import jobs
from creativecities.calls.actions import applications
from creativecities.calls.models import Call
from creativecities.calls.queries import awaited
from creativecities.calls.tests import kit
from creativecities.calls.tests.presenting import endorse, presented
from creativecities.core import desk
from creativecities.core.models import Mail
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
KIND = "calls.endorsement.awaited"


def test_a_commission_is_reminded_seven_days_and_one_day_before_its_deadline_each_once(
    client: Any, rui: Person, nadia: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
):
    call = kit.published(officer, commissions_by=15, slug="2032")
    file, other = presented(call, rui), presented(call, rui, "Sedia")
    endorse(other, nadia)
    until = next(each.due_at for each in desk.due(nadia) if each.url == f"/commission/{file.code}/")
    assert until is not None
    for days in (7, 1):
        monkeypatch.setattr(timezone, "now", lambda at=until - dt.timedelta(days=days, seconds=1): at)
        assert jobs.remind_commissions() == 0
        monkeypatch.setattr(timezone, "now", lambda at=until - dt.timedelta(days=days): at)
        assert (jobs.remind_commissions(), jobs.remind_commissions()) == (1, 0)
    mails = Mail.objects.filter(kind=KIND)
    assert sorted(mails.values_list("to_address", flat=True)) == sorted([nadia.email, "commission@lampara.example"] * 2)
    assert not any("Lampara" in each.subject + each.body for each in mails)
    letter = mails.filter(to_address="commission@lampara.example").last()
    assert letter is not None
    assert "/endorse/" in letter.link
    assert client.get(urlsplit(letter.link).path).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: until)
    assert awaited.near() == []
    assert list(awaited.due_for(nadia)) == []


def test_the_desk_of_an_officer_tells_of_files_of_its_country_that_wait(
    call: Call, rui: Person, nadia: Person, officer: Person
):
    file = presented(call, rui)
    presented(call, rui, "Sedia", country=kit.country("ES"))
    kit.begun(call, rui, "Mesa")
    assert [each.url for each in awaited.due_for(nadia)] == [f"/commission/{file.code}/"]
    for someone in (rui, officer, team.member(team.city())):
        assert list(awaited.due_for(someone)) == []
    applications.give_up(file, by=rui)
    assert list(awaited.due_for(nadia)) == []
