"""Before the announcement nothing tells: pages, data, feeds and search are the same with and without what is hidden."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import decisions as acts
from creativecities.calls.actions import scenarios
from creativecities.calls.models import Announcement, Application, Call
from creativecities.calls.tests import kit
from creativecities.calls.tests.test_board import HEAD, many
from creativecities.core import freshness
from creativecities.core.models import Mail
from creativecities.network.models import NationalCommission
from creativecities.network.tests import factories, team

PUBLIC = (
    "/", "/calls/", "/calls/2031/", "/calls/2031/announcement/", "/fr/calls/2031/", "/calls.atom", "/calls.json",
    "/calls.csv", "/calls/2031.ics", "/atlas/?q=lampara", "/atlas.json?q=lampara", "/atlas.csv", "/statistics/",
    "/search/?q=lampara",
    "/search.json?q=lampara", "/cities/lampara/", "/initiatives/?q=lampara", "/countries/PT/", "/sitemap.xml",
)  # fmt: skip
SIGNED_IN = ("/desk/", "/account/export/", "/reviews/", "/commission/", "/secretariat/calls/2031/decision/")
VARIES = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|nonce-[\w+/=-]+|nonce="[^"]+"|\d\d:\d\d(:\d\d)?|\d{8}T\d{6}Z')
"""What each answer has of its own: tokens, and the hour."""
EACH_ITS_OWN = ("ETag", "X-Request-ID")


def seen(client: Any, path: str) -> tuple[Any, ...]:
    """All that somebody can learn from an address: status, headers, body, and how many statements it took."""
    cache.clear()
    freshness.forget()  # each begins with empty memories, so that the numbers of statements compare
    with CaptureQueriesContext(connection) as statements:
        response = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: VARIES.sub(b"", value.encode()) for name, value in response.items() if name not in EACH_ITS_OWN}
    return response.status_code, headers, VARIES.sub(b"", body), len(statements)


@pytest.fixture
def call(db: Any, officer: Any) -> Call:
    factories.member(name="Vila Antiga", country=kit.country("JP"), year=2010)
    return kit.published(officer, opens=-30)


@pytest.fixture
def team_of_candidate(call: Call) -> Person:
    """Who has prepared the file that is decided on."""
    owner = people.person("Olinda Exemplo")
    kit.eligible(call, owner)
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now())
    return owner


def decide(call: Call) -> None:
    """Further files, scenarios, decisions with reasons, and the text of an announcement: all of it hidden."""
    head = factories.holder(HEAD, "Hana Exemplo")
    many(call, 3)
    chosen = list(Application.objects.filter(call=call).values_list("pk", flat=True))
    acts.adopt(scenarios.draw_up(call, "All", chosen, by=head), by=head)
    for each in Application.objects.filter(call=call):
        acts.decide(each, True, "Lampara shines.", opened=1, by=head)
    acts.write_text(call, {"en": "Lampara joins"}, {}, opened=Announcement.objects.get().version, by=head)


def visitor(who: str, owner: Person) -> Person | None:
    """Somebody who is to learn nothing."""
    if who == "candidate":
        return owner
    if who == "another-city":
        return team.member(team.city("Vila Paz"))
    if who == "commission":
        commission = NationalCommission.objects.get(country="PT")
        return factories.holder("commission-officer", commission=commission)
    if who == "reviewer":
        reviewer = kit.reviewer(Call.objects.get())
        kit.assigned(reviewer, Application.objects.get())
        return reviewer.person
    return None


@pytest.mark.parametrize("who", ["visitor", "another-city", "candidate", "reviewer", "commission"])
def test_nothing_differs_before_the_announcement(client: Any, call: Call, team_of_candidate: Person, who: str):
    person = visitor(who, team_of_candidate)
    if person is not None:
        team.sign_in(client, person)
    code = Application.objects.get().code
    own = (f"/applications/{code}/", f"/applications/{code}/decision/", f"/applications/{code}/timeline/")
    paths = (*PUBLIC, *SIGNED_IN, *own)
    client.get("/")  # draws what every page has
    before = {path: seen(client, path) for path in paths}
    decide(call)
    after = {path: seen(client, path) for path in paths}
    told = [path for path in paths if before[path] != after[path]]
    assert told == [], [(path, before[path][0], after[path][0], before[path][3], after[path][3]) for path in told]


def test_no_mail_is_written_before_the_announcement(call: Call, team_of_candidate: Person, mailoutbox: Any):
    before = Mail.objects.count()
    decide(call)
    assert Mail.objects.count() == before
    assert mailoutbox == []
