"""What the gate of a session has to know of delegates, gathered in as many statements for one as for six hundred."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from creativecities.conference.compute import released
from creativecities.conference.models import Delegate, Edition, Session
from creativecities.conference.queries import releases
from creativecities.conference.rules import gate
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network.models import Designation, DesignationRound, Mandate, Membership
from creativecities.network.models.people import in_force

MAYORS = (Mandate.Role.MAYOR, Mandate.Role.DEPUTY_MAYOR)


def day_of(starts_at: dt.datetime, edition: Edition) -> dt.date:
    """The day of a session as the calendar of the place has it."""
    return starts_at.astimezone(ZoneInfo(edition.zone)).date()


def facts(delegates: Iterable[Delegate], day: dt.date, edition: Edition) -> Mapping[int, gate.Facts]:
    """By delegate; they come with their delegation and with whom they are bound to. Four statements."""
    people = list(delegates)
    cities = {each.delegation.city_id for each in people}
    held = Mandate.objects.on(day).filter(role__in=MAYORS, city__in=cities).values_list("person_id", "city_id")
    mayors = set(held)
    fields: dict[int, set[str]] = defaultdict(set)
    members = Membership.objects.filter(in_force(day), city__in=cities)
    for city, field in members.values_list("city_id", "field_id"):
        fields[city].add(field)
    designated = Designation.objects.filter(city__in=cities, round_id__in=_last_round(edition))
    newcomers = set(designated.values_list("city_id", flat=True))

    def is_mayor(one: Delegate | None) -> bool:
        return one is not None and (one.person_id, one.delegation.city_id) in mayors

    return {
        each.pk: gate.Facts(
            is_mayor=is_mayor(each),
            interprets_for_mayor=is_mayor(each.bound_to),
            fields=frozenset(fields[each.delegation.city_id]),
            is_newcomer=each.delegation.city_id in newcomers,
        )
        for each in people
    }


def _last_round(edition: Edition) -> list[int]:
    before = DesignationRound.objects.filter(announced_on__lt=edition.starts_on or days.today())
    return list(before.order_by("-year").values_list("pk", flat=True)[:1])


def coming(edition: Edition) -> Iterable[Delegate]:
    """Everybody who comes to an edition, with what `facts` asks of them. One statement."""
    found = Delegate.objects.coming().filter(delegation__edition=edition)
    return found.select_related("delegation__city", "bound_to__delegation")


def verdicts(session: Session, delegates: Iterable[Delegate]) -> Mapping[int, Refusal | None]:
    """Whether each of them comes in, by delegate: as everybody reads it, whatever the draft says meanwhile.

    Of a session without an hour the day is that of the edition.
    """
    edition, (starts_at, admits, field) = session.edition, _as_read(session)
    day = day_of(starts_at, edition) if starts_at else edition.starts_on or days.today()
    return {pk: gate.come_in(admits, field, each) for pk, each in facts(delegates, day, edition).items()}


def is_open(session: Session) -> bool:
    """Whether a session admits everybody who comes."""
    return _as_read(session)[1] == Session.Admits.EVERYBODY


def _as_read(session: Session) -> tuple[dt.datetime | None, str, str]:
    """When it begins, whom it admits and in which field, as it is released; of what never was, as it is planned."""
    if row := releases.row_of(session):
        return released.instants(row)[0], row["admits"], row["field"]
    return session.starts_at, session.admits, session.field_id or ""
