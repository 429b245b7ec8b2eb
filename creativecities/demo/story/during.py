"""The conference is on, since yesterday: people come in, sit in sessions, meet at tables, and more is announced."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference.actions import announcements, delegates, editions, marks, signups, trips
from creativecities.conference.models import Delegate, Delegation, Edition, Meeting, Session
from creativecities.conference.queries import gate
from creativecities.demo.story import clock, coming, fairs, gathering, programme, sending, words
from creativecities.demo.story.files import rows
from creativecities.demo.story.gathering import DAY, HOUR
from creativecities.demo.story.sending import Party
from creativecities.network.models import City

NAME, HOST, ZONE = "now", "qasr-al-hikayat", "Asia/Amman"
NOTES = (
    "Four days, forty sessions. Sign up for workshops and visits; for all others one just comes.",
    "Two sessions change hour and room, one is not held. Those who are concerned have a mail.",
)
ADVANCE = 120 * DAY
"""So long before the first day registration opens."""
MARKS = 6
"""So many teams mark sessions for their own programme."""
WINDOWS = ((1, "10:30", "12:30"), (1, "14:00", "17:00"), (2, "16:00", "17:00"))
"""When people meet at tables: on which day, from when until when."""


def is_told() -> bool:
    return gathering.is_told(NAME)


def tell() -> Iterator[str]:
    """Says who is there."""
    officer = Person.objects.get(email="secretariat@example.org")
    first = gathering.first_morning(NAME)
    edition = prepare(NAME, HOST, ZONE, by=officer)
    opened = first - ADVANCE
    parties = list(sending.parties(NAME))
    for one in parties:
        _send(edition, one, opened)
    yield f"{Delegation.objects.filter(edition=edition).count()} cities have registered"
    programme.plan(edition, NAME, first - 50 * DAY, by=officer)
    programme.release(edition, NOTES[0], first - 48 * DAY, by=officer)
    fairs.apply(edition, NAME, first - 60 * DAY, by=officer)
    _take_seats(edition, parties, first - 40 * DAY)
    programme.change(edition, first - 6 * DAY, by=officer)
    programme.release(edition, NOTES[1], first - 5 * DAY, by=officer)
    planned = fairs.meet(edition, NAME, WINDOWS, first - 20 * DAY, by=officer)
    yield f"{Meeting.objects.filter(edition=edition).count()} meetings planned, {planned.plan['gap']} % below the bound"
    yield f"{_come(edition, parties, by=officer)} badges scanned"
    _tell_everybody(edition, by=officer)
    _begin_a_report(edition, parties)


def prepare(name: str, host: str, zone: str, *, by: Person) -> Edition:
    """Written, with its days and the city that hosts it, and announced."""
    first = gathering.first_morning(name)
    edition = gathering.draft(name, first - ADVANCE - 60 * DAY, by=by)
    opened = first - ADVANCE
    ends = (opened, opened + 40 * DAY, opened + 80 * DAY)
    gathering.set_days(edition, name, zone, ends, opened - 30 * DAY, by=by)
    with clock.at(opened - 29 * DAY):
        editions.name_hosts(edition, [City.objects.get(slug=host)], by=by)
        editions.announce(edition, by=by)
    return edition


def _send(edition: Edition, one: Party, opened: dt.datetime) -> None:
    """As its course in the story says."""
    if one[NAME] == "declined":
        sending.decline(edition, one, opened + 30 * DAY)
        return
    sent = sending.send(edition, one, opened, (5, 45))
    with clock.at(opened + 70 * DAY):
        if one[NAME] == "alone":  # the mayor withdraws, the interpreter stays without anybody
            delegates.withdraw(_who(sent, "mayor"), along=False, by=one.contact)
        if one[NAME] == "replaced":
            values = one.values("expert", None) | {"name": f"Ayu {_who(sent, 'expert').name.split()[-1]}"}
            delegates.substitute(_who(sent, "expert"), values=values, by=one.contact)


def _who(sent: Delegation, role: str) -> Delegate:
    one = sent.delegates.filter(role=role).latest("pk")
    one.delegation = sent
    return one


def _take_seats(edition: Edition, parties: list[Party], on: dt.datetime) -> None:
    """Whom a gate lets in, for a workshop and a visit each; who has an account marks some sessions as well."""
    people = list(gate.coming(edition))
    with clock.at(on):
        for session in edition.sessions.filter(seats__isnull=False):
            session.edition = edition
            _sign_up(session, people, {one.city.pk: one for one in parties})
        for one in parties[:MARKS]:
            for session in edition.sessions.all():
                if words.number(one.city.slug + session.slug, 0, 4) == 0:
                    marks.mark(session, by=one.contact)


def _sign_up(session: Session, people: list[Delegate], teams: dict[int, Party]) -> None:
    closed = gate.verdicts(session, people)
    is_for_some = session.admits != Session.Admits.EVERYBODY
    for each in people:
        wants = is_for_some or words.number(each.delegation.city.slug + each.role + session.slug, 0, 10) == 0
        if wants and closed[each.pk] is None:
            signups.sign_up(session, each, by=teams[each.delegation.city_id].contact)


def _come(edition: Edition, parties: list[Party], *, by: Person) -> int:
    """Yesterday all day, today until now; some have not come, and at the doors not everything goes well."""
    forum = programme.session(edition, "Mayors’ Forum")
    made = coming.make_doors(edition, gathering.first_morning(NAME) - 2 * DAY, by=by, also=[forum])
    gates, at_forum = made[:2], made[2]
    people = coming.tokens(edition, without=[one.city.slug for one in parties if one[NAME] == "absent"])
    late = {one.city.pk for one in parties if one[NAME] == "late"}
    first = {each: token for each, token in people.items() if each.delegation.city_id not in late}
    came = coming.come(gates, first, 0)
    coming.go_wrong(gates, first, 0, by=by)
    people = coming.tokens(edition, without=[one.city.slug for one in parties if one[NAME] == "absent"])
    return came + coming.come(gates, people, 1) + coming.come_in(at_forum, people)


def _tell_everybody(edition: Edition, *, by: Person) -> None:
    now = timezone.now()
    for row in rows("told"):
        with clock.at(now + int(row["hours"]) * HOUR):
            until = timezone.now() + 9 * HOUR
            announcements.tell(edition, text=row["text"], language=row["language"], until=until, by=by)


def _begin_a_report(edition: Edition, parties: list[Party]) -> None:
    """One delegation writes already."""
    one = parties[0]
    sent = sending.sent_by(edition, one)
    text = next(row["text"] for row in rows("impressions") if row["city"] == one.city.slug)
    trips.write(sent, {("impression", "together"): text}, opened={}, roles={}, language=one.language, by=one.contact)
