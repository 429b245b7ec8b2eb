"""Ties between cities as arcs on the world map: text, like its dots."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from math import hypot

from creativecities.exchange.compute.ties import Member, Tie

LIFT = 0.16
"""How far an arc rises, as a part of its length."""
HIGHEST = 70
STRONG = 3
"""From so many shared initiatives on, an arc is as thick as it gets."""


def arcs(ties: Iterable[Tie]) -> str:
    """An arc for each tie, the weakest below."""
    return "".join(_arc(tie) for tie in sorted(ties, key=lambda tie: (tie.is_confirmed, tie.weight)))


def _arc(tie: Tie) -> str:
    one, other = tie.one, tie.other
    rise = min(HIGHEST, LIFT * hypot(other.x - one.x, other.y - one.y))
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2 - 2 * rise  # a quadratic curve goes half as high as its handle
    css = f"{'confirmed' if tie.is_confirmed else 'named'} w{min(tie.weight, STRONG)}"
    return f'<path class="{css}" d="M{one.x:.1f} {one.y:.1f}Q{x:.1f} {y:.1f} {other.x:.1f} {other.y:.1f}"></path>'


def hubs(
    cities: Iterable[Member], degrees: Mapping[int, int], *, label: Callable[[Member, int], str], query: str
) -> str:
    """A dot for each city: larger the more partner cities it has, and a link to its ties where it has some.

    `query` begins the address of a city's ties.
    """
    ordered = sorted(cities, key=lambda city: degrees.get(city.key, 0))
    return "".join(_hub(city, degrees.get(city.key, 0), label, query) for city in ordered)


def _hub(city: Member, degree: int, label: Callable[[Member, int], str], query: str) -> str:
    place = f'cx="{city.x:.1f}" cy="{city.y:.1f}"'
    if not degree:
        return f'<circle class="lone" {place} r="1.6"></circle>'
    size = 1 + (degree > 2) + (degree > 5) + (degree > 10)
    return (
        f'<a class="f-{city.field}" href="{escape(query)}{city.slug}" tabindex="-1" '
        f'aria-label="{escape(label(city, degree))}"><circle class="hub d{size}" {place} r="{1.6 + size}"></circle></a>'
    )
