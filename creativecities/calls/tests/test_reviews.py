"""The review of a file: written by whoever it is with, kept, handed in, opened again, given back."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import calls, reminders
from creativecities.calls.actions import reviews as actions
from creativecities.calls.models import Application, Assignment, Conflict, Review, Reviewer
from creativecities.calls.queries import reviews as queries
from creativecities.calls.tests import kit
from creativecities.core import desk as duties
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict as Newer
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
POINTS = {"quality": 3, "relevance": 4, "feasibility": 3, "commitment": 5, "field": 4}
SAID = {"scores": POINTS, "for_city": "Good lamps.", "in_confidence": "Dim ones, too."}
TYPED = {f"points_{key}": str(value) for key, value in POINTS.items()} | {"for_city": "Good lamps."}


@pytest.fixture
def file(officer: Person) -> Application:
    call = kit.published(officer, opens=-40, closes=-20, evaluated_by=10, announced_at=30)
    return made(officer, call)


def made(officer: Person, call: Any, name: str = "Lampara", **facts: Any) -> Application:
    """In evaluation. The kit hands in while a call is open: its deadline lies between two instants here."""
    moment = call.closes_at - dt.timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: moment)
        return kit.eligible(call, people.person(), name, **facts)


@pytest.fixture
def ana(file: Application) -> Assignment:
    return kit.assigned(kit.reviewer(file.call, people.person("Ana Exemplo")), file)


def own(assignment: Assignment) -> Person:
    person: Person = assignment.reviewer.person
    return person


def page(assignment: Assignment, *more: str) -> str:
    return "/".join(("/reviews", assignment.application.code, *more, ""))


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_a_draft_is_kept_and_two_windows_do_not_write_over_each_other(ana: Assignment):
    first = actions.save(ana, SAID, opened=0, by=own(ana))
    assert actions.save(ana, SAID, opened=0, by=own(ana)).version == first.version + 1  # sent again after a lost answer
    with pytest.raises(Newer) as newer:
        actions.save(ana, SAID | {"for_city": "Chairs"}, opened=1, by=own(ana))
    assert newer.value.theirs["for_city"] == "Good lamps."
    assert Event.objects.filter(kind="calls.assignment.written").count() == 1


def test_it_is_handed_in_with_all_points_or_with_a_reason_for_none(ana: Assignment):
    some = SAID | {"scores": {"quality": 3, "no-such": 4, "field": 9}}
    assert code_of(lambda: actions.hand_in(ana, some, opened=0, by=own(ana))) == "incomplete"
    assert code_of(lambda: actions.abstain(ana, some, reason="", opened=0, by=own(ana))) == "no-reason"
    assert not Review.objects.exists()
    actions.abstain(ana, some, reason="No lamps here", opened=0, by=own(ana))
    review = Review.objects.get()
    assert (review.abstains, review.scores, review.for_city) == (True, {"quality": 3}, "Good lamps.")
    assert code_of(lambda: actions.save(ana, SAID, opened=1, by=own(ana))) == "handed-in"
    actions.reopen(ana, by=own(ana))
    actions.hand_in(ana, SAID, opened=2, by=own(ana))
    assert (Assignment.objects.get().state, Review.objects.get().abstains) == (states.DONE, False)


def test_late_is_better_than_never_but_what_was_handed_in_in_time_stays(
    ana: Assignment, monkeypatch: pytest.MonkeyPatch
):
    late = timezone.now() + dt.timedelta(days=11)
    monkeypatch.setattr(timezone, "now", lambda: late)
    actions.hand_in(ana, SAID, opened=0, by=own(ana))
    assert code_of(lambda: actions.reopen(ana, by=own(ana))) == "too-late"


def test_nobody_else_writes_it_nor_after_the_decision(ana: Assignment, officer: Person):
    other = kit.reviewer(ana.application.call)
    for person in (officer, other.person):
        assert code_of(lambda person=person: actions.save(ana, SAID, opened=0, by=person)) == "not-with-you"
    Application.objects.update(state=states.DESIGNATED)
    assert code_of(lambda: actions.save(ana, SAID, opened=0, by=own(ana))) == "evaluation-over"


def test_what_cannot_be_kept_comes_back_with_its_reason(client: Any, ana: Assignment):
    team.sign_in(client, own(ana))
    answer = client.post(page(ana), {"opened": 0, **TYPED, "for_city": "lamps " * 2000, "points_quality": "9"})
    assert (answer.status_code, "lamps lamps" in answer.content.decode()) == (422, True)
    assert not Review.objects.exists()
    assert client.post(page(ana), {**TYPED, "for_city": "a\0b"}).status_code == 400, "no page has sent this"


def test_who_gives_a_file_back_never_sees_it_again(client: Any, ana: Assignment):
    actions.hand_in(ana, SAID, opened=0, by=own(ana))
    team.sign_in(client, own(ana))
    assert client.post(page(ana, "recuse"), {"kind": "own-city"}).status_code == 422  # found by rule, never declared
    assert client.post(page(ana, "recuse"), {"kind": "personal", "detail": "A cousin"}).url == "/reviews/"
    assert Conflict.objects.get().detail == "A cousin"
    assert queries.handed_in(ana.application) == []
    reads = [client.get(page(ana)), client.get("/reviews/0123456789ab/")]
    assert [each.status_code for each in reads] == [404, 404]
    assert "Lampara" not in client.get("/reviews/").content.decode()
    assert code_of(lambda: actions.recuse(ana, kind="personal", detail="", by=own(ana))) == "not-with-you"


def test_only_who_reads_files_has_the_pages(client: Any, ana: Assignment, officer: Person):
    assert client.get("/reviews/").status_code == 302
    for person in (people.person(), officer, team.member(team.city())):
        team.sign_in(client, person)
        assert [client.get(path).status_code for path in ("/reviews/", page(ana))] == [404, 404]
    someone = kit.reviewer(ana.application.call).person
    team.sign_in(client, someone)
    assert "No file has been given to you yet" in client.get("/reviews/").content.decode()
    for act in ((), ("reopen",), ("recuse",)):
        assert client.post(page(ana, *act), {"kind": "personal"}).status_code == 404


def test_the_page_keeps_what_is_typed_and_hands_it_in(client: Any, ana: Assignment):
    team.sign_in(client, own(ana))
    text = client.get(page(ana)).content.decode()
    assert "history lamps" in text
    assert "Never read by the city" in text
    kept = client.post(page(ana), {"opened": 0, "act": "autosave", "points_quality": "2"})
    assert 'value="1" hx-swap-oob' in kept.content.decode()
    stale = client.post(page(ana), {"opened": 0, "act": "autosave", "points_quality": "5"})
    assert (stale.status_code, "hx-swap-oob" in stale.content.decode()) == (409, False)
    back = client.post(page(ana), {"opened": 1, "act": "hand-in", "for_city": "<b>Lamps</b>\u202e"})
    assert (back.status_code, "Points are missing for 5 criteria." in back.content.decode()) == (409, True)
    assert client.post(page(ana), {"opened": 1, "act": "hand-in", **TYPED}).url == page(ana)
    text = client.get(page(ana)).content.decode()
    assert "Reviewer 1" in text
    assert "Ana Exemplo" not in text.split("<main")[1]


def test_others_are_read_once_ones_own_is_handed_in_and_without_their_names(client: Any, ana: Assignment):
    eva = kit.assigned(kit.reviewer(ana.application.call, people.person("Eva Exemplo")), ana.application)
    actions.hand_in(eva, SAID | {"for_city": "Chairs, rather."}, opened=0, by=own(eva))
    team.sign_in(client, own(ana))
    assert "Chairs, rather." not in client.get(page(ana)).content.decode()
    actions.hand_in(ana, SAID, opened=0, by=own(ana))
    text = client.get(page(ana)).content.decode()
    assert "Chairs, rather." in text
    assert "Eva Exemplo" not in text
    Conflict.objects.create(reviewer=eva.reviewer, application=eva.application, kind="country")
    assert "Chairs, rather." not in client.get(page(ana)).content.decode()


def test_save_and_next_leads_to_the_file_that_the_fewest_have_judged(client: Any, ana: Assignment, officer: Person):
    call = ana.application.call
    sedia, mesa = (
        made(officer, call, name, country=kit.country(iso2)) for name, iso2 in (("Sedia", "ES"), ("Mesa", "FR"))
    )
    [with_many, with_few] = (kit.assigned(ana.reviewer, each) for each in (sedia, mesa))
    other = kit.assigned(kit.reviewer(call), sedia)
    actions.hand_in(other, SAID, opened=0, by=own(other))
    team.sign_in(client, own(ana))
    assert client.post(page(ana), {"opened": 0, "act": "next", **TYPED}).url == page(with_few)
    names = [each.application.city_name for each in queries.shelves(own(ana))[0].assignments]
    assert names.index("Mesa") < names.index("Sedia")
    for each in (with_many, with_few, ana):
        actions.hand_in(each, SAID, opened=queries.version_of(each), by=own(ana))
    assert "Every review is handed in" in client.get("/reviews/").content.decode()


def test_a_rubric_that_changes_asks_again_for_what_is_new_and_keeps_what_was_handed_in(
    client: Any, ana: Assignment, officer: Person
):
    call = ana.application.call
    eva = kit.assigned(kit.reviewer(call), ana.application)
    actions.save(ana, SAID, opened=0, by=own(ana))
    actions.hand_in(eva, SAID, opened=0, by=own(eva))
    call.refresh_from_db()
    criterion = {name: {"en": "Light", "fr": "Lumière"} for name in ("label", "guidance", "anchors")}
    calls.save_item(
        call, "criteria", "", criterion | {"weight": 2, "groups": ["expert"]}, opened=call.version, by=officer
    )
    calls.release(call, reason="Light was forgotten", opened=call.version, by=officer)
    team.sign_in(client, own(ana))
    text = client.get(page(ana)).content.decode()
    assert "Light was forgotten" in text
    assert "asked for anew: <bdi>Light</bdi>" in text.replace("</p>", "").replace("anew:  ", "anew: ")
    assert code_of(lambda: actions.hand_in(ana, SAID, opened=1, by=own(ana))) == "incomplete"
    more = SAID | {"scores": {**POINTS, "light": 4}}
    actions.hand_in(ana, more, opened=1, by=own(ana))
    assert [each.call_version for each in Review.objects.order_by("assignment")] == [2, 1]
    team.sign_in(client, own(eva))
    assert "Your review counts by the rubric it was written for." in client.get(page(eva)).content.decode()


def test_a_reviewer_who_leaves_has_no_files_and_what_they_handed_in_counts(client: Any, ana: Assignment):
    actions.hand_in(ana, SAID, opened=0, by=own(ana))
    Reviewer.objects.update(state=states.LEFT)
    team.sign_in(client, own(ana))
    assert [client.get(path).status_code for path in ("/reviews/", page(ana))] == [404, 404]
    assert len(queries.handed_in(ana.application)) == 1


def test_the_desk_says_how_many_and_by_when(ana: Assignment):
    [due] = [each for each in duties.due(own(ana)) if each.url == "/reviews/"]
    assert (str(due.title), due.due_at is not None) == ("Reviews to hand in: 1", True)
    actions.hand_in(ana, SAID, opened=0, by=own(ana))
    assert not [each for each in duties.due(own(ana)) if each.url == "/reviews/"]


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_the_reviews(
    client: Any, ana: Assignment, number: int, django_assert_num_queries: Any
):
    for _at in range(number):
        other = kit.assigned(kit.reviewer(ana.application.call), ana.application)
        actions.hand_in(other, SAID, opened=0, by=own(other))
    actions.hand_in(ana, SAID, opened=0, by=own(ana))
    team.sign_in(client, own(ana))
    client.get("/reviews/")
    with django_assert_num_queries(6):
        client.get("/reviews/")
    with django_assert_num_queries(12):
        client.get(page(ana))


def test_who_could_read_another_review_does_not_open_their_own_again(client: Any, ana: Assignment):
    actions.abstain(ana, SAID, reason="No lamps here", opened=0, by=own(ana))
    eva = kit.assigned(kit.reviewer(ana.application.call), ana.application)
    actions.hand_in(eva, SAID, opened=0, by=own(eva))
    for each in (ana, eva):
        assert code_of(lambda each=each: actions.reopen(each, by=own(each))) == "others-read"
    text = team.sign_in(client, own(ana)).get(page(ana)).content.decode()
    assert "Another review of this file is there for you to read" in text


def test_a_file_that_was_taken_away_meanwhile_is_refused_in_words(ana: Assignment):
    person = own(ana)
    Assignment.objects.all().delete()
    assert code_of(lambda: actions.save(ana, SAID, opened=0, by=person)) == "not-with-you"


def test_in_a_call_that_was_withdrawn_nobody_judges_any_more(ana: Assignment, officer: Any):
    calls.withdraw(ana.application.call, reason="No means", by=officer)
    again = Assignment.objects.select_related("application__call").get(pk=ana.pk)
    assert code_of(lambda: actions.save(again, SAID, opened=0, by=own(again))) == "call-withdrawn"
    assert code_of(lambda: actions.recuse(again, kind="other", detail="A cousin", by=own(again))) == "call-withdrawn"
    assert code_of(lambda: reminders.remind(again.application.call, by=officer)) == "call-withdrawn"
