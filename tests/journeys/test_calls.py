"""A call in the browser: begun with the template, dated, looked at, published, and read by a city in French."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from creativecities.calls.tests import kit
from creativecities.network.tests import team
from tests.journeys.conftest import OpenPage, once, sign_in
from tests.journeys.hands import Hands
from tests.journeys.test_access import faults_of


@pytest.mark.parametrize("javascript", [True, once(False)])
def test_a_call_is_begun_published_and_read(browser_page: OpenPage, site: str, javascript: bool):
    page = browser_page(javascript=javascript)
    sign_in(page, site, team.officer("Olga Exemplo"))
    hands = Hands(page)
    page.goto("/secretariat/")
    hands.follow("Calls")
    hands.write("Name in its address", "2031")
    hands.choose("Begin with", "Practice of 2025")
    hands.press("Begin")
    expect(page.get_by_text("It has no deadline.")).to_be_visible()
    hands.follow("Dates")
    days = {"Opens": -1, "Deadline for cities": 40, "Announcement": 120}
    for label, ahead in days.items():
        hands.write(label, (timezone.now() + dt.timedelta(days=ahead)).strftime("%Y-%m-%dT%H:%M"))
    hands.press("Save")
    hands.follow("Preview the next version")
    expect(page.get_by_text("A preview of the next version")).to_be_visible()
    page.go_back()
    hands.press("Publish the call")
    expect(page.get_by_text("From now on everybody reads the call")).to_be_visible()
    hands.press("Publish the call")
    expect(page.get_by_text("Published: this is what everybody reads now.")).to_be_visible()

    visitor = browser_page(javascript=javascript, locale="fr")
    reader = Hands(visitor)
    visitor.goto("/fr/how-to-join/")
    visitor.get_by_role("main").get_by_role("link", name="Appels à candidatures").click()
    visitor.get_by_role("link", name="Appel à candidatures", exact=True).click()
    expect(visitor.get_by_text("Plan sur quatre ans", exact=False).first).to_be_visible()
    visitor.goto("/calls/2031/")
    reader.follow("Can our city apply?")
    reader.write("City", "Kobe")
    reader.choose("Country", "Japan")
    reader.choose("Creative field", "Design")
    reader.press("Check")
    expect(visitor.get_by_text("The city is a member of the network already.")).to_be_visible()


@pytest.mark.parametrize(("prefix", "dark", "width"), [("", False, 1280), ("/ar", True, 360)])
@pytest.mark.apart
def test_axe_finds_nothing_on_the_pages_of_a_call(
    browser_page: OpenPage, site: str, prefix: str, dark: bool, width: int
):
    olga = team.officer("Olga Exemplo")
    kit.published(olga)
    page: Any = browser_page(dark=dark, width=width)
    sign_in(page, site, olga)
    faults = {}
    for path in (
        "/calls/", "/calls/2031/", "/calls/2031/check/?city=Kobe&country=JP&field=design", "/calls/2031/field/",
        "/calls/2031/assess/?points_quality=2&points_relevance=4&points_feasibility=3&points_commitment=5&points_field=1",
        "/calls/2031/begin/", "/applications/",
        "/secretariat/calls/", "/secretariat/calls/2031/", "/secretariat/calls/2031/questions/history/",
        "/secretariat/calls/2031/rules/",
    ):  # fmt: skip
        page.goto(prefix + path)
        if found := faults_of(page):
            faults[path] = found
    assert not faults, faults
