"""Home, atlas and city in the real browser: with scripts, without, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.search import jobs
from tests.journeys.conftest import OpenPage, sign_in

pytestmark = pytest.mark.apart


def test_a_visitor_finds_a_city_as_she_types(browser_page: OpenPage):
    page = browser_page()
    page.goto("/atlas/")
    page.get_by_role("searchbox").press_sequentially("진주", delay=30)
    expect(page.get_by_role("link", name="Jinju", exact=True)).to_be_visible()
    expect(page.get_by_text("1 city", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=%EC%A7%84%EC%A3%BC"))
    page.get_by_role("link", name="Jinju", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jinju")
    expect(page.get_by_role("heading", level=1).locator("[lang=ko]")).to_contain_text("진주")


def test_a_visitor_without_scripts_goes_from_home_to_a_city(browser_page: OpenPage):
    jobs.bring_up_to_date()
    page = browser_page(javascript=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("cracovie")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=cracovie"))
    page.get_by_role("link", name="Krakow", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Krakow")
    page.locator("details.menu:not(.top-menu) summary").click()
    page.get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Krakow")


def test_filters_are_links_and_the_address_holds_them(browser_page: OpenPage):
    page = browser_page(javascript=False)
    page.goto("/atlas/")
    page.locator(".facets").get_by_role("link", name=re.compile("^Music")).click()
    page.locator(".facets").get_by_role("link", name=re.compile("^Africa")).click()
    expect(page).to_have_url(re.compile(r"field=music.*region=africa"))
    expect(page.locator("[aria-live] strong")).to_have_text(re.compile(r"\d+ cities"))
    page.get_by_role("link", name="Remove Music").click()
    expect(page).not_to_have_url(re.compile("field=music"))


def test_the_whole_way_by_keyboard(browser_page: OpenPage):
    jobs.bring_up_to_date()
    page = browser_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    _tab_to(page, "input[type=search]")
    page.keyboard.type("aswan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=aswan"))
    _tab_to(page, ".cities a[href='/cities/aswan/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aswan")


def _tab_to(page: Page, selector: str, *, most: int = 60) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse would."""
    target = page.locator(selector).first
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{selector} is not reached within {most} steps")


def test_the_map_moves_and_a_dot_leads_to_its_city(browser_page: OpenPage):
    page = browser_page()
    page.goto("/")
    zoom = page.get_by_role("button", name="Zoom in")
    expect(zoom).to_be_visible()
    zoom.click()
    expect(page.get_by_role("button", name="Whole map")).to_be_enabled()
    assert page.locator(".map-cities a").count() == 405
    page.locator(".map-cities a[href='/cities/reykjavik/']").dispatch_event("click")
    expect(page).to_have_url(re.compile("/cities/reykjavik/"))


def test_the_way_back_from_what_was_typed_is_a_whole_page(browser_page: OpenPage):
    page = browser_page()
    page.goto("/atlas/")
    expect(page.locator("html")).to_have_attribute("data-awake", "")
    page.locator("#q").fill("krak")
    expect(page.get_by_text("1 city", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_text("405 cities", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Creative Cities").first).to_be_visible()
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("footer")).to_have_count(1)
    assert page.locator("#results").count() == 1


def test_the_theme_is_chosen_and_remembered(browser_page: OpenPage):
    page = browser_page()
    page.goto("/")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/about/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_language_is_offered_and_can_be_declined(browser_page: OpenPage):
    page = browser_page(locale="fr-FR")
    page.goto("/about/")
    expect(page.get_by_role("link", name="Cette page en français")).to_be_visible()
    page.get_by_role("button", name="Non, merci").click()
    page.goto("/atlas/")
    expect(page.get_by_role("link", name="Cette page en français")).to_have_count(0)


def test_the_years_pass_on_the_slider(browser_page: OpenPage):
    page = browser_page()
    page.goto("/atlas/")
    slider = page.locator("[data-as-of] input[type=range]")
    expect(slider).to_be_visible()
    slider.focus()
    slider.press("Home")
    expect(page.get_by_text("1 city", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("as_of=2004-12-31"))


PATHS = ("/", "/atlas/", "/cities/krakow/", "/cities/aswan/", "/countries/FR/", "/statistics/")


def too_wide(page: Page, paths: tuple[str, ...]) -> dict[str, int]:
    """The pages that are wider than their window, and by how much: opened on a phone, then on a tablet and a desk."""
    found = {}
    for path in paths:
        page.goto(path)
        for width in (820, 1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found[f"{path} at {width}"] = wide
    return found


@pytest.mark.parametrize("prefix", ["", "/ar", "/es", "/fr", "/ru"])
def test_no_page_is_wider_than_its_window(browser_page: OpenPage, site: str, prefix: str):
    visitor = browser_page(width=360)
    assert not too_wide(visitor, tuple(prefix + path for path in PATHS))
    member = sign_in(browser_page(width=360), site, team.member(City.objects.get(slug="krakow")))
    assert not too_wide(member, tuple(prefix + path for path in ("/", "/desk/", "/account/")))
