"""A focal point at the desk of their city: by keyboard alone, with pictures, and two at once."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from creativecities.accounts.models import Person
from creativecities.network.compute.words import count_words
from creativecities.network.models import City, Picture, Portrait
from creativecities.network.tests import team
from tests.journeys.conftest import once, sign_in

TEXT = (
    "The harbour of Kobe took in jazz, coffee and western sweets in 1868, and its makers still draw on all three. " * 2
)

SCRIPTS = (
    "A city of letters – since 2004.", "神戸は設計の都市", "مدينة الحرف والتصميم", "กรุงเทพมหานคร", "서울 도시",
    "½ x\u00a0y\u3000z 𠮷野", "… – !",
)  # fmt: skip


@pytest.fixture
def focal_point(site: str) -> Person:
    return team.member(City.objects.get(slug="kobe"), "Aiko Mori")


def walk_to(page: Any, name: str, limit: int = 200) -> None:
    """Press Tab until the thing of this name has the focus."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.getAttribute('name')") == name:
            return
    pytest.fail(f"{name} is not reached by keyboard")


def send(page: Any, text: str, limit: int = 60) -> None:
    """Press Tab until the button of this text has the focus, then Enter."""
    for _step in range(limit):
        page.keyboard.press("Tab")
        if text in (page.evaluate("document.activeElement?.textContent") or ""):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the button “{text}” is not reached by keyboard")


def test_the_portrait_is_written_by_keyboard_alone(browser_page: Any, site: str, focal_point: Person):
    page = sign_in(browser_page(), site, focal_point)
    page.goto("/cities/kobe/edit/portrait/")
    walk_to(page, "text")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(TEXT)
    assert page.locator("#word-count [data-number]").inner_text() == str(count_words(TEXT))
    send(page, "Save the portrait")
    page.wait_for_url("**/edit/portrait/?saved=*")
    assert "Aiko Mori saved the portrait of Kobe" in page.locator(".notice.success").inner_text()
    page.goto("/cities/kobe/")
    assert "western sweets" in page.locator(".portrait").first.inner_text()
    page.go_back()
    send(page, "Undo")
    page.get_by_text("English, version 3").wait_for()
    assert Portrait.objects.filter(city__slug="kobe", is_current=True).get().number == 3


@pytest.mark.apart
def test_the_browser_counts_words_as_the_server_does(browser_page: Any, site: str, focal_point: Person):
    page = sign_in(browser_page(), site, focal_point)
    page.goto("/cities/kobe/edit/portrait/")
    for text in SCRIPTS:
        page.fill("#id_text", text)
        assert page.locator("#word-count [data-number]").inner_text() == str(count_words(text)), text


@pytest.mark.apart
def test_the_count_of_words_blames_nobody_who_has_not_typed(browser_page: Any, site: str, focal_point: Person):
    page = sign_in(browser_page(), site, focal_point)
    Portrait.objects.filter(city__slug="kobe", is_current=True).update(text="Jazz and coffee.")
    page.goto("/cities/kobe/edit/portrait/")
    count, error = page.locator("#word-count"), page.locator("#word-count.error")
    assert count.inner_text().startswith("3 words")
    assert error.count() == 0
    page.focus("#id_text")
    page.keyboard.insert_text("Still short ")
    assert error.count() == 0
    page.keyboard.press("Tab")
    assert error.count() == 1
    page.focus("#id_text")
    page.keyboard.insert_text("more " * 401)
    assert error.count() == 1
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(TEXT)
    assert error.count() == 0


@pytest.mark.parametrize("javascript", [True, once(False)])
def test_a_picture_is_handed_in_seen_and_withdrawn(
    browser_page: Any, site: str, focal_point: Person, tmp_path: Path, javascript: bool
):
    file = tmp_path / "harbour.jpg"
    file.write_bytes(team.photograph().read())
    page = sign_in(browser_page(javascript=javascript), site, focal_point)
    page.goto("/cities/kobe/edit/pictures/")
    page.set_input_files("#id_file", file)
    page.fill("#id_alt", "The harbour at night")
    page.fill("#id_credit", "A. Mori")
    page.check("#id_holds_rights")
    page.get_by_role("button", name="Show the picture").click()
    page.wait_for_url("**/edit/pictures/?saved=*")
    visitor = browser_page(javascript=javascript)
    visitor.goto("/cities/kobe/")
    shown = visitor.get_by_alt_text("The harbour at night")
    shown.scroll_into_view_if_needed()
    visitor.wait_for_load_state("networkidle")
    assert shown.bounding_box()["width"] > 100
    page.get_by_role("button", name="Withdraw picture 1").click()
    page.get_by_role("button", name="Undo").wait_for()
    assert Picture.objects.get().state == "withdrawn"
    visitor.reload()
    assert visitor.get_by_alt_text("The harbour at night").count() == 0


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.apart
def test_axe_finds_nothing_at_the_desks(browser_page: Any, site: str, focal_point: Person, language: str):
    page = sign_in(browser_page(), site, team.officer())
    paths = ["edit/", "edit/portrait/", "edit/names/", "edit/contact/", "edit/links/", "edit/pictures/", "history/"]
    desks = [
        "",
        "cities/",
        "cities/kobe/",
        "people/",
        "commissions/JP/",
        "fields/",
        "fields/design/",
        "outbox/",
        "events/",
    ]
    for path in [f"/cities/kobe/{path}" for path in paths] + [f"/secretariat/{path}" for path in desks]:
        page.goto(language + path)
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found])


def test_two_editors_see_each_other(browser_page: Any, site: str, focal_point: Person):
    other = team.member(City.objects.get(slug="kobe"), "Ken Sato", role="alternative-contact")
    mine, theirs = sign_in(browser_page(), site, focal_point), sign_in(browser_page(), site, other)
    for page in (mine, theirs):
        page.goto("/cities/kobe/edit/contact/")
    theirs.fill("#id_office", "Office for Design")
    theirs.get_by_role("button", name="Save the contact").click()
    theirs.wait_for_url("**/edit/contact/?saved=*")
    mine.fill("#id_office", "Office of Culture")
    mine.get_by_role("button", name="Save the contact").click()
    mine.get_by_role("heading", name="Two people wrote here at the same time").wait_for()
    assert "Ken Sato" in mine.locator("main").inner_text()
    assert mine.input_value("#id_office") == "Office of Culture"
    mine.get_by_role("button", name="Save the contact").click()
    mine.wait_for_url("**/edit/contact/?saved=*")
    assert City.objects.get(slug="kobe").office == "Office of Culture"
