"""A city: its names over time, its portrait in versions, its links and pictures."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import StoredFile
from creativecities.core.states import Move
from creativecities.network.models.vocabulary import Country


class CityQuerySet(VisibleQuerySet["City"]):
    def visible_to(self, person: Any) -> "CityQuerySet":
        """Members, past and present, are public; a city without a designation is not shown."""
        return self.filter(is_listed=True)

    def editable_by(self, person: Any) -> "CityQuerySet":
        """A team sees the desk of its own city, the Secretariat that of every one."""
        from creativecities.network import rules  # which ask the models

        return self.filter(rules.cities_editable_by(person))


class City(models.Model):
    """A municipality with a stable id. Its name is its present English one; other names are rows of CityName."""

    DATA = privacy.classed(
        open="slug name country latitude longitude population geonames_id wikidata local_name local_language "
        "confidence office office_email website",
        internal="is_listed version",
    )
    slug = models.SlugField(max_length=80, unique=True, help_text="Never changes.")
    name = models.CharField(max_length=100)
    country = models.ForeignKey(Country, models.PROTECT, related_name="cities")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(null=True, blank=True, help_text="GeoNames' figure; shown as a band only.")
    geonames_id = models.PositiveIntegerField(null=True, blank=True, unique=True)
    wikidata = models.CharField(max_length=20, blank=True)
    local_name = models.CharField(max_length=100, blank=True)
    local_language = models.CharField(max_length=12, blank=True)
    confidence = models.CharField(max_length=10, blank=True, help_text="verified or single: see the data's sources.")
    office = models.CharField(max_length=120, blank=True, help_text="The office to write to.")
    office_email = models.EmailField(blank=True)
    website = models.URLField(max_length=300, blank=True)
    is_listed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(
        default=1, help_text="Grows with each edit; a form that holds an older one is shown the difference."
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "cities"
        constraints = [
            models.CheckConstraint(condition=Q(latitude__range=(-90, 90)), name="city_latitude"),
            models.CheckConstraint(condition=Q(longitude__range=(-180, 180)), name="city_longitude"),
            models.UniqueConstraint(fields=["name", "country"], name="city_name_country"),
        ]

    def __str__(self) -> str:
        return self.name


class CityName(models.Model):
    """A name of a city, in a language or script, with its time if it has one."""

    CURRENT, LOCAL, FORMER, OTHER = "current", "local", "former", "other"
    DATA = privacy.classed(open="city name language script kind start end source", internal="by_hand")
    city = models.ForeignKey(City, models.CASCADE, related_name="names")
    name = models.CharField(max_length=160)
    language = models.CharField(max_length=12, blank=True)
    script = models.CharField(max_length=4, blank=True)
    kind = models.CharField(max_length=8, default=OTHER, choices=[(k, k) for k in (CURRENT, LOCAL, FORMER, OTHER)])
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["city", "name", "language", "kind"], name="city_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Portrait(models.Model):
    """What makes the city creative: one row per version and language; the newest is the current one."""

    DATA = privacy.classed(
        open="city language text keywords challenges source confidence is_original is_current number at",
        internal="by_hand",
        personal="author_id author_name",
    )
    WRITTEN = ("text", "keywords", "challenges", "source", "is_original")
    city = models.ForeignKey(City, models.CASCADE, related_name="portraits")
    language = models.CharField(max_length=10, default="en")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    keywords = models.JSONField(default=list, blank=True)
    challenges = models.JSONField(default=list, blank=True)
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, help_text="sourced, known, low, or city: written by the city itself.")
    is_original = models.BooleanField(default=True)
    is_current = models.BooleanField(default=True)
    by_hand = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    author_id = models.BigIntegerField(null=True, blank=True)
    author_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["city", "language", "number"], name="portrait_number"),
            models.UniqueConstraint(fields=["city", "language"], condition=Q(is_current=True), name="portrait_current"),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.language} {self.number}"

    @property
    def texts(self) -> dict[str, Any]:
        """What a person writes in a portrait, by name of field."""
        return {name: getattr(self, name) for name in self.WRITTEN}


class CityLink(models.Model):
    """An address the city wants people to know."""

    DATA = privacy.classed(open="city label url position")
    city = models.ForeignKey(City, models.CASCADE, related_name="links")
    label = models.CharField(max_length=80)
    url = models.URLField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class PictureQuerySet(VisibleQuerySet["Picture"]):
    def visible_to(self, person: Any) -> "PictureQuerySet":
        return self.filter(state=Picture.SHOWN)

    def editable_by(self, person: Any) -> "PictureQuerySet":
        """The pictures of the cities whose desk the person sees, withdrawn ones too."""
        return self.filter(city__in=City.objects.editable_by(person))


class Picture(models.Model):
    """A photograph of a city, with its rights and its words for those who cannot see it."""

    SHOWN, WITHDRAWN, TAKEN_DOWN = "shown", "withdrawn", "taken-down"
    MOVES = {
        "withdraw": Move((SHOWN,), WITHDRAWN, "withdrawn"),
        "take_down": Move((SHOWN, WITHDRAWN), TAKEN_DOWN, "taken_down"),
        "show": Move((WITHDRAWN, TAKEN_DOWN), SHOWN, "shown"),
    }
    DATA = privacy.classed(open="city file position", internal="state reason")
    city = models.ForeignKey(City, models.CASCADE, related_name="pictures")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, default=SHOWN)
    reason = models.CharField(max_length=200, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.city_id} {self.file_id}"
