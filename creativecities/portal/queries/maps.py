"""Where the cities of a list lie."""

import datetime as dt
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from itertools import islice, takewhile
from operator import attrgetter

from creativecities.core import freshness
from creativecities.portal.compute import worldmap
from creativecities.portal.compute.worldmap import Place
from creativecities.portal.queries.found import Found
from creativecities.portal.queries.known import known, names
from creativecities.portal.queries.lists import Row
from creativecities.portal.queries.statements import suffix

Groups = dict[tuple[str, str], list[Place]]


def places(day: dt.date) -> list[Place]:
    """Where every member of a day lies. No statement."""
    return list(_geometry().on(day).values())


def arrivals(day: dt.date) -> Iterator[Place]:
    """What had come to the map by a day, in the order in which it came. No statement."""
    until = day.isoformat()
    return takewhile(lambda place: place.start <= until, _geometry().arrivals)


class Geometry:
    """Where every member lies and lay: the only members a process knows, until the next write."""

    def __init__(self) -> None:
        self._places = known().places
        self.arrivals = sorted(self._places, key=attrgetter("start"))
        self._days: OrderedDict[str, dict[int, Place]] = OrderedDict()
        self._points: dict[dt.date, list[tuple[worldmap.Point, Place]]] = {}
        self._newest: dict[dt.date, Groups] = {}

    def points_on(self, day: dt.date) -> list[tuple[worldmap.Point, Place]]:
        """Every member of a day with its point on the sphere; kept for the last day asked."""
        found = self._points.get(day)
        if found is None:
            found = [(worldmap.point(place.latitude, place.longitude), place) for place in self.on(day).values()]
            self._points = {day: found}
        return found

    def newest_on(self, day: dt.date) -> Groups:
        """The members of a day by country and by field, the newest first; kept for the last day asked."""
        found = self._newest.get(day)
        if found is None:
            found = defaultdict(list)
            for place in sorted(self.on(day).values(), key=attrgetter("year"), reverse=True):
                found["country", place.country].append(place)
                found["field", place.field].append(place)
            self._newest = {day: found}
        return found

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
    members = _geometry().on(asked.day)
    return _drawn(list(filter(None, map(members.get, found.cities))), root, asked.as_of)


@freshness.kept(maxsize=24)
def _whole_map(day: dt.date, root: str, query: str, suffix: str) -> str:
    return _drawn(places(day), root, query)


def _drawn(found: list[Place], root: str, query: str) -> str:
    labels = names()
    return worldmap.dots(found, root=root, countries=labels["country"], fields=labels["field"], query=query)


def nearby(row: Row, day: dt.date) -> list[tuple[Place, int]]:
    """The six nearest other members of that day with their distance in kilometres. No statement."""
    return _nearby(row.slug, row.latitude, row.longitude, day)


@freshness.kept(maxsize=1_000)
def _nearby(slug: str, latitude: float, longitude: float, day: dt.date) -> list[tuple[Place, int]]:
    return worldmap.nearest(_geometry().points_on(day), latitude, longitude, most=6, besides=slug)


def relatives(row: Row, day: dt.date, *, most: int = 8) -> dict[str, list[Place]]:
    """Other members of the country and of the field, the newest first. No statement."""
    newest = _geometry().newest_on(day)
    kinds = {"compatriots": ("country", row.country_id), "colleagues": ("field", row.field_id)}
    return {
        name: list(islice((place for place in newest.get(of, ()) if place.slug != row.slug), most))
        for name, of in kinds.items()
    }
