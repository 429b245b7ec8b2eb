"""From a need to a collaboration that the network counts, and from a coordinator to the teams of a field."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from creativecities.accounts.models import Person
from creativecities.exchange.models import Initiative
from creativecities.network.models import City, CreativeField
from creativecities.network.tests import team
from creativecities.network.tests.factories import holder, member
from tests.harness.post import PostOffice, path_in
from tests.journeys.conftest import once, sign_in
from tests.journeys.hands import Hands

TITLE = "Who has turned a market hall into workshops?"


@pytest.fixture
def cities(site: str) -> tuple[City, City]:
    """Two invented members of one field."""
    return member(name="Vila Inventada", field="design"), member(name="Cidade Exemplo", field="design")


def the_letter(post_office: PostOffice, person: Person) -> str:
    """Where the newest letter of a person leads."""
    return path_in(post_office.letters(person.email)[-1])


def ask(hands: Hands, city: City) -> None:
    hands.page.goto(f"/cities/{city.slug}/exchange/")
    hands.page.get_by_role("link", name="Post a need or offer").first.click()
    hands.page.get_by_label("Need", exact=True).check()
    hands.write("Title", TITLE)
    hands.write("Text", "Our hall is empty since the spring. We look for a city that has been through this.")
    hands.page.get_by_role("group", name="Topics").get_by_role("checkbox").first.check()
    hands.press("Post it")


def reply(hands: Hands) -> None:
    hands.page.goto("/exchange/")
    hands.follow(TITLE)
    hands.follow("Reply")
    hands.write("Why us", "Our hall has forty workshops now.")
    hands.write("What we bring", "Two people for a week, and the plans.")
    hands.write("When", "In May")
    hands.press("Send the reply")


def accept_and_publish(hands: Hands, path: str) -> None:
    hands.page.goto(path)
    assert "Our hall has forty workshops now." in hands.page.locator("main").inner_text()
    hands.press("Accept: begin a collaboration")
    hands.page.get_by_text("A collaboration has begun:").get_by_role("link").click()
    hands.follow("Edit the initiative")
    hands.press("Publish")
    hands.page.get_by_text("Published; its partner cities are asked.").wait_for()


def figures(page: Page) -> tuple[int, int]:
    """Ties between cities, and cities with a tie."""
    page.goto("/network/")
    ties, tied, *_others = page.locator(".figures strong").all_inner_texts()
    return int(ties), int(tied)


@pytest.mark.parametrize("javascript", [True, once(False)])
def test_a_need_becomes_a_collaboration_that_the_network_counts(
    browser_page: Any, site: str, cities: tuple[City, City], post_office: PostOffice, javascript: bool
) -> None:
    seeker, helper = cities
    ana, bruno = team.member(seeker, "Ana Exemplo"), team.member(helper, "Bruno Exemplo")
    visitor, *pages = (browser_page(javascript=javascript) for _each in range(3))
    at_first, at_second = (Hands(sign_in(page, site, who)) for page, who in zip(pages, (ana, bruno), strict=True))
    ties, tied = figures(visitor)
    ask(at_first, seeker)
    reply(at_second)
    accept_and_publish(at_first, the_letter(post_office, ana))
    assert figures(visitor) == (ties + 1, tied + 2)
    accepted, published = post_office.letters(bruno.email)
    assert "accepted your reply" in accepted["Subject"]
    assert TITLE in published["Subject"]
    one = Initiative.objects.get(title=TITLE)
    for city in cities:
        visitor.goto(f"/network/?city={city.slug}")
        assert visitor.locator("table.ties").get_by_role("link", name=TITLE).count() == 1
    visitor.goto(f"/initiatives/{one.slug}/")
    expect(visitor.locator("main")).to_contain_text("confirmed")


def test_the_coordinator_writes_to_all_teams_of_the_field_once(
    browser_page: Any, site: str, cities: tuple[City, City], post_office: PostOffice
) -> None:
    design = CreativeField.objects.get(slug="design")
    clara = holder("coordinator", "Clara Exemplo", city=cities[0], field=design)
    readers = [
        team.member(cities[0], "Ana Exemplo"),
        team.member(cities[1], "Bruno Exemplo"),
        team.member(cities[1], "Dora Exemplo", role="alternative-contact"),
    ]
    twice = team.member(cities[0], "Elsa Exemplo", role="alternative-contact")
    twice.mandates.create(role="alternative-contact", city=cities[1], start=clara.mandates.get().start)
    elsewhere = team.member(member(name="Vila Sonora", field="music"), "Fado Exemplo")
    hands = Hands(sign_in(browser_page(), site, clara), keyboard=True)
    hands.page.goto("/fields/design/cities/")
    hands.follow("Write to all cities")
    members = hands.page.locator(".notice[role=status]").inner_text()
    assert members.startswith("It goes to 4 people in the teams of 2 of ")
    hands.write("Subject", "We meet in May")
    hands.write("Text", "Three days, in our workshops.")
    hands.press("Show it before it is sent")
    assert not post_office.received
    hands.press("Send to 4 people")
    hands.page.get_by_text("The announcement is on its way to 4 people.").wait_for()
    for person in (*readers, twice):
        (letter,) = post_office.letters(person.email)
        assert letter["Subject"].strip() == "Design: We meet in May"
        assert "Three days, in our workshops." in letter.get_content()
    assert len(post_office.received) == 4
    assert not post_office.letters(elsewhere.email)
    reader = sign_in(browser_page(), site, readers[1])
    reader.goto(the_letter(post_office, readers[1]))
    expect(reader.get_by_role("heading", name="We meet in May")).to_be_visible()
