"""Regular duties about people."""

import datetime as dt

from django.utils import timezone

from creativecities.accounts import actions
from creativecities.core.actor import Robot
from creativecities.core.models import Mail

RETENTION = Robot("Retention")
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
