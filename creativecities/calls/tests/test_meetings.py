"""Discussion and meeting: those who judged a file talk about it; who has a conflict sees that they are out, no more."""

import uuid
from typing import Any

import pytest

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import conflicts, discussions, meetings, reviewers, reviews
from creativecities.calls.models import Application, Assignment, Conflict, Item, Meeting, Opinion, Reviewer
from creativecities.calls.tests import kit
from creativecities.calls.tests.test_results import RESULTS, judged
from creativecities.calls.tests.test_reviews import code_of, made, own, page
from creativecities.core.models import Mail
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder

pytestmark = pytest.mark.django_db
NOW, LEAD = "/reviews/meeting/2031/now/", "/secretariat/calls/2031/meeting/"


@pytest.fixture
def files(officer: Person) -> list[Application]:
    call = kit.published(officer, opens=-40, closes=-20, evaluated_by=10, announced_at=30)
    return [made(officer, call, name, country=kit.country(iso2))
            for name, iso2 in (("Lampara", "PT"), ("Sedia", "ES"), ("Mesa", "FR"))]  # fmt: skip


@pytest.fixture
def ana(files: list[Application]) -> Assignment:
    """She has judged the first file."""
    return judged(files[0], 3, person=people.person("Ana Exemplo"))


def say(file: Application, by: Person, text: str = "Dim lamps", once: Any = None) -> Opinion:
    return discussions.say(file, text=text, once=once or uuid.uuid4(), by=by)


def opened(files: list[Application], by: Person, current: Application | None = None) -> Meeting:
    meeting = meetings.set_agenda(files[0].call, files, opened=0, by=by)
    meetings.open(meeting, opened=1, by=by)
    if current:
        meetings.go_to(meeting, meeting.items.get(application=current), opened=2, by=by)
    return meeting


def test_those_who_judged_a_file_and_the_secretariat_discuss_it(client: Any, ana: Assignment, officer: Person):
    file, once = ana.application, uuid.uuid4()
    eva = judged(file, 4, person=people.person("Eva Exemplo"))
    late = kit.assigned(kit.reviewer(file.call), file)
    say(file, own(ana), once=once)
    say(file, own(ana), once=once)  # a second click
    say(file, officer, "Which lamps?")
    for person in (own(late), holder("head-of-the-network"), people.person()):
        assert code_of(lambda person=person: say(file, person)) == "not-with-you"
    text = team.sign_in(client, own(eva)).get(page(ana)).content.decode()
    assert text.count("Dim lamps") == 1
    assert "Which lamps?" in text
    assert "Ana Exemplo" not in text
    assert "Dim lamps" not in team.sign_in(client, own(late)).get(page(ana)).content.decode()
    assert "Ana Exemplo" in team.sign_in(client, officer).get(f"{RESULTS}/{file.code}/").content.decode()
    mails = Mail.objects.filter(kind="calls.opinion.written", to_person_id=own(eva).pk)
    assert len(mails) == 2
    assert not any("Lampara" in each.subject + each.body + each.link for each in mails)


def test_who_learns_of_a_conflict_is_out_of_the_discussion(client: Any, ana: Assignment, officer: Person):
    file = ana.application
    eva = judged(file, 4)
    say(file, own(eva), "Bright chairs")
    say(file, own(ana))
    reviews.recuse(eva, kind="personal", detail="A cousin", by=own(eva))
    assert not Mail.objects.filter(kind="calls.opinion.written", to_person_id=own(eva).pk).exclude(body="").exists()
    assert code_of(lambda: say(file, own(eva))) == "not-with-you"
    team.sign_in(client, own(eva))
    assert client.post(page(eva, "discussion"), {"text": "x", "once": uuid.uuid4()}).status_code == 404
    assert "Bright chairs" not in team.sign_in(client, own(ana)).get(page(ana)).content.decode()


def test_who_deletes_their_account_is_not_named_in_a_discussion(ana: Assignment):
    say(ana.application, own(ana))
    accounts.erase(own(ana), by=own(ana))
    assert not Opinion.objects.exclude(person_name="").exists()


