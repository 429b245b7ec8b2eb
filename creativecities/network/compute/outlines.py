"""Does a city's point lie in its country?

Outlines are rings of (longitude, latitude) in degrees, as in `data/outlines.json`. They are coarse
(1:110 million) and decide nothing but whether a typed coordinate is plausible.
"""

from collections.abc import Sequence
from math import cos, hypot, radians

Ring = Sequence[Sequence[float]]

TOLERANCE = 0.35
"""Degrees a city may lie outside its country's coarse outline, as on a coast the outline cuts."""


def distance_to_outline(latitude: float, longitude: float, polygons: Sequence[Ring]) -> float:
    """How far a point lies outside an outline, in degrees; 0.0 if inside.

    Rings count by the even-odd rule, so a ring within a ring is a hole. A degree is one of a great
    circle: differences of longitude shrink with the cosine of the latitude and are taken the short
    way round the antimeridian. With no ring at all the distance is infinite.
    """
    if _inside(latitude, longitude, polygons):
        return 0.0
    return min((_to_ring(latitude, longitude, ring) for ring in polygons), default=float("inf"))


def _inside(latitude: float, longitude: float, polygons: Sequence[Ring]) -> bool:
    """Even-odd rule: a ray eastwards crosses the rings an odd number of times."""
    inside = False
    for ring in polygons:
        previous = ring[-1]
        for point in ring:
            if (point[1] > latitude) != (previous[1] > latitude):
                share = (latitude - point[1]) / (previous[1] - point[1])
                if longitude < point[0] + share * (previous[0] - point[0]):
                    inside = not inside
            previous = point
    return inside


def _to_ring(latitude: float, longitude: float, ring: Ring) -> float:
    """The shortest distance from a point to a ring's edges, in degrees of a great circle."""
    shrink = cos(radians(latitude))
    local = [(((point[0] - longitude + 180.0) % 360.0 - 180.0) * shrink, point[1] - latitude) for point in ring]
    return min(_to_edge(local[index - 1], local[index]) for index in range(len(local)))


def _to_edge(start: tuple[float, float], end: tuple[float, float]) -> float:
    """The shortest distance from the origin to an edge."""
    run, rise = end[0] - start[0], end[1] - start[1]
    length = run * run + rise * rise
    share = 0.0
    if length:
        share = max(0.0, min(1.0, -(start[0] * run + start[1] * rise) / length))
    return hypot(start[0] + share * run, start[1] + share * rise)
