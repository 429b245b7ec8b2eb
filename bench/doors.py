"""2,000 badges at five doors without network for hours: what is lost, what is counted twice, how long it takes to meet.

Run with the environment of an installation that holds the reference data; use a copy, for what is made here stays.
Each badge is scanned at one door, every fifth also at another; some are scanned twice, made at home, revoked or undone.
Then the five come back at once, and each sends every message twice, as a phone does that did not hear the answer.
Prints one JSON object.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import datetime as dt
import json
import os
import random
import statistics
import sys
import threading
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from creativecities.conference.formats.doors import digest_of
from creativecities.conference.models import Badge, CheckIn, Delegate, Delegation, Door, Edition, Scan
from creativecities.network.models import City

BADGES, DOORS, AT_ONCE = 2000, 5, 200
NOW = timezone.now()


def people():
    """An edition of today, with eight confirmed delegates of each of 250 cities, and their badges."""
    edition = Edition.objects.create(
        slug=f"bench-{uuid.uuid4().hex[:8]}",
        year=NOW.year,
        state="announced",
        starts_on=NOW.date(),
        last_day=NOW.date(),
    )
    cities = list(City.objects.order_by("slug")[: BADGES // 8])
    sent = Delegation.objects.bulk_create(Delegation(edition=edition, city=city, state="confirmed") for city in cities)
    made = Delegate.objects.bulk_create(
        Delegate(delegation=one, role="expert", number=number, state="confirmed", name=f"Delegate {number} of {one.pk}")
        for one in sent
        for number in range(1, 9)
    )
    badges = Badge.objects.bulk_create(Badge(delegate=each, token=f"{edition.slug}-{each.pk}") for each in made)
    return edition, badges


def seen(number, said, token="", **facts):
    """What a phone keeps of a scan, some hours ago."""
    today = NOW.hour * 3600 + NOW.minute * 60  # a day has its own count
    at = NOW - dt.timedelta(seconds=random.randint(0, min(6 * 3600, today)))
    digest = {"digest": digest_of(token)} if token else {}
    return {"n": number, "at": int(at.timestamp() * 1000), "said": said, "list": "", **digest, **facts}


def queues(badges):
    """What the five phones have in store, and how many are to be in by it."""
    found = [[] for _door in range(DOORS)]
    for at, badge in enumerate(badges):
        places = [at % DOORS, (at + 1) % DOORS] if at % 5 == 0 else [at % DOORS]
        for place in places:
            for _time in range(2 if at % 40 == 0 else 1):
                found[place].append(("admitted", badge.token))
    gone = {badges[at].token for at in range(7, len(badges), 100)}  # scanned once, and taken back
    rows = []
    for place, scans in enumerate(found):
        random.shuffle(scans)
        queue = []
        for said, token in scans:
            queue.append(seen(len(queue) + 1, said, token))
            if token in gone:
                queue.append(seen(len(queue) + 1, "taken-back", undoes=len(queue)))
        queue += [seen(len(queue) + 1 + at, "unknown", f"made at home {place} {at}") for at in range(5)]
        rows.append(queue)
    return rows, len(badges) - len({token for token in gone})


def meet(door, queue, spent, failed):
    """One phone comes back: it sends all it has, each message twice."""
    client, phone, have = Client(), str(uuid.uuid4()), {}
    for first in range(0, len(queue), AT_ONCE):
        message = {"device": phone, "scans": queue[first : first + AT_ONCE]}
        for _time in range(2):
            began = time.perf_counter()
            body = {**message, "now": int(time.time() * 1000), "have": have}
            while True:
                answer = client.post(f"/door/{door.code}/sync", body, content_type="application/json")
                if answer.status_code == 200:
                    break
                failed.append(answer.status_code)  # the phone tries again
            spent.append(time.perf_counter() - began)
            given = answer.json()["list"]
            have |= {leaf: digest_of(text)[:16] for leaf, text in given["leaves"].items()}
    connection.close()


def main():
    settings.ALLOWED_HOSTS = ["testserver"]
    random.seed(1)
    edition, badges = people()
    doors = [Door.objects.create(edition=edition, name=f"Door {at}") for at in range(DOORS)]
    rows, expected = queues(badges)
    spent, failed = [], []
    threads = [threading.Thread(target=meet, args=(door, queue, spent, failed)) for door, queue in zip(doors, rows)]
    Client().get(f"/door/{doors[0].code}/")  # the first request loads the addresses
    began, busy = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole, busy = time.perf_counter() - began, time.process_time() - busy
    kept = Scan.objects.filter(door__in=doors)
    came = CheckIn.objects.filter(door__in=doors)
    verdicts = {name: kept.filter(verdict=name).count() for name in Scan.Verdict.values}
    print(json.dumps({
        "database": connection.vendor, "scans": sum(map(len, rows)), "lost": sum(map(len, rows)) - kept.count(),
        "in": came.count(), "expected": expected,
        "double": came.count() - came.values("delegate", "day").distinct().count(),
        "tried_again": failed, "verdicts": {name: number for name, number in verdicts.items() if number},
        "messages": len(spent), "seconds": round(whole, 2), "cpu_seconds": round(busy, 2), "median_ms": round(1000 * statistics.median(spent)),
        "slowest_ms": round(1000 * max(spent)),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
