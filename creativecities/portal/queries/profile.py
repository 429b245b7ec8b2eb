"""What a city's page shows, put together from three statements."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from creativecities.core import language
from creativecities.network import rules
from creativecities.network.compute.labels import SIZE_LABELS
from creativecities.portal import queries
from creativecities.portal.compute import lines
from creativecities.portal.queries import Row

CONFIDENCE = {
    "sourced": gettext_lazy("Written for this site from the named sources."),
    "known": gettext_lazy("Written for this site from general knowledge; no page was read for it."),
    "low": gettext_lazy("Written for this site from thin sources; read it with care."),
    "city": gettext_lazy("Written by the city itself."),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated line of a city's timeline."""

    when: str
    what: str


def context(row: Row, *, root: str, day: dt.date, is_today: bool, person: Any) -> dict[str, Any]:
    """Everything the template needs; the address of a city begins with `root`."""
    parts = queries.parts(row.city_id, day)
    portraits = {one["language"]: one for one in parts["portrait"]}
    original = next((one for one in portraits.values() if one["original"]), None)
    reader = get_language() or settings.LANGUAGE_CODE
    shown = portraits.get(reader) or original
    return {
        "city": row,
        "day": day,
        "is_today": is_today,
        "has_ended": row.end <= day,
        "portrait": shown,
        "original": original if shown is not original else None,
        "portrait_language": _other_language(shown["language"], reader) if shown else "",
        "portrait_note": CONFIDENCE.get(shown["confidence"], "") if shown else "",
        "sources": _sources(shown["source"]) if shown else [],
        "names": SafeString(lines.names(_other_names(parts["name"], row))),
        "links": parts["link"],
        "pictures": parts["picture"],
        "mayors": parts["mayor"],
        "contact": parts["contact"],
        "timeline": _timeline(parts, until=day.isoformat()),
        "nearby": SafeString(lines.near(queries.nearby(row, day), root=root, kilometres=_("%(n)s km"))),
        **queries.relatives(row, day),
        "size_label": SIZE_LABELS.get(row.size, row.size),
        "json_ld": _json_ld(row, parts),
        "may_edit": person.is_authenticated and rules.may_edit(person, row.city_id),
    }


def _other_language(code: str, reader: str) -> str:
    """The name of the language of a text that is not in the reader's."""
    known = code in LANG_INFO and language.short(code) != language.short(reader)
    return str(get_language_info(code)["name_translated"]).capitalize() if known else ""


def _sources(text: str) -> list[dict[str, str]]:
    """Sources as links where they are addresses, as words where not."""
    found = []
    for part in map(str.strip, text.split(";")):
        if part.startswith(("http://", "https://")):
            found.append({"url": part, "label": part.split("//", 1)[1].split("/", 1)[0].removeprefix("www.")})
        elif part:
            found.append({"url": "", "label": _("general knowledge") if part == "general knowledge" else part})
    return found


def _other_names(names: Iterable[dict[str, Any]], row: Row) -> list[dict[str, Any]]:
    return [name for name in names if name["name"] not in (row.name, row.local_name)]


def _timeline(parts: dict[str, list[dict[str, Any]]], *, until: str) -> list[Moment]:
    """What had happened by a day, in order."""
    moments = []
    for position, stay in enumerate(parts["membership"]):
        words = _("Joins the network: %(field)s") if position == 0 else _("Changes its field: %(field)s")
        moments.append(
            (stay["start"], Moment(_when(stay["start"], stay["year_only"]), words % {"field": stay["field"]}))
        )
        if stay["end"] and position == len(parts["membership"]) - 1:
            moments.append((stay["end"], Moment(_when(stay["end"], False), _("Leaves the network"))))
    for name in parts["former"]:
        words = _("Renamed: until then %(name)s") % {"name": name["name"]}
        moments.append((name["end"], Moment(_when(name["end"], False), words)))
    return [moment for day, moment in sorted(moments, key=lambda pair: pair[0]) if day <= until]


def _when(day: str, year_only: bool) -> str:
    return day[:4] if year_only else date_format(dt.date.fromisoformat(day), "DATE_FORMAT")


def _json_ld(row: Row, parts: dict[str, list[dict[str, Any]]]) -> SafeString:
    """schema.org: the city, the network it belongs to, the same place elsewhere."""
    site = settings.SITE["url"]
    here = site + reverse("portal:city", args=[row.slug])
    same = [f"https://www.geonames.org/{parts['geonames'][0]['id']}/"] if parts["geonames"] else []
    same += [f"https://www.wikidata.org/wiki/{one['id']}" for one in parts["wikidata"]]
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "City",
        "@id": here,
        "name": row.name,
        "url": here,
        "geo": {"@type": "GeoCoordinates", "latitude": row.latitude, "longitude": row.longitude},
        "containedInPlace": {"@type": "Country", "name": row.country, "identifier": row.country_id},
        "inLanguage": language.short(get_language() or "en"),
        "memberOf": {"@type": "Organization", "name": settings.SITE["name"], "url": f"{site}{reverse('portal:home')}"},
    }
    if row.local_name:
        document["alternateName"] = row.local_name
    if same:
        document["sameAs"] = same
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
