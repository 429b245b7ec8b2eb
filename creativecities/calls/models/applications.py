"""A city's file in a call: who prepares it, what it answers, which papers go with it, what was handed in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models.calls import Call
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import StoredFile, new_code
from creativecities.network.models import City, Country, CreativeField


class ApplicationQuerySet(VisibleQuerySet["Application"]):
    def visible_to(self, person: Any) -> "ApplicationQuerySet":
        """Those who prepare it; whoever it was handed to, from then on. To all others it is not there."""
        from creativecities.calls.rules import applications  # which ask the models

        return self.filter(applications.visible_to(person))

    def clear_of(self, person: Any) -> "ApplicationQuerySet":
        """Without those with which a person is in conflict as a reviewer, which they are or have been."""
        from creativecities.calls.rules import evaluation

        return self.exclude(evaluation.in_conflict(person, "pk"))

    def on_desk_of(self, person: Any) -> "ApplicationQuerySet":
        """What one sees by one's office, in the Secretariat or as head of the network: every page of theirs asks this.

        What is not among them is not counted, named or told to them anywhere.
        """
        from creativecities.calls.rules import applications

        return self.filter(applications.on_desk_of(person))


class Application(models.Model):
    """A city's file in a call, from the first word to the decision. What a call decided is told when it is announced.

    `city` is the network's record of the city where there is one; a city that is no member has none until it becomes
    one, so that nothing of a candidate stands where visitors read.
    """

    STATES = {
        states.DRAFT: _("in preparation"),
        states.SUBMITTED: _("handed in"),
        states.RETURNED: _("returned for completion"),
        states.ELIGIBLE: _("in evaluation"),
        states.INELIGIBLE: _("not eligible"),
        states.WITHDRAWN: _("given up"),
        states.DESIGNATED: _("designated"),
        states.NOT_DESIGNATED: _("not designated"),
    }
    MOVES = states.APPLICATION
    FACTS = ("city_name", "local_name", "country", "field", "language", "population", "latitude", "longitude")
    """What the file says of the city itself, beside the answers to the questions of the call."""
    DATA = privacy.classed(
        internal="code call city_name local_name country field language population latitude longitude city state "
        "version began_at presented_at submitted_at reason anonymised_at"
    )
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address; tells nothing.")
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    city_name = models.CharField(max_length=100)
    local_name = models.CharField(max_length=100, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    field = models.ForeignKey(CreativeField, models.PROTECT, related_name="+")
    language = models.CharField(max_length=12, help_text="In which of the call's languages the city answers.")
    population = models.PositiveIntegerField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="applications")
    state = models.CharField(max_length=14, default=states.DRAFT)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every save of anything in the file.")
    began_at = models.DateTimeField(default=timezone.now)
    presented_at = models.DateTimeField(null=True, blank=True, help_text="To the National Commission.")
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="Empty again once it is taken back.")
    reason = models.TextField(blank=True, help_text="Why it is not eligible.")
    anonymised_at = models.DateTimeField(null=True, blank=True, help_text="Its papers and people are gone since then.")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["city_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[states.DRAFT, states.WITHDRAWN, *states.HANDED_IN]), name="application_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=states.HANDED_IN) | Q(submitted_at__isnull=False),
                name="application_handed_in_at",
            ),
            models.CheckConstraint(condition=Q(latitude__range=(-90, 90)), name="application_latitude"),
            models.CheckConstraint(condition=Q(longitude__range=(-180, 180)), name="application_longitude"),
        ]

    def __str__(self) -> str:
        return self.code  # events and mails that quote it tell nothing of who applies

    @property
    def words(self) -> Any:
        """How it stands, in words."""
        return self.STATES[self.state]


class Contributor(models.Model):
    """Somebody who prepares a file: the owner hands it in, editors write, readers read and comment."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        EDITOR = "editor", _("Editor")
        READER = "reader", _("Reader")

    WRITERS = (Role.OWNER, Role.EDITOR)
    DATA = privacy.classed(internal="application role sections since", personal="person")
    application = models.ForeignKey(Application, models.CASCADE, related_name="contributors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="files")
    role = models.CharField(max_length=6, choices=Role.choices)
    sections = models.JSONField(default=list, help_text="Keys of the sections this person looks after.")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="contributor_once"),
            models.UniqueConstraint(fields=["application"], condition=Q(role="owner"), name="contributor_one_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.role}"


class Answer(models.Model):
    """What a file answers to a question now; in a block that repeats, in one of its rows, counted from 0."""

    DATA = privacy.classed(internal="application question row value version at", personal="person_id person_name")
    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60, help_text="Its key in the call.")
    row = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField(help_text="A text, a number, true or false, the key of an option or several.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each save.")
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["question", "row"]
        constraints = [models.UniqueConstraint(fields=["application", "question", "row"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.question} {self.row}"


class AnswerVersion(models.Model):
    """What an answer was: one row for what one person wrote in one sitting, brought up to date while it lasts."""

    DATA = privacy.classed(internal="application question row value began_at at", personal="person_id person_name")
    application = models.ForeignKey(Application, models.CASCADE, related_name="answer_versions")
    question = models.CharField(max_length=60)
    row = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField()
    began_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["application", "question", "row", "-at"], name="answerversion_newest")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.question} {self.row} {self.at:%Y-%m-%d}"


class Document(models.Model):
    """A paper of a file: which of those the call asks for, which of several, and what was found inside."""

    DATA = privacy.classed(internal="application document number file pages at", personal="person_id person_name")
    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    document = models.CharField(max_length=60, help_text="Its key in the call.")
    number = models.PositiveSmallIntegerField(default=1, help_text="Which of several; that of a photograph it is for.")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "document", "number"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.document} {self.number}"


class Submission(models.Model):
    """What a city handed in: the whole file as it was, never changed. The fingerprint stands on the receipt."""

    DATA = privacy.classed(
        internal="application number content fingerprint at taken_back_at", personal="person_id person_name"
    )
    application = models.ForeignKey(Application, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="See compute/files.py.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the content in its canonical form.")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"


class Completion(models.Model):
    """A file that was returned to its city: what is missing, why, and until when. Nothing else of it opens."""

    DATA = privacy.classed(internal="application items reason until at closed_at", personal="person_id person_name")
    application = models.ForeignKey(Application, models.CASCADE, related_name="completions")
    items = models.JSONField(help_text="Places in the file, as compute/checklist.py writes them.")
    reason = models.TextField()
    until = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When it came back, or its time was over.")
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    person_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at__isnull=True), name="completion_one_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="completion_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.until:%Y-%m-%d}"
