"""The world map as text: dots that are links. Land comes from a static file, so that a page carries only its cities."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as column
from functools import lru_cache
from heapq import nlargest
from html import escape
from math import acos, cos, radians, sin

RADIUS = 3.4
CELL = 12
MOST_DOTS = 600


@dataclass(frozen=True, slots=True)
class Place:
    """A member city where it lies on the map, from the day `start` until before the day `end`; designated in `year`."""

    city: int
    start: str
    end: str
    slug: str
    name: str
    country: str
    field: str
    x: float
    y: float
    latitude: float
    longitude: float
    year: int = 0
    cell: tuple[int, int] = column(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cell", (int(self.x // CELL), int(self.y // CELL)))


def dots(
    places: Iterable[Place], *, root: str, countries: Mapping[str, str], fields: Mapping[str, str], query: str = ""
) -> str:
    """One link with a circle for each place; beyond MOST_DOTS one circle for each cell of the map."""
    places = list(places)
    if len(places) > MOST_DOTS:
        return _cells(Counter(place.cell for place in places))
    return "".join(
        f'<a class="f-{p.field}" href="{root}{p.slug}/{query}" tabindex="-1" aria-label="{_safe(p.name)}, '
        f'{_safe(countries.get(p.country, p.country))} · {_safe(fields.get(p.field, p.field))}">'
        f'<circle class="dot" {_at(p.x, p.y)} r="{RADIUS}"></circle></a>'
        for p in places
    )


_safe = lru_cache(maxsize=20_000)(escape)


def _cells(counts: Mapping[tuple[int, int], int]) -> str:
    most = max(counts.values(), default=1)
    radius = {n: f"{2 + 4 * (n / most) ** 0.5:.1f}" for n in set(counts.values())}
    return "".join(
        f'<circle class="cell" {_at((x + 0.5) * CELL, (y + 0.5) * CELL)} r="{radius[n]}"><title>{n}</title></circle>'
        for (x, y), n in sorted(counts.items())
    )


@lru_cache(maxsize=20_000)
def _at(x: float, y: float) -> str:
    return f'cx="{x:g}" cy="{y:g}"'


Point = tuple[float, float, float]


def point(latitude: float, longitude: float) -> Point:
    """The point of a unit sphere at these degrees."""
    lat, lon = radians(latitude), radians(longitude)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def nearest(
    known: Iterable[tuple[Point, Place]], latitude: float, longitude: float, *, most: int, besides: str
) -> list[tuple[Place, int]]:
    """The nearest places with their distance in kilometres (on a sphere of radius 6,371 km), nearest first.

    Places come with their points, so that comparing one costs three multiplications.
    """
    x, y, z = point(latitude, longitude)
    near = nlargest(most + 1, ((x * p[0] + y * p[1] + z * p[2], place.slug, place) for p, place in known))
    found = [
        (place, round(6371 * acos(max(-1.0, min(1.0, cosine))))) for cosine, slug, place in near if slug != besides
    ]
    return found[:most]
