"""Notices that can wait: told at the rhythm a person has chosen, several of them as one mail.

What needs an answer, codes and invitations do not wait: they go through `outbox.queue`.
"""

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from creativecities.core import outbox
from creativecities.core.action import action
from creativecities.core.actor import Actor
from creativecities.core.models import Mail
from creativecities.core.refusal import Refusal

AT_ONCE, DAILY, WEEKLY, NEVER = "at-once", "daily", "weekly", "never"
MORNING = dt.time(7)
MONDAY = 0
MOST = 20


_readers: dict[str, Callable[[int], bool]] = {}


def register_reader(kinds: str, is_told: Callable[[int], bool]) -> None:
    """Say by what one sees whether a person, by number, may still read gathered notices whose kind begins so."""
    _readers[kinds] = is_told


class Addressee(Protocol):
    """What is asked of a person to be told."""

    pk: int
    email: str
    language: str
    time_zone: str
    rhythm: str


def notify(person: Addressee, *, kind: str, key: str, subject: str, body: str, link: str) -> Mail | None:
    """Tell a person something that can wait, inside the caller's transaction. None for those who want no notices."""
    if person.rhythm == NEVER:
        return None
    waits = person.rhythm in (DAILY, WEEKLY)
    return outbox.queue(
        kind=kind,
        key=key,
        to=person.email,
        person_id=person.pk,
        language=person.language,
        subject=subject,
        body=body,
        link=link,
        state=Mail.GATHERED if waits else Mail.WAITING,
        due_at=next_morning(timezone.now(), person.time_zone, person.rhythm) if waits else None,
        can_stop=True,
    )


def next_morning(now: dt.datetime, zone: str, rhythm: str) -> dt.datetime:
    """The next morning in this time zone; for a weekly rhythm that of a Monday."""
    clock = ZoneInfo(zone)
    day = now.astimezone(clock).date()
    while True:
        morning = dt.datetime.combine(day, MORNING, clock)
        if morning > now and (rhythm == DAILY or day.weekday() == MONDAY):
            return morning
        day += dt.timedelta(days=1)


def send_due() -> int:
    """Put a digest into the outbox for everybody whose morning has come; returns for how many."""
    due = Mail.objects.filter(state=Mail.GATHERED, due_at__lte=timezone.now())
    people = due.order_by("to_person_id").values_list("to_person_id", flat=True).distinct()
    sent = 0
    for person_id in [each for each in people if each is not None]:
        with contextlib.suppress(Refusal):  # another worker was faster with this one; the others still wait
            _send(person_id, by=outbox.POSTMAN)
            sent += 1
    return sent


@action(quiet=True)
def _send(person_id: int, *, by: Actor) -> None:
    """One mail instead of those gathered, or none where they are no longer for this person's eyes.

    Whoever was faster takes them all: who comes later is refused.
    """
    if not (gathered := outbox.take_gathered(person_id, by=by)):
        raise Refusal(Mail.MOVES["gather"].too_late, code="state-changed")
    told = _still_told(gathered, person_id)
    outbox.forget(notice for notice in gathered if notice not in told)
    if not told:
        return
    last = told[-1]
    with override(last.language):
        outbox.queue(
            kind="core.digest",
            key=f"digest-{last.pk}",
            to=last.to_address,
            person_id=person_id,
            language=last.language,
            subject=_subject(len(told)),
            body=_body(told),
            link=settings.SITE["url"] + resolve_url(settings.LOGIN_REDIRECT_URL),
            can_stop=True,
        )


def _still_told(gathered: list[Mail], person_id: int) -> list[Mail]:
    """Without what was for somebody in an office which they have left since."""
    closed = tuple(kinds for kinds, is_told in _readers.items() if not is_told(person_id))
    return [notice for notice in gathered if not notice.kind.startswith(closed)]


def _subject(number: int) -> str:
    words = ngettext("%(n)s notice from %(site)s", "%(n)s notices from %(site)s", number)
    return words % {"n": number, "site": settings.SITE["name"]}


def _body(gathered: list[Mail]) -> str:
    """What happened, a line and an address each, the newest first; the same one time, and of very many the number."""
    told = Counter((notice.subject, notice.link) for notice in reversed(gathered))
    shown = list(told.items())[:MOST]
    lines = [f"– {subject}{f' ({times})' if times > 1 else ''}\n  {link}" for (subject, link), times in shown]
    if more := len(gathered) - sum(times for _line, times in shown):
        lines.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
    lines.append(gettext("You chose in your account how often such notices come."))
    return "\n\n".join(lines)
