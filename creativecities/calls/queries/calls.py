"""What pages show of calls: the published version, how it stands at this moment, and the rules in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute import instants, reading, rubric
from creativecities.calls.compute.definition import KEPT_MONTHS, Definition, languages
from creativecities.calls.compute.labels import FEEDBACK, LABELS
from creativecities.calls.models import Announcement, Application, Call, CallVersion, Extension
from creativecities.core import clocks, days
from creativecities.core.text import fold
from creativecities.core.words import Words, in_language
from creativecities.network.compute.languages import language_name
from creativecities.network.models import CityName, Country, Membership

OPENS_LATER, OPEN, CLOSED, ANNOUNCED, WITHDRAWN = "opens-later", "open", "closed", "announced", "withdrawn"


@dataclass(frozen=True)
class MoreTime:
    """One extension: for whom, until which day and hour on the call's own clock, and why."""

    country: Country | None
    closes_at: dt.datetime
    day: dt.date
    hour: str
    reason: str
    at: dt.datetime


@dataclass(frozen=True)
class Shown:
    """A call at a moment: what it says, how it stands, and until when all cities can hand in."""

    call: Any
    definition: Definition
    number: int
    now: dt.datetime
    phase: str
    deadline: dt.datetime | None
    extensions: list[MoreTime]

    @property
    def zone(self) -> str:
        """The zone whose clock decides, as people write it."""
        return str(self.definition["dates"]["zone"]).replace("_", " ")

    @property
    def clock(self) -> str:
        """What the clock of the call's zone shows now."""
        return f"{self.now:%H:%M}"

    @property
    def title(self) -> Words:
        """Its title in the reader's language."""
        return title_in(self.call, self.definition)

    @property
    def last_day(self) -> dt.date | None:
        """The day of the deadline on the call's own clock."""
        return clocks.last_minute(self.deadline)[0] if self.deadline else None

    @property
    def last_hour(self) -> str:
        """The hour of the deadline on the call's own clock."""
        return clocks.last_minute(self.deadline)[1] if self.deadline else ""

    @property
    def announcement(self) -> Announcement | None:
        """What was announced; what is only prepared is not there."""
        return self.call.announcement if is_announced(self.call) else None

    @property
    def steps(self) -> list[reading.Step]:
        """Its dates, in order."""
        return reading.steps(self.definition, self.now, self.deadline)


def published_definition(call: Call) -> Definition:
    """What a call says: its published version, or the next one while nothing is published. One statement."""
    last = call.versions.first()
    said: Definition = last.definition if last else call.next
    return said


def title_of(call: Call) -> str:
    """What a call is called in the language of who reads it. One statement."""
    said = published_definition(call)
    return in_language(said["about"]["title"], get_language() or "en", languages(said))[0] or call.slug


def title_in(call: Call, definition: Definition) -> Words:
    """The title of a call in the reader's language."""
    text, language = in_language(definition["about"]["title"], get_language() or "en", languages(definition))
    return Words(text or call.slug, language)


def published(person: Any) -> list[Shown]:
    """Every call a visitor may read, the newest first. Four statements."""
    found = Call.objects.visible_to(person).exclude(state=states.DRAFT).defer("next")
    return [shown(call) for call in with_all(found)]


def newest_versions() -> QuerySet[CallVersion]:
    """The newest version of each call, to be used inside another statement."""
    newest = CallVersion.objects.filter(call=OuterRef("call")).order_by("-number").values("number")[:1]
    return CallVersion.objects.filter(number=Subquery(newest))


def with_all(found: Any) -> Any:
    """With their newest version, the reasons of the others, and their extensions. Three statements more."""
    return found.select_related("announcement").prefetch_related(
        Prefetch("versions", newest_versions(), to_attr="newest"),
        Prefetch("versions", CallVersion.objects.defer("definition"), to_attr="history"),
        Prefetch("extensions", Extension.objects.select_related("country"), to_attr="more_time"),
    )


def newest(call: Any) -> CallVersion | None:
    """The published version of a call. One statement at most, none for a call of `with_all`."""
    if not hasattr(call, "newest"):
        call.newest = list(call.versions.all()[:1])
    return call.newest[0] if call.newest else None


def more_time(call: Any) -> list[Extension]:
    """The extensions of a call. One statement at most, none for a call of `with_all`."""
    if not hasattr(call, "more_time"):
        call.more_time = list(call.extensions.select_related("country"))
    found: list[Extension] = call.more_time
    return found


