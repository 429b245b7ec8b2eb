"""The letter of a National Commission is kept; where it was written here it is set in type afterwards."""

import hashlib

from django.core.files.base import ContentFile

from creativecities.calls import states
from creativecities.calls.models import Endorsement
from creativecities.calls.rules import endorsements as rules
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event, StoredFile


@step
def keep(raw: bytes, *, by: Actor) -> StoredFile | None:
    """Store the bytes of a letter, private; nothing where there are none."""
    if not raw:
        return None
    stored = StoredFile(
        name="endorsement.pdf", content_type="application/pdf", size=len(raw), created_by_id=by.pk,
        digest=hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip
    stored.content.save(stored.name, ContentFile(raw), save=True)
    return stored


@action(quiet=True)
def attach(word: Endorsement, raw: bytes, *, by: Actor) -> Event:
    """Put the PDF of a letter beside its words. Raises Refusal when the commission has said something else since."""
    same = Endorsement.objects.filter(pk=word.pk, at=word.at, state=states.ENDORSED, letter=None)
    if not same.select_for_update(of=("self",)).exists():
        raise rules.unchanged()
    same.update(letter=keep(raw, by=by))
    return record("calls.endorsement.set_in_type", word, by=by)
