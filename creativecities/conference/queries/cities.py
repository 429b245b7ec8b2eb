"""Member cities to choose from."""

from collections.abc import Sequence

from creativecities.core.text import fold
from creativecities.network import rules as network
from creativecities.network.models import City


def members() -> list[City]:
    """The member cities of today with their countries, in the order of their names. One statement."""
    found = City.objects.filter(pk__in=network.member_cities()).select_related("country")
    return sorted(found, key=lambda city: fold(city.name))


def choices(cities: Sequence[City]) -> list[tuple[str, str]]:
    """Cities as a form offers them, by slug."""
    return [(city.slug, f"{city.name}, {city.country}") for city in cities]


def called(slugs: Sequence[str]) -> list[City]:
    """Cities by their slugs, in that order. One statement."""
    found = {city.slug: city for city in City.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]
