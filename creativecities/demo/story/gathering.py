"""Editions of the invented conference: when each is held, what it says of itself, and by what it is run."""

import datetime as dt
from typing import Any

from creativecities.accounts.models import Person
from creativecities.conference.actions import editions
from creativecities.conference.forms.programme import on_the_wall
from creativecities.conference.models import Edition
from creativecities.core import days
from creativecities.demo.story import clock
from creativecities.demo.story.files import rows, several

NUMBERS = {"last": 16, "now": 17, "next": 18, "later": 19}
"""The place of each edition of the story in the series."""
APART = {"last": -1, "now": 0, "next": 1}
LANGUAGES = ("en", "fr", "es", "ar")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LASTS = 4
QUOTAS = {
    "mayor": 1, "deputy-mayor": 1, "mayors-representative": 1, "focal-point": 1, "expert": 2, "interpreter": 2,
    "observer": 1,
}  # fmt: skip


def edition(name: str) -> Edition:
    """One that was told before."""
    return Edition.objects.get(number=NUMBERS[name])


def is_told(name: str) -> bool:
    """Whether it was told."""
    return Edition.objects.filter(number=NUMBERS[name]).exists()


def first_day(name: str) -> dt.date:
    """The edition of now began yesterday; others are held on the same weekday, of the year before or after."""
    began, years = days.today() - DAY, APART[name]
    day = began + 364 * years * DAY
    return day + 7 * years * DAY if years and day.year == began.year else day


def first_morning(name: str) -> dt.datetime:
    """When the first day begins, by the clock of the network: what came before it is told from there."""
    return dt.datetime.combine(first_day(name), dt.time(6), dt.UTC)


def draft(name: str, on: dt.datetime, *, by: Person, year: int = 0, source: Edition | None = None) -> Edition:
    """Begun and written, without days; one that has a source takes over how that one is run."""
    year = year or first_day(name).year
    with clock.at(on):
        made: Edition = editions.draft_edition(str(year), year=year, source=source, by=by)
        about = {part: texts(name, part) for part in ("title", "theme", "summary", "practical")}
        if source is None:
            _run(made, by=by)
        save(made, "about", about, by=by)
    return made


def _run(made: Edition, *, by: Person) -> None:
    """The languages, the places of a city, the questions to delegates and to those who would like to host."""
    save(made, "work", {"languages": list(LANGUAGES), "forget_after_days": 365}, by=by)
    save(made, "delegations", {"most": 5, "answer_hours": 72, "quotas": QUOTAS}, by=by)
    for row in rows("asked"):
        values: dict[str, Any] = {
            "label": {code: row[code] for code in LANGUAGES}, "guidance": {"en": row["guidance"]},
            "kind": row["kind"], "is_required": row["required"] == "1",
        }  # fmt: skip
        if row["list"] == "form":
            values |= {"roles": several(row["roles"]) or list(QUOTAS), "keep_days": 365}
        editions.save_item(made, row["list"], "", values, opened=made.version, by=by)


def save(made: Edition, part: str, values: dict[str, Any], *, by: Person) -> None:
    """Write a part on top of what is there."""
    editions.save_part(made, part, values, opened=made.version, by=by)


def set_days(
    made: Edition, name: str, zone: str, ends: tuple[dt.datetime, ...], on: dt.datetime, *, by: Person
) -> None:  # fmt: skip
    """Say when it is held, and from when until when and by when cities nominate and confirm."""
    first = first_day(name)
    walls = {
        each: on_the_wall(at, zone) for each, at in zip(("opens_at", "nominate_by", "confirm_by"), ends, strict=True)
    }
    held = {"starts_on": first.isoformat(), "last_day": (first + (LASTS - 1) * DAY).isoformat(), "zone": zone}
    with clock.at(on):
        save(made, "when", {"number": NUMBERS[name], "year": first.year, **held, **walls}, by=by)


def texts(name: str, part: str) -> dict[str, str]:
    """What the story says of an edition, by language."""
    return {row["language"]: row["words"] for row in rows("editions") if (row["edition"], row["text"]) == (name, part)}
