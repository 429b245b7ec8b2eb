"""Regular duties about people, and the one after a restore."""

import datetime as dt

from django.utils import timezone

from creativecities.accounts import actions, queries
from creativecities.core.actor import Robot
from creativecities.core.models import Mail

RETENTION, RESTORE = Robot("Retention"), Robot("Restore")
CODES_ARE_KEPT = dt.timedelta(days=1)
WITH_CODES = ("accounts.login_code", "accounts.code", "accounts.password_reset_code", "accounts.email_confirmation")
OF_STRANGERS = "accounts.unknown_account"


def forget_codes() -> int:
    """Delete mails with codes, and those to addresses without an account, a day after they were written."""
    old = Mail.objects.filter(kind__in=(*WITH_CODES, OF_STRANGERS), created_at__lt=timezone.now() - CODES_ARE_KEPT)
    mails = list(old.values_list("pk", flat=True)[:500])
    if mails:
        actions.forget_codes(mails, by=RETENTION)
    return len(mails)


def erase_again(marks: frozenset[str]) -> int:
    """Delete the accounts that a restored backup has brought back after their owners had deleted them."""
    people = queries.brought_back(marks)
    for person in people:
        actions.erase_again(person, by=RESTORE)
    return len(people)
