"""What watches over everything tells nothing of files that were not handed in: events, outbox, data, desk."""

import json
import re
from typing import Any

import pytest

from creativecities.accounts import actions as accounts
from creativecities.accounts import rules as accounts_rules
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import applications as actions
from creativecities.calls.models import Call
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import read
from creativecities.core import outbox
from creativecities.core.models import Event, Mail
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
TRAIL = "/secretariat/events/"


def watched(desk: Any) -> list[str]:
    """What an officer reads of all that happens, whose forms hold a token of their own each time."""
    paths = (TRAIL, "/secretariat/events.json", "/secretariat/events.csv", "/secretariat/outbox/", "/secretariat/")
    pages = [read(desk, path) for path in paths]
    return [re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", page) for page in pages]


def mail(kind: str, **facts: Any) -> Mail:
    return outbox.queue(kind=kind, key=kind, to="rui@lampara.example", subject="Lampara", body="Lampara", **facts)


def test_the_desk_reads_the_same_with_and_without_a_draft(desk: Any, call: Call, rui: Person):
    kit.country()
    before = watched(desk)
    kit.endorsed(kit.filled(kit.begun(call, rui), rui))
    failed = mail("calls.application.reminded")
    outbox.queue(kind="calls.endorsement.asked", key="x", to="c@x.example", subject="Lampara", body="Lampara")
    outbox.send_due()
    Mail.objects.update(state=Mail.FAILED)
    assert watched(desk) == before
    assert desk.get(f"/secretariat/outbox/{failed.pk}/").status_code == 404
    assert Event.objects.filter(kind__startswith="calls.application").count() == 3
    assert Event.objects.filter(kind="core.mail.sent").exists()


def test_what_is_held_for_an_officer_to_read_is_there(desk: Any):
    mail("calls.application.designated", batch="letters", state=Mail.HELD)
    assert "letters" in read(desk, "/secretariat/outbox/")


def test_an_invitation_to_prepare_a_file_is_told_to_nobody_but_its_sender(
    desk: Any, officer: Person, rui: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(accounts_rules._acceptances, "calls.contributor", (lambda *_a, **_k: None, lambda _i: True))
    before = watched(desk)
    accounts.invite(
        email="eva@lampara.example", name="Eva", language="en", purpose="The file of Lampara",
        kind="calls.contributor", payload={}, by=rui,
    )  # fmt: skip
    assert watched(desk) == before
    assert "The file of Lampara" in subjects(rui)


def subjects(person: Person) -> set[str]:
    return set(Event.objects.visible_to(person).values_list("subject_name", flat=True))


def test_the_trail_of_a_file_is_the_secretariats_from_the_moment_it_is_handed_in_until_it_is_taken_back(
    call: Call, officer: Person, rui: Person
):
    file = kit.submitted(call, rui)
    assert file.code in subjects(officer)
    actions.take_back(file, by=rui)
    assert file.code not in subjects(officer)
    assert file.code in subjects(rui)


def test_the_number_of_a_file_is_not_told(desk: Any, call: Call, rui: Person):
    kit.submitted(call, rui)
    rows = json.loads(read(desk, "/secretariat/events.json"))["results"]
    assert {row["subject_id"] for row in rows if row["subject"].startswith("calls.")} == {""}


def test_a_team_reads_what_happened_to_its_own_file_and_nothing_of_its_evaluation(call: Call, rui: Person):
    file = kit.submitted(call, rui)
    eva = people.person("Eva Exemplo")
    assert subjects(eva) == set()
    file.contributors.create(person=eva, role="reader")
    Event.objects.create(kind="calls.application.decided", subject_label="calls.application", subject_id=file.pk,
                         subject_name="the decision", actor_name="Ana")  # fmt: skip
    assert subjects(eva) == {file.code}
    assert subjects(team.member(team.city())) & {file.code, "the decision"} == set()
