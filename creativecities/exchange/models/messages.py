"""What cities write to each other about a thing they share."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from creativecities.core import privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.exchange import states
from creativecities.exchange.models.initiatives import Initiative
from creativecities.exchange.models.invitations import Invitee
from creativecities.exchange.models.replies import Reply
from creativecities.network.models import City


class MessageQuerySet(VisibleQuerySet["Message"]):
    def visible_to(self, person: Any) -> "MessageQuerySet":
        """The teams of the cities that share the thing, nobody else."""
        from creativecities.exchange.rules import messages  # which ask the models

        return self.filter(messages.messages_visible_to(person))


def _about(name: str) -> Q:
    """This thing and no other."""
    return Q(**{f"{each}__isnull": each != name for each in ("reply", "initiative", "invitee")})


class Message(models.Model):
    """What somebody writes in a city's name to the others of a reply, an initiative or an invitation, for their teams.

    What host and guest write to each other hangs on the guest's line of the invitation: other guests do not see it.
    """

    LONGEST = 4000
    MOVES = states.MESSAGE
    DATA = privacy.classed(
        internal="reply initiative invitee city text language state sent_at once", personal="person_id person_name"
    )
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="messages")
    initiative = models.ForeignKey(Initiative, models.CASCADE, null=True, blank=True, related_name="messages")
    invitee = models.ForeignKey(Invitee, models.CASCADE, null=True, blank=True, related_name="messages")
    city = models.ForeignKey(City, models.PROTECT, related_name="+", help_text="In whose name it is written.")
    text = models.TextField(blank=True, help_text="Empty once it was taken back.")
    language = models.CharField(max_length=12, help_text="The language it is written in.")
    state = models.CharField(max_length=9, default=states.SENT)
    sent_at = models.DateTimeField(default=timezone.now)
    person_id = models.BigIntegerField(db_index=True)
    person_name = models.CharField(max_length=200, blank=True)
    once = models.UUIDField(unique=True, help_text="Made of the form and the words, so that they are sent one time.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=_about("reply") | _about("initiative") | _about("invitee"), name="message_is_about_one_thing"
            ),
            models.CheckConstraint(condition=~Q(text="", state=states.SENT), name="message_says_something"),
            models.CheckConstraint(condition=Q(state__in=[states.SENT, states.WITHDRAWN]), name="message_state"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
