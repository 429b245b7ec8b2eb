"""Decisions wait, nobody learns of them, and one act applies them all or none."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import announcing, calls, checking, scenarios
from creativecities.calls.actions import decisions as acts
from creativecities.calls.models import Announcement, Application, Call, Decision, Reviewer, Submission
from creativecities.calls.models import Conflict as Tie
from creativecities.calls.queries import standing, undecided
from creativecities.calls.tests import kit
from creativecities.calls.tests.test_board import many, reviewed
from creativecities.core import days
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange.models import Initiative
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import Buddy, City, DesignationRound, FirstStep, Mandate, Membership, ReportDue
from creativecities.network.tests import factories, team

TEXT = ({"en": "New cities of lamps", "fr": "De nouvelles villes"}, {"en": "We welcome them.", "fr": ""})
CONTACT = "focal.point@lampara.example"


@pytest.fixture
def owner(db: Any) -> Person:
    return people.person("Olinda Exemplo")


@pytest.fixture
def call(db: Any, officer: Any) -> Call:
    """Closed, with nothing in it."""
    factories.member(name="Vila Antiga", country=kit.country("JP"), year=2010)
    return kit.published(officer)


@pytest.fixture
def lampara(call: Call, owner: Person) -> Application:
    """In evaluation, with a contact that can be written to, and one reviewer's words."""
    one = kit.eligible(call, owner)
    submission = Submission.objects.get(application=one)
    submission.content["answers"] |= {"focal-point-email": {"0": CONTACT}, "focal-point-name": {"0": "Flora Exemplo"}}
    Submission.objects.filter(pk=submission.pk).update(content=submission.content)
    review = reviewed(one, {"quality": 4})
    type(review).objects.filter(pk=review.pk).update(for_city="Your lamps shine.", in_confidence="Not quite.")
    return one


@pytest.fixture
def prepared(call: Call, lampara: Application, head: Person) -> Announcement:
    """Two files, both decided on with a reason, and a text: one designation."""
    (other,) = many(call, 1)
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    call.refresh_from_db()
    acts.adopt(scenarios.draw_up(call, "Chosen", [lampara.pk], by=head), by=head)
    for each, reason in ((lampara, "Its lamps."), (other, "Its plan is not clear.")):
        acts.decide(each, each == lampara, reason, opened=1, by=head)
    acts.write_text(call, *TEXT, opened=Announcement.objects.get().version, by=head)
    return Announcement.objects.get()


def announce(call: Call, by: Person, **more: Any) -> Announcement:
    opened = Announcement.objects.get().version
    given = {"opened": opened, "designations": 1, "below_quorum": True, **more}
    made: Announcement = announcing.announce(call, **given, by=by)
    return made


def url(call: Call, part: str = "") -> str:
    return f"/secretariat/calls/{call.slug}/decision/{part}"


def test_a_reason_stays_only_where_the_outcome_is_the_same(call: Call, head: Person):
    first, second = many(call, 2)
    acts.adopt(scenarios.draw_up(call, "One", [first.pk], by=head), by=head)
    acts.decide(first, True, "Its lamps.", opened=1, by=head)
    acts.decide(second, False, "Not clear.", opened=1, by=head)
    both = scenarios.draw_up(call, "Both", [first.pk, second.pk], by=head)
    acts.adopt(both, reasons=1, by=head)
    assert [(each.is_designated, each.reason) for each in Decision.objects.order_by("application")] == [
        (True, "Its lamps."), (True, ""),
    ]  # fmt: skip
    assert [each.city_name for each in Application.objects.filter(state=states.ELIGIBLE)] == ["Vila 000", "Vila 001"]


def test_reasons_go_only_when_that_was_said_and_stay_in_the_trail(client: Any, call: Call, head: Person):
    (one,) = many(call, 1)
    acts.decide(one, False, "Not clear.", opened=0, by=head)
    path = url(call, f"scenarios/{scenarios.draw_up(call, 'One', [one.pk], by=head).pk}/adopt/")
    asked = team.sign_in(client, head).post(path)
    assert "1 reason that was written goes" in asked.content.decode()
    assert Decision.objects.get().reason == "Not clear."
    client.post(path, {"reasons": asked.context["going"]})
    assert (Decision.objects.get().is_designated, Decision.objects.get().reason) == (True, "")
    assert Event.objects.get(kind="calls.decision.emptied").facts["before"] == {"reason": "Not clear."}


def test_two_who_decide_on_a_file_see_each_other(call: Call, officer: Any, head: Person):
    (one,) = many(call, 1)
    acts.decide(one, True, "Lamps.", opened=0, by=officer)
    with pytest.raises(Conflict) as found:
        acts.decide(one, False, "Dark.", opened=0, by=head)
    assert found.value.theirs == {"reason": "Lamps."}


