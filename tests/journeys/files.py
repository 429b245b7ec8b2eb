"""What several journeys do with a city's file: begin it, fill it, hand it in."""

import io
from typing import Any

from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect
from pypdf import PdfWriter

from creativecities.calls.models import Application, Submission
from creativecities.network.models import Country
from tests.harness.post import PostOffice, path_in
from tests.journeys.hands import Hands


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


def hand_in(rui: Reader, file: Application) -> None:
    """Confirms what is handed in, and gets the receipt with its fingerprint."""
    rui.go(f"/applications/{file.code}/hand-in/")
    rui.sees("Nothing: the file is complete.")
    rui.page.check("#id_is_read")
    rui.press("Hand the file in")
    expect(rui.page.locator("main")).to_contain_text(Submission.objects.get().fingerprint[:8])
