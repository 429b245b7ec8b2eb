"""axe finds nothing on any page of the conference, whoever looks, full and empty, in light and dark, in Arabic too.

What visitors read is looked at in both ways, pages of desks by turns in one or the other.
"""

import pytest

from creativecities.accounts.models import Person
from tests.journeys import editions
from tests.journeys.conftest import OpenPage, sign_in
from tests.journeys.test_access import faults_of

ONE, OVER, EMPTY = "/conference/2031/", "/conference/2030/", "/conference/2032/"
DESK, DONE, BARE = "/secretariat/conference/2031/", "/secretariat/conference/2030/", "/secretariat/conference/2032/"
PAGES: dict[str, tuple[str, ...]] = {
    "visitor": (
        "/conference/", ONE, OVER, EMPTY, "/certificate/", "/certificate/{certificate}/", "/door/{door}/",
        *(ONE + part for part in (
            "hosting/", "hosting/bids/{bid}/", "hosting/vote/1/", "participants/", "programme/", "programme/opening/",
            "programme/forum/", "programme/changes/", "now/", "fair/", "fair/{booth}/", "outcomes/",
            "outcomes/{outcome}/", "outcomes/{outcome}/1/",
        )),
        *(OVER + part for part in ("hosting/", "hosting/vote/1/", "participants/", "report/", "figures/")),
        *(EMPTY + part for part in ("participants/", "programme/", "now/")),
    ),
    "focal": (
        *(ONE + part for part in (
            "", "hosting/bids/{bid}/", "hosting/vote/1/cast/lampara/", "delegation/lampara/",
            "delegation/lampara/nominate/", "delegation/lampara/decline/", "delegation/lampara/{expert}/",
            "delegation/lampara/{expert}/replace/", "delegation/lampara/{expert}/withdraw/",
            "delegation/lampara/{expert}/needs/", "delegation/lampara/report/", "delegation/lampara/report/hand-in/",
            "meetings/lampara/", "outcomes/{outcome}/sign/lampara/", "programme/forum/",
        )),
        "/cities/lampara/conference/2031/booths/",
        *(OVER + part for part in ("certificates/", "delegation/lampara/report/", "delegation/lampara/")),
        EMPTY + "delegation/lampara/",
    ),
    "partner": (*(ONE + part for part in (
        "hosting/", "hosting/bids/{draft}/", "hosting/bids/{draft}/edit/", "outcomes/{outcome}/withdraw/vila-clara/",
    )),),
    "director": (*(ONE + part for part in (
        "mine/entry/", "mine/programme/", "programme/forum/", "delegation/lampara/report/ideas/1/",
    )),),
    "mayor": (ONE + "programme/forum/", ONE + "mine/programme/", OVER + "certificates/"),
    "head": (OVER + "hosting/vote/1/", OVER + "hosting/vote/1/decide/"),
    "olga": (
        "/secretariat/conference/",
        *(DESK + part for part in (
            "", "settings/", "settings/about/", "settings/when/", "settings/work/", "settings/delegations/",
            "settings/hosting/", "settings/criteria/", "settings/criteria/hall/", "settings/places/", "settings/form/",
            "hosting/", "hosting/bids/{bid}/", "delegations/", "delegations/lampara/", "badges/", "programme/",
            "programme/rooms/hall/", "programme/sessions/opening/", "programme/release/", "programme/import/", "fair/",
            "fair/{asked}/", "fair/{booth}/", "meetings/", "doors/", "doors/{door_pk}/", "doors/board/",
            "doors/announcements/", "outcomes/", "outcomes/{outcome}/", "report/", "certificates/", "figures/",
        )),
        *(DONE + part for part in ("", "report/", "certificates/", "figures/")),
        *(BARE + part for part in (
            "", "settings/", "hosting/", "delegations/", "badges/", "programme/", "programme/release/", "fair/",
            "meetings/", "doors/", "doors/board/", "doors/announcements/", "outcomes/", "report/", "certificates/",
            "figures/",
        )),
    ),
}  # fmt: skip
"""Who opens which pages."""


@pytest.mark.apart
def test_axe_finds_nothing_on_the_pages_of_the_conference(browser_page: OpenPage, site: str, olga: Person) -> None:
    looks = [(browser_page(), ""), (browser_page(dark=True, width=360), "/ar")]
    world, faults = editions.begin(olga), []
    for who, paths in PAGES.items():
        for number, (page, prefix) in enumerate(looks):
            page.context.clear_cookies()
            if person := world.cast[who]:
                sign_in(page, site, person)
            for path in paths if who == "visitor" else paths[number::2]:
                answer = page.goto(prefix + path.format(**world.words))
                assert answer
                problems = faults_of(page) if answer.status == 200 else [str(answer.status)]
                faults += [f"{who} {prefix}{path}: {each}" for each in problems]
    assert not faults, "\n".join(faults)
