"""What the kernel keeps: events, the outbox, files, and the number that tells caches they are stale."""

import secrets
from typing import Any

from django.db import models
from django.utils import timezone

from creativecities.core import access, privacy
from creativecities.core.access import VisibleQuerySet
from creativecities.core.states import Move


class Generation(models.Model):
    """How many writes there have been. One row."""

    DATA = privacy.classed(internal="number")
    number = models.PositiveBigIntegerField(default=0)


class EventQuerySet(VisibleQuerySet["Event"]):
    """Events can be added and read. Erasing a person and going on with a sitting are the only changes."""

    def visible_to(self, person: Any) -> "EventQuerySet":
        return self.filter(access.events_visible_to(person))

    def about(self, *things: models.Model) -> "EventQuerySet":
        query = models.Q(pk__in=())
        for thing in things:
            query |= models.Q(subject_label=thing._meta.label_lower, subject_id=str(thing.pk))
        return self.filter(query)

    def update(self, **kwargs: Any) -> int:
        raise TypeError("an event is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("an event is never deleted")

    def erase_actor(self, actor_id: int, tombstone: str) -> int:
        """Replace a person's name by a tombstone, wherever they acted."""
        return super().filter(actor_id=actor_id).order_by()._raw_update(actor_name=tombstone)

    def erase_subject(self, label: str, subject_id: str, tombstone: str) -> int:
        """Replace a person's name by a tombstone and drop the facts, wherever something happened to them."""
        about = super().filter(subject_label=label, subject_id=subject_id).order_by()
        return about._raw_update(subject_name=tombstone, facts={})

    def forget_actors(self, tombstone: str) -> int:
        """In these events it is known no longer who acted; their account stays."""
        return self.order_by()._raw_update(actor_id=None, actor_name=tombstone)

    def bring_up_to_date(self, event: "Event") -> int:
        """Let the row of a sitting tell of all that was done in it; see `action.record_sitting`."""
        return super().filter(pk=event.pk).order_by()._raw_update(at=event.at, facts=event.facts)

    def _raw_update(self, **values: Any) -> int:
        return super().update(**values)


class Event(models.Model):
    """Something that happened: the timeline people see and the audit trail. The actor's name is the one of the time."""

    DATA = privacy.classed(
        internal="kind subject_label subject_id subject_name at facts", personal="actor_id actor_name"
    )
    kind = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    subject_name = models.CharField(max_length=200)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    facts = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_label", "subject_id", "-at"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_name}"


class Mail(models.Model):
    """A message in the outbox, written in the transaction that caused it and sent by a job afterwards."""

    WAITING, HELD, GATHERED = "waiting", "held", "gathered"
    SENDING, SENT, FAILED = "sending", "sent", "failed"
    MOVES = {
        "claim": Move((WAITING,), SENDING, "claimed"),
        "release": Move((HELD,), WAITING, "released"),
        "gather": Move((GATHERED,), SENT, "gathered"),
        "deliver": Move((SENDING,), SENT, "sent"),
        "retry": Move((SENDING, FAILED), WAITING, "returned"),
        "give_up": Move((SENDING, WAITING), FAILED, "failed"),
    }
    DATA = privacy.classed(
        internal="kind batch language state attempts can_stop due_at sent_at created_at key",
        personal="to_address to_person_id subject body link calendar error",
    )
    kind = models.CharField(max_length=80)
    batch = models.CharField(max_length=80, blank=True, db_index=True)
    key = models.CharField(max_length=120, unique=True, help_text="The same notice is never queued twice.")
    to_address = models.EmailField()
    to_person_id = models.BigIntegerField(null=True, db_index=True)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    calendar = models.TextField(blank=True, help_text="A calendar file (RFC 5545) that goes along.")
    state = models.CharField(max_length=10, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    can_stop = models.BooleanField(default=False, help_text="A person may do without it: it says how to stop.")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="mail_due")]

    def __str__(self) -> str:
        return self.kind


def new_code() -> str:
    """An address that tells nothing: neither how many there are nor which came first."""
    return secrets.token_hex(6)


def _private_path(instance: "StoredFile", filename: str) -> str:
    return f"{instance.digest[:2]}/{instance.digest}"


class StoredFile(models.Model):
    """A file somebody handed in. Private until a published thing shows it; its rights are stated, never assumed."""

    DATA = privacy.classed(
        open="code content name content_type size digest width height alt credit licence",
        internal="is_public created_at derived_from",
        personal="created_by_id",
    )
    code = models.CharField(max_length=12, unique=True, default=new_code, help_text="Its address; tells nothing.")
    content = models.FileField(upload_to=_private_path, max_length=200)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    alt = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    is_public = models.BooleanField(default=False)
    derived_from = models.ForeignKey("self", models.CASCADE, null=True, related_name="sizes")
    created_at = models.DateTimeField(default=timezone.now)
    created_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """A person who has a form open, said to others who open the same one; see `presence`."""

    DATA = privacy.classed(internal="place", personal="person_id person_name opened_at seen_at")
    place = models.CharField(max_length=120)
    person_id = models.BigIntegerField(db_index=True)
    person_name = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "person_id"], name="presence_once")]

    def __str__(self) -> str:
        return self.place


class Bookmark(models.Model):
    """How far a person has read in what is written about a thing; see `bookmarks`."""

    DATA = privacy.classed(internal="label thing_id", personal="person_id number")
    person_id = models.BigIntegerField()
    label = models.CharField(max_length=60, help_text="What kind of thing.")
    thing_id = models.BigIntegerField()
    number = models.BigIntegerField(help_text="The last one that was read.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "label", "thing_id"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.thing_id}"


class Clock(models.Model):
    """The minute whose duties were last done, and until when somebody is at them. One row; see `scheduler`."""

    DATA = privacy.classed(internal="minute busy_until")
    minute = models.DateTimeField()
    busy_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.minute:%H:%M}"


class Stamp(models.Model):
    """What was last put into this database, by name: so that it is not put there again at each start."""

    DATA = privacy.classed(internal="name value")
    name = models.CharField(max_length=60, primary_key=True)
    value = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name
