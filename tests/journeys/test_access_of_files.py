"""axe finds nothing on any page of a file, of who endorses, checks, judges and decides it: in light and in dark."""

from typing import Any

import pytest

from creativecities.calls.tests import story
from creativecities.calls.tests.story import World
from tests.journeys.conftest import OpenPage, sign_in
from tests.journeys.test_access import faults_of

FILE, DESK = "/applications/{code}/", "/secretariat/calls/2031/"
PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "b": {
        "owner": ("/applications/", FILE, *(FILE + part for part in (
            "city/", "form/city/", "form/city/presentation/0/", "form/plan/", "documents/", "team/", "word/",
            "preview/", "hand-in/", "give-up/", "commission/", "timeline/", "changes/",
        ))),
        "reader": (FILE + "form/city/",),
    },
    "p": {
        "commission": ("/commission/", "/commission/{code}/", "/commission/{code}/endorse/",
                       "/commission/{code}/decline/"),
        "link": ("/endorse/{link}/", "/endorse/{link}/{code}/", "/endorse/{link}/{code}/endorse/"),
    },
    "h": {
        "owner": (FILE, *(FILE + part for part in ("hand-in/", "receipts/1/", "receipts/1/file/"))),
        "commission": ("/commission/2031/PT/ranks/",),
    },
    "c": {
        "secretariat": (DESK + "files/", DESK + "files/{code}/", DESK + "commissions/"),
        "owner": (FILE + "receipts/2/since/1/",),
    },
    "e": {
        "secretariat": tuple(DESK + part for part in (
            "reviewers/", "reviewers/{reviewer}/", "reviewers/expert/", "reviewers/cities/", "assignments/",
            "assignments/plan/", "assignments/{code}/", "results/", "meeting/agenda/",
        )),
        "reviewer": ("/reviews/", "/reviews/{code}/", "/reviews/invitations/", "/reviews/invitations/2031/"),
        "undeclared": ("/reviews/invitations/2031/",),
        "left": ("/reviews/invitations/2031/",),
    },
    "m": {
        "secretariat": tuple(DESK + part for part in ("meeting/", "results/", "results/{code}/")),
        "reviewer": ("/reviews/", "/reviews/{code}/", "/reviews/meeting/2031/"),
        "in-conflict": ("/reviews/meeting/2031/",),
    },
    "d": {
        "head": tuple(DESK + "decision/" + part for part in (
            "", "scenarios/{scenario}/", "compare/", "propose/", "files/", "files/{code}/", "text/", "announce/",
        )),
    },
    "D": {
        "owner": (FILE, FILE + "decision/", FILE + "timeline/"),
        "visitor": ("/calls/2031/announcement/", "/calls/2031/"),
        "head": (DESK + "decision/announce/",),
    },
}  # fmt: skip
"""At each moment of the story, who opens which pages."""


def _found(world: World, moment: str, looks: list[tuple[Any, str]], site: str) -> list[str]:
    """Every rule that fails on the pages of a moment."""
    if world.file is None:
        return []
    words = {"code": world.file.code, "link": world.links["link"], "scenario": world.scenario,
             "reviewer": world.readers["reviewer"].pk}  # fmt: skip
    faults = []
    for who, paths in PAGES.get(moment, {}).items():
        for page, prefix in looks:
            page.context.clear_cookies()
            if person := world.cast.get(who):
                sign_in(page, site, person)
            for path in paths:
                answer = page.goto(prefix + path.format(**words))
                problems = faults_of(page) if answer.status == 200 else [str(answer.status)]
                faults += [f"{moment} {who} {prefix}{path}: {each}" for each in problems]
    return faults


@pytest.mark.apart
def test_axe_finds_nothing_on_the_pages_of_a_file_from_its_beginning_to_the_decision(browser_page: OpenPage, site: str):
    looks = [(browser_page(), ""), (browser_page(dark=True, width=360), "/ar")]
    world, faults = story.begin(), []
    for moment in story.tell(world):
        faults += _found(world, moment, looks, site) if moment != "D" else []
        if moment == "d":
            break
    story.announce(world, 1)
    faults += _found(world, "D", looks, site)
    assert not faults, "\n".join(faults)
