"""A whole round is put into an archive, turn by turn in the background, fetched by who asked for it, and removed."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.formats import archives
from creativecities.calls.models import Call, Export
from creativecities.calls.notices import exports as notices
from creativecities.calls.queries import exports as queries
from creativecities.calls.rules import exports as rules
from creativecities.core.action import action, move, record, record_sitting, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event

ONE_WORK = dt.timedelta(days=1)
"""What is done at one export is one event, brought up to date."""


@action(quiet=True)
def start(call: Call, *, language: str, by: Person) -> Export:
    """Have a round exported, in the background; what this officer had of it before goes.

    Raises Refusal when there is nothing, or when it is under way already: of two clicks one begins it.
    """
    files = list(queries.files_of(by, call).values_list("pk", flat=True))
    if refusal := rules.start(by, call, len(files)):
        raise refusal
    for earlier in queries.kept().filter(call=call, person=by):
        _let_go(earlier, "remove", by=by)
    try:
        with transaction.atomic():
            export = Export.objects.create(call=call, person=by, language=language, files=files)
    except IntegrityError:
        raise rules.under_way() from None
    record("calls.export.started", export, by=by)
    _enqueue(export)
    return export


@step
def _enqueue(export: Export) -> None:
    from creativecities.calls.jobs import pack_round  # which calls this module

    transaction.on_commit(lambda: pack_round.enqueue(export.pk, export.turn))


@action(quiet=True)
def take_turn(pk: int, turn: int, *, by: Actor) -> Export:
    """Go on with an export where the turn before ended. Raises Refusal where it is another’s, or over."""
    _still(pk, turn, turn=F("turn") + 1, beat_at=timezone.now())
    export = Export.objects.select_related("call", "person").get(pk=pk)
    record_sitting("calls.export.packed", export, by=by, within=ONE_WORK, places=[])
    return export


@action(quiet=True)
def note_progress(export: Export, *, by: Actor) -> Event:
    """Say how many files are in. Raises Refusal when it was cancelled or another worker has it: then stop."""
    _still(export.pk, export.turn, done=export.done, beat_at=timezone.now())
    return record_sitting("calls.export.packed", export, by=by, within=ONE_WORK, places=[])


@action(quiet=True)
def end_turn(export: Export, *, by: Actor) -> Event:
    """Leave the rest to a later turn; jobs that wait go first."""
    _still(export.pk, export.turn, beat_at=None)
    _enqueue(export)
    return record_sitting("calls.export.packed", export, by=by, within=ONE_WORK, places=[])


@step
def _still(pk: int, at_turn: int, **changes: object) -> None:
    """Change an export that is being put together, by who has this turn of it and nobody else."""
    if not Export.objects.filter(pk=pk, turn=at_turn, state=states.PACKING).update(**changes):
        raise rules.superseded()


@action(quiet=True)
def finish(export: Export, size: int, *, by: Actor) -> Event:
    """The archive is whole: offer it for some days, and tell who asked for it."""
    until = timezone.now() + dt.timedelta(days=settings.KEEP_EXPORTS_DAYS)
    _still(export.pk, export.turn, size=size, kept_until=until, beat_at=None)
    event = move(export, "finish", by=by)
    export.refresh_from_db()
    notices.ready(export)
    return event


@action(quiet=True)
def begin_again(export: Export, *, by: Actor) -> Event:
    """The worker of an export has died: another begins it anew, a few times; then it has failed."""
    if export.attempts >= queries.MOST_ATTEMPTS:
        return _let_go(export, "fail", by=by)
    name = export.archive
    transaction.on_commit(lambda: archives.remove(name))
    _still(export.pk, export.turn, turn=F("turn") + 1, attempts=F("attempts") + 1, done=0, beat_at=None)
    _enqueue(Export.objects.get(pk=export.pk))
    return record("calls.export.begun_again", export, by=by)


@action(quiet=True)
def fail(export: Export, *, by: Actor) -> Event:
    """Something is wrong that another try would not mend. Raises Refusal if another worker has it."""
    _still(export.pk, export.turn, beat_at=None)
    return _let_go(export, "fail", by=by)


@action(quiet=True)
def cancel(export: Export, *, by: Person) -> Event:
    """Stop an export; what was made of it goes."""
    if refusal := rules.own(by, export):
        raise refusal
    return _let_go(export, "cancel", by=by)


@action(quiet=True)
def remove(export: Export, *, by: Actor) -> Event:
    """Take a finished export away: its time is over, or it holds what its officer may not have any more."""
    return _let_go(export, "remove", by=by)


@step
def _let_go(export: Export, verb: str, *, by: Actor) -> Event:
    name = export.archive
    transaction.on_commit(lambda: archives.remove(name))
    return move(export, verb, by=by)


@action(quiet=True)
def fetch(export: Export, *, by: Person) -> Event:
    """Note that an archive is downloaded. Raises Refusal if this person may not have it, or not any more."""
    if refusal := rules.fetch(by, export, stands=archives.is_there(export.archive) and queries.stands(export)):
        raise refusal
    return record("calls.export.downloaded", export, by=by)
