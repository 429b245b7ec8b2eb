"""What lists read: one flat row per city and interval, derived from the dated tables and rebuilt with every change."""

import datetime as dt
from typing import Any

from django.db import models

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network.models.cities import City
from creativecities.network.models.vocabulary import Country, CreativeField, Region

FOREVER = dt.date(9999, 12, 31)


class ListingQuerySet(VisibleQuerySet["Listing"]):
    def visible_to(self, person: Any) -> "ListingQuerySet":
        """Who is and was a member is public."""
        return self

    def on(self, day: dt.date) -> "ListingQuerySet":
        """The network of a day."""
        return self.filter(start__lte=day, end__gt=day)


class Listing(models.Model):
    """A member city as it was from `start` until before `end`: its name, field and country group of that time.

    Derived: never edited, rebuilt for a city by `network.actions` in the transaction that changes it. It holds
    everything a list filters, sorts and shows, so that a page of a list is one statement on one table at any size.
    """

    DATA = privacy.classed(
        open="city slug name local_name local_language field country counted_country region year joined_on year_only "
        "start end is_ldc is_lldc is_sids development size latitude longitude excerpt confidence",
        internal="sort search map_x map_y",
    )
    city = models.ForeignKey(City, models.CASCADE, related_name="listings")
    start = models.DateField()
    end = models.DateField(default=FOREVER)
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=100)
    sort = models.CharField(max_length=100)
    local_name = models.CharField(max_length=100, blank=True)
    local_language = models.CharField(max_length=12, blank=True)
    field = models.ForeignKey(CreativeField, models.PROTECT, related_name="+", db_index=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", db_index=False)
    counted_country = models.CharField(max_length=2)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField(help_text="Of the designation.")
    joined_on = models.DateField()
    year_only = models.BooleanField(default=False)
    is_ldc = models.BooleanField(default=False)
    is_lldc = models.BooleanField(default=False)
    is_sids = models.BooleanField(default=False)
    development = models.CharField(max_length=10)
    size = models.CharField(max_length=12)
    latitude = models.FloatField()
    longitude = models.FloatField()
    map_x = models.FloatField(help_text="On the Equal Earth map, in viewBox units.")
    map_y = models.FloatField(help_text="On the Equal Earth map, in viewBox units.")
    excerpt = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=10, blank=True)
    search = models.TextField(help_text="Folded names in every script, each after a blank.")

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "slug"]
        indexes = [
            models.Index(fields=["sort", "slug"], name="listing_sort"),
            models.Index(fields=["-joined_on", "sort", "slug"], name="listing_newest"),
            models.Index(fields=["slug"], name="listing_slug"),
            models.Index(fields=["field", "start", "end"], name="listing_field"),
            models.Index(fields=["region", "start", "end"], name="listing_region"),
            models.Index(fields=["country", "start", "end"], name="listing_country"),
            models.Index(fields=["year", "start", "end"], name="listing_year"),
            models.Index(fields=["size", "start", "end"], name="listing_size"),
        ]
        constraints = [models.UniqueConstraint(fields=["city", "start"], name="listing_one_start")]

    def __str__(self) -> str:
        return self.slug


class RowSet(models.Model):
    """Which rows of lists have one value of a facet: bit n of `bits` is the nth row in the order of names.

    Derived from Listing and rebuilt with it. What a question finds is these sets joined and cut; a count is the number
    of bits left, so that a page costs the same however many cities it finds. Besides the facets of lists there are the
    days on which rows `start` and `end` and cities `joined`, and `city`, whose bytes are not bits but say which city
    each row is of (`network.compute.rowsets`).
    """

    DATA = privacy.classed(open="facet value", internal="bits")
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=40, blank=True)
    bits = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="rowset_once")]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}"


class Word(models.Model):
    """A word of the names of a city or of a country, folded, as bytes.

    Every database compares bytes alike, whatever its language, so that an index finds all words with a beginning.
    """

    DATA = privacy.classed(internal="word begins city country")
    word = models.BinaryField()
    begins = models.BooleanField(default=False, help_text="The name of the city, now or once, begins with it.")
    city = models.ForeignKey(City, models.CASCADE, related_name="+", null=True)
    country = models.ForeignKey(Country, models.CASCADE, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["word", "city", "country", "begins"], name="word_found")]

    def __str__(self) -> str:
        return bytes(self.word).decode()


class Imported(models.Model):
    """What the files last said about a thing, so that a value a person has changed is known and never overwritten."""

    DATA = privacy.classed(internal="label key values pending at")
    label = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    values = models.JSONField(default=dict)
    pending = models.JSONField(default=dict, help_text="Values of the file that differ from what a person wrote.")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.key}"
