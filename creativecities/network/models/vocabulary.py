"""Reference lists. Each has its name in six languages, as the body that keeps it writes it."""

from typing import Any

from django.db import models
from django.utils.translation import get_language

from creativecities.core import language, privacy
from creativecities.core.access import VisibleQuerySet

NAMES = "name_en name_fr name_es name_ar name_ru name_zh"
DESCRIPTIONS = "description_en description_fr description_es description_ar description_ru description_zh"


def in_reader_language(thing: models.Model, stem: str) -> str:
    """The column of the reader's language, English where that is empty."""
    code = language.short(get_language() or "en")
    return str(getattr(thing, f"{stem}_{code}") or getattr(thing, f"{stem}_en"))


class ReferenceQuerySet(VisibleQuerySet[Any]):
    """Reference lists are public."""

    def visible_to(self, person: Any) -> "ReferenceQuerySet":
        return self


class Named(models.Model):
    """A name in six languages."""

    name_en = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en

    @property
    def name(self) -> str:
        return in_reader_language(self, "name")


class Described(Named):
    """A name and a description in six languages, with their source."""

    description_en = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    description_es = models.TextField(blank=True)
    description_ar = models.TextField(blank=True)
    description_ru = models.TextField(blank=True)
    description_zh = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta(Named.Meta):
        abstract = True

    @property
    def description(self) -> str:
        return in_reader_language(self, "description")


class Region(Described):
    """One of UNESCO's five regions; each country is counted in one."""

    DATA = privacy.classed(open=f"slug position source {NAMES} {DESCRIPTIONS}")
    slug = models.SlugField(primary_key=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]


class Subregion(Named):
    """A region or sub-region of the UN's M49 standard."""

    DATA = privacy.classed(open=f"slug kind {NAMES}")
    slug = models.SlugField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[("region", "region"), ("subregion", "subregion")])

    class Meta:
        ordering = ["slug"]


class Country(Named):
    """A country or territory of ISO 3166-1, named as the United Nations name it."""

    DATA = privacy.classed(
        open=f"iso2 iso3 m49 short_en un_region un_subregion region is_lldc is_sids development languages wikidata "
        f"geonames_id counted_with {NAMES}"
    )
    iso2 = models.CharField(max_length=2, primary_key=True)
    iso3 = models.CharField(max_length=3)
    m49 = models.CharField(max_length=3)
    short_en = models.CharField(max_length=80)
    un_region = models.ForeignKey(Subregion, models.PROTECT, related_name="+", null=True)
    un_subregion = models.ForeignKey(Subregion, models.PROTECT, related_name="+", null=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="countries")
    is_lldc = models.BooleanField(default=False)
    is_sids = models.BooleanField(default=False)
    development = models.CharField(max_length=10, help_text="UNCTAD's rule: developed or developing.")
    languages = models.CharField(max_length=200, blank=True)
    wikidata = models.CharField(max_length=20, blank=True)
    geonames_id = models.PositiveIntegerField(null=True)
    counted_with = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+",
        help_text="Counted as part of this one in numbers of countries.",
    )  # fmt: skip

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "countries"


class LeastDevelopedPeriod(models.Model):
    """When a country was on the UN's list of least developed countries; an empty start means: not held."""

    DATA = privacy.classed(open="country start end source")
    country = models.ForeignKey(Country, models.CASCADE, related_name="least_developed_periods")
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.country_id} {self.start or ''}–{self.end or ''}"


class CreativeField(Described):
    """A field a city is designated in. The list grows; it is data, not code."""

    DATA = privacy.classed(open=f"slug position since_year aliases source {NAMES} {DESCRIPTIONS}")
    slug = models.SlugField(primary_key=True)
    position = models.PositiveSmallIntegerField(default=0)
    since_year = models.PositiveSmallIntegerField(null=True)
    aliases = models.TextField(blank=True, help_text="Other names, separated by semicolons.")

    class Meta:
        ordering = ["position"]


class Objective(Described):
    """One of the six objectives of the mission."""

    DATA = privacy.classed(open=f"code source {NAMES} {DESCRIPTIONS}")
    code = models.CharField(max_length=3, primary_key=True)

    class Meta:
        ordering = ["code"]


class AreaOfAction(Described):
    """One of the six areas of action."""

    DATA = privacy.classed(open=f"code source {NAMES} {DESCRIPTIONS}")
    code = models.CharField(max_length=3, primary_key=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "areas of action"


class Goal(Named):
    """One of the seventeen Sustainable Development Goals."""

    DATA = privacy.classed(open=f"number {NAMES}")
    number = models.PositiveSmallIntegerField(primary_key=True)

    class Meta:
        ordering = ["number"]
