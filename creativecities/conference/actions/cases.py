"""Cities propose cases of what they have recorded; the Secretariat sends them back once, and decides."""

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.models import Case, Contribution, Edition, Session
from creativecities.conference.notices import cases as notices
from creativecities.conference.rules import cases as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.core.words import flat
from creativecities.exchange.models import Initiative
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import City

DECISIONS = ("select", "keep", "turn_down")


@action(quiet=True)
def begin(edition: Edition, city: City, one: Initiative, *, language: str, by: Person) -> Case:
    """Begin the case of something a city has recorded, in the first of its free numbers."""
    City.objects.select_for_update().get(pk=city.pk)  # of two clicks of a team one waits for the other
    live = Case.objects.filter(edition=edition, city=city, number__isnull=False)
    held = dict(live.values_list("number", "initiative"))
    if refusal := rules.begin(by, edition, city, len(held)) or rules.tell_of(city, one):
        raise refusal
    if one.pk in held.values():
        raise rules.there_already()
    number = next(each for each in range(1, len(held) + 2) if each not in held)
    case = Case.objects.create(edition=edition, city=city, initiative=one, number=number, language=language)
    record("conference.case.begun", case, by=by, city=city.name)
    return case


@action(quiet=True)
def save(case: Case, *, values: dict[str, Any], opened: int, by: Person) -> Event:
    """Write a case, on top of the version it was opened with: what `Case.TEXTS` names."""
    hold(case)
    if refusal := rules.write(by, case) or network.build_on_version(opened, newest=case.version - 1, fewest=1):
        raise refusal
    newer = list(
        Event.objects.about(case).filter(kind="conference.case.saved", facts__version__gt=opened).order_by("pk")
    )
    if newer:
        raise Conflict(
            by_name=newer[-1].actor_name, at=newer[-1].at, opened=newer[0].facts["before"],
            theirs=newer[-1].facts["after"],
        )  # fmt: skip
    before = _texts(case)
    if before == values:
        raise Refusal(network.UNCHANGED, code="unchanged")
    Case.objects.filter(pk=case.pk).update(**values)
    facts = {"version": case.version, "before": flat(before), "after": flat(values)}
    case.refresh_from_db()
    return record("conference.case.saved", case, by=by, **facts)


def _texts(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in Case.TEXTS}


@step
def hold(case: Case) -> None:
    """Take it for the length of this transaction: of two who act on it one waits, then sees what the other did."""
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
    case.refresh_from_db()


@action(quiet=True)
def hand_in(case: Case, *, by: Person) -> Event:
    """Hand a case in, by mandate; one that comes back changed goes to its readers again."""
    from creativecities.conference.actions import readings  # which take cases from here

    hold(case)
    if refusal := rules.hand_in(by, case):
        raise refusal
    was_returned = case.state == states.RETURNED
    event = move(case, "hand_in", by=by, columns={"filed": _texts(case), "handed_in_at": timezone.now()})
    if was_returned:
        readings.open_again(case, by=by)
        notices.came_back(case, event)
    return event


@action(quiet=True)
def take_back(case: Case, *, by: Person) -> Event:
    """Write on, while cases are proposed."""
    hold(case)
    if refusal := rules.take_back(by, case):
        raise refusal
    return move(case, "take_back", by=by, columns={"handed_in_at": None})


@action(quiet=True)
def withdraw(case: Case, *, by: Person) -> Event:
    """The city does not tell of it after all."""
    hold(case)
    if refusal := rules.withdraw(by, case):
        raise refusal
    return leave(case, by=by)


@step
def leave(case: Case, *, by: Actor) -> Event:
    """A case goes; the Secretariat is told of one it has."""
    session = off_the_programme(case)
    event = move(case, "withdraw", by=by, columns={"number": None})
    if case.handed_in_at:
        notices.withdrawn(case, event, session)
    return event


@step
def off_the_programme(case: Case) -> Session | None:
    """Take a case out of the draft, with the speakers it brought; from which session, if it stood in one."""
    one = Contribution.objects.filter(case=case).select_related("session").first()
    if one is None:
        return None
    let_go(one)
    one.delete()
    return one.session


@step
def let_go(one: Contribution) -> None:
    """Nobody speaks for a case any more; who is named for the session itself goes on speaking in it."""
    one.speakers.filter(is_named=False).delete()
    one.speakers.update(contribution=None)


@action(quiet=True)
def send_back(case: Case, *, wanted: str, until: dt.datetime, opened: int, by: Person) -> Event:
    """Ask the city to change something until a day; once."""
    hold(case)
    if refusal := rules.send_back(by, case, wanted, until, opened):
        raise refusal
    columns = {"wanted": wanted, "returned_at": timezone.now(), "returned_until": until}
    event = move(case, "send_back", by=by, columns=columns)
    notices.sent_back(case, event)
    return event


@action(quiet=True)
def lapse(case: Case, *, by: Actor) -> Event:
    """The day has passed: it stays as it was handed in, whatever was written since."""
    hold(case)
    event = move(case, "lapse", by=by, columns=case.filed)
    notices.lapsed(case, event)
    return event


@action(quiet=True)
def decide(case: Case, verb: str, *, reason: str, opened: int, by: Person) -> Event:
    """Select it, keep it in waiting or turn it down, with a reason that the city reads."""
    if verb not in DECISIONS:
        raise ValueError(verb)
    hold(case)
    if refusal := rules.decide(by, case, reason, opened):
        raise refusal
    if verb != "select":
        off_the_programme(case)
    event = move(case, verb, by=by, columns={"reason": reason, "decided_at": timezone.now()})
    notices.decided(case, event)
    return event
