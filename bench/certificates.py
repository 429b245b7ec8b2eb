"""How long certificates of attendance take to be set in type: 200 people of 50 cities, in four scripts.

Run with the environment of an installation that holds the reference data; everything is taken back at the end. Prints
one JSON object: seconds by the clock and of the processor, turns, bytes of the archive, and the most memory the process
has ever held before and after. The number of people can be given.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import datetime as dt
import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import night_inside as night  # sets Django up
from board import TakenBack
from django.db import transaction

from creativecities.accounts import actions as accounts
from creativecities.conference import jobs
from creativecities.conference.actions import certificates as actions
from creativecities.conference.compute import definition
from creativecities.conference.formats import certificates as formats
from creativecities.conference.models import Delegate, Delegation, Edition
from creativecities.conference.queries import certificates as queries
from creativecities.core import days
from creativecities.network.models import City, Mandate

PEOPLE, CITIES = 200, 50
NAMES = ("Olinda Exemplo", "محمد الخطيب المثالي", "王小明", "Ольга Примерова")


def edition(people):
    """Over since yesterday; nobody was counted at a door, so that everybody confirmed has a certificate."""
    one = Edition.objects.create(
        slug="bench", year=2031, number=900, state="announced", settings=definition.empty(["en", "fr"]),
        starts_on=days.today() - dt.timedelta(days=4), last_day=days.today() - dt.timedelta(days=1),
    )  # fmt: skip
    sent = [
        Delegation.objects.create(edition=one, city=city, state="confirmed")
        for city in City.objects.filter(is_listed=True).order_by("pk")[:CITIES]
    ]
    Delegate.objects.bulk_create(
        Delegate(delegation=sent[at % len(sent)], role="expert", number=at // len(sent) + 1, state="confirmed",
                 name=f"{NAMES[at % len(NAMES)]} {at}")
        for at in range(people)
    )  # fmt: skip
    return one


def memory():
    """The most this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def issued(one):
    """Issued and set in type, turn by turn, as a worker does it."""
    officer = accounts.welcome("officer@certificates.example", "Officer", by=night.SOMEBODY)
    Mandate.objects.create(person=officer, role="secretariat", start="2020-01-01")
    before, clock, processor, turns = memory(), time.perf_counter(), time.process_time(), 1
    actions.issue(one, by=officer)
    while jobs.set_certificates.call(one.pk):
        turns += 1
    standing, kept = queries.standing(one), list(queries.of_person(officer, one))
    with formats.archive(kept) as archive:
        size = len(archive.read())
    found = {
        "certificates": standing.ready, "turns": turns, "seconds": round(time.perf_counter() - clock, 1),
        "processor": round(time.process_time() - processor, 1), "bytes": size,
        "memory_before": before, "memory_after": memory(),
    }  # fmt: skip
    return found, [each.paper for each in kept]


def main(people=PEOPLE):
    """Print what was found."""
    papers = []
    try:
        with transaction.atomic():
            found, papers = issued(edition(people))
            raise TakenBack
    except TakenBack:
        print(json.dumps(found))
    finally:
        for each in papers:
            each.content.storage.delete(each.content.name)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
