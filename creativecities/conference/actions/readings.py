"""Readers of cases are asked, get cases in even shares, and say what they think of them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import cases
from creativecities.conference.models import Case, CaseReader, CaseReading, Edition
from creativecities.conference.notices import cases as notices
from creativecities.conference.queries import case_readers as queries
from creativecities.conference.rules import readings as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.models import City


@action(quiet=True)
def ask(
    edition: Edition, *, email: str, name: str, language: str, languages: Sequence[str], city: City | None, by: Person
) -> CaseReader:
    """Ask somebody to read cases; an account is opened for their address if there is none."""
    if refusal := rules.manage(by, edition):
        raise refusal
    Edition.objects.select_for_update().get(pk=edition.pk)  # of two officers one waits for the other
    person = accounts.welcome(email, name, language, by=by)
    if refusal := rules.ask(edition, person):
        raise refusal
    reader = CaseReader.objects.create(edition=edition, person=person, city=city, languages=list(languages))
    event = record("conference.casereader.asked", reader, by=by)
    notices.asked(reader, event)
    return reader


@action(quiet=True)
def ask_again(reader: CaseReader, *, by: Person) -> Event:
    """Ask somebody again who does not read."""
    if refusal := rules.manage(by, reader.edition):
        raise refusal
    event = move(reader, "ask_again", by=by)
    notices.asked(reader, event)
    return event


@action(quiet=True)
def accept(reader: CaseReader, *, languages: Sequence[str], by: Person) -> Event:
    """Say yes, and which languages one reads."""
    if refusal := rules.own(by, reader):
        raise refusal
    return move(reader, "accept", by=by, columns={"languages": list(languages)})


@action(quiet=True)
def decline(reader: CaseReader, *, by: Person) -> Event:
    """Say no, or read no more: what is not handed in yet goes back."""
    if refusal := rules.own(by, reader):
        raise refusal
    Edition.objects.select_for_update().get(pk=reader.edition_id)  # who gives cases out waits, or has done it
    event = move(reader, "decline", by=by)
    _take_back_all(reader, by=by)
    return event


@step
def _take_back_all(reader: CaseReader, *, by: Actor) -> None:
    for reading in reader.readings.filter(state=states.OPEN):
        move(reading, "take_away", by=by, columns={"place": None})


@action(quiet=True)
def give_out(edition: Edition, *, by: Person) -> int:
    """Give every case two readers, as far as there are any for it, in even shares; returns how many places were filled.

    Each reader who has got something is told once.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)  # of two officers one waits for the other
    if refusal := rules.give_out(by, edition):
        raise refusal
    pairs = queries.shares(edition).pairs
    if not pairs:
        raise Refusal(network.UNCHANGED, code="unchanged")
    taken = CaseReading.objects.counting().filter(case__edition=edition)
    places = {case: {place} for case, place in taken.values_list("case", "place")}
    for case, reader in pairs:
        held = places.setdefault(case, set())
        place = next(each for each in CaseReading.PLACES if each not in held)
        held.add(place)
        CaseReading.objects.create(case_id=case, reader_id=reader, place=place)
    event = record("conference.edition.cases_given_out", edition, by=by, number=len(pairs))
    for one in edition.case_readers.filter(pk__in={reader for _case, reader in pairs}).select_related("person"):
        notices.given(one, event)
    return len(pairs)


@action(quiet=True)
def write(reading: CaseReading, said: dict[str, Any], *, opened: int, is_final: bool, by: Person) -> Event:
    """Keep what a reader thinks of a case, or hand it in: `points`, `advice` and `reasons`."""
    _hold(reading)
    if refusal := rules.judge(by, reading) or network.build_on_version(opened, newest=reading.version - 1, fewest=1):
        raise refusal
    before = {name: getattr(reading, name) for name in said}
    if opened < reading.version - 1 and before != said:  # saved in another window meanwhile
        raise Conflict(by_name=by.name, at=reading.at, opened={}, theirs=before)
    if is_final and (refusal := rules.hand_in(reading, **said)):
        raise refusal
    CaseReading.objects.filter(pk=reading.pk).update(**said, at=timezone.now())
    if is_final:
        return move(reading, "hand_in", by=by)
    return record("conference.casereading.saved", reading, by=by)


@step
def _hold(reading: CaseReading) -> None:
    """Take the reading and its case for the length of this transaction."""
    cases.hold(reading.case)
    CaseReading.objects.filter(pk=reading.pk).update(version=F("version") + 1)
    reading.refresh_from_db(fields=["version", "state", "place", "points", "advice", "reasons"])


@action(quiet=True)
def give_back(reading: CaseReading, *, reason: str, by: Person) -> Event:
    """A reader cannot judge a case: it is gone for them, and somebody else can have it."""
    _hold(reading)
    if refusal := rules.give_back(by, reading, reason):
        raise refusal
    event = move(reading, "give_back", by=by, columns={"place": None, "reasons": reason})
    notices.given_back(reading, event)
    return event


@action(quiet=True)
def take_away(reading: CaseReading, *, by: Person) -> Event:
    """The Secretariat takes a case from a reader who does not hand in."""
    if refusal := rules.take_away(by, reading):
        raise refusal
    return move(reading, "take_away", by=by, columns={"place": None})


@step
def open_again(case: Case, *, by: Actor) -> None:
    """A case has come back changed: its readers look at it again, and what they said is still there."""
    for reading in case.readings.filter(state=states.DONE).select_related("reader__person", "case__edition"):
        event = move(reading, "open_again", by=by)
        notices.changed(reading, event)


@step
def forget_person(person: Person, *, by: Actor) -> None:
    """Nobody is named as a reader any more; what was handed in stays, for it was decided by."""
    for reader in CaseReader.objects.filter(person=person):
        _take_back_all(reader, by=by)
    CaseReader.objects.filter(person=person).update(person=None, city=None, state=states.DECLINED)
