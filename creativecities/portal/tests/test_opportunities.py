"""Opportunities: what one can apply for today, as a page, as data, as a feed and in a calendar."""

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from creativecities.core import days, freshness
from creativecities.exchange.models import Initiative
from creativecities.exchange.tests.factories import initiative, opening
from creativecities.network.models import Membership
from creativecities.network.tests.factories import FieldFactory, member

pytestmark = pytest.mark.django_db
LIST = "/opportunities/"
ATOM = "{http://www.w3.org/2005/Atom}"


def call(title: str, **columns: Any) -> Initiative:
    """An open call, or what `kind` says, for which one can apply."""
    terms = {name: columns.pop(name) for name in ("audience", "ahead") if name in columns}
    one = initiative(title, **{"kind": "open-call", **columns})
    opening(one, **terms)
    freshness.forget()
    return one


def titles(client: Any, query: str = "") -> list[str]:
    return [row["title"] for row in client.get(f"/opportunities.json{query}").json()["results"]]


def test_the_earliest_deadline_comes_first_and_only_what_is_open_is_there(client: Any):
    call("Later", ahead=60)
    call("Soon", ahead=2, kind="residency")
    call("Past", ahead=-1)
    call("A practice", kind="practice")
    call("A draft", state="draft")
    call("Retired", state="retired")
    initiative("Nobody says how", kind="open-call")
    gone = call("Of a city that left", lead=member(name="Vila Ida"))
    Membership.objects.filter(city=gone.lead).update(end="2025-01-01")
    freshness.forget()
    assert titles(client) == ["Soon", "Later"]
    text = client.get(LIST).content.decode()
    assert text.index("Soon") < text.index("Later")
    assert "2 opportunities" in text
    assert "Past" not in text


def test_today_is_still_in_time(client: Any):
    call("Last day", ahead=0)
    assert titles(client) == ["Last day"]


def test_filters_by_field_audience_language_and_deadline(client: Any):
    FieldFactory(slug="film")
    call("For artists", audience="artists", fields="design", ahead=5)
    call("For all", audience="everybody", fields="design film", language="fr", ahead=20)
    call("For cities", audience="cities", ahead=80)
    assert titles(client, "?field=film") == ["For all"]
    assert titles(client, "?audience=artists") == ["For artists", "For all"]
    assert titles(client, "?language=fr") == ["For all"]
    assert titles(client, "?deadline=7") == ["For artists"]
    assert titles(client, "?deadline=30&audience=cities") == ["For all"]
    assert "within 30 days" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    "query", ["?field=nothing", "?deadline=0", "?deadline=x", "?language=xx", f"?audience={'x' * 300}"]
)
def test_what_is_unknown_finds_nothing(client: Any, query: str):
    call("Lamps", audience="artists")
    assert titles(client, query) == []
    assert client.get(f"{LIST}{query}").status_code == 200


def test_an_empty_list_says_what_will_be_here(client: Any):
    text = client.get(LIST).content.decode()
    assert "Nothing is open for applications now" in text
    assert "/initiatives/?kind=open-call&amp;kind=residency" in text


def test_pages_of_the_list(client: Any):
    for number in range(23):
        call(f"Lamps {number:02}", lead=None, ahead=number)
    assert len(titles(client)) == 20
    assert titles(client, "?page=2") == ["Lamps 20", "Lamps 21", "Lamps 22"]
    assert "Page 2 of 2" in client.get(f"{LIST}?page=2").content.decode()
    assert client.get("/opportunities.csv").content.decode().count("Lamps") == 23


def test_statements_do_not_grow(client: Any):
    numbers = []
    for count in (3, 27):
        for number in range(count):
            call(f"Lamps {count} {number}", fields="design")
        for path in (LIST, "/opportunities.atom", "/opportunities.ics", "/opportunities.json"):
            freshness.forget()
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            numbers.append(len(captured))
    assert numbers[:4] == numbers[4:]
    assert max(numbers) <= 5


def test_the_feed_is_a_feed(client: Any):
    one = call("Lamps & <chairs>", fields="design", slug="lamps", language="fr")
    answer = client.get("/fr/opportunities.atom?field=design")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.find(f"{ATOM}link[@rel='self']").attrib["href"].endswith("/fr/opportunities.atom?field=design")
    entry = root.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == f"Lamps & <chairs> ({one.lead.name})"
    assert entry.find(f"{ATOM}id").text.endswith("/fr/initiatives/lamps/")
    assert entry.find(f"{ATOM}category").attrib["term"] == "design"
    assert root.find(f"{ATOM}updated").text == entry.find(f"{ATOM}updated").text
    assert ElementTree.fromstring(client.get("/opportunities.atom?field=film").content).find(f"{ATOM}entry") is None


def test_the_calendar_has_the_last_days(client: Any):
    one = call("Lamps, chairs; and a very long title " * 4, slug="lamps", ahead=9)
    answer = client.get("/opportunities.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert one.title.strip() in str(event["SUMMARY"])
    assert event.decoded("DTSTART") == days.today() + dt.timedelta(days=9)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == dt.timedelta(days=1)
    assert str(event["URL"]).endswith("/initiatives/lamps/")


@pytest.mark.parametrize("path", ["/opportunities.ics", "/opportunities.atom", "/opportunities.json", LIST])
def test_who_has_it_already_gets_no_body(client: Any, path: str, settings: Any):
    call("Lamps")
    first = client.get(path)
    freshness.forget()
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    call("Chairs")
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_page_of_an_initiative_says_how_to_apply(client: Any):
    one = call("Lamps", slug="lamps", ahead=9)
    text = client.get("/initiatives/lamps/").content.decode()
    assert "https://example.org/apply" in text
    assert "Who can apply:" in text
    one.opening.delete()
    freshness.forget()
    assert "https://example.org/apply" not in client.get("/initiatives/lamps/").content.decode()


def test_others_lead_to_it(client: Any):
    assert 'href="/opportunities/"' in client.get("/").content.decode()
    assert 'href="/opportunities/"' in client.get("/exchange/").content.decode()
    assert "/ar/opportunities/</loc>" in client.get("/sitemap.xml").content.decode()
    assert "/opportunities.ics" in json.dumps(client.get("/data.json").json())
