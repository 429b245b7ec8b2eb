"""Writing what the files of the reference data say, and deciding where they differ from what a person wrote."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.action import action, record
from creativecities.core.actor import Actor, Robot
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import listing
from creativecities.network.actions.cities import PARTS
from creativecities.network.compute.threeway import Change, Memory, Part, Record
from creativecities.network.formats import further
from creativecities.network.models import City, CityName, Imported, Portrait
from creativecities.network.queries import reference

LOADER = Robot("Reference data")
CHANGED = "network.city.changed_from_files"
BATCH = 500
OF_A_CITY = ("city", "designation", "membership", "portrait", reference.NAME_LABEL)


@action
def load(difference: reference.Difference, *, by: Actor) -> None:
    """Write a difference, all of it or nothing. What a person changed stays and is remembered as waiting."""
    theirs = further.registered()
    for part in difference.parts:
        _remember(part.label, part.memories)
        if part.label not in theirs:
            _update(part)
            _add(part)
    _update(difference.names)
    _add(difference.names)
    _rename(difference.names)
    _remember(reference.NAME_LABEL, {slug: Memory(values, {}) for slug, values in difference.name_memories.items()})
    _bump_versions(difference)
    for label, each in theirs.items():
        each.write(difference.part(label), by=by, first=difference.is_first)
    listing.rebuild_where(_cities_to_relist(difference))
    if not difference.is_first:
        _tell_cities(difference, by=by)
    summary = Imported(pk=0, label="reference data", key=days.today().isoformat())
    record("network.reference.loaded", summary, by=by, **_counts(difference))


def _remember(label: str, memories: Mapping[str, Memory]) -> None:
    now = timezone.now()
    rows = [
        Imported(
            label=label if "." in label else f"network.{label}",
            key=key,
            values=memory.values,
            pending=memory.pending,
            at=now,
        )
        for key, memory in memories.items()
    ]
    Imported.objects.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["label", "key"], update_fields=["values", "pending", "at"]
    )


def _city_ids(keys: Iterable[str]) -> dict[str, int]:
    slugs = {key.split("/", 1)[0] for key in keys}
    if len(slugs) > BATCH:
        return dict(City.objects.values_list("slug", "pk"))
    return dict(City.objects.filter(slug__in=slugs).values_list("slug", "pk"))


def _identity(row: Record, ids: Mapping[str, int]) -> dict[str, Any]:
    identity = dict(row.identity)
    if "city__slug" in identity:
        identity["city_id"] = ids[identity.pop("city__slug")]
    return identity


def _add(part: Part) -> None:
    if not part.added:
        return
    kind = reference.model(part.label)
    ids = _city_ids(row.key for row in part.added) if part.label in OF_A_CITY[1:] else {}
    things = [kind(**_identity(row, ids), **row.values) for row in part.added]
    kind._default_manager.bulk_create(things, BATCH)


def _update(part: Part) -> None:
    """Change single values; a portrait becomes a new version instead."""
    if part.label == "portrait":
        for key, changes in part.changed.items():
            _new_portrait(key.split("/", 1)[0], {change.column: change.new for change in changes})
        return
    kind = reference.model(part.label)
    for key, changes in part.changed.items():
        values = {change.column: change.new for change in changes}
        kind._default_manager.filter(**_lookup(part.label, key)).update(**values)


def _lookup(label: str, key: str) -> dict[str, Any]:
    """The lookup that finds a thing by the key under which it is remembered."""
    if label == "city":
        return {"slug": key}
    if label == "leastdevelopedperiod":
        return {"country_id": key.split("/", maxsplit=1)[0], "start": None}
    if label == reference.NAME_LABEL:
        slug, kind, language, name = key.split("/", 3)
        return {"city__slug": slug, "kind": kind, "language": language, "name": name}
    if label == "designation":
        return {"city__slug": key}
    if label == "membership":
        slug, start = key.split("/")
        return {"city__slug": slug, "start": start}
    return {"pk": key}


def _new_portrait(slug: str, values: Mapping[str, Any]) -> None:
    """Follow the current portrait by a version with these values."""
    portrait = Portrait.objects.get(city__slug=slug, language="en", is_current=True)
    newest = Portrait.objects.filter(city_id=portrait.city_id, language="en").aggregate(number=models.Max("number"))
    Portrait.objects.filter(pk=portrait.pk).update(is_current=False)
    portrait.pk, portrait.number, portrait.at = None, newest["number"] + 1, timezone.now()
    portrait.by_hand, portrait.author_id, portrait.author_name = False, None, ""
    for column, value in values.items():
        setattr(portrait, column, value)
    portrait.save(force_insert=True)


def _rename(names: Part) -> None:
    """A present or local name that the files no longer give becomes one of the other names it can be found by."""
    for key in names.removed:
        found = CityName.objects.filter(**_lookup(names.label, key), by_hand=False)
        for name in found.filter(kind__in=(CityName.CURRENT, CityName.LOCAL)):
            same = CityName.objects.filter(city_id=name.city_id, name=name.name, language=name.language)
            if same.filter(kind=CityName.OTHER).exists():
                name.delete()
            else:
                same.filter(pk=name.pk).update(kind=CityName.OTHER)


def _bump_versions(difference: reference.Difference) -> None:
    """A form that was opened before the load is shown the difference."""
    changed = difference.part("city").changed
    City.objects.filter(slug__in=changed).update(version=models.F("version") + 1)


def _touched_slugs(difference: reference.Difference) -> set[str]:
    touched = {key.split("/", 1)[0] for label in OF_A_CITY for key in difference.part(label).touched}
    return touched | {key.split("/", 1)[0] for key in difference.names.removed}


def _cities_to_relist(difference: reference.Difference) -> list[int] | None:
    """The cities whose rows in lists may change; None for all of them."""
    shared = ("country", "leastdevelopedperiod", "designationround")
    if difference.is_first or any(difference.part(label).touched for label in shared):
        return None
    return list(_city_ids(_touched_slugs(difference)).values()) if _touched_slugs(difference) else []


def _tell_cities(difference: reference.Difference, *, by: Actor) -> None:
    """One event for each city that a later load added or changed; one more for each further form it touches."""
    added = {row.key for row in difference.part("city").added}
    cities = City.objects.filter(slug__in=_touched_slugs(difference))
    for city in cities:
        kind = "network.city.added_from_files" if city.slug in added else CHANGED
        old = {change.column: change.old for change in difference.part("city").changed.get(city.slug, [])}
        for saved in _saved_parts(city, old) or [{}]:
            record(kind, city, by=by, parts=_parts_about(difference, city.slug), **saved)


def _saved_parts(city: City, old: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an edit would say of each form's part that has changed: a form opened before it is shown the difference."""
    found = []
    for part, columns in PARTS.items():
        after = {column: getattr(city, column) for column in columns}
        before = {column: old.get(column, value) for column, value in after.items()}
        if before != after:
            found.append({"part": part, "version": city.version, "before": before, "after": after})
    return found


