"""Bids of cities to host an edition, and the secret vote on them."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models.editions import Edition
from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.models import new_code
from creativecities.network.models import City

BID_STATES = (
    states.DRAFT, states.SUBMITTED, states.ELIGIBLE, states.INELIGIBLE, states.PRESENTED, states.WITHDRAWN,
)  # fmt: skip


class BidQuerySet(VisibleQuerySet["Bid"]):
    def visible_to(self, person: Any) -> "BidQuerySet":
        """Once presented everybody; before, the teams of its cities, and the Secretariat what was submitted."""
        from creativecities.conference.rules import bids  # which ask the models

        return self.filter(bids.visible_to(person))


class Bid(models.Model):
    """What one or several member cities offer, to host an edition."""

    STATES = {
        states.DRAFT: _("draft"),
        states.SUBMITTED: _("submitted"),
        states.ELIGIBLE: _("eligible"),
        states.INELIGIBLE: _("not eligible"),
        states.PRESENTED: _("presented"),
        states.WITHDRAWN: _("withdrawn"),
    }
    MOVES = states.BID
    DATA = privacy.classed(
        open="code edition title answers language state submitted_at", internal="version reason began_at"
    )
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address, and on ballots.")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="bids")
    title = models.CharField(max_length=200)
    answers = models.JSONField(default=dict, help_text="By the keys of the criteria.")
    language = models.CharField(max_length=10, default="en", help_text="In which it is written.")
    state = models.CharField(max_length=10, default=states.DRAFT)
    reason = models.TextField(blank=True, help_text="Of the check: why it is eligible or not.")
    version = models.PositiveIntegerField(default=1)
    began_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = BidQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=BID_STATES), name="bid_state")]

    def __str__(self) -> str:
        return self.title


class BidCity(models.Model):
    """A city that bids: the first one leads, the others confirm by mandate. A city stands in one bid of an edition."""

    DATA = privacy.classed(open="bid edition city position", internal="confirmed_at")
    bid = models.ForeignKey(Bid, models.CASCADE, related_name="cities")
    edition = models.ForeignKey(
        Edition, models.CASCADE, null=True, blank=True, related_name="+",
        help_text="Empty once the bid is withdrawn: the city is free for another.",
    )  # fmt: skip
    city = models.ForeignKey(City, models.PROTECT, related_name="bids")
    position = models.PositiveSmallIntegerField(default=0, help_text="0 leads.")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "city"], name="bidcity_once")]

    def __str__(self) -> str:
        return self.city.name


class VoteQuerySet(VisibleQuerySet["Vote"]):
    def visible_to(self, person: Any) -> "VoteQuerySet":
        """Everybody sees that and by which rules is voted; how, nobody before it is closed."""
        return self.all()


class Vote(models.Model):
    """A round of voting on bids: until it is closed nothing of it is known but how many cities have voted."""

    STATES = {
        states.RUNNING: _("not closed"),
        states.TIED: _("tied"),
        states.DECIDED: _("decided"),
        states.FAILED: _("without a result"),
    }
    MOVES = states.VOTE
    DATA = privacy.classed(
        open="edition number method quorum tie bidders_vote options opens_at closes_at state voted members result "
        "digest commitment winner reason closed_at",
        internal="seed reminded told",
    )
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="votes")
    number = models.PositiveSmallIntegerField(default=1, help_text="A run-off is the next.")
    method = models.CharField(max_length=12)
    quorum = models.PositiveSmallIntegerField(help_text="How many of a hundred member cities must have voted.")
    tie = models.CharField(max_length=12)
    bidders_vote = models.BooleanField()
    options = models.JSONField(help_text="Codes of the bids.")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=states.RUNNING)
    voted = models.PositiveIntegerField(default=0, help_text="How many cities have; as many as there are ballots.")
    members = models.PositiveIntegerField(default=0, help_text="Member cities that could vote on the day it closed.")
    seed = models.CharField(max_length=64, help_text="Of the draw of lots; published when the vote is closed.")
    commitment = models.CharField(max_length=64, help_text="SHA-256 of the seed, published before the vote.")
    result = models.JSONField(null=True, blank=True, help_text="Votes round by round, and abstentions.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 over all ballots.")
    winner = models.ForeignKey(Bid, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True, help_text="Of the head of the network, where they decided a tie.")
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0, help_text="How often silent cities were reminded.")
    told = models.CharField(max_length=8, blank=True, help_text="The state of which all member cities were told.")

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="vote_once"),
            models.UniqueConstraint(fields=["edition"], condition=Q(state="running"), name="vote_one_runs"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="vote_hours"),
            models.CheckConstraint(condition=Q(quorum__lte=100), name="vote_quorum"),
            models.CheckConstraint(
                condition=Q(state__in=[states.RUNNING, states.TIED, states.DECIDED, states.FAILED]), name="vote_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition.slug} {self.number}"


class Mark(models.Model):
    """That a city has voted: once, by whichever mandate came first. How it voted nobody has written down."""

    DATA = privacy.classed(internal="vote city role at")
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="marks")
    city = models.ForeignKey(City, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "city"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.city_id}"


class Ballot(models.Model):
    """What was voted, with neither city nor person, hour nor number: no column leads to a mark.

    Its key is random, and when the vote is closed all ballots are written anew in the order of their receipts, so that
    not even the place of a row on the disk tells when it was cast.
    """

    DATA = privacy.classed(internal="id vote choices receipt")
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.CASCADE, related_name="ballots")
    choices = models.JSONField(help_text="Codes of bids, in the order of preference; none is an abstention.")
    receipt = models.CharField(max_length=32, help_text="Shown once to who voted.")

    class Meta:
        ordering = ["receipt"]
        constraints = [models.UniqueConstraint(fields=["vote", "receipt"], name="ballot_receipt_once")]

    def __str__(self) -> str:
        return str(self.vote_id)
