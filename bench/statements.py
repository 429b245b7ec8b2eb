"""Counts the SQL statements of each page, with 3 and with 300 members, in a transaction that is taken back at the end.

Run with the environment of an installation that holds the reference data; prints one JSON object:
{page: {"3": [after a write, later], "300": [...], "again": with the page kept}}. `later` is a page whose process knows
the names and the map already and looks at the number of the last write again, as it does once a second.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from creativecities.core import freshness, pagecache
from creativecities.core.actor import Robot
from creativecities.core.models import Generation
from creativecities.network.actions import listing
from creativecities.network.models import Membership

PAGES = {
    "home": "/",
    "atlas": "/atlas/",
    "atlas, words": "/atlas/?q=krak",
    "atlas, field": "/atlas/?field=literature",
    "atlas, as of 2019": "/atlas/?as_of=2019-12-31",
    "atlas.json": "/atlas.json",
    "atlas.csv": "/atlas.csv",
    "atlas.geojson": "/atlas.geojson",
    "city": "/cities/krakow/",
    "statistics": "/statistics/",
    "statistics.json": "/statistics.json",
    "field": "/fields/literature/",
    "fields": "/fields/",
    "region": "/regions/europe-and-north-america/",
    "regions": "/regions/",
    "country": "/countries/PL/",
    "countries": "/countries/",
    "data": "/data/",
    "quality": "/data/quality/",
}
KEPT = "krakow"


class TakenBack(Exception):
    """Ends the transaction without a trace."""


def keep(count):
    """Leave `count` members, Kraków among them, and write the rows of lists anew."""
    now = Membership.objects.filter(end=None)
    ids = list(now.filter(city__slug=KEPT).values_list("city", flat=True))
    ids += list(now.exclude(city__slug=KEPT).order_by("start", "pk").values_list("city", flat=True)[: count - 1])
    Membership.objects.exclude(city__in=ids).delete()
    listing.rebuild_all(by=Robot("bench"))
    # Numbers that no other transaction of this process has used, because what is kept is kept by number.
    freshness.raise_generation()
    Generation.objects.update(number=F("number") + 1_000 * count)


def count(client, address):
    freshness._seen.forget()  # as after a second: what is kept stays, the number is looked at
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        return None
    return len(captured)


def measured(members):
    """For each page: statements right after a write, and later."""
    found = {}
    try:
        with transaction.atomic():
            keep(members)
            client = Client(SERVER_NAME="127.0.0.1")
            for name, address in PAGES.items():
                count(client, address)  # compiles templates
            for name, address in PAGES.items():
                freshness.raise_generation()
                found[name] = [count(client, address), count(client, address)]
            raise TakenBack
    except TakenBack:
        return found


def kept():
    """Statements of a page that is kept in memory, within the second."""
    client, found = Client(SERVER_NAME="127.0.0.1"), {}
    pagecache.shelf.most_bytes = 16_000_000
    for name, address in PAGES.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        found[name] = len(captured)
    return found


def main():
    pagecache.shelf.most_bytes = 0
    few, many = measured(3), measured(300)
    again = kept()
    print(json.dumps({name: {"3": few[name], "300": many[name], "again": again[name]} for name in PAGES}))


if __name__ == "__main__":
    main()
