"""An open call: cities prepare their files, show them to their commissions, and some have handed in."""

import datetime as dt
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls.actions import applications, calls, comments, endorsements
from creativecities.calls.formats.templates import template
from creativecities.calls.models import Application, Call
from creativecities.core import days
from creativecities.demo.story import clock, filing, words
from creativecities.demo.story.files import rows
from creativecities.demo.story.filing import Candidate
from creativecities.network.actions.cities import Conflict

TITLES = {"en": "Call for applications {year}", "fr": "Appel à candidatures {year}"}
DATES = {
    "opens_at": -40, "commissions_by": 27, "closes_at": 34, "checked_by": 50, "evaluated_by": 110, "announced_at": 140,
}  # fmt: skip
"""Days from today, at midnight."""
HOUR = dt.timedelta(hours=1)
SPOKEN_IN_TEAMS = ("en", "fr", "es", "ar", "ru", "zh", "pt", "sw")


def slug() -> str:
    """The open call is that of the next year."""
    return str(days.today().year + 1)


def is_told() -> bool:
    return Call.objects.exists()


def tell() -> Iterator[str]:
    """Says how many files are being prepared."""
    officer = Person.objects.get(email="secretariat@example.org")
    call = publish(slug(), DATES, by=officer)
    cities = [Candidate(row) for row in rows("preparing")]
    for position, one in enumerate(cities):
        morning = timezone.now().replace(hour=words.number(one.slug, 6, 11))
        _prepare(call, one, morning - dt.timedelta(days=30 - position), by=officer)
    yield f"{len(cities)} files"


def publish(name: str, days_from_now: Mapping[str, int], *, by: Person) -> Call:
    """Written from the template weeks before it opens, and published."""
    today = timezone.now().astimezone(ZoneInfo("Europe/Paris")).replace(hour=0, minute=0, second=0, microsecond=0)
    walls = {each: today + dt.timedelta(days=number) for each, number in days_from_now.items()}
    with clock.at(walls["opens_at"] - dt.timedelta(days=14)):
        call: Call = calls.draft_call(name, template("2025-practice"), by=by)
        dates = {each: f"{at:%Y-%m-%dT%H:%M}" for each, at in walls.items()}
        calls.save_part(call, "dates", dates, opened=call.version, by=by)
        title = {code: text.format(year=name) for code, text in TITLES.items()}
        calls.save_part(call, "about", {"title": title}, opened=call.version, by=by)
        calls.release(call, reason="", opened=call.version, by=by)
    call.refresh_from_db()
    return call


def _prepare(call: Call, one: Candidate, began: dt.datetime, *, by: Person) -> None:
    """As far as its course in the story leads."""
    course, file = one["course"], filing.begin(call, one, began)
    if course == "begun":
        return
    filing.write(file, one, began + HOUR, sections=filing.HALF)
    colleague = filing.work_together(file, one, began + 2 * HOUR)
    _talk(file, one, began + 3 * HOUR, colleague)
    if course == "conflict":
        _write_at_once(file, one, began + 5 * HOUR, colleague)
    if course in ("half", "conflict"):
        return
    filing.write(file, one, began + 26 * HOUR)
    filing.add_papers(file, one, began + 50 * HOUR)
    if course != "complete":
        _show(file, one, began + 74 * HOUR, by=by)


def _talk(file: Application, one: Candidate, on: dt.datetime, colleague: Person) -> None:
    """A word on some answers; one of them is dealt with."""
    for question in ("contribution", "challenges"):
        language = SPOKEN_IN_TEAMS[words.number(one.slug + question, 0, len(SPOKEN_IN_TEAMS) - 1)]
        spoken = language if language in ("en", one.country.languages.split(";")[0].split("-")[0]) else one["language"]
        with clock.at(on):
            said = comments.comment(file, question, words.said("comment", spoken, one.slug + question), by=colleague)
    with clock.at(on + HOUR):
        comments.resolve(said, by=one.owner)


def _write_at_once(file: Application, one: Candidate, on: dt.datetime, colleague: Person) -> None:
    """Two write on one answer: the second is told, sees both texts, and writes on top of the first."""
    place = ("contribution", 0)
    opened = {place: file.answers.get(question=place[0]).version}
    with clock.at(on):
        applications.save_answers(file, {place: one.says("contribution", "a")}, opened=opened, by=colleague)
        try:
            applications.save_answers(file, {place: one.says("contribution", "bb")}, opened=opened, by=one.owner)
        except Conflict:
            newest = {place: file.answers.get(question=place[0]).version}
            text = f"{one.says('contribution', 'a')} {one.says('challenges')}"
            applications.save_answers(file, {place: text}, opened=newest, by=one.owner)


def _show(file: Application, one: Candidate, on: dt.datetime, *, by: Person) -> None:
    """To the commission, which reads, asks, endorses or declines."""
    course, officer = one["course"], filing.officer_of(one.country, by)
    filing.present(file, one, on)
    if course == "asked":
        filing.ask_and_answer(file, one, on + 20 * HOUR, officer)
    if course == "declined":
        with clock.at(on + 40 * HOUR):
            endorsements.decline(file, reason=one.says("declined"), by=officer)
    if course in ("endorsed", "handed-in", "taken-back"):
        filing.endorse(file, one, on + 44 * HOUR, officer)
    if course in ("handed-in", "taken-back"):
        filing.hand_in(file, one, on + 60 * HOUR)
    if course == "taken-back":
        with clock.at(on + 62 * HOUR):
            applications.take_back(file, by=one.owner)
