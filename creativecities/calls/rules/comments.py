"""Who reads and writes what is said about the answers of a file."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models import Application, Comment, Contributor
from creativecities.calls.rules.applications import commission_countries, contributor
from creativecities.core import access
from creativecities.core.refusal import Refusal


def visible_to(person: Any) -> Q:
    """The team; the commission that has the file, what is meant for it."""
    if not getattr(person, "is_authenticated", False):
        return Q(pk__in=())
    query = Q(application__in=Contributor.objects.filter(person_id=person.pk).values("application_id"))
    if "commission-officer" in access.roles(person):
        shared = Q(audience=Comment.Audience.COMMISSION, application__presented_at__isnull=False)
        query |= shared & Q(application__country__in=commission_countries(person))
    return query


def comment(person: Any, application: Application, text: str) -> Refusal | None:
    """Everybody in the team, readers too."""
    if contributor(person, application) is None:
        return Refusal(_("Only the team of the file comments it here."), code="not-in-team", status=403)
    if not text:
        return Refusal(_("The comment says nothing yet."), code="empty", status=422)
    if len(text) > Comment.LONGEST:
        most = {"most": Comment.LONGEST}
        return Refusal(_("A comment has at most %(most)d characters.") % most, code="too-long", status=422)
    return None


def resolve(person: Any, remark: Comment) -> Refusal | None:
    """Owner and editors."""
    part = contributor(person, remark.application)
    if part is None or part.role not in Contributor.WRITERS:
        return Refusal(_("Owner and editors resolve comments."), code="not-a-writer", status=403)
    return None
