"""Creates tables and content in the database named by BENCH_DB. populate.py CSV (run inside floor/)."""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import csv
import datetime as dt
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.dirname(here)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
import django

django.setup()
from django.core.management import call_command
from django.db import connection
from django.utils.text import slugify
from app.models import City, Room, Slot, Speaker
from fakes import Fake

call_command("migrate", run_syncdb=True, verbosity=0)
if City.objects.exists():
    sys.exit("already populated")
f, seen, rows = Fake(11), set(), []
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    slug = slugify(r["city"])
    slug = slug if slug not in seen else f"{slug}-{r['country'].lower()}"
    seen.add(slug)
    intro, body = f.para(2), "\n".join(f.para(5) for _ in range(4))

    def num(k, t):
        return t(float(r[k])) if r[k] else None

    rows.append(
        City(
            slug=slug,
            name=r["city"],
            country=r["country"],
            field=r["creative_field"],
            intro=intro,
            body=body,
            year=int(r["designated_year"]),
            latitude=num("latitude", float),
            longitude=num("longitude", float),
            population=num("population", int),
            search=" ".join([r["city"], r["local_name"], r["creative_field"], intro, body]),
        )
    )
City.objects.bulk_create(rows)
rooms = [Room.objects.create(name=f"Hall {c}") for c in "ABCDEF"]
people = [Speaker.objects.create(name=f.name(i)) for i in range(200)]
fields = sorted({r.field for r in rows})
d0 = dt.datetime(2026, 12, 11, 8, tzinfo=dt.timezone.utc)
for i in range(120):
    day, rest = divmod(i, 30)
    slot, room = divmod(rest, 6)
    s = Slot.objects.create(
        title=f.title(),
        track=fields[i % len(fields)],
        room=rooms[room],
        start=d0 + dt.timedelta(days=day, hours=slot * 1.5),
    )
    s.speakers.add(people[i], *([people[120 + i]] if i < 80 else []))
with connection.cursor() as c:
    if connection.vendor == "sqlite":
        c.execute("create virtual table city_fts using fts5(search, content='app_city', content_rowid='id')")
        c.execute("insert into city_fts(city_fts) values('rebuild')")
        c.execute("analyze")
    else:
        c.execute(
            "alter table app_city add search_vec tsvector generated always as (to_tsvector('simple', search)) stored"
        )
        c.execute("create index city_search on app_city using gin (search_vec)")
        c.execute("analyze")
print(City.objects.count(), "cities", Slot.objects.count(), "slots")
