"""How long 600 badges take to be set in type, names of 12 scripts among them, and what memory that takes.

Run with the environment of an installation that holds the reference data; everything is taken back at the end. Prints
one JSON object: seconds by the clock and of the processor, the file in kilobytes, its pages, and the most memory the
process has ever held before and after. The number of badges can be given.
"""

# ruff: noqa: E402 - Django is set up before the rest can be imported
import datetime as dt
import io
import json
import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import transaction
from pypdf import PdfReader

from creativecities.conference import jobs, states
from creativecities.conference.actions import badges
from creativecities.conference.models import Badge, Delegate, Delegation, Edition, Printing
from creativecities.core import days
from creativecities.core.actor import Robot
from creativecities.core.models import StoredFile
from creativecities.network.models import City

BADGES, A_CITY = 600, 3
NAMES = (
    "Berta Exemplo", "ليلى بنت عبد الرحمن", "李小明", "Анна Примерова", "दीपा उदाहरण", "Ελένη Παράδειγμα",
    "김예시", "山田例子", "ምሳሌ አበበ", "ตัวอย่าง ใจดี", "დემო მაგალითი", "Łucja Przykład-Ślązak",
)  # fmt: skip


class TakenBack(Exception):
    """Ends the transaction without a trace."""


def filled(number):
    """An edition with so many people who are confirmed, three of a city."""
    first = days.today() + dt.timedelta(days=30)
    edition = Edition.objects.create(
        slug="badges", year=first.year, state=states.ANNOUNCED, starts_on=first, last_day=first + dt.timedelta(days=3)
    )
    for at, city in enumerate(City.objects.order_by("pk")[: -(-number // A_CITY)]):
        sent = Delegation.objects.create(edition=edition, city=city, state=states.CONFIRMED)
        for place in range(A_CITY):
            name = NAMES[(at * A_CITY + place) % len(NAMES)]
            one = Delegate.objects.create(
                delegation=sent, role="expert", number=place + 1, state=states.CONFIRMED, name=name, office="Gardens"
            )
            Badge.objects.create(delegate=one, token=f"{one.code:>032}")
    return edition


def memory():
    """The most this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def printed(edition):
    """Asked for and set sheet by sheet, as a worker does it."""
    before, clock, processor = memory(), time.perf_counter(), time.process_time()
    printing = badges.print_all(edition, by=Robot("Bench"))
    while printing.file is None:
        jobs.set_badges.call(printing.pk, printing.done)
        printing = Printing.objects.get(pk=printing.pk)
    seconds, used = round(time.perf_counter() - clock, 1), round(time.process_time() - processor, 1)
    after, raw = memory(), printing.file.content.read()
    return {
        "badges": printing.total, "pages": len(PdfReader(io.BytesIO(raw)).pages), "seconds": seconds,
        "processor": used, "kilobytes": len(raw) // 1000, "memory_before": before, "memory_after": after,
    }  # fmt: skip


def main(number=BADGES):
    try:
        with transaction.atomic():  # so no job is asked for either: each sheet is set here
            found = printed(filled(number))
            for stored in StoredFile.objects.filter(name="badges.pdf"):
                stored.content.storage.delete(stored.content.name)
            raise TakenBack
    except TakenBack:
        print(json.dumps(found))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