def test_what_is_missing_is_said_and_hinders(client: Any, call: Call, head: Person):
    first, _second, third = many(call, 3)
    acts.decide(first, True, "", opened=0, by=head)
    Application.objects.filter(pk=third.pk).update(state=states.SUBMITTED)
    Application.objects.filter(pk=first.pk).update(latitude=None)
    missing = standing.standing(call, Application.objects.all()).hinders
    assert missing == [
        "1 file is still being checked.", "1 file is not decided on.", "1 decision has no reason.",
        "It is not known where these lie: Vila 000.", "The text of the announcement has no title.",
    ]  # fmt: skip
    page = team.sign_in(client, head).get(url(call, "announce/")).content.decode()
    assert "Missing before it can be announced" in page
    assert "Cities can still hand in" in page
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    with pytest.raises(Refusal) as found:
        announce(Call.objects.get(), head)
    assert found.value.code == "incomplete"


def test_a_tie_is_shown_to_who_decides(client: Any, call: Call, head: Person):
    first, second = many(call, 2)
    for each in (first, second):
        reviewed(each, {"quality": 3})
    acts.adopt(scenarios.draw_up(call, "One", [first.pk], by=head), by=head)
    team.sign_in(client, head)
    for part in ("files/", "announce/"):
        assert "with the same points of the experts as one that is" in client.get(url(call, part)).content.decode()


def test_only_the_head_of_the_network_announces(call: Call, prepared: Announcement, officer: Any, owner: Person):
    for who in (officer, owner):
        with pytest.raises(Refusal) as found:
            announce(call, who)
        assert found.value.status == 403
    assert Announcement.objects.get().state == states.PREPARED


def test_files_with_too_few_reviews_are_decided_on_only_when_that_is_said(call: Call, prepared: Any, head: Person):
    with pytest.raises(Refusal) as found:
        announce(call, head, below_quorum=False)
    assert found.value.code == "no-quorum"


def test_what_changed_since_the_page_was_opened_is_not_announced(call: Call, prepared: Any, head: Person, lampara: Any):
    for more in ({"opened": prepared.version - 1}, {"designations": 2}):
        with pytest.raises(Refusal) as found:
            announce(call, head, **more)
        assert found.value.code == "changed-meanwhile"
    announce(call, head)
    with pytest.raises(Refusal) as found:
        announce(call, head, opened=prepared.version)
    assert found.value.code == "announced"
    with pytest.raises(Refusal):
        acts.decide(lampara, True, "Again.", opened=2, by=head)
    assert Event.objects.filter(kind="calls.announcement.announced").count() == 1


def test_files_and_call_are_held_before_they_are_counted(call: Call, prepared: Any, head: Person):
    Call.objects.filter(pk=call.pk).update(state=states.WITHDRAWN)  # while who announces has it open
    with CaptureQueriesContext(connection) as asked, pytest.raises(Refusal) as found:
        announce(call, head)
    assert found.value.code == "not-published"
    held = [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]]
    assert any("calls_application" in each for each in held) is connection.features.has_select_for_update


def test_a_file_is_not_decided_on_nor_shown_to_who_has_a_conflict_with_it(
    client: Any, call: Call, prepared: Any, lampara: Application, head: Person
):
    reviewer = kit.reviewer(call, head)
    place = url(call, f"files/{lampara.code}/")
    assert team.sign_in(client, head).get(place).status_code == 200
    reviewer.conflicts.create(application=lampara, kind="personal", detail="A friend")
    assert client.get(place).status_code == 404
    assert place not in client.get(url(call, "files/")).content.decode()
    with pytest.raises(Refusal) as found:
        acts.decide(lampara, True, "Its lamps.", opened=0, by=head)
    assert (found.value.code, found.value.status) == ("conflict", 403)


def test_one_act_makes_everything_known(client: Any, call: Call, prepared: Any, head: Person, lampara: Any):
    team.sign_in(client, head)
    page = client.get(url(call, "announce/"))
    typed = {**page.context["form"].initial, "below_quorum": "on", "sure": "on"}
    assert client.post(url(call, "announce/"), typed).status_code == 302
    one = Announcement.objects.get()
    today = one.announced_at.date()
    city = City.objects.get(name="Lampara")
    assert (Membership.objects.get(city=city).start, DesignationRound.objects.get(year=today.year).announced_on) == (
        today, today,
    )  # fmt: skip
    lampara.refresh_from_db()
    assert (lampara.state, lampara.city) == (states.DESIGNATED, city)
    assert Application.objects.get(city_name="Vila 000").state == states.NOT_DESIGNATED
    ideas = Initiative.objects.filter(lead=city).order_by("pk")
    assert [(each.kind, each.course, each.state, each.language) for each in ideas] == [
        ("practice", "idea", "draft", "en"), ("collaboration", "idea", "draft", "en"),
    ]  # fmt: skip
    assert ReportDue.objects.get(city=city).due_on.year == today.year + 4
    assert FirstStep.objects.filter(city=city).count() == len(FirstStep.Step)
    assert Buddy.objects.get(city=city).reasons == ["field", "region"]
    held = Mandate.objects.get(city=city)
    assert (held.role, held.person.email) == ("focal-point", CONTACT)
    assert {(each["role"], each["why"]) for each in one.left} >= {("mayor", "no-address")}
    assert "the e-mail address is none" in client.get(url(call, "announce/")).content.decode()


