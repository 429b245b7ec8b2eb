"""The exchange fair: booths of cities and of what cities do together."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import new_code
from creativecities.exchange.models import Initiative
from creativecities.network import rules as network
from creativecities.network.models import City


class BoothQuerySet(VisibleQuerySet["Booth"]):
    def visible_to(self, person: Any) -> "BoothQuerySet":
        """What was chosen is public with its edition; the rest see the city's team and the Secretariat."""
        if network.is_secretariat(person):
            return self
        public = Q(state=states.CHOSEN) & ~Q(edition__state=states.DRAFT)
        if person is None or not person.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(city__in=network.team_cities(person)))

    def live(self) -> "BoothQuerySet":
        """Applied for, or chosen."""
        return self.filter(state__in=states.LIVE)


class Booth(models.Model):
    """A booth a city asks for: for itself, or for an initiative, whose record is what the booth shows."""

    STATES = {
        states.APPLIED: _("applied for"),
        states.CHOSEN: _("chosen"),
        states.DECLINED: _("declined"),
        states.WITHDRAWN: _("withdrawn"),
    }
    MOVES = states.BOOTH
    DATA = privacy.classed(
        open="edition code city initiative text language place", internal="state number needs reason applied_at"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="booths")
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address; tells nothing.")
    city = models.ForeignKey(City, models.PROTECT, related_name="booths", help_text="The city that applies.")
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="booths",
        help_text="What it shows; empty: the city itself.",
    )  # fmt: skip
    text = models.TextField(help_text="What visitors find there.")
    language = models.CharField(max_length=12, default="en")
    needs = models.TextField(blank=True, help_text="Power, walls, quiet: read by the Secretariat.")
    state = models.CharField(max_length=9, default=states.APPLIED)
    reason = models.TextField(blank=True, help_text="Why it was declined.")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which of the fair's booths it holds.")
    place = models.CharField(max_length=4, blank=True, help_text="On the plan of the edition.")
    applied_at = models.DateTimeField(default=timezone.now)

    objects = BoothQuerySet.as_manager()

    class Meta:
        ordering = ["applied_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="booth_number_once"),
            models.UniqueConstraint(fields=["edition", "place"], condition=~Q(place=""), name="booth_place_once"),
            models.UniqueConstraint(
                fields=["edition", "city"], condition=Q(initiative=None, state__in=states.LIVE), name="booth_city_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "initiative"], condition=Q(state__in=states.LIVE), name="booth_initiative_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.APPLIED, states.CHOSEN, states.DECLINED, states.WITHDRAWN]),
                name="booth_state",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.CHOSEN) | Q(number__isnull=False), name="booth_chosen_is_counted"
            ),
            models.CheckConstraint(condition=Q(place="") | Q(number__isnull=False), name="booth_placed_is_chosen"),
        ]

    def __str__(self) -> str:
        return self.code  # an application is nobody else's business

    @property
    def words(self) -> str:
        """What became of it, in the reader's language."""
        return str(self.STATES[self.state])
