"""The places of an edition: numbered in each quota, counted in each delegation and in the whole. None is sold twice.

Who takes or gives back a place holds the delegation first and the edition's count last, so that nobody waits in a ring.
"""

from django.db.models import F

from creativecities.conference.compute import definition
from creativecities.conference.models import Delegation, Edition, Seats
from creativecities.conference.rules import registration as rules
from creativecities.core.action import step


@step
def take(sent: Delegation, role: str) -> int:
    """Take a free place of a role in a delegation that is held; returns its number. Raises Refusal if there is none."""
    edition = sent.edition
    held = set(sent.delegates.filter(role=role, number__isnull=False).order_by().values_list("number", flat=True))
    number = min(set(range(1, definition.quota(edition.settings, role) + 1)) - held, default=0)
    if not number:
        raise rules.quota_full(edition, role)
    most = int(edition.settings["delegations"]["most"])
    if not Delegation.objects.filter(pk=sent.pk, taken__lt=most).update(taken=F("taken") + 1):
        raise rules.delegation_full(most)
    if not _take_seat(edition):
        raise rules.edition_full()
    return number


def _take_seat(edition: Edition) -> bool:
    found = Seats.objects.filter(edition=edition)
    if (seats := edition.settings["delegations"]["seats"]) is not None:
        found = found.filter(taken__lt=seats)
    if found.update(taken=F("taken") + 1):
        return True
    Seats.objects.get_or_create(edition=edition)  # all are taken, or nobody has come yet; others may begin as well
    return bool(found.update(taken=F("taken") + 1))


@step
def give_back(sent: Delegation) -> None:
    """Count a place of a delegation that is held as free; that nobody holds it is said with the move that frees it."""
    Delegation.objects.filter(pk=sent.pk).update(taken=F("taken") - 1)
    Seats.objects.filter(edition=sent.edition_id).update(taken=F("taken") - 1)
