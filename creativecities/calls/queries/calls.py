"""What pages show of calls: the published version, how it stands at this moment, and the rules in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.calls import states
from creativecities.calls.compute import instants, reading
from creativecities.calls.compute.definition import Definition, in_language, languages
from creativecities.calls.compute.labels import LABELS
from creativecities.calls.models import Call, CallVersion, Extension
from creativecities.network import rules as network
from creativecities.network.compute.languages import language_name
from creativecities.network.models import City, CityName

OPENS_LATER, OPEN, CLOSED, ANNOUNCED = "opens-later", "open", "closed", "announced"


@dataclass(frozen=True)
class Shown:
    """A call at a moment: what it says, how it stands, and until when all cities can hand in."""

    call: Call
    definition: Definition
    number: int
    now: dt.datetime
    phase: str
    deadline: dt.datetime | None
    extensions: list[Extension]

    @property
    def zone(self) -> str:
        """The zone whose clock decides, as people write it."""
        return str(self.definition["dates"]["zone"]).replace("_", " ")

    @property
    def title(self) -> reading.Words:
        """Its title in the reader's language."""
        reader = get_language() or "en"
        text, language = in_language(self.definition["about"]["title"], reader, languages(self.definition))
        return reading.Words(text or self.call.slug, language)

    @property
    def last_day(self) -> dt.date | None:
        """The day of the deadline on the call's own clock."""
        return instants.last_minute(self.deadline)[0] if self.deadline else None

    @property
    def last_hour(self) -> str:
        """The hour of the deadline on the call's own clock."""
        return instants.last_minute(self.deadline)[1] if self.deadline else ""


def published(person: Any) -> list[Shown]:
    """Every call a visitor may read, the newest first. Three statements."""
    found = Call.objects.visible_to(person).exclude(state=states.DRAFT)
    return [shown(call) for call in with_all(found)]


def with_all(found: Any) -> Any:
    """With their versions and extensions."""
    extensions = Extension.objects.select_related("country")
    return found.prefetch_related("versions", Prefetch("extensions", extensions))


def shown(call: Call, definition: Definition | None = None) -> Shown:
    """How a call stands now; with `definition`, as it would if that was published."""
    versions: list[CallVersion] = list(call.versions.all())
    said = definition or (versions[0].definition if versions else call.next)
    zone = ZoneInfo(said["dates"]["zone"])
    now, dates, extensions = timezone.now(), instants.instants(said), list(call.extensions.all())
    closes = dates.get("closes_at")
    until = instants.deadline(closes, extensions, "") if closes else None
    return Shown(
        call, said, versions[0].number if versions else 0, now.astimezone(zone), _phase(dates, now, until),
        until.astimezone(zone) if until else None, extensions,
    )  # fmt: skip


def _phase(dates: dict[str, dt.datetime], now: dt.datetime, until: dt.datetime | None) -> str:
    if until is None or (opens := dates.get("opens_at")) is None or now < opens:
        return OPENS_LATER
    if now < until:
        return OPEN
    announced = dates.get("announced_at")
    return ANNOUNCED if announced and announced <= now else CLOSED


def is_known_member(name: str, country: str) -> bool:
    """Whether a member city of this name, in any language, is in the country."""
    called = Q(name__iexact=name) | Q(pk__in=CityName.objects.filter(name__iexact=name).values("city"))
    return City.objects.filter(called, country=country, pk__in=network.member_cities()).exists()


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
    ]
