"""Who runs an edition of the conference."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Edition
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network


def run(person: Any, edition: Edition | None = None) -> Refusal | None:
    """The Secretariat, as long as the edition is not cancelled."""
    if not network.is_secretariat(person):
        return Refusal(_("Editions are run by the Secretariat."), code="secretariat-only", status=403)
    if edition is not None and edition.state == states.CANCELLED:
        return Refusal(_("This edition is cancelled and is not changed any more."), code="cancelled")
    return None
