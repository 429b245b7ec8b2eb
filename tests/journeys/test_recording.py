"""An initiative from the short form to the search in another language, between the focal points of two cities."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from creativecities.core.models import Mail
from creativecities.exchange.models import Initiative
from creativecities.network.models import City
from creativecities.network.tests import team
from creativecities.search.jobs import bring_up_to_date
from tests.journeys.conftest import sign_in

TITLE = "Paper moons over the harbour"


def record(page: Any) -> None:
    """Fill in the six fields and publish."""
    page.goto("/desk/")
    page.get_by_role("link", name="Our initiatives").click()
    page.get_by_role("link", name="Record an initiative").click()
    page.get_by_label("Kind").select_option("festival")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Summary").fill("Children fold paper moons, and the harbour lights them for one night.")
    page.get_by_label("Language of the text").select_option("en")
    page.get_by_label("Partner city 1").fill("Kraków")
    page.get_by_label("From").fill("2024")
    page.get_by_label("Until").fill("2025")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Published; its partner cities are asked.").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_two_cities_record_an_initiative_and_others_find_it(browser_page: Any, site: str, javascript: bool):
    aiko = team.member(City.objects.get(slug="kobe"), "Aiko Exemplo")
    jan = team.member(City.objects.get(slug="krakow"), "Jan Exemplo")
    record(sign_in(browser_page(javascript=javascript), site, aiko))
    one = Initiative.objects.get(title=TITLE)
    mail = Mail.objects.get(to_person_id=jan.pk)
    guest = sign_in(browser_page(javascript=javascript), site, jan)
    guest.goto("/" + mail.link.split("/", 3)[3])
    guest.get_by_role("button", name="Confirm").click()
    guest.get_by_text("Saved; the lead city is told.").wait_for()
    bring_up_to_date()
    visitor = browser_page(javascript=javascript, locale="fr")
    for slug in ("kobe", "krakow"):
        visitor.goto(f"/fr/cities/{slug}/")
        assert visitor.get_by_role("link", name=TITLE).count() == 1
    visitor.goto("/fr/search/?q=Cracovie+paper+moons")
    visitor.get_by_role("link", name=TITLE).click()
    visitor.wait_for_url(f"**/fr/initiatives/{one.slug}/")
    assert "Kraków" in visitor.locator("main").inner_text() or "Krakow" in visitor.locator("main").inner_text()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_axe_finds_nothing_where_initiatives_are_written(browser_page: Any, site: str, language: str):
    page = sign_in(browser_page(width=360), site, team.member(City.objects.get(slug="sydney"), "Ava Exemplo"))
    one = "/initiatives/50-50-by-2020-in-sydney/"
    desk = "/cities/sydney/edit/initiatives/"
    for path in (desk, f"{desk}new/", f"{one}edit/", f"{one}versions/", one):
        page.goto(language + path)
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found])
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, path
