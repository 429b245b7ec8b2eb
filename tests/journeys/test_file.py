"""Two write a city's file at once in the browser: saved as they type, both texts side by side, by keyboard."""

import re

from playwright.sync_api import expect

from creativecities.accounts.tests import people
from creativecities.calls.models import Answer, Contributor
from creativecities.calls.tests import kit
from creativecities.network.models import Country
from creativecities.network.tests import team
from tests.journeys.conftest import OpenPage, sign_in
from tests.journeys.hands import Hands
from tests.journeys.test_access import faults_of

HISTORY = "#id_answer_history_0"


def test_two_write_a_file_at_once_and_lose_nothing(browser_page: OpenPage, site: str):
    rui, eva = people.person("Rui Exemplo"), people.person("Eva Exemplo")
    file = kit.begun(kit.published(team.officer("Olga Exemplo")), rui, country=Country.objects.get(pk="PT"))
    Contributor.objects.create(application=file, person=eva, role="editor")
    path = f"/applications/{file.code}/form/assets/"
    first, second = (sign_in(browser_page(), site, each) for each in (rui, eva))
    second.goto(path)
    hands = Hands(first, keyboard=True)
    first.goto(path)
    hands.write("History and role of the field in the city", "Lamps by Rui")
    expect(first.locator("#words_history_0")).to_contain_text("3 of 300")
    expect(first.locator("#save-state")).to_contain_text("Saved at")
    assert Answer.objects.get().value == "Lamps by Rui"
    with first.expect_request(lambda request: request.method == "POST") as sent:
        hands.write("Economic weight of the field", "Forty workshops")
    typed = sent.value.post_data or ""
    assert "Forty" in typed
    assert "history" not in typed, "what did not change is not sent again"
    expect(first.locator("#opened_economy_0")).to_have_attribute("value", re.compile("^1-"))

    second.fill(HISTORY, "Chairs by Eva")
    expect(second.get_by_text("Two people wrote here at the same time")).to_be_visible()
    expect(second.get_by_text("Lamps by Rui").first).to_be_visible()
    assert second.input_value(HISTORY) == "Chairs by Eva"
    assert not faults_of(second)
    second.get_by_role("button", name="Save mine on top").click()
    expect(second.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    assert Answer.objects.get(question="history").value == "Chairs by Eva"

    second.route("**/form/assets/", lambda route: route.fulfill(status=503))
    second.fill(HISTORY, "Chairs by Eva, and lamps")
    expect(second.get_by_role("button", name="Try again")).to_be_visible()
    second.unroute("**/form/assets/")
    second.get_by_role("button", name="Try again").click()
    expect(second.locator("#save-state")).to_contain_text("Saved at")
    assert Answer.objects.get(question="history").value == "Chairs by Eva, and lamps"
