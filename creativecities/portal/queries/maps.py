"""Where the cities of a list lie."""

import datetime as dt
from collections import OrderedDict

from creativecities.core import freshness
from creativecities.portal.compute import worldmap
from creativecities.portal.compute.filters import Filters
from creativecities.portal.compute.worldmap import Place
from creativecities.portal.queries.lists import Row
from creativecities.portal.queries.statements import fetch, names, suffix


def places(filters: Filters) -> list[Place]:
    """The places of a filtered list, for its map.

    One statement; none for the whole network of a day, nor where only fields, regions and countries were chosen.
    """
    if not filters.words and not set(filters.chosen) - set(_ON_THE_MAP):
        return [place for place in _geometry().on(filters.day) if _is_chosen(place, filters)]
    where, params = filters.where()
    return [Place(*values) for values in fetch(f"SELECT {_PLACE} FROM network_listing l WHERE {where}", params)]


_PLACE = "l.slug, l.name, l.country_id, l.field_id, l.map_x, l.map_y, l.latitude, l.longitude, l.region_id"
_ON_THE_MAP = ("field", "region", "country")


def _is_chosen(place: Place, filters: Filters) -> bool:
    return all(not values or getattr(place, facet) in values for facet, values in filters.chosen.items())


class Geometry:
    """Where every member lies and lay: the only thing of the network kept in a process, until the next write."""

    def __init__(self) -> None:
        found = fetch(f'SELECT l.start, l."end", {_PLACE} FROM network_listing l ORDER BY l.sort, l.slug', [])
        self._intervals = [(_iso(start), _iso(end), Place(*rest)) for start, end, *rest in found]
        self._days: OrderedDict[str, list[Place]] = OrderedDict()
        self._points: dict[str, list[tuple[worldmap.Point, Place]]] = {}

    def points_on(self, day: dt.date) -> list[tuple[worldmap.Point, Place]]:
        """Every member of a day with its point on the sphere; kept for the last day asked."""
        key = day.isoformat()
        if key not in self._points:
            self._points = {key: [(worldmap.point(place.latitude, place.longitude), place) for place in self.on(day)]}
        return self._points[key]

    def on(self, day: dt.date) -> list[Place]:
        key = day.isoformat()
        if key not in self._days:
            self._days[key] = [place for start, end, place in self._intervals if start <= key < end]
            while len(self._days) > 8:
                self._days.popitem(last=False)
        return self._days[key]


def _iso(value: dt.date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


@freshness.kept()
def _geometry() -> Geometry:
    return Geometry()


def map_of(filters: Filters, *, root: str) -> str:
    """The dots of a list as SVG text, with names in the reader's language."""
    if filters.is_narrowed:
        return _drawn(places(filters), root, filters.as_of)
    return _whole_map(filters.day, root, filters.as_of, suffix())


@freshness.kept(maxsize=24)
def _whole_map(day: dt.date, root: str, query: str, suffix: str) -> str:
    return _drawn(_geometry().on(day), root, query)


def _drawn(found: list[Place], root: str, query: str) -> str:
    known = names()
    return worldmap.dots(found, root=root, countries=known["country"], fields=known["field"], query=query)


def nearby(row: Row, day: dt.date) -> list[tuple[Place, int]]:
    """The six nearest other members of that day with their distance in kilometres. No statement."""
    return _nearby(row.slug, row.latitude, row.longitude, day)


@freshness.kept(maxsize=1_000)
def _nearby(slug: str, latitude: float, longitude: float, day: dt.date) -> list[tuple[Place, int]]:
    return worldmap.nearest(_geometry().points_on(day), latitude, longitude, most=6, besides=slug)
