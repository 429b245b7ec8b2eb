"""Which papers a file takes, from whom, and who may have them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute import checklist
from creativecities.calls.compute.definition import Definition, Item, find
from creativecities.calls.compute.links import ByLink
from creativecities.calls.models import Application, Document, Endorsement, SubmittedPaper
from creativecities.calls.rules.applications import unfinished_visible_to
from creativecities.core.refusal import Refusal


def place_of(definition: Definition, document: str, number: int) -> Item | None:
    """The paper of the call that is added under this key and number; None if the call asks for none there."""
    paper = find(definition, "documents", document)
    return paper if paper and number in checklist.numbers(definition, paper) else None


def add(definition: Definition, document: str, number: int) -> Refusal | None:
    """What the call asks for, of the city."""
    paper = place_of(definition, document, number)
    if paper is None:
        return Refusal(_("The call no longer asks for this paper."), code="not-asked-for", status=404)
    if paper.get("by") == checklist.BY_COMMISSION:
        return Refusal(_("The National Commission adds this paper when it endorses the file."), code="by-commission")
    return None


def replace(there: Document | None, opened: str) -> Refusal | None:
    """On top of what the person saw: another file may have been added, replaced or removed meanwhile."""
    if (there.file.code if there else "") == opened:
        return None
    return Refusal(
        _("Somebody of your team changed this paper meanwhile: nothing was replaced."),
        remedy=_("Look at what is there now, then decide."), code="changed-meanwhile", status=409,
    )  # fmt: skip


def files_visible_to(person: Any) -> Q:
    """The papers of the files somebody sees, and the commission’s letter.

    Those who prepare a file, and its commission, have all of them; everybody else only what was handed in and stands.
    """
    if not isinstance(person, ByLink) and not getattr(person, "is_authenticated", False):
        return Q(pk__in=())
    seen = Application.objects.visible_to(person).order_by().values("pk")
    mine = Application.objects.filter(unfinished_visible_to(person)).order_by().values("pk")
    standing = Q(submission__application__in=seen, submission__taken_back_at__isnull=True)
    handed_in = SubmittedPaper.objects.filter(standing | Q(submission__application__in=mine)).values("file_id")
    letters = Endorsement.objects.filter(application__in=seen, letter__isnull=False).values("letter_id")
    now = Document.objects.filter(application__in=mine).values("file_id")
    return Q(pk__in=now) | Q(pk__in=handed_in) | Q(pk__in=letters)
