"""A city's file by other ways: without scripts, by a commission's link, and its judges by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls.actions import applications, scenarios
from creativecities.calls.models import Answer, Application, Call, Endorsement, Review
from creativecities.calls.tests import kit
from creativecities.network.models import Country, CreativeField
from creativecities.network.tests.factories import holder
from tests.harness.post import PostOffice, path_in
from tests.journeys.conftest import OpenPage, sign_in
from tests.journeys.files import Reader, begin, fill, hand_in
from tests.journeys.hands import Hands

pytestmark = pytest.mark.apart  # what each asks of the database is tested on both
COMMISSION = "commission@lampara.example"


def test_a_commission_without_an_account_asks_and_endorses_by_its_link_in_french(
    browser_page: OpenPage, short_call: Call, post_office: PostOffice
) -> None:
    rui, country = people.person("Rui Exemplo"), Country.objects.get(pk="PT")
    kit.commission(country)
    file = kit.filled(kit.begun(short_call, rui, country=country), rui)
    applications.present(file, by=rui)
    nadia = Reader(browser_page(locale="fr"), "fr")
    nadia.go(path_in(post_office.letters(COMMISSION)[-1]))
    nadia.page.locator("main summary").nth(1).click()
    expect(nadia.page.get_by_text("contribution lamps").first).to_be_visible()

    nadia.page.fill("#id_text", "Qui paie la deuxième année ?")
    confirm(nadia, post_office)
    nadia.press("Send")
    nadia.sees("Qui paie la deuxième année ?")
    nadia.follow("Endorse")
    nadia.page.fill("#id_words", "Nous soutenons Lampara, dont nous connaissons les lampes.")
    confirm(nadia, post_office)
    nadia.press("Endorse")
    nadia.sees("endorsed")
    nadia.sees("dont nous connaissons les lampes")
    with nadia.page.expect_download() as letter:
        nadia.follow("The letter of the commission")
    assert letter.value.path().read_bytes().startswith(b"%PDF")
    assert Endorsement.objects.get().person_id is None
    assert file.remarks.get().is_by_commission


def confirm(nadia: Reader, post_office: PostOffice) -> None:
    """Has a code mailed to the registered address, and types it; what stands in the form stays."""
    nadia.press("Mail a code")
    nadia.sees(
        "A code is on its way to the registered address of your commission. It is valid for ten minutes and works once."
    )
    found = re.search(r"\d{4} \d{4}", post_office.letters(COMMISSION)[-1].get_content())
    assert found
    nadia.page.fill("#id_code", found[0])


def test_a_file_is_begun_written_by_two_and_handed_in_without_scripts(
    browser_page: OpenPage, site: str, short_call: Call, post_office: PostOffice
) -> None:
    rui, country = Reader(browser_page(javascript=False), "en"), Country.objects.get(pk="PT")
    begin(rui, country, post_office)
    file = Application.objects.get()
    editor = people.person("Eva Exemplo")
    file.contributors.create(person=editor, role="editor")
    eva = Reader(sign_in(browser_page(javascript=False), site, editor), "en")
    eva.go(f"/applications/{file.code}/form/motives/")
    fill(rui, file)
    eva.page.fill("#id_answer_contribution_0", "Chairs for every school.")
    eva.page.locator(".save-bar > button").first.click()
    eva.sees("Two people wrote here at the same time")
    eva.sees("Lamps for every school of the network.")
    eva.press("Save mine on top")
    eva.sees("Saved.")
    assert Answer.objects.get(question="contribution").value == "Chairs for every school."
    kit.endorsed(file)
    hand_in(rui, file)


def test_reviews_and_the_board_are_written_by_keyboard_alone(
    browser_page: OpenPage, site: str, short_call: Call, olga: Person
) -> None:
    rui, country = people.person("Rui Exemplo"), Country.objects.get(pk="PT")
    first, second = (
        kit.eligible(short_call, rui, name, country=country, field=CreativeField.objects.get(pk=field))
        for name, field in (("Lampara", "design"), ("Vila Clara", "film"))
    )
    eva = kit.reviewer(short_call, holder("expert", "Eva Exemplo"), countries=["JP"])
    for each in (first, second):
        kit.assigned(eva, each)
    page = sign_in(browser_page(), site, eva.person)
    hands = Hands(page, keyboard=True)
    page.goto(f"/reviews/{first.code}/")
    for points in page.locator("fieldset.points").all():
        hands.tick(points.locator("input[type=radio]").first)
    page.locator("#kept").get_by_text("Saved").wait_for()
    hands.press("Save and next")
    assert page.url.endswith(f"/reviews/{second.code}/")
    assert len(Review.objects.get(assignment__application=first).scores) == len(
        short_call.versions.all()[0].definition["criteria"]
    )  # fmt: skip

    one = scenarios.draw_up(short_call, "Chosen", [], by=olga)
    board = sign_in(browser_page(), site, olga)
    board.goto(f"/secretariat/calls/2031/decision/scenarios/{one.pk}/")
    hands = Hands(board, keyboard=True)
    with board.expect_response(lambda answer: answer.request.method == "POST"):
        hands.tick(board.get_by_role("checkbox", name="Lampara"))
    hands.press("Save")
    assert [each.city_name for each in one.files.all()] == ["Lampara"]
