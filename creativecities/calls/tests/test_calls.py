"""A call as data: begun with a template, written by several, published, changed, extended, and read by everybody."""

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from creativecities.accounts import actions as accounts
from creativecities.calls.actions import calls as actions
from creativecities.calls.formats.templates import template
from creativecities.calls.models import Call, CallVersion, Extension
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import DESK, read
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.actions.cities import Conflict
from creativecities.network.tests import team
from creativecities.network.tests.factories import CountryFactory

pytestmark = pytest.mark.django_db


def test_a_call_goes_from_the_template_to_the_public_page(desk: Any, client: Any, officer: Any):
    kit.FieldFactory()
    kit.RegionFactory()
    assert "Practice of 2025" in read(desk, DESK)
    assert desk.post(DESK, {"slug": "2031", "source": "template 2025-practice"}).url == f"{DESK}2031/"
    page = read(desk, f"{DESK}2031/")
    assert "It has no deadline." in page
    assert "Publish the call</button>" not in page
    form = kit.typed(desk.get(f"{DESK}2031/dates/"))
    assert form["zone"] == "Europe/Paris"
    assert desk.post(f"{DESK}2031/dates/", {**form, **kit.dates()}).status_code == 302
    page = read(desk, f"{DESK}2031/")
    assert "It has no deadline." not in page
    assert "A preview of the next version" in read(desk, f"{DESK}2031/preview/")
    version = Call.objects.get().version
    assert desk.post(f"{DESK}2031/publish/", {"opened": version, "sure": 1}).status_code == 302
    desk.logout()
    for prefix, title, question in (("", "Call for applications", "Local initiatives"),
                                    ("/fr", "Appel à candidatures", "Initiatives locales"),
                                    ("/ar", "Call for applications", "Local initiatives")):  # fmt: skip
        page = read(client, f"{prefix}/calls/2031/")
        assert title in page
        assert question in page
        assert title in read(client, f"{prefix}/calls/")
    assert "250 words at most" in read(client, "/calls/2031/")


def test_a_draft_does_not_exist_for_anybody_but_the_secretariat(client: Any, officer: Any):
    kit.draft(officer)
    paths = ["/calls/2031/", "/calls/2031.ics", DESK, f"{DESK}2031/", f"{DESK}2031/dates/"]
    city = team.city()
    for visitor in (None, team.member(city)):
        if visitor:
            team.sign_in(client, visitor)
        assert "2031" not in read(client, "/calls/")
        assert json.loads(read(client, "/calls.json"))["count"] == 0
        assert "<entry>" not in read(client, "/calls.atom")
        assert {client.get(path).status_code for path in paths} <= {404, 302}
        assert client.get("/calls/2031/").content == client.get("/calls/2032/").content.replace(b"2032", b"2031")
    someone = team.member(city, role="alternative-contact")
    with pytest.raises(Refusal, match="written by the Secretariat"):
        actions.draft_call("2033", template("2025-practice"), by=someone)


def test_every_part_and_item_of_the_template_can_be_opened_and_saved_again_unchanged(desk: Any, officer: Any):
    call = kit.draft(officer)
    said = call.next
    paths = ["about/", "dates/", "evaluation/"]
    paths += [f"{name}/{item['key']}/" for name in ("sections", "documents", "criteria", "answers")
              for item in said[name]]  # fmt: skip
    paths += [f"questions/{item['key']}/" for item in said["questions"][::7]]
    for path in paths:
        response = desk.get(f"{DESK}2031/{path}")
        answer = desk.post(f"{DESK}2031/{path}", kit.typed(response))
        assert answer.status_code == 409, path
        assert "Nothing was changed" in answer.content.decode(), path
    call.refresh_from_db()
    assert call.next == said


def test_a_published_call_changes_with_a_reason_and_tells_what_differs(desk: Any, officer: Any):
    call = kit.published(officer)
    form = kit.typed(desk.get(f"{DESK}2031/questions/history/"))
    desk.post(f"{DESK}2031/questions/history/", {**form, "words": 400, "label_fr": "Histoire <b>du</b> domaine"})
    page = read(desk, f"{DESK}2031/")
    assert "History and role of the field in the city · Words, at most" in page
    assert "Histoire &lt;b&gt;du&lt;/b&gt; domaine" in page
    assert "300" in read(desk, "/calls/2031/"), "what is published stays until the next version is"
    version = Call.objects.get().version
    refused = desk.post(f"{DESK}2031/publish/", {"opened": version})
    assert "everybody who reads the call reads the reason" in refused.content.decode()
    desk.post(f"{DESK}2031/publish/", {"opened": version, "reason": "More was asked for", "sure": 1})
    assert "400 words at most" in read(desk, "/calls/2031/")
    assert [each.number for each in CallVersion.objects.all()] == [2, 1]
    assert "More was asked for" in read(desk, "/calls/2031/")
    event = Event.objects.get(kind="calls.call.changed")
    assert event.facts == {"number": 2, "reason": "More was asked for"}
    call.refresh_from_db()
    assert call.versions.first().definition == call.next


