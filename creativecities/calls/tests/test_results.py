"""What reviews come to, for those who prepare the decision: two orders side by side, what is missing, and reminders."""

import csv
import io
from typing import Any

import pytest

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.actions import assignments, calls, decisions, returns, reviewers, reviews
from creativecities.calls.models import Application, Assignment, Call, Conflict, Review, Reviewer
from creativecities.calls.queries import reviews as queries
from creativecities.calls.tests import kit
from creativecities.calls.tests.test_reviews import POINTS, SAID, code_of, made, own
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder

pytestmark = pytest.mark.django_db
RESULTS = "/secretariat/calls/2031/results"


@pytest.fixture
def file(officer: Person) -> Application:
    call = kit.published(officer, opens=-40, closes=-20, evaluated_by=10, announced_at=30)
    return made(officer, call, "=Lampara")


def judged(file: Application, points: int, group: str = "expert", **facts: Any) -> Assignment:
    """With a review in which every criterion has these points."""
    given = kit.assigned(kit.reviewer(file.call, group=group, **facts), file)
    reviews.hand_in(given, SAID | {"scores": dict.fromkeys(POINTS, points)}, opened=0, by=own(given))
    return given


@pytest.fixture
def two(file: Application, officer: Person) -> Application:
    """Two files that the two groups put in a different order; gives the second."""
    sedia = made(officer, file.call, "Sedia", country=kit.country("ES"))
    longe = team.city()
    for one, points, of_cities, role in ((file, 4, 2, "focal-point"), (sedia, 3, 5, "alternative-contact")):
        judged(one, points)
        judged(one, of_cities, "member-city", city=longe, person=holder(role, city=longe))
    judged(sedia, 1)
    return sedia


def places(text: str, group: str) -> list[str]:
    table = text.split(f'id="group-{group}"')[1].split("</table>", maxsplit=1)[0]
    return [row.split("</bdi>")[0] for row in table.split("<bdi>")[1:]]


def test_each_group_has_an_order_of_its_own(client: Any, two: Application, officer: Person):
    team.sign_in(client, officer)
    text = client.get(f"{RESULTS}/").content.decode()
    assert (places(text, "expert"), places(text, "member-city")) == (["=Lampara", "Sedia"], ["Sedia", "=Lampara"])
    assert text.count("far apart") == 1
    assert text.count("no quorum") == 4
    assert "2.00 <span" in text
    only = client.get(f"{RESULTS}/?field=design&region={two.country.region_id}").content.decode()
    assert "Sedia" in only
    assert "No file is in evaluation here" in client.get(f"{RESULTS}/?field=film").content.decode()


def test_the_same_as_data_in_which_no_cell_is_a_formula(client: Any, two: Application, officer: Person):
    team.sign_in(client, officer)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{RESULTS}.csv").content.decode("utf-8-sig"))))
    assert [(row["city"], row["expert_place"], row["expert_mean"], row["member_city_place"]) for row in rows] == [
        ("'=Lampara", "1", "4.0", "2"), ("Sedia", "2", "2.0", "1"),
    ]  # fmt: skip
    assert client.get(f"{RESULTS}.json").json()["count"] == 2


def test_a_file_shows_each_review_with_its_reviewer_and_what_they_come_to(
    client: Any, two: Application, officer: Person
):
    team.sign_in(client, officer)
    text = client.get(f"{RESULTS}/{two.code}/").content.decode()
    assert all(each.reviewer.person.name in text for each in two.assignments.all())
    assert "Dim ones, too." in text
    assert "Reviews: 2 of 3" in text


def test_only_who_prepares_the_decision_sees_results(client: Any, two: Application):
    addresses = [f"{RESULTS}/", f"{RESULTS}.csv", f"{RESULTS}.json", f"{RESULTS}/{two.code}/"]
    head = holder("head-of-the-network")
    reader = two.assignments.all()[0].reviewer.person
    for someone, status in ((head, 200), (reader, 404), (team.member(team.city("Lviv")), 404), (people.person(), 404)):
        team.sign_in(client, someone)
        assert [client.get(path).status_code for path in addresses] == [status] * 4
        assert client.post(f"{RESULTS}/remind/").status_code == 404
    assert client.get(f"{RESULTS}/0123456789ab/").status_code == 404


def test_who_prepares_the_decision_and_has_a_conflict_learns_nothing_of_that_file(client: Any, two: Application):
    head = holder("head-of-the-network")
    part = kit.reviewer(two.call, head)
    team.sign_in(client, head)
    before = client.get(f"{RESULTS}.json").json()["count"]
    Conflict.objects.create(reviewer=part, application=two, kind="country")
    assert (before, client.get(f"{RESULTS}.json").json()["count"]) == (2, 1)
    assert client.get(f"{RESULTS}/{two.code}/").status_code == 404
    assert "Sedia" not in client.get(f"{RESULTS}/").content.decode()


def test_everybody_whose_review_is_missing_is_reminded_once_a_day(client: Any, two: Application, officer: Person):
    late, gone = (kit.reviewer(two.call) for _at in range(2))
    for each in (late, gone):
        kit.assigned(each, two)
    Conflict.objects.create(reviewer=gone, application=two, kind="buddy")
    team.sign_in(client, officer)
    assert client.post(f"{RESULTS}/remind/").status_code == 302
    [mail] = Mail.objects.filter(kind="calls.reviewer.reminded")
    assert (mail.to_person_id, "Sedia" in mail.subject + mail.body) == (late.person_id, False)
    assert client.post(f"{RESULTS}/remind/").status_code == 409
    Reviewer.objects.update(state="left")
    assert client.post(f"{RESULTS}/remind/").status_code == 409
    assert Mail.objects.filter(kind="calls.reviewer.reminded").count() == 1


