"""What became of a partner that the matching proposed to a city."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.exchange import states
from creativecities.network import rules as network
from creativecities.network.models import City


class SuggestionQuerySet(VisibleQuerySet["Suggestion"]):
    def visible_to(self, person: Any) -> "SuggestionQuerySet":
        """Only the team of the city it was made to."""
        return self.filter(city__in=network.team_cities(person))


class Suggestion(models.Model):
    """A partner for a city, from the moment the city's team does something about it. The partner does not see it."""

    STATES = {
        states.SUGGESTED: _("suggested"),
        states.CONTACTED: _("contacted"),
        states.ACCEPTED: _("works with us"),
        states.REFUSED: _("has declined"),
        states.DISMISSED: _("not relevant"),
    }
    MOVES = states.SUGGESTION
    DATA = privacy.classed(internal="city partner state reason at", personal="person_id person_name")
    city = models.ForeignKey(City, models.CASCADE, related_name="suggestions")
    partner = models.ForeignKey(City, models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, default=states.SUGGESTED)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it is not relevant, in the team's words.")
    at = models.DateTimeField(default=timezone.now, help_text="When the state was reached.")
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["city", "partner"], name="suggestion_once"),
            models.CheckConstraint(condition=~Q(city=F("partner")), name="suggestion_of_another"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[states.SUGGESTED, states.CONTACTED, states.ACCEPTED, states.REFUSED, states.DISMISSED]
                ),
                name="suggestion_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city_id} {self.partner_id}"

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]
