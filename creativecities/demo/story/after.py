"""A conference is over: cities tell what they take home and sign what they said together, and a next host is sought."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.actions import certificates, editions, figures, meetings, outcomes, reports, trips
from creativecities.conference.models import Delegation, Edition, Meeting, Outcome, TripReport
from creativecities.demo.story import (
    clock,
    coming,
    during,
    fairs,
    gathering,
    hosting,
    programme,
    registration,
    sending,
    words,
)
from creativecities.demo.story.files import rows
from creativecities.demo.story.gathering import DAY, HOUR
from creativecities.demo.story.sending import Party
from creativecities.exchange import actions as exchange
from creativecities.exchange.models import Initiative

NAME, HOST, ZONE = "last", "exampleton", "Europe/London"
NOTE = "The programme of four days among the lace mills."
WINDOWS = ((1, "14:00", "16:00"),)
OUTCOMES = (Meeting.Outcome.IN_TOUCH, Meeting.Outcome.NOTHING, Meeting.Outcome.IN_TOUCH, "")
BEGUN = 8
"""Of so many meetings one becomes an initiative; the first of these is published."""
WITHDRAWN = "Our council has asked to read it first. We shall sign again once it has."
UNSIGNED = ("qasr-al-hikayat", "reijima")
"""Of these the mayor has not signed yet."""


def is_told() -> bool:
    return gathering.is_told("later")


def tell() -> Iterator[str]:
    """Says what came of it."""
    officer = Person.objects.get(email="secretariat@example.org")
    first = gathering.first_morning(NAME)
    edition = during.prepare(NAME, HOST, ZONE, by=officer)
    parties = list(sending.parties(NAME))
    for one in parties:
        sending.send(edition, one, first - during.ADVANCE, (5, 45))
    programme.plan(edition, NAME, first - 50 * DAY, by=officer)
    programme.release(edition, NOTE, first - 48 * DAY, by=officer)
    fairs.apply(edition, NAME, first - 60 * DAY, by=officer)
    fairs.meet(edition, NAME, WINDOWS, first - 20 * DAY, by=officer)
    gates = coming.make_doors(edition, first - 2 * DAY, by=officer)
    people = coming.tokens(edition)
    came = sum(coming.come(gates, people, day) for day in range(gathering.LASTS))
    yield f"{len(parties)} cities came to the last conference, {came} badges were scanned"
    begun = _say_what_came_of_meetings(edition, first + DAY, by={one.city.pk: one.contact for one in parties})
    yield f"{begun} initiatives have come of meetings"
    ended = first + gathering.LASTS * DAY
    _count(edition, ended + 9 * DAY, by=officer)
    _write_reports(edition, parties, ended + 2 * DAY)
    _publish(edition, ended + 40 * DAY, by=officer)
    yield f"{_sign(edition, parties, ended, by=officer)} cities have signed what was said together"
    _look_for_the_next(by=officer)


def _say_what_came_of_meetings(edition: Edition, on: dt.datetime, *, by: dict[int, Person]) -> int:
    """In one tap each, by most. Says how many initiatives were begun; the partner in the first confirms."""
    begun: list[Initiative] = []
    held = Meeting.objects.filter(edition=edition, state=states.PLANNED)
    for number, each in enumerate(held.select_related("one__city", "other__city")):
        with clock.at(on + 12 * HOUR + number * HOUR / 4):
            starts = number % BEGUN == 0
            outcome = Meeting.Outcome.INITIATIVE if starts else OUTCOMES[number % len(OUTCOMES)]
            one = meetings.say_outcome(each, each.one, outcome, by=by[each.one.city_id]) if outcome else None
            begun += [one] if one else []
    with clock.at(on + 20 * DAY):
        for one in begun[:1]:
            exchange.publish(one, by=by[one.lead_id])
            for part in one.parts.select_related("city", "initiative", "lead"):
                exchange.confirm(part, by=by[part.city_id])
    return len(begun)


def _count(edition: Edition, on: dt.datetime, *, by: Person) -> None:
    """Certificates for who came, and figures that stay."""
    with clock.at(on):
        certificates.issue(edition, by=by)
        figures.count(edition, by=by)


def _write_reports(edition: Edition, parties: list[Party], on: dt.datetime) -> None:
    """Each city in its languages; handed in by most, shared with everybody by nearly all of them."""
    teams = {one.city.slug: one for one in parties}
    told = [row for row in rows("impressions") if row["city"] in teams]
    for slug, notes in groupby(told, key=lambda row: row["city"]):
        one = teams[slug]
        sent = sending.sent_by(edition, one)
        with clock.at(on + words.number(slug, 0, 20) * DAY):
            shared = {_write(sent, row, one) for row in notes}.pop()
            if shared:
                trips.hand_in(TripReport.objects.get(delegation=sent), shared, by=one.contact)


def _write(sent: Delegation, row: dict[str, str], one: Party) -> str:
    """One note, where it belongs. Returns with whom the report is shared."""
    kind, about, roles = row["kind"], row["about"], {}
    if kind == "impression" and about != "together":
        delegate = sent.delegates.filter(role=about).latest("pk")
        about, roles = delegate.code, {(kind, delegate.code): delegate.role}
    if kind == "session":
        about = str(programme.session(sent.edition, about).guid)
    trips.write(sent, {(kind, about): row["text"]}, opened={}, roles=roles, language=row["language"], by=one.contact)
    if row["initiative"]:
        idea = sent.report.notes.get(kind=kind, key=about)
        trips.point(idea, Initiative.objects.get(slug=row["initiative"]), by=one.contact)
    return row["shared"]


def _publish(edition: Edition, on: dt.datetime, *, by: Person) -> None:
    """The report of the conference, made of what cities share."""
    with clock.at(on):
        places = {"numbers": 1, "sessions": 2, "fields": 3, "ideas": 4, "cities": 5}
        reports.arrange(edition, gathering.texts(NAME, "introduction"), places, opened=1, by=by)
        reports.publish(edition.report, by=by)


def _sign(edition: Edition, parties: list[Party], ended: dt.datetime, *, by: Person) -> int:
    """A declaration, signed by mayors and focal points; one city takes its signature back. Says how many have."""
    with clock.at(ended):
        one: Outcome = outcomes.begin(edition, Outcome.Kind.DECLARATION, by=by)
        title, text = (gathering.texts(NAME, part) for part in ("outcome-title", "outcome"))
        outcomes.write(one, title, text, opened=one.version, by=by)
        one.refresh_from_db()
        version = outcomes.release(one, opened=one.version, by=by)
        one.refresh_from_db()
        outcomes.open_for_signing(one, by=by)
    signed = [each for each in parties if each.city.slug not in UNSIGNED and words.number(each.city.slug, 0, 3)]
    for each in signed:
        with clock.at(ended + words.number(each.city.slug, 1, 60) * DAY):
            signature = outcomes.sign(version, each.city, by=each.mayor if "mayor" in each.roles else each.contact)
    with clock.at(ended + 70 * DAY):
        outcomes.withdraw(signature, WITHDRAWN, by=signed[-1].mayor)
    return len(signed) - 1


def _look_for_the_next(*, by: Person) -> None:
    """An edition that has neither city nor days: it takes over how the one before it is run."""
    now, source = timezone.now(), gathering.edition(registration.NAME)
    edition = gathering.draft("later", now - 40 * DAY, by=by, year=source.year + 1, source=source)
    with clock.at(now - 39 * DAY):
        nothing_yet = dict.fromkeys(("starts_on", "last_day", "opens_at", "nominate_by", "confirm_by"), "")
        numbered = {"number": gathering.NUMBERS["later"], "year": edition.year, "zone": "UTC", **nothing_yet}
        gathering.save(edition, "when", numbered, by=by)
        editions.announce(edition, by=by)
        hosting.look_for_hosts(edition, now + 60 * DAY, by=by)
    hosting.bid(edition, "later", now - 20 * DAY)
