"""Badges: one holds for each delegate who is confirmed; a lost one is revoked and another one issued."""

import secrets

from django.utils import timezone

from creativecities.conference.models import Badge, Delegate
from creativecities.conference.rules import editions
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor


@step
def issue(delegate: Delegate) -> Badge:
    """The badge that holds; a new one if there is none. Its token cannot be guessed and says nothing of anybody."""
    badge, _is_new = Badge.objects.get_or_create(
        delegate=delegate, revoked_at=None, defaults={"token": secrets.token_urlsafe(24)}
    )
    return badge


@step
def revoke(delegate: Delegate, reason: str = "") -> None:
    """From now on no badge of this delegate opens a door."""
    Badge.objects.filter(delegate=delegate, revoked_at=None).update(revoked_at=timezone.now(), reason=reason)


@action(quiet=True)
def replace(delegate: Delegate, *, reason: str, by: Actor) -> Badge:
    """Revoke a badge that was lost or broken, and issue another one."""
    if refusal := editions.run(by, delegate.delegation.edition):
        raise refusal
    Delegate.objects.select_for_update(of=("self",)).get(pk=delegate.pk)  # of two at once the second replaces the first
    revoke(delegate, reason)
    badge: Badge = issue(delegate)
    record("conference.delegate.badge_replaced", delegate, by=by)
    return badge
