"""Who has signed up for a session, and what somebody has marked for themselves."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from creativecities.conference.models.delegations import Delegate
from creativecities.conference.models.programme import Session
from creativecities.core import privacy


class SignUp(models.Model):
    """A delegate has a seat in a session, by its number, or waits for one in the order of `at`."""

    DATA = privacy.classed(internal="session number at", personal="delegate")
    session = models.ForeignKey(Session, models.CASCADE, related_name="signups")
    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="signups")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Of the seat; empty for who waits.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "delegate"], name="signup_once"),
            models.UniqueConstraint(fields=["session", "number"], name="signup_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.delegate_id}"


class Favourite(models.Model):
    """A session that somebody has marked for their own programme."""

    DATA = privacy.classed(internal="session", personal="person")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="favourites")
    session = models.ForeignKey(Session, models.CASCADE, related_name="favourites")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "session"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"


class CalendarKey(models.Model):
    """The secret part of the address at which a calendar program reads somebody's own programme."""

    DATA = privacy.classed(internal="made_at", personal="person key")
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    key = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person_id)
