"""Background work of the kernel, and the minute's tick that slices hang their regular duties on."""

import datetime as dt
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from creativecities.core import digests, outbox, presence
from creativecities.core.models import Mail, Stamp

_duties: dict[str, Callable[[], object]] = {}


@task()
def send_mail() -> int:
    """Send what waits in the outbox."""
    return outbox.send_due()


def every_minute(duty: Callable[[], object]) -> Callable[[], object]:
    """Register a duty that finds out by itself what is due; a missed tick is caught up by the next."""
    _duties[f"{duty.__module__}.{duty.__name__}"] = duty
    return duty


def duties() -> dict[str, Callable[[], object]]:
    """All registered duties by name."""
    return dict(_duties)


@every_minute
def carry_mail() -> None:
    """Wake the postman for mails whose next try has come, and for those whose postman died."""
    if outbox.due():
        send_mail.enqueue()


@every_minute
def gather() -> None:
    """Send the digests of those whose morning has come."""
    digests.send_due()


@every_minute
def forget() -> None:
    """Keep nothing longer than it is needed: sessions that have ended, mails long sent or given up, jobs long done."""
    now = timezone.now()
    today = now.date().isoformat()
    if Stamp.objects.filter(name="forgotten-on", value=today).exists():
        return
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    presence.sweep()
    before = now - dt.timedelta(days=settings.KEEP_SENT_MAIL_DAYS)
    Mail.objects.filter(Q(state=Mail.SENT, sent_at__lt=before) | Q(state=Mail.FAILED, due_at__lt=before)).delete()
    DBTaskResult.objects.finished().filter(
        finished_at__lt=now - dt.timedelta(days=settings.KEEP_DONE_JOBS_DAYS)
    ).delete()
    Stamp.objects.update_or_create(name="forgotten-on", defaults={"value": today})
