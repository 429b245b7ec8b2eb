"""Pages of the conference ask the database as often for many cities, people and sessions as for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.models import Booth, Delegation, Edition, Favourite, SignUp, Speaker
from creativecities.conference.tests import kit
from creativecities.core import freshness
from creativecities.core.actor import Robot
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
ROOT = "/conference/2031/"
PUBLIC = (
    "/conference/", ROOT, f"{ROOT}programme/", f"{ROOT}programme.csv", f"{ROOT}programme/session-0/",
    f"{ROOT}programme/changes/", f"{ROOT}now/", f"{ROOT}participants/", f"{ROOT}participants.json", f"{ROOT}fair/",
)  # fmt: skip
TEAM = (
    f"{ROOT}delegation/kobe/", f"{ROOT}delegation/kobe/nominate/", f"{ROOT}programme/session-0/",
    f"{ROOT}mine/programme/", f"{ROOT}participants/", f"{ROOT}fair/",
)  # fmt: skip
OFFICE = tuple(f"/secretariat/conference/2031/{page}/" for page in ("delegations", "badges", "fair", "doors"))


def fill(one: Edition, ours: Delegation, someone: Person, cities: range) -> None:
    """Further cities, each with a speaker, a booth and a session that everybody of Kobe sits in; and more of Kobe."""
    for at in cities:
        kit.delegate(ours, name=f"Rui {at}", consent="public")
        session = kit.session(one, f"session-{at}", day=at, seats=20)
        sent = kit.delegation(one, team.city(f"Vila {at}"))
        speaker = kit.delegate(sent, name=f"Nuno {at}", consent="public")
        Speaker.objects.create(session=session, delegate=speaker)
        Booth.objects.create(edition=one, city=sent.city, state=states.CHOSEN, number=at + 1, text="Lamps")
        for number, each in enumerate(ours.delegates.all(), 1):
            SignUp.objects.create(session=session, delegate=each, number=number)
        Favourite.objects.create(session=session, person=someone)
        kit.badge(speaker)
        kit.door(one, f"Door {at}")
    kit.release(one, by=Robot("Test"))
    freshness.forget()


def asked(client: Any, page: str) -> int:
    """How often, once the names of fields and the newest release are known; the number of the last write left out."""
    client.get(page)
    with CaptureQueriesContext(connection) as statements:
        assert client.get(page).status_code == 200, page
    return sum("core_generation" not in each["sql"] for each in statements)


def test_as_many_statements_for_four_as_for_one(client: Any, new_client: Any):
    home = team.city("Kobe")
    one = kit.edition(settings=kit.settings(most=9) | {"fair": {"rows": [3, 3], "apply_by": ""}})
    someone, ours = team.member(home, "Ana Exemplo"), kit.delegation(one, home)
    kit.delegate(ours, "focal-point", "Ana Exemplo", person=someone)
    signed_in, office = team.sign_in(new_client(), someone), team.sign_in(new_client(), team.officer())
    counts = []
    for cities in (range(1), range(1, 4)):
        fill(one, ours, someone, cities)
        readers = ((client, PUBLIC), (signed_in, TEAM), (office, OFFICE))
        counts.append([{page: asked(reader, page) for page in pages} for reader, pages in readers])
    assert counts[0] == counts[1]
    for pages, most in zip(counts[1], (5, 16, 12), strict=True):
        assert max(pages.values()) <= most, pages
