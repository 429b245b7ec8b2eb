"""Calls for cases, cases and their readers, for tests; cities and people are invented."""

import datetime as dt
from typing import Any

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.conference.actions import cases, readings
from creativecities.conference.models import Case, CaseReader, CaseReading, Edition
from creativecities.conference.tests import kit
from creativecities.exchange.tests.factories import initiative
from creativecities.network.models import City
from creativecities.network.tests import team

QUESTIONS = [{"key": "hall", "label": {"en": "What do you need?"}, "guidance": {}, "kind": "line", "is_required": True}]
RUBRIC = [
    {"key": "use", "label": {"en": "Use to others"}, "guidance": {"en": "Can it be done elsewhere?"}},
    {"key": "theme", "label": {"en": "Nearness to the theme"}, "guidance": {}},
]
TEXTS: dict[str, Any] = {
    "angle": "Light is work", "story": "How the lamps came to the river", "format": "talk", "speaker": "expert",
    "language": "en", "answers": {"hall": "A dark room"},
}  # fmt: skip
SAID: dict[str, Any] = {"points": {"use": 4, "theme": 5}, "advice": "select", "reasons": "It can be done elsewhere."}


def wall(hours: float) -> str:
    """An hour from now on the clock of the edition, which is UTC."""
    return (timezone.now() + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def called(*, hours: float = 48, **said: Any) -> Edition:
    """An edition for which cities propose cases until some hours from now."""
    given = kit.settings()
    given["cases"] |= {"cases_until": wall(hours), "asked": {"en": "Tell us of light."}, **said}
    return kit.edition("2031", zone="UTC", settings=given | {"questions": QUESTIONS, "rubric": RUBRIC})


def close(edition: Edition, hours: float = -1) -> Edition:
    """Let the call end."""
    edition.settings["cases"]["cases_until"] = wall(hours)
    edition.save(update_fields=["settings"])
    return edition


def case(edition: Edition, city: City, *, by: Person, of: Any = None, is_in: bool = True, **texts: Any) -> Case:
    """The case of a city, handed in unless it is said otherwise."""
    one = of or initiative(f"Lamps of {city.name} {Case.objects.count()}", lead=city)
    made: Case = cases.begin(edition, city, one, language="en", by=by)
    cases.save(made, values=TEXTS | texts, opened=1, by=by)
    if is_in:
        cases.hand_in(made, by=by)
    return made


def reader(edition: Edition, name: str = "Rita Leitora", **facts: Any) -> CaseReader:
    """Somebody who has said that they read English."""
    person = facts.pop("person", None) or people.person(name)
    given = {"state": "accepted", "languages": ["en"], **facts}
    return CaseReader.objects.create(edition=edition, person=person, **given)


def read(case: Case, **said: Any) -> None:
    """Let all readers of a case hand in."""
    for reading in CaseReading.objects.filter(case=case, state="open").select_related("reader__person"):
        one = CaseReading.objects.select_related("case__edition", "reader__person").get(pk=reading.pk)
        assert one.reader.person
        readings.write(one, SAID | said, opened=one.version, is_final=True, by=one.reader.person)


def given_out(*, readers: int = 2) -> tuple[Edition, Case, Person]:
    """A case that is with its readers; and a focal point of its city."""
    edition, city = called(), team.city()
    focal = team.member(city)
    one = case(edition, city, by=focal)
    close(edition)
    for number in range(readers):
        reader(edition, f"Reader {number}")
    readings.give_out(edition, by=team.officer())
    one.refresh_from_db()
    return edition, one, focal
