"""One file, from the question whether the city can apply to the public page of a member: all parties, two languages."""

import pytest
from playwright.sync_api import expect

from creativecities.accounts.models import Person
from creativecities.calls.models import Application, Call
from creativecities.calls.tests import kit
from creativecities.network.models import City, Country
from creativecities.network.tests.factories import holder
from tests.harness.post import PostOffice
from tests.journeys.conftest import OpenPage, once, sign_in
from tests.journeys.files import Reader, begin, fill, hand_in


@pytest.mark.parametrize("language", ["en", once("fr")])
def test_a_city_comes_from_the_first_question_to_its_page_as_a_member(
    browser_page: OpenPage, site: str, short_call: Call, olga: Person, post_office: PostOffice, language: str
) -> None:
    def reader(person: Person | None = None) -> Reader:
        page = browser_page(locale=language)
        return Reader(sign_in(page, site, person) if person else page, language)

    rui, country = reader(), Country.objects.get(pk="PT")
    begin(rui, country, post_office)
    file = Application.objects.get()
    fill(rui, file)
    rui.go(f"/applications/{file.code}/commission/")
    rui.press("Present it")

    nadia = reader(kit.officer_of(country))
    endorse(nadia)
    hand_in(rui, file)

    officer = reader(olga)
    kit.closed(short_call)
    check(officer)
    expert = holder("expert", "Eva Exemplo")
    eva = reader(expert)
    ask(officer, eva, expert, file)
    read_and_score(eva)
    decide(officer, reader(holder("head-of-the-network", "Hana Exemplo")), file)

    city = City.objects.get(name="Lampara")
    visitor = reader()
    visitor.go("/calls/2031/announcement/")
    visitor.page.get_by_role("link", name="Lampara").first.click()
    expect(visitor.page.get_by_role("heading", name="Lampara", level=1)).to_be_visible()
    assert visitor.page.url.endswith(f"/cities/{city.slug}/")
    rui.go(f"/applications/{file.code}/")
    rui.sees("designated")


def endorse(nadia: Reader) -> None:
    """The officer of the commission reads, and writes the letter here."""
    nadia.go("/commission/")
    nadia.page.get_by_role("link", name="Lampara").first.click()
    nadia.page.locator("main summary").nth(1).click()
    expect(nadia.page.get_by_text("Lamps for every school of the network.").first).to_be_visible()
    nadia.follow("Endorse")
    nadia.page.fill("#id_words", "We endorse Lampara, whose lamps we know.")
    nadia.press("Endorse")
    nadia.sees("endorsed")


def check(officer: Reader) -> None:
    """Reads what the machine found, and has the last word."""
    officer.go("/secretariat/calls/2031/files/")
    officer.page.get_by_role("link", name="Lampara").first.click()
    officer.press("Admit to the evaluation")
    officer.sees("in evaluation")


def ask(officer: Reader, eva: Reader, expert: Person, file: Application) -> None:
    """An expert is asked, accepts, promises confidence, has no conflict to declare, and is given the file."""
    officer.go("/secretariat/calls/2031/reviewers/expert/")
    officer.page.get_by_role("link", name=expert.name).click()
    for box in ("fields][value=design", "languages][value=en"):
        officer.page.check(f"input[name={box}]")
    officer.page.select_option("#expert_country", "JP")
    officer.page.fill("#expert_most", "5")
    officer.press("Send the invitation")
    eva.go("/reviews/invitations/2031/")
    for button in ("Accept", "I promise this", "I have declared every conflict I know of"):
        eva.press(button)
    officer.go(f"/secretariat/calls/2031/assignments/{file.code}/")
    officer.page.get_by_role("button", name=expert.name).click()
    officer.sees("to be read")


def read_and_score(eva: Reader) -> None:
    """Points for each criterion and a text for the city, handed in."""
    eva.go("/reviews/")
    eva.page.get_by_role("link", name="Lampara").first.click()
    for points in eva.page.locator("fieldset.points").all():
        points.locator("input[type=radio]").last.check()
    eva.page.fill("#id_for_city", "The plan is sound: name who pays for the second year.")
    eva.press("Hand in")
    eva.sees("handed in")


def decide(officer: Reader, head: Reader, file: Application) -> None:
    """A reason in writing, the text for everybody, then one act of the head that makes all of it known."""
    officer.go(f"/secretariat/calls/2031/decision/files/{file.code}/")
    officer.page.check("input[name=is_designated][value=yes]")
    officer.page.fill("#id_reason", "A plan that others can learn from.")
    officer.page.locator("main form button[type=submit]").last.click()
    officer.go("/secretariat/calls/2031/decision/text/")
    for each in officer.page.locator("main form").get_by_role("textbox").all():
        each.fill("New cities of the network.")
    officer.press("Save")
    head.go("/secretariat/calls/2031/decision/announce/")
    head.page.check("#id_sure")
    head.press("Announce")
