"""What a city's team reads of its delegation: who is in it, which places are left, and what can still be done."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Delegate, Delegation, Edition, Needs
from creativecities.conference.queries import needs
from creativecities.conference.rules import registration as rules
from creativecities.core import days
from creativecities.core.refusal import Refusal
from creativecities.network.compute.languages import language_name
from creativecities.network.models import City, Mandate

COMMON = ("en", "fr", "es", "ar", "ru", "zh-Hans")


def to_come(person: Person) -> QuerySet[Delegate]:
    """As whom somebody is to come to editions that are not over, always in one order."""
    over = Q(delegation__edition__state=states.CANCELLED) | Q(
        delegation__edition__last_day__lt=days.today(), delegation__edition__state=states.ANNOUNCED
    )
    found = Delegate.objects.filter(person=person).exclude(state=states.WITHDRAWN).exclude(over)
    return found.select_related("delegation__edition", "delegation__city", "person").order_by("delegation", "pk")


@dataclass(frozen=True)
class Quota:
    """How many come in a role, of how many that may."""

    role: str
    label: Any
    held: int
    most: int


@dataclass(frozen=True)
class Sent:
    """A delegation as a person finds it; `delegation` is not kept yet where nobody has begun it."""

    person: Any
    delegation: Delegation
    delegates: list[Delegate] = field(default_factory=list)

    @property
    def standing(self) -> list[Delegate]:
        """Who holds a place."""
        return [each for each in self.delegates if each.state in states.STANDING]

    @property
    def waiting(self) -> list[Delegate]:
        """Who is on the waiting list, in the order of time."""
        return [each for each in self.delegates if each.state == states.WAITING]

    @property
    def gone(self) -> list[Delegate]:
        """Who has withdrawn, or was replaced."""
        return [each for each in self.delegates if each.state == states.WITHDRAWN]

    @cached_property
    def nominate(self) -> Refusal | None:
        """Why nobody more can be nominated."""
        return rules.nominate(self.person, self.delegation)

    @cached_property
    def confirm(self) -> Refusal | None:
        """Why it cannot be confirmed by name."""
        found = [each for each in self.standing if each.state != states.OFFERED]
        return rules.confirm(self.person, self.delegation) or rules.confirmable(found)

    @property
    def is_to_confirm(self) -> bool:
        """Whether somebody waits for being confirmed."""
        return any(each.state == states.NOMINATED for each in self.delegates)

    @cached_property
    def decline(self) -> Refusal | None:
        """Why the city cannot say that it does not come."""
        return rules.decline(self.person, self.delegation)

    @cached_property
    def come_after_all(self) -> Refusal | None:
        """Why the city cannot come after all."""
        return rules.come_after_all(self.person, self.delegation)

    @property
    def quotas(self) -> list[Quota]:
        """The roles somebody can come in, and how many do."""
        held = [each.role for each in self.standing]
        said = self.delegation.edition.settings
        found = [Quota(role, Delegate.Role(role).label, held.count(role), definition.quota(said, role))
                 for role in definition.ROLES]  # fmt: skip
        return [each for each in found if each.most or each.held]

    @property
    def most(self) -> int:
        """How many people a delegation has at most."""
        return int(self.delegation.edition.settings["delegations"]["most"])


def of_city(person: Any, edition: Edition, city: City) -> Sent:
    """The delegation of a city to an edition. Two statements."""
    found = Delegation.objects.visible_to(person).filter(edition=edition, city=city).first()
    if found is None:
        return Sent(person, Delegation(edition=edition, city=city))
    found.edition, found.city = edition, city
    rows: list[Any] = list(
        found.delegates.select_related("person", "bound_to", "needs").order_by("registered_at", "pk")
    )
    for each in rows:
        each.delegation, each.said = found, getattr(each, "needs", None) or Needs(delegate=each)
        each.answered = needs.answered(each, each.said)
    return Sent(person, found, rows)


def in_office(edition: Edition, city: City) -> list[Mandate]:
    """Who holds a mandate for a city on the first day of an edition: they can be chosen in place of typing a name."""
    held = Mandate.objects.on(edition.starts_on or days.today()).filter(city=city, role__in=Mandate.CITY_ROLES)
    return list(held.filter(person__is_active=True).select_related("person").order_by("pk"))


def people(held: list[Mandate]) -> list[Person]:
    """The same people, each once."""
    return list({each.person_id: each.person for each in held}.values())


def bindable(sent: Sent) -> list[Delegate]:
    """For whom somebody can interpret."""
    return [each for each in sent.standing if each.role != Delegate.Role.INTERPRETER]


def spoken(edition: Edition, city: City) -> list[tuple[str, str]]:
    """The languages offered to be ticked: the six of the United Nations, the edition's, and those of the country."""
    local = [code.split("-")[0] for code in city.country.languages.split(";") if code]
    codes = dict.fromkeys([*COMMON, *edition.settings["languages"], *(code for code in local if code != "zh")])
    return [(code, language_name(code, get_language() or "en")) for code in codes]


def days_of(edition: Edition) -> list[dt.date]:
    """Every day of an edition."""
    if edition.starts_on is None or edition.last_day is None:
        return []
    return [edition.starts_on + dt.timedelta(days=at) for at in range((edition.last_day - edition.starts_on).days + 1)]


def who_lose_office() -> list[Delegate]:
    """Confirmed mayors and deputy mayors with an account whose mandate does not hold on the first day, not told yet.

    Three statements at most, whatever their number.
    """
    rows = Delegate.objects.coming().filter(
        role__in=Delegate.OFFICES, person__isnull=False, told_of_office_at=None,
        delegation__edition__state=states.ANNOUNCED, delegation__edition__starts_on__gte=days.today(),
    ).select_related("delegation__edition", "delegation__city")  # fmt: skip
    found = list(rows[:500])
    held = Mandate.objects.filter(person__in=[each.person_id for each in found], role__in=Delegate.OFFICES)
    known = list(held) if found else []
    return [each for each in found if not any(_covers(one, each) for one in known)]


def _covers(mandate: Mandate, delegate: Delegate) -> bool:
    first, sent = delegate.delegation.edition.starts_on, delegate.delegation
    if first is None or (mandate.person_id, mandate.city_id, mandate.role) != (
        delegate.person_id, sent.city_id, delegate.role,
    ):  # fmt: skip
        return False
    return mandate.start <= first and (mandate.end is None or mandate.end > first)
