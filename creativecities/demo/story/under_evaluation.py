"""A call that has closed: its files were handed in and checked, and are with their reviewers."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import applications, checking
from creativecities.calls.jobs import CALENDAR
from creativecities.calls.models import Application, Call, Reviewer
from creativecities.core import days
from creativecities.demo.story import call_open, clock, filing, reviewing, words
from creativecities.demo.story.call_open import HOUR
from creativecities.demo.story.files import rows
from creativecities.demo.story.filing import Candidate

FILES = 90
"""So many cities have handed in."""
DATES = {
    "opens_at": -170, "commissions_by": -78, "closes_at": -70, "checked_by": -50, "evaluated_by": 6, "announced_at": 20,
}  # fmt: skip
DAY = dt.timedelta(days=1)
GIVES_UP, SETTLED = ("given-up", "given-up-late"), ("completed", "lapsed")
MISSING = "documents/support-letter/1"


def slug() -> str:
    """The closed call is that of this year."""
    return str(days.today().year)


def is_told() -> bool:
    return Reviewer.objects.exists()


def tell() -> Iterator[str]:
    """Says how far it is, for it takes a while."""
    officer = Person.objects.get(email="secretariat@example.org")
    call = call_open.publish(slug(), DATES, by=officer)
    cities = [Candidate(row) for row in rows("candidates")[:FILES]]
    files = []
    for position, one in enumerate(cities, 1):
        files.append((_hand_in(call, one, officer), one))
        if position % 30 == 0 or position == len(cities):
            yield f"{position} of {len(cities)} files handed in"
    for file, one in files:
        _check(call, file, one, by=officer)
    in_evaluation = Application.objects.filter(call=call, state=states.ELIGIBLE).count()
    yield f"{in_evaluation} files found eligible"
    closes_at = ends(call)
    reviewing.gather(call, closes_at + 24 * DAY, by=officer)
    yield f"{reviewing.give_out(call, closes_at + 36 * DAY, by=officer)} reviews given out"
    yield f"{reviewing.read(call, timezone.now(), share=62)} reviews handed in"


def ends(call: Call) -> dt.datetime:
    """When cities could hand in at the latest."""
    assert call.closes_at is not None  # it is published
    return call.closes_at


def _hand_in(call: Call, one: Candidate, officer: Person) -> Application:
    """From the first word to the receipt, each city at its own pace."""
    commissions_by, closes_at = ends(call) - 8 * DAY, ends(call)
    at_work = words.number(one.slug + "hour", 7, 13) * HOUR
    began = commissions_by - words.number(one.slug, 20, 80) * DAY + at_work
    file = filing.begin(call, one, began)
    filing.work_together(file, one, began + 3 * HOUR)
    filing.write(file, one, began + 5 * DAY)
    filing.add_papers(file, one, began + 9 * DAY)
    shown = commissions_by - words.number(one.slug + "shown", 3, 9) * DAY + at_work
    filing.present(file, one, shown)
    commission = filing.officer_of(one.country, officer)
    if words.number(one.slug, 0, 5) == 0:
        filing.ask_and_answer(file, one, shown + 5 * HOUR, commission)
    filing.endorse(file, one, shown + 2 * DAY, commission)
    if one["course"] == "set-aside":  # a last word after the commission has read it
        with clock.at(closes_at - 30 * HOUR):
            place = ("communication", 0)
            last = file.answers.get(question="communication")
            text = f"{last.value} {one.says('preparation')}"
            applications.save_answers(file, {place: text}, opened={place: last.version}, by=one.owner)
    filing.hand_in(file, one, closes_at - words.number(one.slug + "in", 1, 160) * HOUR)
    return file


def _check(call: Call, file: Application, one: Candidate, *, by: Person) -> None:
    """Each as its course in the story says; all others are admitted."""
    hour = words.number(one.slug + "hour", 7, 15)
    course, on = one["course"], ends(call) + words.number(one.slug + "check", 1, 16) * DAY + hour * HOUR
    with clock.at(on):
        if course in GIVES_UP:
            applications.give_up(file, by=one.owner)
        elif course == "ineligible":
            _act(checking.reject, file, reason=one.says("ineligible"), by=by)
        elif course == "returned":
            with clock.at(timezone.now() + (ends(call) + 66 * DAY - on)):
                _return(file, one, timezone.now() + 8 * DAY, by=by)
        elif course in SETTLED:
            _return(file, one, on + 4 * DAY, by=by)
        else:
            _act(checking.admit, file, by=by)
    if course in SETTLED:
        _settle(file, one, on, by=by)


def _act(act: object, file: Application, *, by: Person, **said: object) -> object:
    file.refresh_from_db()
    return act(file, opened=file.version, by=by, **said)  # type: ignore[operator]


def _return(file: Application, one: Candidate, until: dt.datetime, *, by: Person) -> None:
    _act(
        checking.return_for_completion, file, places=[MISSING], until=until, reason=one.says("missing"), by=by
    )  # fmt: skip


def _settle(file: Application, one: Candidate, on: dt.datetime, *, by: Person) -> None:
    """What was returned comes back in time and is admitted, or does not, and is found not eligible."""
    if one["course"] == "completed":
        filing.hand_in(file, one, on + 3 * DAY)
        with clock.at(on + 5 * DAY):
            _act(checking.admit, file, by=by)
        return
    with clock.at(on + 5 * DAY):
        checking.lapse(file.completions.get(closed_at=None), by=CALENDAR)
        _act(checking.reject, file, reason=one.says("missing"), by=by)