def _parts_about(difference: reference.Difference, slug: str) -> dict[str, Any]:
    return {
        label: [[change.column, change.old, change.new] for key in keys for change in part.changed.get(key, [])]
        for label in OF_A_CITY
        if (part := difference.part(label)) and (keys := [key for key in part.touched if key.split("/", 1)[0] == slug])
    }


def _counts(difference: reference.Difference) -> dict[str, int]:
    parts = difference.all_parts
    return {
        "added": sum(len(part.added) for part in parts),
        "changed": sum(len(part.changed) for part in parts),
        "kept": sum(len(part.kept) for part in parts),
        "removed": sum(len(part.removed) for part in parts),
    }


@action
def take_pending(imported: Imported, columns: list[str], *, by: Actor) -> None:
    """Let the files' values replace what a person wrote."""
    _may_decide(imported, columns, by=by)
    label = imported.label.removeprefix("network.")
    values = {column: imported.pending[column] for column in columns}
    old = City.objects.filter(slug=imported.key).values(*columns).first() if label == "city" else None
    if label in further.registered():
        changes = [Change(imported.key, column, None, value) for column, value in values.items()]
        further.registered()[label].write(Part(label, changed={imported.key: changes}), by=by, first=False)
    elif label == "portrait":
        _new_portrait(imported.key.split("/", 1)[0], values)
    else:
        reference.model(label)._default_manager.filter(**_lookup(label, imported.key)).update(**values)
    _settle(imported, columns)
    _relist(label, imported.key)
    if old:
        city = City.objects.get(slug=imported.key)
        for saved in _saved_parts(city, old):
            record(CHANGED, city, by=by, **saved)
    record("network.imported.taken", imported, by=by, columns=columns)


@action
def keep_mine(imported: Imported, columns: list[str], *, by: Actor) -> None:
    """Keep what a person wrote; the files' values no longer wait."""
    _may_decide(imported, columns, by=by)
    _settle(imported, columns)
    record("network.imported.declined", imported, by=by, columns=columns)


def _may_decide(imported: Imported, columns: list[str], *, by: Actor) -> None:
    if refusal := rules.decide_on_reference_data(by):
        raise refusal
    waiting = Imported.objects.select_for_update().get(pk=imported.pk)
    imported.values, imported.pending = waiting.values, waiting.pending
    if not columns or any(column not in imported.pending for column in columns):
        raise Refusal(_("This value no longer waits for a decision."), code="nothing-pending")


def _settle(imported: Imported, columns: list[str]) -> None:
    imported.pending = {column: value for column, value in imported.pending.items() if column not in columns}
    imported.save(update_fields=["pending", "at"])


def _relist(label: str, key: str) -> None:
    if label in OF_A_CITY:
        slug = key.split("/", 1)[0]
        City.objects.filter(slug=slug).update(version=models.F("version") + 1)
        listing.rebuild_where(list(_city_ids([slug]).values()))
    elif label in ("country", "leastdevelopedperiod", "designationround"):
        listing.rebuild_where(None)
