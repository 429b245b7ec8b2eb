"""Meetings as people read them: one's own, whom one could meet and why, and a timetable that waits."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.conference import states
from creativecities.conference.compute import timetable
from creativecities.conference.compute.slots import meetings as said_of
from creativecities.conference.models import Delegate, Delegation, Edition, Meeting, MeetingWish, Timetable
from creativecities.core.calendars import Entry
from creativecities.exchange.queries import matching, reasons
from creativecities.exchange.queries.reasons import Reasoned
from creativecities.network.models import City

WHY: dict[str, str | Promise] = {
    timetable.NO_SLOT: gettext_lazy("Never both free"),
    timetable.NO_INTERPRETER: gettext_lazy("Nobody can interpret"),
    timetable.FULL: gettext_lazy("One of them meets somebody else in every slot"),
    timetable.NO_TABLE: gettext_lazy("No table left"),
    timetable.TAKEN_INTERPRETER: gettext_lazy("All interpreters are taken"),
    timetable.NO_REST: gettext_lazy("Too many meetings in a row"),
    timetable.OTHERS: gettext_lazy("Others come first"),
    timetable.GONE: gettext_lazy("A delegation does not come"),
    timetable.WITHDRAWN: gettext_lazy("Nobody wishes it any more"),
}
KINDS: dict[str, str | Promise] = {
    timetable.NEW: gettext_lazy("New"),
    timetable.MOVED: gettext_lazy("Moved"),
    timetable.CANCELLED: gettext_lazy("Cancelled"),
    timetable.KEPT: gettext_lazy("Kept"),
}


@dataclass(frozen=True)
class Own:
    """A meeting as one of the two sees it."""

    meeting: Meeting
    partner: City
    whys: list[MeetingWish]


def delegation_of(edition: Edition, city: City) -> Delegation | None:
    """What a city sends. One statement."""
    found = Delegation.objects.filter(edition=edition, city=city)
    return found.select_related("edition", "city__country", "times").first()


def own(delegation: Delegation) -> list[Own]:
    """The meetings of a delegation in the order of time, with why each is held. Two statements."""
    mine = Q(one=delegation) | Q(other=delegation)
    held = Meeting.objects.filter(mine, state=states.PLANNED)
    wishes = MeetingWish.objects.filter(Q(of=delegation) | Q(whom=delegation)).select_related("of__city")
    said: dict[int, list[MeetingWish]] = {}
    for each in wishes:
        said.setdefault(each.whom_id if each.of_id == delegation.pk else each.of_id, []).append(each)
    found = held.select_related("one__city__country", "other__city__country", "initiative").order_by("starts_at")
    return [
        Own(each, partner.city, said.get(partner.pk, []))
        for each in found
        for partner in (each.partner_of(delegation),)
    ]


def of_person(person: Any, edition: Edition) -> list[Delegation]:
    """The delegations with which somebody comes: one, hardly ever more. One statement."""
    coming = Delegate.objects.coming().filter(person_id=person.pk, delegation__edition=edition)
    found = Delegation.objects.filter(pk__in=coming.values("delegation"))
    return list(found.select_related("edition", "city"))


def others(delegation: Delegation) -> QuerySet[Delegation]:
    """Whom a delegation can still wish to meet."""
    wished = delegation.wishes.values("whom")
    there = Delegation.objects.filter(edition=delegation.edition_id).exclude(state=states.DECLINED)
    return there.exclude(pk=delegation.pk).exclude(pk__in=wished).select_related("city__country").order_by("city__name")


def suggested(delegation: Delegation) -> list[tuple[Delegation, Reasoned]]:
    """Partners that matching suggests and that come to this edition, with reasons."""
    there = {each.city_id: each for each in others(delegation)}
    found = reasons.reasoned(delegation.city_id, matching.for_city(delegation.city_id, reach=True), None)
    return [(there[each.member.key], each) for each in found if each.member.key in there]


def slots(edition: Edition) -> list[tuple[str, str]]:
    """All slots as key and label, on the clock of the place."""
    zone = ZoneInfo(edition.zone)
    return [
        (time.key, date_format(time.starts_at.astimezone(zone), "DATETIME_FORMAT"))
        for time in said_of(edition.settings).times(edition.zone)
    ]


def entries(delegation: Delegation, page: str) -> Iterator[Entry]:
    """The meetings of a delegation for a calendar program; each leads to a page."""
    for each in own(delegation):
        meeting = each.meeting
        yield Entry(
            f"meeting-{meeting.code}", _("Meeting with %(city)s") % {"city": each.partner.name}, meeting.starts_at,
            meeting.ends_at, url=settings.SITE["url"] + page, text="\n\n".join(wish.why for wish in each.whys),
            place=_("Table %(number)s") % {"number": meeting.table}, changed_at=meeting.changed_at,
        )  # fmt: skip


def open_timetable(edition: Edition) -> Timetable | None:
    """The one that is worked out or waits to be read. One statement."""
    return Timetable.objects.filter(edition=edition, state__in=states.OPEN_TIMETABLES).first()


def numbers(edition: Edition) -> dict[str, int]:
    """How much there is to plan, and how much is planned. Three statements."""
    willing = Delegation.objects.filter(edition=edition, times__isnull=False).exclude(state=states.DECLINED)
    wishes = MeetingWish.objects.filter(of__edition=edition)
    planned = Meeting.objects.filter(edition=edition, state=states.PLANNED)
    return {"willing": willing.count(), "wishes": wishes.count(), "planned": planned.count()}


def read(found: Timetable) -> dict[str, Any]:
    """A timetable as the Secretariat reads it before it is applied. One statement."""
    plan, zone = found.plan, ZoneInfo(found.edition.zone)
    names = dict(Delegation.objects.filter(edition=found.edition_id).values_list("pk", "city__name"))
    counted = Counter(each["kind"] for each in plan["changes"])
    return {
        "numbers": [(label, counted[kind]) for kind, label in KINDS.items()],
        "changes": [_change(each, names, zone) for each in plan["changes"] if each["kind"] != timetable.KEPT],
        "waiting": [(names.get(one, ""), names.get(other, ""), WHY[why]) for one, other, why in plan["waiting"]],
        "without": [names[key] for key in plan["without"] if key in names],
        "gap": plan["gap"],
    }


def _change(each: dict[str, Any], names: dict[int, str], zone: ZoneInfo) -> dict[str, Any]:
    def where(at: dict[str, Any] | None) -> str:
        if at is None:
            return ""
        moment = date_format(dt.datetime.fromisoformat(at["starts_at"]).astimezone(zone), "DATETIME_FORMAT")
        return f"{moment} · " + _("Table %(number)s") % {"number": at["table"]}

    one, other = each["pair"]
    return {
        "kind": KINDS[each["kind"]], "one": names.get(one, ""), "other": names.get(other, ""),
        "before": where(each["before"]), "after": where(each["after"]), "why": WHY.get(each["reason"], ""),
    }  # fmt: skip