def test_two_officers_see_each_other(officer: Any):
    call, other = kit.draft(officer), team.officer("Rui Exemplo")
    opened = call.version
    actions.save_part(Call.objects.get(), "rules", {"most_links": 5}, opened=opened, by=other)
    with pytest.raises(Conflict) as told:
        actions.save_part(call, "rules", {"most_links": 6}, opened=opened, by=officer)
    assert told.value.by_name == "Rui Exemplo"
    assert Call.objects.get().next["rules"]["most_links"] == 5
    actions.save_part(Call.objects.get(), "evaluation", {"quorum": 3}, opened=opened, by=officer)
    assert Call.objects.get().next["rules"]["most_links"] == 5, "another part is no conflict"
    with pytest.raises(Refusal, match="edited since you opened"):
        actions.release(Call.objects.get(), reason="", opened=opened, by=officer)


def test_the_second_of_two_editors_gets_both_texts(desk: Any, officer: Any):
    call = kit.draft(officer)
    form = kit.typed(desk.get(f"{DESK}2031/answers/late/"))
    theirs = {"answer": {"en": "It is too late then.", "fr": "C’est trop tard."}}
    actions.save_item(call, "answers", "late", theirs, opened=call.version, by=team.officer("Rui Exemplo"))
    answer = desk.post(f"{DESK}2031/answers/late/", {**form, "answer_en": "Mine."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Rui Exemplo saved on" in page
    assert "too late then" in page
    again = kit.typed(answer)
    assert again["answer_en"] == "Mine."
    assert desk.post(f"{DESK}2031/answers/late/", again).status_code == 302
    assert actions.find(Call.objects.get().next, "answers", "late")["answer"]["en"] == "Mine."


def test_the_deadline_of_a_published_call_is_moved_by_an_extension_alone(desk: Any, officer: Any):
    call = kit.published(officer, closes=2)
    said = call.versions.first().definition["dates"]
    actions.save_part(call, "dates", kit.dates(closes=9) | {"opens_at": said["opens_at"]}, opened=call.version,
                      by=officer)  # fmt: skip
    with pytest.raises(Refusal, match="moved by an extension"):
        actions.release(call, reason="Later", opened=call.version, by=officer)
    country = CountryFactory(iso2="PT")
    until = (timezone.now() + dt.timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    desk.post(f"{DESK}2031/extend/", {"until": until, "country": "PT", "reason": "A flood <i>there</i>", "sure": 1})
    extension = Extension.objects.get()
    assert extension.country == country
    page = read(desk, "/calls/2031/")
    assert "Extended for cities of" in page
    assert "A flood &lt;i&gt;there&lt;/i&gt;" in page
    earlier = (timezone.now() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    refused = desk.post(f"{DESK}2031/extend/", {"until": earlier, "country": "", "reason": "Sooner"})
    assert "An extension ends after the present deadline" in refused.content.decode()
    assert 'value="' + earlier in refused.content.decode(), "what was typed is still there"
    actions.extend(call, until=timezone.now() + dt.timedelta(days=7), country=None, reason="For all", by=officer)
    document = json.loads(read(desk, "/calls.json"))["results"][0]
    assert dt.datetime.fromisoformat(document["deadline"]) > timezone.now() + dt.timedelta(days=6)


def test_a_passed_date_is_not_changed(officer: Any):
    call = kit.published(officer)
    actions.save_part(call, "dates", kit.dates(opens=-3) | {"closes_at": call.next["dates"]["closes_at"]},
                      opened=call.version, by=officer)  # fmt: skip
    with pytest.raises(Refusal, match="A date that has passed is not changed"):
        actions.release(call, reason="Because", opened=call.version, by=officer)


def test_the_check_and_the_evaluation_are_given_more_time_late_so_that_the_call_can_be_extended_late(officer: Any):
    call = kit.published(officer, opens=-40, closes=-20, checked_by=-9, evaluated_by=-2)
    until = timezone.now() + dt.timedelta(days=3)
    with pytest.raises(Refusal, match="before the next date"):
        actions.extend(call, until=until, country="PT", reason="A flood", by=officer)
    wanted = {name: kit.dates(checked_by=5, evaluated_by=9)[name] for name in ("checked_by", "evaluated_by")}
    for forbidden in (kit.dates(evaluated_by=-1)["evaluated_by"], ""):
        actions.save_part(call, "dates", {"evaluated_by": forbidden}, opened=Call.objects.get().version, by=officer)
        with pytest.raises(Refusal, match="A date that has passed is not changed"):
            actions.release(call, reason="A flood", opened=Call.objects.get().version, by=officer)
    actions.save_part(call, "dates", wanted, opened=Call.objects.get().version, by=officer)
    actions.release(call, reason="A flood", opened=call.version, by=officer)
    CountryFactory(iso2="PT")
    actions.extend(call, until=until, country="PT", reason="A flood", by=officer)
    assert Extension.objects.get().country_id == "PT"


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [(3, 9, "Not open yet"), (-3, 9, "left)"), (-9, -3, "Closed")],
)
def test_how_a_call_stands_is_told_by_the_clock(client: Any, officer: Any, opens: int, closes: int, words: str):
    kit.published(officer, opens=opens, closes=closes)
    page = read(client, "/calls/2031/")
    assert words.removesuffix(")") in page
    assert "Europe/Paris" in page


def test_a_deadline_at_midnight_is_written_as_the_end_of_the_day(client: Any, officer: Any):
    call = kit.draft(officer)
    wall = f"{timezone.now().year + 1}-03-04T00:00"
    actions.save_part(call, "dates", {"closes_at": wall}, opened=call.version, by=officer)
    actions.release(call, reason="", opened=call.version, by=officer)
    assert f"March 3, {timezone.now().year + 1}, 24:00" in read(client, "/calls/2031/")
    assert Call.objects.get().closes_at.hour == 23, "Paris is an hour ahead in March"


def test_the_dates_are_a_calendar_and_a_feed(client: Any, officer: Any):
    call = kit.published(officer, announced_at=40)
    later = timezone.now() + dt.timedelta(days=25)
    actions.extend(call, until=later, country=None, reason="More & more time", by=officer)
    events = Calendar.from_ical(client.get("/calls/2031.ics").content).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == [
        "Call of the lamps: Opens", "Call of the lamps: Deadline for cities", "Call of the lamps: Announcement",
    ]  # fmt: skip
    assert abs(events[1]["dtstart"].dt - later) < dt.timedelta(seconds=1)
    feed = ElementTree.fromstring(client.get("/fr/calls.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    told = [(one.find(f"{atom}title").text, one.find(f"{atom}summary").text) for one in feed.findall(f"{atom}entry")]
    assert [title for title, _words in told] == ["Appel des lampes"] * 2
    assert "More & more time" in told[1][1]
    assert len({one.find(f"{atom}id").text for one in feed.findall(f"{atom}entry")}) == 2


def test_items_are_added_moved_and_removed(desk: Any, officer: Any):
    call = kit.draft(officer)
    new = {"opened": call.version, "question_en": "Who pays?", "question_fr": "Qui paie ?", "answer_en": "The city.",
           "answer_fr": "La ville."}  # fmt: skip
    assert desk.post(f"{DESK}2031/answers/", new).status_code == 302
    keys = [each["key"] for each in Call.objects.get().next["answers"]]
    assert keys[-1] == "who-pays"
    for act, place in (("up", -2), ("down", -1)):
        desk.post(f"{DESK}2031/answers/who-pays/arrange/", {"act": act, "opened": Call.objects.get().version})
        assert Call.objects.get().next["answers"][place]["key"] == "who-pays"
    remove = {"act": "remove", "opened": Call.objects.get().version}
    assert "Remove “Who pays?”" in desk.post(f"{DESK}2031/answers/who-pays/arrange/", remove).content.decode()
    assert desk.get(f"{DESK}2031/answers/who-pays/").status_code == 200, "nothing goes before it is confirmed"
    desk.post(f"{DESK}2031/answers/who-pays/arrange/", {**remove, "sure": "1"})
    assert desk.get(f"{DESK}2031/answers/who-pays/").status_code == 404
    remove = {"act": "remove", "opened": Call.objects.get().version}
    assert "13 questions go with it" in desk.post(f"{DESK}2031/sections/plan/arrange/", remove).content.decode()
    desk.post(f"{DESK}2031/sections/plan/arrange/", {**remove, "sure": "1"})
    assert "plan" not in {each["section"] for each in Call.objects.get().next["questions"]}


def test_a_block_takes_its_questions_along(officer: Any):
    call = kit.draft(officer)
    actions.save_item(call, "questions", "local", {"section": "assets"}, opened=call.version, by=officer)
    inside = [each["section"] for each in call.next["questions"] if each.get("block") == "local"]
    assert set(inside) == {"assets"}
    actions.remove_item(call, "questions", "local", opened=call.version, by=officer)
    assert not [each for each in call.next["questions"] if "local" in (each["key"], each.get("block"))]


def test_options_keep_their_keys_when_they_are_worded_anew(desk: Any, officer: Any):
    call = kit.draft(officer)
    new = {"opened": call.version, "label_en": "Size", "label_fr": "Taille", "section": "city", "kind": "choice",
           "options": "small | petite\nlarge | grande"}  # fmt: skip
    assert desk.post(f"{DESK}2031/questions/", new).status_code == 302
    form = kit.typed(desk.get(f"{DESK}2031/questions/size/"))
    desk.post(f"{DESK}2031/questions/size/", {**form, "options": "little | petite\nlarge | grande"})
    options = actions.find(Call.objects.get().next, "questions", "size")["options"]
    assert [each["key"] for each in options] == ["small", "large"]
    form = kit.typed(desk.get(f"{DESK}2031/questions/size/"))
    wrong = desk.post(f"{DESK}2031/questions/size/", {**form, "options": "alone"})
    assert wrong.status_code == 422
    assert "Line 1 has 1 languages, the call has 2." in wrong.content.decode()


def test_weights_that_sum_to_nothing_and_missing_words_keep_a_call_from_being_published(officer: Any):
    call = kit.draft(officer)
    for criterion in list(call.next["criteria"]):
        actions.save_item(call, "criteria", criterion["key"], {"weight": 0}, opened=call.version, by=officer)
    actions.save_item(call, "questions", "history", {"words": None, "label": {"en": "History", "fr": ""}},
                      opened=call.version, by=officer)  # fmt: skip
    with pytest.raises(Refusal) as told:
        actions.release(call, reason="", opened=call.version, by=officer)
    reason = str(told.value)
    assert "The weights of the criteria sum to nothing: Experts." in reason
    assert "The question “History” has no limit of words." in reason
    assert "“History” is not written in every language of the call." in reason
    assert Call.objects.get().state == "draft"


def test_a_withdrawn_call_stays_readable_with_its_reason_and_is_not_edited(desk: Any, officer: Any):
    call = kit.published(officer)
    assert desk.get(f"{DESK}2031/").context["withdraw"]["reason"].field.required, "not called optional"
    refused = desk.post(f"{DESK}2031/withdraw/", {"reason": ""})
    assert "everybody who reads the call reads the reason" in refused.content.decode()
    desk.post(f"{DESK}2031/withdraw/", {"reason": "No money this year", "sure": 1})
    assert "No money this year" in read(desk, "/calls/2031/")
    with pytest.raises(Refusal, match="is withdrawn"):
        actions.save_part(call, "rules", {"most_links": 1}, opened=call.version, by=officer)


def test_the_next_call_begins_with_what_the_last_one_said_without_its_dates(desk: Any, officer: Any):
    first = kit.published(officer)
    desk.post(DESK, {"slug": "2033", "source": "call 2031"})
    second = Call.objects.get(slug="2033")
    assert second.next["questions"] == first.next["questions"]
    assert second.next["dates"] == {**dict.fromkeys(first.next["dates"], ""), "zone": "Europe/Paris"}
    again = desk.post(DESK, {"slug": "2033", "source": "nothing"})
    assert "There is a call of this name already." in again.content.decode()


def test_who_deletes_the_account_leaves_the_calls_without_the_name(officer: Any):
    call = kit.published(officer)
    actions.extend(call, until=timezone.now() + dt.timedelta(days=25), country=None, reason="A flood", by=officer)
    team.officer("Rui Exemplo")
    accounts.erase(officer, by=officer)
    assert not CallVersion.objects.exclude(person_name="").exists()
    assert not Extension.objects.exclude(person_name="").exists()
    assert not Event.objects.filter(kind__startswith="calls.", actor_name="Olga Exemplo").exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_calls_asks_the_same_of_few_and_many(
    client: Any, officer: Any, number: int, django_assert_num_queries: Any
):
    for at in range(number):
        kit.published(officer, slug=f"20{31 + at}")
    for at, country in enumerate(("PT", "ES", "FR")[:number], start=21):
        CountryFactory(iso2=country)
        until = timezone.now() + dt.timedelta(days=at)
        actions.extend(Call.objects.get(slug="2031"), until=until, country=country, reason="A flood", by=officer)
    with django_assert_num_queries(4):
        client.get("/calls/")
    with django_assert_num_queries(6):
        client.get("/calls/2031/")
