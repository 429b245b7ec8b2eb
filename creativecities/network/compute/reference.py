"""The files turned into the things the database keeps, each with what identifies it and what is compared."""

from collections.abc import Iterator, Mapping
from typing import Any

from creativecities.network.compute.scripts import local_language, script_of
from creativecities.network.compute.slug import city_slug
from creativecities.network.compute.threeway import Record
from creativecities.network.formats import Plan, Row

CityKey = tuple[str, str]
Slugs = Mapping[CityKey, str]
NAMES = tuple(f"name_{code}" for code in ("en", "fr", "es", "ar", "ru", "zh"))
DESCRIBED = (*NAMES, *(f"description_{code}" for code in ("en", "fr", "es", "ar", "ru", "zh")), "source")
TOTALS = ("new_cities", "total_cities", "total_countries", "round_countries", "source")


def records(plan: Plan, slugs: Slugs) -> dict[str, list[Record]]:
    """Everything but names, by model, in an order in which it can be written."""
    return {
        "region": [
            _record({"slug": row["slug"]}, {"position": at, **_take(row, DESCRIBED)})
            for at, row in enumerate(plan["regions"], start=1)
        ],
        "subregion": [_plain(row, "slug", ("kind", *NAMES)) for row in plan["m49_regions"]],
        "country": list(_countries(plan)),
        "leastdevelopedperiod": list(_least_developed(plan)),
        "creativefield": [
            _plain(row, "slug", ("position", *DESCRIBED, "since_year", "aliases")) for row in plan["creative_fields"]
        ],
        "objective": [_plain(row, "code", DESCRIBED) for row in plan["objectives"]],
        "areaofaction": [_plain(row, "code", DESCRIBED) for row in plan["areas_of_action"]],
        "goal": [_plain(row, "number", NAMES) for row in plan["sdgs"]],
        "designationround": [
            _plain(row, "year", ("announced_on", "precision", "note")) for row in plan["designation_rounds"]
        ],
        "publishedtotal": [_plain(row, "year", TOTALS) for row in plan["network_totals"]],
        "city": list(_cities(plan, slugs)),
        "designation": list(_designations(plan, slugs)),
        "membership": list(_memberships(plan, slugs)),
        "portrait": list(_portraits(plan, slugs)),
    }


def key_of(identity: Mapping[str, Any]) -> str:
    """The key under which a thing is remembered."""
    return "/".join("" if value is None else str(value) for value in identity.values())


def city_of(row: Row) -> CityKey:
    return row["city"], row["country"]


def _record(identity: dict[str, Any], values: dict[str, Any]) -> Record:
    return Record(key_of(identity), identity, values)


def _take(row: Row, columns: tuple[str, ...]) -> dict[str, Any]:
    return {column: row[column] for column in columns}


def _plain(row: Row, key: str, columns: tuple[str, ...]) -> Record:
    return _record({key: row[key]}, _take(row, columns))


def _countries(plan: Plan) -> Iterator[Record]:
    regions = {row["name_en"]: row["slug"] for row in plan["regions"]}
    subregions = {(row["kind"], row["name_en"]): row["slug"] for row in plan["m49_regions"]}
    counted_with = {row["country"]: row["counted_with"] for row in plan["counted_with"]}
    own = ("iso3", "m49", "short_en", *NAMES, "development", "languages", "wikidata", "geonames_id")
    for row in plan["countries"]:
        yield _record(
            {"iso2": row["iso2"]},
            {
                **_take(row, own),
                "un_region_id": subregions.get(("region", row["un_region"])),
                "un_subregion_id": subregions.get(("subregion", row["un_subregion"])),
                "region_id": regions[row["unesco_region"]],
                "is_lldc": row["lldc"],
                "is_sids": row["sids"],
                "counted_with_id": counted_with.get(row["iso2"]),
            },
        )


def _least_developed(plan: Plan) -> Iterator[Record]:
    """A flagged country has been on the list since a day not held; one that graduates leaves it on a day."""
    ends = {row["country"]: row for row in plan["ldc_graduations"]}
    for row in plan["countries"]:
        leaves = ends.get(row["iso2"])
        if row["ldc"] or leaves:
            values = {"end": leaves["until"] if leaves else None, "source": leaves["source"] if leaves else "UN list"}
            yield _record({"country_id": row["iso2"], "start": None}, values)


