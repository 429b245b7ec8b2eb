"""The world map as text: dots that are links. Land comes from a static file, so that a page carries only its cities."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from math import cos, radians

from creativecities.core import equalearth

FRAME = " ".join(map(str, equalearth.VIEWBOX))
RADIUS = 3.4
CELL = 12
MOST_DOTS = 1_500


@dataclass(frozen=True, slots=True)
class Place:
    """A member city where it lies on the map."""

    slug: str
    name: str
    country: str
    field: str
    x: float
    y: float
    latitude: float
    longitude: float


def dots(places: Iterable[Place], *, root: str, countries: Mapping[str, str], fields: Mapping[str, str]) -> str:
    """One link with a circle for each place; from MOST_DOTS on one circle for each cell of the map, sized by its number."""
    places = list(places)
    if len(places) > MOST_DOTS:
        return _cells(places)
    return "".join(
        f'<a class="f-{p.field}" href="{root}{p.slug}/" tabindex="-1" aria-label="{escape(p.name)}, '
        f'{escape(countries.get(p.country, p.country))} · {escape(fields.get(p.field, p.field))}">'
        f'<circle class="dot" cx="{p.x:g}" cy="{p.y:g}" r="{RADIUS}"></circle></a>'
        for p in places
    )


def _cells(places: list[Place]) -> str:
    counts: dict[tuple[int, int], int] = {}
    for p in places:
        key = (int(p.x // CELL), int(p.y // CELL))
        counts[key] = counts.get(key, 0) + 1
    most = max(counts.values(), default=1)
    return "".join(
        f'<circle class="cell" cx="{(x + 0.5) * CELL:g}" cy="{(y + 0.5) * CELL:g}" r="{2 + 4 * (n / most) ** 0.5:.1f}">'
        f"<title>{n}</title></circle>"
        for (x, y), n in sorted(counts.items())
    )


def nearest(places: Iterable[Place], latitude: float, longitude: float, *, most: int, besides: str) -> list[tuple[Place, int]]:
    """The nearest places with their distance in kilometres (spherical, radius 6,371 km), nearest first.

    Squared chords are compared, so no root or arc is taken but for the few that are kept.
    """
    lat, lon = radians(latitude), radians(longitude)

    def chord(place: Place) -> float:
        other = radians(place.latitude)
        return 2 - 2 * (cos(lat - other) - cos(lat) * cos(other) * (1 - cos(lon - radians(place.longitude))))

    ranked = sorted(((chord(place), place.slug, place) for place in places if place.slug != besides))[:most]
    return [(place, _kilometres(square)) for square, _slug, place in ranked]


def _kilometres(square: float) -> int:
    from math import asin, sqrt

    return round(2 * 6371 * asin(min(1.0, sqrt(max(square, 0.0)) / 2)))
