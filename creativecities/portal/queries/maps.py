"""Where the cities of a list lie."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator
from itertools import takewhile
from operator import attrgetter

from creativecities.core import freshness
from creativecities.portal.compute import worldmap
from creativecities.portal.compute.worldmap import Place
from creativecities.portal.queries.found import Found
from creativecities.portal.queries.lists import Row
from creativecities.portal.queries.statements import fetch, names, suffix


def places(day: dt.date) -> list[Place]:
    """Where every member of a day lies. No statement."""
    return list(_geometry().on(day).values())


def arrivals(day: dt.date) -> Iterator[Place]:
    """What had come to the map by a day, in the order in which it came. No statement."""
    until = day.isoformat()
    return takewhile(lambda place: place.start <= until, _geometry().arrivals)


class Geometry:
    """Where every member lies and lay: the only thing of the network kept in a process, until the next write."""

    def __init__(self) -> None:
        columns = 'city_id, start, "end", slug, name, country_id, field_id, map_x, map_y, latitude, longitude, year'
        found = fetch(f"SELECT {columns} FROM network_listing ORDER BY sort, slug", [])
        self._places = [Place(city, str(start), str(end), *rest) for city, start, end, *rest in found]
        self.arrivals = sorted(self._places, key=attrgetter("start"))
        self._days: OrderedDict[str, dict[int, Place]] = OrderedDict()
        self._points: dict[str, list[tuple[worldmap.Point, Place]]] = {}

    def points_on(self, day: dt.date) -> list[tuple[worldmap.Point, Place]]:
        """Every member of a day with its point on the sphere; kept for the last day asked."""
        key = day.isoformat()
        if key not in self._points:
            known = self.on(day).values()
            self._points = {key: [(worldmap.point(place.latitude, place.longitude), place) for place in known]}
        return self._points[key]

    def on(self, day: dt.date) -> dict[int, Place]:
        """The members of a day by the keys of their cities, in the order of names; kept for the last days asked."""
        on = day.isoformat()
        if on not in self._days:
            self._days[on] = {place.city: place for place in self._places if place.start <= on < place.end}
            while len(self._days) > 8:
                self._days.popitem(last=False)
        return self._days[on]


@freshness.kept()
def _geometry() -> Geometry:
    return Geometry()


def map_of(found: Found, *, root: str) -> str:
    """The dots of a list as SVG text, with names in the reader's language. No statement."""
    asked = found.filters
    if not asked.is_narrowed:
        return _whole_map(asked.day, root, asked.as_of, suffix())
    known = _geometry().on(asked.day)
    return _drawn(list(filter(None, map(known.get, found.cities))), root, asked.as_of)


@freshness.kept(maxsize=24)
def _whole_map(day: dt.date, root: str, query: str, suffix: str) -> str:
    return _drawn(places(day), root, query)


def _drawn(found: list[Place], root: str, query: str) -> str:
    known = names()
    return worldmap.dots(found, root=root, countries=known["country"], fields=known["field"], query=query)


def nearby(row: Row, day: dt.date) -> list[tuple[Place, int]]:
    """The six nearest other members of that day with their distance in kilometres. No statement."""
    return _nearby(row.slug, row.latitude, row.longitude, day)


@freshness.kept(maxsize=1_000)
def _nearby(slug: str, latitude: float, longitude: float, day: dt.date) -> list[tuple[Place, int]]:
    return worldmap.nearest(_geometry().points_on(day), latitude, longitude, most=6, besides=slug)
