"""Meetings at the fair: wished for, planned, applied as read, changed with the fewest moves, and what came of them."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from creativecities.accounts.tests import people
from creativecities.conference import jobs, states
from creativecities.conference.actions import delegations, marks
from creativecities.conference.actions import meetings as acts
from creativecities.conference.compute.slots import Meetings
from creativecities.conference.forms.meetings import MeetingsForm
from creativecities.conference.models import (
    Delegation,
    Edition,
    Meeting,
    MeetingTimes,
    MeetingWish,
    Seat,
    SignUp,
    Timetable,
)
from creativecities.conference.queries import meeting_plans as plans
from creativecities.conference.tests import kit
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal
from creativecities.exchange.models import Initiative
from creativecities.network.models import Membership
from creativecities.network.tests import team
from creativecities.network.tests.factories import member

pytestmark = pytest.mark.django_db
SUGGESTIONS = plans.suggestions
LEAD = "/secretariat/conference/2031/meetings/"


@pytest.fixture
def edition() -> Edition:
    """Four slots of half an hour on the first day, two tables."""
    made = kit.edition()
    day = made.starts_on.isoformat()
    said = {"tables": 2, "interpreters": 0, "in_row": 4, "minutes": 30, "windows": [[f"{day}T09:00", f"{day}T11:00"]]}
    made.settings = {**made.settings, "meetings": said}
    made.save()
    return made


@pytest.fixture
def three(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> list[Delegation]:
    """Three delegations; the first is wished for by the others. Matching suggests nothing."""
    monkeypatch.setattr(plans, "suggestions", lambda _edition: {})
    found = [kit.delegation(edition, member(name=f"Vila {name}")) for name in ("Um", "Dois", "Tres")]
    for each in found[1:]:
        MeetingWish.objects.create(of=each, whom=found[0], why="Lamps for both")
    for each in found:
        MeetingTimes.objects.create(delegation=each)
    return found


def page_of(delegation: Delegation) -> str:
    return f"/conference/2031/meetings/{delegation.city.slug}/"


def planned(edition: Edition, by: Any) -> Timetable:
    asked = acts.propose(edition, by=by)
    jobs.work_out_meetings.func(asked.pk)
    asked.refresh_from_db()
    return asked


def apply(edition: Edition, by: Any) -> list[Meeting]:
    acts.apply(planned(edition, by), by=by)
    return list(Meeting.objects.filter(state=states.PLANNED))


def test_a_team_says_whom_it_wishes_to_meet_and_when_it_can(client: Any, edition: Edition, three: list[Delegation]):
    mine, other = three[0], three[1]
    team.sign_in(client, team.member(mine.city))
    page = page_of(mine)
    assert client.get(page).status_code == 200
    said = {"whom": other.pk, "why": "A bridge of lamps", "language": "en"}
    assert client.post(page, said).status_code == 302
    assert client.post(page, said).status_code == 422  # wished for already
    assert client.post(page, {**said, "whom": mine.pk}).status_code == 422
    first = Meetings(**edition.settings["meetings"]).times(edition.zone)[0].key
    assert client.post(f"{page}times/", {"tables": 2, "free": [first]}).status_code == 302
    mine.times.refresh_from_db()
    assert (mine.times.tables, len(mine.times.busy)) == (2, 3)
    assert client.post(f"{page}times/", {"tables": 9}).status_code == 422
    assert client.post(f"{page}wishes/{mine.wishes.get().pk}/").status_code == 302
    assert not mine.wishes.exists()


def test_wishes_and_meetings_are_nobody_elses_business(client: Any, edition: Edition, three: list[Delegation]):
    apply(edition, team.officer())
    team.sign_in(client, team.member(three[1].city))
    theirs = page_of(three[0])
    wish, meeting = three[2].wishes.get(), Meeting.objects.first()
    assert meeting
    addresses = [f"{theirs}times/", f"{theirs}wishes/{wish.pk}/", f"{theirs}{meeting.code}/", f"{LEAD}plan/"]
    assert client.get(theirs).status_code == client.get(f"{theirs[:-1]}.ics").status_code == 404
    assert [client.post(each).status_code for each in addresses] == [404] * 4
    assert client.post(f"{page_of(three[1])}wishes/{wish.pk}/").status_code == 404
    assert "Vila Tres" not in client.get(f"{page_of(three[1])[:-1]}.ics").content.decode()


def test_a_timetable_is_read_then_applied_as_it_was_read(client: Any, edition: Edition, three: list[Delegation]):
    speaker = team.member(three[0].city)
    officer = team.sign_in(client, team.officer())
    assert officer.post(f"{LEAD}plan/").status_code == 302
    asked = Timetable.objects.get()
    jobs.work_out_meetings.func(asked.pk)
    shown = officer.get(LEAD).content.decode()
    assert "Vila Dois" in shown
    assert not Meeting.objects.exists()
    assert officer.post(f"{LEAD}{asked.pk}/", {"act": "apply"}).status_code == 302
    assert officer.post(f"{LEAD}{asked.pk}/", {"act": "apply"}).status_code == 409
    assert Meeting.objects.count() == 2
    assert Seat.objects.count() == 4
    mails = Mail.objects.filter(kind="conference.timetable.applied")
    assert [each.to_address for each in mails] == [speaker.email]
    calendar = team.sign_in(client, speaker).get(f"{page_of(three[0])[:-1]}.ics")
    assert calendar.content.decode().count("BEGIN:VEVENT") == 2
    assert "Lamps for both" in client.get(page_of(three[0])).content.decode()


def test_what_matching_suggests_fills_tables_that_are_left(edition: Edition, three: list[Delegation]):
    found = SUGGESTIONS(edition)
    assert {key for two in found for key in two} <= {each.pk for each in three}
    assert all(0 < worth <= 1 for worth in found.values())
    assert (three[1].pk, three[2].pk) in found


def test_what_has_changed_since_is_not_applied(edition: Edition, three: list[Delegation]):
    officer = team.officer()
    asked = planned(edition, officer)
    MeetingWish.objects.all().delete()
    with pytest.raises(Refusal, match="changed since"):
        acts.apply(asked, by=officer)
    assert not Meeting.objects.exists()
    asked.refresh_from_db()
    assert asked.state == states.READY


def test_a_delegation_that_does_not_come_takes_only_its_own_meetings_along(edition: Edition, three: list[Delegation]):
    officer = team.officer()
    before = {each.pk: (each.starts_at, each.table) for each in apply(edition, officer)}
    Delegation.objects.filter(pk=three[2].pk).update(state=states.DECLINED)
    (stays,) = apply(edition, officer)
    assert before[stays.pk] == (stays.starts_at, stays.table)
    assert Meeting.objects.filter(state=states.CANCELLED).count() == 1
    assert Seat.objects.count() == 2


def test_two_meetings_can_change_places_and_a_later_slot_takes_what_moves(edition: Edition, three: list[Delegation]):
    officer = team.officer()
    first, second = apply(edition, officer)
    change = {"kind": "moved", "reason": ""}
    found = plans.basis(edition)
    swapped = [
        {**change, "pair": [one.one_id, one.other_id],
         "after": {"starts_at": to.starts_at.isoformat(), "ends_at": to.ends_at.isoformat(), "table": to.table}}
        for one, to in ((first, second), (second, first))
    ]  # fmt: skip
    asked = Timetable.objects.create(
        edition=edition, state=states.READY, basis=found.fingerprint,
        plan={"changes": swapped, "waiting": [], "without": [], "gap": 0},
    )  # fmt: skip
    acts.apply(asked, by=officer)
    assert Meeting.objects.get(pk=first.pk).starts_at == second.starts_at
    assert Meeting.objects.get(pk=second.pk).starts_at == first.starts_at


def test_the_database_lets_nobody_sit_at_two_places_with_the_same_people(edition: Edition, three: list[Delegation]):
    meeting = apply(edition, team.officer())[0]
    seat = meeting.seats.first()
    assert seat
    again = {"delegation": seat.delegation, "starts_at": seat.starts_at}
    for write in (
        lambda: Seat.objects.create(meeting=meeting, **again),
        lambda: Meeting.objects.create(
            edition=edition, one=three[1], other=three[2], starts_at=meeting.starts_at, ends_at=meeting.ends_at,
            table=meeting.table,
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_who_speaks_in_a_session_does_not_meet_then(edition: Edition, three: list[Delegation]):
    session = kit.session(edition, hour=0, minutes=24 * 60)
    session.speakers.create(delegate=kit.delegate(three[1]))
    found = plans.basis(edition).task
    assert [len(each.free) for each in found.teams] == [4, 0, 4]


def test_who_has_a_seat_or_is_awaited_in_a_session_does_not_meet_then_but_others_of_the_delegation_do(
    edition: Edition, three: list[Delegation]
):
    expert, other = kit.delegate(three[1]), kit.delegate(three[2])
    kit.delegate(three[2], name="Dora Exemplo")
    seats = kit.session(edition, hour=0, minutes=24 * 60, seats=5)
    for number, each in enumerate((expert, other), 1):
        SignUp.objects.create(session=seats, delegate=each, number=number)

    def free() -> list[int]:
        return [len(each.free) for each in plans.basis(edition).task.teams]

    assert free() == [4, 0, 4]
    SignUp.objects.update(number=None)  # who waits for a seat is free
    assert free() == [4, 4, 4]
    kit.delegate(three[0], "mayor", "Berta Exemplo")
    kit.session(edition, "field", hour=0, minutes=24 * 60, admits="field", field=field_of(three[0]))
    assert free()[0] == 0


def field_of(sent: Delegation) -> Any:
    return Membership.objects.get(city=sent.city).field


def declined(sent: Delegation) -> None:
    delegations.decline(sent.edition, sent.city, reason="", by=team.member(sent.city))


def left(sent: Delegation) -> None:
    Membership.objects.filter(city=sent.city).update(end=timezone.now().date())
    assert (jobs.give_up_what_the_network_has_left(), jobs.give_up_what_the_network_has_left()) == (1, 0)


@pytest.mark.parametrize("goes", [declined, left])
def test_who_does_not_come_gives_up_meetings_at_once_and_partners_are_told(
    edition: Edition, three: list[Delegation], goes: Any, django_capture_on_commit_callbacks: Any
):
    partner, stays = team.member(three[0].city), three[1]
    apply(edition, team.officer())
    Mail.objects.all().delete()
    goes(three[2])
    assert list(Meeting.objects.filter(state=states.PLANNED).values_list("one", "other")) == [(three[0].pk, stays.pk)]
    assert Seat.objects.count() == 2
    told = Mail.objects.filter(to_person_id=partner.pk)
    assert [each.subject for each in told] == ["The meetings of Vila Um at the fair"]
    asked = Timetable.objects.get(state=states.WAITING)
    jobs.work_out_meetings.func(asked.pk)
    asked.refresh_from_db()
    assert {each["kind"] for each in asked.plan["changes"]} == {"kept"}


def test_who_comes_has_the_meetings_and_announcements_in_their_own_programme_and_calendar(
    client: Any, new_client: Any, edition: Edition, three: list[Delegation]
):
    meeting = apply(edition, team.officer())[0]
    kit.session(edition, day=1)
    kit.release(edition, by=team.officer("Otto Petrov"))
    ana = people.person("Ana Exemplo")
    kit.delegate(meeting.one, person=ana)
    edition.announcements.create(text="Lunch is late", language="en", until=timezone.now() + dt.timedelta(hours=1))
    mine, other = "/conference/2031/mine/programme/", meeting.other.city.name
    text = team.sign_in(client, ana).get(mine).content.decode()
    assert f"<bdi>{other}</bdi>" in text
    assert "Nothing is in it yet" not in text
    assert "Lunch is late" in text
    file = new_client().get(f"{mine}{marks.make_calendar(by=ana).key}.ics").content.decode()
    assert f"Meeting with {other}" in file.replace("\r\n ", "")
    stranger = team.sign_in(new_client(), people.person("Rui Exemplo"))
    assert other not in stranger.get(mine).content.decode()


def test_an_interpreter_who_comes_along_makes_a_language_common(edition: Edition, three: list[Delegation]):
    kit.delegate(three[0], languages=["ar"])
    kit.delegate(three[1], languages=["pt"])
    assert len(apply(edition, team.officer())) == 1  # the third has not told its languages
    kit.delegate(three[0], "interpreter", languages=["pt"])
    assert len(apply(edition, team.officer("Otto Petrov"))) == 2


def test_what_came_of_it_is_one_tap_and_an_initiative_begins_with_both(
    client: Any, edition: Edition, three: list[Delegation]
):
    meeting = apply(edition, team.officer())[0]
    mine = meeting.one
    team.sign_in(client, team.member(mine.city))
    page, address = page_of(mine), f"{page_of(mine)}{meeting.code}/"
    assert client.post(address, {"outcome": "in-touch"}).status_code == 409
    begun = timezone.now() - dt.timedelta(hours=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begun)
    assert "keep in touch" in client.get(page).content.decode()
    assert client.post(address, {"outcome": "in-touch"}).status_code == 302
    assert client.post(address, {"outcome": "love"}).status_code == 404
    led = client.post(address, {"outcome": "initiative"})
    one = Initiative.objects.get()
    assert led.url == f"/initiatives/{one.slug}/edit/"
    assert client.get(led.url).status_code == 200
    assert (one.lead, one.summary) == (mine.city, "Lamps for both")
    assert list(one.partners.all()) == [meeting.other.city]
    assert client.post(address, {"outcome": "nothing"}).status_code == 409
    assert Initiative.objects.count() == 1


def test_meetings_that_were_held_stay_when_the_rest_is_planned_anew(edition: Edition, three: list[Delegation]):
    officer = team.officer()
    held = apply(edition, officer)[0]
    past = timezone.now() - dt.timedelta(hours=1)
    Meeting.objects.filter(pk=held.pk).update(starts_at=past)
    apply(edition, officer)
    assert Meeting.objects.filter(state=states.PLANNED).count() == 2
    assert Meeting.objects.get(pk=held.pk).starts_at == past


def test_asking_is_refused_with_its_reason(edition: Edition, three: list[Delegation]):
    mine, speaker = three[0], team.member(three[0].city)
    other = kit.delegation(kit.edition("2032", number=32), member(name="Vila Longe"))

    def why(whom: Delegation = three[1], by: Any = speaker) -> str:
        with pytest.raises(Refusal) as refused:
            acts.wish(mine, whom, why="x", language="en", by=by)
        return refused.value.code

    assert why(by=team.officer()) == "not-the-team"
    assert why(whom=other) == "not-there"
    Membership.objects.filter(city=mine.city).update(end=timezone.now().date())
    assert why() == "not-a-member"


WRONG = ("", "tomorrow 9 12", "2031-05-04 12:00 09:00", "2031-05-04 00:00 23:59", "2031-05-04 09:00 09:10")


@pytest.mark.parametrize("windows", WRONG)
def test_times_that_make_no_sense_come_back(client: Any, windows: str):
    kit.edition()
    team.sign_in(client, team.officer())
    said = {"tables": 2, "interpreters": 0, "minutes": 20, "in_row": 4, "opened": 1}
    assert client.get(LEAD).status_code == 200
    assert client.post(LEAD, {**said, "windows": windows}).status_code == 422
    assert client.post(LEAD, {**said, "windows": "2031-05-04 09:00 10:00"}).status_code == 302
    assert client.post(LEAD, {**said, "windows": "2031-05-04 09:00 11:00"}).status_code == 409


@pytest.mark.apart
def test_the_example_of_a_line_reads_from_left_to_right_in_any_language():
    assert str(MeetingsForm.base_fields["windows"].help_text).endswith(" \u20662031-05-04 09:00 12:00\u2069")


def test_slots_are_as_long_as_said_also_on_the_night_the_clock_changes():
    said = Meetings(tables=1, minutes=30, windows=[("2026-03-29T00:30", "2026-03-29T03:00")])
    found = said.times("Europe/Lisbon")
    assert {each.ends_at - each.starts_at for each in found} == {dt.timedelta(minutes=30)}
    assert len(found) == 3
