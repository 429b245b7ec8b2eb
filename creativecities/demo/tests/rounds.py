"""What each stage of the round promises, looked at as it has been told."""

from typing import Any

from django.urls import reverse

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import (
    Announcement,
    Application,
    Assignment,
    Comment,
    Conflict,
    Decision,
    Endorsement,
    Opinion,
    Remark,
    Reviewer,
    Scenario,
)
from creativecities.core.models import Event, Mail
from creativecities.demo import queries, story
from creativecities.demo.story import call_open, under_evaluation
from creativecities.exchange.models import Initiative
from creativecities.network.models import Buddy, City
from creativecities.network.tests.team import sign_in

KINDS = {
    "call open": "call.published application.begun application.edited application.joined application.commented "
    "application.paper_added application.presented application.asked application.answered endorsement.endorsed "
    "endorsement.declined application.submitted application.taken_back",
    "under evaluation": "application.returned application.completed application.admitted application.rejected "
    "application.given_up reviewer.invited reviewer.accepted reviewer.declined reviewer.promised reviewer.declared "
    "proposal.worked_out proposal.applied assignment.handed_in",
    "before decision": "opinion.written meeting.planned meeting.opened meeting.moved item.noted scenario.drawn_up "
    "announcement.filled decision.written",
    "announced": "meeting.closed announcement.written announcement.announced application.designated "
    "application.not_designated",
}
ROUND_PAGES = (
    "received", "results", "reviewers", "assignments", "decision", "decisions", "compare", "propose", "announce",
    "announcement_text", "commission_links",
)  # fmt: skip
DUTIES = {
    "call open": {"preparing", "commission", "secretariat"},
    "under evaluation": {each[0] for each in queries.DUTIES},
}
FROM_THE_FIRST = DUTIES["under evaluation"]


def tell_and_look(stage: str, client: Any) -> None:
    """Tell it; its events are there, everything is as it promises, and everybody's pages open."""
    story.tell(stage, print)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {f"calls.{kind}" for kind in KINDS[stage].split()} <= kinds
    LOOKS[stage]()
    duties = queries.duties()
    assert {duty.key for duty in duties} == DUTIES.get(stage, FROM_THE_FIRST)
    for duty in duties:
        page = sign_in(client, duty.person).get(duty.url)
        assert page.status_code == 200, (stage, duty.key)
        if duty.key == "applying":  # from their file they find what was decided on it, once it is known
            assert (f"{duty.url}decision/" in page.content.decode()) == (stage == "announced")
    desk = sign_in(client, Person.objects.get(email="secretariat@example.org"))
    slug = call_open.slug() if stage == "call open" else under_evaluation.slug()
    for name in ROUND_PAGES:
        assert desk.get(reverse(f"calls:{name}", args=[slug])).status_code == 200, (stage, name)


def _open() -> None:
    files = Application.objects.filter(call__slug=call_open.slug())
    assert {each.state for each in files} == {states.DRAFT, states.SUBMITTED}
    assert {each.state for each in Endorsement.objects.all()} == {states.ENDORSED, states.DECLINED}
    assert Comment.objects.filter(resolved_at=None).exists()
    assert Comment.objects.exclude(resolved_at=None).exists()
    assert Remark.objects.values("is_by_commission").distinct().count() == 2


def _evaluated() -> None:
    files = Application.objects.filter(call__slug=under_evaluation.slug())
    assert files.count() == under_evaluation.FILES
    assert {each.state for each in files} == {
        states.ELIGIBLE, states.INELIGIBLE, states.RETURNED, states.WITHDRAWN,
    }  # fmt: skip
    assert all(each.submissions.last().at < each.call.closes_at for each in files)
    assert {each.group for each in Reviewer.objects.filter(state=states.ACCEPTED)} == {"expert", "member-city"}
    assert {states.OPEN, states.DONE} <= {each.state for each in Assignment.objects.all()}
    kinds = set(Conflict.objects.values_list("kind", flat=True))
    assert Conflict.Kind.COUNTRY in kinds
    assert kinds & set(Conflict.DECLARED)


def _nearly_decided() -> None:
    assert Opinion.objects.exists()
    assert Scenario.objects.count() == 3
    assert Scenario.objects.exclude(wishes={}).count() == 1
    assert Decision.objects.filter(reason="").exists()
    assert Decision.objects.count() == Application.objects.filter(state=states.ELIGIBLE).count()


def _known() -> None:
    designated = Application.objects.filter(state=states.DESIGNATED)
    assert designated.exists()
    assert City.objects.filter(is_listed=True, applications__in=designated).count() == designated.count()
    assert Initiative.objects.filter(lead__applications__in=designated).exists()
    assert Buddy.objects.filter(city__applications__in=designated).count() == designated.count()
    assert Mail.objects.filter(kind__startswith="calls.letter.").exists()
    assert Announcement.objects.get().left == []


LOOKS = {
    "call open": _open, "under evaluation": _evaluated, "before decision": _nearly_decided, "announced": _known,
}  # fmt: skip
