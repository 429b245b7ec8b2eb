"""Adds invented cities to the database of an installation: `populate_many.py 10000` until there are that many members.

Run with the environment of that installation (DATA_DIR or DATABASE_URL). The reference data must be loaded: countries,
fields and rounds are real, each invented city lies near a real one of its country. The rows of lists are derived by the
same action that derives them for real cities.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import math
import os
import random
import re
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection, transaction
from fakes import Fake

from creativecities.core.actor import Robot
from creativecities.network import models
from creativecities.network.actions import listing

BEGIN = "Al Bar Cam Dor El Fen Gal Hol Is Jar Kel Lor Mar Nor Ost Pel Quin Ros Sal Tor Ul Ver Wil Yar Zan Bri Chal Dun Fre Gri".split()
MIDDLE = "a e i o u ai an ar el en er il in on or ul am em im os".split()
END = "ton ville burg stad dal mar polis furt wick haven grad pura abad city ford mouth sk ova ena iri".split()
SCRIPTS = {
    "Cyrl": "абвгдежзиклмнопрстуфхц",
    "Arab": "ابتثجحدرزسشصعفقكلمنهوي",
    "Hani": "安北城东方光海江京林南山水天西新阳州",
}
BATCH = 500


def city_names(chance, count, taken):
    """Names nobody bears yet."""
    names = set()
    while len(names) < count:
        name = (
            chance.choice(BEGIN)
            + "".join(chance.choice(MIDDLE) + chance.choice("bdklmnrstv") for _ in range(2))
            + chance.choice(END)
        )
        if name not in taken:
            names.add(name)
    return sorted(names)


def invented(chance, name, near):
    """A city with this name not far from a real one."""
    degrees = 2.5
    return models.City(
        slug=re.sub(r"[^a-z]+", "-", name.lower()),
        name=name,
        country_id=near.country_id,
        latitude=round(max(-85.0, min(85.0, near.latitude + chance.uniform(-degrees, degrees))), 5),
        longitude=round((near.longitude + chance.uniform(-degrees, degrees) + 180) % 360 - 180, 5),
        population=int(math.exp(chance.uniform(math.log(20_000), math.log(9_000_000)))),
        local_name=other_name(chance, chance.choice(list(SCRIPTS))) if chance.random() < 0.4 else "",
        confidence="verified",
        is_listed=True,
    )


def other_name(chance, script):
    letters = SCRIPTS[script]
    return "".join(
        chance.choice(letters) for _ in range(chance.randint(2, 3) if script == "Hani" else chance.randint(5, 9))
    )


def names_of(chance, city):
    yield models.CityName(city=city, name=city.name, language="en", script="Latn", kind=models.CityName.CURRENT)
    for script in SCRIPTS:
        yield models.CityName(city=city, name=other_name(chance, script), script=script)


@transaction.atomic
def add(count):
    """Invent `count` member cities, each with designation, membership, names and portrait."""
    chance, text = random.Random(10_000), Fake(13)
    real = list(models.City.objects.filter(is_listed=True).only("country_id", "latitude", "longitude").order_by("pk"))
    fields = list(models.CreativeField.objects.values_list("pk", flat=True).order_by("pk"))
    rounds = list(models.DesignationRound.objects.order_by("year"))
    taken = set(models.City.objects.values_list("name", flat=True))
    made = models.City.objects.bulk_create(
        [invented(chance, name, chance.choice(real)) for name in city_names(chance, count, taken)], BATCH
    )
    plan = [(city, chance.choice(fields), chance.choice(rounds)) for city in made]
    models.Designation.objects.bulk_create([models.Designation(city=c, field_id=f, round=r) for c, f, r in plan], BATCH)
    models.Membership.objects.bulk_create(
        [models.Membership(city=c, field_id=f, start=r.announced_on) for c, f, r in plan], BATCH
    )
    models.CityName.objects.bulk_create([name for city in made for name in names_of(chance, city)], BATCH)
    models.Portrait.objects.bulk_create(
        [
            models.Portrait(
                city=c, text=text.para(5), keywords=text.words(5).split(), source="invented", confidence="low"
            )
            for c in made
        ],
        BATCH,
    )


def main():
    wanted = int(sys.argv[1])
    missing = wanted - models.Listing.objects.values("city").distinct().count()
    if missing > 0:
        add(missing)
        listing.rebuild_all(by=Robot("bench"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        models.Listing.objects.values("city").distinct().count(),
        "cities",
        models.Listing.objects.count(),
        "rows of lists",
    )


if __name__ == "__main__":
    main()