def shown(call: Any, definition: Definition | None = None) -> Shown:
    """How a call stands now; with `definition`, as it would if that was published. Two statements at most."""
    last = newest(call)
    said = definition or (last.definition if last else call.next)
    zone = ZoneInfo(said["dates"]["zone"])
    now, dates = timezone.now(), instants.instants(said)
    closes = dates.get("closes_at")
    until = instants.deadline(closes, more_time(call), "") if closes else None
    phase = WITHDRAWN if call.state == states.WITHDRAWN else _phase(dates, now, until, is_announced(call))
    return Shown(
        call, said, last.number if last else 0, now.astimezone(zone), phase,
        until.astimezone(zone) if until else None, [_more(each, zone) for each in more_time(call)],
    )  # fmt: skip


def _more(extension: Extension, zone: ZoneInfo) -> MoreTime:
    until = extension.closes_at.astimezone(zone)
    return MoreTime(extension.country, until, *clocks.last_minute(until), extension.reason, extension.at)


def is_announced(call: Any) -> bool:
    """Whether the decision was made known: by an act, whatever day was planned. For a call of `with_all`."""
    one = getattr(call, "announcement", None)
    return one is not None and one.state == states.ANNOUNCED


def _phase(dates: dict[str, dt.datetime], now: dt.datetime, until: dt.datetime | None, announced: bool) -> str:
    if until is None or (opens := dates.get("opens_at")) is None or now < opens:
        return OPENS_LATER
    if now < until:
        return OPEN
    return ANNOUNCED if announced else CLOSED


def members_by_name(countries: Iterable[str]) -> dict[tuple[str, str], Membership]:
    """Memberships that have not ended, by any name of the city, folded, and its country. Two statements."""
    stays = Q(end__isnull=True) | Q(end__gt=days.today())
    members = {each.city_id: each for each in Membership.objects.filter(stays, city__country__in=countries)
               .select_related("city")}  # fmt: skip
    names = [(each.city.name, pk) for pk, each in members.items()]
    names += CityName.objects.filter(city__in=members).values_list("name", "city")
    return {(fold(name), members[pk].city.country_id): members[pk] for name, pk in names}


def memberships(applications: Iterable[Application]) -> dict[int, Membership]:
    """Of some files, those whose city is a member already, under any of its names. Two statements."""
    asked = [(each.pk, each.country_id, name) for each in applications for name in (each.city_name, each.local_name)]
    known = members_by_name({country for _pk, country, _name in asked})
    return {pk: known[key] for pk, country, name in asked if (key := (fold(name), country)) in known}


def field_of_member(names: Iterable[str], country: str) -> str:
    """The field of the member city of the country that has one of these names in any language; empty for none."""
    known = members_by_name([country])
    return next((known[key].field_id for name in names if (key := (fold(name), country)) in known), "")


def rules_in_words(definition: Definition, names: dict[str, dict[str, str]]) -> list[tuple[Any, str]]:
    """The rules of a call as rows; `names` are those of fields and regions, by slug."""
    rules, reader = definition["rules"], get_language() or "en"
    unlimited = _("no limit")
    return [
        (LABELS["fields"], ", ".join(names["field"].get(each, each) for each in rules["fields"])),
        (LABELS["languages"], ", ".join(language_name(each, reader) for each in rules["languages"])),
        (LABELS["endorsements_per_country"], str(rules["endorsements_per_country"] or unlimited)),
        (LABELS["distinct_fields"], _("Yes") if rules["distinct_fields"] else _("No")),
        (LABELS["population_floor"], str(rules["population_floor"] or unlimited)),
        (LABELS["cooldown_calls"], str(rules["cooldown_calls"])),
        (LABELS["members_may_apply"], _("Yes") if rules["members_may_apply"] else _("No")),
        (LABELS["regions"], ", ".join(names["region"].get(each, each) for each in rules["regions"]) or "–"),
        (LABELS["most_links"], str(rules["most_links"])),
        (LABELS["keep_months"], str(rules.get("keep_months", KEPT_MONTHS))),
    ]


def judging_in_words(definition: Definition) -> list[tuple[Any, str]]:
    """How many judge, how many must, and who reads what they wrote, as rows."""
    plan = definition["evaluation"]
    counted = ("expert_reviews", "member_city_reviews", "quorum", "scale", "conflict_years")
    rows: list[tuple[Any, str]] = [(LABELS[name], str(plan[name])) for name in counted]
    rows.append((LABELS["disagreement"], f"{rubric.threshold(definition):g}"))
    return [*rows, (LABELS["feedback"], str(FEEDBACK[plan["feedback"]]))]
