"""Who has a round exported, and who gets what was made."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models import Call, Export
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def start(person: Any, call: Call, files: int) -> Refusal | None:
    """The Secretariat, once there is a file that this officer may know."""
    if refusal := network.only_secretariat(person):
        return refusal
    if call.opens_at is None or not files:
        return Refusal(_("Nothing has been handed in yet that could be exported."), code="no-files")
    return None


def own(person: Any, export: Export) -> Refusal | None:
    """An archive is for the officer who asked for it: another may not know every file in it."""
    if refusal := network.only_secretariat(person):
        return refusal
    if export.person_id != person.pk:
        return Refusal(_("An export is for the officer who asked for it."), code="not-own", status=403)
    return None


def fetch(person: Any, export: Export, *, stands: bool) -> Refusal | None:
    """As long as it is kept, and everything in it is still what this officer may have."""
    if refusal := own(person, export):
        return refusal
    if export.state != states.READY or not stands:
        return Refusal(
            _("This export is not kept any more."), remedy=_("Have a new one made."), code="not-kept", status=410
        )
    return None


def under_way() -> Refusal:
    """Why a second click begins nothing."""
    return Refusal(_("This export is being put together already."), code="under-way")


def superseded() -> Refusal:
    """Why a worker stops: it was cancelled, or another worker has it."""
    return Refusal(states.EXPORT["finish"].too_late, code="superseded")
