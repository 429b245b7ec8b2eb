"""The papers of a city's file: added, replaced, removed. What was handed in once is kept with what was handed in."""

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls.actions.applications import hold
from creativecities.calls.models import Application, Document, SubmittedPaper
from creativecities.calls.queries import applications as queries
from creativecities.calls.rules import papers as rules
from creativecities.core import files
from creativecities.core.action import action, record, step
from creativecities.core.models import Event, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.formats.papers import PICTURES, Paper


@action(quiet=True)
def add_paper(
    application: Application, document: str, number: int, *, paper: Paper, opened: str, alt: str = "",
    credit: str = "", by: Person,
) -> Document:  # fmt: skip
    """Add a paper that `papers.look` looked into, in the place of the one that was there when the page was opened.

    Raises Refusal when this person may not, when somebody else changed it meanwhile, or when it is there already.
    """
    hold(application, [f"documents/{document}/{number}"], by=by)
    there = application.documents.filter(document=document, number=number).first()
    if refusal := rules.add(queries.asked_of(application), document, number) or rules.replace(there, opened):
        raise refusal
    if paper.kind in PICTURES and not (alt.strip() and credit.strip()):
        raise Refusal(_("A photograph needs its description and its author."), code="picture-rights")
    digest = hashlib.sha256(paper.raw).hexdigest()
    if application.documents.filter(document=document, file__digest=digest).exists():
        raise Refusal(_("The same file is there already."), remedy=_("Add another one."), code="same-file")
    stored = _store(paper, f"{document}-{number}", digest=digest, alt=alt, credit=credit, by=by)
    values = {"file": stored, "pages": paper.pages, "at": timezone.now(), "person_id": by.pk, "person_name": by.name}
    added, _is_new = Document.objects.update_or_create(
        application=application, document=document, number=number, defaults=values
    )
    if there:
        _drop(there.file)
    record("calls.application.paper_added", application, by=by, document=document, number=number)
    return added


@step
def _store(paper: Paper, name: str, *, by: Person, **facts: str) -> StoredFile:
    stored = StoredFile(
        name=f"{name}.{paper.kind}", content_type=paper.content_type, size=len(paper.raw), width=paper.width,
        height=paper.height, created_by_id=by.pk, **facts,
    )  # fmt: skip
    stored.content.save(stored.name, ContentFile(paper.raw), save=True)
    return stored


@action(quiet=True)
def remove_paper(application: Application, document: str, number: int, *, opened: str, by: Person) -> Event:
    """Take a paper out; its file is erased unless it was handed in before."""
    hold(application, [f"documents/{document}/{number}"], by=by)
    there = application.documents.select_related("file").filter(document=document, number=number).first()
    if there is None:
        raise Refusal(_("This paper is gone already."), code="gone")
    if refusal := rules.replace(there, opened):
        raise refusal
    Document.objects.filter(pk=there.pk).delete()
    _drop(there.file)
    return record("calls.application.paper_removed", application, by=by, document=document, number=number)


@step
def _drop(stored: StoredFile) -> None:
    """Erase a file that is in no file any more; what was handed in stays as it was."""
    if not SubmittedPaper.objects.filter(file=stored).exists():
        files.erase(stored)
