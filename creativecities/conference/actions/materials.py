"""Files and links that go with a session are added and removed."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from creativecities.accounts.models import Person
from creativecities.conference.models import Material, Session
from creativecities.conference.rules import materials as rules
from creativecities.core import files
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.compute.slug import plain_letters
from creativecities.network.formats.papers import Paper
from creativecities.network.models import City


@action
def add(session: Session, *, city: City | None, paper: Paper | None, by: Person, **said: Any) -> Material:
    """Add a file that `papers.look` has looked into, or a link: `title`, `language`, `readers` and `link`."""
    Session.objects.select_for_update().get(pk=session.pk)  # of two who add the last one waits
    if refusal := rules.add(by, session, city):
        raise refusal
    is_public = said["readers"] == Material.Readers.PUBLIC
    stored = _store(paper, said["title"], is_public=is_public, by=by) if paper else None
    made = Material.objects.create(session=session, city=city, file=stored, **said)
    record("conference.material.added", made, by=by, session=session.slug)
    return made


@step
def _store(paper: Paper, title: str, *, is_public: bool, by: Actor) -> StoredFile:
    stored = StoredFile(
        name=f"{plain_letters(title, most=80) or 'material'}.{paper.kind}", content_type=paper.content_type,
        size=len(paper.raw), digest=hashlib.sha256(paper.raw).hexdigest(), is_public=is_public, created_by_id=by.pk,
    )  # fmt: skip
    stored.content.save(stored.name, ContentFile(paper.raw), save=True)
    return stored


@action
def remove(material: Material, *, by: Person) -> Event:
    """Take a file or link away; the bytes go with it."""
    if refusal := rules.remove(by, material):
        raise refusal
    event = record("conference.material.removed", material, by=by, session=material.session.slug)
    if not Material.objects.filter(pk=material.pk).delete()[0]:
        raise Refusal(network.UNCHANGED, code="unchanged")
    if material.file:
        files.erase(material.file)
    return event
