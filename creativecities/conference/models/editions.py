"""An edition of the annual conference, past or to come, and the cities that host it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network import rules as network
from creativecities.network.models import City, Country


def begin_settings() -> definition.Settings:
    """In the two languages of the network's work."""
    return definition.empty(["en", "fr"])


class EditionQuerySet(VisibleQuerySet["Edition"]):
    def visible_to(self, person: Any) -> "EditionQuerySet":
        """What was announced is public, also when it was postponed or cancelled; a draft is the Secretariat's."""
        return self if network.is_secretariat(person) else self.exclude(state=states.DRAFT)


class Edition(models.Model):
    """One yearly meeting of the network. Of early ones the files tell little: what is not known is empty."""

    STATES = {
        states.DRAFT: _("draft"),
        states.ANNOUNCED: _("announced"),
        states.POSTPONED: _("postponed"),
        states.CANCELLED: _("cancelled"),
    }
    MOVES = states.EDITION
    DATA = privacy.classed(
        open="number slug year state starts_on last_day zone settings opens_at nominate_by confirm_by is_inferred "
        "is_confirmed reason note source",
        internal="version",
    )
    number = models.PositiveSmallIntegerField(null=True, blank=True, unique=True, help_text="Its place in the series.")
    slug = models.SlugField(max_length=60, unique=True, help_text="Never changes.")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, default=states.DRAFT)
    starts_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True, help_text="The last day of the conference, itself included.")
    zone = models.CharField(max_length=40, default="UTC", help_text="Of the place it is held in.")
    settings = models.JSONField(default=begin_settings, help_text="What it is run by; see compute/definition.py.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit of the settings.")
    opens_at = models.DateTimeField(null=True, blank=True, help_text="Registration opens.")
    nominate_by = models.DateTimeField(null=True, blank=True, help_text="Until then cities nominate.")
    confirm_by = models.DateTimeField(null=True, blank=True, help_text="Until then they confirm by name.")
    is_inferred = models.BooleanField(default=False, help_text="Its number is inferred from the order of a list.")
    is_confirmed = models.BooleanField(default=True, help_text="A source says that it was or will be held.")
    reason = models.TextField(blank=True, help_text="Why it was postponed or cancelled, or its days were changed.")
    note = models.TextField(blank=True, help_text="Who came, and what else the source tells.")
    source = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[states.DRAFT, states.ANNOUNCED, states.POSTPONED, states.CANCELLED]),
                name="edition_state",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, last_day__isnull=True) | Q(last_day__gte=F("starts_on")),
                name="edition_order",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, nominate_by__isnull=True, confirm_by__isnull=True)
                | Q(opens_at__lt=F("nominate_by"), nominate_by__lte=F("confirm_by")),
                name="edition_registration_order",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class EditionHost(models.Model):
    """A city that hosts an edition. One that is no member, or that the files do not place, is named in words."""

    DATA = privacy.classed(open="edition position city name country")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="hosts")
    position = models.PositiveSmallIntegerField(default=0)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="hosted")
    name = models.CharField(max_length=120)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="editionhost_once")]

    def __str__(self) -> str:
        return self.name