def test_letters_wait_with_feedback_and_without_names(call: Call, prepared: Any, head: Person, owner: Person):
    announce(call, head)
    letter = Mail.objects.get(kind__startswith="calls.letter.")
    assert (letter.state, letter.batch, letter.to_address) == (Mail.HELD, "announcement-2031", owner.email)
    assert "Your lamps shine." in letter.body
    assert "Its lamps." in letter.body
    assert "Not quite." not in letter.body
    assert "Vila Antiga" in letter.body
    assert not any(name in letter.body for name in Person.objects.exclude(pk=owner.pk).values_list("name", flat=True))


@pytest.mark.parametrize(("rule", "is_told"), [("all", True), ("not-designated", False), ("none", False)])
def test_feedback_follows_the_rule_of_the_call(lampara: Application, rule: str, is_told: bool):
    assert bool(standing.feedback(lampara, rule, is_designated=True)) is is_told
    assert bool(standing.feedback(lampara, rule, is_designated=False)) is (rule != "none")


@pytest.mark.parametrize("stopped_by", [RuntimeError, KeyboardInterrupt])
@pytest.mark.parametrize("at", ["propose", "integration.welcome", "letters.letter"])
def test_a_failure_in_the_middle_leaves_nothing(
    call: Call, prepared: Any, head: Person, monkeypatch: Any, at: str, stopped_by: type[BaseException]
):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise stopped_by

    def counted() -> list[int]:
        kinds = (City, Membership, Mandate, Initiative, FirstStep, Buddy, ReportDue, Mail, Person, Event)
        return [kind.objects.count() for kind in kinds]

    before = counted()
    monkeypatch.setattr(f"creativecities.calls.actions.announcing.{at}", fail)
    with pytest.raises(stopped_by):
        announce(call, head)
    assert counted() == before
    assert set(Application.objects.values_list("state", flat=True)) == {states.ELIGIBLE}
    assert Announcement.objects.get().state == states.PREPARED


def test_a_city_that_is_a_member_already_stops_everything(call: Call, prepared: Any, head: Person):
    factories.member(name="Lampara", country=kit.country())
    words = "These are members already, and a member is not designated again: Lampara."
    assert standing.standing(call, Application.objects.all()).hinders == [words]
    with pytest.raises(Refusal) as found:
        announce(call, head)
    assert found.value.code == "incomplete"
    assert set(Application.objects.values_list("state", flat=True)) == {states.ELIGIBLE}


def test_two_files_of_one_city_are_not_both_designated(call: Call, head: Person):
    for each in many(call, 2):
        acts.decide(each, True, "Lamps.", opened=0, by=head)
    Application.objects.filter(city_name="Vila 001").update(city_name="Vila 000")
    assert (
        "Several files of one city are to be designated: Vila 000."
        in standing.standing(call, Application.objects.all()).hinders
    )


def test_the_desk_of_the_head_says_what_is_to_be_decided_and_counts_no_file_in_conflict(
    call: Call, prepared: Any, head: Person, lampara: Application, officer: Person
):
    def due(who: Person) -> list[tuple[str, str]]:
        return [(str(each.title), each.url) for each in undecided.due_for(who)]

    ready = [("Announce the decision of the call", url(call, "announce/"))]
    assert (due(head), due(officer)) == (ready, [])
    lampara.decision.delete()
    assert due(head) == [("Files to decide on: 1", url(call, "files/"))]
    Tie.objects.create(reviewer=kit.reviewer(call, head), application=lampara, kind="personal", detail="A cousin")
    assert due(head) == ready
    Announcement.objects.update(state=states.ANNOUNCED, announced_at=timezone.now())
    assert due(head) == []


def test_members_of_a_second_call_in_a_year_start_on_its_own_day(call: Call, prepared: Any, head: Person):
    today = days.today()
    DesignationRound.objects.create(year=today.year, announced_on=today.replace(month=1, day=1))
    announce(call, head)
    city = City.objects.get(name="Lampara")
    assert (Membership.objects.get(city=city).start, city.designation.round_id) == (today, today.year)
    assert ReportDue.objects.get(city=city).due_on == days.years_later(today, 4)


