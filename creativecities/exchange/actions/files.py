"""Initiatives as the files of reference data have them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from creativecities.core.action import record, step
from creativecities.core.actor import Actor
from creativecities.exchange import states
from creativecities.exchange.actions.translations import find_in_all_languages
from creativecities.exchange.actions.versions import keep, put
from creativecities.exchange.compute.words import searchable
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.queries import loading
from creativecities.network.compute.threeway import Part
from creativecities.network.models import City

ADDED, CHANGED = "exchange.initiative.added_from_files", "exchange.initiative.changed_from_files"
BATCH = 500


@step
def write_from_files(part: Part, *, by: Actor, first: bool) -> None:
    """Write what the files say of initiatives. A first load is told of as a whole, a later one thing by thing."""
    cities = dict(City.objects.values_list("slug", "pk")) if part.touched else {}
    if part.added:
        _add({row.key: row.values for row in part.added}, cities)
    for slug, changes in part.changed.items():
        _change(Initiative.objects.get(slug=slug), {change.column: change.new for change in changes}, cities)
    if not first:
        added = {row.key for row in part.added}
        for initiative in Initiative.objects.filter(slug__in=part.touched):
            record(ADDED if initiative.slug in added else CHANGED, initiative, by=by)


def _add(rows: Mapping[str, Mapping[str, Any]], cities: Mapping[str, int]) -> None:
    Initiative.objects.bulk_create(
        (
            Initiative(
                slug=slug,
                lead_id=cities[values["lead"]],
                state=states.PUBLISHED,
                search=searchable(values["title"], values["summary"]),
                **{column: values[column] for column in loading.PLAIN},
            )
            for slug, values in rows.items()
        ),
        BATCH,
    )
    written = {one.slug: one for one in Initiative.objects.filter(slug__in=rows)}
    _name_partners((written[slug], cities[city]) for slug, values in rows.items() for city in values["partners"])
    for name in loading.MANY:
        put(name, ((written[slug].pk, value) for slug, values in rows.items() for value in values[name]))


def _name_partners(pairs: Iterable[tuple[Initiative, int]]) -> None:
    """Cities that the source names; whether they confirm is theirs to say."""
    Partner.objects.bulk_create(
        (Partner(initiative=one, city_id=city, lead_id=one.lead_id, state=states.NAMED) for one, city in pairs), BATCH
    )


def _change(initiative: Initiative, values: dict[str, Any], cities: Mapping[str, int]) -> None:
    """Change single values; the version before and the new one can both be read later."""
    keep(initiative)
    for name in loading.MANY.keys() & values.keys():
        loading.through(name)._default_manager.filter(initiative_id=initiative.pk).delete()
        put(name, ((initiative.pk, value) for value in values.pop(name)))
    _change_cities(initiative, values, cities)
    for column, value in values.items():
        setattr(initiative, column, value)
    initiative.search = searchable(initiative.title, initiative.summary)
    Initiative.objects.filter(pk=initiative.pk).update(
        lead=initiative.lead_id, search=initiative.search, version=F("version") + 1, **values
    )
    initiative.refresh_from_db()
    find_in_all_languages(initiative)
    keep(initiative)


def _change_cities(initiative: Initiative, values: dict[str, Any], cities: Mapping[str, int]) -> None:
    """Lead and partners. A city that has answered for itself stays, whatever a file says later."""
    wanted = {cities[slug] for slug in values.pop("partners")} if "partners" in values else None
    if wanted is not None:
        initiative.parts.filter(state=states.NAMED).exclude(city__in=wanted).delete()
    if "lead" in values:
        initiative.lead_id = cities[values.pop("lead")]
        initiative.parts.filter(city=initiative.lead_id).delete()  # whatever it answered as a partner: now it leads
        initiative.parts.update(lead=initiative.lead_id)
    if wanted:
        held = set(initiative.parts.values_list("city_id", flat=True))
        _name_partners((initiative, city) for city in sorted(wanted - held))