def test_what_is_said_on_the_pages_is_kept(client: Any, ana: Assignment, officer: Person):
    team.sign_in(client, own(ana))
    once = {"once": uuid.uuid4()}
    assert client.post(page(ana, "discussion"), {"text": " \u202e ", **once}).status_code == 422
    assert client.post(page(ana, "discussion"), {"text": "<b>Lamps</b>", **once}).status_code == 302
    team.sign_in(client, officer)
    assert (
        client.post(f"{RESULTS}/{ana.application.code}/", {"text": "Which?", "once": uuid.uuid4()}).status_code == 302
    )
    assert [each.reviewer_id is None for each in Opinion.objects.all()] == [False, True]


def test_everybody_who_takes_part_sees_the_same_file_at_once(
    client: Any, ana: Assignment, files: list[Application], officer: Person
):
    opened(files, officer, files[0])
    for person in (own(ana), officer, holder("head-of-the-network")):
        text = team.sign_in(client, person).get("/reviews/meeting/2031/").content.decode()
        assert "Lampara" in text.split('id="now"')[1].split("</section>")[0]
        assert "Person" not in text.split('id="now"')[1].split("See what is now")[0]


def test_in_conflict_or_never_theirs_an_item_is_the_same_nothing(
    client: Any, ana: Assignment, files: list[Application], officer: Person
):
    """The bodies are the same byte for byte, and none changes from one such item to the next."""
    meeting = opened(files, officer, files[1])
    part, plain = ana.reviewer, kit.reviewer(ana.application.call)
    Conflict.objects.create(reviewer=part, application=files[1], kind="country")
    seen = set()
    for person in (part.person, plain.person):
        for at, file in ((3, files[1]), (4, files[2])):
            Meeting.objects.update(current=meeting.items.get(application=file), version=at)
            response = team.sign_in(client, person).get(NOW)
            seen.add(response.content)
            assert client.get(f"{NOW}?seen=out").status_code == 204
    assert len(seen) == 1
    text = seen.pop().decode()
    assert "This item is without you" in text
    assert not any(each.city_name in text or each.field.name in text for each in files)
    whole = team.sign_in(client, part.person).get("/reviews/meeting/2031/").content.decode()
    assert "Lampara" in whole
    assert "Sedia" not in whole
    assert "Mesa" not in whole


def test_asking_what_is_new_costs_the_same_whoever_asks(
    client: Any, ana: Assignment, files: list[Application], officer: Person, django_assert_num_queries: Any
):
    meeting = opened(files, officer, files[1])
    part = kit.reviewer(ana.application.call)
    Conflict.objects.create(reviewer=part, application=files[1], kind="country")
    for person in (own(ana), part.person):
        team.sign_in(client, person).get("/reviews/")
        with django_assert_num_queries(6):
            assert client.get(f"{NOW}?seen=out").status_code == 204
    item = meeting.items.get(application=files[0])
    Meeting.objects.update(current=item)
    team.sign_in(client, own(ana)).get("/reviews/")
    with django_assert_num_queries(6):
        assert client.get(f"{NOW}?seen={item.pk}-{item.version}").status_code == 204


def test_only_participants_know_of_a_meeting(client: Any, ana: Assignment, files: list[Application], officer: Person):
    opened(files, officer, files[0])
    gone = kit.reviewer(ana.application.call)
    Reviewer.objects.filter(pk=gone.pk).update(state="left")
    for person in (people.person(), gone.person, team.member(team.city())):
        team.sign_in(client, person)
        assert [client.get(path).status_code for path in (NOW, "/reviews/meeting/2031/", LEAD)] == [404] * 3
    team.sign_in(client, own(ana))
    assert client.get(LEAD).status_code == client.get(f"{LEAD}agenda/").status_code == 404


