"""Who reads what happened to a file: its team what a city may know; nobody learns of a file they do not see."""

from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast

from creativecities.accounts.models import Invitation
from creativecities.calls.models import Application, Contributor

OF_CALLS = (
    "calls.call", "calls.reviewer", "calls.scenario", "calls.announcement", "calls.proposal", "calls.meeting",
    "calls.export",
)  # fmt: skip
"""What is about a call and not about a file."""
INVITATIONS_TO_FILES = ("calls.begin", "calls.contributor")
"""The kinds of invitations that lead to a file."""
TOLD_TO_THE_CITY = (
    "calls.application.begun", "calls.application.edited", "calls.application.presented",
    "calls.application.submitted", "calls.application.completed", "calls.application.taken_back",
    "calls.application.returned", "calls.application.lapsed", "calls.application.admitted",
    "calls.application.rejected", "calls.application.checked_again", "calls.application.given_up",
    "calls.application.designated", "calls.application.not_designated", "calls.application.reminded",
    "calls.application.commented", "calls.application.told", "calls.application.asked", "calls.application.answered",
    "calls.application.paper_", "calls.application.invited", "calls.application.joined", "calls.application.uninvited",
    "calls.application.team_changed", "calls.application.handed_over", "calls.application.let_go",
    "calls.application.left", "calls.application.taken_over", "calls.contributor.",
    "calls.contributor.", "calls.document.", "calls.comment.",
    "calls.application.invited", "calls.application.uninvited", "calls.application.joined",
    "calls.application.left", "calls.application.taken_over", "calls.application.paper_", "calls.application.resolved",
    "calls.endorsement.endorsed", "calls.endorsement.declined", "calls.endorsement.withdrawn",
    "calls.endorsement.confirmed",
)  # fmt: skip
"""How the kinds begin that the team of a file reads: nothing of its evaluation, nothing of a decision to come."""


def about_files(files: QuerySet[Application, Any]) -> Q:
    """The events about some files, and about what belongs to them."""
    query = Q(subject_label="calls.application", subject_id__in=_as_text(files))
    for model in _parts():
        rows = model._default_manager.filter(application__in=files.values("pk"))
        query |= Q(subject_label=model._meta.label_lower, subject_id__in=_as_text(rows))
    return query


def _parts() -> list[type[Model]]:
    """The models whose rows belong to a file."""
    found = apps.get_app_config("calls").get_models()
    return [model for model in found if any(field.name == "application" for field in model._meta.concrete_fields)]


def _as_text(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values(as_text=Cast("pk", CharField()))


def told_to_team(person: Any) -> Q:
    """What somebody who prepares a file reads of it."""
    told = Q(pk__in=())
    for kinds in TOLD_TO_THE_CITY:
        told |= Q(kind__startswith=kinds)
    own = Contributor.objects.filter(person_id=person.pk).values("application_id")
    return told & about_files(Application.objects.filter(pk__in=own))


def limit(person: Any) -> Q:
    """Of files, only those a person sees; nothing of invitations to prepare one."""
    of_files = Q(subject_label__startswith="calls.") & ~Q(subject_label__in=OF_CALLS)
    invited = Invitation.objects.filter(kind__in=INVITATIONS_TO_FILES)
    to_files = Q(subject_label="accounts.invitation", subject_id__in=_as_text(invited))
    return (~of_files | about_files(Application.objects.visible_to(person))) & ~to_files
