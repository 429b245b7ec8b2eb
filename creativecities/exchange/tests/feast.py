"""An invented feast to which cities are invited, for tests of invitations."""

import datetime as dt
import uuid
from typing import Any

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.exchange import states
from creativecities.exchange.actions import invitations as acts
from creativecities.exchange.models import Initiative, Invitation, Invitee
from creativecities.network.models import City
from creativecities.network.tests import team

FORM = "/initiatives/feast-of-the-river/invite/"


def day(ahead: int) -> str:
    return (days.today() + dt.timedelta(days=ahead)).isoformat()


def letter(**more: Any) -> dict[str, Any]:
    """What the host types, for the member cities of gastronomy."""
    return {
        "fields_": ["gastronomy"], "cities": "", "starts_on": day(90), "ends_on": day(92), "pays": "stay",
        "places": "2", "answer_by": day(30), "text": "Cook with us for three days.", "language": "en",
        "once": str(uuid.uuid4()), **more,
    }  # fmt: skip


def speaker(city: City) -> Person:
    """Who speaks for a city; somebody new where there is nobody."""
    held = city.mandates.first()
    return held.person if held else team.member(city)


def sent(feast: Initiative, *cities: City, places: int = 1, **values: Any) -> Invitation:
    """An invitation that has been sent to these cities, past the page."""
    values = {
        "text": "Cook with us.", "language": "en", "starts_on": days.today() + dt.timedelta(90),
        "ends_on": days.today() + dt.timedelta(92), "answer_by": days.today() + dt.timedelta(30), "pays": "stay",
        "once": uuid.uuid4(), **values,
    }  # fmt: skip
    one = Invitation.objects.create(initiative=feast, host=feast.lead, places=places, **values)
    for city in cities:
        Invitee.objects.create(invitation=one, city=city, host=feast.lead)
    return one


def accept(one: Invitation, city: City, *, waits: bool = False, word: str = "") -> None:
    acts.accept(one.invitees.get(city=city), word=word, waits=waits, by=speaker(city))


def decline(one: Invitation, city: City) -> None:
    acts.decline(one.invitees.get(city=city), word="", by=speaker(city))


def state(one: Invitation, city: City) -> str:
    return one.invitees.get(city=city).state


def taken(one: Invitation) -> int:
    """Places given, which are as many as cities that come."""
    one.refresh_from_db()
    assert one.taken == one.invitees.filter(state=states.ACCEPTED).count()
    return one.taken
