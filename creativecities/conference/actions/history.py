"""Editions as the file of reference data has them."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from django.db.models import F

from creativecities.conference import states
from creativecities.conference.models import Edition, EditionHost
from creativecities.conference.models.editions import begin_settings
from creativecities.conference.queries import loading
from creativecities.core.action import record, step
from creativecities.core.actor import Actor
from creativecities.network.compute.slug import numbered
from creativecities.network.compute.threeway import Part
from creativecities.network.models import City

ADDED, CHANGED = "conference.edition.added_from_files", "conference.edition.changed_from_files"


@step
def write_editions(part: Part, *, by: Actor, first: bool) -> None:
    """Write what the file says of editions. A first load is told of as a whole, a later one edition by edition."""
    for row in part.added:
        edition = _add(row.identity, row.values)
        if not first:
            record(ADDED, edition, by=by)
    for number, changes in part.changed.items():
        edition = Edition.objects.get(number=int(number))
        facts = _change(edition, {change.column: change.new for change in changes})
        if not first:
            record(CHANGED, edition, by=by, **facts)


def _add(identity: Mapping[str, Any], values: Mapping[str, Any]) -> Edition:
    slug = numbered(identity["slug"], set(Edition.objects.values_list("slug", flat=True)))
    said = begin_settings()
    said["about"]["theme"] = {"en": values["theme"]} if values["theme"] else {}
    plain = {name: values[name] for name in loading.PLAIN}
    edition = Edition.objects.create(
        number=identity["number"], slug=slug, state=states.ANNOUNCED, settings=said, **plain
    )
    _host(edition, values)
    return edition


def _change(edition: Edition, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Change single values; returns what a form that is open on the theme is to be shown."""
    values = {**loading.values(edition), **wanted}
    plain = {name: value for name, value in wanted.items() if name in loading.PLAIN}
    said = edition.settings["about"]["theme"]
    before = {"theme_en": said.get("en", "")}
    if "theme" in wanted:
        said["en"] = wanted["theme"]
    Edition.objects.filter(pk=edition.pk).update(version=F("version") + 1, settings=edition.settings, **plain)
    edition.refresh_from_db()
    if "hosts" in wanted or "cities" in wanted:
        edition.hosts.all().delete()
        _host(edition, values)
    if "theme" not in wanted:
        return {}
    return {"part": "about", "version": edition.version, "before": before, "after": {"theme_en": wanted["theme"]}}


def _host(edition: Edition, values: Mapping[str, Any]) -> None:
    cities = {city.slug: city for city in City.objects.filter(slug__in=values["cities"])}
    for position, (host, slug) in enumerate(zip_longest(values["hosts"], values["cities"])):
        if host:
            name, _comma, country = host.rpartition(", ")
            EditionHost.objects.create(
                edition=edition, position=position, name=name, country_id=country, city=cities.get(slug)
            )
