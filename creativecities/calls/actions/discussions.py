"""Those who judged a file discuss it."""

import uuid

from django.db import IntegrityError, transaction

from creativecities.accounts.models import Person
from creativecities.calls.models import Application, Opinion
from creativecities.calls.notices import reviews as notices
from creativecities.calls.queries import discussions as queries
from creativecities.calls.rules import discussions as rules
from creativecities.core.action import action, record


@action(quiet=True)
def say(application: Application, *, text: str, once: uuid.UUID, by: Person) -> Opinion:
    """Say something of a file to the others who may read it, and tell them that something was said.

    `once` names the form: the same words sent twice with it are kept one time.
    """
    if refusal := rules.write(by, application):
        raise refusal
    name = uuid.uuid5(once, f"{by.pk} {application.pk} {text}")
    said = Opinion(
        application=application, reviewer=rules.voice(by, application), text=text, person_id=by.pk,
        person_name=by.name, once=name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            said.save(force_insert=True)
    except IntegrityError:  # a second click: what it wanted is done
        said = Opinion.objects.get(once=name)
    else:
        for person, address in queries.listeners(said):
            notices.opinioned(said, person, address)
    record("calls.opinion.written", said, by=by)
    return said
