"""The calendar of a field: for its cities on their page, in public for calendar programs."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from creativecities.core import days, freshness
from creativecities.exchange.models import Invitation
from creativecities.exchange.tests.factories import initiative, opening
from creativecities.exchange.tests.feast import sent, speaker
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory, member

pytestmark = pytest.mark.django_db
PAGE, FILE = "/fields/design/cities/", "/fields/design/calendar.ics"


def ahead(first: int, last: int | None = None) -> dict[str, Any]:
    """Days from today."""
    today = days.today()
    ends_on = None if last is None else today + dt.timedelta(last)
    return {"starts_on": today + dt.timedelta(first), "ends_on": ends_on, "precision": "day"}


def titles(client: Any) -> list[str]:
    freshness.forget()
    events = Calendar.from_ical(client.get(FILE).content).walk("VEVENT")
    return [str(event["SUMMARY"]).split(" (")[0] for event in events]


@pytest.fixture
def reader(new_client: Any) -> Any:
    return team.sign_in(new_client(), team.member(member(name="Vila Nova"), "Ana Exemplo"))


def test_festivals_and_events_of_the_field_until_they_are_over(client: Any):
    FieldFactory(slug="film")
    initiative("Now", fields="design", **ahead(-1, 0))
    initiative("Soon", fields="design film", kind="event", **ahead(3))
    initiative("Over", fields="design", **ahead(-5, -1))
    initiative("Of film", fields="film", **ahead(3, 4))
    initiative("A practice", fields="design", kind="practice", **ahead(3, 4))
    initiative("Stopped", fields="design", course="stopped", **ahead(3, 4))
    initiative("A draft", fields="design", state="draft", **ahead(3, 4))
    initiative("Only its year", fields="design", **{**ahead(3, 4), "precision": "year"})
    assert titles(client) == ["Now", "Soon"]


def test_days_are_whole_and_the_last_one_belongs_to_it(client: Any):
    initiative("Lamps", fields="design", **ahead(3, 5))
    (event,) = Calendar.from_ical(client.get(FILE).content).walk("VEVENT")
    assert event.decoded("DTSTART") == days.today() + dt.timedelta(3)
    assert event.decoded("DTEND") == days.today() + dt.timedelta(6)


def test_last_days_of_opportunities_stand_in_it_and_on_the_page(client: Any, reader: Any):
    opening(initiative("A call", kind="open-call", fields="design"), ahead=4)
    opening(initiative("Another field", kind="open-call"), ahead=4)
    assert titles(client) == ["Apply by today: A call"]
    text = reader.get(PAGE).content.decode()
    assert text.count("A call") == 2  # among the dates and among the opportunities
    assert "Another field" not in text


def test_invitations_stand_on_the_page_of_those_concerned_and_never_in_the_file(client: Any, new_client: Any):
    host, guest, other = (member(name=name) for name in ("Vila Festiva", "Vila Um", "Vila Dois"))
    one = sent(initiative("Feast of the river", lead=host), guest)
    page = f"/exchange/invitations/{one.pk}/"
    seen = {
        city.name: page in team.sign_in(new_client(), speaker(city)).get(PAGE).content.decode()
        for city in (host, guest, other)
    }
    assert seen == {"Vila Festiva": True, "Vila Um": True, "Vila Dois": False}
    assert titles(client) == []
    Invitation.objects.update(state="withdrawn")
    freshness.forget()
    assert page not in team.sign_in(new_client(), speaker(guest)).get(PAGE).content.decode()


def test_without_dates_the_page_says_what_will_be_here(reader: Any, client: Any):
    text = reader.get(PAGE).content.decode()
    assert "No dates ahead" in text
    assert FILE in text
    assert titles(client) == []
    assert client.get("/fields/nothing/calendar.ics").status_code == 404


def test_statements_do_not_grow_and_the_file_is_not_sent_twice(client: Any, reader: Any):
    numbers = []
    for count in (3, 27):
        for number in range(count):
            initiative(f"Lamps {count} {number}", fields="design", **ahead(number, number + 1))
            opening(initiative(f"Call {count} {number}", fields="design", kind="residency"))
        for visitor, path in ((client, FILE), (reader, PAGE)):
            visitor.get(path)
            freshness.forget()
            with CaptureQueriesContext(connection) as captured:
                visitor.get(path)
            numbers.append(len(captured))
    assert numbers[:2] == numbers[2:]
    first = client.get(FILE)
    assert client.get(FILE, headers={"if-none-match": first["ETag"]}).status_code == 304