def test_the_secretariat_leads_file_by_file_and_sees_who_is_out(
    client: Any, ana: Assignment, files: list[Application], officer: Person
):
    Conflict.objects.create(reviewer=kit.reviewer(files[0].call, people.person("Ivo Exemplo")), application=files[1],
                            kind="buddy")  # fmt: skip
    team.sign_in(client, officer)
    assert client.get(LEAD).url == f"{LEAD}agenda/"
    assert 'value="3"' in client.get(f"{LEAD}agenda/?all=1").content.decode()
    places = {each.code: at for at, each in enumerate(files, 1)}
    assert client.post(f"{LEAD}agenda/", {"opened": 0, files[0].code: "first"}).status_code == 422
    assert client.post(f"{LEAD}agenda/", {"opened": 0, **places}).status_code == 302
    assert client.post(LEAD, {"opened": 1, "act": "open"}).status_code == 302
    first, second, _third = Item.objects.all()
    assert client.post(LEAD, {"opened": 2, "act": first.pk}).status_code == 302
    assert client.post(LEAD, {"opened": 2, "act": second.pk}).status_code == 409  # the other officer was faster
    text = client.get(LEAD).content.decode()
    assert "Out of the room for the next file: <bdi>Ivo Exemplo</bdi>" in text
    assert client.post(LEAD, {"opened": 3, "act": "999999"}).status_code == 404
    notes = f"{LEAD}{first.pk}/notes/"
    assert client.post(notes, {"opened": 1, "notes": "Good lamps"}).status_code == 302
    assert client.post(notes, {"opened": 1, "notes": "Bad lamps"}).status_code == 409
    assert "Good lamps" in team.sign_in(client, own(ana)).get(NOW).content.decode()
    team.sign_in(client, officer)
    fewer = {"opened": 3, files[1].code: 1}
    assert client.post(f"{LEAD}agenda/", fewer).status_code == 409  # notes are not thrown away
    assert client.post(LEAD, {"opened": 3, "act": "close"}).status_code == 302
    assert "The meeting is over" in team.sign_in(client, own(ana)).get(NOW).content.decode()


def test_a_file_that_left_the_evaluation_keeps_its_notes_and_the_agenda_can_be_changed(
    files: list[Application], officer: Person
):
    meeting = opened(files, officer, files[1])
    meetings.note(meeting.items.get(application=files[0]), "Good lamps", opened=1, by=officer)
    Application.objects.filter(pk__in=[files[0].pk, files[1].pk]).update(state="withdrawn")
    meeting.refresh_from_db()
    meetings.set_agenda(files[0].call, files[2:], opened=meeting.version, by=officer)
    assert set(meeting.items.values_list("application", flat=True)) == {files[0].pk, files[2].pk}
    meeting.refresh_from_db()
    assert meeting.current_id is None


def test_only_who_may_read_a_discussion_is_told_of_it(ana: Assignment, officer: Person):
    file, told = ana.application, Mail.objects.filter(kind="calls.opinion.written")
    eva, bruno, lea = (judged(file, 4, person=people.person(f"{name} Exemplo")) for name in ("Eva", "Bruno", "Lea"))
    say(file, officer)
    assert told.exclude(body="").count() == 4
    reviewers.leave(eva.reviewer, reason="Ill", by=own(eva))
    Conflict.objects.create(reviewer=bruno.reviewer, application=file, kind="country")
    assert not told.filter(to_person_id=own(eva).pk).exclude(body="").exists()
    reviewers.declare(lea.reviewer, {file: ("personal", "A cousin")}, by=own(lea))
    assert not told.filter(to_person_id=own(lea).pk).exclude(body="").exists()
    before = told.count()
    officer.mandates.update(end="2020-01-01", start="2019-01-01")
    say(file, own(ana), "Brighter")
    assert told.count() == before


def test_a_conflict_that_is_found_takes_back_what_was_told(ana: Assignment, officer: Person):
    eva = judged(ana.application, 4)
    say(ana.application, own(ana))
    Reviewer.objects.filter(pk=eva.reviewer_id).update(countries=["PT"])
    conflicts.find(ana.application.call, by=officer)
    assert not Mail.objects.filter(kind="calls.opinion.written", to_person_id=own(eva).pk).exclude(body="").exists()
