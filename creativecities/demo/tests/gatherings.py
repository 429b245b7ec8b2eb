"""What each stage of the conference promises, looked at as it has been told."""

from typing import Any

from django.urls import reverse

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.models import (
    Announcement,
    Bid,
    Booth,
    Certificate,
    CheckIn,
    Delegate,
    Delegation,
    Edition,
    Figures,
    Meeting,
    Release,
    Report,
    Scan,
    Signature,
    SignUp,
    TripNote,
    TripReport,
    Vote,
)
from creativecities.core import days
from creativecities.core.models import Event
from creativecities.demo import queries, story
from creativecities.demo.story import gathering
from creativecities.network.tests.team import sign_in

KINDS = {
    "registration": "bid.submitted bid.admitted bid.rejected bid.presented vote.called vote.cast vote.decided "
    "edition.announced edition.hosted delegation.confirmed delegation.declined delegate.offered delegate.needs_said "
    "programme.released booth.chosen",
    "during": "delegate.unbound delegate.replaced delegate.badge_replaced session.signed_up session.marked "
    "session.dropped booth.placed delegation.wished timetable.applied door.synced announcement.made "
    "tripreport.written",
    "after": "edition.certified edition.counted tripreport.handed_in tripreport.pointed report.published "
    "signature.given signature.withdrawn meeting.outcome_said bid.asked",
}
TOLD = {"registration": ["next"], "during": ["next", "now"], "after": ["next", "now", "last", "later"]}
DESK_PAGES = (
    "desk_edition", "settings", "all_bids", "registrations", "badges", "plan", "release_programme", "lead_fair",
    "lead_meetings", "all_outcomes", "arrange_report", "issue_certificates", "count_edition",
)  # fmt: skip
PUBLIC_PAGES = ("edition", "programme", "programme_changes", "participants", "fair", "now")


def tell_and_look(stage: str, client: Any) -> None:
    """Tell it; its events are there, everything is as it promises, and everybody's pages open."""
    story.tell(stage, print)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {f"conference.{kind}" for kind in KINDS[stage].split()} <= kinds
    LOOKS[stage]()
    groups = queries.conferences()
    assert [group.key for group in groups] == TOLD[stage]
    for (_name, _title, parts), group in zip(queries.CONFERENCES, groups, strict=False):
        assert len(group.duties) == len(parts)  # nobody is missing
    for duty in (duty for group in groups for duty in group.duties):
        assert sign_in(client, duty.person).get(duty.url).status_code == 200, (stage, duty.key)
    desk = sign_in(client, Person.objects.get(email="secretariat@example.org"))
    for edition in Edition.objects.exclude(starts_on=None):
        for name in (*PUBLIC_PAGES, *DESK_PAGES):
            assert desk.get(reverse(f"conference:{name}", args=[edition.slug])).status_code == 200, (stage, name)


def _registered() -> None:
    edition = gathering.edition("next")
    vote = Vote.objects.get()
    assert vote.state == states.DECIDED
    assert vote.winner
    assert edition.hosts.get().city == vote.winner.cities.get().city
    assert {each.state for each in Bid.objects.all()} == {states.PRESENTED, states.INELIGIBLE}
    assert {each.state for each in edition.delegations.all()} == {states.CONFIRMED, states.NOMINATED, states.DECLINED}
    people = Delegate.objects.filter(delegation__edition=edition)
    assert {each.state for each in people} == set(Delegate.STATES)
    assert all(each.bound_to_id for each in people.filter(role="interpreter", state=states.CONFIRMED))
    assert Booth.objects.filter(state=states.CHOSEN).exists()
    assert edition.releases.count() == 1


def _on() -> None:
    edition = gathering.edition("now")
    assert edition.starts_on
    assert edition.last_day
    assert edition.starts_on < days.today() < edition.last_day
    assert [len(each.changes) > 3 for each in Release.objects.filter(edition=edition)] == [True, True]
    assert Meeting.objects.filter(edition=edition, state=states.PLANNED).exists()
    assert SignUp.objects.filter(session__admits="mayors").exists()
    came = CheckIn.objects.filter(delegate__delegation__edition=edition)
    assert came.filter(day=edition.starts_on).exists()
    assert not came.filter(at__gt=edition.starts_on.strftime("%Y-%m-%dT23:59Z"), day=edition.starts_on).exists()
    odd = {scan.verdict for scan in Scan.objects.all()}
    assert {Scan.Verdict.REPEATED, Scan.Verdict.CLASH, Scan.Verdict.REVOKED, Scan.Verdict.FORGED} <= odd
    assert Announcement.objects.now().filter(edition=edition).exists()


def _over() -> None:
    edition = gathering.edition("last")
    assert Figures.objects.get().basis == Certificate.Basis.CAME
    assert Certificate.objects.filter(edition=edition).exists()
    assert {each.state for each in TripReport.objects.filter(delegation__edition=edition)} == {
        states.WRITING, states.HANDED_IN,
    }  # fmt: skip
    assert TripNote.objects.values("language").distinct().count() >= 6
    assert Report.objects.get().state == states.PUBLISHED
    assert Signature.objects.standing().exists()
    assert Meeting.objects.filter(edition=edition, initiative__partners__isnull=False).exists()
    later = gathering.edition("later")
    assert {each.state for each in later.bids.all()} == {states.DRAFT, states.SUBMITTED}
    assert not Delegation.objects.filter(edition=later).exists()


LOOKS = {"registration": _registered, "during": _on, "after": _over}
