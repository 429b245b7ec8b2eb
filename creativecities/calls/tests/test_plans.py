"""Files are given by a plan that is shown first and applied as shown, or by hand; never against a conflict."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import assignments as actions
from creativecities.calls.jobs import work_out
from creativecities.calls.models import Application, Assignment, Call, Conflict, Proposal, Review, Reviewer
from creativecities.calls.tests import kit
from creativecities.core import days
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.network.models import Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(call: Call) -> list[Application]:
    """One in Portugal, one in Japan."""
    rui = people.person("Rui Exemplo")
    return [kit.eligible(call, rui), kit.eligible(call, rui, "Andon", country=kit.country("JP"))]


@pytest.fixture
def readers(call: Call) -> list[Reviewer]:
    """Ana of Japan, and four of nowhere near."""
    return [kit.reviewer(call, countries=["JP"]), *(kit.reviewer(call, countries=["NP"]) for _ in range(4))]


def at(name: str, *more: Any) -> str:
    return reverse(f"calls:{name}", args=["2031", *more])


def planned(call: Call, by: Person, *, keeps: bool = True) -> Proposal:
    proposal = actions.propose(call, keeps=keeps, by=by)
    work_out.call(proposal.pk)
    proposal.refresh_from_db()
    return proposal


def pairs() -> set[tuple[int, int]]:
    return set(Assignment.objects.exclude(state=states.RECUSED).values_list("application_id", "reviewer_id"))


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_a_plan_is_read_then_applied_as_it_was_read(
    desk: Any, officer: Person, call: Call, files: list[Application], readers: list[Reviewer]
):
    assert desk.post(at("propose_plan"), {"keeps": "yes"}).status_code == 302
    page = desk.get(at("plan")).content.decode()
    assert all(part in page for part in ("being worked out", "htmx-4"))
    work_out.call(Proposal.objects.get().pk)
    page = desk.get(at("plan")).content.decode()
    proposal = Proposal.objects.get()
    shown = {(each["file"], each["reviewer"]) for each in proposal.plan["added"]}
    assert len(shown) == 6
    assert (files[1].pk, readers[0].pk) not in shown
    assert all(each.person.name in page for each in readers if each.pk in dict(shown).values())
    assert "Member city: 3 are missing (nobody else is there)" in page
    assert not Assignment.objects.exists()
    assert desk.post(at("decide_plan", proposal.pk), {"act": "apply"}).status_code == 302
    assert pairs() == shown
    assert Assignment.objects.first().reasons["field"] is True  # type: ignore[union-attr]
    mails = Mail.objects.filter(kind="calls.reviewer.given")
    assert mails.count() == len({reader for _file, reader in shown})
    assert not any(city in mail.subject + mail.body for mail in mails for city in ("Lampara", "Andon"))
    assert code_of(lambda: actions.apply(proposal, by=officer)) == "state-changed"


def test_a_run_again_keeps_what_is_there_unless_told_otherwise_and_never_what_somebody_began(
    officer: Person, call: Call, files: list[Application], readers: list[Reviewer]
):
    first = kit.assigned(readers[4], files[0])
    plan = planned(call, officer).plan
    assert (plan["kept"], plan["removed"], len(plan["added"])) == ([[files[0].pk, readers[4].pk]], [], 5)
    Reviewer.objects.filter(pk=readers[4].pk).update(fields=["music"])
    plan = planned(call, officer, keeps=False).plan
    assert plan["removed"] == [[files[0].pk, readers[4].pk]]
    assert Proposal.objects.filter(state=states.DROPPED).count() == 1
    Review.objects.create(assignment=first, call_version=1)
    assert planned(call, officer, keeps=False).plan["removed"] == []


def test_a_plan_is_not_applied_when_what_it_rests_on_has_changed(
    officer: Person, call: Call, files: list[Application], readers: list[Reviewer]
):
    proposal = planned(call, officer)
    Conflict.objects.create(reviewer=readers[1], application=files[0], kind="personal", detail="A cousin")
    assert code_of(lambda: actions.apply(proposal, by=officer)) == "changed-since"
    assert Proposal.objects.get().state == states.READY
    actions.drop(proposal, by=officer)
    assert not pairs()


def test_a_conflict_found_on_record_since_is_found_before_a_plan_is_applied(
    officer: Person, call: Call, files: list[Application], readers: list[Reviewer]
):
    proposal = planned(call, officer)
    Reviewer.objects.filter(pk=readers[1].pk).update(countries=["NP", "PT"])
    assert code_of(lambda: actions.apply(proposal, by=officer)) == "changed-since"


def test_a_city_that_has_left_the_network_is_given_nothing_more(officer: Person, call: Call, files: list[Application]):
    city = member(name="Longe", country=kit.country("NP"))
    bruno = kit.reviewer(call, people.person("Bruno Exemplo"), "member-city", city=city, countries=["NP"])
    assert [each["reviewer"] for each in planned(call, officer).plan["added"]] == [bruno.pk] * 2
    proposal = Proposal.objects.first()
    assert proposal
    Membership.objects.filter(city=city).update(end=days.today())
    assert code_of(lambda: actions.apply(proposal, by=officer)) == "changed-since"
    assert planned(call, officer).plan["added"] == []
    assert code_of(lambda: actions.assign(bruno, files[0], by=officer)) == "not-a-member"


def test_by_hand_a_conflict_is_refused_with_its_reason_and_what_has_begun_stays(
    desk: Any, call: Call, files: list[Application], readers: list[Reviewer]
):
    lampara, andon = files
    refused = desk.post(at("assign", andon.code), {"reviewer": readers[0].pk})
    assert refused.status_code == 409
    assert "A conflict stands against it: The reviewer’s country." in refused.content.decode()
    page = desk.get(at("assigned", andon.code)).content.decode()
    assert "Conflict: The reviewer’s country" in page
    assert f'value="{readers[0].pk}"' not in page
    assert desk.post(at("assign", lampara.code), {"reviewer": readers[0].pk}).status_code == 302
    assert desk.post(at("assign", lampara.code), {"reviewer": readers[0].pk}).status_code == 409
    given = Assignment.objects.get()
    assert "given by hand" in desk.get(at("assigned", lampara.code)).content.decode()
    Review.objects.create(assignment=given, call_version=1)
    assert desk.post(at("take_away", lampara.code, given.pk)).status_code == 409
    Review.objects.all().delete()
    assert desk.post(at("take_away", lampara.code, given.pk)).status_code == 302
    assert not Assignment.objects.exists()
    undeclared = kit.reviewer(call, declared_at=None)
    assert desk.post(at("assign", lampara.code), {"reviewer": undeclared.pk}).status_code == 409
    assert desk.post(at("assign", lampara.code), {"reviewer": "٣"}).status_code == 404


def test_the_pages_of_assignments_are_the_desks_alone_and_cost_the_same_for_many(
    desk: Any, new_client: Any, call: Call, files: list[Application], readers: list[Reviewer]
):
    for someone in (readers[0].person, team.member(team.city()), people.person("Rui Exemplo")):
        browser = team.sign_in(new_client(), someone)
        assert {browser.get(at(name)).status_code for name in ("assignments", "plan")} == {404}
        assert browser.post(at("propose_plan")).status_code == 404
        assert browser.get(at("assigned", files[0].code)).status_code == 404
    desk.get(at("assignments"))
    numbers = []
    for each in (readers[:1], readers[1:]):
        for reader in each:
            kit.assigned(reader, files[0])
        with CaptureQueriesContext(connection) as told:
            page = desk.get(at("assignments")).content.decode()
        numbers.append(len(told))
    assert numbers[0] == numbers[1]
    assert readers[4].person.name in page
