"""The survey of those who came: who is asked and has answered, and apart from it what was answered."""

import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.delegations import Delegate
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network import rules as network


def new_key() -> str:
    """The secret part of a link."""
    return secrets.token_urlsafe(24)


class SurveyQuerySet(VisibleQuerySet["Survey"]):
    def visible_to(self, person: Any) -> "SurveyQuerySet":
        """Everybody where its results are published; the Secretariat always."""
        if network.is_secretariat(person):
            return self
        return self.filter(state=states.PUBLISHED, edition__in=Edition.objects.visible_to(person))


class Survey(models.Model):
    """What those who came to an edition are asked. Its questions are the edition's until it opens, then its own."""

    STATES = {
        states.PREPARED: _("prepared"),
        states.OPEN: _("open"),
        states.CLOSED: _("closed"),
        states.PUBLISHED: _("published"),
    }
    MOVES = states.SURVEY
    DATA = privacy.classed(open="edition state opens_on closes_on questions asked answered", internal="version")
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="survey")
    state = models.CharField(max_length=9, default=states.PREPARED)
    opens_on = models.DateField()
    closes_on = models.DateField(help_text="The first day on which nobody answers any more.")
    questions: Any = models.JSONField(default=list, help_text="As they stood when it opened.")
    asked = models.PositiveIntegerField(default=0, help_text="How many people got a link.")
    answered = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-edition__year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[states.PREPARED, states.OPEN, states.CLOSED, states.PUBLISHED]),
                name="survey_state",
            ),
            models.CheckConstraint(condition=Q(closes_on__gt=F("opens_on")), name="survey_days"),
            models.CheckConstraint(condition=Q(answered__lte=F("asked")), name="survey_answered_by_those_asked"),
        ]

    def __str__(self) -> str:
        return self.edition.slug

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class SurveyLink(models.Model):
    """That a delegate is asked, and has answered or not; neither when, nor what."""

    DATA = privacy.classed(internal="survey", personal="delegate key has_answered")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="links")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, unique=True, default=new_key)
    has_answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["survey", "delegate"], name="surveylink_once")]

    def __str__(self) -> str:
        return str(self.survey_id)  # its key opens the survey: nothing tells it


class SurveyAnswer(models.Model):
    """One answer to one question: no column leads to who gave it, to an hour, or to their other answers.

    As with ballots its key is random, and all are written anew in another order when the survey is closed.
    """

    DATA = privacy.classed(internal="id survey question value")
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    value: Any = models.JSONField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.survey_id)
