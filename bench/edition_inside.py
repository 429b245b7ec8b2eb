"""An edition to be measured: 120 invented sessions of four days in sixteen rooms, with 200 speakers, released.

    edition_inside.py       prints one line of JSON: the address of its programme

Run with the environment of an installation that holds the reference data and nothing else; the cities are real, the people
are numbers.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import itertools
import json
import os
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import transaction

from creativecities.conference.models import Delegate, Edition, Room, Session, Speaker
from creativecities.conference.tests import kit
from creativecities.core.actor import Robot
from creativecities.network.models import City, CreativeField

SESSIONS, SPEAKERS, DAYS, ROOMS, HOURS = 120, 200, 4, 16, (8, 10, 12, 14, 16)
TALK = (
    "cities that craft paper and lamps together after the harvest by the river at night with music for everyone".split()
)
LANGUAGES = ["en", "fr", "es", "ar", "ru", "zh-hans"]


@transaction.atomic
def edition(slug: str = "bench", *, sessions: int = SESSIONS, speakers: int = SPEAKERS) -> Edition:
    """Announced, with registration open, and its programme released once."""
    chance = random.Random(31)
    one = kit.edition(slug, lasts=DAYS, settings=kit.settings(most=3))
    rooms = [kit.room(one, f"hall-{at + 1}", position=at, capacity=60 * (at + 1)) for at in range(ROOMS)]
    hours = itertools.product(range(DAYS), HOURS, rooms)
    made = [_session(one, at, next(hours), chance) for at in range(sessions)]
    _speakers(one, made, speakers)
    kit.release(one, by=Robot("Bench"))
    return one


def _session(one: Edition, at: int, where: tuple[int, int, Room], chance: random.Random) -> Session:
    """Of every kind, in some language, a third of them interpreted."""
    day, hour, room = where
    kinds, fields = list(Session.Kind), _fields()
    words = {code: " ".join(chance.sample(TALK, 7)).capitalize() for code in ("en", "fr")}
    return kit.session(
        one, f"session-{at + 1}", day=day, hour=hour, minutes=90, room=room, kind=kinds[at % len(kinds)], title=words,
        language=LANGUAGES[at % len(LANGUAGES)], interpretation=["fr", "en"] if at % 3 == 0 else [],
        field_id=fields[at % len(fields)] if at % 2 else None, seats=40 if at % 4 == 0 else None,
        abstract={"en": " ".join(chance.choices(TALK, k=120))},
    )  # fmt: skip


def _fields() -> list[str]:
    return list(CreativeField.objects.order_by("pk").values_list("pk", flat=True))


def _speakers(one: Edition, made: list[Session], number: int) -> None:
    """Each from another city, all named in public; as many as the floor has, one or two in a session."""
    cities = City.objects.filter(is_listed=True).order_by("-pk")[:number]
    people = [
        kit.delegate(kit.delegation(one, city), name=f"Speaker {at}", consent=Delegate.Consent.PUBLIC)
        for at, city in enumerate(cities)
    ]
    Speaker.objects.bulk_create(
        Speaker(session=made[at % len(made)], delegate=each, position=at // len(made))
        for at, each in enumerate(people)
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps({"programme": f"/conference/{edition().slug}/programme/"}))
