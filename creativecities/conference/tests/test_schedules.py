"""The released programme as schedule.xml, schedule.json and a calendar, in each language, and back into a draft."""

import json
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from creativecities.conference import states
from creativecities.conference.actions import imports
from creativecities.conference.actions import releases as acts
from creativecities.conference.formats import frab, frab_json, ical
from creativecities.conference.models import Delegate, Speaker
from creativecities.conference.queries import imports as looked
from creativecities.conference.queries import releases
from creativecities.conference.tests import kit
from creativecities.core import freshness
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
KINDS = ("xml", "json", "ics")


@pytest.fixture
def edition():
    one = kit.edition("testville-2031")
    hall = kit.room(one, "great-hall")
    opening = kit.session(one, room=hall, title={"en": "Opening", "fr": "Ouverture"}, abstract={"en": "Words & more"})
    kit.session(one, "night", hour=23, minutes=180)
    sent = kit.delegation(one, team.city())
    for name, consent in (("Ana Exemplo", Delegate.Consent.PUBLIC), ("Bia Oculta", Delegate.Consent.NOBODY)):
        Speaker.objects.create(
            session=opening, delegate=kit.delegate(sent, name=name, email="x@y.org", consent=consent)
        )
    return one


def release(one):
    return acts.release(one, note="", read=releases.draft(one).fingerprint, by=team.officer())


def address(kind, prefix=""):
    return f"{prefix}/conference/testville-2031/schedule.{kind}"


def test_the_xml_says_what_was_released(client, edition):
    release(edition)
    answer = client.get(address("xml"))
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.findtext("version") == "1"
    assert root.findtext("conference/time_zone_name") == "Europe/Lisbon"
    opening = root.find(".//event")
    assert opening.get("guid") == str(edition.sessions.get(slug="opening").guid)
    assert opening.findtext("abstract") == "Words & more"
    assert opening.findtext("slug") == "testville_2031-opening"
    assert opening.findtext("url").endswith("/conference/testville-2031/programme/opening/")


def test_who_did_not_agree_goes_by_the_city_and_no_address_or_code_is_told(client, edition):
    release(edition)
    codes = list(Delegate.objects.values_list("code", flat=True))
    for kind in KINDS:
        text = client.get(address(kind)).content.decode()
        assert not [word for word in ("Bia", "x@y.org", *codes) if word in text]
    people = [person.text for person in ElementTree.fromstring(client.get(address("xml")).content).iter("person")]
    assert people == ["Ana Exemplo", "Kobe"]


def test_numbers_and_names_stay_through_releases(client, edition):
    def told():
        root = ElementTree.fromstring(client.get(address("xml")).content)
        return {event.get("guid"): (event.get("id"), event.findtext("slug")) for event in root.iter("event")}

    release(edition)
    before = told()
    kit.session(edition, "first-of-all", hour=6)
    edition.sessions.filter(slug="opening").update(title={"en": "Renamed"})
    release(edition)
    after = told()
    assert len(after) == 3
    assert {guid: after[guid] for guid in before} == before


def test_the_json_and_the_calendar_say_the_same(client, edition):
    release(edition)
    document = json.loads(client.get(address("json")).content)
    days = document["schedule"]["conference"]["days"]
    titles = [event["title"] for day in days for events in day["rooms"].values() for event in events]
    assert sorted(titles) == ["Night", "Opening"]
    calendar = Calendar.from_ical(client.get(address("ics")).content)
    found = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
    assert str(found["Opening"]["LOCATION"]) == "Great-Hall"
    assert found["Opening"]["UID"].startswith(str(edition.sessions.get(slug="opening").guid))
    assert found["Night"]["DTEND"].dt == edition.sessions.get(slug="night").ends_at


def test_each_language_has_its_own_and_says_what_there_is(client, edition):
    release(edition)
    root = ElementTree.fromstring(client.get(address("xml", "/fr")).content)
    assert {event.findtext("title") for event in root.iter("event")} == {"Ouverture", "Night"}


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_who_wishes_to_be_named_no_more_is_missing_at_once(client, edition, kind):
    release(edition)
    assert "Ana Exemplo" in client.get(address(kind)).content.decode()
    Delegate.objects.update(consent=Delegate.Consent.NOBODY)
    assert "Ana Exemplo" not in client.get(address(kind)).content.decode()


def test_the_file_is_the_same_until_the_next_release(client, edition):
    release(edition)
    before = {kind: client.get(address(kind)).content for kind in KINDS}
    edition.sessions.filter(slug="opening").update(title={"en": "Only in the draft"})
    assert {kind: client.get(address(kind)).content for kind in KINDS} == before
    release(edition)
    assert all(b"Only in the draft" in client.get(address(kind)).content for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_released_and_what_is_not_there_are_not_found(client, edition, kind):
    assert client.get(address(kind)).status_code == 404
    release(edition)
    edition.state = states.DRAFT
    edition.save()
    assert client.get(address(kind)).status_code == 404
    assert client.get(f"/conference/nowhere/schedule.{kind}").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_statements_right_after_a_release_however_many_sessions(client, edition, kind):
    counts = []
    for number in (1, 30):
        for each in range(number):
            kit.session(edition, f"more-{number}-{each}", day=each % 4)
        release(edition)
        freshness.forget()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(kind)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4


@pytest.mark.parametrize(("kind", "format_"), [("xml", frab), ("json", frab_json), ("ics", ical)])
def test_what_is_published_comes_back_into_the_draft_without_a_change(client, edition, kind, format_):
    release(edition)
    reading = format_.read(client.get(address(kind)).content, zone="UTC")
    file = imports.hand_in(edition, reading, name="own", language="en", by=team.officer())
    assert looked.preview(file).changes == []
