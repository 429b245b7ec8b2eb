"""Telling all cities of a field something."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core.action import action, record
from creativecities.core.refusal import Refusal
from creativecities.exchange import notices, rules
from creativecities.exchange.models import Announcement
from creativecities.exchange.queries import subnetworks
from creativecities.network.models import CreativeField


@action(quiet=True)
def announce(
    field: CreativeField, *, subject: str, text: str, language: str, once: uuid.UUID, by: Person
) -> Announcement:
    """Write to the teams of all member cities of a field, each person once, through the outbox.

    Raises Refusal for anybody but the coordinator and the deputy, and when the same form was sent before.
    """
    if refusal := rules.announce(by, field):
        raise refusal
    found = subnetworks.reach(field)
    mandate = rules.coordination(by, field)
    assert mandate is not None  # the rule has just seen it
    assert mandate.city_id is not None  # the database holds that somebody coordinates for a city
    said = Announcement(
        field=field, city_id=mandate.city_id, language=language, subject=subject, text=text,
        cities=found.reached, people=len(found.people), person_id=by.pk, person_name=by.name, once=once,
    )  # fmt: skip
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_("This announcement has been sent already; it is not sent twice."), code="sent-before") from None
    record("exchange.announcement.sent", said, by=by, field=field.pk, cities=said.cities, people=said.people)
    notices.announced(said, mandate, found.people)
    return said
