"""An edition of the conference in the real browser, from the bids of its hosts to its report; each step by its role."""

import pytest

from creativecities.accounts.models import Person
from creativecities.conference import jobs
from creativecities.conference.models import CheckIn
from creativecities.exchange.models import Initiative
from tests.journeys import edition as steps
from tests.journeys.cast import Actor, Cities, Clock
from tests.journeys.conftest import OpenPage, sign_in


def test_an_edition_from_the_bids_to_its_report(
    browser_page: OpenPage, site: str, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def enter(person: Person | None = None) -> Actor:
        page = browser_page()
        return Actor(sign_in(page, site, person) if person else page)

    clock = Clock(monkeypatch)
    clock.tell(-200)
    cities = Cities()
    clara, lampara, ponte = cities.all
    officer, visitor = enter(olga), enter()
    steps.look_for_host(officer, clock)
    for city, title in ((clara, "Lamps by the river"), (ponte, "Lamps on the bridge")):
        steps.bid(enter(cities.focal[city]), title)
    clock.tell(-189)
    officer = enter(olga)
    steps.call_the_vote(officer, clock)
    clock.tell(-184)
    for city in (clara, lampara):
        steps.vote(enter(cities.mayor[city]), city)
    steps.vote_elsewhere()
    clock.tell(-179)
    jobs.close_votes()
    steps.read_the_result(visitor)

    officer, rui = enter(olga), enter(cities.focal[lampara])
    steps.open_registration(officer, clock)
    clock.tell(-90)
    rui = enter(cities.focal[lampara])
    steps.nominate(rui, cities)
    clock.tell(-61)
    rui, director, mayor = enter(cities.focal[lampara]), enter(), enter(cities.mayor[lampara])
    steps.confirm(rui)
    steps.claim(director)
    officer = enter(olga)
    steps.plan_programme(officer, clock)
    steps.move_the_forum(officer, clock)
    steps.read_what_changed(visitor)
    steps.enter_the_forum(mayor, director)

    steps.plan_meetings(officer, clock)
    steps.show_a_booth(officer, rui, lampara)
    partner = enter(cities.focal[clara])
    steps.nominate_one(partner)
    steps.say_when(partner)
    steps.wish(rui, clara)
    clock.tell(-5)
    steps.apply_the_timetable(enter(olga))

    clock.tell(0)
    officer = enter(olga)
    steps.let_in(browser_page(width=390), steps.make_a_door(officer))
    steps.look_who_is_here(officer)
    assert CheckIn.objects.count() == 3

    clock.tell(1)
    officer, rui, mayor, director = (
        enter(olga),
        enter(cities.focal[lampara]),
        enter(cities.mayor[lampara]),
        enter(Person.objects.get(email=steps.DIRECTOR)),
    )
    steps.begin_an_initiative(rui)
    assert Initiative.objects.get(lead=lampara).partners.get() == clara
    steps.write_home(director, mayor)
    steps.publish_the_report(officer, visitor)
