"""Cases that cities propose on the theme of an edition, and who reads them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.delegations import Delegate
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import new_code
from creativecities.exchange.models import Initiative
from creativecities.network import rules as network
from creativecities.network.models import City


class CaseQuerySet(VisibleQuerySet["Case"]):
    def visible_to(self, person: Any) -> "CaseQuerySet":
        """The city's team, and the Secretariat once it is handed in. Readers have theirs by their readings."""
        if not person.is_authenticated:
            return self.none()
        own = self.filter(city__in=network.team_cities(person))
        return own | self.handed_in() if network.is_secretariat(person) else own

    def handed_in(self) -> "CaseQuerySet":
        """What the Secretariat has."""
        return self.filter(handed_in_at__isnull=False)


class Case(models.Model):
    """What a city would tell of something it has recorded. Title, summary and partners are those of the record."""

    class Format(models.TextChoices):
        TALK = "talk", _("Talk")
        CONVERSATION = "conversation", _("Conversation")
        WORKSHOP = "workshop", _("Workshop")
        PERFORMANCE = "performance", _("Film or performance")

    STATES = {
        states.DRAFT: _("draft"),
        states.SUBMITTED: _("handed in"),
        states.RETURNED: _("sent back to be changed"),
        states.SELECTED: _("selected"),
        states.WAITING: _("on the waiting list"),
        states.NOT_SELECTED: _("not selected"),
        states.WITHDRAWN: _("withdrawn"),
    }
    MOVES = states.CASE
    TEXTS = ("angle", "story", "format", "speaker", "language", "answers")
    """What is typed of it."""
    DATA = privacy.classed(
        open="code edition city initiative angle story format speaker language answers",
        internal="number state filed reason wanted returned_at returned_until version began_at handed_in_at decided_at",
    )
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address; tells nothing.")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="cases")
    city = models.ForeignKey(City, models.PROTECT, related_name="cases", help_text="The city that proposes it.")
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="cases", help_text="What it tells of.")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which of the city's cases it is.")
    angle = models.TextField(blank=True, help_text="What it has to do with the theme.")
    story = models.TextField(blank=True, help_text="What the city would tell.")
    format = models.CharField(max_length=12, choices=Format.choices, default=Format.TALK)
    speaker = models.CharField(
        max_length=24, choices=Delegate.Role.choices, default=Delegate.Role.EXPERT,
        help_text="As what somebody would speak; who it is, the delegation says.",
    )  # fmt: skip
    language = models.CharField(max_length=12, default="en")
    answers = models.JSONField(default=dict, blank=True, help_text="By the keys of the questions.")
    filed = models.JSONField(default=dict, blank=True, help_text="What was last handed in: others read this.")
    state = models.CharField(max_length=12, default=states.DRAFT)
    reason = models.TextField(blank=True, help_text="Of the decision; the city reads it.")
    wanted = models.TextField(blank=True, help_text="What was asked to be changed.")
    returned_at = models.DateTimeField(null=True, blank=True, help_text="When it was sent back: once at most.")
    returned_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every save.")
    began_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True, blank=True, help_text="Empty: others do not read it.")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["city__name", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "city", "number"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["edition", "city", "initiative"], condition=Q(number__isnull=False), name="case_record_once"
            ),
            models.CheckConstraint(
                condition=Q(state=states.WITHDRAWN, number__isnull=True)
                | (~Q(state=states.WITHDRAWN) & Q(number__isnull=False)),
                name="case_counts_until_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        states.DRAFT, states.SUBMITTED, states.RETURNED, states.SELECTED, states.WAITING,
                        states.NOT_SELECTED, states.WITHDRAWN,
                    ]
                ),
                name="case_state",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_until__isnull=True)
                | Q(returned_at__isnull=False, returned_until__isnull=False),
                name="case_returned_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.DRAFT, states.WITHDRAWN]) | Q(handed_in_at__isnull=False),
                name="case_with_others_is_handed_in",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code  # a proposal is nobody else's business

    @property
    def words(self) -> str:
        """How it stands, in the reader's language."""
        return str(self.STATES[self.state])


class CaseReader(models.Model):
    """Somebody the Secretariat asks to read cases of an edition."""

    STATES = {
        states.ASKED: _("asked"),
        states.ACCEPTED: _("reads"),
        states.DECLINED: _("does not read"),
    }
    MOVES = states.CASE_READER
    DATA = privacy.classed(internal="edition city languages state asked_at", personal="person")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="case_readers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="Empty once the account is erased.",
    )  # fmt: skip
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="For which they work, besides their mandates: they never read a case of it.",
    )  # fmt: skip
    languages = models.JSONField(default=list, help_text="Codes of those they read.")
    state = models.CharField(max_length=8, default=states.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="casereader_once"),
            models.CheckConstraint(
                condition=Q(state__in=[states.ASKED, states.ACCEPTED, states.DECLINED]), name="casereader_state"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # events that quote it name nobody

    @property
    def words(self) -> str:
        """How it stands, in the reader's language."""
        return str(self.STATES[self.state])


class CaseReadingQuerySet(VisibleQuerySet["CaseReading"]):
    def visible_to(self, person: Any) -> "CaseReadingQuerySet":
        """One's own, as long as one reads and nothing stands against it; the Secretariat has all."""
        from creativecities.conference.rules import readings  # which ask the models

        return self.filter(readings.visible_to(person))

    def counting(self) -> "CaseReadingQuerySet":
        """Those that fill one of the two places of a case."""
        return self.filter(place__isnull=False)


class CaseReading(models.Model):
    """A case as one of its two readers judges it."""

    PLACES = (1, 2)
    STATES = {
        states.OPEN: _("to be read"),
        states.DONE: _("handed in"),
        states.GIVEN_BACK: _("given back"),
    }
    MOVES = states.READING

    class Advice(models.TextChoices):
        SELECT = "select", _("select it")
        WAIT = "wait", _("keep it in waiting")
        DECLINE = "decline", _("do not select it")

    DATA = privacy.classed(internal="case reader place state points advice reasons version at")
    case = models.ForeignKey(Case, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(CaseReader, models.PROTECT, related_name="readings")
    place = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 or 2; empty once it is given back.")
    state = models.CharField(max_length=10, default=states.OPEN)
    points = models.JSONField(default=dict, blank=True, help_text="By key of the criterion.")
    advice = models.CharField(max_length=8, choices=Advice.choices, blank=True)
    reasons = models.TextField(blank=True, help_text="Of the advice, or why it was given back.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with every save.")
    at = models.DateTimeField(default=timezone.now)

    objects = CaseReadingQuerySet.as_manager()

    class Meta:
        ordering = ["case", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "place"], name="reading_place_once"),
            models.UniqueConstraint(fields=["case", "reader"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(state__in=[states.OPEN, states.DONE], place__isnull=False, place__in=[1, 2])
                | Q(state=states.GIVEN_BACK, place__isnull=True),
                name="reading_holds_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.DONE) | (~Q(advice="") & ~Q(reasons="")), name="reading_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.place or 0}"

    @property
    def words(self) -> str:
        """How it stands, in the reader's language."""
        return str(self.STATES[self.state])