def _cities(plan: Plan, slugs: Slugs) -> Iterator[Record]:
    languages = {row["iso2"]: row["languages"] for row in plan["countries"]}
    told = {city_of(row): row["language"] for row in plan["local_languages"]}
    own = ("latitude", "longitude", "population", "geonames_id", "local_name", "confidence")
    for row in plan["member_cities"]:
        local = row["local_name"]
        guessed = local_language(local, row["country"], languages[row["country"]]) if local else ""
        values = {
            "name": row["city"],
            "country_id": row["country"],
            **_take(row, own),
            "local_language": told.get(city_of(row), guessed),
        }
        yield _record({"slug": slugs[city_of(row)]}, values)


def _histories(plan: Plan) -> dict[CityKey, list[Row]]:
    histories: dict[CityKey, list[Row]] = {}
    for row in sorted(plan["field_history"], key=lambda row: row["from"]):
        histories.setdefault(city_of(row), []).append(row)
    return histories


def _designations(plan: Plan, slugs: Slugs) -> Iterator[Record]:
    histories = _histories(plan)
    for row in plan["member_cities"]:
        first = histories.get(city_of(row), [row])[0]
        values = {"field_id": first["creative_field"], "round_id": row["designated_year"]}
        values["confidence"] = row["confidence"]
        yield _record({"city__slug": slugs[city_of(row)]}, values)


def _memberships(plan: Plan, slugs: Slugs) -> Iterator[Record]:
    days = {row["year"]: row["announced_on"] for row in plan["designation_rounds"]}
    histories = _histories(plan)
    for row in plan["member_cities"]:
        slug = slugs[city_of(row)]
        history = histories.get(city_of(row))
        if history is None:
            values = {"field_id": row["creative_field"], "end": None, "source": ""}
            yield _record({"city__slug": slug, "start": days[row["designated_year"]]}, values)
            continue
        for spell in history:
            values = {"field_id": spell["creative_field"], "end": spell["to"], "source": spell["source"]}
            yield _record({"city__slug": slug, "start": spell["from"]}, values)


def _portraits(plan: Plan, slugs: Slugs) -> Iterator[Record]:
    for row in plan["city_portraits"]:
        values = _take(row, ("keywords", "challenges", "source", "confidence"))
        yield _record({"city__slug": slugs[city_of(row)], "language": "en"}, {"text": row["portrait"], **values})


def names(plan: Plan, slugs: Slugs) -> Iterator[Record]:
    """Every name of every city: the present English and local ones, former ones, and those of other languages."""
    cities = {record.key: record.values for record in _cities(plan, slugs)}
    seen: set[tuple[str, str]] = set()
    for slug, city in cities.items():
        seen.add((slug, city["name"]))
        yield name_record(slug, city["name"], "en", "current", source="UNESCO")
        if city["local_name"]:
            seen.add((slug, city["local_name"]))
            yield name_record(slug, city["local_name"], city["local_language"], "local", source="UNESCO")
    for row in plan["city_former_names"]:
        seen.add((slugs[city_of(row)], row["former_name"]))
        yield name_record(slugs[city_of(row)], row["former_name"], "en", "former", source=row["note"], end=row["until"])
    for row in plan["city_names"]:
        slug = slugs[city_of(row)]
        if (slug, row["name"]) not in seen:
            yield name_record(slug, row["name"], row["language"], "other", source=row["source"], script=row["script"])


def name_record(
    slug: str, name: str, language: str, kind: str, *, source: str, script: str = "", end: str | None = None
) -> Record:
    """A name; it is found by its city, kind, language and letters."""
    identity = {"city__slug": slug, "kind": kind, "language": language, "name": name}
    return Record(
        "/".join((slug, kind, language, name)),
        identity,
        {"script": script or script_of(name), "source": source, "start": None, "end": end},
    )


def assign_slugs(plan: Plan, known: Slugs, taken: set[str]) -> dict[CityKey, str]:
    """The slug of each city of the files: the one it has, else a new one in the order of designation."""
    slugs = dict(known)
    for row in sorted(plan["member_cities"], key=lambda row: row["designated_year"]):
        if city_of(row) not in slugs:
            slugs[city_of(row)] = city_slug(row["city"], row["country"], taken)
            taken.add(slugs[city_of(row)])
    return slugs
