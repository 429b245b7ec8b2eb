"""The year slider: through time by hand, by keyboard, by itself, and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage

pytestmark = pytest.mark.apart


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def step_to(page: Page, year: int) -> None:
    """Set the slider and let go of it."""
    page.get_by_role("slider", name="Year").fill(str(year))


def test_the_slider_moves_statistics_and_keeps_the_focus(browser_page: OpenPage):
    page = browser_page()
    page.goto("/statistics/")
    page.get_by_role("slider", name="Year").focus()
    step_to(page, 2008)
    expect(page.locator(".figures strong").first).to_have_text("16")
    assert page.url.endswith("/statistics/?as_of=2008-12-31")
    assert focused(page) == "as-of-year"
    expect(page.get_by_label("The network as of")).to_have_value("2008-12-31")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".figures strong").first).to_have_text("19")
    assert focused(page) == "as-of-year"


def test_the_way_back_leads_to_the_year_before(browser_page: OpenPage):
    page = browser_page()
    page.goto("/statistics/")
    step_to(page, 2008)
    expect(page.locator(".figures strong").first).to_have_text("16")
    page.go_back()
    expect(page.locator(".figures strong").first).to_have_text("405")
    expect(page.get_by_role("slider", name="Year")).to_have_value("2026")


@pytest.mark.parametrize("path", ["/atlas/", "/fields/film/", "/countries/FR/"])
def test_the_slider_moves_map_and_list(browser_page: OpenPage, path: str):
    page = browser_page()
    page.goto(path)
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator("svg.worldmap.is-live")).to_have_count(1)
    step_to(page, 2014)
    expect(page).to_have_url(re.compile("as_of=2014-12-31"))
    expected = {"/atlas/": 69, "/fields/film/": 5, "/countries/FR/": 3}[path]
    expect(page.locator(".map-cities a")).to_have_count(expected)
    expect(page.locator("svg.worldmap.is-live")).to_have_count(1)
    step_to(page, 2026)
    expect(page).to_have_url(re.compile(rf"{path}$"))


def test_a_search_after_sliding_stays_on_the_day(browser_page: OpenPage):
    page = browser_page()
    page.goto("/atlas/")
    step_to(page, 2010)
    expect(page).to_have_url(re.compile("as_of=2010-12-31"))
    page.get_by_role("searchbox").press_sequentially("berlin")
    expect(page).to_have_url(re.compile("q=berlin"))
    expect(page.get_by_role("link", name="Berlin", exact=True).first).to_be_visible()
    assert "as_of=2010-12-31" in page.url


def test_it_plays_by_itself_and_can_be_stopped(browser_page: OpenPage):
    page = browser_page(reduced_motion=False)
    page.goto("/statistics/?as_of=2013-12-31")
    button = page.get_by_role("button", name="Play the growth")
    button.click()
    expect(page.locator(".figures strong").first).to_have_text("69", timeout=8_000)
    page.get_by_role("button", name="Stop").click()
    shown = page.get_by_role("slider", name="Year").input_value()
    expect(page.get_by_role("button", name="Play the growth")).to_be_visible()
    page.wait_for_timeout(1_500)
    assert page.get_by_role("slider", name="Year").input_value() == shown


def test_it_plays_calmly_for_those_who_asked_for_it(browser_page: OpenPage):
    page = browser_page(reduced_motion=True)
    page.goto("/statistics/?as_of=2004-12-31")
    page.get_by_role("button", name="Play the growth").click()
    page.wait_for_timeout(1_200)
    assert page.get_by_role("slider", name="Year").input_value() == "2004"
    expect(page.get_by_role("slider", name="Year")).to_have_value("2005", timeout=5_000)


def test_without_javascript_a_form_stands_there(browser_page: OpenPage):
    page = browser_page(javascript=False)
    page.goto("/statistics/")
    assert page.get_by_role("slider").count() == 0
    page.get_by_text("The network as of").click()
    page.get_by_label("The network as of").fill("2008-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".figures strong").first).to_have_text("16")


def test_the_slider_moves_nothing_when_it_appears(browser_page: OpenPage):
    page = browser_page(width=360)
    page.goto("/statistics/")
    page.get_by_role("slider", name="Year").wait_for()
    shift = page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((s, e) => s + e.value, 0)))"
        ".observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 500))"
    )
    assert shift < 0.02
