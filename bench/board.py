"""How long the balance board of a call takes to be drawn again, with 300 files in evaluation that six have judged.

Run with the environment of an installation that holds the reference data; everything is taken back at the end. Prints
one JSON object: the median and the slowest of some redraws in milliseconds, as a browser asks for them, and the same
for a proposal for stated wishes.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import json
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import django

django.setup()

from django.db import transaction
from django.test import Client
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls.compute.instants import instants
from creativecities.calls.formats.templates import template
from creativecities.calls.models import Application, Assignment, Call, Review, Reviewer, Scenario
from creativecities.network.models import City, Country, CreativeField, Mandate

FILES, REVIEWERS, TIMES = 300, 50, 20
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class TakenBack(Exception):
    """Ends the transaction without a trace."""


def call():
    """Closed, by the practice of 2025."""
    said = template("2025-practice")
    said["dates"] |= {"opens_at": "2030-01-01T00:00", "closes_at": "2030-03-01T00:00"}
    dates = instants(said)
    one = Call.objects.create(
        slug="bench", state="published", next=said, opens_at=dates["opens_at"], closes_at=dates["closes_at"]
    )
    one.versions.create(number=1, definition=said)
    return one


def filled(one, chance):
    """300 files of invented cities, each with six reviews."""
    countries, fields = list(Country.objects.all()), list(CreativeField.objects.all())
    files = Application.objects.bulk_create(
        Application(
            call=one, city_name=f"Vila {number:03}", country=chance.choice(countries), field=chance.choice(fields),
            language="en", state="eligible", submitted_at=timezone.now(), population=chance.randrange(20_000, 4_000_000),
        )
        for number in range(FILES)
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(email=f"bench-{number}@example.org", name=f"Reader {number}") for number in range(REVIEWERS)
    )
    city = City.objects.first()
    readers = Reviewer.objects.bulk_create(
        Reviewer(call=one, person=person, most=60, state="accepted", group="member-city" if number % 2 else "expert",
                 city=city if number % 2 else None)
        for number, person in enumerate(people)
    )  # fmt: skip
    given = Assignment.objects.bulk_create(
        Assignment(reviewer=reader, application=each, state="done")
        for each in files for reader in chance.sample(readers, 6)
    )  # fmt: skip
    criteria = [each["key"] for each in one.next["criteria"]]
    Review.objects.bulk_create(
        Review(assignment=each, call_version=1, scores={key: chance.randrange(1, 6) for key in criteria})
        for each in given
    )
    return files


def timed(act):
    """Milliseconds of each of some times, the first one left out: it compiles templates."""
    found = []
    for _turn in range(TIMES + 1):
        begun = time.perf_counter()
        answer = act()
        found.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, answer.status_code
    return {"median": round(statistics.median(found[1:]), 1), "slowest": round(max(found[1:]), 1)}


def main():
    chance = random.Random(4)
    try:
        with transaction.atomic():
            one = call()
            files = filled(one, chance)
            head = Person.objects.create(email="head@example.org", name="Head")
            Mandate.objects.create(person=head, role="head-of-the-network", start="2020-01-01")
            scenario = Scenario.objects.create(call=one, name="Bench")
            client = Client(SERVER_NAME="127.0.0.1")
            client.force_login(head, backend=BACKEND)
            root = "/secretariat/calls/bench/decision/"
            wishes = {"name": "P", "number": 50, "expert_share": 50, "from_regions": 15, "new_countries": 10,
                      "per_field": 3, "per_country": 2, "act": "draw"}  # fmt: skip

            def redraw():
                ticked = [each.pk for each in chance.sample(files, 50)]
                given = {"name": "Bench", "opened": 1, "ticked": ticked}
                return client.post(f"{root}scenarios/{scenario.pk}/", given, headers={"HX-Request": "true"})

            found = {"redraw": timed(redraw), "proposal": timed(lambda: client.post(f"{root}propose/", wishes))}
            raise TakenBack
    except TakenBack:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
