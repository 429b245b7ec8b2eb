"""What another city answers to a need or offer, how that goes on, and whether it worked."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.exchange import states
from creativecities.exchange.models.initiatives import Initiative
from creativecities.exchange.models.needs import Need
from creativecities.network.models import City


class ReplyQuerySet(VisibleQuerySet["Reply"]):
    def visible_to(self, person: Any) -> "ReplyQuerySet":
        """The teams of the two cities see it, nobody else."""
        from creativecities.exchange.rules import replies  # which ask the models

        return self.filter(replies.replies_visible_to(person))


class Reply(models.Model):
    """A city answers a need or offer of another one: why it, what it brings, when. Seen by the two teams only."""

    STATES = {
        states.NEW: _("new"),
        states.IN_CONTACT: _("in contact"),
        states.ACCEPTED: _("accepted"),
        states.DECLINED: _("declined"),
        states.LAPSED: _("lapsed: nothing happened for 90 days"),
    }
    MOVES = states.REPLY
    DATA = privacy.classed(
        internal="need city to_city why brings when language state reason sent_at moved_at initiative",
        personal="person_id person_name",
    )
    need = models.ForeignKey(Need, models.CASCADE, related_name="replies")
    city = models.ForeignKey(City, models.PROTECT, related_name="replies", help_text="The city that replies.")
    to_city = models.ForeignKey(
        City, models.PROTECT, related_name="+", help_text="The city of the need, so that it cannot be the same."
    )
    why = models.TextField()
    brings = models.TextField()
    when = models.CharField(max_length=300)
    language = models.CharField(max_length=12, help_text="The language it was written in.")
    state = models.CharField(max_length=10, default=states.NEW)
    reason = models.TextField(blank=True, help_text="Why it was declined.")
    sent_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, help_text="When something last happened to it.")
    initiative = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="replies",
        help_text="What came of it: the same for all accepted replies to one need.",
    )  # fmt: skip
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name_plural = "replies"
        indexes = [models.Index(fields=["state", "moved_at"], name="reply_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["need", "city"], name="reply_once"),
            models.CheckConstraint(condition=~Q(city=F("to_city")), name="reply_is_of_another"),
            models.CheckConstraint(
                condition=Q(state__in=[states.NEW, states.IN_CONTACT, states.ACCEPTED, states.DECLINED, states.LAPSED]),
                name="reply_state",
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class FollowUp(models.Model):
    """Whether what two cities began has worked: asked of each of them half a year after it was accepted."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    DATA = privacy.classed(
        internal="reply city due_on asked_at answer text answered_at", personal="person_id person_name"
    )
    reply = models.ForeignKey(Reply, models.CASCADE, related_name="follow_ups")
    city = models.ForeignKey(City, models.PROTECT, related_name="+")
    due_on = models.DateField(db_index=True, help_text="The day on which the city is asked.")
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=6, blank=True, choices=Answer.choices)
    text = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "city"], name="followup_once"),
            models.CheckConstraint(condition=Q(answer__in=["", "yes", "partly", "no"]), name="followup_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.city_id}"
