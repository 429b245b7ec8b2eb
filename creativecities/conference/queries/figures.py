"""An edition in numbers: counted from its delegates once, read from rows without people ever after."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from creativecities.conference import states
from creativecities.conference.models import Certificate, CityFigures, Delegate, Edition, Figures
from creativecities.conference.queries import attendance, certificates
from creativecities.conference.rules import figures as rules
from creativecities.core import days
from creativecities.core.templatetags.charts import Bar
from creativecities.core.templatetags.ui import field_glyph
from creativecities.network.models import Membership
from creativecities.network.models.people import in_force

ROLES: dict[str, Any] = dict(Delegate.Role.choices)
GENDERS: dict[str, Any] = dict(Delegate.Gender.choices)


@dataclass(frozen=True)
class Counted:
    """What the people of an edition come to; nobody is told apart in it."""

    basis: str
    genders: dict[str, int]
    cities: list[CityFigures]

    @property
    def people(self) -> int:
        return sum(each.people for each in self.cities)


def count(edition: Edition) -> Counted:
    """Count an edition from its delegates. Four statements."""
    basis = certificates.basis_of(edition)
    found = Delegate.objects.coming().filter(delegation__edition=edition)
    if basis == Certificate.Basis.CAME:
        found = found.filter(pk__in=attendance.came(edition).values("pk"))
    roles: dict[int, Counter[str]] = {}
    genders: Counter[str] = Counter()
    for city, role, gender in found.values_list("delegation__city", "role", "gender"):
        roles.setdefault(city, Counter())[role] += 1
        genders[gender] += 1
    fields = dict(
        Membership.objects.filter(in_force(edition.starts_on or days.today()), city__in=roles)
        .values_list("city_id", "field_id")
    )  # fmt: skip
    before = dict(
        CityFigures.objects.filter(city__in=roles, figures__edition__starts_on__lt=edition.starts_on)
        .order_by("city").values_list("city").annotate(times=Count("pk"))
    )  # fmt: skip
    cities = [
        CityFigures(city_id=city, field_id=fields.get(city), people=sum(of_role.values()), roles=dict(of_role),
                    times=before.get(city, 0) + 1)
        for city, of_role in sorted(roles.items())
    ]  # fmt: skip
    return Counted(basis, _told(genders), cities)


def _told(genders: Counter[str]) -> dict[str, int]:
    """The groups that are large enough; none where the others could be reckoned from them and are fewer than five."""
    told = {gender: number for gender, number in genders.items() if gender and number >= Figures.FEWEST}
    has_small = any(gender not in told for gender in genders if gender)
    return {} if has_small and genders.total() - sum(told.values()) < Figures.FEWEST else told


def due() -> list[Edition]:
    """Editions that are over and to be counted by now, before their people are forgotten. One statement."""
    held = Edition.objects.filter(state=states.ANNOUNCED, last_day__lt=days.today())
    found = held.filter(figures__isnull=True, delegations__isnull=False).distinct()
    return [each for each in found if each.last_day and days.today() > each.last_day + rules.waits(each)]


@dataclass(frozen=True)
class Filter:
    """Which rows a figure stands for, as its address says it."""

    region: str = ""
    field: str = ""
    role: str = ""
    times: str = ""

    def keeps(self, row: CityFigures) -> bool:
        """Whether a city is among those that are meant."""
        return (
            self.region in ("", row.city.country.region_id)
            and self.field in ("", row.field_id or "none")
            and (not self.role or self.role in row.roles)
            and self.times in ("", str(row.times))
        )


@dataclass(frozen=True)
class Shown:
    """The figures of an edition as a reader gets them; each leads to its rows."""

    figures: Figures
    rows: list[CityFigures]
    kept: list[CityFigures]
    numbers: list[tuple[str, int, str]]
    by_region: list[Bar]
    by_field: list[Bar]
    by_times: list[Bar]
    genders: list[tuple[str, int]]


def shown(figures: Figures, which: Filter) -> Shown:
    """One statement."""
    rows = list(figures.cities.select_related("city__country__region", "field"))
    roles: Counter[str] = Counter()
    for row in rows:
        roles.update(row.roles)
    numbers = [
        (_("Cities"), len(rows), "?"), (_("People"), sum(roles.values()), "?"),
        (_("Cities with a mayor"), sum("mayor" in row.roles for row in rows), "?role=mayor"),
        (_("Countries"), len({row.city.country_id for row in rows}), "?"),
        (_("Regions"), len({row.city.country.region_id for row in rows}), "?"),
        (_("Cities for the first time, of the editions counted here"), sum(row.times == 1 for row in rows), "?times=1"),
    ]  # fmt: skip
    numbers += [(str(ROLES.get(role, role)), number, f"?role={role}") for role, number in roles.most_common()]
    return Shown(
        figures, rows, [row for row in rows if which.keeps(row)], numbers, _by_region(rows), _by_field(rows),
        _by_times(rows),
        [(str(GENDERS.get(each, each)), number) for each, number in figures.genders.items()],
    )  # fmt: skip


def _by_times(rows: Iterable[CityFigures]) -> list[Bar]:
    found = Counter(row.times for row in rows)
    return [Bar(str(times), number, f"?times={times}") for times, number in sorted(found.items())]


def _by_region(rows: Iterable[CityFigures]) -> list[Bar]:
    found = Counter(row.city.country.region for row in rows)
    return [Bar(str(region.name), number, f"?region={region.pk}") for region, number in found.most_common()]


def _by_field(rows: Iterable[CityFigures]) -> list[Bar]:
    found = Counter(row.field for row in rows)
    return [
        Bar(str(field.name), number, f"?field={field.pk}", f"f-{field.pk}", field_glyph(field.pk)) if field
        else Bar(_("Without a field"), number, "?field=none")
        for field, number in found.most_common()
    ]  # fmt: skip


def compared(person: Any) -> list[Any]:
    """All editions, the newest first: those counted here with their sums, of the others what a source tells.

    What a source tells of is quoted, never summed. One statement.
    """
    of_it = CityFigures.objects.filter(figures__edition=OuterRef("pk")).order_by().values("figures__edition")
    mayors = Sum(Cast(KeyTextTransform("mayor", "roles"), IntegerField()))
    return list(
        Edition.objects.visible_to(person).annotate(
            cities=Subquery(of_it.annotate(n=Count("pk")).values("n")),
            people=Subquery(of_it.annotate(n=Sum("people")).values("n")),
            mayors=Subquery(of_it.annotate(n=mayors).values("n")),
            first_timers=Subquery(of_it.annotate(n=Count("pk", filter=Q(times=1))).values("n")),
            counted_on=F("figures__counted_at"),
        )
    )  # fmt: skip
