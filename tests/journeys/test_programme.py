"""The programme in the real browser: planned by dragging and by keyboard, released, read on a phone, a seat taken."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from creativecities.accounts.models import Person
from creativecities.conference.models import Delegate, Edition, Session
from creativecities.conference.tests import kit
from creativecities.network.models import City
from tests.journeys.conftest import OpenPage, sign_in
from tests.journeys.test_access import faults_of

PLAN = "/secretariat/conference/2031/programme/"
PUBLIC = "/conference/2031/programme/"


@pytest.fixture
def edition(site: str) -> Edition:
    """Two rooms, three sessions, one of them without an hour; a director of a city that takes part."""
    made = kit.edition(starts_on=dt.date(2031, 5, 4), last_day=dt.date(2031, 5, 5))
    hall = kit.room(made, "hall", capacity=300)
    kit.room(made, "yard", position=1)
    kit.session(made, room=hall, title={"en": "Opening", "ar": "الافتتاح"}, interpretation=["fr", "ar"], minutes=90)
    kit.session(made, "forum", kind="mayors-forum", admits="mayors", hour=11, minutes=120, seats=40, room=hall)
    kit.session(made, "light-in-the-streets", kind="thematic", starts_at=None, ends_at=None)
    return made


def block(page: Page, slug: str) -> Any:
    return page.locator(f"#s-{slug}")


def drag(page: Page, slug: str, place: str) -> None:
    """As a hand does it: pages learn of what hovers over them only with the second movement."""
    block(page, slug).hover()
    page.mouse.down()
    for _movement in range(2):
        page.locator(place).hover()
    page.mouse.up()


def at(slug: str) -> tuple[str, str]:
    session = Session.objects.select_related("room").get(slug=slug)
    return (f"{session.starts_at:%d %H:%M}" if session.starts_at else "", session.room.key if session.room else "")


def test_a_programme_is_planned_released_and_read(browser_page: OpenPage, site: str, olga: Person, edition: Edition):
    page = sign_in(browser_page(height=2400), site, olga)  # a page that scrolls meanwhile lets go of what is dragged
    page.goto(PLAN)
    drag(page, "light-in-the-streets", 'td[data-room="yard"][data-at="2031-05-04T14:00"]')
    expect(page.locator("table #s-light-in-the-streets")).to_be_focused()
    assert at("light-in-the-streets") == ("04 13:00", "yard")  # the hour of Lisbon, in UTC
    page.keyboard.press("Alt+ArrowUp")
    expect(block(page, "light-in-the-streets")).to_contain_text("13:30–14:30")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("#clashes")).to_contain_text("1 clash")
    assert at("light-in-the-streets") == ("04 12:30", "hall")
    assert not faults_of(page)
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#clashes")).to_have_count(0)
    page.get_by_role("link", name="Release the programme").click()
    page.get_by_label("What is to be said of it").fill("The first programme.")
    assert not faults_of(page)
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("status")).to_contain_text("Release 1 of the programme")
    for prefix, dark in (("", True), ("/ar", False)):
        reader = browser_page(width=360, dark=dark)
        for path in (PUBLIC, f"{PUBLIC}forum/", f"{PUBLIC}changes/"):
            reader.goto(prefix + path)
            assert not faults_of(reader), path
            assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_forum_is_open_to_the_mayor_and_closed_to_the_director(
    browser_page: OpenPage, site: str, olga: Person, edition: Edition
):
    sent = kit.delegation(edition, City.objects.get(slug="krakow"))
    mayor = Person.objects.create(email="mayor@example.org", name="Berta Exemplo")
    kit.mayor(sent, person=mayor)
    director = kit.delegate(sent, "expert", "Diego Exemplo", person=Person.objects.create(email="d@example.org"))
    kit.release(edition, by=olga)
    assert director.person
    page = sign_in(browser_page(javascript=False), site, director.person)
    page.goto(f"{PUBLIC}forum/")
    expect(page.get_by_role("button", name="Sign up")).to_be_disabled()
    expect(page.locator(".refused .hint")).to_contain_text("mayor or deputy mayor on its day")
    page = sign_in(browser_page(width=360), site, mayor)
    page.goto(f"{PUBLIC}forum/")
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("status")).to_contain_text("The seat is yours")
    page.goto("/conference/2031/mine/programme/")
    expect(page.locator(".sessions")).to_contain_text("You have a seat.")
    assert not faults_of(page)
    assert Delegate.objects.get(signups__session__slug="forum").person == mayor
