"""A door on a phone: it opens, scans, shows and keeps everything without network, and hands it in later."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from creativecities.accounts.models import Person
from creativecities.conference.models import CheckIn, Delegate, Door, Edition, Scan
from creativecities.conference.queries import doors as queries
from creativecities.conference.tests import kit
from creativecities.network.models import Country
from creativecities.network.tests.factories import member
from tests.journeys.conftest import OpenPage, sign_in
from tests.journeys.test_access import faults_of


@pytest.fixture
def edition(site: str) -> Edition:
    return kit.edition(starts_in=0)


@pytest.fixture
def people(edition: Edition) -> list[Delegate]:
    """Two of an invented city; the first badge of the second one was lost."""
    city = member(name="Vila Inventada", slug="vila-inventada", country=Country.objects.get(iso2="PT"), field="design")
    sent = kit.delegation(edition, city)
    ana, omar = kit.delegate(sent, name="Ana Exemplo"), kit.delegate(sent, "observer", name="عمر المثال")
    kit.badge(ana, "token-of-ana")
    kit.badge(omar, "lost-token-of-omar", revoked_at=timezone.now())
    kit.badge(omar, "token-of-omar")
    return [ana, omar]


def opened(browser_page: OpenPage, door: Door, **how: Any) -> Page:
    """The page of a door on a phone, ready to do without network."""
    page = browser_page(width=390, **how)
    page.goto(f"/door/{door.code}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator("#fresh")).to_contain_text("List of")
    return page


def scan(page: Page, token: str, says: str) -> None:
    page.get_by_label("Badge", exact=True).fill(token)
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_contain_text(says)


def waiting(page: Page, number: int) -> None:
    expect(page.locator("#waiting")).to_have_text(str(number), timeout=15_000)


def test_hours_without_network_lose_nothing(
    site: str, browser_page: OpenPage, edition: Edition, people: list[Delegate], olga: Person
) -> None:
    door = kit.door(edition)
    page = opened(browser_page, door)
    page.context.set_offline(True)
    scan(page, "token-of-ana", "Come in")
    scan(page, "token-of-ana", "Already in")
    scan(page, "lost-token-of-omar", "Badge revoked")
    scan(page, "made-at-home", "Unknown here as of")
    expect(page.locator("#fault")).to_contain_text("No connection")
    waiting(page, 4)
    page.reload()
    expect(page.locator("#inside")).to_have_text("1")
    waiting(page, 4)
    page.get_by_label("Without a badge").fill("omar")
    expect(page.get_by_text("Nobody of this name is on the list.")).to_be_visible()
    page.get_by_label("Without a badge").fill("عمر")
    page.get_by_role("button", name="عمر المثال").click()
    expect(page.locator("#inside")).to_have_text("2")
    assert not Scan.objects.exists()

    page.context.set_offline(False)
    waiting(page, 0)
    expect(page.locator("#inside")).to_have_text("2")
    verdicts = Scan.objects.order_by("sequence").values_list("verdict", flat=True)
    assert list(verdicts) == ["accepted", "repeated", "revoked", "forged", "accepted"]
    assert CheckIn.objects.count() == 2

    page.get_by_role("button", name="Undo the last scan").click()
    expect(page.locator("#inside")).to_have_text("1")
    waiting(page, 0)
    assert CheckIn.objects.get().delegate == people[0]
    board = sign_in(browser_page(), site, olga)
    board.goto(f"/secretariat/conference/{edition.slug}/doors/board/")
    expect(board.get_by_text("here, of 2 who come")).to_contain_text("1")
    expect(board.get_by_text("with a revoked badge")).to_be_visible()


def test_two_doors_learn_of_each_other(browser_page: OpenPage, edition: Edition, people: list[Delegate]) -> None:
    north, south = (opened(browser_page, kit.door(edition, name)) for name in ("North door", "South door"))
    for page in (north, south):
        page.context.set_offline(True)
        scan(page, "token-of-ana", "Come in")
    scan(north, "token-of-omar", "Come in")
    for page in (north, south):
        page.context.set_offline(False)
        waiting(page, 0)
    expect(south.locator("#last")).to_contain_text("came in by another door as well")
    expect(south.locator("#inside")).to_have_text("2")
    scan(south, "token-of-omar", "by the door “North door”")
    assert CheckIn.objects.count() == 2


def test_a_door_under_a_new_address_hands_in_what_waits(
    browser_page: OpenPage, edition: Edition, people: list[Delegate]
) -> None:
    door = kit.door(edition)
    page = opened(browser_page, door)
    page.context.set_offline(True)
    scan(page, "token-of-ana", "Come in")
    Door.objects.update(code="another-address")
    page.context.set_offline(False)
    expect(page.locator("#fault")).to_contain_text("another address")
    expect(page.locator("#fresh")).to_contain_text("no list here")
    waiting(page, 1)
    page.goto("/door/another-address/")
    waiting(page, 0)
    assert CheckIn.objects.get().delegate == people[0]


def test_a_phone_whose_clock_is_wrong_says_so(browser_page: OpenPage, edition: Edition, people: list[Delegate]) -> None:
    page = browser_page(width=390)
    page.clock.install(time=timezone.now().replace(year=2020))
    page.goto(f"/door/{kit.door(edition).code}/")
    expect(page.locator("#clock")).to_have_text(re.compile("clock of this phone is .* min slow"))
    scan(page, "token-of-ana", "Come in")
    page.clock.run_for(3000)
    waiting(page, 0)
    assert CheckIn.objects.get().day == timezone.now().date()


def test_a_door_is_read_by_everybody(browser_page: OpenPage, edition: Edition, people: list[Delegate]) -> None:
    door = kit.door(edition)
    for language, dark in (("", False), ("/ar", True)):
        page = browser_page(width=360, dark=dark)
        page.goto(f"{language}/door/{door.code}/")
        expect(page.locator("html[data-awake]")).to_be_attached()
        page.locator("#token").fill("token-of-omar")
        page.keyboard.press("Enter")
        expect(page.locator("#verdict")).to_contain_text("عمر المثال")
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_camera_reads_badges_where_the_browser_itself_does_not(browser_page: OpenPage, edition: Edition) -> None:
    page = opened(browser_page, kit.door(edition))
    page.context.set_offline(True)
    read = page.evaluate(
        """async ([module, address]) => {
            delete globalThis.BarcodeDetector;
            const { reader } = await import(module);
            const picture = Object.assign(new Image(), { src: address });
            await picture.decode();
            return (await reader())(picture);
        }""",
        ["/static/conference/door-camera.js", queries.qr("token-of-ana")],
    )
    assert read == "token-of-ana"
