"""What is said about an answer while it is written."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models.applications import Application
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet


class CommentQuerySet(VisibleQuerySet["Comment"]):
    def visible_to(self, person: Any) -> "CommentQuerySet":
        """The team of the file; of what is said between city and commission, the commission that has the file too."""
        from creativecities.calls.rules import comments  # which ask the models

        return self.filter(comments.visible_to(person))


class Comment(models.Model):
    """A remark on a question of a file: among those who prepare it, or between them and their commission.

    What stands in a block is talked about under the block. A comment is resolved, never deleted.
    """

    class Audience(models.TextChoices):
        TEAM = "team", _("The team")
        COMMISSION = "commission", _("The team and the National Commission")

    LONGEST = 2000
    DATA = privacy.classed(
        internal="application question text audience at resolved_at", personal="person_id person_name"
    )  # fmt: skip
    application = models.ForeignKey(Application, models.CASCADE, related_name="comments")
    question = models.CharField(max_length=60, help_text="Its key in the call.")
    text = models.TextField()
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.TEAM)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["application", "question"], name="comment_of_question")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(condition=Q(audience__in=["team", "commission"]), name="comment_audience"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.question}"