def test_reviews_of_two_rubrics_stand_apart_with_their_weights(client: Any, two: Application, officer: Person):
    call = two.call
    call.refresh_from_db()
    quality = next(each for each in call.next["criteria"] if each["key"] == "quality")
    calls.save_item(call, "criteria", "quality", quality | {"weight": 900}, opened=call.version, by=officer)
    calls.release(call, reason="Quality counts more", opened=call.version, by=officer)
    judged(two, 5)
    team.sign_in(client, officer)
    text = client.get(f"{RESULTS}/{two.code}/").content.decode()
    assert "By the rubric of version 1 of the call; reviews: 2" in text
    assert "By the rubric of version 2 of the call; reviews: 1" in text
    assert '<td class="number">900</td>' in text


@pytest.mark.parametrize("number", [0, 3])
def test_statements_do_not_grow_with_reviews(
    client: Any, two: Application, officer: Person, number: int, django_assert_num_queries: Any
):
    for at in range(number):
        judged(two, at + 1)
    team.sign_in(client, officer).get(f"{RESULTS}/")
    with django_assert_num_queries(11):
        client.get(f"{RESULTS}/")
    with django_assert_num_queries(13):
        client.get(f"{RESULTS}/{two.code}/")


def test_the_scale_of_points_stays_once_a_review_is_handed_in(file: Application, officer: Person):
    call = file.call
    given = kit.assigned(kit.reviewer(call), file)
    reviews.save(given, SAID, opened=0, by=own(given))
    calls.save_part(call, "evaluation", {"scale": 10}, opened=Call.objects.get().version, by=officer)
    calls.release(call, reason="Finer", opened=call.version, by=officer)
    judged(file, 3)
    calls.save_part(call, "evaluation", {"scale": 5}, opened=call.version, by=officer)
    assert code_of(lambda: calls.release(call, reason="Coarser", opened=call.version, by=officer)) == "scale-used"


def test_a_review_that_is_sent_back_counts_once_it_is_handed_in_again(client: Any, file: Application, officer: Person):
    ana = judged(file, 2, person=people.person("Ana Exemplo"))
    judged(file, 4)
    team.sign_in(client, officer)
    back, stand = (f"{RESULTS}/{file.code}/{ana.pk}/{act}/" for act in ("send-back", "let-stand"))
    assert back in client.get(f"{RESULTS}/{file.code}/").content.decode()
    assert client.post(back, {"reason": "\u202e"}).status_code == 422
    assert client.post(back, {"reason": "Of the <b>wrong</b> city"}).status_code == 302
    assert client.post(back, {"reason": "Twice"}).status_code == 404, "it is open"
    [mail] = Mail.objects.filter(kind="calls.reviewer.sent-back")
    assert (mail.to_person_id, mail.link.endswith(f"/reviews/{file.code}/")) == (ana.reviewer.person_id, True)
    assert not [word for word in ("wrong", "Lampara") if word in mail.subject + mail.body]
    text = client.get(f"{RESULTS}/{file.code}/").content.decode()
    assert "Of the &lt;b&gt;wrong&lt;/b&gt; city" in text
    assert "Reviews: 1 of 3" in text
    read = team.sign_in(client, own(ana)).get(f"/reviews/{file.code}/").content.decode()
    assert "Of the &lt;b&gt;wrong&lt;/b&gt; city" in read
    assert "What was handed in" not in read, "while it is open the others are not there to be read"
    team.sign_in(client, officer)
    assert client.post(stand).status_code == 302
    assert not Mail.objects.filter(kind="calls.reviewer.sent-back").exclude(body="").exists()
    assert [each.review.scores["quality"] for each in queries.handed_in(file)] == [2, 4]
    returns.send_back(ana, reason="Of the wrong city", by=officer)
    reviews.save(ana, SAID, opened=1, by=own(ana))
    assert client.post(stand).status_code == 409, "what was written since is not handed in"
    reviews.hand_in(ana, SAID, opened=2, by=own(ana))
    assert (len(queries.handed_in(file)), Review.objects.get(assignment=ana).returned_because) == (2, "")
    kinds = Event.objects.about(ana).order_by("pk").values_list("kind", flat=True)
    assert [each.rpartition(".")[2] for each in kinds if "written" not in each] == [
        "handed_in", "sent_back", "let_stand", "sent_back", "handed_in"]  # fmt: skip


def test_who_may_send_a_review_back_and_until_when(client: Any, file: Application, officer: Person):
    ana, eva = judged(file, 2), judged(file, 4)
    head = holder("head-of-the-network")
    for someone in (head, own(ana), own(eva)):
        team.sign_in(client, someone)
        assert client.post(f"{RESULTS}/{file.code}/{ana.pk}/send-back/", {"reason": "Mine"}).status_code == 404
        with pytest.raises(Refusal):
            returns.send_back(ana, reason="Mine", by=someone)
    team.sign_in(client, head)
    assert "send-back" not in client.get(f"{RESULTS}/{file.code}/").content.decode()
    returns.send_back(ana, reason="Of the wrong city", by=officer)
    reviews.recuse(ana, kind="personal", detail="A cousin", by=own(ana))
    Conflict.objects.all().delete()
    assignments.assign(ana.reviewer, file, by=officer)
    assert Assignment.objects.get(pk=ana.pk).state == states.OPEN, "what was sent back is not counted by the way"
    reviewers.leave(eva.reviewer, reason="Ill", by=own(eva))
    assert code_of(lambda: returns.send_back(eva, reason="Late", by=officer)) == "gone"
    decisions.decide(file, True, "", opened=0, by=head)
    for act in (lambda: returns.send_back(eva, reason="Late", by=officer), lambda: returns.let_stand(ana, by=officer)):
        assert code_of(act) == "decided"
