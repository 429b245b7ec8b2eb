"""Mail leaves through the outbox: queued once, in the transaction that caused it; sent by a job until it has left."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils import timezone
from django.utils.translation import gettext, override

from creativecities.core import metrics
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor, Robot
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal

POSTMAN = Robot("Outbox")
_stop_links: list[Callable[[int], str]] = []
_confidential = ["core.digest"]
_unseen: list[str] = []
_kept_from: list[Callable[[Any], Q]] = []
MOST_ATTEMPTS = 8
SENDING_LASTS = dt.timedelta(minutes=10)


def register_stop(link: Callable[[int], str]) -> None:
    """Say at which address a person, by number, stops the notices they can do without."""
    _stop_links.append(link)


def register_confidential(kinds: str) -> None:
    """Say that subject and text of mails whose kind begins so are for their reader alone, not for who watches."""
    _confidential.append(kinds)


def is_confidential(mail: Mail) -> bool:
    """Whether what a mail says is shown to nobody but its reader; a digest quotes mails of any kind."""
    return mail.kind.startswith(tuple(_confidential))


def register_unseen(kinds: str) -> None:
    """Say that mails whose kind begins so are there for nobody who watches: that they exist would tell too much."""
    _unseen.append(kinds)
    register_confidential(kinds)


def is_unseen(kind: str) -> bool:
    """Whether mails of this kind are kept from those who watch the outbox."""
    return kind.startswith(tuple(_unseen))


def _kinds_unseen(column: str) -> Q:
    query = Q(pk__in=())
    for kinds in _unseen:
        query |= Q(**{f"{column}__startswith": kinds})
    return query


def register_kept_from(rule: Callable[[Any], Q]) -> None:
    """Keep some mails from one of those who watch, though the others see them."""
    _kept_from.append(rule)


def watched(person: Any) -> QuerySet[Mail]:
    """The outbox as this person watches it. What is held for an officer to read before it leaves is there."""
    found = Mail.objects.exclude(_kinds_unseen("kind"), batch="")
    for rule in _kept_from:
        found = found.exclude(rule(person))
    return found


def events_limit(_person: object) -> Q:
    """What happened to a mail that is not seen is not told either; the name of a mail is its kind."""
    return ~(Q(subject_label="core.mail") & _kinds_unseen("subject_name"))


def queue(
    *,
    kind: str,
    key: str,
    to: str,
    subject: str,
    body: str,
    link: str = "",
    calendar: str = "",
    person_id: int | None = None,
    language: str = "en",
    batch: str = "",
    state: str = Mail.WAITING,
    can_stop: bool = False,
    due_at: dt.datetime | None = None,
) -> Mail:
    """Put a mail into the outbox, inside the caller's transaction. The same `key` is never queued twice.

    A subject is one line, whatever stands in the words it quotes: more would break the head of the mail. A mail that is
    held leaves when an officer releases its batch; one that is gathered, in a digest.
    """
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "to_address": to, "to_person_id": person_id, "language": language,
            "subject": " ".join(subject.split())[:200], "body": body, "link": link, "calendar": calendar,
            "batch": batch, "state": state, "can_stop": can_stop, "due_at": due_at or timezone.now(),
        },
    )  # fmt: skip
    if is_new and state == Mail.WAITING:
        transaction.on_commit(_wake)
    return mail


def _wake() -> None:
    from creativecities.core import jobs  # which calls this module

    jobs.send_mail.enqueue()


def due() -> list[Mail]:
    """Mails that may leave now, oldest first; one that was being sent when the process died counts as waiting again."""
    now = timezone.now()
    Mail.objects.filter(state=Mail.SENDING, due_at__lt=now - SENDING_LASTS).update(state=Mail.WAITING)
    return list(Mail.objects.filter(state=Mail.WAITING, due_at__lte=now)[:100])


def send_due() -> int:
    """Send what is due; returns how many left. One that fails waits longer each time and is given up at last."""
    sent = 0
    for mail in due():
        if not _claim(mail):
            continue
        try:
            _message(mail).send()
        except Exception as error:  # every fault of a mail server is treated alike: try again later
            _failed(mail, error=type(error).__name__, by=POSTMAN)
        else:
            with contextlib.suppress(Refusal):  # it took so long that another worker took the mail back
                _delivered(mail, by=POSTMAN)
            sent += 1
    return sent


def _claim(mail: Mail) -> bool:
    """Take the mail for this worker by a conditional UPDATE; False if another was faster."""
    return bool(
        Mail.objects.filter(pk=mail.pk, state=Mail.WAITING).update(
            state=Mail.SENDING, attempts=mail.attempts + 1, due_at=timezone.now()
        )
    )


def _message(mail: Mail) -> EmailMessage:
    text = mail.body if not mail.link else f"{mail.body}\n\n{mail.link}\n"
    headers = {
        "Message-ID": f"<outbox-{mail.pk}@{settings.SITE['url'].split('//')[-1].split(':')[0]}>",
        "Auto-Submitted": "auto-generated",
    }
    if mail.can_stop and mail.to_person_id and _stop_links:
        address = settings.SITE["url"] + _stop_links[0](mail.to_person_id)
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        with override(mail.language):
            stop = gettext("No more such notices: %(address)s") % {"address": address}
        text = f"{text.rstrip()}\n\n-- \n{stop}\n"
    message = EmailMessage(mail.subject, text, settings.DEFAULT_FROM_EMAIL, [mail.to_address], headers=headers)
    if mail.calendar:
        message.attach("programme.ics", mail.calendar, "text/calendar")
    return message


@action(quiet=True)
def _delivered(mail: Mail, *, by: Actor) -> None:
    mail.state = Mail.SENDING
    move(mail, "deliver", by=by)
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="")
    metrics.MAILS.labels("sent").inc()


@action(quiet=True)
def _failed(mail: Mail, *, error: str, by: Actor) -> None:
    attempts = mail.attempts + 1
    verb = "give_up" if attempts >= MOST_ATTEMPTS else "retry"
    move(mail, verb, by=by, error=error)
    Mail.objects.filter(pk=mail.pk).update(error=error, due_at=timezone.now() + dt.timedelta(minutes=2**attempts))
    metrics.MAILS.labels(verb).inc()


@action(quiet=True)
def release(batch: str, *, by: Actor) -> int:
    """Let a batch that an officer has read leave; returns the number of mails."""
    held = list(Mail.objects.filter(batch=batch, state=Mail.HELD))
    for mail in held:
        move(mail, "release", by=by)
    if not held:
        record("core.mail.nothing_released", Mail(pk=0, kind=batch), by=by)
    transaction.on_commit(_wake)
    return len(held)


@step
def take_gathered(person_id: int, *, by: Actor) -> list[Mail]:
    """Take what is gathered for a person and due, to be told as one; it counts as sent."""
    now = timezone.now()
    gathered = list(Mail.objects.filter(state=Mail.GATHERED, to_person_id=person_id, due_at__lte=now))
    for notice in gathered:
        move(notice, "gather", by=by)
    Mail.objects.filter(pk__in=[notice.pk for notice in gathered]).update(sent_at=now)
    return gathered


@step
def drop_gathered(person_id: int) -> None:
    """Forget what is gathered for somebody who wants no more of it."""
    Mail.objects.filter(state=Mail.GATHERED, to_person_id=person_id).delete()


@step
def forget(mails: Iterable[Mail]) -> None:
    """Keep no word of these."""
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).delete()


@step
def forget_name(keys: str, name: str, *, tombstone: str) -> None:
    """In the mails whose key begins so somebody is named who is to be forgotten, whether they have left or not."""
    if name:
        Mail.objects.filter(key__startswith=keys).update(body=Replace("body", Value(name), Value(tombstone)))


@step
def take_back(keys: str) -> None:
    """Mails whose key begins so tell of what was taken back: they do not leave; of those that have, no word stays."""
    found = Mail.objects.filter(key__startswith=keys)
    found.filter(state__in=(Mail.WAITING, Mail.HELD, Mail.GATHERED)).delete()
    found.update(body="", calendar="")


def erase_person(person_id: int, *, address: str) -> None:
    """Forget the mails of a person who leaves, also those from before they had an account."""
    Mail.objects.filter(Q(to_person_id=person_id) | Q(to_address__iexact=address)).delete()
