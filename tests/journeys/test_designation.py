"""One file, from the question whether the city can apply to the public page of a member: all parties, two languages."""

import io
from typing import Any

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from creativecities.accounts.models import Person
from creativecities.calls.actions import calls as actions
from creativecities.calls.models import Application, Call, Submission
from creativecities.calls.tests import kit
from creativecities.network.models import City, Country
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder
from tests.harness.post import PostOffice, path_in
from tests.journeys.conftest import OpenPage, once, sign_in
from tests.journeys.hands import Hands

ASKED = ("contribution", "local", "focal")
"""What is asked in this call: little, of several kinds."""


class Reader(Hands):
    """Somebody who reads the site in a language, and knows its words."""

    def __init__(self, page: Page, language: str) -> None:
        super().__init__(page)
        self.language = language

    def words(self, text: str, **given: Any) -> str:
        with override(self.language):
            return gettext(text) % given if given else gettext(text)

    def go(self, path: str) -> None:
        """To an address of the site, in one's own language."""
        self.page.goto(path if path.startswith("/fr/") or self.language == "en" else f"/fr{path}")

    def sees(self, text: str, **given: Any) -> None:
        expect(self.page.get_by_text(self.words(text, **given)).first).to_be_visible()

    def press(self, button: str) -> None:
        super().press(self.words(button))

    def follow(self, link: str) -> None:
        self.page.get_by_role("link", name=self.words(link), exact=True).first.click()

    def write(self, label: str, text: str) -> None:
        super().write(self.words(label), text)


@pytest.fixture
def olga(site: str) -> Person:
    return team.officer("Olga Exemplo")


@pytest.fixture
def call(olga: Person) -> Call:
    """Open, and short: a contact, a text, a plan, the letter of the mayor; one expert reads each file."""
    made = kit.draft(olga)
    said = made.next
    said["questions"] = [each for each in said["questions"] if each["key"].split("-")[0] in ASKED]
    used = {each["section"] for each in said["questions"]}
    said["sections"] = [each for each in said["sections"] if each["key"] in used]
    said["documents"] = [each for each in said["documents"] if each["key"].endswith("s-letter")]
    said["evaluation"] |= {"expert_reviews": 1, "member_city_reviews": 0, "quorum": 1}
    Call.objects.filter(pk=made.pk).update(next=said)
    made.refresh_from_db()
    actions.release(made, reason="", opened=made.version, by=olga)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("language", ["en", once("fr")])
def test_a_city_comes_from_the_first_question_to_its_page_as_a_member(
    browser_page: OpenPage, site: str, call: Call, olga: Person, post_office: PostOffice, language: str
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
    kit.closed(call)
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


def begin(rui: Reader, country: Country, post_office: PostOffice) -> None:
    """Asks whether the city can apply, leaves an address, and follows the link that comes by mail."""
    rui.go("/calls/2031/")
    rui.follow("Can our city apply?")
    rui.write("City", "Lampara")
    rui.page.select_option("#id_country", country.pk)
    rui.page.select_option("#id_field", "design")
    rui.press("Check")
    rui.sees("Yes, as far as can be told")
    rui.follow("Begin a file")
    rui.page.fill("#id_city_name", "Lampara")
    rui.page.select_option("#id_country", country.pk)
    rui.page.select_option("#id_field", "design")
    rui.page.fill("#id_name", "Rui Exemplo")
    rui.page.fill("#id_email", "rui@lampara.example")
    rui.press("Send me the link")
    rui.sees("Look into your mail")
    rui.go(path_in(post_office.letters("rui@lampara.example")[-1]))
    rui.page.locator("main form button[type=submit]").first.click()
    rui.page.get_by_role("link", name=rui.words("Go on with the file of %(city)s", city="Lampara")).click()


def fill(rui: Reader, file: Application) -> None:
    """Everything the call asks: where the city is, the form as one types, the letter of the mayor."""
    rui.go(f"/applications/{file.code}/city/")
    for name, value in {"population": "120000", "latitude": "41.1", "longitude": "-8.6"}.items():
        rui.page.fill(f"#id_{name}", value)
    rui.press("Save")
    typed = {
        "contacts": {
            "focal-point-name": "Rui Exemplo", "focal-point-function": "Head of culture",
            "focal-point-email": "rui@lampara.example",
        },
        "motives": {"contribution": "Lamps for every school of the network."},
        "plan": {
            "local-title": "A school of lamps", "local-text": "Forty workshops teach what they know.",
            "local-results": "Two hundred lamps.", "local-budget": "40000",
        },
    }  # fmt: skip
    for section, answers in typed.items():
        rui.go(f"/applications/{file.code}/form/{section}/")
        for key, text in answers.items():
            rui.page.fill(f"#id_answer_{key}_0", text)
        rui.page.locator(".save-bar > button").first.click()
        rui.sees("Saved.")
    rui.go(f"/applications/{file.code}/documents/")
    rui.page.set_input_files("input[type=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": a_pdf()})
    rui.press("Add")
    rui.sees("Saved.")


def a_pdf() -> bytes:
    """A real one, of a page."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


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


def hand_in(rui: Reader, file: Application) -> None:
    """Confirms what is handed in, and gets the receipt with its fingerprint."""
    rui.go(f"/applications/{file.code}/hand-in/")
    rui.sees("Nothing: the file is complete.")
    rui.page.check("#id_is_read")
    rui.press("Hand the file in")
    expect(rui.page.locator("main")).to_contain_text(Submission.objects.get().fingerprint[:8])


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
