"""Badges: one holds for each delegate who is confirmed; a lost one is revoked and another one issued."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Badge, Delegate, Edition, Printing
from creativecities.conference.queries import badges as queries
from creativecities.conference.rules import editions
from creativecities.core import files
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import StoredFile
from creativecities.core.refusal import Refusal


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


@action(quiet=True)
def print_all(edition: Edition, *, by: Actor) -> Printing:
    """Have all badges that hold set in type, in the background. What was printed before goes; one click begins it."""
    if refusal := editions.run(by, edition):
        raise refusal
    badges = list(queries.holding(edition).values_list("pk", flat=True))
    if not badges:
        raise Refusal(_("Nobody is confirmed yet: there is no badge to print."), code="nobody")
    for earlier in Printing.objects.filter(edition=edition, file__isnull=False):
        _take_away(earlier)
    try:
        with transaction.atomic():
            made = Printing.objects.create(edition=edition, badges=badges)
    except IntegrityError:
        raise Refusal(_("The badges are being printed already."), code="under-way") from None
    record("conference.edition.badges_asked", edition, by=by, number=len(badges))
    _enqueue(made.pk, 0)
    return made


@step
def _enqueue(pk: int, done: int) -> None:
    from creativecities.conference.jobs import set_badges  # which calls this module

    transaction.on_commit(lambda: set_badges.enqueue(pk, done))


@action(quiet=True)
def add_sheet(printing: Printing, number: int, raw: bytes, *, by: Actor) -> None:
    """Keep the next sheet, and go on; a sheet that another worker has set meanwhile is dropped."""
    sheets = [*printing.sheets, keep(raw, by=by).pk]
    still = Printing.objects.filter(pk=printing.pk, done=printing.done, file=None)
    if not still.update(done=printing.done + number, sheets=sheets, beat_at=timezone.now()):
        raise Refusal(_("Somebody was faster: this has changed since you opened the page."), code="superseded")
    record("conference.edition.badges_set", printing.edition, by=by, number=number)
    _enqueue(printing.pk, printing.done + number)


@action(quiet=True)
def bind(printing: Printing, raw: bytes, *, by: Actor) -> None:
    """All sheets as one file; the sheets themselves go."""
    whole = keep(raw, by=by)
    if not Printing.objects.filter(pk=printing.pk, file=None).update(file=whole, sheets=[]):
        raise Refusal(_("Somebody was faster: this has changed since you opened the page."), code="superseded")
    for sheet in StoredFile.objects.filter(pk__in=printing.sheets):
        files.erase(sheet)
    record("conference.edition.badges_bound", printing.edition, by=by, number=printing.total)


@step
def keep(raw: bytes, *, by: Actor) -> StoredFile:
    """Store the bytes of a PDF, private."""
    stored = StoredFile(
        name="badges.pdf", content_type="application/pdf", size=len(raw), created_by_id=by.pk,
        digest=hashlib.sha256(raw).hexdigest(),
    )  # fmt: skip
    stored.content.save(stored.name, ContentFile(raw), save=True)
    return stored


@action(quiet=True)
def go_on(printing: Printing, *, by: Actor) -> None:
    """The worker of a printing is gone: another one goes on."""
    Printing.objects.filter(pk=printing.pk).update(beat_at=timezone.now())
    record("conference.edition.badges_asked", printing.edition, by=by, number=printing.total)
    _enqueue(printing.pk, printing.done)


@action(quiet=True)
def let_go(printing: Printing, *, by: Actor) -> None:
    """What is printed is kept for some days: it names everybody who comes."""
    record("conference.edition.badges_removed", printing.edition, by=by)
    _take_away(printing)


@step
def _take_away(printing: Printing) -> None:
    gone = [*printing.sheets, *filter(None, [printing.file_id])]
    Printing.objects.filter(pk=printing.pk).delete()
    for stored in StoredFile.objects.filter(pk__in=gone):
        files.erase(stored)
