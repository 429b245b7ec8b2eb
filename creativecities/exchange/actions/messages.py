"""Cities write to each other about what they share."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import outbox
from creativecities.core.action import action, move, record
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import states
from creativecities.exchange.models import Message, Reply
from creativecities.exchange.notices import messages as notices
from creativecities.exchange.rules import messages as rules
from creativecities.exchange.rules.messages import Thing
from creativecities.network.models import City

SENT_BEFORE = "sent-before"


@action(quiet=True)
def write(thing: Thing, city: City, *, text: str, language: str, once: uuid.UUID, by: Person) -> Message:
    """Write in a city's name to the others that share a thing, and tell their teams.

    What they wrote meanwhile stays new: it came after the form was opened.

    `once` names the form: the same words sent twice with it are one message, others are another. Raises Refusal.
    """
    among = rules.sides(by, thing)
    if refusal := rules.write(by, among, city):
        raise refusal
    said = Message(
        **{thing._meta.model_name or "": thing}, city=city, text=text, language=language, person_id=by.pk,
        person_name=by.name, once=uuid.uuid5(once, f"{by.pk} {text}"),
    )  # fmt: skip
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_("This message has been sent already; it is not sent twice."), code=SENT_BEFORE) from None
    if isinstance(thing, Reply):  # something has happened to it: it does not lapse
        Reply.objects.filter(pk=thing.pk, state__in=states.WAITING).update(moved_at=said.sent_at)
    record("exchange.message.sent", said, by=by)
    notices.sent(said, thing, [each for each in among if each != city])
    return said


@action(quiet=True)
def take_back(said: Message, *, by: Person) -> Event:
    """Take a message of one's own back: its words are gone, here and from the mails; that there was one stays."""
    if refusal := rules.take_back(by, said):
        raise refusal
    event = move(said, "take_back", by=by)
    Message.objects.filter(pk=said.pk).update(text="")
    outbox.take_back(notices.keys(said))
    return event
