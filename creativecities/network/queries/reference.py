"""What loading the files would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from creativecities.network.compute import reference, threeway
from creativecities.network.compute.threeway import Memory, Part, Record
from creativecities.network.formats import Plan, further
from creativecities.network.models import City, CityName, Imported, Portrait

NAME_LABEL = "cityname"
NAME_COLUMNS = ("script", "source", "start", "end")


@dataclass
class Difference:
    """What would change, kind by kind."""

    parts: list[Part]
    names: Part
    name_memories: dict[str, dict[str, list[Any]]]
    is_first: bool

    @property
    def is_empty(self) -> bool:
        return all(part.is_empty for part in self.all_parts)

    @property
    def all_parts(self) -> list[Part]:
        return [*self.parts, self.names]

    def part(self, label: str) -> Part:
        return next(part for part in self.all_parts if part.label == label)


def model(label: str) -> type[Model]:
    return apps.get_model("network", label)


def difference(plan: Plan) -> Difference:
    """Compare the files with the database. Costs two statements for each kind, whatever their size."""
    if plan.errors:
        raise ValueError("a plan with errors is never loaded")
    remembered = _remembered()
    slugs = _slugs(plan, remembered.get("city", {}))
    parts = []
    for label, wanted in reference.records(plan, slugs).items():
        held, by_hand = _held_portraits() if label == "portrait" else (_held(label, wanted), frozenset())
        part = threeway.compare(
            label, wanted, held, remembered.get(label, {}), by_hand=by_hand, whole=label == "portrait"
        )
        if label == "membership":
            _hold_back_overlaps(part, held)
        parts.append(part)
    for label, each in further.registered().items():
        parts.append(threeway.compare(label, each.records(plan, slugs), each.held(), remembered.get(label, {})))
    wanted_names = list(reference.names(plan, slugs))
    names = _name_part(wanted_names, remembered.get(NAME_LABEL, {}))
    return Difference(parts, names, _name_memories(wanted_names, names), is_first=not remembered)


def _remembered() -> dict[str, dict[str, Memory]]:
    found: dict[str, dict[str, Memory]] = {}
    for label, key, values, pending in Imported.objects.values_list("label", "key", "values", "pending"):
        found.setdefault(label.removeprefix("network."), {})[key] = Memory(values, pending)
    return found


def _slugs(plan: Plan, remembered: Mapping[str, Memory]) -> dict[reference.CityKey, str]:
    """Which city of the files is which of ours: by the name the file gave it, by its GeoNames id, by its name here."""
    rows = list(City.objects.values_list("slug", "name", "country_id", "geonames_id"))
    by_name = {(name, country): slug for slug, name, country, _id in rows if slug not in remembered}
    by_id = {geonames_id: slug for slug, _name, _country, geonames_id in rows if geonames_id}
    for slug, memory in remembered.items():
        by_name[memory.values["name"], memory.values["country_id"]] = slug
        if memory.values["geonames_id"]:
            by_id[memory.values["geonames_id"]] = slug
    known: dict[reference.CityKey, str] = {}
    claimed: set[str] = set()
    for row in plan["member_cities"]:
        if named := by_name.get(reference.city_of(row)):
            known[reference.city_of(row)] = named
            claimed.add(named)
    for row in plan["member_cities"]:
        placed = by_id.get(row["geonames_id"])
        if reference.city_of(row) not in known and placed and placed not in claimed:
            known[reference.city_of(row)] = placed
            claimed.add(placed)
    return reference.assign_slugs(plan, known, {slug for slug, *_rest in rows} | set(remembered))


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _held(label: str, wanted: list[Record]) -> dict[str, dict[str, Any]]:
    if not wanted:
        return {}
    identity, columns = tuple(wanted[0].identity), tuple(wanted[0].values)
    rows = model(label)._default_manager.values_list(*identity, *columns)
    held = {}
    for row in rows:
        values = [plain(value) for value in row]
        key = reference.key_of(dict(zip(identity, values, strict=False)))
        held[key] = dict(zip(columns, values[len(identity) :], strict=True))
    return held


def _held_portraits() -> tuple[dict[str, dict[str, Any]], frozenset[str]]:
    """The current English portraits, and which of them a person wrote."""
    columns = ("text", "keywords", "challenges", "source", "confidence")
    held, by_hand = {}, set()
    rows = Portrait.objects.filter(language="en", is_current=True)
    for slug, is_by_hand, *values in rows.values_list("city__slug", "by_hand", *columns):
        key = f"{slug}/en"
        held[key] = dict(zip(columns, values, strict=True))
        if is_by_hand:
            by_hand.add(key)
    return held, frozenset(by_hand)


def _hold_back_overlaps(part: Part, held: Mapping[str, Mapping[str, Any]]) -> None:
    """A membership of the files that overlaps one a person recorded is not added, only listed."""
    spells: dict[str, list[tuple[str, str]]] = {}
    for key, values in held.items():
        slug, start = key.rsplit("/", 1)
        ends = {change.column: change.new for change in part.changed.get(key, [])}
        spells.setdefault(slug, []).append((start, ends.get("end", values["end"]) or "9999"))
    for record in list(part.added):
        slug, start = record.key.rsplit("/", 1)
        end = record.values["end"] or "9999"
        if any(start < other_end and other_start < end for other_start, other_end in spells.get(slug, [])):
            part.added.remove(record)
            del part.memories[record.key]
            part.kept.append(threeway.Kept(record.key, "", None, dict(record.values)))


def _name_part(wanted: list[Record], remembered: Mapping[str, Memory]) -> Part:
    held, by_hand = {}, set()
    rows = CityName.objects.values_list("city__slug", "kind", "language", "name", "by_hand", *NAME_COLUMNS)
    for slug, kind, language, name, is_by_hand, *values in rows:
        key = "/".join((slug, kind, language, name))
        held[key] = dict(zip(NAME_COLUMNS, map(plain, values), strict=True))
        if is_by_hand:
            by_hand.add(key)
    last = {
        f"{slug}/{rest}": Memory(dict(zip(NAME_COLUMNS, values, strict=True)), {})
        for slug, memory in remembered.items()
        for rest, values in memory.values.items()
    }
    part = threeway.compare(NAME_LABEL, wanted, held, last, by_hand=by_hand)
    news = {
        key: memory for key, memory in part.memories.items() if key not in last or last[key].values != memory.values
    }
    part.memories = news
    return part


def _name_memories(wanted: list[Record], part: Part) -> dict[str, dict[str, list[Any]]]:
    """What is to be remembered of the names of each city about which the files say something new."""
    news = {key.split("/", 1)[0] for key in (*part.memories, *part.removed)}
    found: dict[str, dict[str, list[Any]]] = {slug: {} for slug in news}
    for record in wanted:
        slug, rest = record.key.split("/", 1)
        if slug in news:
            found[slug][rest] = list(record.values.values())
    return found


def report(difference: Difference) -> Iterator[str]:
    """The difference in lines a person can read."""
    for part in difference.all_parts:
        shown = difference.is_first or part.label == NAME_LABEL
        if part.added:
            yield f"{part.label}: {len(part.added)} added"
            yield from () if shown else (f"  + {record.key}" for record in part.added)
        for changes in part.changed.values():
            yield from (f"  {part.label} {c.key}, {c.column}: {_short(c.old)} → {_short(c.new)}" for c in changes)
        for kept in part.kept:
            mine, theirs = _short(kept.mine), _short(kept.theirs)
            yield f"  {part.label} {kept.key} {kept.column}: a person’s {mine} is kept, the file says {theirs}"
        for key in part.removed:
            yield f"  {part.label} {key}: no longer in the file; stays"


def _short(value: Any) -> str:
    text = "nothing" if value in (None, "", []) else repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
