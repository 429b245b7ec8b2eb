"""What comes after an edition: the trip reports of delegations, and the report of the conference made of them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute import reporting
from creativecities.conference.models.delegations import Delegate, Delegation
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.exchange.models import Initiative, Need
from creativecities.network import rules as network


class TripReportQuerySet(VisibleQuerySet["TripReport"]):
    def visible_to(self, person: Any) -> "TripReportQuerySet":
        """Its own delegation at any time; once it is handed in, those with whom it is shared."""
        from creativecities.conference.rules import trips  # which ask the models

        return self.filter(trips.visible_to(person))


class TripReport(models.Model):
    """What a delegation writes of an edition, together, in the languages it writes in."""

    class Shared(models.TextChoices):
        SECRETARIAT = "secretariat", _("the Secretariat")
        MEMBERS = "members", _("the member cities")
        EVERYBODY = "everybody", _("everybody")

    STATES = {states.WRITING: _("being written"), states.HANDED_IN: _("handed in")}
    MOVES = states.TRIP_REPORT
    DATA = privacy.classed(internal="delegation state shared handed_in_at")
    delegation = models.OneToOneField(Delegation, models.PROTECT, related_name="report")
    state = models.CharField(max_length=9, default=states.WRITING)
    shared = models.CharField(max_length=12, choices=Shared.choices, default=Shared.SECRETARIAT)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    objects = TripReportQuerySet.as_manager()

    class Meta:
        ordering = ["delegation__city__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[states.WRITING, states.HANDED_IN]), name="tripreport_state"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.delegation_id}"


class TripNote(models.Model):
    """One text of a trip report: the impressions of one person, what a session, a city or an idea gave.

    An idea points to what the city has in the exchange, so that nobody types it twice. Of the person whose impressions
    these are only the role is kept, which stays when the list of delegates is deleted.
    """

    DATA = privacy.classed(internal="report kind key role text language version at initiative need", personal="person")
    report = models.ForeignKey(TripReport, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in reporting.KINDS])
    key = models.CharField(max_length=80, help_text="Code of a delegate, guid of a session, slug of a city, a number.")
    role = models.CharField(max_length=24, choices=Delegate.Role.choices, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, help_text="It is written in.")
    initiative = models.ForeignKey(Initiative, models.SET_NULL, null=True, blank=True, related_name="+")
    need = models.ForeignKey(Need, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, help_text="Grows with every save.")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "kind", "key"], name="tripnote_once"),
            models.CheckConstraint(condition=Q(kind__in=reporting.KINDS), name="tripnote_kind"),
            models.CheckConstraint(
                condition=Q(kind="idea") | Q(initiative__isnull=True, need__isnull=True), name="tripnote_ideas_point"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.report_id}"


class ReportQuerySet(VisibleQuerySet["Report"]):
    def visible_to(self, person: Any) -> "ReportQuerySet":
        """Public once it is published, where its edition is; before, it is the Secretariat's."""
        if network.is_secretariat(person):
            return self
        return self.filter(state=states.PUBLISHED, edition__in=Edition.objects.visible_to(person))


class Report(models.Model):
    """The report of a conference: an introduction, and what cities agreed to share of theirs, in an order."""

    STATES = {states.DRAFT: _("draft"), states.PUBLISHED: _("published")}
    MOVES = states.REPORT
    DATA = privacy.classed(open="edition introduction places", internal="state version")
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="report")
    state = models.CharField(max_length=9, default=states.DRAFT)
    introduction = models.JSONField(default=dict, blank=True, help_text="By language.")
    places = models.JSONField(default=dict, blank=True, help_text="By part, its place; 0: left out.")
    version = models.PositiveIntegerField(default=1, help_text="Grows with each edit.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[states.DRAFT, states.PUBLISHED]), name="report_state"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}"
