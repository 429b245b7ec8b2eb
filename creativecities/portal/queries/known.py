"""What a process knows of the network until the next write, from one statement: names, and where members lie."""

from dataclasses import dataclass

from django.conf import settings

from creativecities.core import freshness, language
from creativecities.portal.compute.worldmap import Place
from creativecities.portal.queries.statements import fetch, suffix

Names = dict[str, dict[str, str]]
_NAMED = {
    "field": ("network_creativefield", "slug", "''"),
    "region": ("network_region", "slug", "''"),
    "country": ("network_country", "iso2", "counted_with_id"),
}
_ENDINGS = tuple(language.short(code) for code, _name in settings.LANGUAGES)
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class Known:
    """Names by language, kind and key; countries that are counted with another one; places in the order of names."""

    names: dict[str, Names]
    together: dict[str, str]
    places: list[Place]


@freshness.kept()
def known() -> Known:
    """Read again after a write."""
    names: dict[str, Names] = {ending: {kind: {} for kind in _NAMED} for ending in _ENDINGS}
    together: dict[str, str] = {}
    places: list[tuple[str, str, Place]] = []
    for kind, key, name, other, order, *rest in fetch(_statement(), []):
        if kind == "place":
            field, city, start, end, *where = rest
            places.append((order, key, Place(city, str(start), str(end), key, name, other, field, *where)))
            continue
        for ending, label in zip(_ENDINGS, name.split(_BETWEEN), strict=True):
            names[ending][kind][key] = label
        if other:
            together[key] = other
    return Known(names, together, [place for *_order, place in sorted(places, key=lambda each: each[:2])])


def _statement() -> str:
    """Members as they are and were, and below them, in the same columns, what has names."""
    names = f" || '{_BETWEEN}' || ".join(f"name_{ending}" for ending in _ENDINGS)
    parts = [
        "SELECT 'place', slug, name, country_id, sort, field_id, city_id, start, \"end\", map_x, map_y, latitude, "
        "longitude, year FROM network_listing",
        *(
            f"SELECT '{kind}', {key}, {names}, {other}, '', '', 0, NULL, NULL, 0, 0, 0, 0, 0 FROM {table}"
            for kind, (table, key, other) in _NAMED.items()
        ),
    ]
    return " UNION ALL ".join(parts)


def names(ending: str = "") -> Names:
    """Names of fields, regions and countries by key, in the reader's language or another."""
    return known().names[ending or suffix()]
