"""axe finds nothing on any public page, in English and Arabic, in light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import OpenPage

PAGES = (
    "/",
    "/atlas/",
    "/atlas/?field=music&region=africa",
    "/atlas/?q=nothing-like-it",
    "/atlas/?as_of=2010-01-01",
    "/cities/krakow/",
    "/cities/lyon/?as_of=2015-01-01",
    "/fields/",
    "/fields/literature/",
    "/regions/",
    "/regions/africa/",
    "/countries/",
    "/countries/FR/",
    "/initiatives/",
    "/exchange/",
    "/opportunities/",
    "/opportunities/?audience=artists&deadline=30",
    "/initiatives/?kind=festival&q=nothing-like-it",
    "/initiatives/50-50-by-2020-in-sydney/",
    "/search/",
    "/search/?q=music&type=city",
    "/search/?q=nothing-like-it",
    "/statistics/",
    "/network/",
    "/network/?region=africa~europe-and-north-america&as_of=2020-01-01",
    "/data/",
    "/data/quality/",
    "/objectives/",
    "/how-to-join/",
    "/calls/",
    "/conference/",
    "/conference/2018-krakow-katowice/",
    "/conference/2018-krakow-katowice/fair/",
    "/conference/2025-enghien-les-bains/programme/",
    "/faq/",
    "/about/",
    "/partners/",
    "/contact/",
    "/privacy/",
    "/terms/",
    "/imprint/",
    "/accessibility/",
    "/sign-in/",
    "/_ui/",
    "/no-such-page/",
)


def faults_of(page: Page) -> list[str]:
    """Every rule that fails, with its first place."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])})" for one in found]


@pytest.mark.parametrize(
    ("prefix", "dark", "width"), [("", False, 1280), ("", True, 360), ("/ar", False, 360), ("/ar", True, 1280)]
)
@pytest.mark.apart
def test_axe_finds_nothing_on_public_pages(browser_page: OpenPage, prefix: str, dark: bool, width: int):
    page = browser_page(dark=dark, width=width)
    faults = {}
    for path in PAGES:
        page.goto(prefix + path)
        if found := faults_of(page):
            faults[path] = found
    assert not faults, "\n".join(f"{path}: {each}" for path, found in faults.items() for each in found)
