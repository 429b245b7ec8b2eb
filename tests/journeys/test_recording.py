"""An initiative from the short form to the search in another language, between the focal points of two cities."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from creativecities.accounts.models import Person
from creativecities.exchange.models import Initiative
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.network.tests.factories import member
from creativecities.search import jobs
from tests.harness.post import PostOffice, path_in
from tests.journeys.conftest import once, sign_in
from tests.journeys.hands import Hands

TITLE = "Paper moons over the harbour"
ASKED_IN_FRENCH = "des enfants fabriquent des lanternes en papier et illuminent le port"


@pytest.fixture
def cities(site: str) -> tuple[City, City]:
    """Two invented members."""
    return member(name="Vila Inventada", field="design"), member(name="Cidade Exemplo", field="music")


def record(hands: Hands, partner: City) -> None:
    """Fill in the six fields and publish."""
    hands.page.goto("/desk/")
    hands.follow("Our initiatives")
    hands.follow("Record an initiative")
    hands.choose("Kind", "Festival")
    hands.write("Title", TITLE)
    hands.write("Summary", "Children fold paper moons, and the harbour lights them for one night.")
    hands.choose("Language of the text", "English")
    hands.write("Partner city 1", partner.name)
    hands.write("From", "2024")
    hands.write("Until", "2025")
    hands.press("Publish")
    hands.page.get_by_text("Published; its partner cities are asked.").wait_for()


def confirm(hands: Hands, person: Person, post_office: PostOffice) -> None:
    """Follow the one letter that has come, and say yes."""
    (letter,) = post_office.letters(person.email)
    assert letter["Subject"].strip() == f"Does Cidade Exemplo take part in “{TITLE}”?"
    hands.page.goto(path_in(letter))
    hands.press("Confirm")
    hands.page.get_by_text("Saved; the lead city is told.").wait_for()


def counted(page: Page) -> dict[str, int]:
    """Numbers of initiatives on the page of statistics, by the words beside them."""
    page.goto("/statistics/")
    total = page.locator(".figures li", has_text="initiatives").locator("strong").inner_text()
    rows = page.locator("section[aria-labelledby=initiatives] tbody tr")
    cells = [(row.locator("th").inner_text(), row.locator(".number").inner_text()) for row in rows.all()]
    return {"": int(total), **{words.strip(): int(number) for words, number in cells}}


@pytest.mark.parametrize("way", ["by mouse", once("without javascript"), once("by keyboard alone")])
def test_two_cities_record_an_initiative_and_others_find_it(
    browser_page: Any, site: str, cities: tuple[City, City], post_office: PostOffice, settings: Any, way: str
) -> None:
    settings.MEANING_ENGINE = "creativecities.search.compute.engine.E5"
    lead, partner = cities
    ana, bruno = team.member(lead, "Ana Exemplo"), team.member(partner, "Bruno Exemplo")
    visitor, *pages = (browser_page(javascript=way != "without javascript") for _each in range(3))
    hands = [Hands(page, keyboard=way == "by keyboard alone") for page in pages]
    before = counted(visitor)
    sign_in(pages[0], site, ana)
    record(hands[0], partner)
    sign_in(pages[1], site, bruno)
    confirm(hands[1], bruno, post_office)
    (told,) = post_office.letters(ana.email)
    assert "Cidade Exemplo confirmed its part" in told["Subject"]
    one = Initiative.objects.get(title=TITLE)
    after = counted(visitor)
    for words in ("", "Festival", "Design", "2024", "2025"):
        assert after[words] == before[words] + 1, words
    visitor.locator("section[aria-labelledby=initiatives]").get_by_role("link", name=str(after["Design"])).click()
    jobs.bring_up_to_date()
    while jobs.tell_meanings(seconds=20):
        pass
    for city in cities:
        visitor.goto(f"/fr/cities/{city.slug}/")
        assert visitor.get_by_role("link", name=TITLE).count() == 1
    visitor.goto("/fr/search/")
    visitor.locator("#q").fill(ASKED_IN_FRENCH)
    visitor.locator("#q").press("Enter")
    visitor.get_by_role("link", name=TITLE).click()
    visitor.wait_for_url(f"**/fr/initiatives/{one.slug}/")
    assert "confirm" in visitor.locator("main").inner_text()


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.apart
def test_axe_finds_nothing_where_initiatives_are_written(browser_page: Any, site: str, language: str) -> None:
    page = sign_in(browser_page(width=360), site, team.member(City.objects.get(slug="sydney"), "Ava Exemplo"))
    one = "/initiatives/50-50-by-2020-in-sydney/"
    desk = "/cities/sydney/edit/initiatives/"
    for path in (desk, f"{desk}new/", f"{one}edit/", f"{one}versions/", one):
        page.goto(language + path)
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found])
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, path
