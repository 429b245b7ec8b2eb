"""The public programme: by day in the place's zone and the reader's, filtered, as data, in one statement."""

import datetime as dt
import json
from typing import Any

import pytest

from creativecities.conference import states
from creativecities.conference.compute import listing
from creativecities.conference.models import Edition, Session
from creativecities.conference.tests import kit
from creativecities.core import freshness
from creativecities.network.tests import team
from creativecities.network.tests.factories import FieldFactory

pytestmark = pytest.mark.django_db
PAGE = "/conference/2031/programme/"


@pytest.fixture
def one() -> Edition:
    made = kit.edition(starts_on=dt.date(2031, 5, 4), last_day=dt.date(2031, 5, 7))
    hall, yard = kit.room(made), kit.room(made, "yard")
    music = FieldFactory(slug="music")
    kit.session(made, title={"en": "Opening", "ar": "الافتتاح"}, room=hall, interpretation=["fr", "ar"])
    kit.session(
        made, "music", minutes=45, kind="sub-network", admits="field", field=music, room=yard, language="fr", seats=30
    )
    kit.session(made, "walk", day=1, hour=22, minutes=180, kind="visit", title={"fr": "<i>Promenade</i>"})
    kit.release(made, by=team.officer())
    freshness.forget()
    return made


def shown(client: Any, query: str = "") -> str:
    return str(client.get(PAGE + query).content.decode())


def test_sessions_stand_under_their_day_in_the_zone_of_the_place(client: Any, one: Edition):
    text = shown(client)
    assert "Hours are those of Europe/Lisbon" in text
    assert "UTC+1" in text
    assert text.index("May 4, 2031") < text.index('id="s-opening"') < text.index("May 5, 2031")
    assert "23:00</time>" in text  # ten in the evening in UTC
    assert "&lt;i&gt;Promenade" in text
    assert 'lang="fr"' in text
    assert "Sub-network meeting · French · Music · for delegations of the cities of one field" in text
    assert "interpreted into French, Arabic" in text


def test_titles_are_in_the_readers_language_where_they_are_written(client: Any, one: Edition):
    text = client.get(f"/ar{PAGE}").content.decode()
    assert "الافتتاح" in text
    assert "Music</a>" in text


def test_hours_are_shown_in_another_zone_that_is_named(client: Any, one: Edition):
    text = shown(client, "?zone=Asia/Tokyo")
    assert "18:00–19:00 Asia/Tokyo" in text
    assert "06.05. 07:00–10:00 Asia/Tokyo" in text  # there it is the next day
    wrong = shown(client, "?zone=Asia/Nowhere")
    assert "No zone of this name is known" in wrong
    assert 'id="s-opening"' in wrong
    for hostile in ("../../etc/passwd", "%3Cscript%3E", "x" * 200, "%00", "%E2%80%AE"):
        assert client.get(f"{PAGE}?zone={hostile}").status_code in (200, 400)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kind=visit", {"walk"}),
        ("?field=music", {"music"}),
        ("?language=fr", {"opening", "music"}),
        ("?language=ar", {"opening"}),
        ("?room=yard", {"music"}),
        ("?kind=visit&room=yard", set()),
        ("?kind=nothing", set()),
    ],
)
def test_filters_are_the_same_on_the_page_and_in_the_data(client: Any, one: Edition, query: str, expected: set[str]):
    text = shown(client, query)
    assert {slug for slug in ("opening", "music", "walk") if f'id="s-{slug}"' in text} == expected
    found = json.loads(client.get(f"/conference/2031/programme.json{query}").content)
    assert {row["slug"] for row in found["results"]} == expected
    assert found["count"] == len(expected)
    assert len(client.get(f"/conference/2031/programme.csv{query}").content.decode().splitlines()) == len(expected) + 1


def test_a_page_is_one_statement_whatever_is_in_the_programme(
    client: Any, one: Edition, django_assert_num_queries: Any
):
    shown(client)
    with django_assert_num_queries(1):
        shown(client, "?kind=plenary")
    for number in range(30):
        kit.session(one, f"more-{number}", day=2)
    kit.release(one, by=team.officer("Bruno Exemplo"))
    freshness.forget()
    shown(client)
    with django_assert_num_queries(1):
        assert 'id="s-more-29"' in shown(client, "?kind=plenary")
    with django_assert_num_queries(3):
        client.get(f"{PAGE}opening/")


def test_a_new_release_is_read_at_once_and_a_name_is_escaped(client: Any, one: Edition):
    assert "b&gt;" not in shown(client)
    Session.objects.filter(slug="music").update(title={"en": "<b>Music</b>", "ar": "موسيقى"})
    kit.release(one, by=team.officer("Bruno Exemplo"))
    assert "&lt;b&gt;Music&lt;/b&gt;" in shown(client)
    arabic = client.get(f"/ar{PAGE}").content.decode()
    assert 'href="/ar/conference/2031/programme/music/" dir="auto">موسيقى</a>' in arabic


def test_a_session_tells_when_where_for_whom_and_what_is_beside_it(client: Any, one: Edition):
    text = client.get(f"{PAGE}music/").content.decode()
    assert "10:00–10:45 (Europe/Lisbon, UTC+1)" in text
    assert "delegations of the cities of one field" in text
    assert "At the same time" in text
    assert "After it" in text
    assert client.get(f"{PAGE}nothing/").status_code == 404
    tokyo = team.member(team.city())
    tokyo.time_zone = "Asia/Tokyo"
    tokyo.save()
    text = team.sign_in(client, tokyo).get(f"{PAGE}music/").content.decode()
    assert "18:00–18:45 (Asia/Tokyo)" in text


def test_now_leads_to_what_is_on_or_comes_next(client: Any, one: Edition):
    assert client.get(f"{PAGE}now/").url in (f"{PAGE}#s-opening", f"{PAGE}#s-music")


def test_the_programme_of_a_draft_is_not_there(client: Any, new_client: Any, one: Edition):
    Edition.objects.update(state=states.DRAFT)
    freshness.forget()
    for path in ("", "opening/", "now/", "changes/"):
        assert (
            client.get(PAGE + path).status_code == client.get(f"/conference/2099/programme/{path}").status_code == 404
        )
    assert client.get("/conference/2031/programme.json").status_code == 404
    assert client.get("/conference/2031/programme.atom").status_code == 404


def test_a_programme_to_come_says_so(client: Any):
    kit.edition("2032")
    assert "The programme is not released yet" in client.get("/conference/2032/programme/").content.decode()
    assert client.get("/conference/2032/programme.csv").status_code == 404


@pytest.mark.apart
def test_on_the_night_the_clock_is_changed_each_session_has_its_own_offset():
    def row(slug: str, start: str, end: str) -> dict[str, Any]:
        return {
            "guid": slug, "slug": slug, "kind": "fair", "title": {"en": slug}, "language": "en", "interpretation": [],
            "room": "", "room_name": {}, "starts_at": start, "ends_at": end, "admits": "everybody", "field": "",
            "speakers": [],
        }  # fmt: skip

    labels = listing.Labels("en", {"fair": "Fair"}, {}, {}, lambda code: code)
    rows = [
        row("early", "2027-03-28T00:00Z", "2027-03-28T00:30Z"),
        row("later", "2027-03-28T01:30Z", "2027-03-28T02:00Z"),
    ]
    (day,) = listing.days(rows, labels, zone="Europe/Lisbon", root="/")
    assert day.offset == "UTC"
    assert "02:30" in day.items  # half past one is skipped
    assert "<span>UTC+1</span>" in day.items
