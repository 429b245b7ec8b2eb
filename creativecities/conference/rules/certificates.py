"""Who issues certificates of attendance, and when: None, or a Refusal with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Edition
from creativecities.conference.rules import editions
from creativecities.core import days
from creativecities.core.refusal import Refusal


def issue(person: Any, edition: Edition, waiting: int) -> Refusal | None:
    """The Secretariat, from the last day on, where somebody has none yet."""
    if refusal := editions.run(person, edition):
        return refusal
    if edition.last_day is None or edition.last_day > days.today():
        return Refusal(_("Certificates are issued from the last day of the conference on."), code="too-early")
    if not waiting:
        return Refusal(_("Everybody who came has a certificate."), code="nobody-waits")
    return None
