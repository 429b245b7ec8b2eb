"""Who reads and scores the files of a call, which files they are given, and what they write."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models.applications import Application
from creativecities.calls.models.calls import Call
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.network.models import City


class ReviewerQuerySet(VisibleQuerySet["Reviewer"]):
    def visible_to(self, person: Any) -> "ReviewerQuerySet":
        """What one is oneself; the Secretariat sees all. Of drafts of calls nobody else knows."""
        from creativecities.calls.rules import reviewers  # which ask the models

        return self.filter(reviewers.visible_to(person))


class Reviewer(models.Model):
    """Somebody who reads files in a call: an outside expert, or a person of a member city of the field.

    Who has accepted promises to keep confidence, `confided_at`, then declares conflicts, `declared_at`, before any file
    is shown: each round anew.
    """

    class Group(models.TextChoices):
        EXPERT = "expert", _("Expert")
        MEMBER_CITY = "member-city", _("Member city")

    STATES = {
        states.INVITED: _("invited"),
        states.ACCEPTED: _("accepted"),
        states.DECLINED: _("declined"),
        states.LEFT: _("left"),
    }
    MOVES = states.REVIEWER
    DATA = privacy.classed(
        internal="call group city fields languages countries about most state at reminded_at confided_at declared_at "
        "reason",
        personal="person",
    )
    call = models.ForeignKey(Call, models.CASCADE, related_name="reviewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviewing")
    group = models.CharField(max_length=11, choices=Group.choices)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="+")
    fields = models.JSONField(default=list, help_text="Slugs of the creative fields this person knows.")
    languages = models.JSONField(default=list, help_text="Codes of the languages this person reads.")
    countries = models.JSONField(default=list, help_text="ISO codes; where this person works stands first.")
    about = models.TextField(blank=True, help_text="What this person knows, in a few words; compared with the files.")
    most = models.PositiveSmallIntegerField(help_text="How many files at most.")
    state = models.CharField(max_length=8, default=states.INVITED)
    at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    confided_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why they declined or left.")

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="reviewer_once"),
            models.CheckConstraint(
                condition=Q(group="expert", city__isnull=True) | Q(group="member-city", city__isnull=False),
                name="reviewer_group_city",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.INVITED, states.ACCEPTED, states.DECLINED, states.LEFT]),
                name="reviewer_state",
            ),
            models.CheckConstraint(
                condition=Q(declared_at__isnull=True) | Q(confided_at__isnull=False), name="reviewer_confided_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.person_id}"

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class Conflict(models.Model):
    """Why a reviewer must not judge a file nor learn of it: found by rule, or declared."""

    class Kind(models.TextChoices):
        OWN_CITY = "own-city", _("The reviewer’s own city")
        COUNTRY = "country", _("The reviewer’s country")
        SHARED = "shared", _("An initiative they share")
        BUDDY = "buddy", _("Buddy of the candidate")
        MANDATE = "mandate", _("An earlier mandate")
        FILE = "file", _("Works on a file of this call")
        COLLABORATOR = "collaborator", _("Works with the candidate")
        PERSONAL = "personal", _("A personal tie")
        INTEREST = "interest", _("An interest in the outcome")

    DECLARED = (Kind.COLLABORATOR, Kind.PERSONAL, Kind.INTEREST)
    DATA = privacy.classed(internal="reviewer application kind detail at")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    detail = models.TextField(blank=True, help_text="What was found, or what the reviewer wrote.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application", "kind"], name="conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.application_id} {self.kind}"

    @property
    def is_declared(self) -> bool:
        """Whether the reviewer has said so; all others are found on record."""
        return self.kind in self.DECLARED


class AssignmentQuerySet(VisibleQuerySet["Assignment"]):
    def visible_to(self, person: Any) -> "AssignmentQuerySet":
        """One's own, once one has declared and where no conflict stands; the Secretariat sees all."""
        from creativecities.calls.rules import evaluation  # which ask the models

        return self.filter(evaluation.assignments_visible_to(person))

    def visible_to_reviewer(self, person: Any) -> "AssignmentQuerySet":
        """One's own alone, whatever else one is."""
        from creativecities.calls.rules import evaluation

        return self.filter(evaluation.assigned_to(person))


class Assignment(models.Model):
    """A file given to a reviewer, and why to this one."""

    STATES = {states.OPEN: _("to be read"), states.DONE: _("handed in"), states.RECUSED: _("recused")}
    MOVES = states.ASSIGNMENT
    DATA = privacy.classed(internal="reviewer application state reasons at")
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="assignments")
    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments")
    state = models.CharField(max_length=7, default=states.OPEN)
    reasons = models.JSONField(default=dict, help_text="What spoke for it: field, meaning, language, region, load.")
    at = models.DateTimeField(default=timezone.now)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(state__in=[states.OPEN, states.DONE, states.RECUSED]), name="assignment_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.application_id}"

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class Review(models.Model):
    """What a reviewer writes about a file: points for each criterion, a text for the city, and one in confidence."""

    DATA = privacy.classed(
        internal="assignment call_version scores for_city in_confidence abstains reason version at handed_in_at "
        "returned_at returned_because"
    )
    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="review")
    call_version = models.PositiveIntegerField(help_text="The version of the call whose rubric it follows.")
    scores = models.JSONField(default=dict, help_text="Points by key of the criterion.")
    for_city = models.TextField(blank=True)
    in_confidence = models.TextField(blank=True)
    abstains = models.BooleanField(default=False)
    reason = models.TextField(blank=True, help_text="Why the reviewer abstains or recused.")
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(
        null=True, blank=True, help_text="The Secretariat sent it back; until it is handed in again it does not count."
    )
    returned_because = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(returned_because=""), name="review_returned_because"
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.assignment_id}"
