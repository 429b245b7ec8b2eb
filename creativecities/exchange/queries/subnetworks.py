"""The cities of a field, who speaks for them, and who is reached by an announcement."""

from dataclasses import dataclass

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.network.models import CreativeField, Listing, Mandate
from creativecities.network.queries import mandates


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an announcement reaches: how many member cities there are, how many of them have a team, and the people."""

    cities: int
    reached: int
    people: list[Person]


def reach(field: CreativeField) -> Reach:
    """The teams of all member cities of a field, each person once. Two statements."""
    members = Listing.objects.on(days.today()).filter(field=field).values("city_id")
    found = mandates.teams_of(members)
    people = {mandate.person_id: mandate.person for mandate in found}
    return Reach(members.count(), len({mandate.city_id for mandate in found}), list(people.values()))


@dataclass(frozen=True, slots=True)
class Member:
    """A city of the field with those who can be turned to."""

    slug: str
    name: str
    country: str
    contacts: list[str]


def members(field: CreativeField, ending: str) -> list[Member]:
    """The member cities with the names of their contacts, in the order of names. Two statements."""
    rows = list(
        Listing.objects.on(days.today())
        .filter(field=field)
        .values_list("city_id", "slug", "name", f"country__name_{ending}")
    )
    contacts: dict[int, list[str]] = {}
    held = Mandate.objects.on(days.today()).filter(role__in=("focal-point", "alternative-contact"))
    held = held.filter(city__in=[city for city, *_rest in rows]).order_by("-role", "start")
    for city, name in held.values_list("city_id", "person__name"):
        contacts.setdefault(city, []).append(name)
    return [Member(slug, name, country, contacts.get(city, [])) for city, slug, name, country in rows]


def leaders(field: CreativeField) -> list[Mandate]:
    """The coordinator and the deputy of today, with person and city. One statement."""
    held = Mandate.objects.on(days.today()).filter(field=field, role__in=Mandate.FIELD_ROLES)
    return list(held.select_related("person", "city").order_by("role"))
