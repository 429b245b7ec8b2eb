"""What is done most often at an edition, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from creativecities.accounts.models import Person
from creativecities.conference.models import Ballot, Bid, Booth, Delegate
from tests.journeys import editions
from tests.journeys.conftest import OpenPage, sign_in
from tests.journeys.hands import Hands

pytestmark = pytest.mark.apart  # what each asks of the database is tested on both
ONE, DESK = "/conference/2031/", "/secretariat/conference/2031/"


def test_by_keyboard_alone_delegates_are_named_ballots_ranked_seats_taken_and_booths_placed(
    browser_page: OpenPage, site: str, olga: Person
) -> None:
    world, page = editions.begin(olga), browser_page()

    def enter(who: str, path: str) -> Hands:
        person = world.cast[who]
        assert person
        sign_in(page, site, person).goto(path)
        return Hands(page, keyboard=True)

    name_delegates(enter("focal", f"{ONE}delegation/lampara/"), page)
    rank(enter("focal", f"{ONE}hosting/vote/1/"), page)
    enter("mayor", f"{ONE}programme/forum/").press("Sign up")
    expect(page.get_by_role("status")).to_contain_text("The seat is yours")
    place_a_booth(enter("olga", f"{DESK}fair/{world.words['asked']}/"), page)


def name_delegates(focal: Hands, page: Page) -> None:
    """Somebody is nominated, who has no name yet gets one, and all are confirmed."""
    focal.follow("Nominate Deputy mayor")
    focal.reach(page.locator("#id_name"))
    page.keyboard.type("Delia Exemplo")
    focal.press("Nominate")
    focal.follow("No name yet")
    focal.reach(page.locator("#id_name"))
    page.keyboard.type("Filipa Exemplo")
    focal.press("Save")
    focal.press("Confirm by name")
    expect(page.get_by_role("status")).to_contain_text("The delegation is confirmed by name.")
    assert Delegate.objects.filter(delegation__edition__slug="2031", state="nominated").count() == 0


def rank(focal: Hands, page: Page) -> None:
    """The second bid first, the first one second."""
    focal.follow("Vote for Lampara")
    focal.choose("Lamps on the bridge", "1")
    focal.choose("Lamps by the river", "2")
    focal.tick(page.locator("#id_sure"))
    focal.press("Cast the vote")
    expect(page.locator("h1")).to_have_text("Your city has voted")
    titles = dict(Bid.objects.values_list("code", "title"))
    ballot = Ballot.objects.get(vote__edition__slug="2031")
    assert [titles[code] for code in ballot.choices] == ["Lamps on the bridge", "Lamps by the river"]


def place_a_booth(officer: Hands, page: Page) -> None:
    """Chosen, then put on a free place of the plan itself."""
    officer.press("Give a booth")
    officer.follow("Place B2, free")
    expect(page.locator("#id_place")).to_have_value("B2")
    officer.press("Place the booth")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert Booth.objects.get(city__slug="vila-clara").place == "B2"
