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


class Tally(models.Model):
    """By how much the number of members with one value of a facet changed on a day.

    Derived from Listing and rebuilt with it: the counts of the whole network on a day are the sums until then, a few
    hundred rows at any size. The facets `total` and `designated` (how many joined that day) have one
    value, the empty one.
    """

    DATA = privacy.classed(open="facet value day change")
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=40, blank=True)
    day = models.DateField()
    change = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["facet", "value", "day"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.facet} {self.value} {self.day}"


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
