"""Invented cities in real countries, and the people who act for them, for tests."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.accounts.tests.people import ROBOT
from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.network import models
from creativecities.network.actions import listing

COUNTRIES = {"PT": "Portugal", "NP": "Nepal", "JP": "Japan"}


class RegionFactory(DjangoModelFactory[models.Region]):
    class Meta:
        model = models.Region
        django_get_or_create = ("slug",)

    slug = "europe-and-north-america"
    name_en = "Europe and North America"


class CountryFactory(DjangoModelFactory[models.Country]):
    """Portugal, unless told otherwise."""

    class Meta:
        model = models.Country
        django_get_or_create = ("iso2",)

    iso2 = "PT"
    iso3 = factory.LazyAttribute(lambda self: f"{self.iso2}X")
    m49 = "000"
    name_en = factory.LazyAttribute(
        lambda self: {"PT": "Portugal", "NP": "Nepal", "JP": "Japan"}.get(self.iso2, self.iso2)
    )
    name_fr = factory.SelfAttribute("name_en")
    short_en = factory.SelfAttribute("name_en")
    region = factory.SubFactory(RegionFactory)
    development = "developed"
    languages = factory.LazyAttribute(lambda self: {"JP": "ja"}.get(self.iso2, "pt-PT"))


class FieldFactory(DjangoModelFactory[models.CreativeField]):
    class Meta:
        model = models.CreativeField
        django_get_or_create = ("slug",)

    slug = "design"
    name_en = factory.LazyAttribute(lambda self: self.slug.title())
    position = 1


class RoundFactory(DjangoModelFactory[models.DesignationRound]):
    class Meta:
        model = models.DesignationRound
        django_get_or_create = ("year",)

    year = 2019
    announced_on = factory.LazyAttribute(lambda self: dt.date(self.year, 10, 30))
    precision = "day"


class CityFactory(DjangoModelFactory[models.City]):
    """A city written down; `member` makes one that is designated."""

    class Meta:
        model = models.City

    name = factory.Sequence(lambda number: f"Vila Inventada {number}")
    slug = factory.LazyAttribute(lambda self: self.name.lower().replace(" ", "-"))
    country = factory.SubFactory(CountryFactory)
    latitude = 38.5
    longitude = -8.5
    population = 40_000
    confidence = "verified"


def designate(city: models.City, *, field: str = "design", year: int = 2019) -> models.City:
    """Let the city be a member since a round."""
    held, round_ = FieldFactory(slug=field), RoundFactory(year=year)
    models.Designation.objects.create(city=city, field=held, round=round_)
    models.Membership.objects.create(city=city, field=held, start=round_.announced_on)
    models.CityName.objects.create(city=city, name=city.name, language="en", kind="current", script="Latn")
    return city


def member(
    *, field: str = "design", year: int = 2019, portrait: str = "Potters by the river.", **columns: Any
) -> models.City:
    """A city with designation, membership, portrait and its rows in lists."""
    city = designate(CityFactory(**columns), field=field, year=year)
    models.Portrait.objects.create(city=city, text=portrait, confidence="sourced")
    rebuild(city, by=ROBOT)
    city.refresh_from_db()
    return city


@action
def rebuild(city: models.City, *, by: Actor) -> None:
    """Write the city's rows in lists anew."""
    listing.rebuild(city)
    record("network.listing.rebuilt", city, by=by)


def holder(role: str, name: str = "", *, start: dt.date = dt.date(2020, 1, 1), **mandate: Any) -> Person:
    """A person with a mandate since long ago; `city`, `commission` or `field` say for what."""
    person = people.person(name)
    models.Mandate.objects.create(person=person, role=role, start=start, **mandate)
    return person
