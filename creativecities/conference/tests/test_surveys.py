"""The survey: prepared, asked of those who came, answered once by a link, counted so that nobody is told apart."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts import actions as accounts
from creativecities.accounts.tests import people
from creativecities.conference import jobs, states
from creativecities.conference.actions import surveys as acts
from creativecities.conference.compute import surveying
from creativecities.conference.formats import surveys as formats
from creativecities.conference.models import Delegate, Delegation, Edition, Survey, SurveyAnswer, SurveyLink
from creativecities.conference.queries import surveys as queries
from creativecities.conference.tests import kit
from creativecities.core import days
from creativecities.core.models import Event, Mail
from creativecities.core.refusal import Refusal
from creativecities.core.words import Words
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
DESK, RESULTS = "/secretariat/conference/2031/survey/", "/conference/2031/survey/"
TODAY = days.today()
ITEMS: list[dict[str, Any]] = [
    {"key": "whole", "kind": "scale", "is_required": True, "label": {"en": "How was it?", "fr": "Votre avis ?"},
     "guidance": {}, "options": {"en": "poor\nexcellent"}},
    {"key": "best", "kind": "choices", "is_required": False, "label": {"en": "What was best?"}, "guidance": {},
     "options": {"en": "talks\nvisits"}},
    {"key": "words", "kind": "text", "is_required": False, "label": {"en": "Anything else?"}, "guidance": {},
     "options": {}},
]  # fmt: skip


@pytest.fixture
def sent() -> Delegation:
    """A city whose people can be written to, at an edition that ended yesterday and asks three questions."""
    given = {**kit.settings(), "survey": ITEMS}
    made = kit.delegation(kit.edition(starts_in=-4, settings=given), team.city("Kobe"))
    for at in range(6):
        kit.delegate(made, "expert", f"Gast {at} Exemplo", email=f"gast{at}@example.org")
    return made


def opened(edition: Edition) -> Survey:
    acts.prepare(edition, TODAY, TODAY + dt.timedelta(days=10), opened=1, by=team.officer())
    jobs.look_after_surveys()
    return Survey.objects.get()


def shut(survey: Survey) -> Survey:
    acts.close(survey, by=jobs.CALENDAR)
    survey.refresh_from_db()
    return survey


def answer_all(survey: Survey, marks: str, words: str = "Fine") -> None:
    for link, mark in zip(survey.links.all(), marks, strict=True):
        acts.answer(link, {"whole": mark, "best": ["0"], "words": words}, by=acts.SOMEBODY)


def test_an_edition_begins_with_the_usual_questions_in_its_languages(client: Any):
    edition = kit.edition(starts_in=-4)
    desk = team.sign_in(client, team.officer())
    assert "Begin with the usual questions" in desk.get(DESK).content.decode()
    for status in (302, 409):
        assert desk.post(f"{DESK}begin/", {"opened": Edition.objects.get().version}).status_code == status
    edition.refresh_from_db()
    asked = edition.settings["survey"]
    assert set(asked[0]["label"]) == {"en", "fr"}
    for item in asked:
        kind = surveying.OPTIONS[item["kind"]]
        assert {len(surveying.lines(text)) for text in item["options"].values()} <= set(kind), item["key"]
    assert len(formats.default(["zh-Hans"])) == len(asked) == 9


@pytest.mark.parametrize(
    ("kind", "english", "french", "said"),
    [
        ("choice", "one", "", "do not go with"),
        ("scale", "one", "", "do not go with"),
        ("text", "one\ntwo", "", "do not go with"),
        ("choice", "one\ntwo", "un", "as many lines"),
        ("choice", "one\n\n two", "un\ndeux", ""),
    ],
)
def test_what_can_be_chosen_goes_with_the_kind(client: Any, kind: str, english: str, french: str, said: str):
    kit.edition()
    desk, place = team.sign_in(client, team.officer()), "/secretariat/conference/2031/settings/survey/"
    typed = {"opened": 1, "kind": kind, "label_en": "Which?", "options_en": english, "options_fr": french}
    answer = desk.post(place, typed)
    assert answer.status_code == (422 if said else 302)
    if said:
        assert said in answer.content.decode()
        assert "Which?" in answer.content.decode()


def test_who_came_is_asked_once_by_a_link_that_names_nobody(sent: Delegation):
    door, came = kit.door(sent.edition), sent.delegates.first()
    assert came
    kit.delegate(sent, "observer", "Stumm Exemplo")  # has no address
    kit.came(door, came)
    survey = opened(sent.edition)
    assert jobs.look_after_surveys() == 0
    assert [link.delegate for link in survey.links.all()] == [came]
    kit.came(door, *sent.delegates.all()[1:3])  # a phone hands in later
    jobs.look_after_surveys()
    survey.refresh_from_db()
    assert (survey.asked, Mail.objects.filter(kind="conference.survey.asked").count()) == (3, 3)
    letter = Mail.objects.get(kind="conference.survey.asked", to_address=came.email)
    assert SurveyLink.objects.get(delegate=came).key in letter.link
    assert "Exemplo" not in letter.subject + letter.body


def test_where_no_door_counted_who_is_confirmed_and_can_be_written_to_is_asked(sent: Delegation):
    kit.delegate(sent, "observer", "Gone Exemplo", email="gone@example.org", state="withdrawn", number=None)
    kit.delegate(sent, "observer", "Stumm Exemplo")
    assert opened(sent.edition).asked == 6


def test_who_comes_for_two_cities_is_asked_once(sent: Delegation):
    guest = people.person("Clara Exemplo")
    for city in ("Nara", "Mito"):
        kit.delegate(kit.delegation(sent.edition, team.city(city)), "observer", "Clara Exemplo", person=guest)
    assert opened(sent.edition).asked == 7
    assert jobs.look_after_surveys() == 0


def test_who_is_late_at_the_desk_neither_asks_nor_opens_twice(sent: Delegation):
    survey, same = opened(sent.edition), Survey.objects.get()
    with pytest.raises(Refusal):
        acts.begin(Survey(pk=survey.pk, edition=sent.edition), by=jobs.CALENDAR)
    shut(survey)
    kit.delegate(sent, "observer", "Late Exemplo", email="late@example.org")
    with pytest.raises(Refusal, match="closed"):
        acts.ask(same, by=jobs.CALENDAR)
    assert Survey.objects.get().asked == 6


def test_it_opens_with_the_questions_as_they_are_then(sent: Delegation):
    acts.prepare(sent.edition, TODAY, TODAY + dt.timedelta(days=10), opened=1, by=team.officer())
    survey = Survey.objects.select_related("edition").get()
    Edition.objects.update(settings={**sent.edition.settings, "survey": ITEMS[:1]})
    acts.begin(survey, by=jobs.CALENDAR)
    assert [each["key"] for each in Survey.objects.get().questions] == ["whole"]


def test_a_closed_survey_knows_no_more_who_has_answered_nor_when(sent: Delegation):
    survey = opened(sent.edition)
    keys = set(survey.links.values_list("key", flat=True))
    for link in survey.links.all()[:5]:
        acts.answer(link, {"whole": "4"}, by=acts.SOMEBODY)
    assert Event.objects.filter(kind="conference.survey.answered").count() == 1
    told = Event.objects.get(kind="conference.survey.answered").at
    assert (told.hour, told.minute, told.second) == (0, 0, 0)
    shut(survey)
    assert set(survey.links.values_list("key", flat=True)) == keys
    assert not survey.links.filter(has_answered=True).exists()
    by_pk = list(survey.links.order_by("pk").values_list("key", flat=True))
    assert by_pk == sorted(by_pk)


def test_days_are_sound_and_two_officers_do_not_overwrite_each_other(client: Any, sent: Delegation):
    officer = team.officer()
    soon = TODAY + dt.timedelta(days=3)
    for first, end, said in ((TODAY - dt.timedelta(days=5), soon, "last day"), (soon, soon, "closes after")):
        with pytest.raises(Refusal, match=said):
            acts.prepare(sent.edition, first, end, opened=1, by=officer)
    with pytest.raises(Refusal, match="Secretariat"):
        acts.prepare(sent.edition, TODAY, soon, opened=1, by=team.member(sent.city))
    acts.prepare(sent.edition, soon, soon + dt.timedelta(days=9), opened=1, by=officer)
    desk, typed = team.sign_in(client, team.officer("Pavel Petrov")), {"opened": 1, "opens_on": soon}
    page = desk.post(DESK, {**typed, "closes_on": soon + dt.timedelta(days=2)})
    assert page.status_code == 302
    page = desk.post(DESK, {**typed, "closes_on": soon + dt.timedelta(days=5)})
    assert page.status_code == 409
    assert "Pavel Petrov" in page.content.decode()
    Edition.objects.update(settings=kit.settings())
    sent.edition.refresh_from_db()
    with pytest.raises(Refusal, match="questions first"):
        acts.prepare(sent.edition, soon, soon + dt.timedelta(days=9), opened=2, by=officer)


def test_a_link_answers_once_and_leads_from_no_answer_to_anybody(client: Any, sent: Delegation):
    survey = opened(sent.edition)
    link = survey.links.first()
    assert link
    place = f"{RESULTS}{link.key}/"
    page = client.get(place).content.decode()
    assert "How was it?" in page
    assert "1 (poor)" in page
    wrong = client.post(place, {"best": "0", "words": "Kept <b>words"})
    assert wrong.status_code == 422
    assert "Kept &lt;b&gt;words" in wrong.content.decode()
    assert client.post(place, {"whole": "4", "best": ["0", "1"], "words": "\u202eMore lamps"}).status_code == 302
    assert "Thank you" in client.get(f"{place}?thanks").content.decode()
    assert client.post(place, {"whole": "5"}).status_code == 409
    assert "used already" in client.get(place).content.decode()
    survey.refresh_from_db()
    assert survey.answered == 1
    assert {each.question: each.value for each in survey.answers.all()} == {
        "whole": "4", "best": ["0", "1"], "words": "More lamps",
    }  # fmt: skip
    fields = {each.name for each in SurveyAnswer._meta.get_fields()} | {each.name for each in SurveyLink._meta.fields}
    assert fields == {"id", "survey", "question", "value", "delegate", "key", "has_answered"}
    told = Event.objects.get(kind="conference.survey.answered")
    assert (told.actor_id, told.facts, told.subject_name) == (None, {}, "2031")
    for strange in ("nobody", link.key[:-1]):
        assert client.get(f"{RESULTS}{strange}/").status_code == 404
    assert client.get(f"/conference/2032/survey/{link.key}/").status_code == 404


def test_of_two_windows_the_second_is_told(sent: Delegation):
    survey = opened(sent.edition)
    link, same = survey.links.first(), survey.links.first()
    assert link
    assert same
    acts.answer(link, {"whole": "1"}, by=acts.SOMEBODY)
    with pytest.raises(Refusal, match="used already"):
        acts.answer(same, {"whole": "2"}, by=acts.SOMEBODY)
    survey.refresh_from_db()
    assert (survey.answered, survey.answers.count()) == (1, 1)
    shut(survey)
    with pytest.raises(Refusal, match="closed"):
        acts.answer(survey.links.last() or same, {"whole": "2"}, by=acts.SOMEBODY)


def test_closing_mixes_what_there_is_and_only_then_it_is_read(client: Any, new_client: Any, sent: Delegation):
    survey = opened(sent.edition)
    for at, link in enumerate(survey.links.all()):
        acts.answer(link, {"whole": "45"[at % 2], "words": f"Text {5 - at}"}, by=acts.SOMEBODY)
    before = set(survey.answers.values_list("id", flat=True))
    survey.refresh_from_db()
    desk = team.sign_in(client, team.officer())
    assert "Text" not in desk.get(DESK).content.decode()
    assert queries.results(survey) == []
    assert new_client().get(RESULTS).status_code == desk.get(f"{RESULTS}nothing/").status_code == 404
    Survey.objects.update(opens_on=TODAY - dt.timedelta(days=9), closes_on=TODAY)
    jobs.look_after_surveys()
    survey.refresh_from_db()
    assert survey.state == states.CLOSED
    assert not before & set(survey.answers.values_list("id", flat=True))
    with connection.cursor() as cursor:  # as they lie on the disk
        place = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT id FROM conference_surveyanswer ORDER BY {place}")
        lie = [uuid.UUID(str(key)) for (key,) in cursor.fetchall()]
    assert lie == sorted(lie)
    page = desk.get(DESK).content.decode()
    assert page.index("Text 0") < page.index("Text 3") < page.index("Text 5")


def test_results_are_public_once_published_and_without_texts(client: Any, new_client: Any, sent: Delegation):
    survey = opened(sent.edition)
    answer_all(survey, "444555")
    shut(survey)
    visitor, desk = new_client(), team.sign_in(client, team.officer())
    assert visitor.get(RESULTS).status_code == visitor.get("/conference/2031/survey.csv").status_code == 404
    assert desk.post(f"{DESK}act/", {"act": "publish"}).status_code == 302
    with CaptureQueriesContext(connection) as asked:
        page = visitor.get(RESULTS).content.decode()
    assert len(asked) <= 5
    assert "6 of 6 participants have answered" in page
    assert "Too few answers" in page  # three each: told together they would be all
    assert "talks" in page
    assert "Fine" not in page
    assert "Fine" in desk.get(DESK).content.decode()
    assert RESULTS in visitor.get("/conference/2031/").content.decode()
    rows = visitor.get("/conference/2031/survey.json").json()
    assert rows["results"][1] == {
        "question": "best", "question_label": "What was best?", "kind": "choices", "answered": 6, "value": ["0"],
        "value_label": "talks", "number": 6,
    }  # fmt: skip
    assert "Fine" not in visitor.get("/conference/2031/survey.csv").content.decode()
    assert desk.post(f"{DESK}act/", {"act": "withdraw"}).status_code == 302
    assert visitor.get(RESULTS).status_code == 404
    assert desk.post(f"{DESK}act/", {"act": "open"}).status_code == 404


def test_of_fewer_than_five_nothing_is_told_to_anybody(client: Any, sent: Delegation):
    survey = opened(sent.edition)
    for link in survey.links.all()[:4]:
        acts.answer(link, {"whole": "1", "words": "Lampshade"}, by=acts.SOMEBODY)
    survey = shut(Survey.objects.get())
    assert "Lampshade" not in team.sign_in(client, team.officer()).get(DESK).content.decode()
    with pytest.raises(Refusal, match="Fewer than five"):
        acts.publish(survey, by=team.officer("Pavel Petrov"))


def test_a_participant_with_an_account_is_led_to_their_link(client: Any, new_client: Any, sent: Delegation):
    guest = team.member(sent.city, "Clara Exemplo", role="alternative-contact")
    kit.delegate(sent, "observer", "Clara Exemplo", person=guest)
    survey = opened(sent.edition)
    link = SurveyLink.objects.get(delegate__person=guest)
    own, place = team.sign_in(client, guest), "/conference/2031/mine/survey/"
    assert place in own.get("/conference/2031/").content.decode()
    assert own.get(place).url == f"{RESULTS}{link.key}/"
    other = team.sign_in(new_client(), team.member(team.city("Nara")))
    assert other.get(place).status_code == 404
    acts.answer(link, {"whole": "3"}, by=acts.SOMEBODY)
    assert place not in own.get("/conference/2031/").content.decode()
    accounts.erase(guest, by=guest)
    assert survey.links.count() == 6
    assert Survey.objects.get().answered == 1


def test_a_cancelled_edition_asks_nobody(sent: Delegation):
    acts.prepare(sent.edition, TODAY, TODAY + dt.timedelta(days=10), opened=1, by=team.officer())
    Edition.objects.update(state=states.CANCELLED)
    assert jobs.look_after_surveys() == 0
    assert not Mail.objects.filter(kind="conference.survey.asked").exists()
    assert Delegate.objects.count() == 6


def _counted(kind: str, answers: list[Any], options: int = 0) -> surveying.Counted:
    asked = surveying.Question("q", kind, Words("?", "en"), "", [str(at) for at in range(options)], is_required=False)
    return surveying.counted(asked, answers)


@pytest.mark.apart
@pytest.mark.parametrize(
    ("marks", "groups"),
    [
        ("", []),
        ("1234", []),
        ("55555", [(["1"], 0), (["2"], 0), (["3"], 0), (["4"], 0), (["5"], 5)]),
        ("4" * 9 + "5" * 3, []),
        ("1" * 5 + "4" * 9 + "5" * 3, [(["1"], 5), (["2"], 0), (["3"], 0), (["4", "5"], 12)]),
        ("1" * 2 + "3" * 3 + "4" * 6, [(["1", "2", "3"], 5), (["4"], 6), (["5"], 0)]),
    ],
)
def test_small_groups_are_told_with_their_neighbours(marks: str, groups: Any):
    found = _counted("scale", list(marks))
    assert found.groups == groups
    assert all(number == 0 or number >= surveying.FEWEST for _values, number in found.groups)


@pytest.mark.apart
def test_a_mean_tells_no_more_than_the_groups():
    assert _counted("scale", list("1" * 2 + "3" * 3 + "4" * 6)).mean == (2 * 5 + 4 * 6) / 11
    assert _counted("scale", list("1" * 1 + "3" * 4 + "4" * 6)).mean == (2 * 5 + 4 * 6) / 11
    assert _counted("yes-no", ["yes"] * 9).mean is None


@pytest.mark.apart
def test_where_several_are_chosen_neither_the_few_nor_the_few_others_are_told():
    given = [["0", "1"]] * 9 + [["0", "2"]] + [["2", "3"]] * 5
    found = _counted("choices", given, 5)
    assert found.groups == [(["0"], 10), (["1"], 9), (["2"], 6), (["3"], 5), (["4"], 0)]
    found = _counted("choices", [["0", "1"]] * 9 + [["1"]], 2)
    assert (found.groups, found.untold) == ([(["1"], 10)], ["0"])
    assert _counted("choices", [["0"]] * 4, 2).groups == []


@pytest.mark.apart
def test_texts_come_in_the_order_of_the_alphabet():
    assert _counted("text", list("bacde")).texts == list("abcde")


@pytest.mark.apart
@pytest.mark.parametrize("kind", surveying.OPTIONS)
def test_of_a_question_fewer_than_five_answered_nothing_is_told_not_even_how_many(kind: str):
    found = _counted(kind, ["1"] * 4, 2)
    assert (found.answered, found.is_told, found.mean) == (None, False, None)


@pytest.mark.apart
def test_the_few_who_chose_none_of_what_is_told_are_not_reckoned_together():
    found = _counted("choices", [["0"]] * 12 + [["1"]] * 5 + [["2"]] * 3, 3)
    assert (found.groups, found.untold) == ([(["0"], 12)], ["1", "2"])


def test_whom_a_postponed_edition_did_not_see_is_not_asked(sent: Delegation):
    acts.prepare(sent.edition, TODAY, TODAY + dt.timedelta(days=10), opened=1, by=team.officer())
    Edition.objects.update(state=states.POSTPONED)
    assert jobs.look_after_surveys() == 0
    assert not SurveyLink.objects.exists()


def test_a_survey_is_over_before_those_it_asks_are_forgotten(sent: Delegation):
    kept = sent.edition.last_day + dt.timedelta(days=30) if sent.edition.last_day else TODAY
    with pytest.raises(Refusal, match="addresses are deleted after"):
        acts.prepare(sent.edition, TODAY, kept + dt.timedelta(days=2), opened=1, by=team.officer())
    acts.prepare(sent.edition, TODAY, kept + dt.timedelta(days=1), opened=1, by=team.officer("Pavel Petrov"))
