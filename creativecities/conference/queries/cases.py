"""Cases as their cities, their readers and the Secretariat see them, and what waits for each of these."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Case, CaseReader, CaseReading, Delegate, Edition
from creativecities.conference.queries import bids, fair
from creativecities.conference.rules import cases as rules
from creativecities.conference.rules import fair as fair_rules
from creativecities.core import clocks, days, freshness
from creativecities.core.desk import Due
from creativecities.core.words import Words, in_language
from creativecities.exchange import states as exchange
from creativecities.exchange.models import Initiative
from creativecities.network import rules as network
from creativecities.network.models import City
from creativecities.network.queries import mandates


@dataclass(frozen=True)
class Told:
    """What was handed in of a case, as others read it."""

    case: Case
    said: dict[str, Any]

    @property
    def record(self) -> Initiative | None:
        """The record it tells of, as long as that is public."""
        one = self.case.initiative
        return one if one.state == exchange.PUBLISHED else None

    @property
    def format(self) -> str:
        return str(Case.Format(self.said["format"]).label)

    @property
    def speaker(self) -> str:
        return str(Delegate.Role(self.said["speaker"]).label)

    @property
    def answers(self) -> list[bids.Answer]:
        """Every question of the edition with what the case answers."""
        return bids.answered(self.case.edition.settings, "questions", self.said["answers"])


def told(case: Case) -> Told:
    """As it was last handed in."""
    return Told(case, case.filed)


def hour(at: dt.datetime | None, edition: Edition) -> dict[str, Any] | None:
    """An hour on the clock of the place, and whether it has passed; None for none."""
    if at is None:
        return None
    day, time = clocks.on_the_clock(at, edition.zone)
    return {"day": day, "hour": time, "zone": edition.zone.replace("_", " "), "is_past": at <= timezone.now()}


def worded(edition: Edition, name: str) -> list[dict[str, Any]]:
    """The items of a list of the edition with their words in the reader's language."""
    reader, codes = get_language() or "en", edition.settings["languages"]
    return [
        item | {each: Words(*in_language(item[each], reader, codes)) for each in ("label", "guidance")}
        for item in definition.listed(edition.settings, name)
    ]


def asked(edition: Edition) -> Words:
    """What the Secretariat asks of cities."""
    words = definition.part(edition.settings, "cases")["asked"]
    return Words(*in_language(words, get_language() or "en", edition.settings["languages"]))


def of_city(edition: Edition, city: City) -> list[Case]:
    """What a city has proposed, those it has withdrawn last. One statement."""
    found = Case.objects.filter(edition=edition, city=city).select_related("initiative", "edition", "city")
    return sorted(found, key=lambda each: (each.number is None, each.number or 0, each.pk))


def to_tell(edition: Edition, city: City) -> QuerySet[Initiative]:
    """What a city can still propose a case of."""
    taken = Case.objects.filter(edition=edition, city=city, number__isnull=False)
    shown = Initiative.objects.filter(fair_rules.shows(city)).exclude(pk__in=taken.values("initiative"))
    return shown.order_by("title")


def cities(person: Any) -> list[City]:
    """The member cities for which a person proposes. One statement."""
    if not person.is_authenticated:
        return []
    mine = City.objects.filter(pk__in=network.team_cities(person)).filter(pk__in=network.member_cities())
    return list(mine.order_by("name"))


def handed_in(person: Any, edition: Edition) -> list[Case]:
    """Every case the Secretariat has of an edition, with its two readings. Two statements."""
    readings = CaseReading.objects.visible_to(person).counting().select_related("reader__person")
    found = Case.objects.visible_to(person).handed_in().filter(edition=edition)
    related = found.select_related("city__country", "initiative")
    return list(related.prefetch_related(Prefetch("readings", readings, to_attr="both")))


def partners(case: Case) -> list[City]:
    """Who does what it tells of. One statement."""
    return fair.cities_of(case.initiative)


def beside(reading: CaseReading) -> list[CaseReading]:
    """What the other reader says, once the case cannot come back to be judged again. One statement."""
    if reading.state != states.DONE or rules.can_come_back(reading.case):
        return []
    others = CaseReading.objects.counting().filter(case=reading.case_id, state=states.DONE)
    return list(others.exclude(pk=reading.pk))


def points(reading: CaseReading, edition: Edition) -> list[tuple[Words, int | None]]:
    """Each line of the rubric with the points given."""
    return [(item["label"], reading.points.get(item["key"])) for item in worded(edition, "rubric")]


@freshness.kept()
def _are_asked_for() -> bool:
    """Whether an edition to come asks for cases, until the next write. One statement."""
    ahead = Edition.objects.filter(state=states.ANNOUNCED).exclude(last_day__lt=days.today())
    asking = ahead.filter(settings__cases__has_key="cases_until").exclude(settings__cases__cases_until="")
    return asking.exists()


def due_for(person: Any) -> Iterator[Due]:
    """A case to change, cases to read, cases to decide on. No statement while no cases are asked for, else three."""
    if not _are_asked_for():
        return
    yield from _to_change(person)
    waiting = Count("readings", filter=Q(readings__state=states.OPEN, readings__case__state=states.SUBMITTED))
    asked = CaseReader.objects.filter(person_id=person.pk, state__in=(states.ASKED, states.ACCEPTED))
    for slug, state, number in asked.annotate(waiting=waiting).values_list("edition__slug", "state", "waiting"):
        url = reverse("conference:cases_to_read", args=[slug])
        if state == states.ASKED:
            yield Due(_("Say whether you read cases of cities"), url)
        elif number:
            words = ngettext("%(number)s case to read", "%(number)s cases to read", number)
            yield Due(words % {"number": number}, url)
    if network.is_secretariat(person):
        done = Count("readings", filter=Q(readings__state=states.DONE))
        read = Case.objects.filter(state=states.SUBMITTED).annotate(done=done).filter(done=len(CaseReading.PLACES))
        found = Case.objects.filter(pk__in=read.values("pk")).order_by().values_list("edition__slug")
        for slug, number in found.annotate(number=Count("pk")).order_by("edition__slug"):
            words = ngettext("%(number)d case to decide on", "%(number)d cases to decide on", number)
            yield Due(words % {"number": number}, reverse("conference:all_cases", args=[slug]))


def _to_change(person: Any) -> Iterator[Due]:
    teams = mandates.of(person).teams
    if not teams:
        return
    back = Case.objects.filter(city__in=teams, state=states.RETURNED, returned_until__gt=timezone.now())
    for each in back.select_related("city", "edition"):
        title = _("Change the case of %(city)s that was sent back") % {"city": each.city.name}
        url = reverse("conference:write_case", args=[each.edition.slug, each.city.slug, each.code])
        yield Due(title, url, each.returned_until)


def lapsed() -> list[Case]:
    """Cases that were sent back and did not come until their day. One statement."""
    over = Case.objects.filter(state=states.RETURNED, returned_until__lte=timezone.now())
    return list(over.select_related("edition", "city"))


def refusal_to_begin(person: Any, edition: Edition, city: City, found: list[Case]) -> Any:
    """Why a city proposes no further case now."""
    return rules.begin(person, edition, city, sum(each.number is not None for each in found))
