"""Calls as they are written: by several at once, in any zone, without losing a key, a word or an answer."""

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from creativecities.calls.actions import calls as actions
from creativecities.calls.models import Call, Extension
from creativecities.calls.tests import kit
from creativecities.calls.tests.conftest import DESK, read
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.core.words import in_language
from creativecities.network.actions.cities import Conflict
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


def test_a_form_that_comes_back_after_another_saved_can_be_sent_again(desk: Any, officer: Any):
    call = kit.draft(officer)
    late = {"opened": call.version}
    actions.save_part(call, "rules", {"most_links": 5}, opened=call.version, by=team.officer("Rui Exemplo"))
    refused = desk.post(f"{DESK}2031/publish/", late)
    assert "was edited since you opened this page" in refused.content.decode()
    assert (
        desk.post(
            f"{DESK}2031/publish/", {"opened": refused.context["release"]["opened"].value(), "sure": 1}
        ).status_code
        == 302
    )
    early = (timezone.now() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page = desk.post(f"{DESK}2031/extend/", {"until": early, "country": "", "reason": "Why"})
    assert page.context["call"].version == Call.objects.get().version


def test_the_clock_is_the_calls_own_whatever_the_zone_of_who_reads_and_types(desk: Any, officer: Any):
    officer.time_zone = "Asia/Tokyo"
    officer.save()
    call = kit.draft(officer)
    year = timezone.now().year + 2
    walls = {"zone": "Europe/Paris", "opens_at": f"{year}-03-01T09:00", "closes_at": f"{year}-05-04T00:00"}
    form = kit.typed(desk.get(f"{DESK}2031/dates/"))
    assert desk.post(f"{DESK}2031/dates/", {**form, **walls}).status_code == 302
    call.refresh_from_db()
    assert {name: call.next["dates"][name] for name in walls} == walls
    actions.release(call, reason="", opened=call.version, by=officer)
    actions.save_part(call, "dates", {"zone": "Asia/Tokyo"}, opened=call.version, by=officer)
    until = {"until": f"{year}-06-02T00:00", "country": "", "reason": "More time"}
    assert desk.post(f"{DESK}2031/extend/", until | {"sure": "1"}).status_code == 302
    assert Extension.objects.get().closes_at == dt.datetime(year, 6, 1, 22, tzinfo=dt.UTC), "Paris, as published"
    page = read(desk, "/calls/2031/")
    paris = timezone.now().astimezone(ZoneInfo("Europe/Paris"))
    assert f"{paris:%H:%M} now" in page or f"{paris - dt.timedelta(minutes=1):%H:%M} now" in page
    assert page.count(f"June 1, {year}, 24:00") == 2, "the notice and the timeline both tell the new deadline"
    assert f"May 3, {year}" not in page


def test_an_hour_the_clock_skips_is_no_deadline(desk: Any, officer: Any):
    kit.draft(officer)
    form = kit.typed(desk.get(f"{DESK}2031/dates/"))
    for wall, zone, status in (("2032-03-28T02:30", "Europe/Paris", 422), ("2032-03-28T02:30", "Asia/Tokyo", 302),
                               ("2032-10-31T02:30", "Europe/Paris", 302)):  # fmt: skip
        answer = desk.post(f"{DESK}2031/dates/", {**form, "zone": zone, "closes_at": wall})
        assert answer.status_code == status, (wall, zone)
        form["opened"] = Call.objects.get().version


def test_an_extension_ends_before_the_next_date(officer: Any):
    call = kit.published(officer, announced_at=40)
    with pytest.raises(Refusal, match="before the next date"):
        actions.extend(call, until=timezone.now() + dt.timedelta(days=41), country=None, reason="Why", by=officer)


def test_a_key_is_never_given_twice(desk: Any, officer: Any):
    call = kit.published(officer)
    actions.remove_item(call, "questions", "history", opened=call.version, by=officer)
    again = {"label": {"en": "History", "fr": "Histoire"}, "section": "assets", "block": "", "kind": "number"}
    actions.save_item(call, "questions", "", again, opened=call.version, by=officer)
    assert call.next["questions"][-1]["key"] == "history-2", "answers to the published one are kept under its key"


def test_who_removes_a_section_sees_that_somebody_wrote_in_it(officer: Any):
    call, other = kit.draft(officer), team.officer("Rui Exemplo")
    opened = call.version
    actions.save_item(call, "questions", "budget", {"is_required": False}, opened=opened, by=other)
    with pytest.raises(Conflict):
        actions.remove_item(call, "sections", "plan", opened=opened, by=officer)
    call.refresh_from_db()
    actions.remove_item(call, "sections", "plan", opened=call.version, by=officer)
    assert len(Event.objects.filter(kind="calls.call.edited").first().facts["went_along"]) == 13


def test_what_was_typed_into_something_removed_meanwhile_comes_back(desk: Any, officer: Any):
    call = kit.draft(officer)
    form = kit.typed(desk.get(f"{DESK}2031/answers/late/"))
    actions.remove_item(call, "answers", "late", opened=call.version, by=officer)
    answer = desk.post(f"{DESK}2031/answers/late/", {**form, "opened": call.version, "answer_en": "My long words"})
    assert answer.status_code == 409
    assert "Somebody has removed this meanwhile." in answer.content.decode()
    assert "My long words" in answer.content.decode()


def test_a_question_without_its_section_or_block_keeps_a_call_from_being_published(officer: Any):
    call = kit.draft(officer)
    for values in ({"section": "nowhere"}, {"section": "assets", "block": "budget"}, {"block": "history"}):
        call.refresh_from_db()
        actions.save_item(call, "questions", "history", values, opened=call.version, by=officer)
        with pytest.raises(Refusal, match="stands in a section or block that is not there"):
            actions.release(call, reason="", opened=call.version, by=officer)


def test_options_are_shown_in_the_order_of_the_languages_however_they_are_kept(desk: Any, officer: Any):
    call = kit.draft(officer)
    size = {"label": {"en": "Size", "fr": "Taille"}, "section": "city", "block": "", "kind": "choice",
            "options": [{"key": "k1", "label": {"fr": "petite", "en": "small"}}]}  # fmt: skip
    actions.save_item(call, "questions", "", size, opened=call.version, by=officer)
    form = kit.typed(desk.get(f"{DESK}2031/questions/size/"))
    assert form["options"] == "small | petite"
    desk.post(f"{DESK}2031/questions/size/", {**form, "options": "small | petite\nlarge | grande"})
    assert [each["key"] for each in actions.find(Call.objects.get().next, "questions", "size")["options"]] == [
        "k1", "large",
    ]  # fmt: skip


def test_the_rules_are_typed(desk: Any, officer: Any):
    call = kit.draft(officer)
    values = {"opened": call.version, "languages": ["fr", "en"], "fields": ["design"], "endorsements_per_country": "",
              "population_floor": "50000", "cooldown_calls": "0", "most_links": "0"}  # fmt: skip
    assert desk.post(f"{DESK}2031/rules/", values).status_code == 302
    rules = Call.objects.get().next["rules"]
    assert (rules["languages"], rules["fields"]) == (["en", "fr"], ["design"])
    assert (rules["population_floor"], rules["endorsements_per_country"], rules["regions"]) == (50_000, None, [])


def test_a_reader_of_chinese_reads_what_is_written_in_chinese():
    assert in_language({"en": "Call", "zh-Hans": "申请"}, "zh-hans", ["en"]) == ("申请", "zh-Hans")


def test_what_a_withdrawn_call_tells_programs(client: Any, officer: Any):
    call = kit.published(officer)
    actions.withdraw(call, reason="No money", by=officer)
    assert b"STATUS:CANCELLED" in client.get("/calls/2031.ics").content
    assert "No money" in client.get("/calls.atom").content.decode()
    assert json.loads(read(client, "/calls.json"))["results"][0]["phase"] == "withdrawn"
    assert b"2031,Call of the lamps" in client.get("/calls.csv").content
