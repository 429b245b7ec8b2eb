"""Who is a member, in which field, from when until when."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import listing
from creativecities.network.compute.scripts import local_language as guess_language
from creativecities.network.compute.scripts import script_of
from creativecities.network.compute.slug import city_slug
from creativecities.network.models import (
    City,
    CityName,
    Country,
    CreativeField,
    Designation,
    DesignationRound,
    Mandate,
    Membership,
)

FASTER = _("Somebody was faster: the membership has changed since you opened the page.")


@step
def round_on(day: dt.date) -> DesignationRound:
    """The round of a day's year; written down if it is the first announcement of the year."""
    round, _is_new = DesignationRound.objects.get_or_create(
        year=day.year, defaults={"announced_on": day, "precision": "day"}
    )
    return round


@action
def admit(
    *, name: str, country: Country, latitude: float, longitude: float, field: CreativeField, round: DesignationRound,
    population: int | None = None, geonames_id: int | None = None, local_name: str = "", local_language: str = "",
    source: str = "", start: dt.date | None = None, by: Actor,
) -> City:  # fmt: skip
    """Make a city a member from a day on, its round's if none is given; it is written down if it is not known yet.

    Raises Refusal when the city is a member already or was one until after that day.
    """
    city, start = _find(name, country, geonames_id), start or round.announced_on
    if refusal := rules.admit(by, city, start):
        raise refusal
    if city is None:
        city = _write_down(
            City(
                name=name, country=country, latitude=latitude, longitude=longitude, population=population,
                geonames_id=geonames_id, local_name=local_name,
                local_language=local_language or guess_language(local_name, country.pk, country.languages),
            )
        )  # fmt: skip
    Designation.objects.get_or_create(city=city, defaults={"field": field, "round": round})
    Membership.objects.create(city=city, field=field, start=start, source=source)
    listing.rebuild(city)
    city.refresh_from_db(fields=["is_listed"])
    record("network.city.admitted", city, by=by, field=field.pk, year=round.pk, start=start.isoformat())
    return city


def _find(name: str, country: Country, geonames_id: int | None) -> City | None:
    same = Q(name=name, country=country)
    if geonames_id is not None:
        same |= Q(geonames_id=geonames_id)
    return City.objects.select_for_update().filter(same).order_by("pk").first()


def _write_down(city: City) -> City:
    taken = set(City.objects.values_list("slug", flat=True))
    city.slug = city_slug(city.name, city.country_id, taken)
    city.save(force_insert=True)
    names = [(city.name, "en", CityName.CURRENT)]
    if city.local_name:
        names.append((city.local_name, city.local_language, CityName.LOCAL))
    for name, language, kind in names:
        CityName.objects.create(
            city=city, name=name, language=language, kind=kind, script=script_of(name), by_hand=True
        )  # fmt: skip
    return city


@action
def change_field(city: City, *, field: CreativeField, on: dt.date, source: str = "", by: Actor) -> Membership:
    """Let a city go on in another field from a day on. Its mandates as coordinator of the old field end that day."""
    present = rules.open_membership(city)
    if refusal := rules.change_field(by, present, field, on):
        raise refusal
    _end(present, on)
    following = Membership.objects.create(city=city, field=field, start=on, source=source)
    _end_coordination(city, on)
    listing.rebuild(city)
    old = present.field_id if present else ""
    record("network.city.field_changed", city, by=by, old=old, new=field.pk, on=on.isoformat(), source=source)
    return following


@action
def end_membership(city: City, *, on: dt.date, reason: str, by: Actor) -> None:
    """End a membership from a day on. The city and its history stay."""
    present = rules.open_membership(city)
    if refusal := rules.end_membership(by, present, on, reason):
        raise refusal
    _end(present, on)
    _end_coordination(city, on)
    listing.rebuild(city)
    record("network.city.membership_ended", city, by=by, on=on.isoformat(), reason=reason)


def _end(membership: Membership | None, on: dt.date) -> None:
    """Close the open membership by one conditional UPDATE; Refusal if it is open no longer."""
    still_open = Membership.objects.filter(end__isnull=True, start__lt=on)
    if membership is None or not still_open.filter(pk=membership.pk).update(end=on):
        raise Refusal(FASTER, code="state-changed")


def _end_coordination(city: City, on: dt.date) -> None:
    mandates = Mandate.objects.filter(city=city, role__in=Mandate.FIELD_ROLES)
    mandates.filter(Q(end__isnull=True) | Q(end__gt=on), start__lt=on).update(end=on)