def test_once_announced_nothing_leads_back_into_the_check(call: Call, prepared: Any, head: Person, officer: Any):
    Application.objects.filter(pk=many(call, 1, start=1)[0].pk).update(state=states.INELIGIBLE)
    announce(call, head)
    ineligible, later = Application.objects.get(state=states.INELIGIBLE), timezone.now() + dt.timedelta(days=1)
    for refused in (
        lambda: checking.check_again(ineligible, opened=ineligible.version, by=officer),
        lambda: calls.extend(call, until=later, country=None, reason="A flood", by=officer),
        lambda: calls.withdraw(Call.objects.get(), reason="No money", by=officer),
    ):
        with pytest.raises(Refusal) as found:
            refused()
        assert found.value.code == "announced"


def test_a_file_that_nobody_is_left_to_write_to_is_named(
    client: Any, call: Call, prepared: Any, head: Person, owner: Person
):
    Person.objects.filter(pk=owner.pk).update(is_active=False)
    one = announce(call, head)
    code = Application.objects.get(city_name="Lampara").code
    assert {"file": code, "role": "", "why": "no-letter"} in one.left
    page = team.sign_in(client, head).get(url(call, "announce/")).content.decode()
    assert "No letter was written for these files" in page


def test_everybody_reads_the_announcement_at_once(client: Any, call: Call, prepared: Any, head: Person):
    assert client.get("/calls/2031/announcement/").status_code == 404
    announce(call, head)
    page = client.get("/calls/2031/announcement/").content.decode()
    assert "New cities of lamps" in page
    assert "1 city designated" in page
    assert '<a href="/cities/lampara/">Lampara</a>' in page
    assert "Vila 000" not in page
    assert "De nouvelles villes" in client.get("/fr/calls/2031/announcement/").content.decode()
    assert "/calls/2031/announcement/" in client.get("/calls/2031/").content.decode()
    assert "New cities of lamps" in client.get("/calls.atom").content.decode()
    assert client.get("/cities/lampara/").status_code == 200
    assert '"lampara"' in client.get("/atlas.json?page_size=500").content.decode()


def test_those_who_prepared_a_file_read_what_was_decided(client: Any, call: Call, prepared: Any, head: Any, owner: Any):
    code = Application.objects.get(city_name="Lampara").code
    team.sign_in(client, owner)
    assert client.get(f"/applications/{code}/decision/").status_code == 404
    announce(call, head)
    page = client.get(f"/applications/{code}/decision/").content.decode()
    assert "Your lamps shine." in page
    assert "Its lamps." in page
    assert "Not quite." not in page
    team.sign_in(client, people.person("Somebody Else"))
    assert client.get(f"/applications/{code}/decision/").status_code == 404


def test_a_team_has_its_letter_as_pdf_in_the_language_of_its_file(
    client: Any, call: Call, prepared: Any, head: Person, owner: Person, lampara: Any
):  # fmt: skip
    Application.objects.filter(pk=lampara.pk).update(language="ar")
    place = f"/fr/applications/{lampara.code}/decision.pdf"
    assert team.sign_in(client, owner).get(place).status_code == 404
    announce(call, head)
    got = client.get(place)
    if got["Content-Type"] == "application/pdf":  # not on a machine without Pango
        paper = PdfReader(io.BytesIO(got.content))
        assert (paper.trailer["/Root"]["/Lang"], got["Cache-Control"]) == ("ar", "private, no-store")
        said = " ".join("".join(page.extract_text() for page in paper.pages).split())
        assert all(words in said for words in ("Its lamps.", "Your lamps shine.", head.name))
        assert "Not quite." not in said
    assert team.sign_in(client, people.person()).get(place).status_code == 404


def test_a_team_ticks_its_first_steps(client: Any, call: Call, prepared: Any, head: Person):
    announce(call, head)
    team.sign_in(client, Person.objects.get(email=CONTACT))
    path = "/cities/lampara/edit/first-steps/"
    assert "Vila Antiga" in client.get(path).content.decode()
    assert "First steps in the network: Lampara" in client.get("/desk/").content.decode()
    client.post(path, {"step": "team"})
    assert FirstStep.objects.get(step="team").done_on is not None
    client.post(path, {"step": "team", "undo": "1"})
    assert FirstStep.objects.get(step="team").done_on is None
    assert client.post(path, {"step": "nonsense"}).status_code == 404


def test_a_conflict_that_came_up_since_keeps_a_review_out_of_the_letter(
    call: Call, lampara: Application, prepared: Announcement, head: Person
):
    Reviewer.objects.update(countries=[lampara.country_id])
    announce(call, head)
    assert Mail.objects.filter(body__contains="Its lamps.").exists()
    assert not Mail.objects.filter(body__contains="Your lamps shine.").exists()
