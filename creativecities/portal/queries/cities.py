"""What a city's page asks."""

import datetime as dt
import json
from collections.abc import Callable
from itertools import groupby
from typing import Any

from creativecities.core.files import LICENCES
from creativecities.core.text import fold
from creativecities.portal.queries.lists import Row, columns, filled
from creativecities.portal.queries.statements import fetch, suffix


def row(slug: str, day: dt.date) -> Row | None:
    """A city as it was on a day, or as it last was before it left. One statement."""
    statement = f"SELECT {columns(suffix())} WHERE l.slug = %s AND l.start <= %s ORDER BY l.start DESC LIMIT 1"
    found = fetch(statement, [slug, day])
    return filled(found[0]) if found else None


def slug_of_name(text: str) -> str | None:
    """The city that bears or bore this name, if it is only one."""
    words = fold(text.replace("-", " "))
    found = fetch(r"SELECT DISTINCT slug FROM network_listing l WHERE search || ' ' LIKE %s LIMIT 2", [f"% {words} %"])
    return found[0][0] if words and len(found) == 1 else None


_PARTS = {
    "portrait": "SELECT 'portrait', language, text, source, confidence, CAST(keywords AS text), "
    "CAST(challenges AS text), CAST(is_original AS varchar(5)), author_name FROM network_portrait "
    "WHERE city_id = %s AND is_current",
    "link": "SELECT 'link', label, url, CAST(position AS text), '', '', '', '', '' FROM network_citylink "
    "WHERE city_id = %s",
    "name": "SELECT 'name', name, language, script, kind, CAST(\"end\" AS varchar(10)), '', '', '' "
    "FROM network_cityname "
    "WHERE city_id = %s AND (language <> '' OR kind <> 'other')",
    "picture": "SELECT 'picture', f.code, f.name, f.alt, f.credit, f.licence, CAST(f.width AS text), "
    "CAST(f.height AS text), CAST(p.position AS text) || '/' || CAST(p.id AS text) FROM network_picture p "
    "JOIN core_storedfile f ON f.id = p.file_id OR f.derived_from_id = p.file_id "
    "WHERE p.city_id = %s AND p.state = 'shown'",
    "membership": "SELECT 'membership', CAST(m.start AS varchar(10)), CAST(m.\"end\" AS varchar(10)), f.name_{suffix}, "
    "COALESCE(r.precision, 'day'), '', '', '', '' FROM network_membership m "
    "JOIN network_creativefield f ON f.slug = m.field_id "
    "LEFT JOIN network_designationround r ON r.announced_on = m.start WHERE m.city_id = %s",
    "mayor": "SELECT 'mayor', p.name, '', '', '', '', '', '', '' FROM network_mandate m "
    "JOIN accounts_person p ON p.id = m.person_id WHERE m.city_id = %s AND m.role = 'mayor' "
    'AND m.start <= %s AND (m."end" IS NULL OR m."end" > %s)',
    "city": "SELECT 'city', CAST(geonames_id AS text), wikidata, office, office_email, website, "
    "CAST(version AS text), '', '' FROM network_city WHERE id = %s",
}


def parts(city_id: int, day: dt.date) -> dict[str, list[dict[str, Any]]]:
    """Everything that hangs on a city, by kind; its mayors are those of the day. One statement."""
    statement = " UNION ALL ".join(_PARTS.values()).format(suffix=suffix())
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in (*_PARTS, "former", "geonames", "wikidata", "contact")}
    params = [value for kind in _PARTS for value in ((city_id, day, day) if kind == "mayor" else (city_id,))]
    for kind, *cells in fetch(statement, params):
        _SORTERS[kind](found, cells)
    found["membership"].sort(key=lambda one: one["start"])
    found["link"].sort(key=lambda one: one["position"])
    found["picture"] = _in_their_sizes(found["picture"])
    return found


def _in_their_sizes(files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pictures in their city's order, each with the addresses of its widths as a browser chooses among them."""
    largest_first = sorted(files, key=lambda one: (one["position"], one["picture"], -one["width"]))
    pictures = []
    for _key, sizes in groupby(largest_first, key=lambda one: one["picture"]):
        widths = list(sizes)
        srcset = ", ".join(f"/files/{one['code']}/{one['name']} {one['width']}w" for one in widths)
        pictures.append({**widths[0], "srcset": srcset})
    return pictures


def _sort_portrait(found: dict[str, Any], c: list[str]) -> None:
    found["portrait"].append(
        {"language": c[0], "text": c[1], "source": c[2], "confidence": c[3], "keywords": json.loads(c[4]),
         "challenges": json.loads(c[5]), "original": c[6] in ("1", "true", "t"), "author": c[7]}
    )  # fmt: skip


def _sort_name(found: dict[str, Any], c: list[str]) -> None:
    former = c[3] == "former"
    found["former" if former else "name"].append({"name": c[0], "language": c[1], "script": c[2], "end": c[4]})


def _sort_city(found: dict[str, Any], c: list[str]) -> None:
    if c[0]:
        found["geonames"].append({"id": c[0]})
    if c[1]:
        found["wikidata"].append({"id": c[1]})
    found["contact"].append({"office": c[2], "email": c[3], "website": c[4]})


def _sort_picture(found: dict[str, Any], c: list[str]) -> None:
    picture: dict[str, Any] = dict(zip(("code", "name", "alt", "credit"), c, strict=False))
    position, number = c[7].split("/")
    found["picture"].append(
        {**picture, "licence": str(LICENCES.get(c[4], c[4])), "width": int(c[5]), "height": int(c[6]),
         "position": int(position), "picture": int(number)}
    )  # fmt: skip


_SORTERS: dict[str, Callable[[dict[str, Any], list[str]], None]] = {
    "portrait": _sort_portrait,
    "name": _sort_name,
    "city": _sort_city,
    "link": lambda found, c: found["link"].append({"label": c[0], "url": c[1], "position": int(c[2])}),
    "mayor": lambda found, c: found["mayor"].append({"name": c[0]}),
    "membership": lambda found, c: found["membership"].append(
        {"start": c[0], "end": c[1], "field": c[2], "year_only": c[3] == "year"}
    ),
    "picture": _sort_picture,
}
