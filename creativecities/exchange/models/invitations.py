"""A city invites others to what it leads, and what each of them answers."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.exchange import states
from creativecities.exchange.models.initiatives import Initiative
from creativecities.network.models import City


class HostedInvitationQuerySet(VisibleQuerySet["Invitation"]):
    def visible_to(self, person: Any) -> "HostedInvitationQuerySet":
        """The teams of the host and of the cities it has invited, nobody else."""
        from creativecities.exchange.rules import invitations  # which ask the models

        return self.filter(invitations.invitations_visible_to(person))


class Invitation(models.Model):
    """A city asks others to come to its festival, event or the like: when, who pays, how many places, answer by when.

    `taken` counts the places given. It is raised by a conditional UPDATE alone, so that none is given twice.
    """

    class Pays(models.TextChoices):
        HOST = "host", _("The host pays travel and stay")
        STAY = "stay", _("The host pays the stay, the guest the journey")
        GUEST = "guest", _("The guest pays")
        TALK = "talk", _("To be agreed")

    STATES = {states.OPEN: _("open"), states.WITHDRAWN: _("withdrawn")}
    MOVES = states.INVITATION
    MOST_PLACES = 1000
    DATA = privacy.classed(
        internal="initiative host text language starts_on ends_on pays places taken answer_by state reason sent_at "
        "moved_at once",
        personal="person_id person_name",
    )
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="invitations")
    host = models.ForeignKey(City, models.PROTECT, related_name="sent_invitations")
    text = models.TextField()
    language = models.CharField(max_length=12, help_text="The language of the text.")
    starts_on = models.DateField(help_text="The first day for which cities are invited.")
    ends_on = models.DateField(help_text="The last one.")
    pays = models.CharField(max_length=5, choices=Pays.choices)
    places = models.PositiveSmallIntegerField(help_text="How many cities can come.")
    taken = models.PositiveSmallIntegerField(default=0)
    answer_by = models.DateField(help_text="The last day on which a city can say yes.")
    state = models.CharField(max_length=9, default=states.OPEN, help_text="open or withdrawn.")
    reason = models.TextField(blank=True, help_text="Why it was withdrawn.")
    sent_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, help_text="When it was sent or withdrawn.")
    once = models.UUIDField(unique=True, help_text="Names the form it was sent with, so that it is sent one time.")
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = HostedInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="invitation_order"),
            models.CheckConstraint(condition=Q(answer_by__lte=F("ends_on")), name="invitation_answer_in_time"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="invitation_places"),
            models.CheckConstraint(condition=Q(pays__in=["host", "stay", "guest", "talk"]), name="invitation_pays"),
            models.CheckConstraint(condition=Q(state__in=[states.OPEN, states.WITHDRAWN]), name="invitation_state"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]

    @property
    def free(self) -> int:
        """Places that nobody has taken."""
        return self.places - self.taken


class Invitee(models.Model):
    """One invited city and its answer. The other invited cities do not see it."""

    STATES = {
        states.ASKED: _("has not answered yet"),
        states.ACCEPTED: _("comes"),
        states.WAITING_LIST: _("on the waiting list"),
        states.DECLINED: _("does not come"),
    }
    MOVES = states.INVITEE
    DATA = privacy.classed(internal="invitation city host state word at", personal="person_id person_name")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="invitees")
    city = models.ForeignKey(City, models.PROTECT, related_name="received_invitations")
    host = models.ForeignKey(
        City, models.PROTECT, related_name="+", help_text="The host, so that it cannot invite itself."
    )
    state = models.CharField(max_length=8, default=states.ASKED)
    word = models.CharField(max_length=500, blank=True, help_text="What the city says to its answer.")
    at = models.DateTimeField(default=timezone.now, help_text="When the state was reached: the order of waiting.")
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["city__name", "pk"]
        indexes = [models.Index(fields=["invitation", "state", "at"], name="invitee_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "city"], name="invitee_once"),
            models.CheckConstraint(condition=~Q(city=F("host")), name="invitee_is_not_host"),
            models.CheckConstraint(
                condition=Q(state__in=[states.ASKED, states.ACCEPTED, states.WAITING_LIST, states.DECLINED]),
                name="invitee_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.city_id}"

    @property
    def words(self) -> Any:
        """What it has answered, in words."""
        return self.STATES[self.state]
