"""What a city is looking for, and what it can give: dated posts that other cities answer."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.exchange import states
from creativecities.exchange.models.topics import Topic
from creativecities.network.models import City, CreativeField


class NeedQuerySet(VisibleQuerySet["Need"]):
    def visible_to(self, person: Any) -> "NeedQuerySet":
        """Open ones are everybody's, the others are seen by those they concern."""
        from creativecities.exchange import rules  # which ask the models

        return self.filter(rules.needs_visible_to(person))


class Need(models.Model):
    """A need or an offer of a city, open until its last day or until its team closes it."""

    class Kind(models.TextChoices):
        NEED = "need", _("Need")
        OFFER = "offer", _("Offer")

    STATES = {
        states.OPEN: _("open"),
        states.CLOSED: _("closed: it has found what it sought"),
        states.WITHDRAWN: _("withdrawn"),
        states.EXPIRED: _("past its last day"),
    }
    MOVES = states.NEED
    MOST_TOPICS = 3
    DATA = privacy.classed(
        open="city kind title text language topics fields opened_on closes_on state",
        internal="state_since",
        personal="person_id person_name",
    )
    city = models.ForeignKey(City, models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    title = models.CharField(max_length=120)
    text = models.TextField()
    language = models.CharField(max_length=12, help_text="The language of title and text.")
    topics: Any = models.ManyToManyField(Topic, through="NeedTopic", related_name="needs")
    fields: Any = models.ManyToManyField(CreativeField, related_name="needs", blank=True)
    opened_on = models.DateField()
    closes_on = models.DateField(help_text="The last day on which other cities can reply.")
    state = models.CharField(max_length=9, default=states.OPEN, help_text="open, closed, withdrawn or expired.")
    state_since = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        indexes = [models.Index(fields=["state", "-opened_on", "-id"], name="need_list")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["need", "offer"]), name="need_kind"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="need_order"),
            models.CheckConstraint(
                condition=Q(state__in=[states.OPEN, states.CLOSED, states.WITHDRAWN, states.EXPIRED]),
                name="need_state",
            ),
            models.UniqueConstraint(
                fields=["city", "kind", "title"], condition=Q(state=states.OPEN), name="need_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class NeedTopic(models.Model):
    """One of the at most three topics of a need or offer: each has a numbered place."""

    DATA = privacy.classed(open="need topic position")
    need = models.ForeignKey(Need, models.CASCADE, related_name="places")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(position__range=(1, 3)), name="needtopic_position"),
            models.UniqueConstraint(fields=["need", "position"], name="needtopic_place_once"),
            models.UniqueConstraint(fields=["need", "topic"], name="needtopic_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.topic_id}"
