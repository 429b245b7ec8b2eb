"""Two at the same form hear of each other in the browser, while what they type stays."""

from typing import Any

from playwright.sync_api import expect

from creativecities.core.models import Presence
from creativecities.network.models import City
from creativecities.network.tests import team
from tests.journeys.conftest import sign_in


def test_two_at_the_same_form_hear_of_each_other(browser_page: Any, site: str):
    kobe = City.objects.get(slug="kobe")
    first = sign_in(browser_page(), site, team.member(kobe, "Aiko Mori"))
    first.goto("/cities/kobe/edit/portrait/")
    expect(first.locator("#same-form .others")).to_be_attached()
    second = sign_in(browser_page(), site, team.member(kobe, "Ken Sato", role="alternative-contact"))
    second.clock.install()
    second.goto("/cities/kobe/edit/portrait/")
    expect(second.get_by_text("Aiko Mori opened this form 1 minute ago.")).to_be_visible()
    second.fill("#id_text", "What Ken types stays.")
    Presence.objects.all().delete()
    second.clock.run_for(61_000)
    expect(second.get_by_text("Aiko Mori opened this form")).to_have_count(0)
    assert second.input_value("#id_text") == "What Ken types stays."
    second.context.clear_cookies()
    second.clock.run_for(61_000)
    expect(second.locator("#same-form > *")).to_have_count(0)


def test_without_javascript_the_form_says_nothing_and_works(browser_page: Any, site: str):
    page = sign_in(browser_page(javascript=False), site, team.member(City.objects.get(slug="kobe")))
    page.goto("/cities/kobe/edit/links/")
    page.get_by_role("button", name="Save").first.click()
    assert not Presence.objects.exists()
